"""What incidents bear of one kind (provinces, types, outlets ...), as columns that are searched and counted at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Labels:
    """Pairs of an incident and a value it bears, each pair once."""

    count: int
    """How many incidents there are, with or without a value."""
    values: tuple[str, ...]
    incident: NDArray[np.int32]
    """Index of the incident of each pair."""
    code: NDArray[np.int32]
    """Index in ``values`` of each pair's value."""
    spell: Callable[[str], str] | None = None
    """How values are compared; None compares them as they are. No two values are spelled alike."""

    def find(self, wanted: Collection[str]) -> Bools:
        """Incidents that bear at least one of the wanted values."""
        codes = [code for value in wanted if (code := self._code_of(value)) is not None]
        chosen = np.zeros(len(self.values), dtype=bool)
        chosen[codes] = True
        found = np.zeros(self.count, dtype=bool)
        if codes:
            found[self.incident[chosen[self.code]]] = True
        return found

    def tally(self, matched: Bools) -> dict[str, int]:
        """How many of the matched incidents bear each value; values that none bears are left out."""
        bears = matched.take(self.incident)
        most = np.count_nonzero(bears) * 2 > len(bears)  # then it is less work to count those that do not match
        counts = np.bincount(self.code.compress(~bears if most else bears), minlength=len(self.values))
        counts = self._all_counts - counts if most else counts
        return {self.values[code]: int(counts[code]) for code in counts.nonzero()[0]}

    @cached_property
    def _all_counts(self) -> Codes:
        return np.bincount(self.code, minlength=len(self.values))

    def name_of(self, value: str) -> str:
        """The spelling that a value is counted by; the value itself when nothing bears it."""
        code = self._code_of(value)
        return value if code is None else self.values[code]

    def _code_of(self, value: str) -> int | None:
        return self._codes.get(self.spell(value) if self.spell else value)

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {self.spell(value) if self.spell else value: code for code, value in enumerate(self.values)}


def make_labels(
    count: int, incident: Codes, values: Sequence[Any] | NDArray[Any], spell: Callable[[str], str] | None = None
) -> Labels:
    """Labels of pairs given row by row; rows without a value are left out, and those of no incident (-1)."""
    code, names = factorize(values)
    kept = (code >= 0) & (incident >= 0)
    if spell:
        code, names = _merge_spellings(code, names, spell)
    width = max(len(names), 1)
    pairs = distinct(incident[kept] * width + code[kept])
    return Labels(
        count=count,
        values=tuple(copy_strings(names)),
        incident=(pairs // width).astype(np.int32),
        code=(pairs % width).astype(np.int32),
        spell=spell,
    )


def _merge_spellings(code: Codes, names: Sequence[Any], spell: Callable[[str], str]) -> tuple[Codes, Sequence[Any]]:
    """One code for all spellings of a value, which goes by the commonest, or by the first in the alphabet."""
    uses = np.bincount(code[code >= 0], minlength=len(names)).tolist()
    shown: dict[str, str] = {}
    for _, name in sorted(zip(uses, names, strict=True), key=lambda use: (-use[0], use[1])):
        shown.setdefault(spell(name), name)
    merged = {key: number for number, key in enumerate(shown)}
    of_name = np.array([*(merged[spell(name)] for name in names), -1], dtype=np.int64)
    return of_name[code], list(shown.values())


def copy_strings(strings: Iterable[Any]) -> list[Any]:
    """New strings in place of some among millions: one that stays would keep a whole block of the others' memory."""
    copied: list[Any] = pa.array(strings, type=pa.string()).to_pylist()
    return copied


def factorize(values: Sequence[Any] | NDArray[Any]) -> tuple[Codes, Sequence[Any]]:
    """A code for each value, -1 for None, and the values by code in the order they first stand."""
    column = values if isinstance(values, np.ndarray) else as_objects(values)
    codes, names = pd.factorize(column)
    return codes.astype(np.int64), names


def as_objects(values: Sequence[Any]) -> NDArray[Any]:
    """The values as they are, in an array."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def group_rows(*columns: NDArray[Any]) -> tuple[Codes, Codes]:
    """A code for each distinct row of the columns, and the first row that has it; equal unknowns are equal."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        found, names = factorize(column)
        codes = pd.factorize(codes * (len(names) + 1) + found + 1)[0].astype(np.int64)
    # codes are numbered in the order they first stand, so each first row is where the highest so far grows
    grown = np.diff(np.maximum.accumulate(codes), prepend=-1) > 0
    return codes, grown.nonzero()[0]


def distinct(numbers: Codes) -> Codes:
    """The numbers in order, each once; sorting is several times faster here than numpy's own ``unique``."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=ordered[:1] - 1) > 0]
