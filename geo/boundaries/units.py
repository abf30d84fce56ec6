"""Provinces and countries of the world, and which of them a point is in."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import DataError
from geo.settings import data_folder

TEXT_DECIDES_KM = 5.0
"""This near to the line the text names the country: of real points there 13 % lie across a generalised line,
and no point of 22,070 lay in the wrong country farther from it than 3.7 km."""

OFFSHORE_KM = 5.0
"""Ports and islets this far off a generalised coast still belong to the province behind it."""

_KM_PER_DEGREE = 111.2

Floats = npt.NDArray[np.float64]


@cache
def load_provinces() -> gpd.GeoDataFrame:
    """First-level units of the world: id, adm1 (ISO 3166-2 or None), name, country, lat, lon, geometry (EPSG:4326).

    The table is read once and shared: copy it before changing it.
    """
    return _load("provinces")


@cache
def load_countries() -> gpd.GeoDataFrame:
    """Countries of the world: country (ISO 3166-1, None for unclaimed land), name, lat, lon, geometry (EPSG:4326)."""
    return _load("countries")


def join_provinces(points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The points with ``adm1``, ``province`` (name) and ``country`` of the unit each lies in; None at sea.

    A point on a shared edge goes to one of its units; one up to OFFSHORE_KM off a coast to the nearest.
    """
    if points.crs is not None and points.crs.to_epsg() != 4326:
        points = points.to_crs(4326)
    units = _units_at(points.geometry.x.to_numpy(), points.geometry.y.to_numpy())
    joined = load_provinces()[["adm1", "name", "country"]].reindex(units).astype(object)
    joined = joined.where(joined.notna(), None).set_axis(points.index)
    return points.assign(adm1=joined["adm1"], province=joined["name"], country=joined["country"])


def find_provinces(lats: Sequence[float] | Floats, lons: Sequence[float] | Floats) -> list[str | None]:
    """ISO 3166-2 codes of the provinces the points lie in; None at sea and where the unit has no sure code."""
    units = _units_at(np.asarray(lons, dtype=float), np.asarray(lats, dtype=float))
    codes = load_provinces()["adm1"].to_numpy()
    return [codes[unit] if unit >= 0 else None for unit in units]


def province_of(lat: float, lon: float) -> str | None:
    """ISO 3166-2 code of the province a point lies in; None at sea and where the unit has no sure code."""
    return find_provinces([lat], [lon])[0]


def join_with_country(lat: float, lon: float, country: str | None, adm1: str | None = None) -> str | None:
    """The province of a point when the text names its country, and perhaps its province.

    Within TEXT_DECIDES_KM of the text's province, or else of the text's country, the text decides;
    farther off, or without a country, the polygon does. Of a province without an outline only the text can tell.
    """
    found = province_of(lat, lon)
    if country is None or (found is not None and found == adm1):
        return found
    if adm1 is not None and not (load_provinces()["adm1"] == adm1).any():
        return adm1
    provinces = load_provinces()
    near = rows_near(provinces, lat, lon, TEXT_DECIDES_KM)
    own = [unit for unit in near if provinces["country"].iat[unit] == country]
    codes = [provinces["adm1"].iat[unit] for unit in own]
    if adm1 in codes:
        return adm1
    if found in codes:
        return found
    return codes[0] if codes else found


def country_shape(code: str) -> shapely.MultiPolygon:
    """The polygons of a country by its ISO code."""
    countries = load_countries()
    return countries.geometry[countries["country"] == code].iloc[0]


def rows_near(units: gpd.GeoDataFrame, lat: float, lon: float, km: float) -> list[int]:
    """Rows of the units within some kilometres of a point, nearest first."""
    reach = km / _KM_PER_DEGREE
    shrink = max(np.cos(np.radians(lat)), 0.01)
    box = shapely.box(lon - reach / shrink, lat - reach, lon + reach / shrink, lat + reach)
    rows = units.sindex.query(box)
    clipped = shapely.transform(
        shapely.clip_by_rect(units.geometry.values[rows], *box.bounds),
        lambda xy: (xy - (lon, lat)) * (shrink * _KM_PER_DEGREE, _KM_PER_DEGREE),
    )
    distances = shapely.distance(clipped, shapely.Point(0, 0))
    order = np.argsort(distances)
    return [int(rows[i]) for i in order if distances[i] <= km]


@cache
def load_names() -> dict[str, dict[str, str]]:
    """Names in Dari, Pashto and Urdu (fa, ps, ur) by unit id such as ``adm1:AF-KHO``, as far as known."""
    with (data_folder() / "boundaries" / "units.csv").open(encoding="utf8", newline="") as lines:
        return {
            row["id"]: {language: row[f"name_{language}"] for language in ("fa", "ps", "ur") if row[f"name_{language}"]}
            for row in csv.DictReader(lines)
        }


def _load(layer: str) -> gpd.GeoDataFrame:
    path = data_folder() / "boundaries" / f"{layer}.parquet"
    if not path.exists():
        raise DataError(f"{path} is missing: run data/build_boundaries.py")
    table = gpd.read_parquet(path)
    for column in table.columns.intersection(["adm1", "country"]):
        table[column] = table[column].astype(object).where(table[column].notna(), None)
    shapely.prepare(table.geometry.values)
    return table


def _units_at(lons: Floats, lats: Floats) -> npt.NDArray[np.int64]:
    """Row of the province of each point, -1 where there is none."""
    provinces = load_provinces()
    units = np.full(len(lons), -1)
    points, boxes = provinces.sindex.query(shapely.points(lons, lats))
    inside = shapely.intersects_xy(provinces.geometry.values[boxes], lons[points], lats[points])
    units[points[inside]] = boxes[inside]
    for point in np.flatnonzero(units < 0):
        near = rows_near(provinces, lats[point], lons[point], OFFSHORE_KM)
        units[point] = near[0] if near else -1
    return units
