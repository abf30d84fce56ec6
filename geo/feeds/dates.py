"""Days and intervals as feeds write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

_EARLIEST, _LATEST = 1900, 2100
_PERIODS = {"hourly": 3_600.0, "daily": 86_400.0, "weekly": 604_800.0, "monthly": 2_592_000.0, "yearly": 31_536_000.0}
"""Seconds, of the syndication module of RSS 1.0 (https://web.resource.org/rss/1.0/modules/syndication/)."""
LONGEST_INTERVAL_S = 7 * 86_400.0
"""However long a feed asks to be left alone, a week later it is looked at."""


def read_day(written: str) -> date | None:
    """The day that a moment falls on in the zone it is written in, for a paper's date is that of its own place."""
    text = written.strip()[:80]
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return plausible_day(found.year, found.month, found.day)
    return None


def plausible_day(year: int, month: int, day: int) -> date | None:
    """The day; None for one on which no page of the web can have come out."""
    return date(year, month, day) if _EARLIEST <= year <= _LATEST else None


def read_interval(feed: Mapping[str, Any]) -> float:
    """The least seconds between two looks that a feed asks for; 0 when it does not say."""
    minutes = re.fullmatch(r"\d{1,7}", str(feed.get("ttl") or "").strip())
    asked = 60.0 * int(minutes[0]) if minutes else 0.0
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower(), 0.0)
    times = re.fullmatch(r"[1-9]\d{0,4}", str(feed.get("sy_updatefrequency") or "1").strip())
    return min(LONGEST_INTERVAL_S, max(asked, period / (int(times[0]) if times else 1)))
