"""A store of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.pipeline import load_tools
from geo.store import Store, open_store


@pytest.fixture(scope="session", autouse=True)
def _tools() -> None:
    load_tools()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "incidents.sqlite")
    yield store
    store.close()
