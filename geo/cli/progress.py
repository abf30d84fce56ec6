"""How far a long job is: one line on the terminal that is written over again and again."""

from __future__ import annotations

import shutil
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

REDRAW_S = 0.2
RATE_OVER_S = 30.0
"""The rate is that of so long a time: long enough to be steady, short enough to follow what changes."""
_BAR = 20


class Progress:
    """Counts what ended; where nobody looks at a terminal it says nothing."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total = total
        self._shown = shown
        self._done = self._quarantined = 0
        self._drawn_at = 0.0
        self._marks: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def step(self, *, quarantined: bool) -> None:
        """One more has ended."""
        self._done += not quarantined
        self._quarantined += quarantined
        now = time.monotonic()
        if self._shown and now - self._drawn_at >= REDRAW_S:
            self._drawn_at = now
            self._draw(now)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the line away while something else is printed."""
        self.wipe()
        yield

    def wipe(self) -> None:
        """Take the line away; the next step draws it again."""
        if self._shown and self._drawn_at:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn_at = 0.0 if sys.stdout.isatty() else self._drawn_at

    def _draw(self, now: float) -> None:
        ended = self._done + self._quarantined
        self._marks.append((now, ended))
        while now - self._marks[0][0] > RATE_OVER_S:
            self._marks.popleft()
        since, before = self._marks[0]
        rate = (ended - before) / max(now - since, 1e-6)
        line = describe_progress(self._done, self._quarantined, max(self._total - ended, 0), rate)
        sys.stderr.write("\r\x1b[K" + line[: shutil.get_terminal_size().columns - 1])
        sys.stderr.flush()


def describe_progress(done: int, quarantined: int, pending: int, rate: float) -> str:
    """The line: a bar, the counts, articles a second and the time left."""
    share = (done + quarantined) / max(done + quarantined + pending, 1)
    filled = round(share * _BAR)
    bar = "#" * filled + "-" * (_BAR - filled)
    left = f", {_describe_time(pending / rate)} left" if rate and pending else ""
    counts = f"{done:,} done, {quarantined:,} quarantined, {pending:,} pending"
    return f"[{bar}] {counts}, {rate:,.0f} articles/s{left}"


@contextmanager
def open_progress(total: int) -> Iterator[Progress]:
    """The line for a job of so many articles; it is gone when the job ends."""
    progress = Progress(total, shown=sys.stderr.isatty())
    try:
        yield progress
    finally:
        progress.wipe()


def _describe_time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
