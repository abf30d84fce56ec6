"""An editor changes fields of an incident: what was typed is checked, and what follows from it is worked out anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, get_args

from geo.errors import UsageError
from geo.model import Actor, ActorKind, DatePrecision, DateRange, Incident
from geo.pipeline import Tools
from geo.review.claiming import read_claims
from geo.review.placing import read_places
from geo.review.values import (
    read_choice,
    read_day,
    read_list,
    read_object,
    read_optional_text,
    read_text,
    read_truth,
)
from geo.store import Change
from geo.store.records import dump_record
from geo.taxonomy import EVENT_TYPE_OF, SUB_EVENT_TYPES
from geo.totals import count_totals

EDITABLE = (
    "title", "event_type", "sub_event_type", "dates", "places", "actors", "claims", "tags", "background",
)  # fmt: skip
"""Fields that a person may change."""
LONGEST_TITLE, LONGEST_NAME, LONGEST_TAG = 300, 200, 60
MOST_ACTORS, MOST_TAGS, MOST_ALIASES = 40, 20, 20
SIDES = ("attacker", "target", "party")

_BY_HAND = "set by an editor"
"""Rule of a date that no rule read."""


@dataclass(frozen=True)
class _Basis:
    """What an edit is checked against."""

    change: Change
    tools: Tools
    before: Incident


def change_fields(change: Change, incident: Incident, changes: Mapping[str, object], tools: Tools) -> Incident:
    """The incident with the changes, its totals counted anew, and every field named that a person changed.

    Values are records of ``geo.model``, or JSON values of the same shape (see ``read_places``, ``read_claims``).
    Raises UsageError, in a sentence, for a field that cannot be changed or a value that cannot be.
    """
    odd = next((name for name in changes if name not in EDITABLE), None)
    if odd is not None:
        raise UsageError(f"{odd!r} is no field that can be changed; these are: {', '.join(EDITABLE)}")
    basis = _Basis(change, tools, incident)
    after = incident
    for name, value in _order(changes, incident).items():
        after = replace(after, **{name: _READERS[name](value, basis)})
    _check_kind(after)
    return mark_edited(incident, after)


def mark_edited(before: Incident, after: Incident) -> Incident:
    """The changed incident at its next version, its totals counted anew; raises UsageError when nothing is changed."""
    changed = [name for name in EDITABLE if getattr(before, name) != getattr(after, name)]
    if not changed:
        raise UsageError(f"nothing was changed: incident {before.id} says so already")
    totals = count_totals(after.claims) if "claims" in changed else before.totals
    edited = tuple(name for name in EDITABLE if name in changed or name in before.edited)
    return replace(after, totals=totals, edited=edited, version=before.version + 1)


def _order(changes: Mapping[str, object], incident: Incident) -> dict[str, object]:
    """The changes; a new sub-type brings the type that it belongs to."""
    told = dict(changes)
    sub = told.get("sub_event_type", incident.sub_event_type)
    if "sub_event_type" in told and "event_type" not in told and isinstance(sub, str):
        told["event_type"] = EVENT_TYPE_OF.get(sub, incident.event_type)
    return told


def _check_kind(incident: Incident) -> None:
    if incident.sub_event_type not in SUB_EVENT_TYPES.get(incident.event_type, (incident.sub_event_type,)):
        raise UsageError(f"{incident.sub_event_type!r} is no sub-type of {incident.event_type!r}")


def _read_title(value: object, _: _Basis) -> str:
    return read_text(value, "the title", most=LONGEST_TITLE)


def _read_event_type(value: object, _: _Basis) -> str:
    return str(read_choice(value, "the event type", tuple(SUB_EVENT_TYPES)))


def _read_sub_event_type(value: object, _: _Basis) -> str:
    return str(read_choice(value, "the sub-type", tuple(EVENT_TYPE_OF)))


def _read_dates(value: object, basis: _Basis) -> DateRange:
    known = basis.before.dates
    if isinstance(value, DateRange):
        value = {"start": value.start, "end": value.end, "precision": value.precision}
    told = read_object(value, "the date", ("start", "end", "precision", "text", "rule", "span"))
    start, end = (read_day(told.get(name), f"the {said} day") for name, said in (("start", "first"), ("end", "last")))
    precision = read_choice(told.get("precision"), "the precision of the date", get_args(DatePrecision))
    if (start, end, precision) == (known.start, known.end, known.precision):
        return known
    _check_days(start, end, precision)
    return DateRange(start=start, end=end, precision=precision, rule=_BY_HAND)


def _check_days(start: Any, end: Any, precision: str) -> None:
    if end is not None and (start is None or end < start):
        raise UsageError(f"the last day, {end}, lies before the first" if start else "a last day needs a first day")
    if (start is None) != (precision == "unknown"):
        raise UsageError(
            "a date without a first day is unknown" if start is None else "a date with a first day is not unknown"
        )
    if precision == "day" and end is not None and end - start > timedelta(days=1):
        raise UsageError(f"{start} to {end} is no day and no night; give it as days, week, month or year")


def _read_places(value: object, basis: _Basis) -> Any:
    return read_places(value, basis.before, basis.tools)


def _read_actors(value: object, basis: _Basis) -> tuple[Actor, ...]:
    return tuple(_read_actor(one, n) for n, one in enumerate(read_list(value, "actors", most=MOST_ACTORS), 1))


def _read_actor(value: object, n: int) -> Actor:
    what = f"actor {n}"
    told = read_object(dump_record(value) if isinstance(value, Actor) else value, what, Actor.__dataclass_fields__)
    side = told.get("side") or None
    return Actor(
        name=read_text(told.get("name"), f"the name of {what}", most=LONGEST_NAME),
        kind=read_choice(told.get("kind"), f"the kind of {what}", get_args(ActorKind)),
        side=None if side is None else read_choice(side, f"the side of {what}", SIDES),
        party=read_optional_text(told.get("party"), f"the party of {what}", most=LONGEST_NAME),
        aliases=_read_texts(told.get("aliases", ()), f"the names of {what}", LONGEST_NAME, MOST_ALIASES),
    )


def _read_claims(value: object, basis: _Basis) -> Any:
    return read_claims(value, basis.before, basis.change)


def _read_tags(value: object, _: _Basis) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_read_texts(value, "tags", LONGEST_TAG, MOST_TAGS)))


def _read_background(value: object, _: _Basis) -> bool:
    return read_truth(value, "background")


def _read_texts(value: object, what: str, longest: int, most: int) -> tuple[str, ...]:
    return tuple(read_text(one, f"one of {what}", most=longest) for one in read_list(value, what, most=most))


_READERS: Mapping[str, Callable[[object, _Basis], Any]] = {
    "title": _read_title,
    "event_type": _read_event_type,
    "sub_event_type": _read_sub_event_type,
    "dates": _read_dates,
    "places": _read_places,
    "actors": _read_actors,
    "claims": _read_claims,
    "tags": _read_tags,
    "background": _read_background,
}
