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
    """How values are compared; None compares them as they are."""

    def find(self, wanted: Collection[str]) -> Bools:
        """Incidents that bear at least one of the wanted values."""
        known = self._codes_of
        codes = [code for value in wanted for code in known.get(self.spell(value) if self.spell else value, ())]
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

    @cached_property
    def _codes_of(self) -> dict[str, list[int]]:
        codes: dict[str, list[int]] = {}
        for code, value in enumerate(self.values):
            codes.setdefault(self.spell(value) if self.spell else value, []).append(code)
        return codes


def make_labels(
    count: int, incident: Codes, values: Sequence[Any] | NDArray[Any], spell: Callable[[str], str] | None = None
) -> Labels:
    """Labels of pairs given row by row; rows without a value are left out, and those of no incident (-1)."""
    code, names = factorize(values)
    kept = (code >= 0) & (incident >= 0)
    width = max(len(names), 1)
    pairs = distinct(incident[kept] * width + code[kept])
    return Labels(
        count=count,
        values=tuple(copy_strings(names)),
        incident=(pairs // width).astype(np.int32),
        code=(pairs % width).astype(np.int32),
        spell=spell,
    )


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
