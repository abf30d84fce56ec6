"""Sentences of statistics: what many incidents of a week, a month or a year cost. They tell of no incident."""

from __future__ import annotations

import re

from geo.text import Document
from geo.tokens import Sieve

_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_PERIOD = rf"""(?:
    (?:in|during|over|for|throughout)\s+(?:the\s+(?:month|quarter|year)\s+of\s+)?(?:{_MONTH})(?:\s+(?:19|20)\d\d)?\b(?!\s+\d)
    |between\s+\d{{1,2}}\s+(?:(?:{_MONTH})\s+(?:(?:19|20)\d\d\s+)?)?and\s+\d{{1,2}}\s+(?:{_MONTH})\b
    |\b(?:this|last|the\s+past|that|the\s+previous)\s+(?:month|quarter|year)\b
    |\bin\s+the\s+(?:first|second|third|fourth)\s+(?:quarter|half|\w+\s+months)\b
    |\bin\s+(?:19|20)\d\d\b)"""
_EVENTS = r"(?:attacks|incidents|deaths|casualties|fatalities|killings|violations|bombings|clashes|strikes|airstrikes)"
_STATISTIC = re.compile(
    rf"""\b(?:logged|tallied|tallies|documented|recorded|registered|verified|counted|collated|tracked)\s+
          (?:at\s+least\s+|some\s+|about\s+|a\s+total\s+of\s+|over\s+|more\s+than\s+)?\d[\d,.]*\s+(?:[\w-]+\s+){{0,3}}?
          (?:violent\s+)?(?:{_EVENTS}|events)\b
      |\b(?:{_EVENTS}|fatalities|violence)\s+(?:rose|fell|dropped|doubled|declined|increased)\s+by\b
      |\b(?:violence|militancy|operations|{_EVENTS})\b[^.;]{{0,60}}?\b(?:left|killed|claimed|cost)\b[^.;]{{0,80}}?{_PERIOD}
      |\b\d[\d,]*\s+(?:[\w-]+\s+){{0,3}}?{_EVENTS}\b[^.;]{{0,60}}?{_PERIOD}
      |{_PERIOD}[^.;]{{0,60}}?\b(?:logged|tallied|documented|recorded|registered|verified|counted|collated|tracked)\b[^.;]{{0,40}}?\d
      |{_PERIOD}[^.;]{{0,80}}?\b\d[\d,]*\s+(?:[\w-]+\s+){{0,3}}?{_EVENTS}\b
      |\b(?:highest|lowest|deadliest|bloodiest|worst)\s+(?:monthly|weekly|annual|yearly|quarterly)\b""",
    re.VERBOSE,
)
_GOES_ON = re.compile(
    rf"""\W*(?:together|in\s+all|altogether|another\s+\d+|of\s+(?:these|those|the|them)|most\b
          |the\s+(?:dead|victims|casualties|remaining|rest|other\s+{_EVENTS}|other\s+\w+\s+were
            |number\s+of|toll|total)
          |(?:women|children)\s+(?:and|made))\b""",
    re.VERBOSE,
)
_SHARES = re.compile(
    r"""\b(?:accounted\s+for\s+\w+|followed\s+with\s+\d+|worst\s+affected|saw\s+(?:\w+\s+)?\d+
          |\d+\s+of\s+the\s+(?:total|deaths|dead|casualties)|made\s+up\s+\d+|by\s+comparison)\b""",
    re.VERBOSE,
)
"""What a later sentence of the same report says of a part of such a count."""
_COVERING = re.compile(
    r"\W*(?:the|these|those|its|both)\s+(?:\w+\s+)?(?:figures?|numbers?|counts?|tolls?|totals?|tally|data|statistics)\b"
    r"[^.;]{0,40}?\b(?:cover|covers|covered|covering|include|includes|included|span|spans|spanned|are\s+for|come\s+from)\b",
)

_REACH = 3
"""Sentences after a count of many incidents in which its words may be gone on with."""
_SIEVE = Sieve(
    {
        "counting": r"^(?:logged|tallie[ds]|documented|recorded|registered|verified|counted|collated|tracked)$",
        "events": rf"^(?:violence|militancy|operations|{_EVENTS})$",
        "period": rf"^(?:{_MONTH}|months?|quarter|year|half|(?:19|20)\d\d)$",
        "change": r"^(?:rose|fell|dropped|doubled|declined|increased)$",
        "record": r"^(?:monthly|weekly|annual|yearly|quarterly)$",
    }
)
_COUNTING, _EVENT, _PERIOD_BIT, _CHANGE, _RECORD = map(_SIEVE.bit, ("counting", "events", "period", "change", "record"))


def find_statistics(document: Document) -> frozenset[int]:
    """Numbers of the sentences that count the incidents of a longer time together, and of those that go on with it."""
    if document.language in ("ur", "ps", "fa"):
        return frozenset()
    found: set[int] = set()
    last = -_REACH - 1
    words = document.words.words
    for number, sentence in enumerate(document.sentences):
        first, end = document.word_bounds[number]
        may_count = _may_count(_SIEVE.sift(words[first:end]))
        counts = may_count and _STATISTIC.search(document.lower, sentence.start, sentence.end)
        goes_on = number - last <= _REACH and _GOES_ON.match(document.lower, sentence.start, sentence.end)
        shares = found and _SHARES.search(document.lower, sentence.start, sentence.end)
        if counts or goes_on or shares:
            found.add(number)
            last = number
    return frozenset(found)


def says_coverage(document: Document, number: int) -> bool:
    """Whether a sentence says for which places the figures before it are: "the figures cover Khost and Kunar"."""
    sentence = document.sentences[number]
    return _COVERING.match(document.lower, sentence.start, sentence.end) is not None


def _may_count(bits: int) -> bool:
    """Whether a sentence has the words of a statistic: of counting, of a record, or of events in a time or changing."""
    return bool(bits & (_COUNTING | _RECORD) or (bits & _EVENT and bits & (_PERIOD_BIT | _CHANGE)))
