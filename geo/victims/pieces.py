"""Text in pieces of bounded length, so that looking for names takes a time that grows with the text and no faster."""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 2_000
"""Code points; a list of the dead may be one long sentence."""


def cut_long(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each piece of a stretch of text."""
    for begin in range(start, end, LONGEST):
        yield begin, min(begin + LONGEST, end)
