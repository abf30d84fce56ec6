"""Date words in English (and dates in digits, in any language): what each says by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from geo.dates.calendars import (
    Found,
    Reader,
    found_days,
    from_solar,
    last_weekday,
    month_days,
    nearest_year,
    part_of_month,
    solar_month_days,
    solar_year_of,
    year_days,
)
from geo.dates.relative import read_word
from geo.numbers import number_words
from geo.text import Document

_MONTHS = number_words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
_SOLAR = number_words(
    "Hamal|Farvardin Sawr|Saur|Ordibehesht Jawza|Jauza|Khordad Saratan|Tir Asad|Mordad Sunbula|Sonbola|Shahrivar "
    "Mizan|Mehr Aqrab|Aban Qaws|Azar Jadi|Dey Dalwa|Dalw|Bahman Hut|Hoot|Esfand"
)
_WEEKDAYS = number_words("Mon Tues Wednes Thurs Fri Satur Sun", first=0)

_ANCHOR = re.compile(
    rf"""(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|December
            |(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=[.\s]\s?\d|\s)|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT
            |NOV|DEC)(?=\s\d))\b)
      |(?P<solar>(?:{"|".join(_SOLAR)})\b)
      |(?P<weekday>(?:{"|".join(_WEEKDAYS)})day\b)
      |(?P<iso>\d{{4}}-\d\d-\d\d(?!\d))
      |(?P<slash>\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}(?!\d))
      |(?P<season>(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s+of\s+(?:19|20)\d\d)\b
      |(?P<year>(?:19|20)\d\d(?![,.]\d|\w|\s*[-–]\s*\d{{3}}))
      |(?P<word>(?:[Tt]oday|[Yy]esterday|[Oo]vernight|[Tt]onight|night|week(?:end|s)?|months?|years?|days?|hours|morning
            |evening|afternoon)\b)""",
    re.VERBOSE,
)
_DAY = r"(?:0?[1-9]|[12]\d|3\d)"
_DASH = r"\s*(?:-|–|—|/|to|and|through|&|or)\s*"
_GOES_ON = (
    r"(?:and|in|at|on|when|as|was|were|by|after|before|the|to|near|with|that|which|for"
    r"|last|this|but|while|from|during|has|have|had|is|are)\b"
)
_AFTER_MONTH = re.compile(
    rf"\.?\s+(?P<a>{_DAY})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)(?!\s(?:people|soldiers|militants|others|civilians|police))"
    rf"(?P<more>(?:{_DASH}{_DAY}(?:st|nd|rd|th)?(?![\d:]|,\d|\s(?!{_GOES_ON})[a-z])){{0,5}})"
    r"(?:,?\s+(?P<year>(?:19|20|13|14)\d\d)\b)?"
    r"|\.?,?\s+(?:of\s+)?(?P<only>(?:19|20|13|14)\d\d)\b"
)
_BEFORE_MONTH = re.compile(
    rf"(?<![\d$:/.,-])(?P<a>{_DAY})(?:st|nd|rd|th)?(?:(?P<dash>{_DASH})(?P<b>{_DAY})(?:st|nd|rd|th)?)?"
    r"(?:\s+of|\s+day\s+of)?[\s-]\s*\Z"
)
_YEAR_AFTER = re.compile(r"\.?(?:,?\s+|-)(?P<year>(?:19|20|13|14)\d\d)\b")
_MONTH_OPENER = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Ll]ast|[Tt]his|[Uu]ntil|[Bb]y|[Ee]arly|[Ll]ate|[Mm]id|of|[Ff]rom|[Bb]etween|and|to"
    r"|[Ee]arlier in|[Tt]hroughout|or)[\s-]+\Z"
)
_PART = re.compile(
    r"\b(?:(?P<early>[Ee]arly|beginning of|start of)|(?P<mid>[Mm]id|middle of)|(?:[Ll]ate|end of))[\s-]+\Z"
)
_YEAR_OPENER = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|[Ee]arly|[Ll]ate|[Mm]id|of|[Ff]rom|and|to|[Bb]efore|[Aa]fter|year"
    r"|[Tt]hroughout|[Bb]etween|through|-|–)[\s-]*\Z"
)
_BEFORE_WEEKDAY = re.compile(
    r"\b(?:(?P<last>[Ll]ast|[Pp]revious|[Pp]ast)|(?P<next>[Nn]ext|[Cc]oming|[Ff]ollowing))\s+\Z"
)


# What a word in small letters may hold of the start of a date word; all that is left to a search is to try there.
_BEGINNING = re.compile(
    rf"""(?=(?:(?:january|february|march|april|may|june|july|august|september|october|november|december
            |jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|{"|".join(_SOLAR).lower()}
            |(?:{"|".join(_WEEKDAYS).lower()})day
            |today|yesterday|overnight|tonight|night|week(?:end|s)?|months?|years?|days?|hours|morning|evening
            |afternoon)\b
          |spring\b|summer\b|autumn\b|fall\b|winter\b|\d))""",
    re.VERBOSE,
)


class _Beginnings(dict[str, tuple[int, ...]]):
    """For each word in small letters, where in it a date word may begin: mostly nowhere."""

    def __missing__(self, word: str) -> tuple[int, ...]:
        places = tuple(found.start() for found in _BEGINNING.finditer(word))
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = places
        return places


_MOST_KEPT, _LONGEST_KEPT = 50_000, 40
_BEGINNINGS = _Beginnings()


def _find_anchors(document: Document) -> Iterator[re.Match[str]]:
    """Every match of ``_ANCHOR`` in reading order, none within another, as a search would find them."""
    text, words = document.text, document.words
    known = zip(words.starts, map(_BEGINNINGS.__getitem__, words.words), strict=False)
    done = 0
    for start, places in [(start, places) for start, places in known if places]:
        for place in places:
            match = _ANCHOR.match(text, start + place) if start + place >= done else None
            if match:
                done = match.end()
                yield match


def find_words(document: Document, published: date | None) -> Iterator[Found]:
    """Each date word by itself, in reading order."""
    reader = Reader(document.text, published, published)
    previous: Found | None = None
    done = 0
    for match in _find_anchors(document):
        if match.start() < done or not _stands_alone(document.text, match):
            continue
        found = _READERS[match.lastgroup or ""](reader, match, previous)
        if found is None:
            continue
        if found.first and found.first.year != reader.year:
            anchor = reader.anchor or (found.first if found.kind == "day" else None)
            reader = Reader(document.text, published, anchor, found.first.year)
        if found.first and found.precision == "day":
            previous = found
        done = found.end
        yield found


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    return not (before.isalnum() or (before in "$€£" and before))


_THAT_YEAR = re.compile(r"\s+of (?:that|the same) year\b")


# ---- days and months -------------------------------------------------------------------------------------------------
def _read_month(reader: Reader, match: re.Match[str], _: Found | None) -> Found | None:
    month = _MONTHS[match["month"][:3].capitalize()]
    after = _AFTER_MONTH.match(reader.text, match.end())
    if after and after["a"]:
        days = [int(after["a"]), *map(int, re.findall(r"\d+", after["more"]))]
        end = after.end() if after["year"] else match.end() + len(after[0])
        return describe_days(reader, (match.start(), end), month, days, _year(after["year"]))
    earlier = _BEFORE_MONTH.search(reader.before(match.start()))
    year_after = _YEAR_AFTER.match(reader.text, match.end())
    that_year = _THAT_YEAR.match(reader.text, match.end())
    if that_year and reader.year:
        days = [int(earlier["a"])] if earlier else []
        start = match.start() - (len(earlier.string) - earlier.start()) if earlier else match.start()
        where = (start, that_year.end())
        if not days:
            return describe_month(where, month, reader.year)
        return describe_days(reader, where, month, days, reader.year)
    year, end = (_year(year_after["year"]), year_after.end()) if year_after else (None, match.end())
    if earlier:
        days = [int(earlier["a"])] + ([int(earlier["b"])] if earlier["b"] else [])
        start = match.start() - (len(earlier.string) - earlier.start())
        return describe_days(reader, (start, end), month, days, year)
    return _whole_month(reader, match, month, year, end)


def _whole_month(reader: Reader, match: re.Match[str], month: int, year: int | None, end: int) -> Found | None:
    before = reader.before(match.start())
    if year is None and not _MONTH_OPENER.search(before):
        return None
    anchor = reader.anchor
    rule = "month and year"
    if year is None and anchor:
        year, rule = anchor.year - (month > anchor.month), "month, the latest before publication"
    if year is None:
        return found_days((match.start(), end), None, "month without a year, and no day to count from", "month")
    part = _PART.search(before)
    if not part:
        return replace(describe_month((match.start(), end), month, year), rule=rule)
    days = part_of_month(month_days(year, month), "early" if part["early"] else "mid" if part["mid"] else "late")
    where = (match.start() - (len(before) - part.start()), end)
    return found_days(where, days, f"part of a {rule}", "month")


def describe_month(where: tuple[int, int], month: int, year: int) -> Found:
    """A whole month."""
    return found_days(where, month_days(year, month), "month and year", "month")


def _year(digits: str | None) -> int | None:
    return int(digits) if digits else None


def describe_days(reader: Reader, where: tuple[int, int], month: int, days: list[int], year: int | None) -> Found:
    """Days of one month; two and more are a range from the least to the greatest."""
    rule = "day, month and year" if year else "day and month, the latest not long after publication"
    if year is None and reader.anchor:
        year = nearest_year(month, 1, reader.anchor) if days[0] > 31 else nearest_year(month, days[0], reader.anchor)
    if year is None:
        return found_days(where, None, "day and month without a year, and no day to count from", "day")
    try:
        first, last = date(year, month, min(days)), date(year, month, max(days))
    except ValueError:
        return found_days(where, None, f"impossible: no day {max(days)} in month {month} of {year}", "bad")
    return found_days(where, (first, last), rule, "day")


def _read_solar(reader: Reader, match: re.Match[str], _: Found | None) -> Found | None:
    month = _SOLAR[match["solar"]]
    after = _AFTER_MONTH.match(reader.text, match.end())
    earlier = _BEFORE_MONTH.search(reader.before(match.start()))
    year_after = _YEAR_AFTER.match(reader.text, match.end())
    start, end = match.start(), match.end()
    day, year = None, None
    if after and after["a"]:
        day, year, end = int(after["a"]), _year(after["year"]), after.end()
    elif earlier:
        day, start = int(earlier["a"]), start - (len(earlier.string) - earlier.start())
    if year is None and year_after:
        year, end = int(year_after["year"]), year_after.end()
    if (day is None and year is None) or (year is not None and not 1300 <= year <= 1500):
        return None
    return solar_found((start, end), reader.anchor, year, month, day)


def solar_found(where: tuple[int, int], anchor: date | None, year: int | None, month: int, day: int | None) -> Found:
    """A Solar Hijri day or month; without a year, the latest not long after a day of reference."""
    if year is None and anchor is None:
        return found_days(where, None, "Solar Hijri day without a year, and no day to count from", "day")
    year = year or solar_year_of(anchor or date.min, month)
    if day is None:
        return found_days(where, solar_month_days(year, month), "Solar Hijri month", "month")
    try:
        first = from_solar(year, month, day)
    except ValueError:
        return found_days(where, None, f"impossible: no day {day} in month {month} of Solar Hijri {year}", "bad")
    return found_days(where, (first, first), "Solar Hijri day", "day")


def _read_iso(reader: Reader, match: re.Match[str], _: Found | None) -> Found | None:
    try:
        first = date.fromisoformat(match["iso"])
    except ValueError:
        return found_days(match.span(), None, f"impossible: {match['iso']}", "bad")
    return found_days(match.span(), (first, first), "ISO date", "day")


def _read_slash(reader: Reader, match: re.Match[str], _: Found | None) -> Found | None:
    """Month first or day first: whichever is possible and, of two, lies closest before publication."""
    a, b, year = (int(part) for part in re.split(r"[/.]", match["slash"]))
    readings = []
    for month, day, order in ((a, b, "month first"), (b, a, "day first")):
        try:
            readings.append((date(year, month, day), order))
        except ValueError:
            continue
    if not readings:
        return found_days(match.span(), None, f"impossible: {match['slash']}", "bad")
    published = reader.published
    if published:
        readings.sort(key=lambda reading: (reading[0] > published, abs(published - reading[0])))
    elif reader.text[match.end() : match.end() + 1] != ":":
        readings.reverse()
    first, order = readings[0]
    return found_days(match.span(), (first, first), f"date in digits, {order}", "day")


def _read_year(reader: Reader, match: re.Match[str], _: Found | None) -> Found | None:
    if not _YEAR_OPENER.search(reader.before(match.start())):
        return None
    return found_days(match.span(), year_days(int(match["year"])), "year", "year")


def _read_weekday(reader: Reader, match: re.Match[str], _: Found | None) -> Found | None:
    if reader.published is None:
        return found_days(match.span(), None, "weekday, and no publication date to count from", "weekday")
    before = reader.before(match.start())
    beside = _BEFORE_WEEKDAY.search(before)
    last, coming = (beside["last"], beside["next"]) if beside else (None, None)
    day = last_weekday(_WEEKDAYS[match["weekday"][:-3]], reader.published, strictly=bool(last))
    if coming:
        day += timedelta(days=7)
    start = match.start() - (len(before) - beside.start() if beside else 0)
    rule = "next such weekday" if coming else "last such weekday on or before publication"
    return found_days((start, match.end()), (day, day), rule, "weekday")


_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


def _read_season(reader: Reader, match: re.Match[str], _: Found | None) -> Found | None:
    """ "the autumn of 2023": its three months; a winter lies in two years and keeps only the first."""
    name, year = match["season"].lower().split()[0], int(match["season"][-4:])
    first, last = _SEASONS.get(name, (12, 12))
    days = month_days(year, first)[0], month_days(year, last)[1]
    return found_days(match.span(), days, "season and year", "month")


_READERS = {
    "season": _read_season,
    "month": _read_month,
    "solar": _read_solar,
    "weekday": _read_weekday,
    "iso": _read_iso,
    "slash": _read_slash,
    "year": _read_year,
    "word": read_word,
}
