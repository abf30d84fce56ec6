"""Provinces shaded by how many incidents name them (geo/web/map/provinces.js, shading.js, classes.js)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.filters import Filter
from geo.pictures.ground import Area
from geo.pictures.marks import Bools
from geo.pictures.scene import World
from geo.pictures.tokens import LAND, ON_RAMP, RAMP, SECOND
from geo.snapshot import Snapshot, match

_MOST_CLASSES = 5
"""A reader tells no more shades of one colour apart."""


@dataclass(frozen=True, eq=False, slots=True)
class Shade:
    """A province and how many of the incidents name it."""

    area: Area
    incidents: int
    fill: str
    ink: str
    """Colour of words on it."""


@dataclass(frozen=True, eq=False, slots=True)
class Shading:
    """Provinces by number of incidents."""

    shades: tuple[Shade, ...]
    classes: tuple[tuple[str, str], ...]
    """Range of numbers and colour of each class."""
    several: int
    """Incidents that name several provinces, counted in each."""
    nowhere: int
    """Those that name none."""


def shade_provinces(world: World) -> Shading:
    """Shades of all provinces; the classes are set by all data, so that a colour keeps its meaning at every date."""
    counts, named = count_by_province(world.snapshot, world.matched)
    anywhere, _ = count_by_province(world.snapshot, match(world.snapshot, Filter()))
    breaks = round_breaks(max(anywhere.values(), default=1))
    shades = tuple(_shade(area, counts.get(code, 0), breaks) for code, area in world.ground.provinces.items())
    return Shading(
        shades=shades,
        classes=tuple(zip(_ranges(breaks), (RAMP[_step(n, len(breaks))] for n in range(len(breaks))), strict=True)),
        several=int((named > 1).sum()),
        nowhere=int((named[world.matched] == 0).sum()),
    )


def count_by_province(snapshot: Snapshot, matched: Bools) -> tuple[dict[str, int], np.ndarray]:
    """Incidents that name each province, by its code; and how many provinces each incident names."""
    codes, of_spot = np.unique(snapshot.spots.adm1.astype(str), return_inverse=True)
    rows = matched[snapshot.marks.incident].nonzero()[0]
    incident, province = snapshot.marks.incident[rows], of_spot.reshape(-1)[snapshot.marks.spot[rows]]
    pairs = np.unique(incident * len(codes) + province) if len(rows) else np.zeros(0, dtype=np.int64)
    real = np.array([code not in ("None", "") for code in codes.tolist()], dtype=bool)
    pairs = pairs[real[pairs % len(codes)]] if len(pairs) else pairs
    counts = np.bincount(pairs % max(len(codes), 1), minlength=len(codes)).tolist() if len(pairs) else []
    named = np.bincount(pairs // max(len(codes), 1), minlength=len(snapshot))
    return {code: n for code, n in zip(codes.tolist(), counts, strict=False) if n}, named


def round_breaks(most: int) -> tuple[int, ...]:
    """Lower bounds of the classes: each whole number up to five, else growing by a constant factor to 1, 2 or 5."""
    if most <= _MOST_CLASSES:
        return tuple(range(1, max(1, most) + 1))
    breaks = [1]
    while len(breaks) < _MOST_CLASSES:
        following = max(_round(most ** (len(breaks) / _MOST_CLASSES)), _round_after(breaks[-1]))
        if following > most:
            break
        breaks.append(following)
    return tuple(breaks)


def _round_at(step: int) -> int:
    """1, 2 or 5 and noughts, in steps."""
    return int((1, 2, 5)[step % 3] * 10 ** (step // 3))


def _round(wanted: float) -> int:
    near = max(0, math.floor(math.log10(wanted) * 3))
    return min((_round_at(max(0, near + n)) for n in (-1, 0, 1, 2)), key=lambda n: abs(math.log(n / wanted)))


def _round_after(n: int) -> int:
    return next(found for step in range(60) if (found := _round_at(step)) > n)


def _ranges(breaks: Sequence[int]) -> list[str]:
    """ "1", "2–4", "20+" of each class."""
    highs = [*(following - 1 for following in breaks[1:]), None]
    return [
        f"{low:,}+" if high is None else f"{low:,}" if high == low else f"{low:,}–{high:,}"
        for low, high in zip(breaks, highs, strict=True)
    ]


def _step(index: int, count: int) -> int:
    """Which colour of the ramp a class has: few classes spread over all of it."""
    return _MOST_CLASSES // 2 if count == 1 else round(index * (_MOST_CLASSES - 1) / (count - 1))


def _shade(area: Area, n: int, breaks: Sequence[int]) -> Shade:
    found = sum(n >= low for low in breaks) - 1
    if found < 0:
        return Shade(area, n, LAND, SECOND)
    step = _step(found, len(breaks))
    return Shade(area, n, RAMP[step], ON_RAMP[step])
