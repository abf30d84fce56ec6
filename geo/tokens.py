"""The words of a text where they stand, and sieves that tell from words alone which patterns are worth trying.

A reader knows hundreds of phrases, and almost none of them is in any one sentence. Looking each up by a search through
the text is what reading would spend most of its time on. So a text is split into words once, and what a word can be
part of is remembered by the word: a pattern is tried only where one of its words stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate, pairwise
from operator import or_

_WORD = re.compile(r"(\w+)")
_MOST_KEPT = 50_000
"""Words a sieve remembers; beyond it starts again, so that no text can fill the memory."""
_LONGEST_KEPT = 40
"""Letters of a word worth remembering."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in small letters, in reading order, with where each begins."""

    words: list[str]
    starts: list[int]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Number of the first word that begins at or after an offset, and of the first at or after another."""
        first = bisect_left(self.starts, start)
        return first, bisect_left(self.starts, end, first)


def lower_case(text: str) -> str:
    """The text in small letters, code point for code point, so that offsets stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def word_set(listed: str) -> frozenset[str]:
    """The words of a list that is written with spaces between them."""
    return frozenset(listed.split())


def split_words(lower: str) -> Words:
    """The words (runs of letters, digits and underscores) of a text that is in small letters already."""
    pieces = _WORD.split(lower)  # gap, word, gap, word, ..., gap: three times as fast as one match after the other
    return Words(pieces[1::2], list(accumulate(map(len, pieces)))[::2])


_LETTERS = re.compile(r"[^\W_]*")
_MAY_BE_MISSING = ("?", "*", "{")
_WORD_ENDS = re.compile(r"(?: |-|\\b)(?![?*{])")


def gate_of(pattern: str) -> str:
    """A gate for a pattern of which each alternative begins with letters: those of them that are sure to stand there.

    Raises ValueError for an alternative that begins otherwise.
    """
    return "|".join(dict.fromkeys(_gates_of(pattern, "")))


def _gates_of(pattern: str, begin: str) -> Iterator[str]:
    """The gate of each alternative; ``begin`` is ``^`` where a word is known to begin before them."""
    for alternative in _split_alternatives(pattern):
        own = "^" if alternative.startswith(r"\b") else begin
        rest = alternative.removeprefix(r"\b")
        if rest.startswith("(?:") and not rest[_end_of_group(rest) + 1 :].startswith(_MAY_BE_MISSING):
            yield from _gates_of(rest[3 : _end_of_group(rest)], own)
            continue
        letters = _LETTERS.match(rest)[0]  # type: ignore[index]
        following = rest[len(letters) :]
        sure = letters[:-1] if following.startswith(_MAY_BE_MISSING) else letters
        if not sure:
            raise ValueError(f"{alternative!r} does not begin with letters")
        yield own + sure + ("$" if _WORD_ENDS.match(following) else "")


def _split_alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern, those within its groups left together."""
    cuts = [at for at, mark, depth in _marks(pattern) if mark == "|" and depth == 0]
    return [pattern[first + 1 : last] for first, last in pairwise([-1, *cuts, len(pattern)])]


def _end_of_group(pattern: str) -> int:
    """Where the group that a pattern begins with is closed."""
    return next(at for at, mark, depth in _marks(pattern) if mark == ")" and depth == 0)


def _marks(pattern: str) -> Iterator[tuple[int, str, int]]:
    """Where brackets and bars stand in a pattern outside of classes, and how many groups are open around each."""
    depth = 0
    for found in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|([(|)])", pattern):
        mark = found[1]
        depth -= mark == ")"
        if mark:
            yield found.start(), mark, depth
        depth += mark == "("


class Sieve(dict[str, int]):
    """For each word in small letters, one bit for every pattern that it may be part of.

    Each pattern is given as a gate: an expression found in at least one word of whatever the pattern matches. A gate
    may let too much through, never too little: a pattern that learns a word must be given it in its gate as well.
    """

    def __init__(self, gates: Mapping[str, str]) -> None:
        super().__init__()
        self._gates = [(1 << number, re.compile(gate, re.IGNORECASE)) for number, gate in enumerate(gates.values())]
        self._bits = {name: 1 << number for number, name in enumerate(gates)}

    def bit(self, name: str) -> int:
        """The bit of the gate of that name."""
        return self._bits[name]

    def sift(self, words: Iterable[str]) -> int:
        """The bits of all the words together."""
        return reduce(or_, filter(None, map(self.__getitem__, words)), 0)  # most words have none

    def __missing__(self, word: str) -> int:
        bits = sum(bit for bit, gate in self._gates if gate.search(word))
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = bits
        return bits
