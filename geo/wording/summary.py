"""What a view shows in sum: its heading, its period, and the sentence that sums up what happened."""

from __future__ import annotations

from datetime import date

from geo.borders import Border
from geo.filters import Filter
from geo.gazetteer import Gazetteer
from geo.snapshot import Snapshot, Summary
from geo.wording.naming import name_country, name_province
from geo.wording.words import Words, last_of_month

Days = tuple[date, date]
"""First and last."""


def find_days(snapshot: Snapshot) -> Days:
    """First and last day of all incidents; today's month would say nothing of a store without dates."""
    return snapshot.days() or (date(1970, 1, 1), date(1970, 1, 2))


def find_period(wanted: Filter, data: Days) -> Days:
    """First and last day of what is asked for: where nothing is, the whole months of the data."""
    first, last = data[0].replace(day=1), last_of_month(data[1])
    return wanted.start or min(first, wanted.end or first), wanted.end or max(last, wanted.start or last)


def name_border(border: Border, gazetteer: Gazetteer, words: Words) -> str:
    """The two countries of a border."""
    a, b = (name_country(code, gazetteer, words) for code in border.countries)
    return words("app.kicker", country_a=a, country_b=b)


def write_heading(wanted: Filter, period: Days, words: Words) -> str:
    """The title of a view, with its period."""
    return words("app.title.period", period=_name_period(wanted, period, words))


def sum_up(summary: Summary, when: str, gazetteer: Gazetteer, words: Words) -> str:
    """What happened in sum; stars mark what is set bold."""
    if not summary.incidents:
        return words("summary.nothing", when=when)
    return " ".join([_write_count(summary, when, gazetteer, words), *_write_toll(summary, words)])


def say_when(wanted: Filter, period: Days, words: Words) -> str:
    """A period as a sentence has it: "in October 2025", "from 3 to 9 November 2025"."""
    start, end = period
    if start == end:
        return words("period.on", date=words.day(start))
    if _is_named(start, end):
        return words("period.in", period=words.period(start, end))
    if wanted.start is None and wanted.end is None and start.year != end.year:
        return words("period.from_to", start=words.isolate(str(start.year)), end=words.isolate(str(end.year)))
    opening = words.day(start, year=start.year != end.year)
    return words("period.from_to", start=opening, end=words.day(end))


def _write_count(summary: Summary, when: str, gazetteer: Gazetteer, words: Words) -> str:
    if summary.province is None:
        return words.count("summary.counted", summary.incidents, when=when)
    province = name_province(summary.province, gazetteer, words)
    m = words.running(summary.in_province)
    return words.count("summary.incidents_in", summary.incidents, when=when, m=m, province=province)


def _write_toll(summary: Summary, words: Words) -> list[str]:
    low, high = summary.killed_low, summary.killed_high
    if low is None or high is None:
        return [words("summary.no_toll")]
    form = "one" if low == 1 else "other"
    if low == high and not summary.more_than:
        return [words(f"summary.killed_agreed.{form}", low=words.number(low))]
    highest = f"**{words.number(high)}**"
    said = [
        words(
            f"summary.killed.{form}", low=words.number(low),
            high=words("summary.more_than", n=highest) if summary.more_than else highest,
        )
    ]  # fmt: skip
    gap = summary.gap
    if gap:
        key = "summary.gap_night" if gap.night else "summary.gap_day"
        said.append(words(key, date=words.days(gap.start, gap.end)))
    return said


def _name_period(wanted: Filter, period: Days, words: Words) -> str:
    start, end = period
    if wanted.start is None and wanted.end is None and start.year != end.year:
        return words("date.to", start=words.isolate(str(start.year)), end=words.isolate(str(end.year)))
    if _is_named(start, end) or start.year == end.year:
        return words.period(start, end)
    return words.days(start, end, short=True)


def _is_named(start: date, end: date) -> bool:
    """Whether a month or a year is the whole period."""
    if start.day != 1 or last_of_month(end) != end:
        return False
    return (start.year, start.month) == (end.year, end.month) or (start.month, end.month, start.year) == (
        1,
        12,
        end.year,
    )
