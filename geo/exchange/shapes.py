"""Where an incident happened as GeoJSON geometry, no finer than the report says.

Exact: a point. Near: the disc. District: a disc of its size, for there are no district outlines. Province: its outline.
Line: the stretch of the border. Country or unknown: none. Coordinates are (lon, lat), rings run counterclockwise
outside and clockwise inside (RFC 7946), and what crosses the 180th meridian is cut there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
import shapely.affinity
import shapely.geometry
from numpy.typing import NDArray

from geo.borders import Border
from geo.boundaries import load_provinces
from geo.gazetteer import Gazetteer
from geo.model import IncidentPlace, Place, Scope

Degrees = NDArray[np.float64]
Geometry = dict[str, Any]
"""A GeoJSON geometry."""

NEAR_KM = 10.0
"""Radius of "near" where the record gives none."""
DISTRICT_KM = 15.0
"""Radius of a district whose size is not known, as on the map."""
_VAGUE = ("country", "adm1", "adm2", "area", "line")
"""Kinds of place that no point stands for."""
_DECIMALS = 4
"""Of a degree: about ten metres."""
_TOLERANCE = 0.004
"""Degrees an exported outline may leave the stored one, about 400 m: a third of the vertices."""
_CORNERS = 48
_EARTH_KM = 6371.0088


def place_geometry(place: IncidentPlace, border: Border, gazetteer: Gazetteer) -> Geometry | None:
    """The geometry of an incident's place; None where the report names no place or only a country."""
    if place.precision == "exact":
        position = position_of(place.place)
        return {"type": "Point", "coordinates": _as_lists(position)} if position else None
    if place.precision == "near":
        return _as_geometry(_disc(place.place, place.radius_km or NEAR_KM))
    if place.precision == "adm2":
        disc = _as_geometry(_disc(place.place, district_radius_km(place.place, gazetteer)))
        return disc or _province(place.adm1)
    if place.precision == "adm1":
        return _province(place.adm1)
    return _stretch(place, border) if place.precision == "line" else None


def scope_geometry(scope: Scope, border: Border, gazetteer: Gazetteer) -> Geometry | None:
    """The area a total is for: its provinces and districts as one, else the border line, else the places as points."""
    places = [place for code in scope.places if (place := gazetteer.adm1(code) or gazetteer.place(code))]
    areas = [_outline(code) for code in scope.places]
    areas += [_disc(p, district_radius_km(p, gazetteer)) for p in places if p.kind in ("adm2", "area")]
    areas = [area for area in areas if area is not None]
    if areas:
        return _as_geometry(shapely.union_all(areas))
    if any(place.kind == "line" for place in places):
        return line_geometry(border)
    points = [position for place in places if place.kind not in _VAGUE and (position := position_of(place))]
    return {"type": "MultiPoint", "coordinates": _as_lists(points)} if points else None


def province_geometry(codes: Iterable[str | None]) -> Geometry | None:
    """The outlines of provinces as one geometry, edges between them gone; None when there is none of them."""
    outlines = [outline for code in sorted({code for code in codes if code}) if (outline := _outline(code)) is not None]
    return _as_geometry(shapely.union_all(outlines)) if outlines else None


def district_radius_km(place: Place | None, gazetteer: Gazetteer) -> float:
    """Radius of a disc of a district's size."""
    extra = gazetteer.extras.get(place.id) if place else None
    return (extra.radius_km if extra else None) or DISTRICT_KM


def line_geometry(border: Border, start: float | None = None, end: float | None = None) -> Geometry:
    """The border between two kilometres, all of it when none is given."""
    first = border.km[0] if start is None else start
    last = border.km[-1] if end is None else end
    parts = [part for part in _cut_parts(border, min(first, last), max(first, last)) if len(part) > 1]
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


class Bounds:
    """West, south, east and north of the geometries that were added."""

    def __init__(self) -> None:
        self._corners: list[float] | None = None

    def add(self, geometry: Geometry | None) -> None:
        """Take a geometry in."""
        if geometry is None:
            return
        west, south, east, north = shapely.geometry.shape(geometry).bounds
        if self._corners is None:
            self._corners = [west, south, east, north]
            return
        was = self._corners
        self._corners = [min(was[0], west), min(was[1], south), max(was[2], east), max(was[3], north)]

    def corners(self) -> list[float] | None:
        """The bounds in degrees; None when nothing has been added."""
        return [_round(corner) for corner in self._corners] if self._corners else None


def position_of(place: Place | None) -> tuple[float, float] | None:
    """Longitude and latitude; None when the place has no point or an impossible one."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return (place.lon, place.lat) if abs(place.lat) <= 90 and abs(place.lon) <= 180 else None


def draw_discs(lon: Degrees, lat: Degrees, radius_km: Degrees) -> NDArray[np.object_]:
    """Discs of points at one distance on the sphere, cut where they cross the 180th meridian."""
    bearing = -2 * np.pi * np.arange(_CORNERS) / _CORNERS  # counterclockwise
    distance, north = (radius_km / _EARTH_KM)[:, None], np.radians(lat)[:, None]
    sine = np.sin(north) * np.cos(distance) + np.cos(north) * np.sin(distance) * np.cos(bearing)
    east = np.arctan2(np.sin(bearing) * np.sin(distance) * np.cos(north), np.cos(distance) - np.sin(north) * sine)
    longitudes = lon[:, None] + np.degrees(east)  # may run beyond 180
    discs = shapely.polygons(np.stack([longitudes, np.degrees(np.arcsin(np.clip(sine, -1, 1)))], axis=-1))
    for across in (np.abs(longitudes).max(axis=1, initial=0) > 180).nonzero()[0]:
        discs[across] = _cut_at_date_line(discs[across])
    return np.asarray(discs, dtype=object)


def province_shape(code: str) -> shapely.Geometry | None:
    """The outline of a province as it is exported; None when nobody knows it."""
    return _outline(code)


def _disc(place: Place | None, radius_km: float) -> shapely.Geometry | None:
    position = position_of(place)
    if position is None:
        return None
    return draw_discs(*(np.array([value], dtype=float) for value in (*position, radius_km)))[0]


def _cut_at_date_line(shape: shapely.Polygon) -> shapely.Geometry:
    world = shapely.box(-180, -90, 180, 90)
    turns = [shapely.affinity.translate(shape, turn) for turn in (-360, 0, 360)]
    return shapely.union_all([shapely.intersection(world, turned) for turned in turns])


@cache
def _province(code: str | None) -> Geometry | None:
    return province_geometry([code])


@cache
def _outline(code: str) -> shapely.Geometry | None:
    provinces = load_provinces()
    found = provinces.geometry[provinces["adm1"] == code]
    return None if found.empty else shapely.simplify(shapely.union_all(found.values), _TOLERANCE)


def _stretch(place: IncidentPlace, border: Border) -> Geometry | None:
    if place.border_km_start is None:
        return line_geometry(border)
    end = place.border_km_end
    return line_geometry(border, place.border_km_start, place.border_km_start if end is None else end)


def _cut_parts(border: Border, start: float, end: float) -> list[list[list[float]]]:
    """The vertices between two kilometres, part by part, with the cut ends."""
    marks = [0, *border.breaks, len(border.km)]
    parts = []
    for first, after in pairwise(marks):
        low, high = max(start, border.km[first]), min(end, border.km[after - 1])
        if low > high:
            continue
        inner = border.coordinates[
            bisect_right(border.km, low, first, after) : bisect_left(border.km, high, first, after)
        ]
        ends = _point_at(border, first, after, low), _point_at(border, first, after, high)
        parts.append([[_round(lon), _round(lat)] for lat, lon in (ends[0], *inner, ends[1])])
    return parts


def _point_at(border: Border, first: int, after: int, km: float) -> tuple[float, float]:
    """The point of one part at a kilometre; two parts share the kilometre at a gap."""
    end = min(max(bisect_left(border.km, km, first, after), first + 1), after - 1)
    share = (km - border.km[end - 1]) / ((border.km[end] - border.km[end - 1]) or 1.0)
    (lat_a, lon_a), (lat_b, lon_b) = border.coordinates[end - 1], border.coordinates[end]
    return lat_a + share * (lat_b - lat_a), lon_a + share * (lon_b - lon_a)


def _as_geometry(shape: shapely.Geometry | None) -> Geometry | None:
    """A shape as GeoJSON with rings by the right-hand rule; None for none."""
    if shape is None:
        return None
    laid = shapely.orient_polygons(shapely.set_precision(shape, 10**-_DECIMALS), exterior_cw=False)
    geometry = shapely.geometry.mapping(laid)
    return {"type": geometry["type"], "coordinates": _as_lists(geometry["coordinates"])}


def _as_lists(coordinates: Any) -> Any:
    if not isinstance(coordinates, list | tuple):
        return _round(coordinates)
    return [_as_lists(part) for part in coordinates]


def _round(degrees: float) -> float:
    return round(float(degrees), _DECIMALS)
