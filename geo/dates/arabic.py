"""Date words in Urdu, Pashto and Dari: Gregorian and Solar Hijri months, weekdays, relative words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from geo.dates.calendars import DAY, Days, Found, Reader, found_days, last_weekday, months_before, week_of, year_days
from geo.dates.english import describe_days, describe_month, solar_found
from geo.dates.relative import describe_relative
from geo.numbers import number_words
from geo.text import Document

_GREGORIAN = (
    "جنوری|جنوري|ژانویه",
    "فروری|فبروری|فبروري|فوریه",
    "مارچ|مارس",
    "اپریل|آوریل|اپرېل",
    "مئی|می|مه|مې",
    "جون|ژوئن",
    "جولائی|جولای|جولاي|ژوئیه",
    "اگست|اګست|اوت",
    "ستمبر|سپتمبر|سپتامبر|سپټمبر|سپتمبر",
    "اکتوبر|اکتبر",
    "نومبر|نوامبر",
    "دسمبر|دسامبر|ډسمبر|ډېسمبر",
)
_SOLAR = (
    "حمل|فروردین|وری|وري",
    "ثور|اردیبهشت|غویی|غوایی|غویي",
    "جوزا|خرداد|غبرګولی|غبرګولي",
    "سرطان|تیر|چنګاښ",
    "اسد|مرداد|زمری|زمري",
    "سنبله|شهریور|وږی|وږي",
    "میزان|مهر|تلې|تله",
    "عقرب|آبان|لړم",
    "قوس|آذر|لیندۍ|ليندۍ",
    "جدی|جدي|دی|مرغومی|مرغومي",
    "دلو|بهمن|سلواغه|سلواغې",
    "حوت|اسفند|کب",
)
_WEEKDAYS = {
    "ur": ("پیر|سوموار", "منگل", "بدھ", "جمعرات", "جمعہ|جمعے", "ہفتہ|ہفتے", "اتوار"),
    "ps": ("دوشنب[ېهۍ]", "سه‌?\\s?شنب[ېهۍ]|سې‌?\\s?شنب[ېهۍ]", "چهار‌?\\s?شنب[ېهۍ]|چارشنب[ېه]", "پنج‌?\\s?شنب[ېهۍ]",
           "جمع[ېه]", "شنب[ېه]", "یک‌?\\s?شنب[ېهۍ]"),
    "fa": ("دو‌?شنبه", "سه‌?\\s?شنبه", "چهار‌?\\s?شنبه|چارشنبه", "پنج‌?\\s?شنبه", "جمعه", "شنبه", "یک‌?\\s?شنبه"),
}  # fmt: skip
_WEEKDAY_TAIL = {"ur": r"\s+(?:کو\b|کی\b|کے\b|اور\b)", "ps": "", "fa": ""}
_NIGHT = {"ur": r"\s+اور\s+", "ps": r"\s+(?:او|تر)\s+(?:د\s+)?", "fa": r"\s+(?:و|تا)\s+"}

_Count = Callable[[date, int], Days]


def _days_back(first: int, last: int = 0) -> _Count:
    return lambda published, _: (published - first * DAY, published - last * DAY)


def _ago(published: date, days: int) -> Days:
    return published - days * DAY, published - days * DAY


_RELATIVE: dict[str, dict[str, _Count]] = {
    "ur": {
        r"آج": _days_back(0),
        r"گزشتہ\s+(?:روز|دن)|کل(?!\s*\d)(?=\s+(?:رات|شام|صبح|کو|کے|کی|ہونے|پاک))": _days_back(1, 1),
        r"گزشتہ\s+(?:شب|رات)|رات\s+گئے": _days_back(1),
        r"پرسوں": _days_back(2, 2),
        r"گزشتہ\s+(?:ہفتے|ہفتہ)": lambda day, _: week_of(day - 7 * DAY),
        r"(?:رواں|اس)\s+(?:ہفتے|ہفتہ)": lambda day, _: (week_of(day)[0], day),
        r"گزشتہ\s+(?:ماہ|مہینے)": lambda day, _: months_before(day, 1),
        r"(?:رواں|اس|اسی)\s+(?:ماہ|مہینے)": lambda day, _: (day.replace(day=1), day),
        r"گزشتہ\s+(?:سال|برس)": lambda day, _: year_days(day.year - 1),
        r"رواں\s+(?:سال|برس)": lambda day, _: (day.replace(month=1, day=1), day),
        r"(?P<n>\d+|دو|تین|چار|پانچ|چھ|سات)\s+(?:دن|روز)\s+(?:پہلے|قبل)": _ago,
    },
    "ps": {
        r"نن(?:\s+(?:ورځ|سهار))?": _days_back(0),
        r"پرون": _days_back(1, 1),
        r"(?:تېره|تيره|تیره)\s+شپه|بیګا|بېګا|برايي|پرونۍ\s+شپه": _days_back(1),
        r"(?:تېره|تيره|تیره)\s+(?:اونۍ|اوونۍ|هفته)": lambda day, _: week_of(day - 7 * DAY),
        r"(?:تېره|تيره|تیره)\s+میاشت": lambda day, _: months_before(day, 1),
        r"(?:روانه|روانې|دې)\s+(?:میاشت|میاشتې)": lambda day, _: (day.replace(day=1), day),
        r"(?:تېر|تیر)\s+کال": lambda day, _: year_days(day.year - 1),
        r"سږ\s?کال|روان\s+کال": lambda day, _: (day.replace(month=1, day=1), day),
        r"(?P<n>\d+|دوه|درې|څلور|پنځه|شپږ)\s+ورځې\s+(?:وړاندې|مخکې|دمخه)": _ago,
    },
    "fa": {
        r"امروز|امشب": _days_back(0),
        r"دیروز|روز\s+گذشته": _days_back(1, 1),
        r"دیشب|شب\s+گذشته": _days_back(1),
        r"پریروز": _days_back(2, 2),
        r"هفته\s*(?:ٔ|ی)?\s*(?:گذشته|پیش)": lambda day, _: week_of(day - 7 * DAY),
        r"(?:این|همین)\s+هفته|هفته\s+جاری": lambda day, _: (week_of(day)[0], day),
        r"ماه\s+(?:گذشته|پیش)": lambda day, _: months_before(day, 1),
        r"(?:این|همین)\s+ماه|ماه\s+(?:جاری|روان)": lambda day, _: (day.replace(day=1), day),
        r"سال\s+(?:گذشته|پار)|پارسال": lambda day, _: year_days(day.year - 1),
        r"امسال|سال\s+(?:جاری|روان)": lambda day, _: (day.replace(month=1, day=1), day),
        r"(?P<n>\d+|دو|سه|چهار|پنج|شش|هفت)\s+روز\s+(?:پیش|قبل)": _ago,
    },
}
_NUMBERS = number_words(
    "یک دو|دوه تین|سه|درې چار|چهار|څلور پانچ|پنج|پنځه چھ|شش|شپږ سات|هفت|اووه آٹھ|هشت|اته نو|نُه|نهه دس|ده|لس"
)
_ORDINALS = {
    word: number
    for listed in (
        "اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم هجدهم "
        "نزدهم بیستم"
        " بیست‌ویکم بیست‌ودوم بیست‌وسوم بیست‌وچهارم بیست‌وپنجم بیست‌وششم بیست‌وهفتم بیست‌وهشتم بیست‌ونهم سی‌ام",
        "لومړۍ دویمه درېیمه څلورمه پنځمه شپږمه اوومه اتمه نهمه لسمه یوولسمه دوولسمه دیارلسمه څوارلسمه پنځلسمه شپاړسمه"
        " اوولسمه اتلسمه نولسمه شلمه یوویشتمه دوه‌ویشتمه درویشتمه څلورویشتمه پنځویشتمه شپږویشتمه اووه‌ویشتمه اته‌ویشتمه"
        " نهه‌ویشتمه دېرشمه",
    )
    for number, word in enumerate(listed.split(), 1)
}
"""Days of the month as words, Dari and Pashto."""
_CARDINALS = {
    word: number
    for listed in (
        "ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس بیس اکیس بائیس تئیس "
        "چوبیس پچیس"
        " چھبیس ستائیس اٹھائیس انتیس تیس اکتیس",
        "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نزده بیست",
    )
    for number, word in enumerate(listed.split(), 1)
}
"""Days of the month as plain number words, Urdu and Dari."""
_ORDINAL = "|".join(
    word.replace("‌و", r"[\s‌]*و[\s‌]*").replace("‌", r"[\s‌]?")
    for word in sorted([*_ORDINALS, *_CARDINALS], key=len, reverse=True)
)
_ORDINAL_OF = {word.replace("‌", ""): number for word, number in (_ORDINALS | _CARDINALS).items()}
_PLAIN_SOLAR = "غبرګولی|غبرګولي|چنګاښ|زمری|زمري|وږی|وږي|لړم|لیندۍ|ليندۍ|مرغومی|مرغومي|سلواغه|سلواغې"
"""Months whose names are no other word, so that "in" before them is enough."""
_MONTH_WORD = "(?P<{}>{})"
_DAY = (
    rf"(?P<day>\d{{1,2}}|{_ORDINAL})"
    r"(?:مه|مې|م|ویں|ام|‌ام)?(?:\s*(?:-|–|و|اور|او|تا|تر|سے)\s*(?P<until>\d{1,2})(?:مه|مې)?)?"
)


def find_arabic_words(document: Document, published: date | None) -> Iterator[Found]:
    """Each date word of an Urdu, Pashto or Dari text by itself, in reading order."""
    language = document.language
    reader = Reader(document.text, published, published)
    for match in _pattern(language).finditer(document.text):
        found = _read(reader, match, language)
        if found:
            if reader.anchor is None and found.first and found.kind == "day":
                reader = Reader(document.text, published, found.first)
            yield found


@lru_cache(maxsize=4)
def _pattern(language: str) -> re.Pattern[str]:
    gregorian, solar = "|".join(_GREGORIAN), "|".join(_SOLAR)
    year = r"(?:[\s،,]*(?:سال\s+|کال\s+)?(?P<{}>(?:19|20|۱۹|۲۰|13|14|۱۳|۱۴)[\d]{{2}}))?"
    weekday = "|".join(f"(?P<w{n}>{names})" for n, names in enumerate(_WEEKDAYS[language]))
    second = "|".join(f"(?P<v{n}>{names})" for n, names in enumerate(_WEEKDAYS[language]))
    relative = "|".join(f"(?P<r{n}>{words})" for n, words in enumerate(_RELATIVE[language]))
    before = r"(?:(?P<year_before>(?:19|20|13|14|۱۹|۲۰|۱۳|۱۴)\d\d)\s+کال\s+د\s+)?"
    names = f"(?:{_MONTH_WORD.format('g1', gregorian)}|{_MONTH_WORD.format('s1', solar)})"
    after_day = rf"{_DAY}\s+{names}(?!\w){year.format('y1')}"
    before_day = (
        rf"{before}(?:{_MONTH_WORD.format('g2', gregorian)}|{_MONTH_WORD.format('s2', solar)})\s+(?:په\s+)?(?:کی\s+)?"
        rf"(?P<day2>\d{{1,2}}|{_ORDINAL})(?:مه|مې|م|مه نېټه)?(?![\d\w])"
    )
    alone = (
        rf"(?:ماهِ?|ماہِ?|برج)\s+(?:{_MONTH_WORD.format('g4', gregorian)}|{_MONTH_WORD.format('s4', solar)})(?!\w)"
        rf"|{_MONTH_WORD.format('g5', gregorian)}(?=\s+(?:میں|کے|کی|کو|کې)(?!\w))"
        rf"|{_MONTH_WORD.format('s5', solar)}(?=\s+(?:په\s+)?میاشت)"
        rf"|{_MONTH_WORD.format('s6', _PLAIN_SOLAR)}(?=\s+کې(?!\w))"
    )
    return re.compile(
        rf"(?<!\w)(?:{after_day}|{before_day}"
        rf"|{_MONTH_WORD.format('g3', gregorian)}\s+{year.format('y3').removesuffix('?')}"
        rf"|{alone}"
        rf"|(?P<years>(?:سال|کال|په)\s+(?P<y4>(?:20|19|۲۰|۱۹)\d\d)|(?P<y5>(?:20|19|۲۰|۱۹)\d\d)\s+(?:میں|کال|ء|کې|سے))"
        rf"|(?:{weekday})(?:{_NIGHT[language]}(?:{second}))?(?!\w){_tail(language)}"
        rf"|(?:{relative})(?!\w))"
    )


def _tail(language: str) -> str:
    return f"(?={_WEEKDAY_TAIL[language]})" if _WEEKDAY_TAIL[language] else ""


def _read(reader: Reader, match: re.Match[str], language: str) -> Found | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    day = groups.get("day") or groups.get("day2")
    month = groups.get("g1") or groups.get("g2")
    if month and day:
        days = [_day(day)] + ([int(groups["until"])] if "until" in groups else [])
        return describe_days(reader, match.span(), _position(month, _GREGORIAN), days, _year(groups))
    solar = groups.get("s1") or groups.get("s2")
    if solar and day:
        return solar_found(match.span(), reader.anchor, _year(groups), _position(solar, _SOLAR), _day(day))
    if alone := _read_month_alone(reader, match, groups):
        return alone
    if "g3" in groups:
        return describe_month(match.span(), _position(groups["g3"], _GREGORIAN), int(groups["y3"]))
    if "years" in groups:
        year = int(groups.get("y4") or groups["y5"])
        return found_days(match.span(), year_days(year), "year", "year")
    return _read_near(reader, match, groups, language)


def _read_month_alone(reader: Reader, match: re.Match[str], groups: dict[str, str]) -> Found | None:
    """A month without its year: the latest one that began on or before the day of publication."""
    gregorian, solar = groups.get("g4") or groups.get("g5"), groups.get("s4") or groups.get("s5") or groups.get("s6")
    if reader.published is None or not (gregorian or solar):
        return None
    if solar:
        return solar_found(match.span(), reader.published, None, _position(solar, _SOLAR), None)
    month = _position(gregorian or "", _GREGORIAN)
    year = reader.published.year - (month > reader.published.month)
    return replace(describe_month(match.span(), month, year), rule="month, the latest not after publication")


def _day(word: str) -> int:
    return int(word) if word.isdecimal() else _ORDINAL_OF[re.sub(r"[\s‌]", "", word)]


def _read_near(reader: Reader, match: re.Match[str], groups: dict[str, str], language: str) -> Found | None:
    published = reader.published
    for name in groups:
        index = int(name[1:]) if name[1:].isdigit() else -1
        if name[0] == "w" and index >= 0:
            return _read_weekday(match, groups, index, published)
        if name[0] == "r" and index >= 0:
            count = list(_RELATIVE[language].values())[index]
            number = _number(groups.get("n", "1"))
            days = count(published, number) if published else None
            single = bool(days and (days[1] - days[0]).days <= 1)
            return describe_relative(match.span(), days, match[0], precision="day" if single else None)
    return None


def _read_weekday(match: re.Match[str], groups: dict[str, str], index: int, published: date | None) -> Found:
    if published is None:
        return found_days(match.span(), None, "weekday, and no publication date to count from", "weekday")
    first = last = last_weekday(index, published)
    second = next((int(name[1:]) for name in groups if name[0] == "v"), None)
    if second is None:
        return found_days(match.span(), (first, last), "last such weekday on or before publication", "weekday")
    last = last_weekday(second, published)
    first = last_weekday(index, last)
    found = found_days(match.span(), (first, last), "the night between two weekdays", "weekday")
    return replace(found, precision="day")


def _position(word: str, months: tuple[str, ...]) -> int:
    return next(n for n, names in enumerate(months, 1) if word in names.split("|"))


def _year(groups: dict[str, str]) -> int | None:
    digits = groups.get("y1") or groups.get("year_before")
    return int(digits) if digits else None


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS.get(word, 1)
