"""The numbers of the summary sentence, and the order of the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np

from geo.filters import Filter
from geo.snapshot.labels import Bools, Codes, factorize
from geo.snapshot.matching import match
from geo.snapshot.records import NO_DAY, NO_FIGURE, SNAPSHOTS_KEPT, Snapshot, Total, as_date

_MOST = 0.5
"""A day that makes more than this share of the gap makes most of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The day or night that most of the difference between lowest and highest comes from."""

    start: date
    end: date
    night: bool
    """From one evening to the next morning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the sentence above the map says."""

    incidents: int
    start: date | None
    """First day of the selection; None when nothing in it is dated."""
    end: date | None
    province: str | None
    """ISO 3166-2 of the province with most of them; None when no province is known."""
    in_province: int
    killed_low: int | None
    """Dead if every lowest claim is right; None when no report gives a number."""
    killed_high: int | None
    """Dead if every highest is."""
    more_than: bool
    """Whether the highest is a lower bound itself ("more than")."""
    gap: Gap | None
    """None when no single day makes most of the gap."""
    not_added: tuple[Total, ...]
    """Totals left out because they also cover incidents outside, or no more than what is counted one by one."""
    background: int
    """How many are earlier events that a report recalls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tolls:
    """Low and high of what is counted: incidents, then the totals that stand for some of them."""

    low: Codes
    high: Codes
    is_open: Bools
    start: Codes
    end: Codes
    precise: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead:
    """Dead of each incident, those of a total for it alone included."""

    low: Codes
    high: Codes
    is_open: Bools


def summarise(snapshot: Snapshot, wanted: Filter, matched: Bools | None = None) -> Summary:
    """Count what a filter leaves; a figure for several places counts once, and never beside the figures it holds."""
    if matched is None:
        matched = match(snapshot, wanted)
    dated = matched & (snapshot.start != NO_DAY)
    provinces = snapshot.labels["province"].tally(matched)
    province = min(provinces, key=lambda code: (-provinces[code], code), default=None)
    dead = count_dead(snapshot)
    counted, left_out = choose_totals(snapshot, matched.astype(np.int64) - 1, dead)
    tolls = _tolls(snapshot, matched, dead, counted)
    known = tolls.high != NO_FIGURE
    return Summary(
        incidents=int(matched.sum()),
        start=as_date(int(snapshot.start[dated].min())) if dated.any() else None,
        end=as_date(int(snapshot.end[dated].max())) if dated.any() else None,
        province=province,
        in_province=provinces[province] if province else 0,
        killed_low=int(tolls.low[known].clip(0).sum()) if known.any() else None,
        killed_high=int(tolls.high[known].sum()) if known.any() else None,
        more_than=bool(tolls.is_open.any()),
        gap=_find_gap(tolls),
        not_added=tuple(left_out),
        background=int((matched & snapshot.background).sum()),
    )


def rank(snapshot: Snapshot, matched: Bools, by: Literal["newest", "disputed"] = "newest") -> Codes:
    """Indices of the matched incidents in the order of the list."""
    indices = matched.nonzero()[0]
    if by == "newest":
        return indices
    order = _order_by_gap(snapshot)
    return order.compress(matched.take(order))


@lru_cache(maxsize=SNAPSHOTS_KEPT)
def _order_by_gap(snapshot: Snapshot) -> Codes:
    """All incidents, the widest gap first, then the newest."""
    return np.argsort(-_gap_of_each(snapshot), kind="stable")


def _gap_of_each(snapshot: Snapshot) -> Codes:
    """Highest less lowest number of dead of each incident, or of the total that covers it, whichever is wider."""
    dead = count_dead(snapshot)
    gap = np.where(dead.high == NO_FIGURE, 0, dead.high - dead.low.clip(0))
    for total in _totals_of_several(snapshot):
        covered = list(total.incidents)
        gap[covered] = np.maximum(gap[covered], total.high - max(total.low, 0))
    return gap


@lru_cache(maxsize=SNAPSHOTS_KEPT)
def count_dead(snapshot: Snapshot) -> Dead:
    """Figures of incidents; where a total is of one incident at several places, they are its figures, and rivals."""
    low, high, is_open = snapshot.killed_low.copy(), snapshot.killed_high.copy(), snapshot.killed_open.copy()
    for total in snapshot.totals:
        if len(total.incidents) == 1 and total.high != NO_FIGURE:
            index = total.incidents[0]
            low[index] = total.low
            high[index] = max(int(high[index]), total.high)
            is_open[index] |= total.open
    return Dead(low=low, high=high, is_open=is_open)


def _totals_of_several(snapshot: Snapshot) -> list[Total]:
    return [total for total in snapshot.totals if len(total.incidents) > 1 and total.high != NO_FIGURE]


def choose_totals(snapshot: Snapshot, part: Codes, dead: Dead) -> tuple[list[Total], list[Total]]:
    """Totals that count in place of the incidents they cover, and those that do not.

    ``part`` says for each incident which part of the selection it is in, -1 for none: a part is counted by itself, so
    a total that also covers incidents outside says nothing of it. One that gives no more than its incidents do one by
    one, or shares incidents with a larger one, would count them twice.
    """
    counted: list[Total] = []
    left_out: list[Total] = []
    taken: set[int] = set()
    for gain, total in sorted(_gains(snapshot, part, dead), key=lambda pair: (-pair[0], pair[1].id)):
        parts = part[list(total.incidents)]
        whole = bool((parts == parts[0]).all())
        if whole and gain > 0 and taken.isdisjoint(total.incidents):
            counted.append(total)
            taken.update(total.incidents)
        else:
            left_out.append(total)
    return counted, left_out


def _gains(snapshot: Snapshot, part: Codes, dead: Dead) -> Iterator[tuple[int, Total]]:
    """What each total adds to the highest number of dead beyond the figures of its own incidents."""
    for total in _totals_of_several(snapshot):
        covered = list(total.incidents)
        if (part[covered] >= 0).any():
            yield total.high - int(dead.high[covered].clip(0).sum()), total


def _tolls(snapshot: Snapshot, matched: Bools, dead: Dead, totals: list[Total]) -> _Tolls:
    covered = [index for total in totals for index in total.incidents]
    told = matched & (dead.high != NO_FIGURE)
    told[covered] = False
    alone = told.nonzero()[0]
    days = [_days_of(snapshot, total) for total in totals]
    return _Tolls(
        low=np.append(dead.low.take(alone), [find_least(total, dead) for total in totals]).astype(np.int64),
        high=np.append(dead.high.take(alone), [total.high for total in totals]).astype(np.int64),
        is_open=np.append(dead.is_open.take(alone), [total.open for total in totals]).astype(bool),
        start=np.append(snapshot.start.take(alone), [start for start, _, _ in days]).astype(np.int64),
        end=np.append(snapshot.end.take(alone), [end for _, end, _ in days]).astype(np.int64),
        precise=np.append(snapshot.precise.take(alone), [precise for _, _, precise in days]).astype(bool),
    )


def find_least(total: Total, dead: Dead) -> int:
    """The lowest number of dead a total allows, never less than its incidents have one by one."""
    return min(max(total.low, int(dead.low[list(total.incidents)].clip(0).sum())), total.high)


def _days_of(snapshot: Snapshot, total: Total) -> tuple[int, int, bool]:
    """First and last day of what a total covers, and whether they are known to the day."""
    covered = list(total.incidents)
    start, end = snapshot.start[covered], snapshot.end[covered]
    if (start == NO_DAY).any():
        return NO_DAY, NO_DAY, False
    return int(start.min()), int(end.max()), bool(snapshot.precise[covered].all())


def _find_gap(tolls: _Tolls) -> Gap | None:
    """The day or night with most of the difference."""
    gap = np.where(tolls.high == NO_FIGURE, 0, tolls.high - tolls.low.clip(0))
    single = tolls.precise & (tolls.start != NO_DAY) & (tolls.end - tolls.start <= 1)
    if not gap.sum() or not single.any():
        return None
    days = tolls.start[single] * 2 + (tolls.end - tolls.start)[single]
    code, nights = factorize(days)
    sums = np.bincount(code, weights=gap[single])
    best = int(sums.argmax())
    start, length = divmod(int(nights[best]), 2)
    first, last = as_date(start), as_date(start + length)
    if first is None or last is None or sums[best] <= _MOST * gap.sum():
        return None
    return Gap(start=first, end=last, night=length == 1)
