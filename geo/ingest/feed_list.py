"""The list of feeds that are watched, a TOML file of the newsroom's; what is wrong in it is named by line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import FetchError, UsageError
from geo.fetch.addresses import read_address

EVERY_S = 1_800.0
"""Half an hour, where the list does not say."""
LEAST_EVERY_S = 60.0
_UNITS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_KEYS = ("address", "publisher", "language", "every")
_HEAD = re.compile(r"\s*\[\[\s*feed\s*\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFeed:
    """A feed of the list."""

    address: str
    publisher: str | None = None
    """Names the outlet of its articles, whatever pages and feed say; None where these say it."""
    language: str | None = None
    """ISO 639-1, of articles that do not say."""
    every_s: float = EVERY_S
    """Between two looks; longer where the feed or its server asks for that."""

    @property
    def name(self) -> str:
        """What a person knows it by."""
        return self.publisher or self.address


def read_feed_list(path: Path) -> list[WatchedFeed]:
    """The feeds of a list; raises UsageError with file, line and key of what is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        told = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not in UTF-8") from error
    except RecursionError as error:
        raise UsageError(f"{path} is nested too deep to be a list of feeds") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not TOML: {str(error)[:1].lower()}{str(error)[1:]}") from error
    return _List(path, text.splitlines()).read(told)


class _List:
    """A list that is being read, so that each fault can be said with its place."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self._path = path
        self._lines = lines

    def read(self, told: Mapping[str, Any]) -> list[WatchedFeed]:
        """The feeds; raises UsageError."""
        for key in told:
            if key not in ("feed", "every"):
                raise self._fault(None, key, f"is not known here; a list has every and [[feed]] with {_and(_KEYS)}")
        feeds = told.get("feed", [])
        if not isinstance(feeds, list) or not feeds or not all(isinstance(feed, dict) for feed in feeds):
            raise UsageError(f"{self._path} lists no feed; each begins with a line [[feed]]")
        every_s = self._read_every(None, told["every"]) if "every" in told else EVERY_S
        found = [self._read_one(number, feed, every_s) for number, feed in enumerate(feeds)]
        seen: set[str] = set()
        for number, feed in enumerate(found):
            if feed.address in seen:
                raise self._fault(number, "address", "is in the list already")
            seen.add(feed.address)
        return found

    def _read_one(self, number: int, feed: Mapping[str, Any], every_s: float) -> WatchedFeed:
        for key, value in feed.items():
            if key not in _KEYS:
                raise self._fault(number, key, f"is not known; a feed has {_and(_KEYS)}")
            if not isinstance(value, str) or not value.strip():
                raise self._fault(number, key, f"is {value!r}, not a text")
        if "address" not in feed:
            raise self._fault(number, None, "has no address")
        address, language = feed["address"].strip(), feed.get("language")
        try:
            read_address(address)
        except FetchError as error:
            raise self._fault(number, "address", f"is {address!r}: {error}") from error
        if language is not None and not re.fullmatch(r"[a-z]{2}", language):
            raise self._fault(number, "language", f"is {language!r}, not a code of two letters such as ur")
        return WatchedFeed(
            address=address,
            publisher=feed.get("publisher"),
            language=language,
            every_s=self._read_every(number, feed["every"]) if "every" in feed else every_s,
        )

    def _read_every(self, number: int | None, written: object) -> float:
        found = re.fullmatch(r"(\d{1,6})\s*([smhd])", written.strip()) if isinstance(written, str) else None
        seconds = int(found[1]) * _UNITS[found[2]] if found else 0.0
        if not found:
            raise self._fault(number, "every", f'is {written!r}, not a time such as "15m", "2h" or "1d"')
        if seconds < LEAST_EVERY_S:
            raise self._fault(number, "every", f"is {written!r}; no feed is asked oftener than once a minute")
        return seconds

    def _fault(self, number: int | None, key: str | None, said: str) -> UsageError:
        """``number`` is that of the feed from 0 on, None for what stands above all of them."""
        line = self._find_line(number, key)
        what = f"{key!r}" if key else "this feed"
        return UsageError(f"{self._path}, line {line}: {what} {said}" if line else f"{self._path}: {what} {said}")

    def _find_line(self, number: int | None, key: str | None) -> int | None:
        heads = [at for at, line in enumerate(self._lines, start=1) if _HEAD.match(line)]
        start = 1 if number is None else (heads[number] if number < len(heads) else None)
        if start is None or key is None:
            return start
        key_line = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        below = enumerate(self._lines[start - 1 :], start=start)
        return next((at for at, line in below if key_line.match(line)), start if number is not None else None)


def _and(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
