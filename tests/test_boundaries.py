"""Provinces, countries and the repairs they went through."""

from __future__ import annotations

import csv
import importlib.util
import json
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import geopandas as gpd
import pytest
import shapely

from geo import boundaries
from geo.boundaries.lines import edges_of
from geo.boundaries.units import country_shape
from geo.errors import UsageError

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """The script that builds the data, as a module."""
    spec = importlib.util.spec_from_file_location("build_boundaries", ROOT / "data" / "build_boundaries.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    """Names of the coded provinces."""
    provinces = boundaries.load_provinces()
    coded = provinces[provinces["adm1"].notna()]
    return dict(zip(coded["adm1"], coded["name"], strict=True))


def units_of(*rows: tuple[str | None, str, shapely.Geometry]) -> gpd.GeoDataFrame:
    """A tiny source: country, name, shape."""
    countries, labels, shapes = zip(*rows, strict=True)
    blank = [None] * len(rows)
    columns = {"country": countries, "name": labels, "woe_name": blank, "gn_name": blank, "admin": blank}
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=4326)


# The repairs, one test each


def test_the_parwan_around_bazarak_is_named_panjshir(build: ModuleType) -> None:
    """The source calls both Parwan and its other name columns contradict each other: only the seat's place tells."""
    source = units_of(("AF", "Parwan", shapely.box(68, 34, 69, 35)), ("AF", "Parwan", shapely.box(69, 35, 70, 36)))
    assert list(build.name_panjshir(source)["name"]) == ["Parwan", "Panjshir"]


def test_the_uruzgan_around_nili_is_named_daykundi(build: ModuleType) -> None:
    source = units_of(("AF", "Uruzgan", shapely.box(66, 33, 67, 34)), ("AF", "Uruzgan", shapely.box(65, 32, 66, 33)))
    assert list(build.name_daykundi(source)["name"]) == ["Daykundi", "Uruzgan"]


def test_naming_by_geometry_fails_loudly_when_the_seat_is_in_no_unit(build: ModuleType) -> None:
    with pytest.raises(ValueError, match="0 units of AF around the seat of Panjshir"):
        build.name_panjshir(units_of(("AF", "Parwan", shapely.box(0, 0, 1, 1))))


def test_paktika_is_pka_and_paktia_is_pia(names: dict[str, str]) -> None:
    """ISO 3166-2; other data sets swap the two."""
    assert (names["AF-PKA"], names["AF-PIA"]) == ("Paktika", "Paktia")


def test_the_tribal_areas_are_part_of_khyber_pakhtunkhwa(build: ModuleType) -> None:
    """Merged on 31 May 2018; the edge between the two disappears."""
    source = units_of(("PK", "K.P.", shapely.box(0, 0, 1, 1)), ("PK", "F.A.T.A.", shapely.box(1, 0, 2, 1)))
    merged = build.merge_tribal_areas(source)
    assert list(merged["name"]) == ["K.P."]
    assert merged.geometry.iloc[0].equals(shapely.box(0, 0, 2, 1))


@pytest.mark.parametrize(
    ("country", "old", "code", "modern"),
    [
        ("AF", "Hilmand", "AF-HEL", "Helmand"),
        ("AF", "Hirat", "AF-HER", "Herat"),
        ("AF", "Paktya", "AF-PIA", "Paktia"),
        ("AF", "Jawzjan", "AF-JOW", "Jowzjan"),
        ("AF", "Sari Pul", "AF-SAR", "Sar-e Pul"),
        ("PK", "K.P.", "PK-KP", "Khyber Pakhtunkhwa"),
        ("PK", "Baluchistan", "PK-BA", "Balochistan"),
        ("PK", "Sind", "PK-SD", "Sindh"),
        ("PK", "F.C.T.", "PK-IS", "Islamabad Capital Territory"),
        ("PK", "Northern Areas", "PK-GB", "Gilgit-Baltistan"),
        ("PK", "Azad Kashmir", "PK-JK", "Azad Kashmir"),
        ("RU", "Altay", "RU-ALT", "Altai Krai"),
        ("RU", "Gorno-Altay", "RU-AL", "Altai Republic"),
    ],
)
def test_old_names_give_way_to_modern_ones(build: ModuleType, country: str, old: str, code: str, modern: str) -> None:
    renamed = build.rename_known(units_of((country, old, shapely.box(0, 0, 1, 1))), build.read_names())
    assert (renamed["adm1"].iloc[0], renamed["name"].iloc[0]) == (code, modern)


@pytest.mark.parametrize(
    ("name", "source_code", "country"),
    [
        ("Crimea", "RU", "UA"),
        ("Northern Cyprus", "-1", "CY"),
        ("Somaliland", "-1", "SO"),
        ("Baykonur lease in Qyzylorda", "-1", "KZ"),
        ("Spratly Islands", "-1", None),
    ],
)
def test_territories_follow_iso_3166(build: ModuleType, name: str, source_code: str, country: str | None) -> None:
    placed = build.place_territories(units_of((source_code, name, shapely.box(0, 0, 1, 1))))
    assert placed["country"].iloc[0] == country


def test_a_second_unit_of_one_name_takes_the_name_of_its_code(build: ModuleType) -> None:
    source = units_of(("AZ", "Lankaran", shapely.box(0, 0, 1, 1)), ("AZ", "Lankaran", shapely.box(1, 0, 2, 1)))
    assert list(build.rename_doubles(source.assign(adm1=["AZ-LAC", None]))["name"]) == ["Lachin", "Lankaran"]


def test_a_country_of_which_less_than_half_is_found_gets_no_codes(build: ModuleType) -> None:
    """Nepal's zones of before 2015 share some names with its provinces of today, but not their areas."""
    square = shapely.box(0, 0, 1, 1)
    zones = ["Bagmati", "Gandaki", "Mechi", "Seti", "Rapti", "Bheri"]
    coded = build.code_units(units_of(*(("NP", zone, square) for zone in zones)).assign(adm1=None))
    assert coded["adm1"].isna().all()


@pytest.mark.parametrize(
    ("country", "old", "code", "modern"),
    [
        ("LB", "An Nabatiyah", "LB-NA", "Nabatieh"),
        ("IT", "Crotene", "IT-KR", "Crotone"),
        ("BY", "City of Minsk", "BY-HM", "Minsk city"),
        ("PH", "Compostela Valley", "PH-COM", "Davao de Oro"),
        ("KZ", "South Kazakhstan", "KZ-61", "Turkistan"),
    ],
)
def test_spellings_the_register_does_not_have_are_known(
    build: ModuleType, country: str, old: str, code: str, modern: str
) -> None:
    test_old_names_give_way_to_modern_ones(build, country, old, code, modern)


def test_parts_of_one_unit_are_drawn_as_one(build: ModuleType) -> None:
    """Hedmark and Oppland are Innlandet since 2020; the edge between the two disappears."""
    source = units_of(
        ("NO", "Hedmark", shapely.box(0, 0, 1, 1)),
        ("NO", "Oslo", shapely.box(5, 0, 6, 1)),
        ("NO", "Oppland", shapely.box(1, 0, 2, 1)),
    )
    merged = build.merge_parts(source.assign(adm1=None, old_name=None))
    assert list(merged["name"]) == ["Innlandet", "Oslo"]
    assert list(merged["adm1"]) == ["NO-34", None]
    assert merged.geometry.iloc[0].equals(shapely.box(0, 0, 2, 1))


def test_anseba_is_around_keren_and_maekel_around_asmara(build: ModuleType) -> None:
    """The source deals the names of four regions of Eritrea out in a circle."""
    provinces = boundaries.load_provinces()
    for town, lat, lon, adm1 in (("Keren", 15.78, 38.45, "ER-AN"), ("Asmara", 15.33, 38.93, "ER-MA")):
        assert boundaries.province_of(lat, lon) == adm1, town
    assert list(provinces["name"][provinces["adm1"].isin(["ER-AN", "ER-MA"])].sort_values()) == ["Anseba", "Maekel"]


def towns_of(*rows: tuple[str, float, float, str | None]) -> gpd.GeoDataFrame:
    """Settlements: country, longitude, latitude, the unit of today they are in."""
    countries, lons, lats, codes = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"country": countries, "adm1": codes}, geometry=gpd.points_from_xy(lons, lats, crs=4326))


def checked(
    build: ModuleType, units: list[tuple[str, str, float, str | None]], *towns: tuple[str, float]
) -> list[tuple[str | None, str]]:
    """Codes and names after the check of units a degree wide (country, name, west end, code) by towns (code, lon)."""
    source = units_of(*((country, name, shapely.box(west, 0, west + 1, 1)) for country, name, west, _ in units))
    source = source.assign(adm1=[code for *_, code in units], old_name=None)
    places = towns_of(*((code[:2], lon, 0.5, code) for code, lon in towns))
    return list(build.check_codes(source, places)[["adm1", "name"]].itertuples(index=False, name=None))


def test_a_unit_without_a_code_takes_that_of_its_settlements(build: ModuleType) -> None:
    units = [("SE", "Jamtland lan", 0.0, None), ("SE", "Gotland", 1.0, "SE-I")]
    assert checked(build, units, ("SE-Z", 0.2), ("SE-Z", 0.4), ("SE-I", 1.5)) == [
        ("SE-Z", "Jamtland lan"),
        ("SE-I", "Gotland"),
    ]


def test_two_units_that_bear_each_others_names_change_them(build: ModuleType) -> None:
    """Napo and Tungurahua are the wrong way round in the source."""
    units = [("EC", "Napo", 0.0, "EC-N"), ("EC", "Tungurahua", 1.0, "EC-T")]
    assert checked(build, units, ("EC-T", 0.2), ("EC-T", 0.4), ("EC-N", 1.2)) == [
        ("EC-T", "Tungurahua"),
        ("EC-N", "Napo"),
    ]


def test_a_unit_of_before_a_reform_gets_none_of_its_parts_codes(build: ModuleType) -> None:
    """Kenya's Coast was split into counties, Congo's Équateur is now a quarter of what it was."""
    coast = [("KE", "Coast", 0.0, None)]
    assert checked(build, coast, ("KE-14", 0.2), ("KE-19", 0.4), ("KE-21", 0.6))[0][0] is None
    equateur = [("CD", "Équateur", 0.0, "CD-EQ")]
    parts = [("CD-EQ", 0.1), *((code, 0.5) for code in ("CD-MO", "CD-NU", "CD-SU"))]
    assert checked(build, equateur, *parts)[0][0] is None


def test_a_few_settlements_across_a_coarse_line_take_no_code_away(build: ModuleType) -> None:
    units = [("SN", "Dakar", 0.0, "SN-DK"), ("SN", "Thies", 1.0, "SN-TH")]
    towns = [("SN-TH", 0.9), ("SN-TH", 1.2), ("SN-TH", 1.4), ("SN-DK", 0.1)]
    assert [code for code, _ in checked(build, units, *towns)] == ["SN-DK", "SN-TH"]


def test_a_unit_of_today_without_an_outline_stands_at_the_middle_of_its_settlements(build: ModuleType) -> None:
    coast = units_of(("KE", "Coast", shapely.box(39, -4, 42, -1))).assign(adm1=None)
    placed = build.place_units(towns_of(("KE", 40.0, -2.0, "KE-21"), ("KE", 41.0, -2.5, "KE-21")), coast)
    assert placed[["id", "name", "country", "lat", "lon"]].to_numpy().tolist() == [
        ["adm1:KE-21", "Lamu", "KE", -2.25, 40.5]
    ]


# What came out


def test_afghanistan_has_34_provinces_and_pakistan_7_units() -> None:
    counts = boundaries.load_provinces()["country"].value_counts()
    assert (counts["AF"], counts["PK"]) == (34, 7)


def test_every_code_and_every_id_is_given_once() -> None:
    provinces = boundaries.load_provinces()
    assert provinces["id"].is_unique
    assert provinces["adm1"].dropna().is_unique
    assert provinces["adm1"].notna().mean() > 0.9


def test_every_code_starts_with_its_country() -> None:
    coded = boundaries.load_provinces().dropna(subset=["adm1", "country"])
    assert [c[:2] for c in coded["adm1"]] == list(coded["country"])


def test_the_outlines_of_the_world_are_one_topology() -> None:
    """Neighbours share every vertex of their edge and no two units overlap."""
    for layer in (boundaries.load_provinces(), boundaries.load_countries()):
        assert layer.geometry.is_valid.all()
        assert shapely.coverage_is_valid(layer.geometry.values)


def test_a_country_is_exactly_its_provinces() -> None:
    provinces = boundaries.load_provinces()
    for code in ("AF", "PK", "TH", "AM"):
        parts = provinces.geometry[provinces["country"] == code]
        assert shapely.coverage_union_all(parts.values).equals(country_shape(code))


def test_each_representative_point_lies_in_its_province() -> None:
    provinces = boundaries.load_provinces()
    named = provinces[provinces["country"].isin(["AF", "PK", "IN", "IR", "TH", "KH", "AM", "AZ"])]
    assert shapely.contains_xy(named.geometry.values, named["lon"], named["lat"]).all()


@pytest.mark.parametrize(
    ("place", "lat", "lon", "adm1"),
    [
        ("Bazarak", 35.31, 69.52, "AF-PAN"),
        ("Nili", 33.72, 66.13, "AF-DAY"),
        ("Khost city", 33.34, 69.92, "AF-KHO"),
        ("Sharana", 33.13, 68.73, "AF-PKA"),
        ("Gardez", 33.60, 69.22, "AF-PIA"),
        ("Charikar", 35.01, 69.17, "AF-PAR"),
        ("Tarinkot", 32.63, 65.87, "AF-URU"),
        ("Miran Shah", 33.00, 70.07, "PK-KP"),
        ("Parachinar", 33.90, 70.10, "PK-KP"),
        ("Quetta", 30.18, 67.00, "PK-BA"),
        ("Gilgit", 35.92, 74.31, "PK-GB"),
        ("Islamabad", 33.70, 73.06, "PK-IS"),
        ("Siem Reap", 13.36, 103.86, "KH-17"),
        ("Bint Jbeil", 33.12, 35.43, "LB-NA"),
        ("Tyre", 33.27, 35.20, "LB-JA"),
        ("Massawa", 15.61, 39.45, "ER-SK"),
        ("Tena", -0.99, -77.81, "EC-N"),
        ("Ambato", -1.25, -78.62, "EC-T"),
        ("Lethem", 3.38, -59.80, "GY-UT"),
        ("Tashkent", 41.31, 69.25, "UZ-TK"),
        ("Kirkenes", 69.73, 30.05, "NO-56"),
        ("Kaliningrad", 54.71, 20.51, "RU-KGD"),
        ("Tiraspol", 46.84, 29.63, "MD-SN"),
        ("Sarajevo", 43.85, 18.38, "BA-BIH"),
        ("Pyongyang", 39.03, 125.75, "KP-01"),
        ("Butuan", 8.95, 125.53, "PH-AGN"),
        ("Wajir, whose county has no outline", 1.75, 40.06, None),
        ("the middle of the Arabian Sea", 15.0, 65.0, None),
    ],
)
def test_a_town_lies_in_its_province(place: str, lat: float, lon: float, adm1: str | None) -> None:
    assert boundaries.province_of(lat, lon) == adm1, place


def test_a_port_off_the_generalised_coast_belongs_to_the_province_behind_it() -> None:
    lat, lon = 24.79, 66.95
    assert not shapely.contains_xy(country_shape("PK"), lon, lat)
    assert boundaries.province_of(lat, lon) == "PK-SD"


def test_points_are_joined_in_their_order_with_name_and_country() -> None:
    points = gpd.GeoDataFrame(
        {"what": ["Nili", "sea", "Quetta"]}, geometry=gpd.points_from_xy([66.13, 65.0, 67.0], [33.72, 15.0, 30.18])
    )
    joined = boundaries.join_provinces(points.set_index("what").set_crs(4326))
    assert list(joined.index) == ["Nili", "sea", "Quetta"]
    assert list(joined["adm1"]) == ["AF-DAY", None, "PK-BA"]
    assert list(joined["province"]) == ["Daykundi", None, "Balochistan"]
    assert list(joined["country"]) == ["AF", None, "PK"]


def test_points_in_another_reference_system_are_converted() -> None:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([66.13], [33.72], crs=4326)).to_crs(3857)
    assert list(boundaries.join_provinces(points)["adm1"]) == ["AF-DAY"]


# Beside the line


@pytest.mark.parametrize(
    ("lat", "lon", "country", "adm1", "expected"),
    [
        (34.122, 71.094, "AF", None, "AF-NAN"),  # Torkham
        (34.122, 71.094, "PK", None, "PK-KP"),
        (34.122, 71.094, None, None, "PK-KP"),  # the polygon decides where the text is silent
        (34.122, 71.094, "AF", "AF-KNR", "AF-NAN"),  # Kunar is 60 km off: the text's province cannot be
        (34.00, 71.50, "AF", None, "PK-KP"),  # Peshawar: 40 km from the line the polygon decides
        (33.34, 69.92, "AF", "AF-KHO", "AF-KHO"),
        (33.34, 69.92, "PK", None, "AF-KHO"),
        (31.005, 66.40, "AF", "AF-KAN", "AF-KAN"),  # Spin Boldak
        (3.937, 41.857, "KE", "KE-24", "KE-24"),  # Mandera: its county is known by name alone
        (34.55, 36.08, "LB", "LB-AK", "LB-AK"),  # Halba in Akkar, once part of North Lebanon
    ],
)
def test_within_5_km_of_the_line_the_text_names_the_country(
    lat: float, lon: float, country: str | None, adm1: str | None, expected: str
) -> None:
    assert boundaries.join_with_country(lat, lon, country, adm1) == expected


# Lines


def test_the_line_is_an_edge_of_both_countries_over_its_whole_length() -> None:
    line = boundaries.shared_border("AF", "PK")
    assert len(line.parts) == 1
    steps = set(pairwise(map(tuple, line.parts[0].tolist())))
    back = {(end, start) for start, end in steps}
    assert steps <= edges_of(country_shape("AF"))
    assert back <= edges_of(country_shape("PK"))


def test_the_line_is_the_same_whichever_country_is_named_first() -> None:
    assert boundaries.build_border("PK-AF") == boundaries.build_border("AF-PK")


@pytest.mark.parametrize(
    ("code", "south_west", "north_east"),
    [
        ("AF-PK", "AF-NIM", "PK-GB"),
        ("KH-TH", "KH-9", "TH-34"),
        ("AM-AZ", "AZ-ORD", "AM-TV"),
        ("IN-PK", "IN-GJ", "PK-GB"),
    ],
)
def test_other_borders_work_by_naming_them(code: str, south_west: str, north_east: str) -> None:
    record = boundaries.build_border(code)
    stretches = record["stretches"]
    assert stretches[south_west][0] == 0
    assert stretches[north_east][1] == record["km"][-1]
    assert record["km"] == sorted(record["km"])
    assert len(record["left"]) == len(record["breaks"]) + 1


def test_the_stretches_of_one_side_cover_the_line_without_gap() -> None:
    record = boundaries.build_border("AF-PK")
    afghan = sorted(stretch for adm1, stretch in record["stretches"].items() if adm1.startswith("AF"))
    assert [end for _, end in afghan[:-1]] == [start for start, _ in afghan[1:]]


@pytest.mark.parametrize("code", ["AF-XX", "AF", "AF-AF", "Afghanistan", ""])
def test_a_code_that_is_no_pair_of_countries_is_refused(code: str) -> None:
    with pytest.raises(UsageError, match="name two countries"):
        boundaries.build_border(code)


def test_countries_that_are_no_neighbours_have_no_line() -> None:
    with pytest.raises(UsageError, match="AF and FR share no border"):
        boundaries.shared_border("FR", "AF")


# The browser's map


@pytest.mark.parametrize("name", ["line", "basemap"])
def test_the_committed_file_is_what_the_code_builds(name: str) -> None:
    """When this fails, a table it is made from has changed: run data/build_borders.py."""
    path = ROOT / "data" / "borders" / "AF-PK" / f"{name}.json"
    built = boundaries.build_border("AF-PK") if name == "line" else boundaries.build_basemap("AF-PK")
    assert json.loads(path.read_text(encoding="utf8")) == built


def test_the_basemap_is_small_and_holds_both_countries_provinces() -> None:
    path = ROOT / "data" / "borders" / "AF-PK" / "basemap.json"
    assert path.stat().st_size <= 600_000
    basemap = boundaries.build_basemap("AF-PK")
    assert len(basemap["provinces"]) == 41
    assert [land["code"] for land in basemap["land"] if land["in_border"]] == ["AF", "PK"]
    assert 25 <= len(basemap["towns"]) <= 48


def test_every_drawn_point_of_the_line_is_a_vertex_of_the_land_on_both_sides() -> None:
    """Rounded alike, so the dashes run exactly on the edge of the fill."""
    basemap = boundaries.build_basemap("AF-PK")
    drawn = {tuple(vertex) for vertex in basemap["line"]["coordinates"]}
    for land in basemap["land"][-2:]:
        assert drawn <= {tuple(vertex) for ring in land["rings"] for vertex in ring}


def test_a_border_without_a_folder_is_built_once_and_cached(tmp_path: Path) -> None:
    folder = boundaries.ensure_border("TH-KH", tmp_path)
    assert folder == tmp_path
    assert {path.name for path in (tmp_path / "KH-TH").iterdir()} == {"line.json", "basemap.json"}
    written = (tmp_path / "KH-TH" / "line.json").stat().st_mtime_ns
    boundaries.ensure_border("KH-TH", tmp_path)
    assert (tmp_path / "KH-TH" / "line.json").stat().st_mtime_ns == written


@pytest.mark.parametrize("code", ["DO-HT", "CN-IN", "AM-AZ"])
def test_any_border_can_be_drawn(code: str, tmp_path: Path) -> None:
    """An island of two countries; two giants of which only the land near the line is drawn; a line of five parts."""
    basemap = json.loads((boundaries.ensure_border(code, tmp_path) / code / "basemap.json").read_text(encoding="utf8"))
    (south, west), (north, east) = basemap["bounds"]
    items = [*basemap["land"], *basemap["provinces"]]
    drawn = [vertex for item in items for ring in item["rings"] for vertex in ring]
    assert all(west <= lon <= east and south <= lat <= north for lon, lat in drawn)
    assert {land["code"] for land in basemap["land"] if land["in_border"]} == set(code.split("-"))
    assert len(basemap["line"]["coordinates"]) == len(basemap["line"]["km"])


def test_a_prebuilt_border_is_not_built_again(tmp_path: Path) -> None:
    assert boundaries.ensure_border("AF-PK", tmp_path) == ROOT / "data" / "borders"
    assert not list(tmp_path.iterdir())


# The table of names


def test_the_table_of_names_lists_every_coded_province_once_with_its_point() -> None:
    with (ROOT / "data" / "boundaries" / "units.csv").open(encoding="utf8", newline="") as lines:
        rows = {row["id"]: row for row in csv.DictReader(lines)}
    coded = boundaries.load_provinces()["adm1"].dropna()
    assert {f"adm1:{code}" for code in coded} <= set(rows)
    assert rows["adm1:AF-PKA"]["name"] == "Paktika"
    assert "Hilmand" in rows["adm1:AF-HEL"]["other_names"].split("|")
    assert rows["adm1:PK-KP"]["name_ps"] == "خیبر پښتونخوا"
    assert boundaries.province_of(float(rows["adm1:AF-KHO"]["lat"]), float(rows["adm1:AF-KHO"]["lon"])) == "AF-KHO"
    assert sum(row["code"].startswith("KE-") for row in rows.values()) == 47
    assert {row["area_km2"] for row in rows.values() if row["code"].startswith("NP-")} == {""}
