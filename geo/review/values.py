"""What a person typed, as values of the records: each is looked at, and what is wrong is said in a sentence."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from geo.errors import UsageError
from geo.text import display_text

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""Days that an incident may have."""
MOST_FIGURE = 1_000_000_000

Json = Mapping[str, Any]


def read_object(value: object, what: str, known: Collection[str]) -> Json:
    """A mapping with no other keys than the known ones."""
    if not isinstance(value, Mapping):
        raise UsageError(f"{what} is {_show(value)}, not an object with fields")
    odd = next((key for key in value if key not in known), None)
    if odd is not None:
        raise UsageError(f"{what} has no field {_show(odd)}")
    return value


def read_list(value: object, what: str, *, most: int) -> Sequence[Any]:
    """A list of no more than so many values."""
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        raise UsageError(f"{what} is {_show(value)}, not a list")
    if len(value) > most:
        raise UsageError(f"{what} has {len(value):,} entries; {most:,} are the most")
    return value


def read_text(value: object, what: str, *, most: int, least: int = 1) -> str:
    """A text on one line, without what could disguise it; between so many letters."""
    if not isinstance(value, str):
        raise UsageError(f"{what} is {_show(value)}, not a text")
    clean = " ".join(display_text(value).split())
    if len(clean) < least:
        raise UsageError(f"{what} is empty")
    if len(clean) > most:
        raise UsageError(f"{what} is {len(clean):,} letters long; {most:,} are the most")
    return clean


def read_optional_text(value: object, what: str, *, most: int) -> str | None:
    """A text, or None where there is none."""
    return None if value is None or value == "" else read_text(value, what, most=most)


def read_choice(value: object, what: str, among: Sequence[str]) -> Any:
    """One of the values that a field may have."""
    if not isinstance(value, str) or value not in among:
        raise UsageError(f"{what} is {_show(value)}; it may be {', '.join(among)}")
    return value


def read_truth(value: object, what: str) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        raise UsageError(f"{what} is {_show(value)}, neither true nor false")
    return value


def read_figure(value: object, what: str) -> int | None:
    """A count of people or things, or None where none is said."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise UsageError(f"{what} is {_show(value)}, not a whole number")
    if not 0 <= value <= MOST_FIGURE:
        raise UsageError(f"{what} is {_show(value)}; a figure lies between 0 and {MOST_FIGURE:,}")
    return value


def read_number(value: object, what: str, least: float, most: float) -> float | None:
    """A finite number between two others, or None where there is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise UsageError(f"{what} is {_show(value)}, not a number")
    if not least <= value <= most:
        raise UsageError(f"{what} is {value:g}; it lies between {least:g} and {most:g}")
    return float(value)


def read_day(value: object, what: str) -> date | None:
    """A day as ISO writes it, or None where it is not known."""
    if value is None or value == "":
        return None
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if type(day) is not date:
        raise UsageError(f"{what} is {_show(value)}, not a day such as 2025-10-12")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UsageError(f"{what} is {day.isoformat()}; it lies between {FIRST_DAY} and {LAST_DAY}")
    return day


def _show(value: object) -> str:
    """A value as a sentence may hold it."""
    shown = display_text(repr(value))
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
