"""What editors hand over: it goes through the queue, is read before all others, and no crash loses it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.articles import make_article
from geo.errors import FetchError
from geo.fetch import Page
from geo.ingest import Attendant, hand_address, hand_file, hand_text, queue_found
from geo.store import Counts, NewDocument, Store, open_store
from tests.jobs_world import POISON, ROOT, TAR, is_running, list_workers, poison, wait_until
from tests.store.worlds import NOON

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds processes by /proc")

CLASH = "Three soldiers were killed in a clash at Torkham on 3 March 2025, Pakistani officials said."
SHELLS = "Shells killed two people in Khost on 4 March 2025, officials said."
ELSEWHERE = "another-machine:1:0123456789ab"
"""Holds documents of a store, and cannot be looked at from here."""
HAND_OVER = """
import sys, threading
from datetime import UTC, datetime
from geo.articles import make_article
from geo.ingest import Attendant, hand_text, queue_found
from geo.store import open_store
store = open_store(sys.argv[1])
texts = [make_article(text) for text in sys.argv[2:]]
numbers = list(queue_found((hand_text(text, "Omar") for text in texts), store, time=datetime.now(UTC)))
Attendant(store, "AF-PK").attend(numbers)
threading.Event().wait()
"""
"""A desk that was handed texts and waits for what its editors do next."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of this test's own."""
    store = open_store(tmp_path / "incidents.sqlite")
    yield store
    store.close()


@pytest.fixture
def attendant(store: Store) -> Iterator[Attendant]:
    """Whoever reads what is handed over; no page is there but one."""
    attendant = Attendant(store, "AF-PK", fetch=_fetch)
    yield attendant
    attendant.close()


def _fetch(address: str) -> Page:
    if not address.endswith("/1"):
        raise FetchError("there is no such page", "status", status=404)
    return Page(address=address, status=200, headers={}, kind="text/plain", body=CLASH.encode())


def hand_over(store: Store, *documents: NewDocument) -> list[int]:
    """Queue documents; their numbers."""
    numbers = queue_found(iter(documents), store, time=NOON)
    return [number for number in numbers if isinstance(number, int)]


def is_read(store: Store, *numbers: int) -> bool:
    """Whether none of these documents is pending."""
    return all(document.state != "pending" for document in store.documents.get(numbers).values())


def test_what_an_editor_hands_over_does_not_wait_for_a_large_job(store: Store, attendant: Attendant) -> None:
    """Another process holds the front of the queue, and more waits behind it: neither is touched."""
    job = [NewDocument(source=f"wire {n}", body=f"{CLASH} ({n})".encode()) for n in range(40)]
    store.documents.queue(job)
    store.documents.take(ELSEWHERE, most=20)
    own = hand_over(store, hand_text(make_article(SHELLS, title="Shells"), "Omar"))
    attendant.attend(own)
    assert wait_until(lambda: is_read(store, *own))
    assert store.documents.count() == Counts(pending=40, done=1)
    (article,) = store.load_articles()
    assert (article.title, article.retrieved is not None) == ("Shells", True)


def test_a_page_that_cannot_be_fetched_is_put_aside_and_tried_again(store: Store, attendant: Attendant) -> None:
    """With its reason and who added it; another page beside it is read."""
    own = hand_over(
        store, hand_address("https://desk.example/1", "Omar"), hand_address("https://desk.example/2", "Omar")
    )
    attendant.attend(own)
    assert wait_until(lambda: is_read(store, *own))
    (aside,) = store.documents.list_quarantined()
    assert (aside.source, aside.code, aside.attempts) == ("https://desk.example/2", "status", 1)
    assert aside.facts["editor"] == "Omar"
    again = hand_over(store, hand_address("https://desk.example/2", "Omar"))
    assert again == own[1:] and store.documents.count() == Counts(pending=1, done=1)
    attendant.attend(again)
    assert wait_until(lambda: is_read(store, *own))
    assert store.documents.count() == Counts(done=1, quarantined=1)


def test_a_file_that_was_uploaded_is_read_by_row_and_line(store: Store, attendant: Attendant) -> None:
    """What cannot be read in it is put aside with its own line, said once."""
    table = f'title,text\n"Two\nlines",{json.dumps(CLASH)}\nNothing,\n'.encode()
    lines = json.dumps({"id": "a", "text": SHELLS}).encode() + b"\nno JSON\n"
    files = (("t.csv", table), ("l.jsonl", lines), ("report.txt", b"Shots were fired in Wana."), ("empty.txt", b""))
    own = hand_over(store, *(one for name, data in files for one in hand_file(data, name, "Omar")))
    attendant.attend(own)
    assert wait_until(lambda: is_read(store, *own))
    assert store.documents.count() == Counts(done=3, quarantined=3)
    said = {one.source: one.message for one in store.documents.list_quarantined()}
    assert said["uploaded: t.csv"] == "uploaded: t.csv, line 4: the row has no text"
    assert str(said["uploaded: l.jsonl"]).startswith("uploaded: l.jsonl, line 2: ")
    assert said["uploaded: empty.txt"] == "uploaded: empty.txt: the file is empty"


def test_a_text_that_ends_whoever_reads_it_is_put_aside_and_the_desk_lives(
    store: Store, attendant: Attendant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in poison(tmp_path).items():
        monkeypatch.setenv(name, value)
    texts = (f"{POISON} at Torkham.", CLASH)
    own = hand_over(store, *(hand_text(make_article(text), "Omar") for text in texts))
    attendant.attend(own)
    assert wait_until(lambda: is_read(store, *own))
    (aside,) = store.documents.list_quarantined()
    assert (aside.number, aside.code, store.documents.count()) == (own[0], "crash", Counts(done=1, quarantined=1))


def test_a_desk_that_is_killed_loses_nothing(store: Store, attendant: Attendant, tmp_path: Path) -> None:
    """What it held is free at once, and the next desk reads it when it begins; whoever read for it has ended too."""
    command = [sys.executable, "-c", HAND_OVER, store.address, f"{TAR} at Torkham on 3 March 2025.", CLASH]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **poison(tmp_path)}) as desk:
        assert wait_until(lambda: _attempts(store) > 0, while_=lambda: is_running(desk.pid))
        readers = list_workers(desk.pid)
        desk.kill()
    assert readers and wait_until(lambda: not any(map(is_running, readers)))
    assert store.documents.count().queued == 2 and store.documents.count().pending > 0
    attendant.resume()
    assert wait_until(lambda: store.documents.count() == Counts(done=2))


def _attempts(store: Store) -> int:
    return sum(document.attempts for document in store.documents.get([1, 2]).values())
