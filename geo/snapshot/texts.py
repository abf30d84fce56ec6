"""Everything a reader may search for, as match keys in columns: found in any script and spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.gazetteer import Gazetteer
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


class Keys:
    """The match keys of texts: UTF-8 in one block, so that they cost little more than the texts themselves."""

    def __init__(self, texts: Texts) -> None:
        self._keys = pa.array(map(match_key, texts.rows), type=pa.large_string())
        self._incident, self._row = texts.incident, texts.row

    def find(self, key: str, found: Bools) -> None:
        """Mark the incidents that have a text with the key in it."""
        hits = pc.match_substring(self._keys, key).to_numpy(zero_copy_only=False).astype(bool)
        found[self._incident[hits[self._row]]] = True


@dataclass
class Search:
    """Finds the incidents that a word, name or phrase stands in."""

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
        """Incidents with the text in a title, an article, a claim, or the name of a place or an actor."""
        key = match_key(text)
        found = np.zeros(self.count, dtype=bool)
        if not key:
            return ~found
        for keys in self._gather():
            keys.find(key, found)
        return found | self.places.find({bearing.place.id for bearing in self.gazetteer.bearings(key)})

    def _gather(self) -> list[Keys]:
        with self._lock:
            if self._keys is None:
                self._keys = [*map(Keys, self.texts), Keys(self.read_articles())]
            return self._keys
