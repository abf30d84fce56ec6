"""Days counted from a day of reference, and the solar calendar of Afghanistan and Iran."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from geo.model import DatePrecision

Kind = Literal["day", "weekday", "month", "year", "relative", "bad"]
Days = tuple[date, date]

DAY = timedelta(days=1)
SOON = timedelta(days=45)
"""A day without a year may lie this far after publication: talks announced, a deadline."""
_LOOK_BACK = 34
"""Code points before a word that may hold what bends it."""
_SOLAR_EPOCH = date(2025, 3, 21).toordinal()
"""1 Hamal 1404."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A date expression where it stands; neighbours may still join it to a range."""

    start: int
    end: int
    first: date | None
    last: date | None
    precision: DatePrecision
    rule: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Reader:
    """What relative words are counted from while one text is read."""

    text: str
    published: date | None
    """Day of publication; None when unknown, and then relative words have no day."""
    anchor: date | None
    """Day that lends its year: publication, else the first complete date of the text."""
    year: int | None = None
    """Year named last in the text, for "of that year"; None before any."""

    def before(self, offset: int) -> str:
        return self.text[max(0, offset - _LOOK_BACK) : offset]


def found_days(where: tuple[int, int], days: Days | None, rule: str, kind: Kind) -> Found:
    """A date expression; without days its precision is unknown."""
    first, last = days or (None, None)
    precision: DatePrecision = precision_of(*days) if days else "unknown"
    if days and kind == "month":
        precision = "month"
    return Found(start=where[0], end=where[1], first=first, last=last, precision=precision, rule=rule, kind=kind)


def last_weekday(weekday: int, anchor: date, *, strictly: bool = False) -> date:
    """The last such weekday (Monday is 0) on or before a day, or strictly before it."""
    back = (anchor.weekday() - weekday) % 7
    return anchor - timedelta(days=back or (7 if strictly else 0))


def nearest_year(month: int, day: int, anchor: date) -> int:
    """The year that makes a day and month the latest one not long after a day of reference."""
    year = anchor.year + 1
    while year > 1:
        candidate = date(year, month, min(day, monthrange(year, month)[1]))
        if candidate <= anchor + SOON:
            return year
        year -= 1
    return anchor.year


def month_days(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_before(anchor: date, months: int) -> Days:
    """The whole month that lies so many months before a day."""
    count = anchor.year * 12 + anchor.month - 1 - months
    return month_days(max(1, count // 12), count % 12 + 1)


def week_of(anchor: date) -> Days:
    """Monday to Sunday."""
    monday = anchor - timedelta(days=anchor.weekday())
    return monday, monday + timedelta(days=6)


def year_days(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def precision_of(first: date, last: date) -> DatePrecision:
    """The precision of a span of days: 1 day, 2-6 days, a week, a month, a year."""
    days = (last - first).days + 1
    if days == 1:
        return "day"
    if days <= 6:
        return "days"
    if days <= 10:
        return "week"
    return "month" if days <= 62 else "year"


def part_of_month(days: Days, part: str) -> Days:
    """The first, middle or last third of a month."""
    first, last = days
    if part == "early":
        return first, first.replace(day=10)
    if part == "mid":
        return first.replace(day=11), first.replace(day=20)
    return first.replace(day=21), last


def from_solar(year: int, month: int, day: int) -> date:
    """The Gregorian date of a Solar Hijri one, by the 33-year cycle of leap years, right for 1343-1472 (1964-2093).

    Raises:
        ValueError: when there is no such day.
    """
    longest = 31 if month <= 6 else 30 if month < 12 or _is_solar_leap(year) else 29
    if not (1 <= month <= 12 and 1 <= day <= longest):
        raise ValueError(f"no day {day} in solar month {month} of {year}")
    before = (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
    return date.fromordinal(_new_year(year) + before + day - 1)


def _new_year(year: int) -> int:
    years = range(1404, year) if year >= 1404 else range(year, 1404)
    days = sum(366 if _is_solar_leap(y) else 365 for y in years)
    return _SOLAR_EPOCH + (days if year >= 1404 else -days)


def _is_solar_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


def solar_year_of(anchor: date, month: int) -> int:
    """The solar year that makes a solar month the latest one not long after a day."""
    year = anchor.year - 621
    while from_solar(year, month, 1) > anchor + SOON:
        year -= 1
    return year


def solar_month_days(year: int, month: int) -> Days:
    longest = 31 if month <= 6 else 30 if month < 12 or _is_solar_leap(year) else 29
    return from_solar(year, month, 1), from_solar(year, month, longest)


def move_solar_month(first: date, year: int) -> Days:
    """The solar month that begins on a day, as it falls in another Gregorian year."""
    solar = first.year - 621
    months = ((s, month) for s in (solar - 1, solar) for month in range(1, 13))
    month = next(month for s, month in months if from_solar(s, month, 1) == first)
    moved = solar_month_days(year - 621, month)
    return moved if moved[0].year == year else solar_month_days(year - 622, month)
