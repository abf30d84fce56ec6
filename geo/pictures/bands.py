"""Many stretches of the line in sum: cut into cells, each in the category that is told of it most (areas.js)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from geo.pictures.marks import Tally
from geo.taxonomy import CATEGORIES

MOST_BANDS = 60
"""More stretches than this hide one another."""
_CELL_KM = 5.0

Stretch = tuple[float, float, Tally]
"""First and last kilometre, and what is told of it."""


def sum_bands(stretches: Sequence[Stretch]) -> list[Stretch] | None:
    """Runs of cells of which the same category is told most; None while the stretches can be told apart."""
    if len(stretches) <= MOST_BANDS:
        return None
    count = math.ceil(max(last for _, last, _ in stretches) / _CELL_KM) + 1
    told = np.zeros((count + 1, len(CATEGORIES)), dtype=np.int64)
    for first, last, tally in stretches:
        told[int(first // _CELL_KM)] += tally.by_category
        told[max(int(first // _CELL_KM) + 1, math.ceil(last / _CELL_KM))] -= tally.by_category
    told = told.cumsum(axis=0)
    best = np.where(told.any(axis=1), told.argmax(axis=1), -1)
    edges = np.flatnonzero(np.diff(best, prepend=-2, append=-2))
    return [
        (first * _CELL_KM, last * _CELL_KM, _tally(told[first:last].max(axis=0).tolist(), int(best[first])))
        for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
        if best[first] >= 0
    ]


def _tally(by_category: list[int], best: int) -> Tally:
    return Tally(by_category=by_category, category=CATEGORIES[best])
