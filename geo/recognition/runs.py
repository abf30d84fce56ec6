"""Runs of capitalised words: the stretches of a text where Latin-script names can stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geo.text import match_key


def _capitals() -> str:
    letters = [chr(c) for c in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(c).isupper()]
    return "A-Z" + "".join(letters)


_CAPITAL = rf"[{_capitals()}][^\W_]*+"
_CONNECTOR = (
    r"(?:of the|of|and the|and"
    r"|de la|de los|de las|del|de|la|las|los|le|du|des|da|do|dos|di|al|el|e|i"
    r"|wa|va|sur|upon|on the|am|der|the|&)"
)
_JOINT = (
    r"(?:(?:(?<=[A-Z])|(?<=St|Mt|Ft|Dr|Mr|Ms|Jr|Sr|Lt)"
    r"|(?<=Mrs|Gen|Col|Maj|Sgt|Rev|Gov|Sen|Rep|Hon|Cpl|Pvt|Det|Adm|Ste))\.)?"
    r"(?:[ \u00a0]|(?<=[^\n])\n(?=[^\n]))|['’‘ʻ`.\-‐‑–](?=[^\W_])"
)
RUN = re.compile(
    rf"[{_capitals()}](?<![^\W_].)[^\W_]*+(?:(?:{_JOINT})(?:{_CONNECTOR}[ \-])?{_CAPITAL}|['’]s(?![^\W_]))*+"
)
"""One run: capitalised words with single spaces, hyphens, apostrophes and name-joining small words between them.

It looks behind its first letter, not before it: a search for a letter of a class is ten times as fast."""
_WORD = re.compile(r"[^\W_]+|&")

LONGEST_NAME = 80
"""Characters of a key looked at from one word on; the longest name in use is shorter."""


@dataclass(slots=True)
class Run:
    """A run with its words: their keys, where they stand in the text, and where in the run's match key.

    Not frozen, as there are so many: it takes a third of the time to make, and nothing changes it.
    """

    start: int
    end: int
    words: list[str]
    starts: list[int]
    ends: list[int]
    key: str
    offsets: list[int]

    def rest(self, word: int) -> str:
        """The match key from a word on, no longer than a name can be."""
        offset = self.offsets[word]
        return self.key[offset : offset + LONGEST_NAME]


def find_runs(text: str, may_name: Callable[[str], bool]) -> Iterator[Run]:
    """Every run of capitalised words, in reading order, without lone words of whose key ``may_name`` is not true.

    Those are the most: any sentence begins with one.
    """
    for match in RUN.finditer(text):
        start, end = match.span()
        piece = match.group()
        if piece.isalnum():  # one word, as most are
            key = piece.lower() if piece.isascii() else match_key(piece)
            if may_name(key):
                yield Run(start, end, [key], [start], [end], key, [0])
        else:
            yield _split_run(start, end, piece)


def _split_run(start: int, end: int, piece: str) -> Run:
    words, starts, ends, offsets, offset = [], [], [], [], 0
    for word in _WORD.finditer(piece):
        plain = word.group()
        key = plain.lower() if plain.isascii() else match_key(plain)
        words.append(key)
        starts.append(start + word.start())
        ends.append(start + word.end())
        offsets.append(offset)
        offset += len(key) + 1
    return Run(start, end, words, starts, ends, " ".join(words), offsets)
