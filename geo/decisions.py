"""A person says that two incidents are one, or that a report tells of another: kept, and stronger than the rules.

What is decided is decided of pairs of reports, whose ids never change, so it holds whatever is read or joined later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from geo.errors import UsageError
from geo.model import Decision, Incident, Status, Verdict
from geo.pipeline import tell_incident
from geo.store import Change, Store
from geo.text import editor_name

NAMESPACE = UUID("2b7d2c39-6a55-5a0c-8f0e-9f6f4d1f7c03")
"""Namespace of the ids of decisions."""


def merge_incidents(
    store: Store, kept_id: str, other_id: str, *, who: str, time: datetime, reason: str = ""
) -> Incident:
    """Join an incident to another, which keeps its id; all of it or nothing, and never undone by the rules.

    The one merged away is withdrawn, and its id leads to the one kept. Returns the one kept. Raises UsageError when an
    id is unknown, both lead to one incident, or the store is for reading only.
    """
    with _deciding(store, who, time) as change:
        kept, other = _find(change, kept_id), _find(change, other_id)
        if kept.id == other.id:
            raise UsageError(f"{kept_id} and {other_id} are one incident already; name two")
        here, there = _reports(change, kept), _reports(change, other)
        _decide(change, here, there, _word("same", who, time, reason))
        merged = tell_incident(change, [*here, *there], kept)
        change.show(merged, reason=_because(f"incident {other.id} was merged into it", reason))
        _move(change, there, kept.id)
        gone = replace(other, status="withdrawn", version=other.version + 1)
        change.show(gone, reason=_because(f"merged into incident {kept.id}", reason))
    return merged


def split_incident(
    store: Store, incident_id: str, article_id: str, *, who: str, time: datetime, reason: str = ""
) -> tuple[Incident, Incident]:
    """Take what an article reports out of an incident; all of it or nothing, and never undone by the rules.

    ``article_id`` may also be the id of a report, as an incident that was merged has it. Returns the incident that
    stays and the one split off, which has the id of its report; where that was the id of the whole, the rest takes that
    of its first report. Raises UsageError when the incident is unknown, the article is not in it or alone in it, or the
    store is for reading only.
    """
    with _deciding(store, who, time) as change:
        whole = _find(change, incident_id)
        reports = _reports(change, whole)
        leaving = [report for report in reports if article_id in (report.id, *report.articles)]
        staying = [report for report in reports if article_id not in (report.id, *report.articles)]
        if not leaving:
            raise UsageError(f"article {article_id!r} is not among those that report incident {incident_id}")
        if not staying:
            raise UsageError(f"incident {incident_id} has no other report; there is nothing to split")
        _decide(change, staying, leaving, _word("different", who, time, reason))
        founder = whole.id in {report.id for report in leaving}
        off_id = whole.id if founder else _free_id(change, leaving)
        rest_id = _free_id(change, staying) if founder else whole.id
        told_apart = _because(f"told apart from incident {off_id}", reason)
        rest = _show_part(change, rest_id, staying, status=whole.status, reason=told_apart)
        split_off = _because(f"split off from incident {rest_id}", reason)
        off = _show_part(change, off_id, leaving, status="draft", reason=split_off)
    return rest, off


@contextmanager
def _deciding(store: Store, who: str, time: datetime) -> Iterator[Change]:
    if store.read_only:
        raise UsageError(f"{store.name} was opened for reading only; incidents cannot be merged or split in it")
    with store.change(who=editor_name(who), time=time) as change:
        yield change


def _find(change: Change, id_: str) -> Incident:
    """The shown incident of an id, or the one that a report of this id belongs to now."""
    joined = change.incidents_of([id_]).get(id_)
    found = [change.shown(one) for one in (id_, joined) if one]
    incident = next((one for one in found if one and one.status != "withdrawn"), None)
    if incident is None:
        known = any(found)
        raise UsageError(f"incident {id_!r} is withdrawn" if known else f"there is no incident {id_!r}")
    return incident


def _reports(change: Change, incident: Incident) -> list[Incident]:
    reports = change.reports_of(incident.id)
    if not reports:
        raise UsageError(f"incident {incident.id} was not read from an article; only reports are merged and split")
    return reports


def _word(verdict: Verdict, who: str, time: datetime, reason: str) -> Decision:
    """What was said, still of no pair."""
    said = " ".join(reason.split())
    return Decision(id="", kept_id="", other_id="", verdict=verdict, who=editor_name(who), time=time, reason=said)


def _decide(change: Change, kept: Sequence[Incident], other: Sequence[Incident], word: Decision) -> None:
    """Keep the word on each pair of reports of the two sides: whichever is told anew, it finds its place."""
    pairs = [(left.id, right.id) for left in kept for right in other]
    decisions = [
        replace(word, id=str(uuid5(NAMESPACE, "/".join(sorted(pair)))), kept_id=pair[0], other_id=pair[1])
        for pair in pairs
    ]
    change.keep_decisions(decisions, reason=word.reason or f"decided to be {word.verdict}")


def _show_part(change: Change, id_: str, reports: Sequence[Incident], *, status: Status, reason: str) -> Incident:
    """Show the reports of one side of a split under an id."""
    before = change.shown(id_) or replace(reports[0], id=id_, version=0)
    part = replace(tell_incident(change, reports, before), status=status)
    change.show(part, reason=reason)
    _move(change, reports, id_)
    return part


def _move(change: Change, reports: Sequence[Incident], incident_id: str) -> None:
    for report in reports:
        change.move_report(report.id, incident_id)


def _free_id(change: Change, reports: Sequence[Incident]) -> str:
    """The id of the first of some reports that names no incident of other reports."""
    ours = [report.id for report in reports]
    free = (id_ for id_ in ours if {report.id for report in change.reports_of(id_)} <= set(ours))
    return next(free, str(uuid5(NAMESPACE, f"split/{reports[0].id}")))


def _because(what: str, reason: str) -> str:
    said = " ".join(reason.split())
    return f"{what}: {said}" if said else what
