"""Counts in words and digits, and what is no count."""

import pytest

from geo.numbers import find_numbers

Row = tuple[str, int | None, int | None, int | None, str | None]


def read(text: str, language: str = "en") -> list[Row]:
    found = find_numbers(text, language=language)
    return [(text[n.span.start : n.span.end], n.low, n.best, n.high, n.qualifier) for n in found]


@pytest.mark.parametrize(
    ("text", "low", "best", "high", "qualifier"),
    [
        ("58", 58, 58, 58, None),
        ("fifty-eight", 58, 58, 58, None),
        ("a dozen", 12, 12, 12, None),
        ("two dozen", 24, 24, 24, None),
        ("half a dozen", 6, 6, 6, None),
        ("one hundred and forty-five", 145, 145, 145, None),
        ("1,250", 1250, 1250, 1250, None),
        ("1.2 million", 1_200_000, 1_200_000, 1_200_000, None),
        ("at least 58", 58, 58, None, "at least"),
        ("more than a dozen", 12, 12, None, "more than"),
        ("over 100", 100, 100, None, "more than"),
        ("200 or more", 200, 200, None, "at least"),
        ("about 50", 50, 50, 50, "about"),
        ("nearly 50", 50, 50, 50, "about"),
        ("some 30", 30, 30, 30, "about"),
        ("up to 50", None, 50, 50, "up to"),
        ("10 to 15", 10, None, 15, "range"),
        ("10-15", 10, None, 15, "range"),
        ("between 10 and 15", 10, None, 15, "range"),
        ("an estimated 25 to 30", 25, None, 30, "range"),
        ("forty-five to 50", 45, None, 50, "range"),
        ("dozens", None, None, None, "dozens"),
        ("hundreds", None, None, None, "hundreds"),
        ("several", None, None, None, "several"),
        ("tens of thousands", None, None, None, "thousands"),
    ],
)
def test_english_words_give_low_best_and_high_by_the_coding_rules(
    text: str, low: int | None, best: int | None, high: int | None, qualifier: str | None
) -> None:
    assert read(f"and {text} men") == [(text, low, best, high, qualifier)]


@pytest.mark.parametrize(
    "text",
    [
        "on October 11-12, 2021",
        "on 12 October",
        "a 45-year-old man",
        "3.5 km away",
        "an AK-47 rifle",
        "worth $30",
        "Rs 500",
        "at 9:30",
        "at 5 a.m.",
        "15 percent",
        "the 11th Corps",
        "01/02/2021:",
        "in 2022.",
        "a 48-hour truce",
        "a 12.7 mm gun",
        "after three days",
        "aged 14",
        "No. 7",
    ],
)
def test_what_measures_dates_or_names_is_no_count(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ur", "کم از کم 12 افراد", ("کم از کم 12", 12, 12, None, "at least")),
        ("ur", "200 سے زائد طالبان", ("200 سے زائد", 200, 200, None, "more than")),
        ("ur", "اٹھاون فوجی", ("اٹھاون", 58, 58, 58, None)),
        ("ur", "دو سو پانچ افراد", ("دو سو پانچ", 205, 205, 205, None)),
        ("ur", "درجنوں افراد", ("درجنوں", None, None, None, "dozens")),
        ("ps", "لږ تر لږه شپږ ملکیان", ("لږ تر لږه شپږ", 6, 6, None, "at least")),
        ("ps", "پنځه دېرش کسان", ("پنځه دېرش", 35, 35, 35, None)),
        ("ps", "۵۸ پاکستاني", ("۵۸", 58, 58, 58, None)),
        ("ps", "لسګونه کسان", ("لسګونه", None, None, None, "dozens")),
        ("fa", "دست‌کم ده غیرنظامی", ("دست‌کم ده", 10, 10, None, "at least")),
        ("fa", "بیش از ۲۰۰ تن", ("بیش از ۲۰۰", 200, 200, None, "more than")),
        ("fa", "بیست و پنج سرباز", ("بیست و پنج", 25, 25, 25, None)),
        ("fa", "۱۵ تا ۲۰ تن", ("۱۵ تا ۲۰", 15, None, 20, "range")),
        ("fa", "ده‌ها تن", ("ده‌ها", None, None, None, "dozens")),
    ],
)
def test_urdu_pashto_and_dari_count_too(language: str, text: str, expected: Row) -> None:
    assert read(text, language) == [expected]


@pytest.mark.parametrize("piece", ["1", "one ", "a ", "hundred ", "1,000", "at least ", "1-", "twenty-"])
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    assert isinstance(find_numbers(piece * (100_000 // len(piece))), list)
