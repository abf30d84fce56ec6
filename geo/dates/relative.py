"""Words in English that count days from another day: yesterday, last week, three days ago, the same day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from geo.dates.calendars import (
    DAY,
    Days,
    Found,
    Reader,
    found_days,
    last_weekday,
    months_before,
    week_of,
    year_days,
)
from geo.model import DatePrecision
from geo.numbers import number_words

_BEFORE_WORD = re.compile(
    r"\b(?:(?P<this>(?:[Ee]arlier\s+|[Ll]ater\s+)?[Tt]his|[Cc]urrent|[Oo]n the|[Tt]he same|[Tt]hat)"
    r"|(?P<last>[Ll]ast|[Pp]revious|[Pp]receding)|(?P<past>[Pp]ast)|(?P<next>[Nn]ext|[Ff]ollowing)"
    r"|(?P<recent>[Rr]ecent)|(?P<over>[Oo]ver the|[Aa]t the))\s+(?:(?P<n>\d{1,3}|[a-z]+)\s+)?\Z"
    r"|\b(?P<count>\d{1,3}|[A-Za-z]+(?:\s+of)?)\s+\Z"
)
_AFTER_WORD = re.compile(r"\s+(?P<way>ago|earlier|before|later|after|prior)\b")
_CLAUSE_ENDS = re.compile(r"\s*(?:[,.;:!?)—–]|$)")
_SOME_SPACE = re.compile(r"\s+")
_COUNTS = number_words("one|a|an two|couple_of|couple three|few|several four five six seven eight nine ten")
_BESIDE = {1: "the day after the one named before", -1: "the day before it", 0: "the day named before"}
_DAY_BEFORE = re.compile(r"\b[Tt]he day before\s+\Z")
_SINGLE = {"today": (0, 0), "tonight": (0, 0), "yesterday": (-1, -1), "overnight": (-1, 0)}


def read_word(reader: Reader, match: re.Match[str], previous: Found | None) -> Found | None:
    word, published = match["word"].lower(), reader.published
    if word in _SINGLE:
        first, last = _SINGLE[word]
        earlier = _DAY_BEFORE.search(reader.before(match.start())) if word == "yesterday" else None
        if earlier:
            first, last = first - 1, last - 1
            where = (match.start() - (len(earlier.string) - earlier.start()), match.end())
            days = (published + first * DAY, published + last * DAY) if published else None
            return describe_relative(where, days, "the day before yesterday", precision="day")
        days = (published + first * DAY, published + last * DAY) if published else None
        return describe_relative(match.span(), days, word, precision="day")
    before = reader.before(match.start())
    beside = _BEFORE_WORD.search(before)
    if beside is None:
        return None
    after = _AFTER_WORD.match(reader.text, match.end())
    where = (match.start() - (len(before) - beside.start()), after.end() if after else match.end())
    if beside["count"]:
        return _count_from(reader, where, beside["count"], word, after["way"] if after else "", previous)
    return _near_words(reader, (where[0], match.end()), beside, word, previous)


def _count_from(
    reader: Reader, where: tuple[int, int], count: str, word: str, way: str, previous: Found | None
) -> Found | None:
    """ "three days ago" from publication; "two days later" from the day named before."""
    number = _number(count)
    unit = word.rstrip("s").replace("night", "day")
    if way in ("after", "before") and not _CLAUSE_ENDS.match(reader.text, where[1]):
        return None  # "three days after they were seized" counts from what follows, and dates it, not the news
    if not way or unit not in ("day", "week", "month", "year") or number is None:
        return _previous_day(where, count, word, way, previous)
    base = reader.published if way == "ago" else previous.first if previous else None
    if base is None:
        return describe_relative(where, None, f"{unit}s {way}") if way == "ago" else None
    sign = 1 if way in ("later", "after") else -1
    return describe_relative(where, _shift(base, unit, sign * number), f"{unit}s {way}")


def _previous_day(where: tuple[int, int], count: str, word: str, way: str, previous: Found | None) -> Found | None:
    if (
        count.lower() == "the"
        and word in ("day", "evening", "night", "morning", "afternoon")
        and way in ("before", "after")
        and previous
        and previous.first
    ):
        day = previous.first + (DAY if way == "after" else -DAY)
        return describe_relative(where, (day, day), f"the day {way} the one named before")
    return None


def _shift(base: date, unit: str, number: int) -> Days:
    try:
        if unit == "day":
            return base + number * DAY, base + number * DAY
        if unit == "week":
            middle, slack = base + 7 * number * DAY, 1 if abs(number) == 1 else 3
            return middle - slack * DAY, middle + slack * DAY
        if unit == "month":
            return months_before(base, -number)
        return year_days(max(1, base.year + number))
    except (OverflowError, ValueError):
        return date.min, date.max


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else _COUNTS.get(word.lower().removesuffix(" of"))


_NTH_OF = re.compile(r"\b(?:[Tt]he\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)\s+of\s+\Z")


def _day_of_month(reader: Reader, start: int, days: Days, end: int) -> Found | None:
    """ "the 5th of this month"; None when no such day stands before the words of the month."""
    found = _NTH_OF.search(reader.before(start))
    if found is None:
        return None
    where = (start - (len(found.string) - found.start()), end)
    try:
        day = days[0].replace(day=int(found["day"]))
    except ValueError:
        return describe_relative(where, None, f"impossible: no day {found['day']} in that month", precision="day")
    return describe_relative(where, (day, day), "day of that month", precision="day")


def _near_words(
    reader: Reader, where: tuple[int, int], beside: re.Match[str], word: str, previous: Found | None
) -> Found | None:
    """ "this week", "last month", "the past three days", "the previous day", "the same day"."""
    opener = _SOME_SPACE.sub(" ", beside[0]).strip().lower()
    if word in ("day", "night") and ("same" in opener or opener == "that" or beside["next"] or "previous" in opener):
        return _beside_previous(where, opener, previous)
    number = _number(beside["n"]) if beside["n"] else 1
    published = reader.published
    if number is None or opener in ("on the", "the same", "that"):
        return None
    if published is None:
        return describe_relative(where, None, opener + " " + word)
    days = _near_days(published, beside, word, number)
    if word == "month" and days and (nth := _day_of_month(reader, where[0], days, where[1])):
        return nth
    precision: DatePrecision | None = "day" if word in ("night", "hours") else "week" if word == "week" else None
    return describe_relative(where, days, f"{opener} {word}", precision=precision) if days else None


def _near_days(published: date, beside: re.Match[str], word: str, number: int) -> Days | None:
    unit = word.rstrip("s")
    if word == "weekend":
        sunday = last_weekday(6, published)
        return sunday - DAY, sunday
    if beside["last"] and unit == "night":
        return published - DAY, published
    if unit == "hour":
        return (published - (1 + number // 25) * DAY, published) if beside["past"] or beside["last"] else None
    if beside["recent"] or beside["past"] or (beside["last"] and beside["n"]):
        length = {"day": 1, "week": 7, "month": 30, "year": 365}.get(unit)
        return _stretch(published, length * max(number, 3 if beside["recent"] else 1)) if length else None
    if beside["this"]:
        return _this(published, unit)
    return _shift_unit(published, unit) if beside["last"] else None


def _stretch(published: date, days: int) -> Days:
    return published - min(days, published.toordinal() - 1) * DAY, published


def _this(published: date, unit: str) -> Days | None:
    if unit in ("morning", "evening", "afternoon", "day"):
        return published, published
    if unit == "week":
        return week_of(published)[0], published
    if unit == "month":
        return published.replace(day=1), published
    return (published.replace(month=1, day=1), published) if unit == "year" else None


def _shift_unit(published: date, unit: str) -> Days | None:
    if unit == "week":
        return week_of(published - 7 * DAY)
    if unit == "month":
        return months_before(published, 1)
    return year_days(published.year - 1) if unit == "year" else None


def _beside_previous(where: tuple[int, int], opener: str, previous: Found | None) -> Found | None:
    if previous is None or previous.first is None or previous.last is None:
        return None
    step = 1 if "next" in opener or "following" in opener else -1 if "previous" in opener else 0
    days = previous.first + step * DAY, previous.last + step * DAY
    return describe_relative(where, days, _BESIDE[step], precision="day")


def describe_relative(
    where: tuple[int, int], days: Days | None, rule: str, *, precision: DatePrecision | None = None
) -> Found:
    """Days that are counted from another day; None when that day is not known."""
    if days is None:
        return found_days(where, None, f"{rule}, and no publication date to count from", "relative")
    found = found_days(where, days, rule, "relative")
    return replace(found, precision=precision) if precision else found
