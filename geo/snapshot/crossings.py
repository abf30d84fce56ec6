"""Which crossings are open: what reports of closures and reopenings say of each, day by day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from geo.borders import Border
from geo.store import Past, Store

State = str
"""``open``, ``shut`` or ``partly``."""
History = Mapping[str, tuple[tuple[int, State], ...]]

_TOWN_WITHIN_KM = 15.0
"""A town or district named as shut means its crossing up to here: Chaman is 10 km from its gate, Landi Kotal 8."""
_MOST_READ = 2_000
"""Newest reopenings whose sentences are read for how far the gate opened."""

_PARTLY = re.compile(
    r"\b(?:partly|partial|partially|only|limited|returnees?|deportees?|sent back|no one else|pedestrians?|cargo"
    r"|stranded|one[- ]way)\b"
    r"|جزوی|جزئی|محدود|صرف|یوازې|تنها|فقط|عودت|راستنېدونک",
    re.IGNORECASE,
)


class Closure(NamedTuple):
    """A closure or reopening at one of the places it names."""

    day: int
    """First day, since 1970-01-01."""
    incident: str
    """Id."""
    what: str
    """``closure`` or ``reopening``."""
    place: str | None
    """Id."""
    kind: str | None
    precision: str
    lat: float | None
    lon: float | None


def read_crossings(closures: Sequence[Closure], border: Border, store: Store, past: Past | None = None) -> History:
    """Day and new state by crossing, oldest first, from what closures and reopenings name; of the past, if given."""
    partly = _find_partly(store, [closure.incident for closure in closures if closure.what == "reopening"], past)
    history: dict[str, dict[int, State]] = {}
    meant: dict[tuple[object, ...], Sequence[str]] = {}
    for closure in closures:
        state = "shut" if closure.what == "closure" else "partly" if closure.incident in partly else "open"
        place = closure[3:]
        if place not in meant:
            meant[place] = _crossings_of(closure, border)
        for crossing in meant[place]:
            history.setdefault(crossing, {})[closure.day] = state
    return {crossing: tuple(days.items()) for crossing, days in history.items()}


def state_at(history: Sequence[tuple[int, State]], day: int | None) -> State | None:
    """The state of a crossing at the end of a day, or now; None before anything was said."""
    said = [state for since, state in history if day is None or since <= day]
    return said[-1] if said else None


def _crossings_of(closure: Closure, border: Border) -> Sequence[str]:
    """The crossings that a place of a closure means: itself, the one of a border town, or all along the line."""
    if closure.kind == "crossing" and closure.place:
        return (closure.place,)
    if closure.kind in ("settlement", "poi", "area", "adm2") and closure.lat is not None and closure.lon is not None:
        nearest = border.nearest_crossing(closure.lat, closure.lon)
        return (nearest[0].place_id,) if nearest and nearest[1] <= _TOWN_WITHIN_KM else ()
    if closure.precision == "line":
        return tuple(crossing.place_id for crossing in border.crossings)
    return ()


def _find_partly(store: Store, ids: Sequence[str], past: Past | None) -> set[str]:
    """Reopenings that are told of as partial."""
    incidents = store.load_incidents(list(dict.fromkeys(ids))[-_MOST_READ:], past)
    articles = {
        article.id: article.text for article in store.load_articles([i.articles[0] for i in incidents if i.articles])
    }
    return {
        incident.id
        for incident in incidents
        if incident.quote and incident.articles
        and _PARTLY.search(articles.get(incident.articles[0], "")[incident.quote.start : incident.quote.end])
    }  # fmt: skip
