"""Land, provinces, the line, towns and crossings of a border, read from its basemap into world units."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from geo.borders import Border
from geo.errors import DataError
from geo.pictures.view import Box, Floats, box_around, to_world

Names = Mapping[str, str]


@dataclass(frozen=True, eq=False, slots=True)
class Area:
    """A country or province."""

    code: str
    names: Names
    rings: tuple[Floats, ...]
    """World units; they fill by the even-odd rule."""
    box: Box
    middle: tuple[float, float] | None
    """Where its name stands, (lat, lon)."""
    in_border: bool = True

    def name_in(self, language: str) -> str:
        """Its name in a language, else in English."""
        return self.names.get(language) or self.names.get("en", "")


@dataclass(frozen=True, eq=False, slots=True)
class Spot:
    """A town or a crossing."""

    id: str
    names: Names
    lat: float
    lon: float
    rank: int
    """1 for what is named from far away."""
    km: float = 0.0
    """Kilometre along the line, of a crossing."""

    def name_in(self, language: str) -> str:
        """Its name in a language, else in English."""
        return self.names.get(language) or self.names.get("en", "")


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """What lies under the incidents."""

    known: Box
    """Where water may be told from land, in world units; beyond it nothing is known."""
    home: Box
    """The two countries."""
    lands: tuple[Area, ...]
    provinces: Mapping[str, Area]
    """By ISO 3166-2 code."""
    edges: tuple[Floats, ...]
    """Edges between countries, the line left out."""
    line: Floats
    km: Floats
    """Kilometre of each vertex of the line."""
    line_names: Names
    line_note: tuple[str, ...]
    """What must stand beside the line's name, in English."""
    towns: tuple[Spot, ...]
    crossings: tuple[Spot, ...]
    attribution: str

    def stretch(self, first: float, last: float) -> Floats:
        """The line between two kilometres."""
        inner = (self.km > first) & (self.km < last)
        ends = [[float(np.interp(km, self.km, self.line[:, axis])) for axis in (0, 1)] for km in (first, last)]
        return np.vstack((ends[0], self.line[inner], ends[1]))


def read_ground(border: Border) -> Ground:
    """The ground of a border; raises DataError when its basemap has not been built."""
    path = border.folder / "basemap.json" if border.folder else None
    if path is None or not path.is_file():
        raise DataError(f"{border.code}: the basemap has not been built, so no picture can be drawn")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _: int) -> Ground:
    """The file as it was changed last."""
    record: Mapping[str, Any] = json.loads(path.read_text(encoding="utf8"))
    lands = tuple(_area(land.get("code") or "", land, None, in_border=land["in_border"]) for land in record["land"])
    provinces = [_area(land["adm1"], land, land["label"][::-1]) for land in record["provinces"]]
    line, note = record["line"], record["line"].get("note") or ()
    (south, west), (north, east) = record["bounds"]
    home = [corner for land in lands if land.in_border for corner in _corners(land.box)]
    return Ground(
        known=box_around(_world([(west, south), (east, north)])),
        home=box_around(np.array(home)),
        lands=lands,
        provinces={area.code: area for area in provinces},
        edges=tuple(_world(edge) for edge in record["edges"]),
        line=_world(line["coordinates"]),
        km=np.array(line["km"], dtype=float),
        line_names=line["names"],
        line_note=(note,) if isinstance(note, str) else tuple(note),
        towns=tuple(map(_spot, record["towns"])),
        crossings=tuple(map(_spot, record["crossings"])),
        attribution=record["attribution"],
    )


def _area(code: str, record: Mapping[str, Any], middle: Any, *, in_border: bool = True) -> Area:
    rings = tuple(_world(ring) for ring in record["rings"] if len(ring) > 2)
    return Area(
        code=code,
        names={"en": record.get("name") or "", **(record.get("names") or {})},
        rings=rings,
        box=box_around(np.vstack(rings)),
        middle=tuple(middle) if middle else None,
        in_border=in_border,
    )


def _spot(record: Mapping[str, Any]) -> Spot:
    return Spot(
        id=record["id"],
        names={"en": record["name"], **(record.get("names") or {})},
        lat=record["lat"],
        lon=record["lon"],
        rank=record.get("rank") or 9,
        km=record.get("km") or 0.0,
    )


def _world(lonlat: Sequence[Sequence[float]]) -> Floats:
    array = np.array(lonlat, dtype=float)
    return to_world(array[:, 1], array[:, 0])


def _corners(box: Box) -> list[tuple[float, float]]:
    return [(box.x0, box.y0), (box.x1, box.y1)]


def outline_of(areas: Sequence[Area]) -> list[Floats]:
    """One outline round several areas of one topology: edges that two of them share fall away."""
    rings = [ring for area in areas for ring in area.rings]
    if not rings:
        return []
    edges = np.vstack([np.hstack((ring[:-1], ring[1:])) for ring in rings])
    backwards = edges[:, [2, 3, 0, 1]]
    turned = (edges[:, 0] > edges[:, 2]) | ((edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3]))
    _, index, counts = np.unique(
        np.where(turned[:, None], backwards, edges), axis=0, return_inverse=True, return_counts=True
    )
    outer = counts[index.reshape(-1)] == 1
    paths: list[Floats] = []
    at = 0
    for ring in rings:
        count = len(ring) - 1
        kept = outer[at : at + count].nonzero()[0]
        for run in np.split(kept, np.flatnonzero(np.diff(kept) > 1) + 1) if len(kept) else ():
            paths.append(ring[run[0] : run[-1] + 2])
        at += count
    return paths
