"""Answers of geocoding services are kept beside the data, and each service is asked by one process at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.store import Answers, Store, open_store, schema

NOON = datetime(2025, 10, 12, 12, tzinfo=UTC)
SERVICE = "https://nominatim.example.org"


@pytest.fixture
def store(any_store: Store) -> Store:
    """A new store, as a file and on a server."""
    return any_store


@pytest.fixture
def answers(store: Store, monkeypatch: pytest.MonkeyPatch) -> Answers:
    """The answers, at noon."""
    set_clock(monkeypatch, 0)
    return store.answers


def set_clock(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setattr("geo.store.answers._read_clock", lambda connection: NOON.timestamp() + seconds)


def test_an_answer_is_found_again_with_the_moment_it_was_asked(answers: Answers) -> None:
    results = [{"name": "زرکوټ", "lat": 33.28}]
    answers.keep_answer(SERVICE, "zarkot", results, asked=NOON)
    assert answers.find_answer(SERVICE, "zarkot") == (results, NOON)
    assert answers.find_answer(SERVICE, "other") is None
    assert answers.find_answer("https://other.example.org", "zarkot") is None


def test_that_nothing_was_found_is_an_answer(answers: Answers) -> None:
    answers.keep_answer(SERVICE, "nowhere", [], asked=NOON)
    assert answers.find_answer(SERVICE, "nowhere") == ([], NOON)


def test_a_newer_answer_takes_the_place_of_the_old(answers: Answers) -> None:
    answers.keep_answer(SERVICE, "zarkot", [], asked=NOON)
    answers.keep_answer(SERVICE, "zarkot", [{"name": "Zarkot"}], asked=NOON.replace(year=2026))
    assert answers.find_answer(SERVICE, "zarkot") == ([{"name": "Zarkot"}], NOON.replace(year=2026))


def test_answers_are_no_part_of_the_data(store: Store, answers: Answers) -> None:
    answers.keep_answer(SERVICE, "zarkot", [], asked=NOON)
    assert answers.take_turn(SERVICE, lease_s=5) == 0
    assert store.data_revision() == 0
    assert store.check() == []


def test_a_turn_is_taken_once_until_it_is_ended(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answers.take_turn(SERVICE, lease_s=5) == 0
    assert answers.take_turn(SERVICE, lease_s=5) == 5
    assert answers.take_turn("https://other.example.org", lease_s=5) == 0
    set_clock(monkeypatch, 2)
    answers.end_turn(SERVICE, pause_s=1)
    assert answers.take_turn(SERVICE, lease_s=5) == 1
    set_clock(monkeypatch, 3)
    assert answers.take_turn(SERVICE, lease_s=5) == 0


def test_of_many_who_want_a_turn_at_once_one_gets_it(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: store.answers.take_turn(SERVICE, lease_s=60), range(16)))
    assert waits.count(0) == 1


def test_a_clock_that_was_set_back_stops_nothing_for_longer_than_an_hour(
    answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers.end_turn(SERVICE, pause_s=1e9)
    assert answers.take_turn(SERVICE, lease_s=5) == 3600
    set_clock(monkeypatch, -86_400)
    assert answers.take_turn(SERVICE, lease_s=5) == 0


def test_a_store_opened_for_reading_answers_and_gives_no_turn(answers: Answers, store_address: str) -> None:
    answers.keep_answer(SERVICE, "zarkot", [], asked=NOON)
    opened = open_store(store_address, read_only=True)
    reader = opened.answers
    assert reader.find_answer(SERVICE, "zarkot") == ([], NOON)
    for change in (
        lambda: reader.take_turn(SERVICE, lease_s=5),
        lambda: reader.end_turn(SERVICE, pause_s=5),
        lambda: reader.keep_answer(SERVICE, "zarkot", [], asked=NOON),
    ):
        with pytest.raises(StoreError, match="reading only"):
            change()
    opened.close()


def test_a_store_of_before_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "incidents.sqlite"
    with monkeypatch.context() as before:
        before.setattr(schema, "HEAD", "0001")
        open_store(path).close()
    store = open_store(path)
    store.answers.keep_answer(SERVICE, "zarkot", [], asked=NOON)
    assert store.answers.find_answer(SERVICE, "zarkot") == ([], NOON)
    store.close()
