"""News of what was checked: reports that came since, what they tell together, and an editor who takes it over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from geo.errors import UsageError
from geo.model import Incident
from geo.pipeline import add_claims, is_settled, tell_incident
from geo.review.editing import EDITABLE
from geo.store import Change, Store
from geo.totals import count_totals

_KIND = {"event_type", "sub_event_type"}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What came of an incident since a person checked it."""

    reports: tuple[Incident, ...]
    """Of articles that the incident does not name yet, each as its article tells it."""
    told: Incident
    """The incident as all its reports tell it now, without what persons changed."""
    taken: Incident
    """The incident as it is once all of that is taken over; claims that a person changed stay in it."""
    differs: tuple[str, ...]
    """Fields in which that differs from what is shown; one of them or several may be taken over."""


def find_news(store: Store, incident_id: str) -> News | None:
    """What came of an incident since a person checked it; None when nothing did."""
    shown = next(iter(store.load_incidents([incident_id])), None)
    reports = store.reports_of(incident_id) if shown else []
    if shown is None or not is_settled(shown, reports):
        return None
    told = tell_incident(store, reports, shown)
    news = tuple(report for report in reports if report.articles[0] not in shown.articles)
    taken = _take(told, shown, EDITABLE)
    differs = tuple(name for name in EDITABLE if getattr(taken, name) != getattr(shown, name))
    return News(reports=news, told=told, taken=taken, differs=differs) if news else None


def take_over(
    change: Change, seen: Incident, fields: Collection[str] | None, articles: Collection[str] | None = None
) -> Incident:
    """The incident with what its reports tell now: of some fields, of none, or (None) of all.

    All its articles are named from then on, so that no report of them is news any more. Claims that a person changed
    stay, beside those of the articles that came. Type and sub-type go together. Raises UsageError when there is nothing
    new, or when a report came that is not of ``articles``, those whose reports the person saw (None: whatever came).
    """
    reports = change.reports_of(seen.id)
    came = [report.articles[0] for report in reports if report.articles[0] not in seen.articles]
    if not came:
        raise UsageError(f"no article has reported incident {seen.id} since it was checked")
    if articles is not None and not set(came) <= set(articles):
        raise UsageError("another article has reported the incident since you looked at it; look at its news again")
    odd = next((name for name in fields or () if name not in EDITABLE), None)
    if odd is not None:
        raise UsageError(f"{odd!r} is no field that can be taken over; these are: {', '.join(EDITABLE)}")
    wanted = set(EDITABLE if fields is None else fields)
    return _take(tell_incident(change, reports, seen), seen, wanted | _KIND if wanted & _KIND else wanted)


def _take(told: Incident, seen: Incident, wanted: Collection[str]) -> Incident:
    """What the reports tell of the wanted fields, and of all others what was seen."""
    after = replace(told, **{name: getattr(seen, name) for name in EDITABLE if name not in wanted})
    if "claims" in wanted and "claims" in seen.edited:
        after = replace(after, claims=add_claims(seen.claims, told, without=seen.articles))
    totals = seen.totals if after.claims == seen.claims else count_totals(after.claims)
    return replace(after, totals=totals, edited=_list_edited(after, told, seen.edited))


def _list_edited(after: Incident, told: Incident, before: Sequence[str]) -> tuple[str, ...]:
    """Fields that are as a person left them: changed before and still so, or not taken over."""
    return tuple(
        name
        for name in EDITABLE
        if getattr(after, name) != getattr(told, name) or (name in before and name == "claims")
    )
