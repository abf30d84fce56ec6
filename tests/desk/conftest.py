"""What tests of the desk share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_world import fill_store

from .world import fill_people, serve_desk


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Store and people of a desk."""
    folder = tmp_path_factory.mktemp("desk")
    fill_store(folder / "incidents.sqlite").close()
    fill_people(folder / "people.json")
    return folder


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[str]:
    """The address of a desk that runs."""
    with serve_desk(folder) as address:
        yield address
