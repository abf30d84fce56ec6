"""What a browser needs to draw a border without a tile: land, provinces, the line, towns and crossings."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.borders import Border, measure_km, open_border
from geo.boundaries.lines import ATTRIBUTION, build_border, edges_of, merge_edges, read_code, shared_border
from geo.boundaries.units import Floats, country_shape, load_countries, load_names, load_provinces
from geo.settings import data_folder

MARGIN_DEGREES = 4.0
"""Land shown beyond the two countries."""

TOWNS_OF_A_COUNTRY = 24
TOWN_SPACING_KM = 45.0
"""Towns nearer to a chosen one are left out, hand-named ones excepted: labels would collide."""

Box = tuple[float, float, float, float]
Line = list[list[float]]


def build_basemap(code: str, *, folder: Path | None = None) -> dict[str, object]:
    """The content of ``basemap.json``: all a browser needs to draw land, provinces, line and towns without a tile.

    ``folder`` is where the border's ``line.json`` and its table of places are, by default the project's data.
    Coordinates are (lon, lat) with three decimals (100 m); neighbours round alike, so no gap opens between them.
    """
    border = open_border(code, folder=folder)
    box = _view_box(border)
    west, south, east, north = box
    line = np.round(np.concatenate(shared_border(*border.countries).parts), 3).tolist()
    return {
        "code": border.code,
        "countries": list(border.countries),
        "bounds": [[south, west], [north, east]],
        "view": _view(border),
        "land": _draw_countries(border, box),
        "edges": _draw_edges(border, box),
        "provinces": _draw_provinces(border, box),
        "line": {
            "coordinates": line, "km": [round(km, 1) for km in border.km], "breaks": list(border.breaks),
            "names": dict(border.names), "note": list(border.note),
        },
        "towns": _choose_towns(border),
        "crossings": [
            {"id": c.place_id, "name": c.name, "names": dict(c.names), "lat": c.lat, "lon": c.lon, "km": round(c.km, 1)}
            for c in border.crossings
        ],
        "attribution": f"{ATTRIBUTION}; towns: GeoNames, CC BY 4.0",
    }  # fmt: skip


def ensure_border(code: str, cache_folder: Path) -> Path:
    """Folder to open the border from: the project's own, else ``cache_folder`` with the border built in it."""
    code = "-".join(sorted(read_code(code)))
    prebuilt = data_folder() / "borders"
    for folder in (prebuilt, cache_folder):
        if (folder / code / "line.json").exists() and (folder / code / "basemap.json").exists():
            return folder
    write_json(cache_folder / code / "line.json", build_border(code))
    write_json(cache_folder / code / "basemap.json", build_basemap(code, folder=cache_folder))
    return cache_folder


def write_json(path: Path, content: object) -> None:
    """Write compact UTF-8 JSON under a temporary name first, so that no reader finds half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.part")
    half.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf8")
    half.replace(path)


def _view_box(border: Border) -> Box:
    """West, south, east, north of both countries' main lands and a margin, in whole degrees.

    Of a country that reaches far from the line (Russia, China) only what lies near it counts.
    """
    lats, lons = zip(*border.coordinates, strict=True)
    reach = max(max(lats) - min(lats), max(lons) - min(lons), MARGIN_DEGREES)
    near = (min(lons) - reach, min(lats) - reach, max(lons) + reach, max(lats) + reach)
    lands = [shapely.clip_by_rect(country_shape(code), *near) for code in border.countries]
    west, south, east, north = shapely.total_bounds(lands)
    low = np.floor([west - MARGIN_DEGREES, south - MARGIN_DEGREES])
    high = np.ceil([east + MARGIN_DEGREES, north + MARGIN_DEGREES])
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _view(border: Border) -> list[float]:
    """Latitude, longitude and zoom at which the whole line fills a map about 900 pixels wide and 500 high."""
    lats, lons = zip(*border.coordinates, strict=True)
    stretched = [np.degrees(np.arcsinh(np.tan(np.radians(lat)))) for lat in (min(lats), max(lats))]
    span = max((max(lons) - min(lons)) / 900, (stretched[1] - stretched[0]) / 500)
    zoom = np.floor(np.log2(360 / 256 / span) * 4) / 4
    return [round((min(lats) + max(lats)) / 2, 2), round((min(lons) + max(lons)) / 2, 2), float(zoom)]


def _draw_countries(border: Border, box: Box) -> list[dict[str, object]]:
    countries = load_countries()
    names = load_names()
    drawn = []
    for row in countries.sindex.query(shapely.box(*box)):
        country = countries.iloc[row]
        rings = _rings(shapely.clip_by_rect(country.geometry, *box))
        if rings:
            known = {"en": country["name"], **names.get(f"country:{country.country}", {})}
            own = country.country in border.countries
            drawn.append(
                {"code": country.country, "name": country["name"], "names": known, "in_border": own, "rings": rings}
            )
    return sorted(drawn, key=lambda land: (land["in_border"], str(land["code"])))


def _draw_provinces(border: Border, box: Box) -> list[dict[str, object]]:
    provinces = load_provinces()
    drawn = [
        _province(unit, _rings(shapely.clip_by_rect(unit.geometry, *box)))
        for unit in provinces[provinces["country"].isin(border.countries)].sort_values("id").itertuples()
    ]
    return [province for province in drawn if province["rings"]]


def _province(unit: Any, rings: list[Line]) -> dict[str, object]:
    return {
        "adm1": unit.adm1 or unit.id, "name": unit.name, "names": {"en": unit.name, **load_names().get(unit.id, {})},
        "country": unit.country, "label": [round(unit.lon, 3), round(unit.lat, 3)], "rings": rings,
    }  # fmt: skip


def _draw_edges(border: Border, box: Box) -> list[Line]:
    """Lines between countries in view, each once; neither coasts nor the border itself are among them."""
    countries = load_countries()
    shapes = countries.iloc[sorted(countries.sindex.query(shapely.box(*box)))]
    edges = {name: edges_of(shape) for name, shape in zip(shapes["name"], shapes.geometry, strict=True)}
    own = {name for name, code in zip(shapes["name"], shapes["country"], strict=True) if code in border.countries}
    shared = {
        edge
        for name, mine in edges.items()
        for other, theirs in edges.items()
        if name < other and {name, other} != own
        for edge in mine & {(end, start) for start, end in theirs}
    }
    lines = shapely.get_parts(shapely.clip_by_rect(merge_edges(shared), *box))
    drawn = (_round(shapely.get_coordinates(line)) for line in lines)
    return [line for line in drawn if len(line) > 1]


def _rings(shape: shapely.Geometry) -> list[Line]:
    """Rings of a shape, outer and inner alike: filled by the even-odd rule."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    drawn = (_round(shapely.get_coordinates(ring)) for ring in shapely.get_rings(polygons))
    return [ring for ring in drawn if len(ring) > 3]


def _round(vertices: Floats) -> Line:
    """Vertices with three decimals, without repeats."""
    rounded = np.round(vertices, 3)
    fresh = np.concatenate([[True], (rounded[1:] != rounded[:-1]).any(axis=1)])
    line: Line = rounded[fresh].tolist()
    return line


def _choose_towns(border: Border) -> list[dict[str, object]]:
    """Towns for labels, most telling first: capitals, hand-named ones, then the largest, spaced out."""
    with (data_folder() / "boundaries" / "towns.csv").open(encoding="utf8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["country"] in border.countries]
    rows.sort(key=lambda row: (row["capital"], row["known"], int(row["population"])), reverse=True)
    return [town for country in border.countries for town in _space_out(r for r in rows if r["country"] == country)]


def _space_out(rows: Iterator[dict[str, str]]) -> list[dict[str, object]]:
    towns: list[dict[str, object]] = []
    points: list[tuple[float, float]] = []
    for row in rows:
        lat, lon = round(float(row["lat"]), 4), round(float(row["lon"]), 4)
        crowded = any(measure_km(lat, lon, *point) < TOWN_SPACING_KM for point in points)
        if len(towns) < TOWNS_OF_A_COUNTRY and (row["known"] == "1" or not crowded):
            points.append((lat, lon))
            towns.append(_town(row, lat, lon))
    return towns


def _town(row: dict[str, str], lat: float, lon: float) -> dict[str, object]:
    """A town's label; rank 1 is a capital, 2 a city of half a million, 3 the rest."""
    names = {key.removeprefix("name_"): text for key, text in row.items() if key.startswith("name_") and text}
    rank = 1 if row["capital"] == "1" else 2 if int(row["population"]) >= 500_000 else 3
    return {
        "id": row["id"], "name": row["name"], "names": {"en": row["name"], **names}, "country": row["country"],
        "lat": lat, "lon": lon, "rank": rank,
    }  # fmt: skip
