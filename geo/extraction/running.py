"""Running totals: figures of a longer time or a wider place than any one incident took, "70 killed since October".

They belong to no incident: added to the one they are mentioned with they would make two dead seventy.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date

from geo.extraction.drafts import Many, Unit
from geo.extraction.places import rank_of
from geo.extraction.statistics import says_coverage
from geo.model import Claim, DateRange, Span
from geo.text import Document
from geo.tokens import word_set

_REACH = 160
"""Code points of its sentence in which the time of a figure is looked for, before it and after it."""
_MOST = 8
"""Times of one sentence looked at."""
_FRESH_DAYS = 14
"""A figure since a day this close to the report may still be that of the incident it tells of."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join(_MONTHS)
_RUNNING = re.compile(
    rf"""\bsince\s+(?:the\s+)?
      (?:(?:(?:early|late|mid|start|beginning|end|middle|last)(?:\s+of)?(?:\s+the)?[\s-]+)?
         (?:(?P<month>{_MONTH})\b(?:\s+(?P<day>\d{{1,2}})\b)?|(?:19|20)\d\d\b|year\b|month\b|spring\b|summer\b|autumn\b)
        |(?:fighting|clashes|hostilities|war|violence|conflict|offensive|attacks)\b[^,.;:]{{0,40}}?
         \b(?:in|on|last)\s+(?:early\s+|late\s+|mid-)?
         (?:(?P<month_2>{_MONTH})\b(?:\s+(?P<day_2>\d{{1,2}})\b)?|month\b|year\b|(?:19|20)\d\d\b)
        |(?:they|it)\s+(?:was|were|began|started)\b[^,.;:]{{0,24}}?\b(?:in|on)\s+
         (?:(?P<month_3>{_MONTH})\b(?:\s+(?P<day_3>\d{{1,2}})\b)?)
        |(?:truce|cease-?fire)\b
        |(?:Afghan\s+)?Taliban(?:'s|’s)?\s+(?:takeover|return|came|took|seized|returned|swept))
    |\bso\s+far\s+(?:this\s+year|in\s+(?:19|20)\d\d)\b|\bthis\s+year\s+alone\b
    |\b(?:has|have)\s+been\s+\w+\s+(?:\w+\s+){{0,6}}this\s+year\b
    |\b(?:in|over|during|within)\s+(?:the\s+)?(?:past|last|previous|recent)\s+(?:\w+\s+)?(?:weeks|months?|years?|decade)\b
    |سے\s+اب\s+تک|رواں\s+سال|سال\s+روان|امسال|سږ\s+کال|تا\s+کنون\s+از""",
    re.VERBOSE | re.IGNORECASE,
)
_OPENING = word_set("since so this has have in over during within")
"""English words that open such a time."""
_TELLING = (
    "since",
    "so far",
    "alone",
    "this year",
    "past ",
    "last ",
    "previous",
    "recent",
    "سے",
    "سال",
    "امسال",
    "کنون",
)
"""Letters without which no text gives such a time."""
_COUNTED = ("killed", "wounded", "captured", "destroyed")
_SUPERLATIVE = re.compile(
    r"\b(?:deadliest|bloodiest|worst|heaviest|highest|largest|biggest|first|most\s+\w+)\b[^.;]{0,80}\Z", re.IGNORECASE
)


_MANY_DAYS = 5
"""Days from which a figure for them, given for no place finer than a country, is no one incident's."""
_WHOLE = re.compile(
    r"\b(?:in|across|throughout|over)\s+the\s+(?:whole|entire)\s+(?:country|border)\b"
    r"|\bnationwide\b|\bcountrywide\b|\b(?:across|throughout)\s+(?:the\s+country|afghanistan|pakistan)\b"
)


def find_running(document: Document, claims: Sequence[Claim], published: date | None) -> set[int]:
    """Indices of the claims that count a longer time than one incident took; they belong to a scope."""
    counted = [i for i, claim in enumerate(claims) if claim.stance == "asserts" and claim.metric in _COUNTED]
    text = document.text
    if not counted or not any(word in document.lower for word in _TELLING):
        return set()
    times = [m for m in _find_times(document) if not _is_fresh(m, published) and not _is_of_a_record(text, m)]
    if not times:
        return set()
    starts = [sentence.start for sentence in document.sentences]
    by_sentence: dict[int, list[int]] = {}
    for match in times:
        by_sentence.setdefault(bisect_right(starts, match.start()), []).append(match.start())
    return {index for index in counted if _has_time(claims[index].span, by_sentence, starts)}


def count_widely(document: Document, unit: Unit, claims: Sequence[Claim]) -> list[int]:
    """Claims of a unit that count for days on end or for a whole country, and for no place that one incident has."""
    if unit.recalled or not unit.claims:
        return []
    if not unit.fine_spots and any(_is_long(dating.range) for dating in unit.event_dates):
        return unit.claims
    whole = _WHOLE.search(document.lower, unit.start, unit.end)
    if whole is None or any(spot.start < whole.start() for spot in unit.fine_spots):
        return []
    return [index for index in unit.claims if claims[index].span.start < whole.end()]


def _is_long(when: DateRange) -> bool:
    """Whether a date is a stretch of days on end, both named: "last week" may be one day of it."""
    if when.start is None or when.end is None or when.precision == "month":
        return False
    return any(letter.isdigit() for letter in when.text) and (when.end - when.start).days >= _MANY_DAYS


def part_running(
    document: Document, units: Sequence[Unit], claims: Sequence[Claim], running: Set[int]
) -> tuple[list[Unit], list[Unit]]:
    """The units without their running totals, and the running totals of each unit that has some."""
    told: list[Unit] = []
    counted_on: list[Unit] = []
    for unit in units:
        if counted_on and not unit.claims and says_coverage(document, unit.sentence):
            spots = [replace(spot, use="event") for spot in unit.spots if rank_of(spot.place) > 0]
            counted_on[-1] = replace(counted_on[-1], spots=[*counted_on[-1].spots, *spots])
            continue
        totals = [index for index in unit.claims if index in running]
        own = [index for index in unit.claims if index not in running]
        if totals:
            end = max(claims[index].span.end for index in totals)
            near = [spot for spot in unit.spots if ";" not in document.text[end : spot.start]]
            counted_on.append(replace(unit, claims=totals, spots=near))
        if own or not totals:
            told.append(replace(unit, claims=own) if totals else unit)
    return told, counted_on


def count_on(document: Document, units: Sequence[Unit]) -> Iterator[Many]:
    """The scopes of running totals: the places each names, no incident; one without places goes on with the last."""
    last: Many | None = None
    for unit in units:
        places = tuple(dict.fromkeys(spot.place.id for spot in unit.spots if spot.use == "event"))
        if last is not None and not places and not _WHOLE.search(document.lower, unit.start, unit.end):
            last.claims.extend(unit.claims)
            continue
        last = Many(places, claims=list(unit.claims), running=True)
        yield last


def _find_times(document: Document) -> Iterator[re.Match[str]]:
    """Every long time that a text names; in English tried only at the words that one can begin with."""
    if document.language in ("ur", "ps", "fa"):
        yield from _RUNNING.finditer(document.text)
        return
    done = 0
    for word, start in zip(document.words.words, document.words.starts, strict=False):
        found = _RUNNING.match(document.text, start) if word in _OPENING and start >= done else None
        if found:
            done = found.end()
            yield found


def _has_time(span: Span, times: Mapping[int, Sequence[int]], starts: Sequence[int]) -> bool:
    """Whether the sentence of a figure gives it a long time; ``times``: where, by number of the sentence."""
    near = times.get(bisect_right(starts, span.start), ())[:_MOST]
    return any(span.start - _REACH < at < span.end + _REACH for at in near)


def _is_of_a_record(text: str, match: re.Match[str]) -> bool:
    """Whether the time is that of a record: "the deadliest attack since July"."""
    return _SUPERLATIVE.search(text, max(0, match.start() - _REACH), match.start()) is not None


def _is_fresh(match: re.Match[str], published: date | None) -> bool:
    """Whether "since 11 October" is a day of the news itself."""
    month, day = (
        next((match[f"{word}{n}"] for n in ("", "_2", "_3") if match[f"{word}{n}"]), None) for word in ("month", "day")
    )
    if published is None or not month or not day:
        return False
    number = _MONTHS.index(month.capitalize()) + 1
    try:
        then = date(published.year - (number > published.month), number, int(day))
    except ValueError:
        return False
    return (published - then).days <= _FRESH_DAYS
