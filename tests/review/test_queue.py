"""What waits for a person: the most urgent first, with its reasons, whether or not a snapshot is at hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from geo.pipeline import load_tools
from geo.review.queue import Queue, read_queue
from geo.snapshot import Snapshot, take_snapshot
from geo.store import Store
from geo.wording.words import LANGUAGES, Words
from tests.review.desk import EDITOR, KUNAR, PESHAWAR, PUBLISHER, QUETTA, QUETTA_AGAIN, act, add, published, shown

TORKHAM = "Two soldiers were killed at the Torkham crossing on Monday, officials said."


def snapshot(store: Store) -> Snapshot:
    return take_snapshot(store, load_tools().border)


@pytest.fixture(params=["without a snapshot", "with one", "with an older one"])
def queue(request: pytest.FixtureRequest, store: Store) -> Iterator[object]:
    """The queue of a store, read in every way that it can be."""
    older = snapshot(store)
    ways = {"without a snapshot": lambda: None, "with one": lambda: snapshot(store), "with an older one": lambda: older}

    def read(**asked: object) -> Queue:
        return read_queue(store, ways[request.param](), **asked)  # type: ignore[arg-type]

    yield read


def ids(found: Queue) -> list[str]:
    return [one.id for one in found.waiting]


def test_news_of_what_was_checked_comes_first_then_contradictions_then_the_border(store: Store, queue) -> None:  # type: ignore[no-untyped-def]
    checked = published(store, PESHAWAR, "a")
    add(store, PESHAWAR, "b")
    add(store, QUETTA, "c")
    rivals = add(store, QUETTA_AGAIN, "d")
    torkham, plain = add(store, TORKHAM, "e"), add(store, KUNAR, "f")
    found = queue()
    assert ids(found) == [checked.id, rivals.id, torkham.id, plain.id]
    assert [one.why[0] for one in found.waiting] == ["news", "conflicting", "near_border", "new"]
    assert [one.rank for one in found.waiting] == [0, 1, 2, 3]
    assert (found.total, found.counts["new"], found.counts["news"]) == (4, 3, 1)


def test_reasons_carry_their_figures(store: Store, queue) -> None:  # type: ignore[no-untyped-def]
    add(store, QUETTA, "c")
    add(store, QUETTA_AGAIN, "d")
    (found,) = queue(why=["conflicting"]).waiting
    assert dict(found.reasons[0].numbers) == {"low": 7, "high": 9}
    assert found.version == shown(store, found.id).version


def test_what_was_reviewed_waits_to_be_published_and_leaves_when_it_is(store: Store, queue) -> None:  # type: ignore[no-untyped-def]
    reviewed = act(store, "accept", add(store, QUETTA, "a"), person=EDITOR)
    assert [one.why for one in queue().waiting] == [("unpublished",)]
    act(store, "publish", reviewed, person=PUBLISHER)
    assert queue().waiting == ()


def test_a_rejected_incident_waits_again_only_when_it_is_reported_anew(store: Store, queue) -> None:  # type: ignore[no-untyped-def]
    gone = act(store, "reject", add(store, QUETTA, "a"), person=EDITOR, reason="a hoax")
    assert queue().waiting == ()
    add(store, QUETTA_AGAIN, "b")
    (found,) = queue().waiting
    assert (found.id, found.why, dict(found.reasons[0].numbers)) == (gone.id, ("news",), {"n": 1})


def test_the_queue_is_filtered_by_reason_province_and_status_and_read_page_by_page(store: Store, queue) -> None:  # type: ignore[no-untyped-def]
    torkham, plain = add(store, TORKHAM, "e"), add(store, KUNAR, "f")
    act(store, "accept", add(store, QUETTA, "a"), person=EDITOR)
    assert ids(queue(why=["near_border"])) == [torkham.id]
    assert ids(queue(provinces=["AF-KNR"])) == [plain.id]
    assert ids(queue(statuses=["draft"])) == [torkham.id, plain.id]
    first, second = queue(most=1), queue(most=2, first=1)
    assert ids(first) == [torkham.id]
    assert [one.rank for one in second.waiting] == [1, 2]
    assert first.total == second.total == 3


def test_every_reason_has_its_sentence_in_every_language(store: Store) -> None:
    published(store, PESHAWAR, "a")
    for text, outlet in ((PESHAWAR, "b"), (QUETTA, "c"), (QUETTA_AGAIN, "d"), (TORKHAM, "e"), (KUNAR, "f")):
        add(store, text, outlet)
    waiting = read_queue(store).waiting
    assert {why for one in waiting for why in one.why} >= {"news", "conflicting", "near_border", "new"}
    for language in LANGUAGES:
        words = Words(language)
        assert all(words(f"queue.{reason.code}", **reason.numbers) for one in waiting for reason in one.reasons)
