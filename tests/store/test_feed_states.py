"""What is known of feeds is kept, and pages of theirs that are to wait do so, on a file and on a server."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geo.errors import StoreError
from geo.store import FeedState, NewDocument, Store, open_store

NOON = datetime(2025, 11, 26, 12, tzinfo=UTC)
ADDRESS = "https://news.example.org/feed.xml"


def test_what_is_known_of_a_feed_is_kept_and_replaced(any_store: Store) -> None:
    first = FeedState(address=ADDRESS, title="The Pass", etag='"1"', checked=NOON, next_due=1.5e9)
    any_store.feeds.keep(first)
    other = FeedState(address="https://wire.example.org/")
    assert any_store.feeds.load([other.address, ADDRESS]) == [other, first]
    failed = FeedState(address=ADDRESS, failures=3, message="the server answered 503", checked=NOON)
    any_store.feeds.keep(failed)
    assert any_store.feeds.load([ADDRESS]) == [failed]


def test_a_page_that_is_to_wait_is_taken_when_its_time_has_come(any_store: Store) -> None:
    documents = any_store.documents
    documents.queue([NewDocument(source=f"https://news.example.org/{number}", feed_id="f") for number in range(2)])
    assert documents.next_due() == 0
    first, second = documents.take("here:1:a", now=1000.0)
    documents.postpone("here:1:a", first.number, 5000.0)
    documents.postpone("there:2:b", second.number, 9000.0)
    documents.quarantine(second.number, "robots", "not allowed")
    assert documents.next_due() == 5000.0
    assert documents.take("here:1:a", now=4999.0) == []
    (again,) = documents.take("here:1:a", now=5000.0)
    assert (again.number, again.attempts) == (first.number, 2)
    documents.quarantine(first.number, "timeout", "too slow")
    assert documents.next_due() is None


def test_a_store_for_reading_keeps_nothing_of_a_feed(store_address: str) -> None:
    open_store(store_address).close()
    store = open_store(store_address, read_only=True)
    with pytest.raises(StoreError, match="for reading only"):
        store.feeds.keep(FeedState(address=ADDRESS))
    assert store.feeds.load([ADDRESS]) == [FeedState(address=ADDRESS)]
    store.close()
