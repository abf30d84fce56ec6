"""Everything a reader may search for, as match keys in columns: found in any script and spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.gazetteer import DEMONYM, Gazetteer
from geo.snapshot.labels import Bools, Codes, Labels
from geo.text import match_key


class Strings(Sequence[str]):
    """Strings in one block of UTF-8: a quarter of the memory that as many Python strings take."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._block = pa.array(strings, type=pa.large_string())

    def __len__(self) -> int:
        return len(self._block)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            found: list[str] = self._block[index].to_pylist()
            return found
        return str(self._block[int(index)])

    def __iter__(self) -> Iterator[str]:
        return iter(self._block.to_pylist())

    def find(self, string: str) -> int:
        """Index of the first that is the string; -1 when none is."""
        marks, order = self._hashes
        at = int(np.searchsorted(marks, hash(string)))
        while at < len(order) and marks[at] == hash(string):
            if self[order[at]] == string:
                return int(order[at])
            at += 1
        return -1

    @cached_property
    def _hashes(self) -> tuple[Codes, Codes]:
        """The hash of each string, ascending, and its index: to look through all would take a millisecond."""
        marks = np.fromiter(map(hash, self), dtype=np.int64, count=len(self))
        order = np.argsort(marks, kind="stable")
        return marks[order], order


@dataclass(frozen=True)
class Texts:
    """Rows of text, and which incident each belongs to; a text that many incidents share stands once."""

    rows: Sequence[str]
    incident: Codes
    """Index of the incident of each pair."""
    row: Codes
    """Index of the text of each pair."""


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_LONGEST_NAME = 4
"""Words of the longest name of a place that is looked for in what was typed."""
_SHORTEST_NAME = 4
"""Letters of the shortest other name that is looked for: shorter ones stand inside many words."""


def search_key(text: str) -> str:
    """The text as it is searched: its match key, with the digits of every script as 0 to 9."""
    key = match_key(text)
    return key if key.isascii() else key.translate(_DIGITS)


class Keys:
    """The match keys of texts: UTF-8 in one block, so that they cost little more than the texts themselves."""

    def __init__(self, texts: Texts) -> None:
        self._keys = pa.array(map(search_key, texts.rows), type=pa.large_string())
        self._incident, self._row = texts.incident, texts.row

    def find(self, keys: Sequence[str], found: Bools) -> None:
        """Mark the incidents that have a text with one of the keys in it; many keys take little longer than one."""
        if len(keys) == 1:
            matched = pc.match_substring(self._keys, keys[0])
        else:
            matched = pc.match_substring_regex(self._keys, "|".join(map(re.escape, keys)))
        hits = matched.to_numpy(zero_copy_only=False).astype(bool)
        if hits.any():
            found[self._incident[hits[self._row]]] = True


@dataclass
class Search:
    """Finds the incidents that words and names stand in, whatever script and spelling they are in."""

    count: int
    """How many incidents there are."""
    places: Labels
    """Ids of the places of each incident."""
    gazetteer: Gazetteer
    texts: Sequence[Texts]
    """Titles, names and the words of claims."""
    read_articles: Callable[[], Texts]
    """Gets the articles themselves; called at the first search, since most readers never search."""
    _lock: Lock = field(default_factory=Lock, repr=False)
    _keys: list[Keys] | None = field(default=None, repr=False)

    def find(self, text: str) -> Bools:
        """Incidents with every word in a title, an article, a claim, or the name of a place or an actor.

        A name of a place stands for all its names: "Spera" finds a report that has it in Pashto only.
        """
        found = np.ones(self.count, dtype=bool)
        for name in self._split_names(search_key(text).split()):
            found &= self._find_name(name)
        return found

    def _split_names(self, words: Sequence[str]) -> Iterator[str]:
        """The words in order, those that together are the name of a place kept together."""
        start = 0
        while start < len(words):
            ends = range(min(len(words), start + _LONGEST_NAME), start, -1)
            end = next((end for end in ends if self.gazetteer.knows(" ".join(words[start:end]))), start + 1)
            yield " ".join(words[start:end])
            start = end

    def _find_name(self, name: str) -> Bools:
        """Incidents with the name, with another name of its place, or with all of its words."""
        bearings = self.gazetteer.bearings(name)
        places = {bearing.place.id for bearing in bearings}
        found = self.places.find(places)
        meant = {bearing.place.id for bearing in bearings if not bearing.flags & DEMONYM}
        others = {key for place in meant for key in self.gazetteer.spellings(place) if len(key) >= _SHORTEST_NAME}
        self._find_any({name, *others}, found)
        words = name.split()
        return found | self._find_all(words) if len(words) > 1 else found

    def _find_any(self, keys: Collection[str], found: Bools) -> None:
        """Mark the incidents with one of the keys; a key that another stands in adds nothing."""
        needed = sorted(key for key in keys if not any(other != key and other in key for other in keys))
        for texts in self._gather():
            texts.find(needed, found)

    def _find_all(self, words: Sequence[str]) -> Bools:
        every = np.ones(self.count, dtype=bool)
        for word in words:
            found = np.zeros(self.count, dtype=bool)
            self._find_any([word], found)
            every &= found
        return every

    def _gather(self) -> list[Keys]:
        with self._lock:
            if self._keys is None:
                self._keys = [*map(Keys, self.texts), Keys(self.read_articles())]
            return self._keys
