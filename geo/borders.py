"""The line between two countries: kilometre marks, sides, crossings. Plain Python, so that reading text stays light."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypedDict

from geo.errors import DataError
from geo.settings import data_folder

_EQUATOR_KM = 6378.137
_FLATTENING = 1 / 298.257223563
_ECCENTRICITY_SQUARED = _FLATTENING * (2 - _FLATTENING)

_BLOCK = 8
"""Segments in a box of the search, and boxes in a box above."""


class LineRecord(TypedDict):
    """The content of ``line.json``, built by ``geo.boundaries.build_border``."""

    code: str
    countries: list[str]
    names: dict[str, str]
    note: list[str]
    coordinates: list[list[float]]
    km: list[float]
    breaks: list[int]
    left: list[str]
    stretches: dict[str, list[float]]
    attribution: str


class Location(NamedTuple):
    """Where a point is as seen from the border."""

    distance_km: float
    """Distance to the nearest point of the line."""
    km: float
    """Kilometre along the line of that nearest point."""
    side: str
    """ISO country code of the side of the nearest stretch that it lies on; beyond the line's ends, in a third
    country, it only tells on which side of the last stretch drawn out the point would be."""


class Crossing(NamedTuple):
    """A gate in the border."""

    place_id: str
    name: str
    lat: float
    lon: float
    km: float
    """Kilometre of the nearest point of the line."""
    names: Mapping[str, str]
    """Names by language, English among them."""


class _Box(NamedTuple):
    """Bounds of segments ``start`` to ``end``, or of the boxes ``inner``."""

    south: float
    west: float
    north: float
    east: float
    start: int
    end: int
    inner: tuple[_Box, ...]


@dataclass(frozen=True, kw_only=True)
class Border:
    """The line two countries share, from its south-west end (km 0) to its north-east end.

    Kilometres are measured on a generalised line: good for order and for distances along it,
    never to be shown as the length of the border.
    """

    code: str
    """The two ISO 3166 country codes in alphabetical order, e.g. ``AF-PK``."""
    countries: tuple[str, str]
    names: Mapping[str, str]
    """Names of the line by language, English always among them."""
    note: tuple[str, ...]
    """What a map must say beside the name, line by line; empty when nothing."""
    coordinates: tuple[tuple[float, float], ...]
    """Vertices (lat, lon)."""
    km: tuple[float, ...]
    """Kilometre of each vertex."""
    breaks: tuple[int, ...]
    """Indices of vertices where a new part of the line begins; kilometres do not count across the gap."""
    left: tuple[str, ...]
    """For each part, the country on the left hand of one who walks up the kilometres."""
    stretches: Mapping[str, tuple[float, float]]
    """First and last kilometre of each province on the line, by ISO 3166-2 code."""
    folder: Path | None = field(default=None, compare=False)
    """Where the border's other tables are; None when it was not opened from a folder."""

    @property
    def name(self) -> str:
        """Name of the line in English."""
        return self.names["en"]

    @property
    def disputed_note(self) -> str | None:
        """The note as one sentence part ("disputed: Kabul does not recognise it"); None when there is none."""
        return " ".join(self.note) or None

    def stretch_of(self, adm1: str) -> tuple[float, float] | None:
        """First and last kilometre that a province touches; None when it does not touch the line."""
        return self.stretches.get(adm1)

    def locate(self, lat: float, lon: float) -> Location:
        """Distance to the line in km, kilometre along it, and side, of a point in WGS 84 degrees."""
        km_north, km_east = _km_per_degree(lat)
        segment, t = self._nearest(lat, lon, km_north, km_east)
        (lat_a, lon_a), (lat_b, lon_b) = self.coordinates[segment], self.coordinates[segment + 1]
        near_lat, near_lon = lat_a + t * (lat_b - lat_a), lon_a + t * (lon_b - lon_a)
        return Location(
            measure_km(lat, lon, near_lat, near_lon),
            self.km[segment] + t * (self.km[segment + 1] - self.km[segment]),
            self._side(segment, t, lat, lon),
        )

    def point_at(self, km: float) -> tuple[float, float]:
        """The point (lat, lon) of the line at a kilometre, clamped to its ends."""
        after = next((i for i, mark in enumerate(self.km) if mark > km), len(self.km) - 1)
        before = max(after - 1, 0)
        span = self.km[after] - self.km[before]
        t = min(max((km - self.km[before]) / span, 0.0), 1.0) if span else 0.0
        (lat_a, lon_a), (lat_b, lon_b) = self.coordinates[before], self.coordinates[after]
        return lat_a + t * (lat_b - lat_a), lon_a + t * (lon_b - lon_a)

    @cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """Crossings of the border's table of places, in the order of the line."""
        table = self.folder / "places.csv" if self.folder else None
        if table is None or not table.exists():
            return ()
        with table.open(encoding="utf8", newline="") as lines:
            found = [self._crossing(row, table) for row in csv.DictReader(lines) if row["kind"] == "crossing"]
        return tuple(sorted(found, key=lambda crossing: crossing.km))

    def nearest_crossing(self, lat: float, lon: float) -> tuple[Crossing, float] | None:
        """The crossing nearest to a point and its distance in km; None when none is known."""
        if not self.crossings:
            return None
        return min(((c, measure_km(lat, lon, c.lat, c.lon)) for c in self.crossings), key=lambda pair: pair[1])

    def _crossing(self, row: Mapping[str, str], table: Path) -> Crossing:
        try:
            lat, lon = float(row["lat"]), float(row["lon"])
        except ValueError as error:
            raise DataError(f"{table}: crossing {row['id']!r} has no coordinates") from error
        names = {language: row[language].split("|")[0] for language in ("fa", "ps", "ur") if row.get(language)}
        return Crossing(row["id"], row["name"], lat, lon, self.locate(lat, lon).km, {"en": row["name"], **names})

    @cached_property
    def _tree(self) -> tuple[_Box, ...]:
        """Boxes of boxes of segments; the search opens only those that can hold a nearer one."""
        leaves = [
            _box_of(self.coordinates, start, min(start + _BLOCK, end - 1))
            for first, end in self._parts()
            for start in range(first, end - 1, _BLOCK)
        ]
        return tuple(_enclose(leaves[i : i + _BLOCK]) for i in range(0, len(leaves), _BLOCK))

    def _parts(self) -> Iterator[tuple[int, int]]:
        """First vertex of each part and one past its last."""
        marks = (0, *self.breaks, len(self.coordinates))
        return pairwise(marks)

    def _nearest(self, lat: float, lon: float, km_north: float, km_east: float) -> tuple[int, float]:
        """The nearest segment's first vertex, and how far along it (0..1) the nearest point lies."""
        best, nearest = math.inf, (0, 0.0)
        queue = [(_square_to(box, lat, lon, km_north, km_east), box) for box in self._tree]
        heapify(queue)
        while queue and queue[0][0] < best:
            _, box = heappop(queue)
            for inner in box.inner:
                heappush(queue, (_square_to(inner, lat, lon, km_north, km_east), inner))
            if box.inner:
                continue
            for segment in range(box.start, box.end):
                (lat_a, lon_a), (lat_b, lon_b) = self.coordinates[segment], self.coordinates[segment + 1]
                x, y = (lon - lon_a) * km_east, (lat - lat_a) * km_north
                dx, dy = (lon_b - lon_a) * km_east, (lat_b - lat_a) * km_north
                t = min(max((x * dx + y * dy) / (dx * dx + dy * dy), 0.0), 1.0)
                square = (x - t * dx) ** 2 + (y - t * dy) ** 2
                if square < best:
                    best, nearest = square, (segment, t)
        return nearest

    def _side(self, segment: int, t: float, lat: float, lon: float) -> str:
        """Country on the point's side; a point nearest to a vertex lies on the outer side of the bend there."""
        part = sum(mark <= segment for mark in self.breaks)
        first, end = list(self._parts())[part]
        corner = segment if t == 1.0 else segment - 1
        if t in (0.0, 1.0) and first <= corner < end - 2:
            turn = -self._turn(corner, *self.coordinates[corner + 2])
        else:
            turn = self._turn(segment, lat, lon)
        left = self.left[part]
        return left if turn > 0 else next(c for c in self.countries if c != left)

    def _turn(self, segment: int, lat: float, lon: float) -> float:
        """Positive when the point lies left of the segment's direction."""
        (lat_a, lon_a), (lat_b, lon_b) = self.coordinates[segment], self.coordinates[segment + 1]
        return (lon_b - lon_a) * (lat - lat_a) - (lat_b - lat_a) * (lon - lon_a)


def open_border(code: str, *, folder: Path | None = None) -> Border:
    """The border of two countries ("AF-PK"), from ``folder/<code>/line.json``, by default the project's data.

    Raises DataError when that border was not built; ``geo.boundaries.ensure_border`` builds it.
    """
    path = (folder or data_folder() / "borders") / code / "line.json"
    if not path.exists():
        raise DataError(f"the border {code!r} is not built: there is no {path}")
    try:
        record: LineRecord = json.loads(path.read_text(encoding="utf8"))
        return read_line(record, folder=path.parent)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path} is not a border line: {error}") from error


def read_line(record: LineRecord, *, folder: Path | None = None) -> Border:
    """The border that a ``line.json`` record holds; coordinates there are (lon, lat) as in GeoJSON."""
    first, second = record["countries"]
    return Border(
        code=record["code"],
        countries=(first, second),
        names=record["names"],
        note=tuple(record["note"]),
        coordinates=tuple((lat, lon) for lon, lat in record["coordinates"]),
        km=tuple(record["km"]),
        breaks=tuple(record["breaks"]),
        left=tuple(record["left"]),
        stretches={adm1: (start, end) for adm1, (start, end) in record["stretches"].items()},
        folder=folder,
    )


def stretch_between(km_a: float, km_b: float) -> tuple[float, float]:
    """The stretch of the line between two kilometres, lower first ("from Chaman to Torkham")."""
    return (km_a, km_b) if km_a <= km_b else (km_b, km_a)


def measure_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Distance of two points in km on the ellipsoid's radii at their middle latitude; within 0.1 % to 500 km."""
    km_north, km_east = _km_per_degree((lat_a + lat_b) / 2)
    return math.hypot((lat_b - lat_a) * km_north, (lon_b - lon_a) * km_east)


def _km_per_degree(lat: float) -> tuple[float, float]:
    """Kilometres of one degree of latitude and of longitude at a latitude, WGS 84."""
    sine = math.sin(math.radians(lat))
    bulge = 1 - _ECCENTRICITY_SQUARED * sine * sine
    north = _EQUATOR_KM * (1 - _ECCENTRICITY_SQUARED) / bulge**1.5
    east = _EQUATOR_KM / math.sqrt(bulge) * math.cos(math.radians(lat))
    return math.radians(north), math.radians(east)


def _box_of(coordinates: Sequence[tuple[float, float]], start: int, end: int) -> _Box:
    lats, lons = zip(*coordinates[start : end + 1], strict=True)
    return _Box(min(lats), min(lons), max(lats), max(lons), start, end, ())


def _enclose(boxes: Sequence[_Box]) -> _Box:
    return _Box(
        min(box.south for box in boxes), min(box.west for box in boxes),
        max(box.north for box in boxes), max(box.east for box in boxes),
        boxes[0].start, boxes[-1].end, tuple(boxes),
    )  # fmt: skip


def _square_to(box: _Box, lat: float, lon: float, km_north: float, km_east: float) -> float:
    """Square of the least distance in km that a point of the box can have."""
    north = max(box.south - lat, 0.0, lat - box.north) * km_north
    east = max(box.west - lon, 0.0, lon - box.east) * km_east
    return north * north + east * east
