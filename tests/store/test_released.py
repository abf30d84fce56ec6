"""What leaves a store is the same from a file and from a server; ``tests/test_what_leaves.py`` has the whole of it."""

from __future__ import annotations

import pytest

from geo.snapshot.rows import WANTED
from geo.store import open_store
from geo.store.limits import SHOWN_OPTION
from geo.store.stream import open_stream
from tests.leaving_world import COARSE, DELAYED, LATER, OPEN, SECRETS, fill, find_secrets, incident_of


def test_nothing_held_back_leaves_whatever_keeps_it(store_address: str) -> None:
    fill(store_address).close()
    store = open_store(store_address, read_only=True, released=True)
    said = [repr(store.load_incidents()), repr(store.load_articles()), repr(store.scopes())]
    said += [repr(store.read_columns(WANTED, at=revision)) for revision in range(1, store.data_revision() + 1)]
    with open_stream(store) as stream:
        said += [repr(list(stream.columns(name, columns))) for name, columns in WANTED.items()]
    assert [secret for secret in SECRETS if find_secrets("".join(said).encode())] == []
    assert OPEN in "".join(said)
    assert store.incident(incident_of(DELAYED)) is None
    store.now = lambda: LATER
    assert store.incident(incident_of(DELAYED)) is not None
    store.close()


def test_only_the_statuses_that_may_leave_do(store_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store_address).close()
    monkeypatch.setenv(SHOWN_OPTION, "published")
    store = open_store(store_address, read_only=True, released=True)
    found = store.read_columns(WANTED)
    assert all(not rows for table in found.tables.values() for rows in table.values())
    assert store.count_incidents() == 0
    store.close()


def test_the_chain_holds_releases_and_names(store_address: str) -> None:
    store = fill(store_address)
    assert store.check() == []
    assert store.revisions(f"release:{incident_of(COARSE)}")[0].who == "desk"
    store.close()
