"""Incidents by day, week, month or year, stacked by type: a block each while blocks can be told apart, else bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geo.pictures import tokens
from geo.pictures.fonts import Font, text_width
from geo.pictures.pen import Line, Pen
from geo.pictures.scene import World
from geo.pictures.tokens import EVENTS, STACK
from geo.pictures.view import Box
from geo.snapshot.records import EPOCH, NO_DAY
from geo.taxonomy import CATEGORIES
from geo.wording.summary import Days
from geo.wording.words import Words, last_of_month

Unit = Literal["day", "week", "month", "year"]

SMALL = Font("sans", 400, 11)
STRONG = Font("sans", 650, 11)

_TALLEST_BLOCK, _LEAST_BLOCK, _WIDEST_BLOCK = 9.5, 3.2, 14.0
_LEAST_BIN = 2.4
"""Units that a bin must be wide to be told from the next."""
_UNIT_DAYS: tuple[tuple[Unit, float], ...] = (("day", 1), ("week", 7), ("month", 30.4), ("year", 365.25))
_MONTH_ROOM, _MONTH_YEAR_ROOM, _TEN_DAYS_ROOM, _YEAR_ROOM = 34.0, 66.0, 26.0, 38.0
_LEFT = 74.0
"""Units at the left of the axis, for what its heights count."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Days along a line."""

    left: float
    width: float
    first: date
    last: date

    @property
    def day_width(self) -> float:
        """Units of a day."""
        return self.width / ((self.last - self.first).days + 1)

    def x(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first).days * self.day_width


@dataclass(frozen=True, eq=False, slots=True)
class Bins:
    """Incidents that begin in stretches of days."""

    unit: Unit
    edges: tuple[date, ...]
    """First day of each bin, and of the one after the last."""
    counts: NDArray[np.int64]
    """By bin and category of STACK."""

    @property
    def most(self) -> int:
        """Incidents of the fullest bin."""
        return int(self.counts.sum(axis=1).max(initial=0))


def draw_timeline(pen: Pen, world: World, box: Box, days: Days) -> bool:
    """The histogram of what is matched, in a box that holds its dates as well; True when each incident has a block."""
    axis = Axis(box.x0 + _LEFT, box.x1 - box.x0 - _LEFT, *days)
    bins = bin_incidents(world, days, choose_unit(axis.day_width))
    foot = box.y1 - 18
    _draw_columns(pen, axis, bins, foot, foot - box.y0)
    pen.rectangle(Box(axis.left, foot, box.x1, foot + 1), tokens.INK)
    _draw_counts(pen, world.words, bins, axis, foot, foot - box.y0)
    _draw_ticks(pen, world.words, axis, foot)
    return _block_height(bins, foot - box.y0) >= _LEAST_BLOCK


def choose_unit(day_width: float) -> Unit:
    """The finest unit whose bins can be told apart."""
    return next((unit for unit, days in _UNIT_DAYS if days * day_width >= _LEAST_BIN), "year")


def bin_incidents(world: World, days: Days, unit: Unit) -> Bins:
    """Matched incidents by the bin they begin in; the undated are in none, those begun before in the first."""
    edges = _edges(days, unit)
    snapshot = world.snapshot
    rows = (world.matched & (snapshot.start != NO_DAY)).nonzero()[0]
    starts = np.array([(edge - EPOCH).days for edge in edges])
    bin_of = np.searchsorted(starts, snapshot.start[rows], side="right") - 1
    inside = (bin_of >= 0) & (bin_of < len(edges) - 1)
    stack = np.array([STACK.index(category) for category in CATEGORIES])
    key = bin_of[inside] * len(STACK) + stack[snapshot.category[rows[inside]]]
    counts = np.bincount(key, minlength=(len(edges) - 1) * len(STACK))
    return Bins(unit, tuple(edges), counts.reshape(-1, len(STACK)))


def _edges(days: Days, unit: Unit) -> list[date]:
    edge = _unit_start(days[0], unit)
    edges = []
    while edge <= days[1]:
        edges.append(edge)
        edge = _next(edge, unit)
    return [*edges, edge]


def _unit_start(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[unit]


def _next(day: date, unit: Unit) -> date:
    if unit == "month":
        return min(last_of_month(day), date.max - timedelta(days=1)) + timedelta(days=1)
    if unit == "year":
        return day.replace(year=day.year + 1)
    return day + timedelta(days=7 if unit == "week" else 1)


def _draw_columns(pen: Pen, axis: Axis, bins: Bins, foot: float, height: float) -> None:
    unit = _block_height(bins, height)
    blocks = unit >= _LEAST_BLOCK
    for edge, following, counts in zip(bins.edges, bins.edges[1:], bins.counts.tolist(), strict=False):
        x0, x1 = _span(axis, edge, following)
        y = foot
        for category, count in zip(STACK, counts, strict=True):
            step, gap = (1, 1.0) if blocks else (max(count, 1), 0.0)
            for _ in range(0, count, step):
                pen.rectangle(Box(x0, y - step * unit + gap, x1, y), EVENTS[category])
                y -= step * unit


def _block_height(bins: Bins, height: float) -> float:
    return min(_TALLEST_BLOCK, height / max(1, bins.most))


def _span(axis: Axis, edge: date, following: date) -> tuple[float, float]:
    """Left and right of a bin's column."""
    x0, x1 = max(axis.x(edge), axis.left), min(axis.x(following), axis.left + axis.width)
    gap = 1.2 if x1 - x0 > 3.5 else 0.5
    if x1 - x0 - gap > _WIDEST_BLOCK and (following - edge).days == 1:
        middle = (x0 + x1) / 2
        return middle - _WIDEST_BLOCK / 2, middle + _WIDEST_BLOCK / 2
    return x0 + gap / 2, x1 - gap / 2


def _draw_counts(pen: Pen, words: Words, bins: Bins, axis: Axis, foot: float, height: float) -> None:
    """Round numbers at the left, and what they count."""
    unit = _block_height(bins, height)
    for count in count_ticks(bins.most):
        text = str(count) if count < 10_000 else f"{round(count / 1_000)}k"
        y = foot - count * unit + min(unit, _TALLEST_BLOCK) / 2
        pen.write(Line(text, SMALL, tokens.THIRD), axis.left - 8 - text_width(text, SMALL), y)
    if bins.most:
        per = Line(words(f"time.per_{bins.unit}"), SMALL, tokens.SECOND, rtl=words.rtl)
        pen.write(per, axis.left - _LEFT, foot - 6)


def count_ticks(most: int) -> tuple[int, ...]:
    """One or two round numbers for the height of the histogram."""
    if most < 2:
        return (1,) if most else ()
    power = int(10 ** np.floor(np.log10(most / 2)))
    step = next((n * power for n in (5, 2, 1) if 2 * n * power <= most), power)
    return step, 2 * step


def _draw_ticks(pen: Pen, words: Words, axis: Axis, foot: float) -> None:
    free = axis.left - 8.0
    for day, text, strong in _ticks(axis, words):
        font = STRONG if strong else SMALL
        x, width = axis.x(day), text_width(text, font, rtl=words.rtl)
        pen.rectangle(Box(x, foot, x + 1, foot + 5), tokens.STRONG_RULE)
        if x + 4 < free or x + 4 + width > axis.left + axis.width:
            continue
        pen.write(Line(text, font, tokens.INK if strong else tokens.THIRD, rtl=words.rtl), x + 4, foot + 10)
        free = x + 4 + width + 6


def _ticks(axis: Axis, words: Words) -> list[tuple[date, str, bool]]:
    """Days with their words; months in which a year begins, and the first, name the year."""
    month = axis.day_width * 30.4
    if month * 6 < _MONTH_YEAR_ROOM:
        return _year_ticks(axis, words)
    step = 1 if month >= _MONTH_ROOM else 3 if month * 3 >= _MONTH_YEAR_ROOM else 6
    ticks: list[tuple[date, str, bool]] = []
    day = axis.first if axis.first.day == 1 else _next(axis.first.replace(day=1), "month")
    while day <= axis.last:
        if (day.month - 1) % step == 0:
            year = day.month == 1 or not ticks
            text = (
                f"{words.month(day, short=True)} {words.isolate(str(day.year))}"
                if year
                else words.month(day, short=True)
            )
            ticks.append((day, text, year))
        day = _next(day, "month")
    return ticks if axis.day_width * 10 < _TEN_DAYS_ROOM else sorted([*ticks, *_date_ticks(axis, words)])


def _date_ticks(axis: Axis, words: Words) -> list[tuple[date, str, bool]]:
    every = 1 if axis.day_width >= _TEN_DAYS_ROOM else 5 if axis.day_width * 5 >= _TEN_DAYS_ROOM else 10
    days = ((axis.first + timedelta(days=n)) for n in range((axis.last - axis.first).days + 1))
    return [
        (day, words.isolate(str(day.day)), False)
        for day in days
        if day.day > 1 and day.day % every == 0 and (every == 1 or day.day < 30)
    ]


def _year_ticks(axis: Axis, words: Words) -> list[tuple[date, str, bool]]:
    room = axis.day_width * 365.25
    step = next((n for n in (1, 2, 5, 10, 20, 50) if room * n >= _YEAR_ROOM), 100)
    years = range(axis.first.year, axis.last.year + 1)
    starts = [(date(year, 1, 1), words.isolate(str(year)), False) for year in years if year % step == 0]
    return [tick for tick in starts if tick[0] >= axis.first]
