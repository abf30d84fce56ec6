"""When: the date expressions of a text as ranges of days, each with its words, precision and rule.

Relative words are counted from the day of publication; without one they have no day. A day that no calendar has
keeps its words, and says so in its rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from geo.dates.arabic import find_arabic_words
from geo.dates.calendars import DAY, Found, month_days, move_solar_month, precision_of
from geo.dates.english import find_words
from geo.model import DateRange, Span
from geo.text import Document

_OPENERS = re.compile(
    r"(?:\b(?P<night>(?:[Oo]vernight|(?:[Tt]he\s+)?(?:intervening\s+)?nights?)\s+(?:of|between|on|from)(?:\s+the)?)"
    r"|(?P<between>[Bb]etween|[Ff]rom)|(?P<since>[Ss]ince|starting|from))\s+\Z"
)
_LAST_OF_OPENERS = ("of", "etween", "on", "rom", "the", "ince", "starting")
"""The ends of the words before a date without which no opener stands there."""
_TO = re.compile(r"(?:\s+(?:night|morning|evening|evenings?))?\s*(?:-|–|—|to|until|through|till)\s*\Z")
_AND = re.compile(r"(?:\s+(?:night|morning|evening|afternoon))?\s+(?:and|to)\s+(?:the\s+)?(?:early\s+)?\Z")
_COMMA = re.compile(r"(?:\s+(?:night|morning|evening|afternoon))?\s*[,(]?\s*(?:the\s+)?\Z")
_AND_MONTH = re.compile(r"\s*(?:,|and|or|&)\s*\Z")
_LOOK_BACK = 40
_LONGEST_GAP = 24


def find_dates(document: Document, *, published: date | None) -> list[DateRange]:
    """The date expressions of a document in reading order; ``start`` is None where nothing tells the day."""
    words = find_arabic_words if document.language in ("ur", "ps", "fa") else find_words
    text = document.text
    return [_as_range(text, _open(text, found)) for found in _join(text, words(document, published))]


def _join(text: str, words: Iterable[Found]) -> list[Found]:
    """Join neighbours: a weekday and its date, the two ends of a range, months that share a year."""
    joined: list[Found] = []
    for found in words:
        gap = text[joined[-1].end : found.start] if joined else ""
        pair = _pair(text, joined[-1], found, gap) if joined and len(gap) <= _LONGEST_GAP else None
        if pair:
            joined[-1:] = pair
        else:
            joined.append(found)
    return joined


def _pair(text: str, left: Found, right: Found, gap: str) -> list[Found] | None:
    """What two neighbours are together; None when each stands for itself."""
    if left.kind == "weekday" and right.kind in ("day", "bad") and _COMMA.match(gap):
        return [_name_day(left, right)]
    if left.kind == "relative" and right.kind == "weekday" and gap.strip() in ("", "on") and "overnight" in left.rule:
        return [_night_before(left, right)]
    spans = _TO.match(gap) or (_AND.match(gap) and _spans(text, left.start))
    one_breath = not any(mark in gap for mark in ".;!?۔؟\n")
    if left.kind == "relative" and left.precision == "year" and left.first and right.kind == "month" and one_breath:
        moved = _in_year(right, left.first.year)
        return [replace(moved, start=left.start)] if moved else None
    if left.kind in ("day", "month") and right.precision == "year" and right.kind == "relative" and right.first:
        moved = _in_year(left, right.first.year) if gap.strip() in ("", "of") else None
        if moved:
            return [replace(moved, end=right.end)]
    if left.kind == "month" and right.kind == "month" and _AND_MONTH.match(gap) and not spans:
        return [_share_year(left, right), right]
    ends = {left.kind, right.kind}
    if not ends <= {"day", "weekday", "month", "relative"} or not (left.first and right.last):
        return None
    if spans:
        return [_span_days(left, right, night_word="night" in text[left.end : right.end + 6])]
    return None


def _spans(text: str, start: int) -> bool:
    """Whether the words before open a range: "between", "from", "the night of"."""
    opener = _OPENERS.search(text[max(0, start - _LOOK_BACK) : start])
    return bool(opener and (opener["night"] or opener["between"]))


def _name_day(weekday: Found, day: Found) -> Found:
    """ "Saturday, October 11": one day; a weekday that does not fit is kept as a contradiction in the rule."""
    rule = day.rule
    if day.first and weekday.first and day.first == day.last and day.first.weekday() != weekday.first.weekday():
        rule = f"contradictory: {rule}, but it is not that weekday"
    return replace(day, start=weekday.start, rule=rule)


def _night_before(night: Found, weekday: Found) -> Found:
    if weekday.first is None:
        return replace(weekday, start=night.start)
    return replace(weekday, start=night.start, rule="night of that weekday", last=weekday.first + DAY)


def _in_year(found: Found, year: int) -> Found | None:
    """The day or month in another year ("February 9 last year"); None on February 29 of a year that has none."""
    if found.first is None or found.last is None:
        return None
    if found.rule.startswith("Solar") and found.kind == "month":
        first, last = move_solar_month(found.first, year)
    elif found.kind == "month" and found.first.day == 1 and found.last.day > 27:
        first, last = month_days(year, found.first.month)
    else:
        try:
            first, last = found.first.replace(year=year), found.last.replace(year=year)
        except ValueError:
            return None
    return replace(found, first=first, last=last, rule=f"{found.rule}, of the year named after it")


def _share_year(left: Found, right: Found) -> Found:
    """ "in March and December 2024": the year stands only with the second."""
    if left.first is None or left.last is None or right.first is None or left.rule == right.rule:
        return left
    year = right.first.year - (left.first.month > right.first.month)
    last = left.last.replace(year=year, day=28) if left.last.month == 2 else left.last.replace(year=year)
    return replace(left, first=left.first.replace(year=year), last=last, rule="month, the year of the next")


def _span_days(left: Found, right: Found, *, night_word: bool) -> Found:
    """From one day to another; "between Sunday night and Monday" is one night."""
    first, last = left.first, right.last
    if first is None or last is None:
        return right
    if first > last and left.kind == "weekday":
        first -= 7 * DAY
    elif first > last and left.kind in ("day", "month") and left.rule != right.rule:
        first = _a_year_earlier(first)
    if first > last:
        unknown = replace(left, end=right.end, first=None, last=None, precision="unknown")
        return replace(unknown, rule="impossible: ends before it begins")
    night = night_word and last - first == DAY
    precision = "day" if night else precision_of(first, last)
    return replace(left, end=right.end, first=first, last=last, precision=precision, rule=f"range: {right.rule}")


def _a_year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


_WHEN = re.compile(r",\s+when\b")


def _open(text: str, found: Found) -> Found:
    """Apply the words before a date: "the night of" makes it one night, "since" leaves its end open."""
    before = text[max(0, found.start - _LOOK_BACK) : found.start]
    if found.first is None or found.last is None or not before.rstrip().endswith(_LAST_OF_OPENERS):
        return found
    opener = _OPENERS.search(before)
    if opener is None:
        return found
    start = found.start - (len(opener.string) - opener.start())
    if opener["night"]:
        last = found.last if found.last > found.first else found.first + DAY
        return replace(found, start=start, last=last, precision="day", rule=f"night: {found.rule}")
    if opener["since"] and _WHEN.match(text, found.end):
        return found  # "since October, when a clash left dozens dead": what is told is of October
    if opener["since"]:
        return replace(found, start=start, last=None, rule=f"since: {found.rule}")
    return replace(found, start=start) if found.rule.startswith("range") else found


def _as_range(text: str, found: Found) -> DateRange:
    return DateRange(
        start=found.first,
        end=found.last,
        precision=found.precision,
        text=text[found.start : found.end],
        rule=found.rule,
        span=Span(start=found.start, end=found.end),
    )
