"""What is taken on the map and what is free: boxes of marks and words, and a coarse grid of all that is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from geo.pictures.view import Box, Floats, Point, View, clip_path, clip_ring

CELL = 6.0
"""Units to a cell."""
_BLOCK = 48.0
Cells = NDArray[np.bool_]


class Taken:
    """Boxes that nothing else may cover."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self.boxes: list[Box] = []
        self._near: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Take a box."""
        self.boxes.append(box)
        for key in _blocks(box):
            self._near.setdefault(key, []).append(box)

    def is_free(self, box: Box) -> bool:
        """Whether nothing stands there."""
        return not any(box.overlaps(other) for key in _blocks(box) for other in self._near.get(key, ()))


def _blocks(box: Box) -> list[tuple[int, int]]:
    """Blocks of the map that a box lies in, by which its neighbours are found."""
    columns = range(int(box.x0 // _BLOCK), int(box.x1 // _BLOCK) + 1)
    rows = range(int(box.y0 // _BLOCK), int(box.y1 // _BLOCK) + 1)
    return [(column, row) for column in columns for row in rows]


class Space:
    """The cells of a map: which of them something is drawn on."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.columns, self.rows = math.ceil(view.width / CELL), math.ceil(view.height / CELL)
        self.taken: Cells = np.zeros((self.rows, self.columns), dtype=bool)
        self._sums: NDArray[np.int64] | None = None

    def cells_of_rings(self, rings: Iterable[Floats]) -> Cells:
        """Cells whose middle rings in world units cover."""
        mask = Image.new("L", (self.columns, self.rows), 0)
        for ring in rings:
            cut = clip_ring(self.view.project(ring), self.view.frame.grow(24))
            if len(cut) > 2:
                one = Image.new("L", mask.size, 0)
                ImageDraw.Draw(one).polygon((cut / CELL).ravel().tolist(), fill=255)
                mask = ImageChops.difference(mask, one)
        return np.asarray(mask) > 0

    def cells_of_paths(self, paths: Iterable[Floats]) -> Cells:
        """Cells that paths in world units run through."""
        mask = Image.new("L", (self.columns, self.rows), 0)
        draw = ImageDraw.Draw(mask)
        for path in paths:
            for part in clip_path(self.view.project(path), self.view.frame.grow(24)):
                draw.line((part / CELL).ravel().tolist(), fill=255, width=1)
        return np.asarray(mask) > 0

    def take_cells(self, cells: Cells) -> None:
        """Take cells."""
        self.taken = self.taken | cells
        self._sums = None

    def give_back(self, before: Cells) -> None:
        """Let the cells be taken that were before ``take_cells``."""
        self.taken = before
        self._sums = None

    def take(self, box: Box) -> None:
        """Take the cells of a box."""
        c0, r0, c1, r1 = self._clamp(box)
        self.taken[r0:r1, c0:c1] = True
        self._sums = None

    def is_free(self, box: Box) -> bool:
        """Whether no cell of a box is taken."""
        c0, r0, c1, r1 = self._clamp(box)
        sums = self._count()
        return bool(sums[r1, c1] - sums[r0, c1] - sums[r1, c0] + sums[r0, c0] == 0)

    def find_free(
        self, size: Point, near: Point, *, within: Cells | None = None, margin: float = 10.0,
        cost: Callable[[NDArray[np.float64]], NDArray[np.float64]] | None = None,
    ) -> Box | None:  # fmt: skip
        """The free box of a size nearest to a point; ``within``: cells its middle must lie in; ``cost`` of its top."""
        w, h = size
        xs = np.arange(margin, self.view.width - margin - w, CELL)
        ys = np.arange(margin, self.view.height - margin - h, CELL)
        if not len(xs) or not len(ys):
            return None
        sums = self._count()
        c0, c1 = (xs // CELL).astype(int), np.minimum(np.ceil((xs + w) / CELL).astype(int), self.columns)
        r0, r1 = (ys // CELL).astype(int), np.minimum(np.ceil((ys + h) / CELL).astype(int), self.rows)
        used = sums[r1][:, c1] - sums[r0][:, c1] - sums[r1][:, c0] + sums[r0][:, c0]
        far = np.hypot(xs[None, :] + w / 2 - near[0], ys[:, None] + h / 2 - near[1])
        if cost is not None:
            far = far + cost(ys)[:, None]
        good = used == 0
        if within is not None:
            good &= within[((ys + h / 2) // CELL).astype(int)][:, ((xs + w / 2) // CELL).astype(int)]
        if not good.any():
            return None
        row, column = divmod(int(np.where(good, far, np.inf).argmin()), len(xs))
        return Box.at(float(xs[column]), float(ys[row]), w, h)

    def nearest_inside(self, cells: Cells, near: Point, depth: float, accepts: Callable[[Point], bool]) -> Point | None:
        """The point deep inside some cells that is nearest to a given one."""
        d = math.ceil(depth / CELL)
        side = 2 * d + 1
        if self.rows <= side or self.columns <= side:
            return None
        sums = sum_up(cells)
        full = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side] == side * side
        rows, columns = full.nonzero()
        points = np.column_stack((columns + d + 0.5, rows + d + 0.5)) * CELL
        order = np.argsort(np.hypot(*(points - near).T), kind="stable")
        return next((point for point in map(_point, points[order]) if accepts(point)), None)

    def middle_of(self, cells: Cells) -> Point | None:
        """Middle of some cells."""
        rows, columns = cells.nonzero()
        if not len(rows):
            return None
        return float(columns.mean() + 0.5) * CELL, float(rows.mean() + 0.5) * CELL

    def holds(self, cells: Cells, x: float, y: float) -> bool:
        """Whether a point lies in some cells."""
        row, column = int(y // CELL), int(x // CELL)
        return 0 <= row < self.rows and 0 <= column < self.columns and bool(cells[row, column])

    def _count(self) -> NDArray[np.int64]:
        if self._sums is None:
            self._sums = sum_up(self.taken)
        return self._sums

    def _clamp(self, box: Box) -> tuple[int, int, int, int]:
        def limit(value: float, most: int) -> int:
            return int(max(0, min(most, value)))

        return (
            limit(box.x0 // CELL, self.columns), limit(box.y0 // CELL, self.rows),
            limit(math.ceil(box.x1 / CELL), self.columns), limit(math.ceil(box.y1 / CELL), self.rows),
        )  # fmt: skip


def sum_up(cells: Cells) -> NDArray[np.int64]:
    """How many cells are taken left of and above each corner."""
    sums = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1), dtype=np.int64)
    sums[1:, 1:] = cells.cumsum(axis=0).cumsum(axis=1)
    return sums


_POSITIONS = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
"""Ways from a mark to its name, best first."""


def places_beside(at: Point, radius: float, size: Point) -> Iterable[Box]:
    """Boxes of a size round a mark, best first."""
    (x, y), (w, h) = at, size
    for dx, dy in _POSITIONS:
        reach = radius * 0.75 if dx and dy else radius
        left = x + reach + 2 if dx > 0 else x - reach - 2 - w if dx < 0 else x - w / 2
        away = 0.0 if dx else radius
        top = y + away if dy > 0 else y - h - away if dy < 0 else y - h / 2
        yield Box.at(left, top, w, h)


def find_beside(taken: Taken, at: Point, radius: float, size: Point, *, inside: Box, avoid: Space) -> Box | None:
    """Where a name can stand beside a mark; on strokes that should stay clear only when nothing else is free."""
    free = [box for box in places_beside(at, radius, size) if inside.holds(box) and taken.is_free(box)]
    return next((box for box in free if avoid.is_free(box)), free[0] if free else None)


def _point(row: Sequence[float]) -> Point:
    return float(row[0]), float(row[1])
