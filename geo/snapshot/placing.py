"""Spots and marks: where incidents are drawn, and how each place lies to the border."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.borders import Border
from geo.snapshot.labels import Codes, as_objects, copy_strings, group_rows
from geo.snapshot.locating import Floats, locate_points
from geo.snapshot.records import WHOLE_SHARE, Marks, Spots
from geo.snapshot.rows import ADM1, LINE, POINTS, UNKNOWN, Rows, codes_in

RIBBON_WITHIN_KM = 150.0
"""Points farther from the line have no kilometre along it: Kabul lies 100 km off and belongs, Lahore does not."""

_NAMES = ("place_id", "name", "adm1", "precision")
_NUMBERS = ("radius_km", "border_km_start", "border_km_end", "lat", "lon")
"""Columns that tell one spot from another."""


def place_incidents(rows: Rows, border: Border) -> tuple[Spots, Marks]:
    """The distinct spots that incidents name, and a mark for each incident at each of its spots."""
    code, first = group_rows(*map(rows.places, _NAMES), *(as_floats(rows.places(name)) for name in _NUMBERS))
    spots = _make_spots(rows, first, border)
    return spots, _make_marks(rows, code, spots, border)


def find_nearest(count: int, marks: Marks) -> Floats:
    """Distance of each incident's nearest place to the line, in km; NaN unknown."""
    nearest = np.full(count, np.inf)
    np.fmin.at(nearest, marks.incident, marks.distance_km)
    return np.where(np.isinf(nearest), np.nan, nearest)


def _make_spots(rows: Rows, made_from: Codes, border: Border) -> Spots:
    """A spot for each row given, and at the end one that is nowhere, for incidents without a place."""
    precision = np.append(rows.precision[made_from], UNKNOWN)
    lat, lon, radius, start, end = (
        np.append(as_floats(rows.places(name)[made_from]), np.nan)
        for name in ("lat", "lon", "radius_km", "border_km_start", "border_km_end")
    )
    point, line = precision < POINTS, precision == LINE
    lat, lon = np.where(point, lat, np.nan), np.where(point, lon, np.nan)
    whole = line & ~(np.abs(end - start) < WHOLE_SHARE * border.km[-1])
    names = {name: _names(rows, name, made_from) for name in ("place_id", "name", "kind", "adm1")}
    distance, km = locate_points(border, lat, lon)
    km = np.where(distance <= RIBBON_WITHIN_KM, km, np.nan)
    first, last = _stretches(border, names["adm1"], precision)
    return Spots(
        **names,
        precision=precision,
        lat=lat,
        lon=lon,
        radius_km=radius,
        km=np.select([line & ~whole, precision == ADM1], [np.fmin(start, end), first], km),
        km_end=np.select([line & ~whole, precision == ADM1], [np.fmax(start, end), last], km),
        distance_km=np.where(line, 0.0, distance),
        whole=whole,
    )


def _names(rows: Rows, column: str, made_from: Codes) -> NDArray[Any]:
    """Names of spots, and None for the one that is nowhere."""
    return as_objects([*copy_strings(rows.places(column)[made_from]), None])


def _stretches(border: Border, adm1: NDArray[Any], precision: Codes) -> tuple[Floats, Floats]:
    """First and last kilometre of each spot that is a province; NaN for others, and for those away from the line."""
    nowhere = (np.nan, np.nan)
    known = [
        (border.stretch_of(code) or nowhere) if code and sure == ADM1 else nowhere
        for code, sure in zip(adm1, precision, strict=True)
    ]
    first, last = np.array(known, dtype=float).reshape(-1, 2).T
    return first, last


def _make_marks(rows: Rows, code: Codes, spots: Spots, border: Border) -> Marks:
    """A mark for each event place; one at the spot that is nowhere for an incident without any."""
    placed = rows.event_rows
    without = np.setdiff1d(np.arange(rows.count), rows.place_incident[placed])
    incident = np.append(rows.place_incident[placed], without)
    spot = np.append(code[placed], np.full(len(without), len(spots) - 1))
    side = np.append(codes_in(rows.places("side")[placed], border.countries) + 1, np.zeros_like(without))
    said = np.append(as_floats(rows.places("distance_to_border_km")[placed]), np.full(len(without), np.nan))
    use_said = ~np.isnan(said) & (spots.precision[spot] < POINTS)
    order = np.argsort(incident, kind="stable")
    return Marks(
        incident=incident[order],
        spot=spot[order],
        side=side[order],
        first=np.diff(incident[order], prepend=-1) > 0,
        distance_km=np.where(use_said, said, spots.distance_km[spot])[order],
    )


def as_floats(column: NDArray[Any]) -> Floats:
    """Numbers, NaN for None."""
    return column.astype(np.float64)
