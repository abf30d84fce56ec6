"""Editors and viewers at once, each a process of its own: nobody meets an error, and everybody reads and writes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from geo.store import open_store
from geo.store.backup import back_up, restore
from tests.benchmarks.desk import run
from tests.benchmarks.world import NOW, make_store

SECONDS = 5
ROLES = {"editor": 2, "viewer": 3}


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 500 made-up incidents."""
    folder = tmp_path_factory.mktemp("desk")
    make_store(folder / "incidents.sqlite", 500)
    with closing(open_store(folder / "incidents.sqlite")) as store, (folder / "backup.zip").open("wb") as stream:
        back_up(store, stream, time=NOW)
    return folder / "backup.zip"


def test_editors_and_viewers_get_in_nobody_s_way(backup: Path, store_address: str) -> None:
    restore(backup, store_address)
    took, told = run(store_address, ROLES, SECONDS)
    assert [one["errors"] for one in told] == [[]] * 5
    assert all(one["took"]["read"] for one in told)
    with closing(open_store(store_address)) as store:
        written = len(took["write"]) - sum(one["conflicts"] for one in told)
        assert len([made for made in store.revisions() if made.who.startswith("editor")]) == written > 0
        assert store.check() == []
