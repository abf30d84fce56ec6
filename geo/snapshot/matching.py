"""Which incidents a filter leaves, and how many each further choice would leave."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geo.filters import LISTS, PRECISIONS, STATUSES, Filter, Known, loosen_filter, without_dates, write_filter
from geo.snapshot.labels import Bools, Codes
from geo.snapshot.locating import measure_between
from geo.snapshot.records import FIRST_SENT, LAST_SENT, NO_DAY, NO_FIGURE, SNAPSHOTS_KEPT, Snapshot, as_day
from geo.taxonomy import CATEGORIES, SUB_EVENT_TYPES, event_category

HIDDEN = "withdrawn"
"""Status of incidents that are shown only to those who ask for it."""
NOT_HIDDEN = tuple(status for status in STATUSES if status != HIDDEN)

_PROVINCE, _LINE = (PRECISIONS.index(name) for name in ("adm1", "line"))

DISTANCES_KM = (5, 10, 25, 50)
"""Distances to the line that readers choose from."""
LOCATED_KM = (1, 5, 10, 25, 50)
"""Radii of uncertainty that readers choose from."""
CASUALTIES = (1, 5, 10, 25, 50, 100)
"""Fewest dead or wounded that readers choose from."""
METRICS = ("killed", "wounded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many incidents each value would leave, all other limits kept."""

    counts: Mapping[str, Mapping[str, int]]
    """By key of the link, then value; where a link takes a number, by "5", "10" ... and "" for any."""
    matched: int
    """How many the filter leaves."""

    def of(self, key: str, value: str) -> int:
        """The count of one value; 0 when nothing has it."""
        return self.counts.get(key, {}).get(value, 0)


def match(snapshot: Snapshot, wanted: Filter) -> Bools:
    """For each incident whether the filter leaves it; several event places: one that fits is enough."""
    return _all_of(snapshot, list(_find_parts(snapshot, wanted).values()))


def match_mask(snapshot: Snapshot, wanted: Filter) -> Bools:
    """What the browser is told of a filter, which looks at days itself: they count only where it cannot know them."""
    matched = match(snapshot, without_dates(wanted))
    if not (wanted.start or wanted.end):
        return matched
    return matched & (_match_dates(snapshot, wanted) | ~_out_of_reach(snapshot))


def count_facets(snapshot: Snapshot, wanted: Filter) -> Facets:
    """Counts for every choice a reader has, as if that choice were not limited yet."""
    parts = _find_parts(snapshot, wanted)
    matched = _all_of(snapshot, list(parts.values()))

    def others(key: str) -> Bools:
        return _all_of(snapshot, [mask for name, mask in parts.items() if name != key]) if key in parts else matched

    counts = {key: labels.tally(others(key)) for key, labels in snapshot.labels.items()}
    for key, (choices, ranks) in _rank_limits(snapshot).items():
        left = np.cumsum(np.bincount(ranks.compress(others(key)), minlength=len(choices) + 1))
        counts[key] = dict(zip([*map(str, choices), ""], left.tolist(), strict=True))
    return Facets(counts=counts, matched=int(matched.sum()))


@lru_cache(maxsize=SNAPSHOTS_KEPT)
def _rank_limits(snapshot: Snapshot) -> dict[str, tuple[tuple[int, ...], Codes]]:
    """For each limit that is a number: its choices, the narrowest first, and which of them is the first to leave
    each incident."""
    ranks = {
        "border_km": (DISTANCES_KM, np.searchsorted(DISTANCES_KM, snapshot.distance_km)),
        "located_km": (LOCATED_KM, np.searchsorted(LOCATED_KM, snapshot.uncertainty_km)),
    }
    for key in METRICS:
        reached = np.searchsorted(CASUALTIES, find_least(snapshot, key), side="right")
        ranks[key] = (CASUALTIES[::-1], len(CASUALTIES) - reached)
    return ranks


def count_loosened(snapshot: Snapshot, wanted: Filter) -> dict[str, int]:
    """How many incidents there are without each limit that is set, by its key in the link ("from" for the dates)."""
    return {key: int(match(snapshot, looser).sum()) for key, looser in loosen_filter(wanted).items()}


def mask_query(snapshot: Snapshot, wanted: Filter) -> str:
    """What the map asks its mask for: the filter without dates; never empty while something must be hidden.

    The dates are in it while there are incidents of days that the browser cannot be sent, see ``match_mask``.
    """
    needs_dates, hides = _limits_of_browser(snapshot)
    query = write_filter(wanted if needs_dates else without_dates(wanted))
    return query or (write_filter(Filter(statuses=NOT_HIDDEN)) if hides else "")


@lru_cache(maxsize=SNAPSHOTS_KEPT)
def _limits_of_browser(snapshot: Snapshot) -> tuple[bool, bool]:
    """Whether the browser cannot tell by itself what dates leave, and whether something must be hidden from it."""
    return bool(_out_of_reach(snapshot).any()), bool(snapshot.labels["status"].find([HIDDEN]).any())


def list_known(
    snapshot: Snapshot, *, tabs: Container[str] | None = None, layers: Container[str] | None = None,
    languages: Container[str] | None = None,
) -> Known:  # fmt: skip
    """What a link may ask for, by gazetteer and snapshot; the page adds its own tabs, layers and languages."""
    gazetteer = snapshot.gazetteer
    return Known(
        countries=_Found(lambda code: gazetteer.country(code) is not None),
        provinces=_Found(lambda code: gazetteer.adm1(code) is not None or code in snapshot.labels["province"].values),
        types=_types(),
        places=_Found(lambda place: point_of(snapshot, place) is not None),
        incidents=_Found(lambda id_: snapshot.index_of(id_) is not None),
        tabs=tabs,
        layers=layers,
        languages=languages,
    )


def point_of(snapshot: Snapshot, place: str) -> tuple[float, float] | None:
    """Latitude and longitude of a place by its id; None for one that is unknown or no point."""
    known = snapshot.gazetteer.place(place)
    if known is not None:
        return None if known.lat is None or known.lon is None else (known.lat, known.lon)
    spots = snapshot.spots
    found = ((spots.place_id == place) & np.isfinite(spots.lat)).nonzero()[0]
    return (float(spots.lat[found[0]]), float(spots.lon[found[0]])) if len(found) else None


class _Found(Container[str]):
    """Holds whatever a look-up finds."""

    def __init__(self, finds: Callable[[str], bool]) -> None:
        self._finds = finds

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and self._finds(value)


def _types() -> dict[str, tuple[str, ...]]:
    """Drawn categories by their own names and by the labels of ACLED, in small letters."""
    types: dict[str, tuple[str, ...]] = {category: (category,) for category in CATEGORIES}
    for event, subs in SUB_EVENT_TYPES.items():
        types |= {sub.lower(): (event_category(event, sub),) for sub in subs}
        types[event.lower()] = tuple(dict.fromkeys(event_category(event, sub) for sub in subs))
    return types


def _all_of(snapshot: Snapshot, masks: Sequence[Bools]) -> Bools:
    return np.logical_and.reduce(masks) if masks else np.ones(len(snapshot), dtype=bool)


def _find_parts(snapshot: Snapshot, wanted: Filter) -> dict[str, Bools]:
    """For each limit, by its key in the link: the incidents it leaves."""
    parts = {
        key: snapshot.labels[key].find(getattr(wanted, name)) for key, name in LISTS.items() if getattr(wanted, name)
    }
    if not wanted.statuses:
        parts["status"] = ~snapshot.labels["status"].find([HIDDEN])
    if wanted.start or wanted.end:
        parts["from"] = _match_dates(snapshot, wanted)
    if wanted.border_km is not None:
        parts["border_km"] = snapshot.distance_km <= wanted.border_km
    if wanted.stretch is not None:
        parts["km"] = _match_stretch(snapshot, *wanted.stretch)
    if wanted.located_km is not None:
        parts["located_km"] = snapshot.uncertainty_km <= wanted.located_km
    for key, fewest in zip(METRICS, (wanted.killed, wanted.wounded), strict=True):
        if fewest is not None:
            parts[key] = find_least(snapshot, key) >= fewest
    if wanted.within:
        parts["within_km"] = _match_within(snapshot, *wanted.within)
    if wanted.text:
        parts["q"] = snapshot.search.find(wanted.text)
    return parts


def _match_dates(snapshot: Snapshot, wanted: Filter) -> Bools:
    """Incidents that lasted on some day of the range; an undated one is on none."""
    matched: Bools = snapshot.start != NO_DAY
    if wanted.start:
        matched = matched & (snapshot.end >= as_day(wanted.start))
    if wanted.end:
        matched = matched & (snapshot.start <= as_day(wanted.end))
    return matched


def find_least(snapshot: Snapshot, metric: str) -> Codes:
    """Lowest figure said of each incident, dead or wounded; a total for it alone, at several places, is its figure."""
    least = (snapshot.killed_low if metric == "killed" else snapshot.wounded_low).copy()
    for total in snapshot.totals:
        low = total.low if metric == "killed" else total.wounded_low
        if len(total.incidents) == 1 and low != NO_FIGURE:
            least[total.incidents[0]] = low
    return least


def _match_stretch(snapshot: Snapshot, first: float, last: float) -> Bools:
    """Incidents that the ribbon draws on a stretch of the line; one at a town is not at its province as well."""
    marks, spots = snapshot.marks, snapshot.spots
    start, precision = spots.km[marks.spot], spots.precision[marks.spot]
    end = np.fmax(start, spots.km_end[marks.spot])
    placed = np.isfinite(start) & (precision <= _LINE)
    exact = np.zeros(len(snapshot), dtype=bool)
    exact[marks.incident[placed & (precision < _PROVINCE)]] = True
    drawn = placed & ((precision < _PROVINCE) | ~exact[marks.incident])
    matched = np.zeros(len(snapshot), dtype=bool)
    matched[marks.incident[drawn & (start <= last) & (end >= first)]] = True
    return matched


def _out_of_reach(snapshot: Snapshot) -> Bools:
    """Incidents that the browser is sent with the first or last day it can hold, which also stand for days beyond."""
    dated: Bools = snapshot.start != NO_DAY
    return dated & ((snapshot.start <= FIRST_SENT) | (snapshot.end >= LAST_SENT))


def _match_within(snapshot: Snapshot, place: str, distance_km: float) -> Bools:
    """Incidents with a point no farther than so many kilometres from a place."""
    matched = np.zeros(len(snapshot), dtype=bool)
    point = point_of(snapshot, place)
    if point is not None:
        near = measure_between(*point, snapshot.spots.lat, snapshot.spots.lon) <= distance_km
        matched[snapshot.marks.incident[near[snapshot.marks.spot]]] = True
    return matched
