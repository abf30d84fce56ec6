"""The browser's modules as one script, without a build tool: a file opened from a disk may not import others.

Each module becomes a function that runs once, after those it imports, and gives what it exports. That holds for modules
like ours: imports by name at the beginning, exports where they are declared, no cycles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from geo.errors import DataError
from geo.settings import web_folder

_FIRST = "edition/main.js"
_IMPORT = re.compile(r'^import\s+(?:\{(?P<names>[^}]*)\}|\*\s+as\s+(?P<all>\w+))\s+from\s+"(?P<path>[^"]+)";\n', re.M)
_EXPORT = re.compile(r"^export (?P<what>(?:async )?(?:const|let|function|class)) (?P<name>\w+)", re.M)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.M)
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)[ \t]*\n", re.M)
_BLANK = re.compile(r"\n{2,}")


@cache
def edition_script() -> str:
    """Leaflet, then all modules that an edition needs."""
    leaflet = (web_folder() / "vendor" / "leaflet.js").read_text(encoding="utf8")
    modules = [_wrap(name) for name in _order(_FIRST)]
    script = "\n".join(
        [leaflet.partition("//# sourceMappingURL")[0].rstrip(), '"use strict";(() => {', *modules, "})();"]
    )
    return script.replace("</script", "<\\/script")


def _order(first: str) -> Iterator[str]:
    """Names of the modules below geo/web, each after those it imports."""
    done: set[str] = set()
    open_: list[str] = []

    def visit(name: str) -> Iterator[str]:
        if name in done:
            return
        if name in open_:
            raise DataError(f"{name} imports itself by way of {open_[-1]}: such modules cannot become one script")
        open_.append(name)
        for found in _IMPORT.finditer(_read(name)):
            yield from visit(_resolve(name, found["path"]))
        open_.pop()
        done.add(name)
        yield name

    return visit(first)


def _wrap(name: str) -> str:
    text = _read(name)
    exports = [found["name"] for found in _EXPORT.finditer(text)]
    body = _EXPORT.sub(lambda found: f"{found['what']} {found['name']}", _IMPORT.sub(lambda i: _bind(name, i), text))
    left = _LEFT.search(body)
    if left:
        raise DataError(f"{name}: {left.group()!r} is no import or export that can become part of one script")
    body = _BLANK.sub("\n", _COMMENT.sub("", body)).strip()
    return f"const {_variable(name)} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();"


def _bind(name: str, found: re.Match[str]) -> str:
    module = _variable(_resolve(name, found["path"]))
    if found["all"]:
        return f"const {found['all']} = {module};\n"
    names = [part.strip().replace(" as ", ": ") for part in found["names"].split(",") if part.strip()]
    return f"const {{ {', '.join(names)} }} = {module};\n"


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))


def _resolve(name: str, path: str) -> str:
    return (web_folder() / name).parent.joinpath(path).resolve().relative_to(web_folder().resolve()).as_posix()


@cache
def _read(name: str) -> str:
    return Path(web_folder() / name).read_text(encoding="utf8")
