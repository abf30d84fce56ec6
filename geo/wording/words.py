"""The words of the page in the reader's language, with numbers and days as that language sets them."""

from __future__ import annotations

import calendar
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from geo.settings import data_folder

LANGUAGES = ("en", "ur", "ps", "fa")
"""Languages of the page, in the order of its menu."""
RIGHT_TO_LEFT = frozenset({"ur", "ps", "fa"})

_IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ISOLATE = "\u2066{}\u2069"
"""Keeps figures and ranges left to right inside a line that runs right to left."""


@cache
def read_words(language: str, also: str = "") -> dict[str, str]:
    """All words of a language by key; with ``also``, those of a folder of that name besides."""
    folder = data_folder() / "words"
    words: dict[str, str] = json.loads((folder / f"{language}.json").read_text(encoding="utf8"))
    return {**words, **json.loads((folder / also / f"{language}.json").read_text(encoding="utf8"))} if also else words


@dataclass(frozen=True, slots=True)
class Words:
    """Says things in one language."""

    language: str
    also: str = ""
    """Folder of further words, which the dashboard does not need; empty for none."""

    @property
    def rtl(self) -> bool:
        """Whether the language runs right to left."""
        return self.language in RIGHT_TO_LEFT

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of a key, its placeholders filled."""
        text = read_words(self.language, self.also)[key]
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return key in read_words(self.language, self.also)

    def list(self, stem: str) -> list[str]:
        """All keys that begin so."""
        return [key for key in read_words(self.language, self.also) if key.startswith(stem)]

    def count(self, stem: str, n: int, **values: object) -> str:
        """The words of a count: ``stem.one`` or ``stem.other``."""
        return self(f"{stem}.{'one' if n == 1 else 'other'}", n=self.number(n), **values)

    def number(self, n: int) -> str:
        """A number in figures."""
        return self.isolate(f"{n:,}")

    def running(self, n: int) -> str:
        """A number in running text: English writes small ones in words."""
        return _IN_WORDS[n] if self.language == "en" and 0 <= n < len(_IN_WORDS) else self.number(n)

    def isolate(self, figures: str) -> str:
        """Figures that keep their order in either direction."""
        return _ISOLATE.format(figures) if self.rtl else figures

    def name(self, name: str) -> str:
        """A name that may be in another script, kept from turning what stands beside it."""
        return f"\u2068{name}\u2069" if self.rtl else name

    def join(self, names: Sequence[str]) -> str:
        """A list of names as the language sets it."""
        return ("، " if self.rtl else ", ").join(names)

    def month(self, day: date, *, short: bool = False) -> str:
        """The month of a day."""
        return self(f"month.short.{day.month}" if short else f"month.{day.month}")

    def day(self, day: date, *, short: bool = False, year: bool = True) -> str:
        """A day: "11 October 2025"."""
        named = f"{self.isolate(str(day.day))} {self.month(day, short=short)}"
        return f"{named} {self.isolate(str(day.year))}" if year else named

    def days(self, start: date | None, end: date | None, *, short: bool = False, year: bool = True) -> str:
        """A stretch of days, saying nothing twice: "11–12 October 2025"; the words for an unknown date without one."""
        first, last = start or end, end or start
        if first is None or last is None:
            return self("time.undated")
        if first == last:
            return self.day(first, short=short, year=year)
        if (first.year, first.month) == (last.year, last.month):
            both = f"{self.isolate(f'{first.day}–{last.day}')} {self.month(first, short=short)}"
            return f"{both} {self.isolate(str(first.year))}" if year else both
        opening = self.day(first, short=short, year=year and first.year != last.year)
        return f"{opening} – {self.day(last, short=short, year=year)}"

    def period(self, start: date, end: date) -> str:
        """A period as a heading names it: "October 2025", "2025", "July 2021 to November 2025"."""
        if _whole_months(start, end):
            if (start.year, start.month) == (end.year, end.month):
                return self.month_of(start)
            if (start.year, start.month, end.month) == (end.year, 1, 12):
                return self.isolate(str(start.year))
            return self("date.to", start=self.month_of(start), end=self.month_of(end))
        return self.days(start, end)

    def month_of(self, day: date) -> str:
        """The month of a day with its year."""
        return f"{self.month(day)} {self.isolate(str(day.year))}"


def last_of_month(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _whole_months(start: date, end: date) -> bool:
    return start.day == 1 and end == last_of_month(end)
