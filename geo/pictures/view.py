"""Where a map looks: Web Mercator as the browser's map has it, and the shapes of the ground cut to what is seen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = tuple[float, float]

_WORLD = 256.0
"""World units over the whole world, as Leaflet has them at zoom 0."""
_METRES = 156_543.03392804097
"""Metres to a unit at zoom 0 on the equator."""
_FARTHEST_LAT = 85.05


@dataclass(frozen=True, slots=True)
class Box:
    """A box, its y axis pointing down."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def at(cls, x: float, y: float, w: float, h: float) -> Box:
        """The box with a top left corner and a size."""
        return cls(x, y, x + w, y + h)

    @classmethod
    def around(cls, x: float, y: float, reach: float) -> Box:
        """The square round a point."""
        return cls(x - reach, y - reach, x + reach, y + reach)

    @property
    def middle(self) -> Point:
        """Its middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def overlaps(self, other: Box) -> bool:
        """Whether the two share ground."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly in this one."""
        return self.x0 <= other.x0 and self.y0 <= other.y0 and other.x1 <= self.x1 and other.y1 <= self.y1

    def grow(self, by: float) -> Box:
        """The box with so much more on each side."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world in a box: units = world * scale - (left, top)."""

    scale: float
    left: float
    top: float
    width: float
    height: float

    @property
    def frame(self) -> Box:
        """The box, in units."""
        return Box(0.0, 0.0, self.width, self.height)

    def project(self, world: Floats) -> Floats:
        """World coordinates (rows of x, y) in units of the box."""
        projected: Floats = world * self.scale - (self.left, self.top)
        return projected

    def place(self, lat: float, lon: float) -> Point:
        """A place in units of the box."""
        x, y = self.project(to_world(np.array([lat]), np.array([lon])))[0]
        return float(x), float(y)

    def reach(self, km: float, lat: float) -> float:
        """Kilometres at a latitude in units."""
        return km * 1_000 / (_METRES * math.cos(math.radians(lat))) * self.scale

    def lat_at(self, y: float) -> float:
        """Latitude at a height of the box."""
        north = math.pi * (1 - 2 * (y + self.top) / (_WORLD * self.scale))
        return math.degrees(math.atan(math.sinh(north)))

    def box_of(self, world: Box) -> Box:
        """A box of the world in units."""
        k = self.scale
        return Box(world.x0 * k - self.left, world.y0 * k - self.top, world.x1 * k - self.left, world.y1 * k - self.top)

    @property
    def zoom(self) -> float:
        """Zoom as the browser's map counts it."""
        return math.log2(self.scale)


def view_at(lat: float, lon: float, zoom: float, *, width: float, height: float) -> View:
    """The view with a place in its middle."""
    scale = 2.0**zoom
    x, y = to_world(np.array([lat]), np.array([lon]))[0] * scale
    return View(scale, float(x) - width / 2, float(y) - height / 2, width, height)


def to_world(lat: Floats, lon: Floats) -> Floats:
    """Rows of (x, y) in world units."""
    sine = np.sin(np.radians(np.clip(lat, -_FARTHEST_LAT, _FARTHEST_LAT)))
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return np.column_stack(((lon + 180) / 360, y)) * _WORLD


def box_around(points: Floats) -> Box:
    """The box round points."""
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return Box(float(x0), float(y0), float(x1), float(y1))


def clip_ring(points: Floats, box: Box) -> Floats:
    """A closed ring cut to a box (Sutherland and Hodgman); empty when it lies outside."""
    for axis, limit, sign in ((0, box.x0, 1), (0, box.x1, -1), (1, box.y0, 1), (1, box.y1, -1)):
        if len(points) < 3:
            return points[:0]
        depth = (points[:, axis] - limit) * sign
        if (depth >= 0).all():
            continue
        points = _cut(points, depth)
    return points


def _cut(points: Floats, depth: Floats) -> Floats:
    """The part of a ring on the good side of a line, ``depth`` units from it."""
    following, depth_next = np.roll(points, -1, axis=0), np.roll(depth, -1)
    crosses = (depth >= 0) != (depth_next >= 0)
    share = np.where(crosses, depth / np.where(crosses, depth - depth_next, 1), 0)[:, None]
    crossing = points + share * (following - points)
    both = np.stack((points, crossing), axis=1).reshape(-1, 2)
    kept = np.stack((depth >= 0, crosses), axis=1).reshape(-1)
    cut: Floats = both[kept]
    return cut


def clip_path(points: Floats, box: Box) -> Iterator[Floats]:
    """The parts of an open path that come near a box: whole segments, the ends of each cut to the box."""
    if len(points) < 2:
        return
    starts, ways = points[:-1], np.diff(points, axis=0)
    low, high = np.zeros(len(ways)), np.ones(len(ways))
    for axis, (first, last) in enumerate(((box.x0, box.x1), (box.y0, box.y1))):
        with np.errstate(divide="ignore", invalid="ignore"):
            ends = np.stack(((first - starts[:, axis]) / ways[:, axis], (last - starts[:, axis]) / ways[:, axis]))
        still = ways[:, axis] == 0
        inside = (starts[:, axis] >= first) & (starts[:, axis] <= last)
        low = np.maximum(low, np.where(still, np.where(inside, 0, 2), ends.min(axis=0)))
        high = np.minimum(high, np.where(still, 1, ends.max(axis=0)))
    seen = (low <= high).nonzero()[0]
    for run in np.split(seen, np.flatnonzero(np.diff(seen) > 1) + 1) if len(seen) else ():
        part = np.vstack((points[run], points[run[-1] + 1]))
        part[0] = starts[run[0]] + low[run[0]] * ways[run[0]]
        part[-1] = starts[run[-1]] + high[run[-1]] * ways[run[-1]]
        yield part
