"""However often the writer or its server is killed, what was acknowledged is there, whole, and in the chain."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.store import open_store
from tests.postgres import SAFE, Postgres, run_postgres
from tests.robustness.killing import Told, digest_of, kill_server, kill_writers

KILLS_OF_SERVER = int(os.environ.get("KILLS_OF_SERVER", "10"))
"""``KILLS_OF_SERVER=100 make test ARGS=tests/robustness/test_kills.py`` kills it as often as the writer."""


@pytest.fixture(scope="module")
def safe_server(postgres: Postgres) -> Iterator[Postgres]:
    """A server that writes to the disk before it answers; where none can be started, ``postgres`` has said so."""
    with run_postgres(settings=SAFE) as server:
        yield server


@pytest.fixture
def safe_address(safe_server: Postgres) -> Iterator[str]:
    address = safe_server.address(safe_server.make_database())
    open_store(address).close()
    yield address
    safe_server.wait()  # it may still be looking through its log
    safe_server.drop_database(address)


def assert_nothing_was_lost(told: Told, address: str, tmp_path: Path) -> None:
    """Not one article, and what the store tells is what it would tell had nothing been killed."""
    assert (told.lost, told.faults) == (set(), [])
    assert told.acknowledged == set(range(len(told.acknowledged)))
    store = open_store(address)
    try:
        assert len(store.load_articles()) >= len(told.acknowledged)
        numbers = range(len(store.load_articles()))
        assert store.digest() == digest_of(numbers, str(tmp_path / "undisturbed.sqlite"))
    finally:
        store.close()


def test_a_writer_killed_a_hundred_times_loses_nothing_of_a_file(tmp_path: Path) -> None:
    address = str(tmp_path / "incidents.sqlite")
    told = kill_writers(address, kills=100, seed=1)
    assert told.kills == 100
    assert_nothing_was_lost(told, address, tmp_path)


def test_a_writer_killed_again_and_again_loses_nothing_on_a_server(safe_address: str, tmp_path: Path) -> None:
    told = kill_writers(safe_address, kills=10, seed=2)
    assert_nothing_was_lost(told, safe_address, tmp_path)


def test_a_server_killed_again_and_again_loses_nothing_and_the_writer_goes_on(
    safe_server: Postgres, safe_address: str, tmp_path: Path
) -> None:
    told = kill_server(safe_server, safe_address, kills=KILLS_OF_SERVER, seed=3)
    assert told.kills == KILLS_OF_SERVER
    assert_nothing_was_lost(told, safe_address, tmp_path)
