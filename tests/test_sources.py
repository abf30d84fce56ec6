"""Every data file says where it comes from."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"
ROWS = tomllib.loads((DATA / "SOURCES.toml").read_text(encoding="utf8"))["file"]
FIELDS = {"path", "source", "licence", "date", "sha256", "built_by", "attribution"}


def data_files() -> list[str]:
    """Files that need a row: all but the scripts, the sample articles and the list itself."""
    paths = (path.relative_to(DATA) for path in DATA.rglob("*") if path.is_file())
    return sorted(
        path.as_posix()
        for path in paths
        if path.suffix not in {".py", ".pyc"} and path.parts[0] != "articles" and path.name != "SOURCES.toml"
    )


@pytest.mark.parametrize("path", data_files())
def test_every_data_file_has_a_row(path: str) -> None:
    assert path in {row["path"] for row in ROWS}, f"add data/{path} to data/SOURCES.toml"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["path"])
def test_every_row_describes_the_file_as_it_is(row: dict[str, str]) -> None:
    """A changed file without its new hash, or a hash without its file, fails."""
    assert set(row) >= FIELDS
    assert all(str(row[field]).strip() for field in FIELDS)
    assert hashlib.sha256((DATA / row["path"]).read_bytes()).hexdigest() == row["sha256"]


def test_no_file_is_listed_twice() -> None:
    paths = [row["path"] for row in ROWS]
    assert len(paths) == len(set(paths))


def test_every_script_named_exists() -> None:
    for row in ROWS:
        assert row["built_by"] == "hand" or (DATA.parent / row["built_by"]).is_file(), row["path"]
