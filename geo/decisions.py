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
from geo.model import Decision, Incident, Verdict
from geo.pipeline import add_claims, keep_edits, pick_claims, tell_incident
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
        kept, other = find_told(change, kept_id), find_told(change, other_id)
        if kept.id == other.id:
            raise UsageError(f"{kept_id} and {other_id} are one incident already; name two")
        return merge_in(change, kept, other, give_word("same", who, time, reason))


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
        return split_in(change, find_told(change, incident_id), article_id, give_word("different", who, time, reason))


def merge_in(change: Change, kept: Incident, other: Incident, word: Decision) -> Incident:
    """Join an incident to another inside a change; ``word`` says who decides it, and why.

    What persons changed of the one kept stays, and so do the claims of both as they are shown. Raises UsageError as
    ``merge_incidents`` does, and where one of the two is published and no reason was given.
    """
    here, there = _reports(change, kept), _reports(change, other)
    _decide(change, here, there, word)
    told = tell_incident(change, [*_seen(kept, here), *_seen(other, there)], kept)
    merged = _keep_both(kept, other, told)
    change.amend(merged, reason=_because(f"incident {other.id} was merged into it", word.reason), public=word.reason)
    _move(change, there, kept.id)
    gone = replace(other, status="withdrawn", version=other.version + 1)
    change.amend(gone, reason=_because(f"merged into incident {kept.id}", word.reason), public=word.reason)
    return merged


def split_in(change: Change, whole: Incident, article_id: str, word: Decision) -> tuple[Incident, Incident]:
    """Take what an article reports out of an incident inside a change; ``word`` says who decides it, and why.

    Each of the two keeps the claims of its articles as they were shown; what persons changed else stays with the one
    that stays. Raises UsageError as ``split_incident`` does, and where it is published and no reason was given.
    """
    reports = _reports(change, whole)
    leaving = [report for report in reports if article_id in (report.id, *report.articles)]
    staying = [report for report in reports if article_id not in (report.id, *report.articles)]
    if not leaving:
        raise UsageError(f"article {article_id!r} is not among those that report incident {whole.id}")
    if not staying:
        raise UsageError(f"incident {whole.id} has no other report; there is nothing to split")
    _decide(change, staying, leaving, word)
    founder = whole.id in {report.id for report in leaving}
    off_id = whole.id if founder else _free_id(change, leaving)
    rest_id = _free_id(change, staying) if founder else whole.id
    rest = _tell_part(change, rest_id, staying, whole)
    off = replace(_tell_part(change, off_id, leaving, replace(whole, edited=_claims_of(whole))), status="draft")
    for part, told, said in (
        (rest, staying, f"told apart from incident {off_id}"),
        (off, leaving, f"split off from incident {rest_id}"),
    ):
        if replace(part, version=whole.version) != whole:  # what came after a person checked it leaves it as it is
            change.amend(part, reason=_because(said, word.reason), public=word.reason)
        _move(change, told, part.id)
        _hold_back(change, part.id, whole.id)
    return rest, off


def _hold_back(change: Change, part_id: str, whole_id: str) -> None:
    """What may not leave of an incident may not leave of a part of it, until an editor says otherwise of the part."""
    release = change.release_of(whole_id)
    if release is not None and part_id != whole_id:
        change.keep_release(replace(release, incident_id=part_id), reason=f"as said of incident {whole_id}")


@contextmanager
def _deciding(store: Store, who: str, time: datetime) -> Iterator[Change]:
    if store.read_only:
        raise UsageError(f"{store.name} was opened for reading only; incidents cannot be merged or split in it")
    with store.change(who=editor_name(who), time=time) as change:
        yield change


def find_told(change: Change, id_: str) -> Incident:
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


def give_word(verdict: Verdict, who: str, time: datetime, reason: str) -> Decision:
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


def _seen(incident: Incident, reports: Sequence[Incident]) -> list[Incident]:
    """Those of its reports that an incident is shown by: all, unless some came after a person checked it."""
    return [report for report in reports if report.articles[0] in incident.articles] or list(reports)


def _keep_both(kept: Incident, other: Incident, told: Incident) -> Incident:
    """What is told of two incidents together, with what persons changed of the one kept, and of the claims of both."""
    if "claims" not in (*kept.edited, *other.edited):
        return keep_edits(kept, told)
    claims = add_claims(kept.claims, other, without=())
    edited = tuple(dict.fromkeys((*kept.edited, "claims")))
    return keep_edits(replace(kept, claims=claims, articles=told.articles, edited=edited), told)


def _claims_of(incident: Incident) -> tuple[str, ...]:
    """Whether a person changed its claims, as ``Incident.edited`` says it."""
    return tuple(name for name in incident.edited if name == "claims")


def _tell_part(change: Change, id_: str, reports: Sequence[Incident], whole: Incident) -> Incident:
    """The reports of one side of a split under an id, with what persons changed of the whole."""
    before = change.shown(id_) or replace(reports[0], id=id_, version=0)
    seen = _seen(whole, reports)
    told = replace(tell_incident(change, seen, before), status=whole.status)
    articles = [report.articles[0] for report in reports]
    return keep_edits(replace(whole, claims=pick_claims(whole, articles), articles=tuple(articles)), told)


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
