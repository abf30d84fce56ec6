"""Round-ups and live blogs: texts of entries that each tell of something else."""

from __future__ import annotations

import re

from geo.text import Document

_MARK = re.compile(
    r"""\*{0,2}(?:[-–—*•●▪■◦‣·►▶>]\s|\d{1,2}[.)]\s                                    # bullets and numbers
      |\(?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s+(?:GMT|UTC|[A-Z]{2,4}T?|local|hrs|hours))?\)?\s*[-–—:|\n)]?   # times
      |[A-Z\u0600-\u06ff][\w'’ \-/]{2,34}:\s)                                 # names of places or days
    """,
    re.VERBOSE,
)
_TIME = re.compile(r"\*{0,2}\(?\d{1,2}[:.]\d\d(?!\d)")
_DATELINE = re.compile(
    r"[\u0600-\u06ff\u200c]+(?: [\u0600-\u06ff\u200c]+){0,2}(?:/[\u0600-\u06ff\u200c ]{2,20})?\s*"
    r"(?:\([^)\n]{2,40}\)\s*|[—–:-]\s)|"
    r"[A-Z]{3,}(?: [A-Z]{3,})?, [A-Z][a-z]{2,8}\.? \d{1,2} \([^)\n]{2,24}\)\.\s|"
    r"[A-Z]\w+(?: [A-Z]\w+)?, \d{1,2} [A-Z][a-z]{2,8} \d{4}:\s|"
    r"[A-Z]{3,}(?:[ /]+[A-Z]{3,}){0,3}(?:, ?(?:[A-Z][a-z]{2,8}\.? )?\d{1,2}(?: [A-Z][a-z]{2,8})?)?:\s|"
    r"[A-Z][\w.'’-]*(?:[ /,]+[A-Z][\w.'’-]*){0,6}(?:[ ,]+(?:\w+\.? )?\d{1,2})?(?:\s*\([^)\n]{1,24}\))?\s*(?:—|–|--|-\s)"
)
_LOOKS_BACK = re.compile(
    r"\W*(?:background|context|earlier|previously|history|what happened before|timeline)\b[^:\n]{0,20}:",
    re.IGNORECASE,
)
_FEWEST = 2
"""Marked paragraphs from which a text counts as one of entries."""


def read_entries(document: Document) -> tuple[int, ...]:
    """Number of the entry that each sentence stands in; all 0 for a text that is told in one piece."""
    sentences = document.sentences
    opens = _find_openings(document, _MARK)
    if sum(opens) < _FEWEST:
        return (0,) * len(sentences)
    entries, entry = [], 0
    for is_open in opens:
        entry += is_open
        entries.append(entry)
    return tuple(entries)


def is_live(document: Document) -> bool:
    """Whether a text is a live blog: its entries have times, and all tell of one matter."""
    return sum(_find_openings(document, _TIME)) >= _FEWEST


def _find_openings(document: Document, mark: re.Pattern[str]) -> list[bool]:
    """Of each sentence, whether it opens a paragraph with such a mark."""
    sentences = document.sentences
    return [
        (number == 0 or sentences[number - 1].paragraph != sentence.paragraph)
        and mark.match(document.text, sentence.start) is not None
        for number, sentence in enumerate(sentences)
    ]


def find_datelines(document: Document) -> list[tuple[int, int]]:
    """Start and end of each dateline ("KABUL, Oct 16 — ") at the head of a text."""
    found = []
    for sentence in document.sentences[:3]:
        match = _DATELINE.match(document.text, sentence.start, min(sentence.end, sentence.start + 80))
        if match:
            found.append(match.span())
    return found


def looks_back(document: Document, start: int) -> bool:
    """Whether an entry calls itself background."""
    return _LOOKS_BACK.match(document.text, start) is not None
