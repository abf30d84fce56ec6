"""Manners towards servers: one question at a time to each, with a pause between, and patience with one that fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from random import uniform
from typing import Any
from urllib.parse import urlsplit

from geo.errors import FetchError
from geo.fetch import Fetcher, Page
from geo.store import Document

PAUSE_S = 1.0
"""Between two questions to one host, unless its robots.txt asks for more."""
LONGEST_PAUSE_S = 60.0
"""However long a robots.txt asks for."""
MOST_TRIES = 5
"""Of a page whose server fails; with the waits between them an hour and a half."""
FIRST_WAIT_S, LONGEST_WAIT_S = 60.0, 21_600.0
SPREAD = 0.1
"""Share by which a wait is now longer, now shorter, so that what failed together does not come together again."""
_PASSING = frozenset(("timeout", "unreachable"))
"""Codes of FetchError that may be gone the next time."""


class PoliteFetcher:
    """Fetches as ``Fetcher`` does, no host twice at once; may be shared by threads."""

    def __init__(
        self, fetcher: Fetcher, *, pause_s: float = PAUSE_S, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._fetcher = fetcher
        self._pause_s = pause_s
        self._sleep = sleep
        self._lock = threading.Lock()
        self._hosts: dict[str, threading.Lock] = {}
        self._free: dict[str, float] = {}

    def fetch_page(self, address: str, **options: Any) -> Page:
        """The page at an address, when its host has had its pause; ``options`` and errors are ``Fetcher``'s."""
        host = urlsplit(address).netloc.lower()
        with self._lock:
            turn = self._hosts.setdefault(host, threading.Lock())
        with turn:
            self._sleep(max(0.0, self._free.get(host, 0.0) - time.monotonic()))
            try:
                return self._fetcher.fetch_page(address, **options)
            finally:
                self._free[host] = time.monotonic() + self._find_pause(address)

    def _find_pause(self, address: str) -> float:
        asked = None
        with suppress(FetchError):
            asked = self._fetcher.find_delay(address)
        return max(self._pause_s, min(asked or 0.0, LONGEST_PAUSE_S))


def find_wait(document: Document, error: FetchError) -> float | None:
    """Seconds after which a page of a feed is tried again; None where it is not, and for what a person added."""
    if document.feed_id is None or document.attempts >= MOST_TRIES or not is_passing(error):
        return None
    return wait_after(document.attempts, first_s=FIRST_WAIT_S, factor=4.0, asked_s=error.retry_after_s)


def is_passing(error: FetchError) -> bool:
    """Whether what failed may work later: a server that is slow, away, busy, or asks to wait."""
    status = error.status or 0
    return error.code in _PASSING or status == 429 or status >= 500 or error.retry_after_s is not None


def wait_after(failures: int, *, first_s: float, factor: float, asked_s: float | None = None) -> float:
    """Seconds to wait after so many failures in a row, and no less than the server asks for, a day at most."""
    wait_s = min(first_s * factor ** max(failures - 1, 0), max(first_s, LONGEST_WAIT_S))
    return max(wait_s * uniform(1 - SPREAD, 1 + SPREAD), min(asked_s or 0.0, 86_400.0))
