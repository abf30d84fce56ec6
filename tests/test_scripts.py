"""Modules of the browser as one script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo import scripts
from geo.errors import DataError
from geo.settings import web_folder

FIRST = "page/session.js"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in place of geo/web."""
    monkeypatch.setattr(scripts, "web_folder", lambda: tmp_path)
    scripts._read.cache_clear()
    yield tmp_path
    scripts._read.cache_clear()


def test_modules_come_after_those_they_import() -> None:
    order = scripts.order_modules(FIRST)
    assert order[-1] == FIRST
    for position, name in enumerate(order):
        text = (web_folder() / name).read_text(encoding="utf8")
        for path in re.findall(r'^import [^;]* from "([^"]+)";$', text, re.MULTILINE):
            imported = (web_folder() / name).parent.joinpath(path).resolve().relative_to(web_folder().resolve())
            assert imported.as_posix() in order[:position], name


def test_no_module_comes_twice_and_nothing_is_left_to_import() -> None:
    script = scripts.join_modules(FIRST)
    names = re.findall(r"^const (\$\w+) = \(\(\) => \{$", script, re.MULTILINE)
    assert len(names) == len(set(names)) == len(scripts.order_modules(FIRST))
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)


def test_modules_that_import_one_another_are_refused(folder: Path) -> None:
    (folder / "a.js").write_text('import { b } from "./b.js";\nexport const a = b;\n')
    (folder / "b.js").write_text('import { a } from "./a.js";\nexport const b = a;\n')
    with pytest.raises(DataError, match="imports itself"):
        scripts.join_modules("a.js")


def test_an_export_that_cannot_be_kept_is_refused(folder: Path) -> None:
    (folder / "a.js").write_text("const a = 1;\nexport { a };\n")
    with pytest.raises(DataError, match="export"):
        scripts.join_modules("a.js")
