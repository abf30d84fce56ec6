"""Districts (second-level units) from a file of the user's, and which of them a point is in.

Two families of files are understood: geoBoundaries (``shapeName``, ``shapeID``) and OCHA's Common Operational Datasets
(``ADM2_EN``, ``ADM2_PCODE``; in newer ones ``adm2_name``, ``adm2_pcode``). GDAL opens nothing but a GeoPackage or
shapefile that was recognised by its first bytes, under a path of this program's or the user's: what looks like one
could else send it to an address.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from geo.boundaries.units import TEXT_DECIDES_KM, join_provinces, rows_near
from geo.errors import DataError
from geo.settings import read_option

MOST_BYTES = 300_000_000
"""Of a file, and of all that is unpacked from one; the largest country's districts are about 100 MB."""
MOST_MEMBERS = 1_000
MOST_RATIO = 200
"""How many times its packed size a member may have; tables of names, full of spaces, come to 60."""
MOST_DISTRICTS = 100_000

SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
READABLE = (".gpkg", ".geojson", ".json", ".shp")

_NAME_COLUMNS = ("shapename", "adm2_en", "adm2_name", "adm2_name_en")
_CODE_COLUMNS = ("shapeiso", "adm2_pcode", "shapeid")
_LANGUAGES = {"da": "fa", "fa": "fa", "prs": "fa", "ps": "ps", "pa": "ps", "pus": "ps", "ur": "ur"}
"""OCHA's endings of columns with local names ("ADM2_DA" is Dari), as ISO 639-1."""


class District(NamedTuple):
    """A second-level unit."""

    code: str | None
    """The file's code, such as ``AF0615``; None when it gives none."""
    name: str


def open_districts() -> gpd.GeoDataFrame | None:
    """The districts of the file that BORDER_INCIDENTS_DISTRICTS names, read once; None when it names none."""
    path = read_option("BORDER_INCIDENTS_DISTRICTS")
    return load_districts(path) if path else None


def load_districts(path: str | Path) -> gpd.GeoDataFrame:
    """Districts of a GeoPackage, GeoJSON or zipped shapefile: code, name, names, country, geometry (EPSG:4326).

    ``names`` holds local names by language, ``country`` the ISO code of the country that holds the district. Raises
    DataError with the reason when there is no such file, or none that can be understood. The table of an unchanged
    file is read once and shared: copy it before changing it.
    """
    file = Path(path).expanduser()
    if not file.is_file():
        raise DataError(f"there is no file of districts at {path}")
    status = file.stat()
    if status.st_size > MOST_BYTES:
        raise DataError(f"{path} is longer than {MOST_BYTES // 1_000_000} MB")
    return _load(file, status.st_mtime_ns)


def join_districts(points: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The points with ``adm2`` (code) and ``district`` (name) of the district each lies in; None outside of all."""
    points = points.to_crs(4326) if points.crs is not None and points.crs.to_epsg() != 4326 else points
    rows = np.full(len(points), -1)
    inside, holders = districts.sindex.query(points.geometry.values, predicate="intersects")
    rows[inside[::-1]] = holders[::-1]  # a point on a shared edge goes to the first of its districts
    joined = districts[["code", "name"]].reset_index(drop=True).reindex(rows).astype(object)
    joined = joined.where(joined.notna(), None).set_axis(points.index)
    return points.assign(adm2=joined["code"], district=joined["name"])


def district_of(lat: float, lon: float, districts: gpd.GeoDataFrame, *, country: str | None = None) -> District | None:
    """The district a point lies in; None outside of all.

    When the text names the ``country``, only its districts count, and within TEXT_DECIDES_KM the nearest one.
    """
    holders = sorted(districts.sindex.query(shapely.Point(lon, lat), predicate="intersects"))
    if country is not None:
        near = holders + rows_near(districts, lat, lon, TEXT_DECIDES_KM)
        holders = [row for row in near if districts["country"].iat[row] == country]
    if not holders:
        return None
    return District(districts["code"].iat[holders[0]], districts["name"].iat[holders[0]])


@lru_cache(maxsize=4)
def _load(path: Path, changed: int) -> gpd.GeoDataFrame:
    content = path.read_bytes()
    tables = _read_zip(content, path) if zipfile.is_zipfile(BytesIO(content)) else [_read_file(content, path.name)]
    found = [table for table in tables if _pick(table, _NAME_COLUMNS) is not None]
    if not found:
        columns = sorted({str(column) for table in tables for column in table.columns} - {"geometry"})
        raise DataError(f"{path} has no column of district names (shapeName or ADM2_EN), only {', '.join(columns)}")
    return _describe(found[0], path)


def _read_zip(content: bytes, path: Path) -> Iterable[gpd.GeoDataFrame]:
    """Every layer in an archive, one after the other as asked for."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = _check_members(archive, path)
            layers = sorted((name for name in members if _ending(name) in READABLE), key=_rank)
            if not layers:
                raise DataError(f"{path} holds no shapefile, GeoPackage or GeoJSON")
            return [_read_member(archive, name, members) for name in layers[:8]]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise DataError(f"{path} is a damaged or protected archive: {error}") from error


def _check_members(archive: zipfile.ZipFile, path: Path) -> list[str]:
    """Names of the files in an archive, once it is sure that unpacking them does no harm."""
    listed = [member for member in archive.infolist() if not member.is_dir()]
    if len(listed) > MOST_MEMBERS:
        raise DataError(f"{path} holds more than {MOST_MEMBERS:,} files")
    if sum(member.file_size for member in listed) > MOST_BYTES:
        raise DataError(f"{path} unpacks to more than {MOST_BYTES // 1_000_000} MB")
    if any(member.file_size > MOST_RATIO * max(member.compress_size, 1_000) for member in listed):
        raise DataError(f"{path} is packed more than {MOST_RATIO} times: no map is, so it is not unpacked")
    return [member.filename for member in listed if "__MACOSX" not in member.filename]


def _read_member(archive: zipfile.ZipFile, name: str, members: Iterable[str]) -> gpd.GeoDataFrame:
    if _ending(name) != ".shp":
        return _read_file(archive.read(name), name)
    stem = name[: -len(".shp")]
    beside = {_ending(member): archive.read(member) for member in members if member[: -len(".shp")] == stem}
    return _read_shapefile({ending: beside[ending] for ending in SHAPEFILE_PARTS if ending in beside}, name)


def _read_file(content: bytes, name: str) -> gpd.GeoDataFrame:
    if content[:16] == b"SQLite format 3\0":
        return _read_geopackage(content, name)
    if content.lstrip()[:1] == b"{":
        return _read_geojson(content, name)
    raise DataError(f"{name} is no GeoPackage, GeoJSON or zipped shapefile")


def _read_geopackage(content: bytes, name: str) -> gpd.GeoDataFrame:
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "districts.gpkg"
        copy.write_bytes(content)
        return _read_with_gdal(copy, name)


def _read_shapefile(parts: dict[str, bytes], name: str) -> gpd.GeoDataFrame:
    if parts[".shp"][:4] != b"\x00\x00\x27\x0a" or not {".shx", ".dbf"} <= set(parts):
        raise DataError(f"{name} is no shapefile, or its .shx and .dbf are not beside it")
    with TemporaryDirectory() as folder:
        for ending, content in parts.items():
            (Path(folder) / f"districts{ending}").write_bytes(content)
        return _read_with_gdal(Path(folder) / "districts.shp", name)


def _read_with_gdal(path: Path, name: str) -> gpd.GeoDataFrame:
    try:
        layers = [layer for layer, kind in gpd.list_layers(path).itertuples(index=False) if kind is not None]
        tables = [gpd.read_file(path, layer=layer, rows=MOST_DISTRICTS) for layer in layers[:8]]
    except (RuntimeError, ValueError) as error:
        raise DataError(f"{name} cannot be read as a map: {error}") from error
    named = (table for table in tables if _pick(table, _NAME_COLUMNS) is not None)
    return next(named, tables[0] if tables else gpd.GeoDataFrame({"geometry": []}, crs=4326))


def _read_geojson(content: bytes, name: str) -> gpd.GeoDataFrame:
    try:
        features = json.loads(content)["features"][:MOST_DISTRICTS]
        return gpd.GeoDataFrame.from_features(features, crs=4326)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, shapely.errors.ShapelyError) as error:
        raise DataError(f"{name} is not a GeoJSON of features: {error}") from error


def _describe(table: gpd.GeoDataFrame, path: Path) -> gpd.GeoDataFrame:
    """The columns agreed on, for every district that has a name and an area."""
    shapes = _read_shapes(table, path)
    codes, local = _pick(table, _CODE_COLUMNS), _local_columns(table)
    described = gpd.GeoDataFrame(
        {
            "code": _texts(table, codes) if codes else None,
            "name": _texts(table, _pick(table, _NAME_COLUMNS)),
            "names": [
                {language: text for language, text in zip(local, row, strict=True) if text}
                for row in zip(*(_texts(table, column) for column in local.values()), strict=True)
            ] if local else [{} for _ in range(len(table))],
        },
        geometry=list(shapes),
        crs=4326,
    )  # fmt: skip
    kept = described[described["name"].notna() & described.geometry.notna() & ~described.is_empty]
    if kept.empty:
        raise DataError(f"{path} holds no district with a name and an area")
    kept = kept.reset_index(drop=True)
    middles = gpd.GeoDataFrame(geometry=kept.representative_point())
    kept.insert(3, "country", join_provinces(middles)["country"])
    shapely.prepare(kept.geometry.values)
    return kept


def _read_shapes(table: gpd.GeoDataFrame, path: Path) -> gpd.GeoSeries:
    """Valid polygons in EPSG:4326."""
    shapes = table.geometry
    if shapes.crs is not None and shapes.crs.to_epsg() != 4326:
        shapes = shapes.to_crs(4326)
    shapes = shapes.where(shapes.geom_type.isin(["Polygon", "MultiPolygon"]), None).force_2d().make_valid()
    west, south, east, north = shapes.total_bounds
    if not (west >= -180.001 and south >= -90.001 and east <= 180.001 and north <= 90.001):
        raise DataError(f"{path} has outlines that are not in degrees, or none at all, and does not say in what")
    return shapes


def _pick(table: gpd.GeoDataFrame, wanted: Iterable[str]) -> str | None:
    """The first of the wanted columns, in any case, that says something."""
    columns = {str(column).lower(): str(column) for column in table.columns}
    known = (columns[name] for name in wanted if name in columns)
    return next((column for column in known if any(_texts(table, column))), None)


def _local_columns(table: gpd.GeoDataFrame) -> dict[str, str]:
    """Columns of local names by language."""
    found: dict[str, str] = {}
    for column in map(str, table.columns):
        ending = re.fullmatch(r"adm2_(?:name_?)?([a-z]{2,3})", column.lower())
        if ending and ending[1] in _LANGUAGES:
            found.setdefault(_LANGUAGES[ending[1]], column)
    return found


def _texts(table: gpd.GeoDataFrame, column: str | None) -> list[str | None]:
    """The values of a column as text; None for blanks."""
    return [value.strip() or None if isinstance(value, str) else None for value in table[column]]


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _rank(name: str) -> tuple[bool, int, str]:
    """Second-level and full outlines before others, in archives that hold several."""
    plain = name.lower()
    return ("adm2" not in plain and "admin2" not in plain, "simplified" in plain, plain)
