"""Whatever two people and the machine do, in whatever order: the chain holds, and what was checked is theirs alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.corrections import tell_again
from geo.errors import ConflictError, NotAllowed, UsageError
from geo.model import Incident, Revision
from geo.pipeline import add_article, join_reading, load_tools, read_article
from geo.review import acts
from geo.store import Store, open_store
from geo.store.corrected import compare_fields
from geo.store.records import load_record
from tests.review.desk import EDITOR, NOW, PESHAWAR, PUBLISHER, QUETTA, QUETTA_AGAIN, act, article

REPORTS = [article(text, f"{name}{number}") for number in (1, 2)
           for name, text in (("a", QUETTA), ("b", QUETTA_AGAIN), ("c", PESHAWAR))]  # fmt: skip
REFUSED = (UsageError, NotAllowed, ConflictError)


@dataclass(frozen=True)
class Step:
    """One thing that happens: what, who does it, and to which of what is there."""

    what: str
    person: Any
    which: int
    other: int
    stale: bool
    """Whether the person saw an older version."""


steps = st.builds(
    Step,
    what=st.sampled_from(
        ["add", "add", "accept", "publish", "edit", "claims", "correct", "reject", "restore", "merge", "split",
         "take_news", "undo", "background", "read_again"]
    ),
    person=st.sampled_from([EDITOR, PUBLISHER]),
    which=st.integers(0, 5),
    other=st.integers(0, 5),
    stale=st.sampled_from([False, False, False, True]),
)  # fmt: skip


class Desk:
    """A store in which steps are taken, a minute after each other, and what it was like after each."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.minute = 0
        self.states: dict[int, dict[str, Incident]] = {}

    def take(self, step: Step) -> None:
        """Take a step; one that is refused changes nothing."""
        self.minute += 1
        before = self.store.data_revision()
        try:
            self._do(step)
        except REFUSED:
            assert self.store.data_revision() == before
        self.states[self.store.data_revision()] = {one.id: one for one in self.store.load_incidents()}

    def _do(self, step: Step) -> None:
        time, incidents = NOW + timedelta(minutes=self.minute), sorted(self.store.load_incidents(), key=lambda i: i.id)
        if step.what == "add" or not incidents:
            add_article(self.store, REPORTS[step.which], load_tools(), time=time)
            return
        if step.what == "read_again":
            self._read_again(step, time)
            return
        seen, other = incidents[step.which % len(incidents)], incidents[step.other % len(incidents)]
        told: dict[str, Any] = {"person": step.person, "version": seen.version - step.stale, "time": time}
        told["reason"] = f"reason {self.minute}"
        self._act(step, seen, other, told)

    def _act(self, step: Step, seen: Incident, other: Incident, told: dict[str, Any]) -> None:
        store, title = self.store, {"title": f"Title {self.minute}"}
        match step.what:
            case "edit" | "correct":
                getattr(acts, step.what)(store, seen.id, title, **told)
            case "claims":
                claims = [replace(c, low=step.other, best=step.other, high=step.other) for c in seen.claims]
                acts.edit(store, seen.id, {"claims": claims}, **told)
            case "merge":
                acts.merge(store, seen.id, other.id, other_version=other.version, **told)
            case "split":
                acts.split(store, seen.id, seen.articles[step.other % len(seen.articles)], **told)
            case "background":
                acts.mark_background(store, seen.id, background=not seen.background, **told)
            case "take_news":
                acts.take_news(store, seen.id, [None, ["claims"], []][step.other % 3], **told)
            case _:
                getattr(acts, step.what)(store, seen.id, **told)

    def _read_again(self, step: Step, time: Any) -> None:
        told = REPORTS[step.which]
        with self.store.change(time=time) as change:
            if not change.holds(told.id):
                raise UsageError("it is not there")
            reading = join_reading(read_article(told, load_tools()), load_tools().border)
            gone = step.other == 0
            tell_again(change, replace(reading, incidents=()) if gone else reading, reason="read again")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without anything in it, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.sqlite"
    open_store(path).close()
    return path


@contextmanager
def opened(empty: Path) -> Iterator[Store]:
    path = empty.with_name("copy.sqlite")
    for ending in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).unlink()
    shutil.copy(empty, path)
    store = open_store(path)
    yield store
    store.close()


def _history(store: Store) -> list[tuple[Revision, Incident | None, Incident]]:
    """Every change of an incident: before and after."""
    found = [one for one in store.revisions() if one.what.startswith("incident:")]
    return [(one, _read(one.before), _read(one.after) or _fail(one)) for one in found]


def _read(told: str | None) -> Incident | None:
    return load_record(Incident, json.loads(told)) if told else None


def _fail(revision: Revision) -> Incident:
    raise AssertionError(f"revision {revision.sequence} removes an incident")


def _check(store: Store, states: dict[int, dict[str, Incident]]) -> None:
    assert store.check() == []
    corrections = store.corrections()
    told = {(one.incident_id, one.time) for one in corrections}
    for revision, before, after in _history(store):
        if before is None:
            continue
        assert after.version > before.version
        if revision.who == "machine":
            assert before.status not in ("reviewed", "published")
            assert (before.status, after.status) != ("withdrawn", "withdrawn")
        if before.status == "published" and compare_fields(before, after):
            assert (after.id, revision.time) in told
            assert revision.who == PUBLISHER.name
    assert all(one.who == PUBLISHER.name and one.reason for one in corrections)
    _check_past(store, states)


def _check_past(store: Store, states: dict[int, dict[str, Incident]]) -> None:
    """Any earlier state can be opened again, as it was."""
    for revision, then in states.items():
        past = store.read_columns({"incident": ("id",)}, at=revision).past
        ids: Sequence[str] = sorted({one.id for one in store.load_incidents()})
        assert {one.id: one for one in store.load_incidents(ids, past)} == then


@settings(max_examples=60)
@given(st.lists(steps, min_size=4, max_size=16), st.sampled_from(["draft", "reviewed", "published"]))
def test_whatever_happens_the_chain_holds_and_the_published_changes_only_by_corrections(
    empty: Path, taken: list[Step], status: str
) -> None:
    with opened(empty) as store:
        desk = Desk(store)
        (seen,) = add_article(store, REPORTS[0], load_tools(), time=NOW).incidents
        if status != "draft":
            seen = act(store, "accept", seen, person=EDITOR, minute=0)
        if status == "published":
            act(store, "publish", seen, person=PUBLISHER, minute=0)
        for step in taken:
            desk.take(step)
        _check(store, desk.states)
