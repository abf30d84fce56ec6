"""Claims by the day, week, month or year: what each party is said to have lost, lowest and highest, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from geo.snapshot.counting import choose_totals, count_dead, find_least
from geo.snapshot.labels import Bools, Codes
from geo.snapshot.records import EPOCH, NO_DAY, NO_FIGURE, Ranges, Snapshot, Total, as_day

Step = Literal["day", "week", "month", "year"]
STEPS: tuple[Step, ...] = ("day", "week", "month", "year")

NOWHERE = -1
"""Part of an incident that is not in the selection."""
_WEEK = 7
_MONDAY = 3
"""1970-01-01 was a Thursday."""
_MOST_DAYS = {"day": 45, "week": 210, "month": 1200}
"""The longest range that is shown by a step, so that it makes 45 rows at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One end of a range, and who says so."""

    figure: int
    claimants: tuple[tuple[str, int], ...]
    """Claimant parties with the number of incidents they say it of, the most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What is claimed of one subject party in a period: every lowest claim summed, and every highest."""

    metric: str
    party: str
    lowest: Rival
    highest: Rival
    more_than: bool
    """Whether the highest is a lower bound itself."""
    incidents: int
    """How many incidents have a figure of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One row: the incidents that began in a period. Figures are sums over incidents, never averages."""

    start: date | None
    """None for incidents that are not dated closely enough."""
    end: date | None
    incidents: int
    killed_low: int | None
    """Dead as ``counting.summarise`` counts them; None when no report gives a number."""
    killed_high: int | None
    more_than: bool
    ranges: tuple[Range, ...]
    counted: tuple[Total, ...]
    """Totals for several incidents that stand, once, in place of what is said of each."""
    not_added: tuple[Total, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The periods that have incidents, newest first, what is not dated closely enough last."""

    part: Codes
    """For each incident the index of its period; NOWHERE when it is not in the selection."""
    spans: tuple[tuple[date | None, date | None], ...]
    """First and last day of each."""


def choose_step(start: date, end: date) -> Step:
    """The finest step that gives a range no more rows than a reader takes in."""
    days = (end - start).days + 1
    return next((step for step in STEPS[:-1] if days <= _MOST_DAYS[step]), "year")


def list_periods(snapshot: Snapshot, matched: Bools, step: Step | None, first: date | None = None) -> Periods:
    """The periods of a selection; an incident is in the one in which it began.

    One that is known no closer than to a longer time than the step is in none of them. ``first`` is the first day
    asked for: what began before it and lasted is counted from there. Without a step everything is one period.
    """
    part = np.full(len(snapshot), NOWHERE, dtype=np.int64)
    if step is None:
        part[matched] = 0
        return Periods(part=part, spans=((None, None),) if matched.any() else ())
    start, end = snapshot.start, snapshot.end
    if first:
        start = np.where(start == NO_DAY, NO_DAY, np.maximum(start, as_day(first)))
    begun, over = _number(start, step), _number(end, step)
    dated = matched & (start != NO_DAY) & (snapshot.precise | (begun == over))
    numbers, places = np.unique(-begun[dated], return_inverse=True)
    part[dated] = places
    loose = matched & ~dated
    part[loose] = len(numbers)
    spans = [_days_of(-int(number), step) for number in numbers]
    return Periods(part=part, spans=(*spans, *([(None, None)] if loose.any() else ())))


def count_periods(snapshot: Snapshot, periods: Periods, wanted: Sequence[int] | None = None) -> list[Period]:
    """The figures of the wanted periods, by their indices; of all of them by default."""
    wanted = range(len(periods.spans)) if wanted is None else wanted
    shown = np.full(len(periods.spans) + 1, NOWHERE, dtype=np.int64)
    shown[list(wanted)] = np.arange(len(wanted))
    part = shown[periods.part]
    return list(_count(snapshot, part, [periods.spans[index] for index in wanted]))


def _count(snapshot: Snapshot, part: Codes, spans: Sequence[tuple[date | None, date | None]]) -> Iterator[Period]:
    dead, count = count_dead(snapshot), len(spans)
    counted, left_out = choose_totals(snapshot, part, dead)
    alone = part.copy()
    alone[[index for total in counted for index in total.incidents]] = NOWHERE
    known = (alone >= 0) & (dead.high != NO_FIGURE)
    low = np.bincount(alone[known], dead.low[known].clip(0), count).astype(np.int64)
    high = np.bincount(alone[known], dead.high[known], count).astype(np.int64)
    is_open = np.bincount(alone[alone >= 0], dead.is_open[alone >= 0], count) > 0
    told = np.bincount(alone[known], minlength=count) > 0
    for total in counted:
        at = part[total.incidents[0]]
        low[at], high[at] = low[at] + max(find_least(total, dead), 0), high[at] + total.high
        is_open[at], told[at] = is_open[at] | total.open, True
    incidents = np.bincount(part[part >= 0], minlength=count)
    ranges = _list_ranges(snapshot.ranges, part, count)
    for at, (start, end) in enumerate(spans):
        yield Period(
            start=start,
            end=end,
            incidents=int(incidents[at]),
            killed_low=int(low[at]) if told[at] else None,
            killed_high=int(high[at]) if told[at] else None,
            more_than=bool(is_open[at]),
            ranges=tuple(ranges[at]),
            counted=_of_part(counted, part, at),
            not_added=_of_part(left_out, part, at),
        )


def _of_part(totals: Sequence[Total], part: Codes, at: int) -> tuple[Total, ...]:
    return tuple(total for total in totals if (part[list(total.incidents)] == at).any())


def _list_ranges(ranges: Ranges, part: Codes, count: int) -> list[list[Range]]:
    """For each period its ranges, by metric and party."""
    kinds = len(ranges.kinds)
    own = part[ranges.incident]
    cell = np.where(own >= 0, own * kinds + ranges.kind, NOWHERE)
    inside, size = cell >= 0, count * kinds
    low = np.bincount(cell[inside], ranges.low[inside].clip(0), size).astype(np.int64)
    high = np.bincount(cell[inside], ranges.high[inside].clip(0), size).astype(np.int64)
    is_open = np.bincount(cell[inside], ranges.open[inside], size) > 0
    incidents = np.bincount(cell[inside], minlength=size)
    low_by, high_by = (_name_claimants(ranges, cell, said, size) for said in (ranges.lowest, ranges.highest))
    found: list[list[Range]] = [[] for _ in range(count)]
    for place in incidents.nonzero()[0].tolist():
        at, kind = divmod(place, kinds)
        metric, party = ranges.kinds[kind]
        found[at].append(
            Range(
                metric=metric,
                party=party,
                lowest=Rival(figure=int(low[place]), claimants=low_by.get(place, ())),
                highest=Rival(figure=int(high[place]), claimants=high_by.get(place, ())),
                more_than=bool(is_open[place]),
                incidents=int(incidents[place]),
            )
        )
    return found


def _name_claimants(ranges: Ranges, cell: Codes, said: Bools, size: int) -> dict[int, tuple[tuple[str, int], ...]]:
    """For each cell who says so, with the number of incidents it is said of, the most first."""
    width = max(len(ranges.claimants), 1)
    places = cell[ranges.group]
    rows = said & (places >= 0)
    counts = np.bincount(places[rows] * width + ranges.claimant[rows], minlength=size * width)
    named: dict[int, list[tuple[str, int]]] = {}
    for pair in counts.nonzero()[0].tolist():
        named.setdefault(pair // width, []).append((ranges.claimants[pair % width], int(counts[pair])))
    return {place: tuple(sorted(names, key=lambda name: (-name[1], name[0]))) for place, names in named.items()}


def _number(day: Codes, step: Step) -> Codes:
    """Number of the period that each day is in."""
    if step == "day":
        return day
    if step == "week":
        return (np.where(day == NO_DAY, 0, day) + _MONDAY) // _WEEK
    unit = "datetime64[M]" if step == "month" else "datetime64[Y]"
    return np.where(day == NO_DAY, 0, day).astype("datetime64[D]").astype(unit).astype(np.int64)


def _days_of(number: int, step: Step) -> tuple[date, date]:
    """First and last day of a period."""
    if step == "day":
        return EPOCH + timedelta(number), EPOCH + timedelta(number)
    if step == "week":
        start = EPOCH + timedelta(number * _WEEK - _MONDAY)
        return start, start + timedelta(_WEEK - 1)
    first, after = (_begin(number + ahead, step) for ahead in (0, 1))
    return first, after - timedelta(1)


def _begin(number: int, step: Step) -> date:
    year, month = divmod(number, 12) if step == "month" else (number, 0)
    return date(EPOCH.year + year, month + 1, 1)
