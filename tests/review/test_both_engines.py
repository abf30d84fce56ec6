"""The desk on either database: the same acts, the same refusals, the same queue, and a history that holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from geo.errors import ConflictError
from geo.model import Incident
from geo.pipeline import load_tools
from geo.review.news import find_news
from geo.review.queue import read_queue
from geo.snapshot import take_snapshot
from geo.store import Store
from geo.wording.corrected import list_corrected
from geo.wording.words import Words
from tests.review.desk import (
    EDITOR,
    KUNAR,
    PESHAWAR,
    PUBLISHER,
    QUETTA,
    QUETTA_AGAIN,
    SECOND_EDITOR,
    act,
    add,
    published,
    shown,
)


def test_an_incident_goes_from_a_draft_to_a_correction(any_store: Store) -> None:
    store, seen = any_store, published(any_store, QUETTA, "a")
    add(store, QUETTA_AGAIN, "b")
    assert find_news(store, seen.id) is not None
    after = act(store, "take_news", seen, person=PUBLISHER, reason="doctors count nine")
    assert [claim.best for claim in after.claims] == [7, 9]
    (one,) = list_corrected(store, Words("en"))
    assert ("Killed", "7", "7–9") in one.changes
    assert store.check() == []


def test_merging_splitting_undoing_and_rejecting_hold(any_store: Store) -> None:
    store = any_store
    kept, other = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    merged = act(store, "merge", kept, other.id, other_version=other.version, person=EDITOR)
    rest, off = act(store, "split", merged, merged.articles[1], person=EDITOR, minute=2)
    edited = act(store, "edit", rest, {"title": "T"}, person=EDITOR, minute=3)
    assert act(store, "undo", edited, person=EDITOR, minute=4).title == kept.title
    act(store, "reject", off, person=EDITOR, reason="a hoax", minute=5)
    assert shown(store, off.id).status == "withdrawn"
    assert store.check() == []


def test_the_queue_is_the_same_with_a_snapshot_and_without(any_store: Store) -> None:
    store = any_store
    for text, outlet in ((QUETTA, "a"), (QUETTA_AGAIN, "b"), (KUNAR, "c")):
        add(store, text, outlet)
    published(store, PESHAWAR, "d")
    add(store, PESHAWAR, "e")
    older = take_snapshot(store, load_tools().border)
    act(store, "accept", add(store, KUNAR, "f"), person=EDITOR)
    ways = (None, older, take_snapshot(store, load_tools().border))
    first, *others = [read_queue(store, snapshot) for snapshot in ways]
    assert others == [first, first]
    assert [one.why[0] for one in first.waiting] == ["news", "conflicting", "unpublished"]


@pytest.mark.parametrize("act_name", ["accept", "edit"])
def test_of_two_editors_at_once_one_is_told_of_the_other(any_store: Store, act_name: str) -> None:
    store, seen = any_store, add(any_store, QUETTA, "a")
    more = [] if act_name == "accept" else [{"title": "T"}]

    def do(person: object) -> Incident | ConflictError:
        try:
            done: Incident = act(store, act_name, seen, *more, person=person)
        except ConflictError as error:
            return error
        return done

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(do, (EDITOR, SECOND_EDITOR)))
    (refused,) = [one for one in done if isinstance(one, ConflictError)]
    assert refused.who in (EDITOR.name, SECOND_EDITOR.name)
    assert shown(store, seen.id).version == seen.version + 1
    assert store.check() == []
