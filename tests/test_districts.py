"""Districts from a file of the user's: both families of files are understood, and no file can do harm."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.boundaries import District, district_of, districts, join_districts, load_districts, open_districts
from geo.errors import DataError

KHOST, KURRAM = shapely.box(69.80, 33.20, 70.05, 33.45), shapely.box(70.05, 33.45, 70.40, 33.90)
"""A district on either side of the line."""


def ocha(**changes: object) -> gpd.GeoDataFrame:
    """Two districts as OCHA describes them."""
    columns = {
        "ADM2_EN": ["Matun", "Lower Kurram"], "ADM2_DA": ["متون", None], "ADM2_UR": [None, "لوئر کرم"],
        "ADM2_PCODE": ["AF1401", "PK2305"], "ADM1_EN": ["Khost", "Khyber Pakhtunkhwa"],
    }  # fmt: skip
    return gpd.GeoDataFrame({**columns, **changes}, geometry=[KHOST, KURRAM], crs=4326)


def geoboundaries() -> gpd.GeoDataFrame:
    """The same as geoBoundaries describes them."""
    columns = {
        "shapeName": ["Matun", "Lower Kurram"], "shapeISO": ["", ""], "shapeID": ["1B", "2B"],
        "shapeGroup": ["AFG", "PAK"], "shapeType": ["ADM2", "ADM2"],
    }  # fmt: skip
    return gpd.GeoDataFrame(columns, geometry=[KHOST, KURRAM], crs=4326)


def write(table: gpd.GeoDataFrame, path: Path) -> Path:
    """The table as a file of the kind that the name's ending says."""
    if path.suffix != ".zip":
        table.to_file(path)
        return path
    table.to_file(path.with_suffix(".shp"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in path.parent.glob(f"{path.stem}.*"):
            if part != path:
                archive.write(part, f"a folder/{part.name}")
    return path


def pack(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "zip"])
def test_districts_of_ocha_are_read(tmp_path: Path, ending: str) -> None:
    table = load_districts(write(ocha(), tmp_path / f"adm2.{ending}"))
    assert list(table["code"]) == ["AF1401", "PK2305"]
    assert list(table["name"]) == ["Matun", "Lower Kurram"]
    assert list(table["names"]) == [{"fa": "متون"}, {"ur": "لوئر کرم"}]
    assert list(table["country"]) == ["AF", "PK"]


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "zip"])
def test_districts_of_geoboundaries_are_read(tmp_path: Path, ending: str) -> None:
    """Their ISO codes are mostly blank; then its own ids stand for the code."""
    table = load_districts(write(geoboundaries(), tmp_path / f"adm2.{ending}"))
    assert list(table["code"]) == ["1B", "2B"]
    assert list(table["name"]) == ["Matun", "Lower Kurram"]


@pytest.mark.parametrize("columns", [("adm2_name", "adm2_pcode"), ("Adm2_En", "Adm2_Pcode")])
def test_columns_are_known_by_their_newer_names_and_in_any_case(tmp_path: Path, columns: tuple[str, str]) -> None:
    renamed = ocha().rename(columns=dict(zip(("ADM2_EN", "ADM2_PCODE"), columns, strict=True)))
    assert list(load_districts(write(renamed, tmp_path / "adm2.geojson"))["code"]) == ["AF1401", "PK2305"]


def test_of_an_archive_of_all_levels_the_districts_are_read(tmp_path: Path) -> None:
    provinces = geoboundaries().assign(shapeName=["Khost", "KP"], shapeType="ADM1")
    path = pack(
        tmp_path / "all.zip",
        ADM1__geojson=provinces.to_json().encode(),
        ADM2__geojson=geoboundaries().to_json().encode(),
        readme__txt=b"Hello",
    )
    assert list(load_districts(path)["name"]) == ["Matun", "Lower Kurram"]


def test_outlines_in_metres_are_brought_to_degrees(tmp_path: Path) -> None:
    table = load_districts(write(ocha().to_crs(32642), tmp_path / "adm2.zip"))
    assert table.total_bounds == pytest.approx([69.80, 33.20, 70.40, 33.90], abs=0.01)


def test_a_crossed_outline_is_repaired_and_what_is_no_area_left_out(tmp_path: Path) -> None:
    bow = shapely.Polygon([(69.8, 33.2), (70.0, 33.4), (70.0, 33.2), (69.8, 33.4)])
    table = ocha().set_geometry([bow, shapely.Point(70, 33)], crs=4326)
    read = load_districts(write(table, tmp_path / "adm2.geojson"))
    assert list(read["name"]) == ["Matun"]
    assert read.geometry.is_valid.all()


# The join


def test_points_are_joined_in_their_order_with_code_and_name(tmp_path: Path) -> None:
    table = load_districts(write(ocha(), tmp_path / "adm2.gpkg"))
    shared_corner = (70.05, 33.45)
    lons, lats = zip((70.2, 33.6), (65.0, 15.0), (69.9, 33.3), shared_corner, strict=True)
    points = gpd.GeoDataFrame({"id": list("abcd")}, geometry=gpd.points_from_xy(lons, lats), crs=4326).set_index("id")
    joined = join_districts(points.to_crs(3857), table)
    assert list(joined["adm2"])[:3] == ["PK2305", None, "AF1401"]
    assert list(joined["district"])[:3] == ["Lower Kurram", None, "Matun"]
    assert joined["district"]["d"] in {"Matun", "Lower Kurram"}


@pytest.mark.parametrize(
    ("lat", "lon", "country", "name"),
    [
        (33.30, 69.90, None, "Matun"),
        (33.30, 69.90, "AF", "Matun"),
        (33.44, 70.04, "PK", "Lower Kurram"),  # within 5 km the text decides
        (33.46, 70.06, "AF", "Matun"),
        (33.30, 69.90, "PK", None),  # 20 km off it cannot be
        (33.46, 70.04, "AF", "Matun"),  # in no district, but beside one
        (33.46, 70.04, None, None),
        (33.30, 69.90, "IR", None),
    ],
)
def test_within_5_km_the_text_names_the_country_of_the_district(
    tmp_path: Path, lat: float, lon: float, country: str | None, name: str | None
) -> None:
    table = load_districts(write(ocha(), tmp_path / "adm2.geojson"))
    found = district_of(lat, lon, table, country=country)
    assert (found and found.name) == name


def test_a_district_has_its_code_beside_its_name(tmp_path: Path) -> None:
    table = load_districts(write(ocha(), tmp_path / "adm2.geojson"))
    assert district_of(33.3, 69.9, table) == District("AF1401", "Matun")


# The option


def test_without_the_option_there_are_no_districts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BORDER_INCIDENTS_DISTRICTS", raising=False)
    assert open_districts() is None


def test_the_file_of_the_option_is_read_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(ocha(), tmp_path / "adm2.geojson")
    monkeypatch.setenv("BORDER_INCIDENTS_DISTRICTS", str(path))
    first = open_districts()
    assert first is not None
    assert open_districts() is first
    write(geoboundaries(), path)
    os.utime(path, ns=(0, 1))
    changed = open_districts()
    assert changed is not None
    assert list(changed["code"]) == ["1B", "2B"]


# Files that are not what they should be


VRT = (
    b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/vsicurl/http://127.0.0.1:9/x</SrcDataSource>"
    b"</OGRVRTLayer></OGRVRTDataSource>"
)
"""A file that GDAL would follow to an address."""


@pytest.mark.parametrize(
    "path",
    ["/vsicurl/http://127.0.0.1:9/adm2.zip", "http://127.0.0.1:9/adm2.zip", "/vsizip//tmp/adm2.zip", "/nowhere/a.gpkg",
     "GPKG:/tmp/a.gpkg", "PG:host=127.0.0.1", "/", "\0"],
)  # fmt: skip
def test_only_a_path_to_a_file_is_opened(path: str) -> None:
    with pytest.raises(DataError, match="there is no file of districts"):
        load_districts(path)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"hello", VRT, b"PK\x03\x04 not really", b"{", b"[]"),
        *(b'{"type": "Feature"}', b'{"features": 7}', b'{"features": [1]}', b'{"features":' + b"[" * 100_000),
        b'{"features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": "x"}}]}',
        *(b"SQLite format 3\0" + b"\0" * 200, b"\x00\x00\x27\x0a" + b"\0" * 100),
    ],
)
@pytest.mark.parametrize("name", ["adm2.geojson", "adm2.gpkg", "adm2.zip"])
@pytest.mark.filterwarnings("ignore:GPKG. bad application_id")
def test_a_file_that_is_no_map_is_a_data_error(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError):
        load_districts(tmp_path / name)


@pytest.mark.parametrize(
    "members",
    [{"a__txt": b"x"}, {"a__shp": VRT}, {"a__gpkg": VRT}, {"a__vrt": VRT}, {"a__shp": b"\x00\x00\x27\x0a"}, {}],
)
def test_an_archive_without_a_map_is_a_data_error(tmp_path: Path, members: dict[str, bytes]) -> None:
    with pytest.raises(DataError):
        load_districts(pack(tmp_path / "adm2.zip", **members))


def test_a_map_without_districts_says_what_columns_it_has(tmp_path: Path) -> None:
    path = write(ocha().rename(columns={"ADM2_EN": "NAME_2"}), tmp_path / "adm2.geojson")
    with pytest.raises(DataError, match=r"no column of district names .* ADM2_PCODE, .*NAME_2"):
        load_districts(path)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_outlines_in_unknown_units_are_refused(tmp_path: Path) -> None:
    path = write(ocha().to_crs(32642).set_crs(None, allow_override=True), tmp_path / "adm2.zip")
    with pytest.raises(DataError, match="not in degrees"):
        load_districts(path)


def test_an_archive_that_would_fill_the_disk_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = pack(tmp_path / "bomb.zip", adm2__geojson=b" " * 3_000_000)
    with pytest.raises(DataError, match="packed more than 200 times"):
        load_districts(bomb)
    monkeypatch.setattr(districts, "MOST_BYTES", 1_000_000)
    with pytest.raises(DataError, match="unpacks to more than 1 MB"):
        load_districts(bomb)
    with pytest.raises(DataError, match="longer than 1 MB"):
        load_districts(pack(tmp_path / "big.geojson", noise=os.urandom(1_200_000)))


def test_an_archive_of_very_many_files_is_not_unpacked(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="more than 1,000 files"):
        load_districts(pack(tmp_path / "many.zip", **{f"{n}__txt": b"" for n in range(1_001)}))


def test_names_that_climb_out_of_the_archive_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "adm2.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../escaped.geojson", json.dumps(json.loads(ocha().to_json())))
    assert len(load_districts(path)) == 2
    assert not list(tmp_path.parent.parent.rglob("escaped.geojson"))
