"""The queue of documents: each is pending, done or quarantined, and held by one process at a time."""

from __future__ import annotations

import pytest

from geo.errors import StoreError
from geo.model import Article, Reading
from geo.store import Counts, NewDocument, Store, name_holder
from tests.store.worlds import NOON

ELSEWHERE = "another-machine:1:abc"
"""A holder of which nobody here can tell whether it runs."""


def queue(store: Store, count: int = 3) -> list[NewDocument]:
    documents = [NewDocument(source="/reports/wire.jsonl", part=part, sha256=f"{part}") for part in range(1, count + 1)]
    store.documents.queue(documents, time=NOON)
    return documents


def finish(store: Store, number: int, article_id: str) -> None:
    with store.change(time=NOON) as change:
        article = Article(id=article_id, text="Shots were heard.")
        change.add_article(article, Reading(article_id=article.id, language="en"))
        change.finish_document(number, article.id)


def test_a_document_is_queued_once(any_store: Store) -> None:
    """The same source, part and bytes are the same document; other bytes are another one."""
    new = NewDocument(source="/reports/a.md", sha256="1", facts={"title": "Shots"})
    assert any_store.documents.queue([new, new], time=NOON) == 1
    assert any_store.documents.queue([new, NewDocument(source="/reports/a.md", sha256="2")], time=NOON) == 1
    assert any_store.documents.count() == Counts(pending=2)
    found = any_store.documents.find([new.key])[new.key]
    assert (found.source, found.facts, found.state) == ("/reports/a.md", {"title": "Shots"}, "pending")


def test_documents_are_taken_in_their_order(any_store: Store) -> None:
    """Who asks again gets the next ones, and nobody else gets any while they are held."""
    queue(any_store)
    holder = name_holder()
    assert [d.part for d in any_store.documents.take(holder, most=2)] == [1, 2]
    assert [d.part for d in any_store.documents.take(holder, most=2)] == [3]
    assert any_store.documents.take(name_holder()) == []


def test_what_a_holder_on_another_machine_left_is_free_when_its_time_is_over(any_store: Store) -> None:
    """Until then nobody can tell that it died."""
    queue(any_store)
    any_store.documents.take(ELSEWHERE, most=2, lease_s=60, now=1000.0)
    assert any_store.documents.take(name_holder(), now=1059.0) == []
    taken = any_store.documents.take(name_holder(), now=1060.0)
    assert [(d.part, d.attempts) for d in taken] == [(1, 2), (2, 2), (3, 1)]


def test_a_holder_keeps_what_it_has_while_it_asks_for_more(any_store: Store) -> None:
    """Taking renews the lease of all that is held."""
    queue(any_store)
    any_store.documents.take(ELSEWHERE, most=1, lease_s=60, now=1000.0)
    any_store.documents.take(ELSEWHERE, most=1, lease_s=60, now=1050.0)
    assert any_store.documents.take(name_holder(), now=1070.0) == []


def test_what_is_given_back_counts_as_never_taken(any_store: Store) -> None:
    """Ctrl-C is no attempt."""
    queue(any_store)
    any_store.documents.take(ELSEWHERE)
    assert any_store.documents.give_back(ELSEWHERE) == 3
    assert [d.attempts for d in any_store.documents.take(name_holder())] == [1, 1, 1]


def test_a_document_waits_for_its_time(any_store: Store) -> None:
    """What comes behind it need not wait."""
    later = NewDocument(source="https://desk.example/a", not_before=2000.0)
    any_store.documents.queue([later, NewDocument(source="https://desk.example/b")], time=NOON)
    assert [d.source for d in any_store.documents.take(name_holder(), now=1000.0)] == ["https://desk.example/b"]


def test_a_document_is_done_with_its_article_or_not_at_all(any_store: Store) -> None:
    """A change that fails leaves it pending."""
    queue(any_store, 2)
    finish(any_store, 1, "first")
    with pytest.raises(StoreError, match="not pending"):
        finish(any_store, 1, "second")
    assert any_store.documents.count() == Counts(pending=1, done=1)
    assert any_store.documents.get([1])[1].article_id == "first"
    assert any_store.article("second") is None


def test_what_cannot_be_read_is_put_aside_with_its_reason_and_can_be_tried_again(any_store: Store) -> None:
    """It leaves the queue and comes back to its place."""
    queue(any_store)
    any_store.documents.quarantine(2, "binary", "it is no text", time=NOON)
    (aside,) = any_store.documents.list_quarantined()
    assert (aside.part, aside.code, aside.message) == (2, "binary", "it is no text")
    assert [d.part for d in any_store.documents.take(ELSEWHERE)] == [1, 3]
    assert any_store.documents.count() == Counts(pending=2, quarantined=1)
    any_store.documents.give_back(ELSEWHERE)
    assert any_store.documents.retry() == 1
    assert [d.part for d in any_store.documents.take(ELSEWHERE)] == [1, 2, 3]


def test_the_bytes_of_a_document_go_when_it_is_done(any_store: Store) -> None:
    """The article has the text; what is quarantined keeps its bytes for another try."""
    bodies = [NewDocument(source="standard input", sha256=f"{n}", body=b"Shots.") for n in (1, 2)]
    any_store.documents.queue(bodies, time=NOON)
    any_store.documents.quarantine(2, "internal", "it failed", time=NOON)
    finish(any_store, 1, "first")
    any_store.documents.retry()
    assert [(d.number, d.body) for d in any_store.documents.take(ELSEWHERE)] == [(2, b"Shots.")]
    with any_store.documents._reading() as connection:
        assert connection.exec_driver_sql("SELECT body FROM document ORDER BY number").scalars().all() == [
            None,
            b"Shots.",
        ]
