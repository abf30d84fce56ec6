"""What a writer of many articles knows to be in the store, so that it need not ask for it again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar

from sqlalchemy import Connection, Select, exists, or_, select

from geo.model import Article, Incident
from geo.store import tables

K = TypeVar("K")
V = TypeVar("V")

LONG_DAYS = 62
"""Incidents that take longer are few, and are looked at whatever the month."""
MOST_KEPT = 5_000
"""Records of a kind that are kept, some 5 KB each."""
MOST_MONTHS = 60


class Kept(dict[K, V], Generic[K, V]):
    """A dictionary of the entries used last, never more than so many."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def find(self, key: K) -> V | None:
        """The value of a key, which is then the last to go; None when it is not kept."""
        value = self.pop(key, None)
        if value is not None:
            self[key] = value
        return value

    def keep(self, key: K, value: V) -> V:
        """Keep a value as the last to go; the first goes when there are too many."""
        self.pop(key, None)
        self[key] = value
        if len(self) > self._most:
            del self[next(iter(self))]
        return value


@dataclass(frozen=True, slots=True)
class Spot:
    """When and where an incident happened, as far as looking for it goes."""

    start: date
    end: date
    places: frozenset[str]
    """ISO 3166-2 codes and countries of its places."""


@dataclass(eq=False)
class Recent:
    """Records as the store has them at one data revision, those used last; whoever changes the store keeps it so."""

    revision: int = -1
    """The data revision it holds for; what was kept at another is worth nothing."""
    articles: Kept[str, Article] = field(default_factory=lambda: Kept(MOST_KEPT))
    incidents: Kept[str, Incident] = field(default_factory=lambda: Kept(MOST_KEPT))
    written: Kept[str, tuple[Incident, str]] = field(default_factory=lambda: Kept(MOST_KEPT))
    """Incidents by id, each with the JSON that its last revision has."""
    reports: Kept[str, list[Incident]] = field(default_factory=lambda: Kept(MOST_KEPT))
    months: Kept[int, dict[str, Spot]] = field(default_factory=lambda: Kept(MOST_MONTHS))
    """The incidents that begin in a month, those left out that no report is ever joined to."""
    long: dict[str, Spot] | None = None
    """Those that take long, whenever they begin; None until they were looked for."""

    def clear(self) -> None:
        """Forget everything."""
        for kept in (self.articles, self.incidents, self.written, self.reports, self.months):
            kept.clear()
        self.long = None
        self.revision = -1

    def put(self, incident: Incident, before: Incident | None) -> None:
        """Keep an incident as it is shown now."""
        self.incidents.keep(incident.id, incident)
        if before is not None and _spot_of(before) == _spot_of(incident):
            return
        for month in [*self.months.values(), *([self.long] if self.long is not None else [])]:
            month.pop(incident.id, None)
        spot = _spot_of(incident)
        if spot is None:
            return
        kept = self.long if _is_long(spot) else self.months.get(_month(spot.start))
        if kept is not None:
            kept[incident.id] = spot

    def find_near(self, connect: Callable[[], Connection], incident: Incident, *, days: int) -> list[str]:
        """Ids of the shown incidents within so many days that share a province or a country, as ``Change.find_near``.

        What is not kept is looked for over the connection that ``connect`` gives.
        """
        start, end = incident.dates.start, incident.dates.end or incident.dates.start
        if start is None or end is None:
            return []
        first, last, places = shift_day(start, -days), shift_day(end, days), _places_of(incident)
        return sorted(
            id_
            for month in self._months(connect, first, last)
            for id_, spot in month.items()
            if spot.start <= last and spot.end >= first and not spot.places.isdisjoint(places)
        )

    def _months(self, connect: Callable[[], Connection], first: date, last: date) -> Iterator[dict[str, Spot]]:
        """All that may lie between two days, by the month it begins in."""
        if self.long is None:
            self.long = _load_long(connect())
        yield self.long
        for month in range(_month(shift_day(first, -LONG_DAYS)), _month(last) + 1):
            kept = self.months.find(month)
            yield kept if kept is not None else self.months.keep(month, _load_month(connect(), month))


def shift_day(day: date, days: int) -> date:
    """The day so many days later, kept within the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _spot_of(incident: Incident) -> Spot | None:
    """None for an incident without a first or a last day, which nothing is near to."""
    start, end = incident.dates.start, incident.dates.end
    return Spot(start, end, _places_of(incident)) if start is not None and end is not None else None


def _places_of(incident: Incident) -> frozenset[str]:
    codes = [place.adm1 for place in incident.places]
    countries = [place.place.country for place in incident.places if place.place]
    return frozenset(code for code in (*codes, *countries) if code)


def _is_long(spot: Spot) -> bool:
    return spot.end - spot.start > timedelta(LONG_DAYS)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _load_long(connection: Connection) -> dict[str, Spot]:
    """Incidents that take long; the database tells the days of all, for no index knows how long one takes."""
    c = tables.incident.c
    query = select(c.id, c.date_start, c.date_end).where(c.date_start.is_not(None), c.date_end.is_not(None))
    long = {id_ for id_, start, end in connection.execute(query) if end - start > timedelta(LONG_DAYS)}
    found: dict[str, Spot] = {}
    for batch in _batches(sorted(long)):
        found.update(_load_spots(connection, _select_spots().where(c.id.in_(batch))))
    return found


def _load_month(connection: Connection, month: int) -> dict[str, Spot]:
    """Incidents that begin in a month and do not take long."""
    c = tables.incident.c
    first = date(month // 12, month % 12 + 1, 1)
    within = _select_spots().where(c.date_start >= first, c.date_start <= shift_day(first, 31))
    spots = _load_spots(connection, within).items()
    return {id_: spot for id_, spot in spots if _month(spot.start) == month and not _is_long(spot)}


def _select_spots() -> Select[str, date, date, str | None, str | None]:
    """A row for each place of the incidents that reports may be joined to: see ``Change.find_near``."""
    shown, place = tables.incident.c, tables.incident_place.c
    query = select(shown.id, shown.date_start, shown.date_end, place.adm1, place.country)
    query = query.join(tables.incident_place, place.incident_id == shown.id).where(shown.date_end.is_not(None))
    query = query.where(or_(shown.status != "withdrawn", exists().where(tables.report.c.incident_id == shown.id)))
    return query.where(~exists().where(tables.imported_row.c.id == shown.id))


def _load_spots(connection: Connection, query: Select[str, date, date, str | None, str | None]) -> dict[str, Spot]:
    days: dict[str, tuple[date, date]] = {}
    places: defaultdict[str, set[str]] = defaultdict(set)
    for id_, start, end, adm1, country in connection.execute(query):
        days[id_] = (start, end)
        places[id_].update(code for code in (adm1, country) if code)
    return {id_: Spot(start, end, frozenset(places[id_])) for id_, (start, end) in days.items()}


def _batches(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + 500] for start in range(0, len(ids), 500))
