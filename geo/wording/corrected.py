"""What was corrected of published incidents, in the reader's words: what stood there, what stands there now, and why.

Who made a correction is never said. Of figures and parties that changed it is said that they did; the toll is given
before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from geo.model import Correction, DateRange, FieldChange, IncidentPlace, Toll
from geo.store import Store
from geo.store.records import load_record
from geo.text import display_text
from geo.wording.naming import name_place, write_title
from geo.wording.words import Words

_TOLLS = ("killed", "wounded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One correction as readers see it."""

    number: int
    """Counts up; never used again."""
    incident_id: str
    title: str
    """Of the incident as it is now; of one that was withdrawn, that it was."""
    time: datetime
    """UTC."""
    reason: str
    withdrawn: bool
    """Whether the incident was withdrawn by it, or since."""
    changes: tuple[tuple[str, str, str], ...]
    """What changed, what it was and what it is; the last two empty where only the change is told."""


def list_corrected(store: Store, words: Words, *, without: Collection[str] = ()) -> list[Corrected]:
    """Corrections of a store, newest first, but for those of incidents that may not be shown (``without``).

    A store that is opened released gives only those that may leave. Of an incident that was withdrawn it is said that
    it was, when and why, and nothing that was wrong of it.
    """
    made = [correction for correction in store.corrections() if correction.incident_id not in without]
    ids = list(dict.fromkeys(correction.incident_id for correction in made))
    shown = {incident.id: incident for incident in store.load_incidents(ids)}
    titles = {id_: write_title(incident, words) for id_, incident in shown.items() if incident.status != "withdrawn"}
    told = [correction for correction in made if correction.incident_id in titles or _withdraws(correction)]
    return [_describe(correction, titles.get(correction.incident_id), words) for correction in told]


def say_corrected(corrections: Sequence[Correction], words: Words) -> str:
    """The note on an incident: when it was corrected and why, a line for each, the newest first; else empty."""
    said = (
        words("corrections.note", date=words.day(c.time.date()), reason=words.name(display_text(c.reason)))
        for c in corrections
    )
    return "\n".join(said)


def say_withdrawn(corrections: Sequence[Correction], words: Words) -> str:
    """When and why the incident of a link was withdrawn, by its corrections; empty when none of them did that."""
    newest = next(filter(_withdraws, corrections), None)
    if newest is None:
        return ""
    return words("link.withdrawn", date=words.day(newest.time.date()), reason=words.name(display_text(newest.reason)))


def say_changes(one: Corrected, words: Words) -> list[str]:
    """What a correction changed, a line for each: "Killed: 7, now 9"."""
    return [
        words("corrections.change", what=what, before=words.name(before), after=words.name(after))
        if before or after
        else words("corrections.changed", what=what)
        for what, before, after in one.changes
    ]


def _withdraws(correction: Correction) -> bool:
    return any(change.field == "status" and change.after == "withdrawn" for change in correction.changes)


def _describe(correction: Correction, title: str | None, words: Words) -> Corrected:
    return Corrected(
        number=correction.number,
        incident_id=correction.incident_id,
        title=title or words("corrections.withdrawn"),
        time=correction.time,
        reason=display_text(correction.reason),
        withdrawn=title is None,
        changes=tuple(_list_changes(correction.changes, words)) if title else (),
    )


def _list_changes(changes: Sequence[FieldChange], words: Words) -> Iterator[tuple[str, str, str]]:
    """Each field that changed in words; what another tells as well is told once."""
    names = {change.field for change in changes}
    told_by = {"event_type": "sub_event_type", "claims": "totals"}
    for change in changes:
        if change.field == "totals":
            yield from _compare_tolls(change, words)
        elif change.field in _SAID and told_by.get(change.field) not in names:
            label, write = _SAID[change.field]
            before, after = (display_text(write(value, words)) for value in (change.before, change.after))
            none = words("corrections.nothing")
            yield (words(label), before or none, after or none) if before != after else (words(label), "", "")


def _compare_tolls(change: FieldChange, words: Words) -> Iterator[tuple[str, str, str]]:
    for metric in _TOLLS:
        before, after = (_write_toll(_find_toll(value, metric), words) for value in (change.before, change.after))
        if before != after:
            yield words(f"corrections.{metric}"), before, after


def _find_toll(totals: Any, metric: str) -> Mapping[str, Any] | None:
    return totals.get(metric) if isinstance(totals, Mapping) else None


def _write_toll(value: Mapping[str, Any] | None, words: Words) -> str:
    """ "5", "5 to 9", "at least 5"; that nothing is known where nothing is."""
    toll = load_record(Toll, value) if value is not None else Toll()
    if toll.low is None:
        return words("corrections.unknown") if toll.high is None else words.number(toll.high)
    if toll.high is None:
        return f"{words('qualifier.at_least')} {words.number(toll.low)}"
    return words.number(toll.low) if toll.low == toll.high else words.isolate(f"{toll.low:,}–{toll.high:,}")


def _write_text(value: Any, _: Words) -> str:
    return str(value or "")


def _write_dates(value: Any, words: Words) -> str:
    dates = load_record(DateRange, value)
    if dates.start is None:
        return words("corrections.unknown")
    return words.days(dates.start, dates.end)


def _write_places(value: Any, words: Words) -> str:
    places = [load_record(IncidentPlace, place) for place in value or ()]
    named = (
        f"{name_place(place.place, words) if place.place else place.adm1 or ''} "
        f"({words(f'precision.{place.precision}')})".strip()
        for place in places
    )
    return words.join(list(dict.fromkeys(named))) or words("corrections.unknown")


def _write_nothing(_: Any, __: Words) -> str:
    return ""


def _write_truth(value: Any, words: Words) -> str:
    return words(f"corrections.{'yes' if value else 'no'}")


def _write_tags(value: Any, words: Words) -> str:
    return words.join([str(tag) for tag in value or ()])


def _write_status(value: Any, words: Words) -> str:
    return words(f"status.{value or 'draft'}")


def _write_count(value: Any, words: Words) -> str:
    return words.number(len(value or ()))


_SAID: Mapping[str, tuple[str, Callable[[Any, Words], str]]] = {
    "title": ("corrections.heading", _write_text),
    "event_type": ("filter.type", _write_text),
    "sub_event_type": ("filter.type", _write_text),
    "dates": ("table.date", _write_dates),
    "places": ("table.place", _write_places),
    "actors": ("filter.actor", _write_nothing),
    "claims": ("table.claims", _write_nothing),
    "background": ("status.background", _write_truth),
    "tags": ("corrections.tags", _write_tags),
    "status": ("table.status", _write_status),
    "articles": ("table.sources", _write_count),
}
"""Word of each field, and how its values are written; fields that follow from others are not told."""
