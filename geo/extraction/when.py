"""When an incident happened: its own date words before those of the telling, and whether it is old news.

A day on which someone spoke ("the army said on Tuesday") dates the statement, not the event.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from geo.extraction.entries import find_datelines, read_entries
from geo.model import DateRange
from geo.text import Document

OLD_AFTER_DAYS = 2
"""An incident that ended more than this before the latest of the article is background: news of one night and the next
day belongs together, and reports speak of "two days earlier" as of the past."""

_SAID = re.compile(
    r"\b(?:said|says|told\s+(?:\w+\s+){1,3}?|told|announced|reported|confirmed|stated|added|denied|posted|tweeted"
    r"|wrote|statement|informed|briefed|reporters|news\s+conference|press\s+conference|acknowledged|declared|condemned|accused\s+\w+)"
    r"\s*,?\s*(?:late\s+|early\s+|earlier\s+)?(?:on\s+|the\s+)?\Z",
)
_SAID_AFTER = re.compile(
    r"\s*,?\s*(?:\w+\s+){0,3}?(?:said|announced|confirmed|reported that|told|rejected|denied|accused|condemned"
    r"|warned|dismissed|claimed|blamed|summoned|acknowledged|called|urged|demanded)\b",
)
_SAID_ARABIC = re.compile(
    r"\s*(?:به\s+\S+\s+)?(?:گفت|خبر\s+داد|خبر\s+ورکړ|وویل|ویلي|بتایا|کہا|اعلان|اعلام|می‌گوی|تأیید|تایید|نوشت)"
)
_RECALL = re.compile(
    r"\b(?:last\s+(?:year|month|week"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|years?\s+ago|months?\s+ago|weeks\s+ago|previous(?:ly)?|in\s+the\s+past|earlier\s+this\s+(?:year|month|week)"
    r"|since\s+\d{4}|deadliest\s+since|worst\s+since|in\s+20[012]\d|in\s+19\d\d"
    r"|had\s+(?:earlier|already|also)|a\s+similar"
    r"|in\s+recent\s+(?:months|years|weeks|days)|recent\s+(?:attack|clash|strike|violence|fighting)\w*"
    r"|the\s+(?:last|first)\s+such)\b",
)
_LOOK_BACK = 48
_LEADS = 4
"""Code points before a date that opens its sentence."""


@dataclass(slots=True)
class Dating:
    """A date expression of the text and what it dates."""

    range: DateRange
    start: int
    end: int
    reported: bool
    """True when it dates a statement rather than an event."""


def read_dates(document: Document, dates: Sequence[DateRange], *, published: date | None) -> list[Dating]:
    """The date expressions with a day, in reading order, told apart into those of events and those of statements.

    A day after the publication is planned: nothing has happened on it.
    """
    found = []
    datelines = find_datelines(document)
    for item in dates:
        if item.span is None or item.start is None or item.rule.startswith(("impossible", "contradictory")):
            continue
        if published is not None and item.start > published:
            continue
        start, end = item.span.start, item.span.end
        before = document.lower[max(0, start - _LOOK_BACK) : start]
        if any(first <= start < last for first, last in datelines):
            reported = True
        elif document.language in ("ur", "ps", "fa"):
            reported = bool(_SAID_ARABIC.match(document.text, end))
        else:
            reported = bool(_SAID.search(before)) or _opens_speech(document, start, end)
        found.append(Dating(item, start, end, reported))
    return _a_week_earlier(document, found, published) if published else found


_LABEL = 60
"""Code points at the head of an entry in which its day stands."""
_FEWEST_ENTRIES = 3


def _a_week_earlier(document: Document, found: Sequence[Dating], published: date) -> list[Dating]:
    """The dates, a weekday at the head of an entry moved back a week where it is that of the day of publication.

    A digest that comes out on a Monday and goes through the week from Monday to Sunday means the Monday before; one
    that ends with the day it came out, or goes back from it, means that very day.
    """
    entries = read_entries(document)
    if not any(entries):
        return list(found)
    opens = [sentence.start for n, sentence in enumerate(document.sentences) if n == 0 or entries[n] != entries[n - 1]]
    heads = [dating for dating in found if dating.start - opens[bisect_right(opens, dating.start) - 1] < _LABEL]
    weekdays = [dating for dating in heads if "weekday" in dating.range.rule and dating.range.start]
    today = [dating for dating in weekdays if dating.range.start == published == dating.range.end]
    later = [dating.range.start for dating in weekdays if dating not in today and dating.range.start]
    goes_forward = later == sorted(later) and len(set(later)) > 1 and weekdays[0] in today
    if not goes_forward or max(entries) < _FEWEST_ENTRIES:
        return list(found)
    week = timedelta(days=7)
    moved = {
        id(dating): replace(dating, range=replace(dating.range, start=published - week, end=published - week))
        for dating in today
    }
    return [moved.get(id(dating), dating) for dating in found]


def _opens_speech(document: Document, start: int, end: int) -> bool:
    """ "The military on Tuesday said that ..."."""
    sentence = document.sentences[max(document.sentence_at(start), 0)]
    found = _SAID_AFTER.match(document.lower, end, min(end + 24, sentence.end))
    if found and "," in found[0] and start - sentence.start > _LEADS:
        return False  # "... were killed on Monday, police said"
    return bool(found) and document.lower[max(0, start - 3) : start] in ("on ", "on\n")


@lru_cache(maxsize=8)  # a sentence may tell of many incidents
def recalls(lower: str) -> bool:
    """Whether words in small letters look back: "last year", "earlier this month", "the deadliest since"."""
    return _RECALL.search(lower) is not None


def is_open(item: DateRange) -> bool:
    """Whether a range has no end ("since February 21")."""
    return item.end is None


def last_day(item: DateRange) -> date | None:
    """The last day of a range; of one still open, the first."""
    return item.end or item.start


def overlap(left: DateRange, right: DateRange, *, slack_days: int = 0) -> bool:
    """Whether two ranges share a day, or come within some days of it; unknown dates overlap with all."""
    if left.start is None or right.start is None:
        return True
    slack = timedelta(days=slack_days)
    left_end = left.end or left.start
    right_end = right.end or right.start
    return left.start <= right_end + slack and right.start <= left_end + slack


_FINENESS = {"day": 0, "days": 1, "week": 2, "month": 3, "year": 4, "unknown": 5}


def choose_date(ranges: Sequence[DateRange]) -> DateRange | None:
    """The range that dates an incident: the first one, unless a later one inside it is finer."""
    if not ranges:
        return None
    best = ranges[0]
    for item in ranges[1:]:
        if _FINENESS[item.precision] < _FINENESS[best.precision] and overlap(item, best):
            best = item
    return best


def before(item: DateRange, days: int) -> DateRange | None:
    """The day that lies so many days before a range began ("came four days after")."""
    if item.start is None:
        return None
    day = item.start - timedelta(days=days)
    last = day if days else item.end
    precision = item.precision if not days else "day" if days < 7 else "week"
    return replace(item, start=day, end=last, precision=precision, text="", rule=f"{days} days before", span=None)


def inferred(day: date | None, rule: str) -> DateRange:
    """A date that no words of the report give: its day of publication, or unknown."""
    if day is None:
        return DateRange(start=None, end=None, precision="unknown", rule="no date is said")
    return DateRange(start=day, end=day, precision="day", rule=rule)
