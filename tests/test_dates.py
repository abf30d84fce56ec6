"""Date expressions: what day each means, how precisely, and by which rule."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dates import find_dates
from geo.dates.calendars import from_solar
from geo.model import DateRange
from geo.text import prepare_document

WEDNESDAY = date(2025, 10, 15)
WORDS = "October 11 31 2025 Monday night of and - to last week ago the day 30 Hut 1403 /"


def read(text: str, *, language: str = "en", published: date | None = WEDNESDAY) -> list[DateRange]:
    return find_dates(prepare_document(text, language=language), published=published)


def days(found: DateRange) -> tuple[str | None, str | None, str]:
    start, end = (day.isoformat() if day else None for day in (found.start, found.end))
    return start, end, found.precision


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("on October 11, 2025", "2025-10-11", "2025-10-11", "day"),
        ("on 11 October 2025", "2025-10-11", "2025-10-11", "day"),
        ("on the 11th of October", "2025-10-11", "2025-10-11", "day"),
        ("on Oct. 11", "2025-10-11", "2025-10-11", "day"),
        ("on 2025-10-11", "2025-10-11", "2025-10-11", "day"),
        ("10/13/2025: Assailants", "2025-10-13", "2025-10-13", "day"),
        ("on 13/10/2025", "2025-10-13", "2025-10-13", "day"),
        ("Saturday, October 11", "2025-10-11", "2025-10-11", "day"),
        ("meet on October 25", "2025-10-25", "2025-10-25", "day"),
        ("since February 21", "2025-02-21", None, "day"),
        ("on December 24", "2024-12-24", "2024-12-24", "day"),
        ("October 11-12, 2025", "2025-10-11", "2025-10-12", "days"),
        ("between October 9 and 11", "2025-10-09", "2025-10-11", "days"),
        ("October 30-November 2", "2025-10-30", "2025-11-02", "days"),
        ("December 28-January 3", "2024-12-28", "2025-01-03", "week"),
        ("April 25-26 and 26-27", "2025-04-25", "2025-04-27", "days"),
        ("the night of October 11-12", "2025-10-11", "2025-10-12", "day"),
        ("the night of October 11", "2025-10-11", "2025-10-12", "day"),
        ("in May 2021", "2021-05-01", "2021-05-31", "month"),
        ("in May", "2025-05-01", "2025-05-31", "month"),
        ("in early March", "2025-03-01", "2025-03-10", "month"),
        ("in 2022", "2022-01-01", "2022-12-31", "year"),
        ("since 2021", "2021-01-01", None, "year"),
        ("17 Mizan 1404", "2025-10-09", "2025-10-09", "day"),
    ],
)
def test_absolute_dates(text: str, start: str, end: str | None, precision: str) -> None:
    assert [days(found) for found in read(text)] == [(start, end, precision)]


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("today", "2025-10-15", "2025-10-15", "day"),
        ("Yesterday", "2025-10-14", "2025-10-14", "day"),
        ("on Wednesday", "2025-10-15", "2025-10-15", "day"),
        ("on Friday", "2025-10-10", "2025-10-10", "day"),
        ("last Wednesday", "2025-10-08", "2025-10-08", "day"),
        ("next Monday", "2025-10-20", "2025-10-20", "day"),
        ("overnight", "2025-10-14", "2025-10-15", "day"),
        ("last night", "2025-10-14", "2025-10-15", "day"),
        ("overnight Saturday", "2025-10-11", "2025-10-12", "day"),
        ("between Sunday night and Monday", "2025-10-12", "2025-10-13", "day"),
        ("the night between Saturday and Sunday", "2025-10-11", "2025-10-12", "day"),
        ("from Monday to Wednesday", "2025-10-13", "2025-10-15", "days"),
        ("three days ago", "2025-10-12", "2025-10-12", "day"),
        ("a week ago", "2025-10-07", "2025-10-09", "days"),
        ("three weeks ago", "2025-09-21", "2025-09-27", "week"),
        ("On 11/12 October 2025", "2025-10-11", "2025-10-12", "days"),
        ("last week", "2025-10-06", "2025-10-12", "week"),
        ("earlier this month", "2025-10-01", "2025-10-15", "month"),
        ("last month", "2025-09-01", "2025-09-30", "month"),
        ("last year", "2024-01-01", "2024-12-31", "year"),
        ("over the weekend", "2025-10-11", "2025-10-12", "days"),
    ],
)
def test_relative_words_count_from_publication(text: str, start: str, end: str, precision: str) -> None:
    assert [days(found) for found in read(text)] == [(start, end, precision)]


def test_two_months_with_one_year_are_two_dates() -> None:
    found = read("Strikes in March and December 2024")
    assert [days(item)[:2] for item in found] == [("2024-03-01", "2024-03-31"), ("2024-12-01", "2024-12-31")]


def test_the_same_day_is_the_day_named_before() -> None:
    assert [days(found)[0] for found in read("On Monday; the same day")] == ["2025-10-13", "2025-10-13"]


@pytest.mark.parametrize(
    "text", ["today", "on Friday", "overnight", "last week", "three days ago", "October 11", "in March"]
)
def test_words_that_need_a_publication_date_have_no_day_without_one(text: str) -> None:
    assert [days(found) for found in read(text, published=None)] == [(None, None, "unknown")]


def test_a_complete_date_lends_its_year_when_publication_is_unknown() -> None:
    assert days(read("01/04/2021: Taken; freed on January 6.", published=None)[1])[0] == "2021-01-06"


@pytest.mark.parametrize("text", ["February 30, 2025", "2025-13-45", "45/13/2021", "31 Hut 1403"])
def test_an_impossible_date_says_so(text: str) -> None:
    (found,) = read(text)
    assert days(found) == (None, None, "unknown")
    assert found.rule.startswith("impossible")


def test_a_weekday_that_does_not_fit_its_date_is_a_contradiction() -> None:
    (found,) = read("Monday, October 11, 2025")
    assert found.rule.startswith("contradictory")


@pytest.mark.parametrize(
    "text",
    ["it may have", "March on Kabul", "12 may die", "at 9:30", "1,2021 men", "a 48-hour truce", "the day", "AK-2021x"],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("ur", "ہفتے اور اتوار کی درمیانی شب", "2025-10-11", "2025-10-12"),
        ("ur", "11 اکتوبر 2025 کو", "2025-10-11", "2025-10-11"),
        ("ur", "گزشتہ روز", "2025-10-14", "2025-10-14"),
        ("ur", "منگل کے روز", "2025-10-14", "2025-10-14"),
        ("ur", "تین دن قبل", "2025-10-12", "2025-10-12"),
        ("ur", "2021 میں", "2021-01-01", "2021-12-31"),
        ("fa", "۱۷ میزان ۱۴۰۴", "2025-10-09", "2025-10-09"),
        ("fa", "۱۱ اکتبر ۲۰۲۵", "2025-10-11", "2025-10-11"),
        ("fa", "دیروز", "2025-10-14", "2025-10-14"),
        ("fa", "روز سه‌شنبه", "2025-10-14", "2025-10-14"),
        ("fa", "شب گذشته", "2025-10-14", "2025-10-15"),
        ("ps", "پرون", "2025-10-14", "2025-10-14"),
        ("ps", "د ۱۴۰۴ کال د تلې په ۱۷مه", "2025-10-09", "2025-10-09"),
        ("ps", "د چهارشنبې په ورځ", "2025-10-15", "2025-10-15"),
        ("ps", "تېره شپه", "2025-10-14", "2025-10-15"),
    ],
)
def test_urdu_pashto_and_dari_dates(language: str, text: str, start: str, end: str) -> None:
    assert [days(found)[:2] for found in read(text, language=language)] == [(start, end)]


@pytest.mark.parametrize(
    ("solar", "gregorian"),
    [((1404, 1, 1), (2025, 3, 21)), ((1403, 12, 30), (2025, 3, 20)), ((1400, 1, 1), (2021, 3, 21)),
     ((1370, 1, 1), (1991, 3, 21)), ((1404, 7, 17), (2025, 10, 9))],
)  # fmt: skip
def test_solar_days_have_their_gregorian_day(solar: tuple[int, int, int], gregorian: tuple[int, int, int]) -> None:
    assert from_solar(*solar) == date(*gregorian)


@pytest.mark.parametrize("piece", ["1", "May ", "1 ", "Monday ", "day", "10/10/", "2021 ", "last ", "a week "])
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    assert isinstance(read(piece * (100_000 // len(piece))), list)


@given(st.lists(st.sampled_from(WORDS.split())))
def test_any_order_of_date_words_is_read_without_failing(words: list[str]) -> None:
    text = " ".join(words)
    for found in read(text):
        assert found.span is not None
        assert text[found.span.start : found.span.end] == found.text
        assert found.start is None or found.end is None or found.start <= found.end


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("ur", "گزشتہ برس نومبر میں وانا کے کالج پر حملہ ہوا", "2024-11-01", "2024-11-30"),
        ("ur", "اگست میں بھی سپین بولدک میں لڑائی ہوئی تھی", "2025-08-01", "2025-08-31"),
        ("fa", "سال گذشته نیز در ماه قوس بر گربز حمله شد", "2024-11-21", "2024-12-20"),
        ("fa", "در ماه میزان سال گذشته ده‌ها تن کشته شدند", "2024-09-22", "2024-10-21"),
        ("fa", "شام بیست و سوم حوت", "2025-03-13", "2025-03-13"),
        ("ps", "د تېر کال په مرغومي کې", "2024-12-21", "2025-01-19"),
        ("ps", "د مرغومي په نهمه", "2024-12-29", "2024-12-29"),
    ],
)
def test_a_month_may_stand_without_its_year(language: str, text: str, start: str, end: str) -> None:
    document = prepare_document(text, language=language)
    found = find_dates(document, published=date(2025, 10, 15))
    assert [(str(item.start), str(item.end)) for item in found] == [(start, end)]
