"""Which marks of a snapshot a picture shows, grouped as the browser's map groups them (geo/web/map/clusters.js)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.pictures.tokens import CLUSTER, GRID_CELL, HALO, MARK, RING
from geo.pictures.view import Floats, Point, View, to_world
from geo.snapshot import Snapshot
from geo.taxonomy import CATEGORIES

EXACT, NEAR, DISTRICT, PROVINCE, LINE = range(5)
"""Precisions that are drawn, as ``Spots.precision`` counts them."""

Codes = NDArray[np.int64]
Bools = NDArray[np.bool_]

_FARTHEST_LAT = 90.0
_FARTHEST_LON = 180.0
_RINGS_APART = RING * 2 + 2
_RING_AND_MARK_APART = RING + MARK / 2 + HALO
_MOST_ROUNDS = 4


@dataclass(frozen=True, eq=False, slots=True)
class Chosen:
    """Rows of the snapshot's marks that a filter leaves."""

    placed: Codes
    """Those with a point: a named place, near one, or a district."""
    world: Floats
    """Where these stand, in world units."""
    areas: Codes
    """Those that are a province or a stretch of the line."""


@dataclass(kw_only=True, slots=True)
class Tally:
    """How many incidents a thing on the map stands for, by category."""

    by_category: list[int]
    category: str
    """The most frequent, then the latest."""
    chosen: bool = False
    """Whether the opened incident is among them."""

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.by_category)


@dataclass(kw_only=True, slots=True)
class Group:
    """Marks of one spot, or of several that would cover each other."""

    spots: list[int]
    precision: int
    at: Point
    tally: Tally


@dataclass(kw_only=True, slots=True)
class Bubble:
    """Incidents of a cell of the grid."""

    at: Point
    radius: float
    tally: Tally


def choose_marks(snapshot: Snapshot, matched: Bools) -> Chosen:
    """The marks of incidents that a filter leaves; a position that is no place on Earth is not drawn."""
    marks, spots = snapshot.marks, snapshot.spots
    rows = matched[marks.incident].nonzero()[0]
    spot = marks.spot[rows]
    precision, lat, lon = spots.precision[spot], spots.lat[spot], spots.lon[spot]
    on_earth = np.isfinite(lat) & np.isfinite(lon) & (np.abs(lat) <= _FARTHEST_LAT) & (np.abs(lon) <= _FARTHEST_LON)
    placed = (precision <= DISTRICT) & on_earth
    areas = (precision == PROVINCE) | (precision == LINE)
    return Chosen(rows[placed], to_world(lat[placed], lon[placed]), rows[areas])


def see_marks(chosen: Chosen, view: View, margin: float) -> tuple[Codes, Floats]:
    """The placed marks in view, and where they stand in units."""
    at = view.project(chosen.world)
    frame = view.frame.grow(margin)
    seen = (at[:, 0] >= frame.x0) & (at[:, 0] <= frame.x1) & (at[:, 1] >= frame.y0) & (at[:, 1] <= frame.y1)
    return chosen.placed[seen], at[seen]


def tally_groups(snapshot: Snapshot, rows: Codes, group: Codes, count: int, opened: int | None) -> list[Tally]:
    """What each group of marks holds; ``group`` gives the group of each row."""
    width = len(CATEGORIES)
    incident = snapshot.marks.incident[rows]
    key = group * width + snapshot.category[incident]
    counts = np.bincount(key, minlength=count * width).reshape(count, width)
    newest = np.full(count * width, len(snapshot))
    np.minimum.at(newest, key, incident)  # incidents are numbered newest first
    first = newest.reshape(count, width)
    best = np.lexsort((first, -counts), axis=1)[:, 0]
    has_opened = np.zeros(count, dtype=bool)
    if opened is not None:
        has_opened[group[incident == opened]] = True
    return [
        Tally(by_category=row, category=CATEGORIES[most], chosen=own)
        for row, most, own in zip(counts.tolist(), best.tolist(), has_opened.tolist(), strict=True)
    ]


def group_by_spot(snapshot: Snapshot, rows: Codes, at: Floats, opened: int | None) -> list[Group]:
    """The marks of each spot."""
    spots, first, group = np.unique(snapshot.marks.spot[rows], return_index=True, return_inverse=True)
    tallies = tally_groups(snapshot, rows, group.reshape(-1), len(spots), opened)
    precision = snapshot.spots.precision[spots].tolist()
    points = at[first].tolist()
    return [
        Group(spots=[spot], precision=sure, at=(x, y), tally=tally)
        for spot, sure, (x, y), tally in zip(spots.tolist(), precision, points, tallies, strict=True)
    ]


def merge_near(groups: Sequence[Group], distance: float = CLUSTER) -> list[Group]:
    """Named places that would cover each other become one, which stands where its largest member stands."""
    clusters = [group for group in groups if group.precision == EXACT]
    for _ in range(_MOST_ROUNDS):
        merged = _merge_once(clusters, distance)
        if len(merged) == len(clusters):
            break
        clusters = merged
    return clusters


def _merge_once(clusters: Sequence[Group], distance: float) -> list[Group]:
    cell = max(distance, _RINGS_APART)
    cells: dict[tuple[int, int], list[Group]] = {}
    merged = []
    for cluster in sorted(clusters, key=lambda group: -group.tally.count):
        column, row = int(cluster.at[0] // cell), int(cluster.at[1] // cell)
        near = next((other for other in _neighbours(cells, column, row) if _touch(cluster, other, distance)), None)
        if near is not None:
            near.spots.extend(cluster.spots)
            near.tally = _add(near.tally, cluster.tally)
            continue
        kept = Group(spots=list(cluster.spots), precision=EXACT, at=cluster.at, tally=cluster.tally)
        cells.setdefault((column, row), []).append(kept)
        merged.append(kept)
    return merged


def _neighbours(cells: dict[tuple[int, int], list[Group]], column: int, row: int) -> Iterator[Group]:
    for c in range(column - 1, column + 2):
        for r in range(row - 1, row + 2):
            yield from cells.get((c, r), ())


def _touch(a: Group, b: Group, distance: float) -> bool:
    rings = int(a.tally.count > 1) + int(b.tally.count > 1)
    apart = (distance, _RING_AND_MARK_APART, _RINGS_APART)[rings]
    return math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) < max(apart, distance)


def _add(a: Tally, b: Tally) -> Tally:
    by_category = [n + m for n, m in zip(a.by_category, b.by_category, strict=True)]
    most = max(by_category)
    own = CATEGORIES.index(a.category)
    category = a.category if by_category[own] == most else CATEGORIES[by_category.index(most)]
    return Tally(by_category=by_category, category=category, chosen=a.chosen or b.chosen)


def count_on_grid(snapshot: Snapshot, rows: Codes, at: Floats, view: View) -> list[Bubble]:
    """Incidents by cells of a grid that is fixed to the world; one with several marks in a cell counts once."""
    world = (at + np.array((view.left, view.top))) / GRID_CELL
    cell = np.floor(world).astype(np.int64)
    corner = cell.min(axis=0)
    key = (cell[:, 1] - corner[1]) * (int(cell[:, 0].max()) - int(corner[0]) + 1) + cell[:, 0] - corner[0]
    _, once = np.unique(key * len(snapshot) + snapshot.marks.incident[rows], return_index=True)
    cells, first, group = np.unique(key[once], return_index=True, return_inverse=True)
    group = group.reshape(-1)
    tallies = tally_groups(snapshot, rows[once], group, len(cells), None)
    means, bubbles = _means(world[once], group, len(cells)), []
    for n, tally in enumerate(tallies):
        radius = min(GRID_CELL / 2 - 1, 9.5 + 3.2 * math.log10(tally.count))
        low = cell[once][first[n]] + radius / GRID_CELL
        middle = np.clip(means[n], low, low + 1 - 2 * radius / GRID_CELL)
        x, y = (middle * GRID_CELL - (view.left, view.top)).tolist()
        bubbles.append(Bubble(at=(x, y), radius=radius, tally=tally))
    return bubbles


def _means(points: Floats, group: Codes, count: int) -> Floats:
    sums = np.column_stack([np.bincount(group, weights=points[:, axis], minlength=count) for axis in (0, 1)])
    means: Floats = sums / np.bincount(group, minlength=count)[:, None]
    return means
