"""The browser's modules as one script, without a build tool: a page asks for one file where it would ask for ninety.

Each module becomes a function that runs once, after those it imports, and gives what it exports. That holds for modules
like ours: imports by name at the beginning, exports where they are declared, no cycles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geo.errors import DataError
from geo.settings import web_folder

_IMPORT = re.compile(r'^import\s+(?:\{(?P<names>[^}]*)\}|\*\s+as\s+(?P<all>\w+))\s+from\s+"(?P<path>[^"]+)";\n', re.M)
_EXPORT = re.compile(r"^export (?P<what>(?:async )?(?:const|let|function|class)) (?P<name>\w+)", re.M)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.M)
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)[ \t]*\n", re.M)
_BLANK = re.compile(r"\n{2,}")


def join_modules(*first: str) -> str:
    """Some modules, by their names below geo/web, and all that they import, as statements of one script.

    What a module exports is then in the object that ``module_name`` tells.
    """
    return "\n".join(_wrap(name) for name in order_modules(*first))


def module_name(name: str) -> str:
    """The variable that holds what a module exports, in a script of ``join_modules``."""
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))


def order_modules(*first: str) -> list[str]:
    """Names of some modules and of all that they import, each after those it imports itself.

    Raises DataError for a module that imports itself by way of others.
    """
    done: dict[str, None] = {}
    open_: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in open_:
            raise DataError(f"{name} imports itself by way of {open_[-1]}: such modules cannot become one script")
        open_.append(name)
        for imported in _imports(name):
            visit(imported)
        open_.pop()
        done[name] = None

    for name in first:
        visit(name)
    return list(done)


def _imports(name: str) -> Iterator[str]:
    return (_resolve(name, found["path"]) for found in _IMPORT.finditer(_read(name)))


def _wrap(name: str) -> str:
    text = _read(name)
    exports = [found["name"] for found in _EXPORT.finditer(text)]
    body = _EXPORT.sub(lambda found: f"{found['what']} {found['name']}", _IMPORT.sub(lambda i: _bind(name, i), text))
    left = _LEFT.search(body)
    if left:
        raise DataError(f"{name}: {left.group()!r} is no import or export that can become part of one script")
    body = _BLANK.sub("\n", _COMMENT.sub("", body)).strip()
    return f"const {module_name(name)} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();"


def _bind(name: str, found: re.Match[str]) -> str:
    module = module_name(_resolve(name, found["path"]))
    if found["all"]:
        return f"const {found['all']} = {module};\n"
    names = [part.strip().replace(" as ", ": ") for part in found["names"].split(",") if part.strip()]
    return f"const {{ {', '.join(names)} }} = {module};\n"


def _resolve(name: str, path: str) -> str:
    return (web_folder() / name).parent.joinpath(path).resolve().relative_to(web_folder().resolve()).as_posix()


@cache
def _read(name: str) -> str:
    return (web_folder() / name).read_text(encoding="utf8")
