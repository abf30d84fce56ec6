"""What persons do with an incident: each act by each role, on what was seen, kept with who and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from geo.decisions import merge_incidents
from geo.errors import ConflictError, NotAllowed, UsageError
from geo.model import Incident, Release, Toll
from geo.people import Person
from geo.review import acts
from geo.store import Store
from tests.review.desk import (
    EDITOR,
    KUNAR,
    NOW,
    PESHAWAR,
    PUBLISHER,
    QUETTA,
    QUETTA_AGAIN,
    SECOND_EDITOR,
    SECOND_PUBLISHER,
    VIEWER,
    act,
    add,
    published,
    shown,
)

Act = Callable[[Store, Person], Any]


def _reviewed(store: Store) -> Incident:
    found: Incident = act(store, "accept", add(store, QUETTA, "a"), person=EDITOR)
    return found


def _withdrawn(store: Store) -> Incident:
    found: Incident = act(store, "reject", add(store, QUETTA, "a"), person=EDITOR, reason="a hoax")
    return found


def _merge(store: Store, person: Person) -> Any:
    other = add(store, KUNAR, "b")
    return act(store, "merge", add(store, QUETTA, "a"), other.id, other_version=other.version, person=person)


def _split(store: Store, person: Person) -> Any:
    add(store, QUETTA, "a")
    both = add(store, QUETTA, "b")
    return act(store, "split", both, both.articles[1], person=person)


ACTS: dict[str, tuple[str, Act]] = {
    "accept": ("editor", lambda store, who: act(store, "accept", add(store, QUETTA, "a"), person=who)),
    "edit": ("editor", lambda store, who: act(store, "edit", add(store, QUETTA, "a"), {"title": "T"}, person=who)),
    "background": ("editor", lambda store, who: act(store, "mark_background", add(store, QUETTA, "a"), person=who)),
    "reject": ("editor", lambda store, who: act(store, "reject", add(store, QUETTA, "a"), reason="hoax", person=who)),
    "restore": ("editor", lambda store, who: act(store, "restore", _withdrawn(store), person=who)),
    "merge": ("editor", _merge),
    "split": ("editor", _split),
    "undo": ("editor", lambda store, who: act(store, "undo", _reviewed(store), person=who)),
    "publish": ("publisher", lambda store, who: act(store, "publish", _reviewed(store), person=who)),
    "correct": (
        "publisher",
        lambda store, who: act(store, "correct", published(store), {"title": "T"}, reason="a slip", person=who),
    ),
    "reject a published one": (
        "publisher",
        lambda store, who: act(store, "reject", published(store), reason="it never happened", person=who),
    ),
    "undo a publication": (
        "publisher",
        lambda store, who: act(store, "undo", published(store), reason="too early", person=who),
    ),
}  # fmt: skip


@pytest.mark.parametrize("person", [VIEWER, SECOND_EDITOR, SECOND_PUBLISHER], ids=lambda person: person.role)
@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_done_by_whom_its_role_lets_and_by_nobody_else(store: Store, name: str, person: Person) -> None:
    needed, do = ACTS[name]
    if person.may(needed):
        do(store, person)
        assert store.revisions()[-1].who == person.name
    else:
        with pytest.raises(NotAllowed, match=f"{person.name} is signed in as {person.role}; only "):
            do(store, person)
        assert person.name not in {revision.who for revision in store.revisions()}
    assert store.check() == []


def test_an_act_is_kept_with_who_when_and_why(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    act(store, "accept", seen, person=EDITOR, reason="called\nthe police")
    last = store.revisions(f"incident:{seen.id}")[-1]
    assert (last.who, last.reason) == ("Zarghuna", "reviewed: called the police")
    assert last.time > NOW


def test_who_saw_an_older_version_is_told_who_changed_it_and_when(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    act(store, "edit", seen, {"title": "Bombing in Quetta"}, person=EDITOR)
    with pytest.raises(ConflictError, match="changed by Zarghuna on 20 November 2025 at 09:01 UTC") as raised:
        act(store, "accept", seen, person=SECOND_EDITOR)
    assert (raised.value.who, raised.value.version) == ("Zarghuna", 2)
    assert shown(store, seen.id).status == "draft"


def test_a_report_read_since_is_a_conflict_as_well(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    add(store, QUETTA_AGAIN, "b")
    with pytest.raises(ConflictError, match="changed by the reading of another article"):
        act(store, "accept", seen, person=EDITOR)


def test_a_published_incident_changes_only_by_a_correction_with_a_reason(store: Store) -> None:
    seen = published(store)
    with pytest.raises(UsageError, match="only by a correction"):
        act(store, "edit", seen, {"title": "T"}, person=PUBLISHER)
    with pytest.raises(UsageError, match="say why it is corrected"):
        act(store, "correct", seen, {"title": "T"}, person=PUBLISHER, reason=" ")
    act(store, "correct", seen, {"title": "T"}, person=PUBLISHER, reason="we misread the name")
    (correction,) = store.corrections()
    assert (correction.incident_id, correction.who, correction.reason) == (seen.id, "Nargis", "we misread the name")
    assert [(c.field, c.before, c.after) for c in correction.changes] == [("title", seen.title, "T")]
    assert store.check() == []


def test_changed_figures_change_the_toll(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    claim = {**_typed(seen), "low": 9, "best": 9, "high": 9}
    edited = act(store, "edit", seen, {"claims": [claim]}, person=EDITOR)
    assert edited.totals["killed"] == Toll(low=9, best=9, high=9)
    assert edited.edited == ("claims",)
    assert shown(store, seen.id) == edited


def _typed(seen: Incident) -> dict[str, Any]:
    """The first claim of an incident as a page sends it."""
    claim = seen.claims[0]
    span = [claim.span.start, claim.span.end]
    return {"metric": claim.metric, "claimant": claim.claimant, "span": span, "article_id": claim.article_id}


def test_a_rejected_incident_stays_withdrawn_when_others_report_it(store: Store) -> None:
    gone = _withdrawn(store)
    assert add(store, QUETTA_AGAIN, "b").id == gone.id
    assert shown(store, gone.id) == gone
    restored = act(store, "restore", gone, person=EDITOR)
    assert (restored.status, restored.version) == ("draft", gone.version + 1)


def test_undoing_puts_back_what_was_and_undoing_that_does_it_again(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    edited = act(store, "edit", seen, {"title": "T", "background": True}, person=EDITOR)
    undone = act(store, "undo", edited, person=SECOND_EDITOR)
    assert (undone.title, undone.background, undone.edited, undone.version) == (seen.title, False, (), 3)
    again = act(store, "undo", undone, person=EDITOR)
    assert (again.title, again.background, again.version) == ("T", True, 4)


def test_what_was_read_and_what_was_merged_is_not_undone_so(store: Store) -> None:
    seen, other = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    with pytest.raises(UsageError, match="no act of a person to undo"):
        act(store, "undo", seen, person=EDITOR)
    merged = act(store, "merge", seen, other.id, other_version=other.version, person=EDITOR)
    for one in (merged, shown(store, other.id)):
        with pytest.raises(UsageError, match="merged or split last"):
            act(store, "undo", one, person=EDITOR)


def test_merge_and_split_of_what_is_published_are_corrections_as_well(store: Store) -> None:
    seen, other = published(store), add(store, PESHAWAR, "b")
    with pytest.raises(NotAllowed, match="only publishers may correct published incidents"):
        act(store, "merge", seen, other.id, other_version=other.version, person=EDITOR)
    with pytest.raises(UsageError, match="say why it is corrected"):
        merge_incidents(store, seen.id, other.id, who="night desk", time=NOW)
    merged = act(
        store, "merge", seen, other.id, other_version=other.version, person=PUBLISHER, reason="one attack", minute=2
    )
    act(store, "split", merged, merged.articles[1], person=PUBLISHER, reason="two attacks", minute=3)
    assert [one.reason for one in store.corrections()] == ["two attacks", "one attack"]
    assert shown(store, seen.id).status == "published"
    assert store.check() == []


def test_a_person_who_may_release_says_what_may_leave_and_nothing_that_there_is_not(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    told = Release(incident_id=seen.id, precision="adm1", hidden=("quote",), who="", time=NOW, reason="a witness")
    for wrong, error in (
        (replace(told, precision="village"), "the precision is 'village'"),  # type: ignore[arg-type]
        (replace(told, hidden=("names",)), "what is hidden is 'names'"),  # type: ignore[arg-type]
        (replace(told, not_before=datetime(2025, 12, 1)), "has no time zone"),
    ):
        with pytest.raises(UsageError, match=error):
            acts.release(store, wrong, person=PUBLISHER, version=seen.version, time=NOW)
    with pytest.raises(NotAllowed):
        acts.release(store, told, person=EDITOR, version=seen.version, time=NOW)
    with pytest.raises(ConflictError):
        acts.release(store, told, person=PUBLISHER, version=seen.version + 1, time=NOW)
    acts.release(store, told, person=PUBLISHER, version=seen.version, time=NOW)
    assert store.release_of(seen.id) == replace(told, who="Nargis")
    assert store.check() == []
