"""The line that two countries share, laid out with kilometre marks: for any pair of neighbours in the world."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyproj
import shapely

from geo.borders import LineRecord
from geo.boundaries.units import Floats, country_shape, load_countries, load_provinces
from geo.errors import UsageError
from geo.settings import data_folder

ATTRIBUTION = "Made with Natural Earth"

_ELLIPSOID = pyproj.Geod(ellps="WGS84")

Edge = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBorder:
    """The line two countries share, laid from south-west to north-east."""

    countries: tuple[str, str]
    """ISO codes in alphabetical order."""
    parts: tuple[Floats, ...]
    """Each an array of (lon, lat) rows; several where a third land or water lies between."""
    km: tuple[Floats, ...]
    """Kilometre of each vertex, counted on over the parts and not across the gaps."""
    left: tuple[str, ...]
    """For each part, the country on the left hand."""


def shared_border(a: str, b: str) -> SharedBorder:
    """The line that two neighbouring countries (ISO codes) share; raises UsageError when they share none."""
    first, second = sorted((a.upper(), b.upper()))
    mine, other = edges_of(country_shape(first)), edges_of(country_shape(second))
    edges = mine & {(end, start) for start, end in other}
    if not edges:
        raise UsageError(f"{first} and {second} share no border")
    parts = _lay_parts([shapely.get_coordinates(line) for line in shapely.get_parts(merge_edges(edges))])
    left = tuple(first if (tuple(part[0]), tuple(part[1])) in edges else second for part in parts)
    return SharedBorder(countries=(first, second), parts=parts, km=_mark_km(parts), left=left)


def build_border(code: str) -> LineRecord:
    """The content of ``line.json`` for a border such as "AM-AZ"."""
    line = shared_border(*read_code(code))
    known = _known_line("-".join(line.countries))
    return {
        "code": "-".join(line.countries),
        "countries": list(line.countries),
        "names": _line_names(line, known),
        "note": known.get("note", "").split("|") if known.get("note") else [],
        "coordinates": [[round(lon, 5), round(lat, 5)] for part in line.parts for lon, lat in part.tolist()],
        "km": [round(mark, 3) for marks in line.km for mark in marks.tolist()],
        "breaks": np.cumsum([len(part) for part in line.parts])[:-1].tolist(),
        "left": list(line.left),
        "stretches": _stretches(line),
        "attribution": ATTRIBUTION,
    }


def read_code(code: str) -> tuple[str, str]:
    """The two countries of a border code; raises UsageError when it is not two codes of known countries."""
    pair = code.upper().split("-")
    known = set(load_countries()["country"].dropna())
    if len(pair) != 2 or pair[0] == pair[1] or not set(pair) <= known:
        raise UsageError(f"{code!r} is not a border: name two countries by their ISO codes, as in AF-PK")
    return pair[0], pair[1]


def edges_of(shape: shapely.MultiPolygon) -> set[Edge]:
    """Directed edges of a polygon's rings, its land always on the left."""
    laid = shapely.orient_polygons(shape, exterior_cw=False)
    rings = shapely.get_rings(shapely.get_parts(laid))
    edges: set[Edge] = set()
    for ring in rings:
        vertices = list(map(tuple, shapely.get_coordinates(ring).tolist()))
        edges.update(pairwise(vertices))
    return edges


def merge_edges(edges: set[Edge]) -> shapely.MultiLineString:
    """The edges joined to lines as long as can be; empty for none."""
    return shapely.MultiLineString() if not edges else shapely.line_merge(shapely.MultiLineString(sorted(edges)))


def _lay_parts(parts: Iterable[Floats]) -> tuple[Floats, ...]:
    """The parts each laid along the axis of the whole (south-west to north-east), and in its order."""
    pieces = sorted(parts, key=len, reverse=True)
    ends = pieces[0][[0, -1]]
    axis = ends[1] - ends[0]
    axis = axis if axis.sum() >= 0 else -axis
    if not axis.any():
        axis = np.array([1.0, 1.0])
    laid = [piece if (piece[-1] - piece[0]) @ axis >= 0 else piece[::-1] for piece in pieces]
    return tuple(sorted(laid, key=lambda piece: float(piece.mean(axis=0) @ axis)))


def _mark_km(parts: Sequence[Floats]) -> tuple[Floats, ...]:
    marks, start = [], 0.0
    for part in parts:
        steps = _ELLIPSOID.line_lengths(part[:, 0], part[:, 1]) / 1000
        marks.append(start + np.concatenate([[0.0], np.cumsum(steps)]))
        start = float(marks[-1][-1])
    return tuple(marks)


def _stretches(line: SharedBorder) -> dict[str, list[float]]:
    """First and last kilometre of every province on the line, in the order of the line."""
    marks = {}
    for part, km in zip(line.parts, line.km, strict=True):
        vertices = list(map(tuple, part.tolist()))
        for (start, end), steps in zip(pairwise(vertices), pairwise(km.tolist()), strict=True):
            marks[start, end] = marks[end, start] = steps
    provinces = load_provinces()
    found = {}
    for unit in provinces[provinces["country"].isin(line.countries)].itertuples():
        touched = [marks[edge] for edge in edges_of(unit.geometry) if edge in marks]
        if touched:
            found[unit.adm1 or unit.id] = [round(min(map(min, touched)), 3), round(max(map(max, touched)), 3)]
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _known_line(code: str) -> dict[str, str]:
    """The hand-made row of a line that has a name or a note of its own; empty when it has none."""
    with (data_folder() / "boundaries" / "borders.csv").open(encoding="utf8", newline="") as lines:
        return next((row for row in csv.DictReader(lines) if row["code"] == code), {})


def _line_names(line: SharedBorder, known: dict[str, str]) -> dict[str, str]:
    names = {key.removeprefix("name_"): text for key, text in known.items() if key.startswith("name_") and text}
    countries = load_countries().set_index("country")["name"]
    plain = "–".join(countries[code] for code in line.countries) + " border"
    return {"en": known.get("name") or plain, **names}
