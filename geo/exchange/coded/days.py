"""Days as the databases write them, in several styles, and back in the style of a cell.

ACLED's exports have had three: "2025-10-11", "11 October 2025" and "11-Oct-25"; UCDP's "2021-05-28" and the same
with a time of day, which is always midnight.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NUMBER = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}

_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?P<rest>[ T]00:00(?::00(?:\.0+)?)?Z?)?")
_WORDS = re.compile(r"(\d\d?)(?P<sign>[ -])([A-Za-z]{3,9})(?P=sign)(\d{4}|\d\d)")
_YEARS = range(1500, 2500)
"""Others are mistakes, and a week or month around them may leave the calendar."""
_FIRST_YEAR = 97
"""Years of two digits from here on are of the last century: ACLED begins in 1997, UCDP GED in 1989 with four."""


def read_day(written: str) -> date | None:
    """The day of a cell; None when it is in no known style or there is no such day."""
    text = written.strip()
    try:
        if found := _ISO.fullmatch(text):
            day = date(int(found[1]), int(found[2]), int(found[3]))
        elif found := _WORDS.fullmatch(text):
            day = date(_year(found[4]), _month(found[3]), int(found[1]))
        else:
            return None
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def write_day(day: date, *, like: str = "") -> str:
    """The day in the style of another cell; in ISO form where that has none."""
    style = like.strip()
    if found := _ISO.fullmatch(style):
        return day.isoformat() + (found["rest"] or "")
    if not (found := _WORDS.fullmatch(style)):
        return day.isoformat()
    sign, month = found["sign"], _MONTHS[day.month - 1]
    number = f"{day.day:02}" if found[1].startswith("0") or sign == "-" else str(day.day)
    if len(found[3]) == 3 and (sign == "-" or found[3].lower() != "may"):
        month = month[:3]
    year = f"{day.year % 100:02}" if len(found[4]) == 2 else str(day.year)
    return sign.join((number, month, year))


def _month(name: str) -> int:
    number = _NUMBER.get(name[:3].lower(), 0)
    if not number or not _MONTHS[number - 1].lower().startswith(name.lower()):
        raise ValueError(name)
    return number


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= _FIRST_YEAR else 2000)
