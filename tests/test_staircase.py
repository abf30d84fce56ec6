"""The order of imports: down the staircase only, text stages light, Streamlit in the pages alone."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "geo").rglob("*.py"))
PAGES = (ROOT / "geo" / "ui", ROOT / "geo" / "desk")
FETCH = (ROOT / "geo" / "fetch.py", ROOT / "geo" / "fetch")


def imported_names(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_import_contracts_are_kept() -> None:
    """The contracts stand in pyproject.toml, with their reasons as names."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_stands_on_the_staircase() -> None:
    """A new module has to be given its row, or nothing keeps its imports in order."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["tool"]["importlinter"]["contracts"]
    rows = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    placed = {name.strip(" ()").removeprefix("geo.") for row in rows for name in row.split("|")}
    modules = {path.relative_to(ROOT / "geo").parts[0].removesuffix(".py") for path in MODULES}
    assert modules - {"__init__"} - placed == set()


def test_streamlit_is_imported_in_the_pages_only() -> None:
    users = [path for path in MODULES if any(name.split(".")[0] == "streamlit" for name in imported_names(path))]
    assert [path for path in users if not any(path.is_relative_to(pages) for pages in PAGES)] == []


@pytest.mark.parametrize("module", ["socket", "httpx", "requests", "urllib.request", "http.client"])
def test_only_fetch_opens_connections(module: str) -> None:
    """Beside it, ``serve`` looks whether its own port is free and its own server answers."""
    allowed = (*FETCH, ROOT / "geo" / "cli" / "serve.py")
    users = [path for path in MODULES if module in set(imported_names(path))]
    assert [path for path in users if not any(path.is_relative_to(place) for place in allowed)] == []


def test_no_page_switches_off_the_escaping_of_html() -> None:
    """Article text in a page would then run as script in every reader's browser."""
    files = [ROOT / "app.py", ROOT / "desk_app.py", *(path for pages in PAGES for path in pages.rglob("*.py"))]
    texts = {path.name: path.read_text(encoding="utf8") for path in files if path.exists()}
    assert [name for name, text in texts.items() if "unsafe_allow_html" in text] == []
    assert [name for name, text in texts.items() if "unsafe_allow_javascript" in text] == []


def test_nothing_prints() -> None:
    """What a person should read goes through geo.cli.streams or a page; what a developer should, into a log."""
    for path in MODULES:
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))) if isinstance(node, ast.Call))
        assert not any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls), path
