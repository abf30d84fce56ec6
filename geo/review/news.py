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


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What came of an incident since a person checked it."""

    reports: tuple[Incident, ...]
    """Of articles that the incident does not name yet, each as its article tells it."""
    told: Incident
    """The incident as all its reports tell it now, without what persons changed."""
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
    differs = tuple(name for name in EDITABLE if getattr(told, name) != getattr(shown, name))
    return News(reports=news, told=told, differs=differs) if news else None


def take_over(change: Change, seen: Incident, fields: Collection[str] | None) -> Incident:
    """The incident with what its reports tell now: of some fields, of none, or (None) of all.

    All its articles are named from then on, so that no report of them is news any more. Claims that a person changed
    stay, beside those of the articles that came. Raises UsageError when there is nothing new.
    """
    reports = change.reports_of(seen.id)
    if all(report.articles[0] in seen.articles for report in reports):
        raise UsageError(f"no article has reported incident {seen.id} since it was checked")
    odd = next((name for name in fields or () if name not in EDITABLE), None)
    if odd is not None:
        raise UsageError(f"{odd!r} is no field that can be taken over; these are: {', '.join(EDITABLE)}")
    told = tell_incident(change, reports, seen)
    wanted = EDITABLE if fields is None else fields
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
