"""What persons do with one incident, each act in one transaction: their right, what they saw, the change, the history.

    draft, imported, lead ── accept ─→ reviewed ── publish ─→ published ── correct ─→ published
    any of them ── reject ─→ withdrawn ── restore ─→ draft

Every act takes ``version``, the one that the person saw. It raises NotAllowed when the person's role does not let them,
ConflictError when somebody changed the incident since, and UsageError when what is asked for cannot be; then nothing is
changed. A published incident changes only with a reason, which readers are told (``geo.review.corrections``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from json import loads
from typing import get_args

from geo.decisions import give_word, merge_in, split_in
from geo.errors import UsageError
from geo.model import HiddenField, Incident, Release, ReleasedPrecision
from geo.people import Person
from geo.pipeline import Tools, keep_edits, load_tools, tell_incident
from geo.review.editing import change_fields
from geo.review.finding import find_seen
from geo.review.news import take_over
from geo.review.rights import acting, check_right, clean_reason
from geo.review.sign_off import check_second, persons_needed
from geo.review.values import read_choice
from geo.settings import read_option
from geo.store import Change, Store
from geo.store.records import load_record
from geo.text import editor_name

_BEFORE_REVIEW = ("draft", "imported", "lead")


def accept(store: Store, id_: str, *, person: Person, version: int, reason: str = "", time: datetime) -> Incident:
    """Say that an incident is right as it stands: it is reviewed, by this person.

    One that is reviewed already is so by this person from now on, as a second one may want before it is published.
    """
    with acting(store, person, "review", time) as change:
        seen = find_seen(change, id_, version)
        if seen.status not in (*_BEFORE_REVIEW, "reviewed"):
            raise UsageError(f"incident {id_} is {seen.status}; there is nothing to accept")
        return _show(change, replace(seen, status="reviewed", version=seen.version + 1), "reviewed", reason)


def publish(store: Store, id_: str, *, person: Person, version: int, reason: str = "", time: datetime) -> Incident:
    """Publish a reviewed incident; with BORDER_INCIDENTS_SIGN_OFF=2 only another person than its reviewer may."""
    with acting(store, person, "publish", time) as change:
        seen = find_seen(change, id_, version)
        if seen.status == "published":
            raise UsageError(f"incident {id_} is published already")
        if seen.status != "reviewed":
            raise UsageError(f"incident {id_} is {seen.status}; it must be reviewed before it is published")
        check_second(person, change.revisions_of(f"incident:{id_}"), persons_needed())
        return _show(change, replace(seen, status="published", version=seen.version + 1), "published", reason)


def edit(  # noqa: PLR0913  who changes which fields of what they saw, and why
    store: Store,
    id_: str,
    changes: Mapping[str, object],
    *,
    person: Person,
    version: int,
    reason: str = "",
    time: datetime,
    tools: Tools | None = None,
) -> Incident:
    """Change fields of an incident that is not published; see ``geo.review.editing`` for what each may hold."""
    check_right(person, "edit")
    tools = tools or load_tools(read_option("BORDER_INCIDENTS_BORDER"))
    with acting(store, person, "edit", time) as change:
        seen = find_seen(change, id_, version)
        if seen.status == "published":
            raise UsageError(f"incident {id_} is published; it changes only by a correction, with its reason")
        after = change_fields(change, seen, changes, tools)
        return _show(change, after, f"edited: {', '.join(changes)}", reason)


def correct(  # noqa: PLR0913  who changes which fields of what they saw, and why
    store: Store,
    id_: str,
    changes: Mapping[str, object],
    *,
    person: Person,
    version: int,
    reason: str,
    time: datetime,
    tools: Tools | None = None,
) -> Incident:
    """Change fields of a published incident, and tell readers what was corrected and why; it stays published."""
    check_right(person, "correct")
    tools = tools or load_tools(read_option("BORDER_INCIDENTS_BORDER"))
    with acting(store, person, "correct", time) as change:
        seen = find_seen(change, id_, version)
        if seen.status != "published":
            raise UsageError(f"incident {id_} is {seen.status}, not published; edit it")
        after = change_fields(change, seen, changes, tools)
        return _show(change, after, f"corrected: {', '.join(changes)}", reason)


def mark_background(  # noqa: PLR0913  who marks what they saw, and why
    store: Store,
    id_: str,
    *,
    person: Person,
    version: int,
    background: bool = True,
    reason: str = "",
    time: datetime,
) -> Incident:
    """Say that an incident is an earlier event that reports only recall, or that it is none."""
    change = partial(edit, store, id_, {"background": background})
    return change(person=person, version=version, reason=reason, time=time)


def reject(store: Store, id_: str, *, person: Person, version: int, reason: str, time: datetime) -> Incident:
    """Withdraw an incident, with a reason; it stays withdrawn whatever is read later."""
    if not clean_reason(reason):
        check_right(person, "reject")
        raise UsageError("say why the incident is rejected; the reason is kept in its history")
    with acting(store, person, "reject", time) as change:
        seen = find_seen(change, id_, version)
        if seen.status == "published":
            check_right(person, "correct")
        return _show(change, replace(seen, status="withdrawn", version=seen.version + 1), "rejected", reason)


def restore(store: Store, id_: str, *, person: Person, version: int, reason: str = "", time: datetime) -> Incident:
    """Take back that an incident was rejected: it is a draft again, or as another database's coders made it."""
    with acting(store, person, "restore", time) as change:
        seen = find_seen(change, id_, version, withdrawn=True)
        if seen.articles and not change.reports_of(id_):
            raise UsageError(f"incident {id_} was merged into another or is told no more; split that one instead")
        imported = bool(change.imported_rows([id_]))
        again = replace(seen, status="imported" if imported else "draft", version=seen.version + 1)
        return _show(change, _with_news(change, again), "restored", reason)


def merge(  # noqa: PLR0913  who joins which two that they saw, and why
    store: Store,
    kept_id: str,
    other_id: str,
    *,
    person: Person,
    version: int,
    other_version: int,
    reason: str = "",
    time: datetime,
) -> Incident:
    """Join an incident to another, which keeps its id; see ``geo.decisions.merge_incidents``."""
    with acting(store, person, "merge", time) as change:
        kept, other = find_seen(change, kept_id, version), find_seen(change, other_id, other_version)
        if kept.id == other.id:
            raise UsageError(f"incident {kept_id} is one with itself; name two")
        _check_published(person, kept, other)
        return merge_in(change, kept, other, give_word("same", person.name, time, clean_reason(reason)))


def split(  # noqa: PLR0913  who takes which article out of what they saw, and why
    store: Store,
    id_: str,
    article_id: str,
    *,
    person: Person,
    version: int,
    reason: str = "",
    time: datetime,
) -> tuple[Incident, Incident]:
    """Take what an article reports out of an incident; see ``geo.decisions.split_incident``."""
    with acting(store, person, "split", time) as change:
        seen = find_seen(change, id_, version)
        _check_published(person, seen)
        return split_in(change, seen, article_id, give_word("different", person.name, time, clean_reason(reason)))


def release(store: Store, release: Release, *, person: Person, version: int, time: datetime) -> None:
    """Say what of an incident may leave the newsroom: how precise a place, from when on, and what never."""
    with acting(store, person, "release", time) as change:
        find_seen(change, release.incident_id, version)
        _check_release(release)
        said = clean_reason(release.reason)
        kept = replace(release, hidden=tuple(dict.fromkeys(release.hidden)), who=editor_name(person.name), time=time)
        change.keep_release(replace(kept, reason=said), reason=f"released: {said}" if said else "released")


def take_news(  # noqa: PLR0913  who takes over which fields of what they saw, and why
    store: Store,
    id_: str,
    fields: Collection[str] | None = None,
    *,
    person: Person,
    version: int,
    articles: Collection[str] | None = None,
    reason: str = "",
    time: datetime,
) -> Incident:
    """Take over what the reports tell that came since an incident was checked: of all fields, of some, or of none.

    See ``geo.review.news.find_news``. With no field the reports are seen, and nothing of them is taken. ``articles``
    are those whose reports the person saw: a report that came after they looked is not taken over unseen.
    """
    with acting(store, person, "edit", time) as change:
        seen = find_seen(change, id_, version)
        _check_published(person, seen)
        taken = "all" if fields is None else ", ".join(fields) or "nothing"
        after = take_over(change, seen, fields, articles)
        return _show(change, after, f"took over what was reported since: {taken}", reason)


def undo(store: Store, id_: str, *, person: Person, version: int, reason: str = "", time: datetime) -> Incident:
    """Put back the record as it was before the last act, as a new revision; undoing that does the act again.

    What is a draft again has what was reported meanwhile, as every draft has.
    """
    with acting(store, person, "undo", time) as change:
        seen = change.shown(id_)
        seen = find_seen(change, id_, version, withdrawn=bool(seen and seen.status == "withdrawn"))
        before = _find_before(change, seen)
        if "published" in (seen.status, before.status):
            check_right(person, "correct")
        again = _with_news(change, replace(before, version=seen.version + 1))
        return _show(change, again, "undone: put back as it was", reason)


def _check_release(release: Release) -> None:
    """Raise UsageError for a precision or a field that there is none of, or a moment of no time zone."""
    if release.precision is not None:
        read_choice(release.precision, "the precision", get_args(ReleasedPrecision))
    for one in release.hidden:
        read_choice(one, "what is hidden", get_args(HiddenField))
    if release.not_before is not None and release.not_before.tzinfo is None:
        raise UsageError("the moment from which it is released has no time zone")


def _with_news(change: Change, incident: Incident) -> Incident:
    """A draft with what all its reports tell, also those that came while it was checked or rejected."""
    reports = change.reports_of(incident.id)
    unseen = any(report.articles[0] not in incident.articles for report in reports)
    if incident.status not in _BEFORE_REVIEW or not unseen:
        return incident
    return replace(keep_edits(incident, tell_incident(change, reports, incident)), version=incident.version)


def _find_before(change: Change, seen: Incident) -> Incident:
    """The record before the last act of a person on it."""
    last = change.revisions_of(f"incident:{seen.id}")[-1]
    if last.who == "machine" or last.before is None:
        raise UsageError(f"incident {seen.id} was last changed by what was read; there is no act of a person to undo")
    decided = change.decisions_about(seen.id, [seen.id])
    if any(decision.time == last.time for decision in decided) or (seen.articles and not change.reports_of(seen.id)):
        raise UsageError(f"incident {seen.id} was merged or split last; undo that by splitting or merging")
    return load_record(Incident, loads(last.before))


def _check_published(person: Person, *incidents: Incident) -> None:
    """Raise NotAllowed when one of them is published, and the person may not correct what is."""
    if any(incident.status == "published" for incident in incidents):
        check_right(person, "correct")


def _show(change: Change, after: Incident, what: str, reason: str) -> Incident:
    said = clean_reason(reason)
    change.amend(after, reason=f"{what}: {said}" if said else what, public=said)
    return after
