"""The hand-made tables of the Afghan-Pakistani border: every row is checked against shapes it was not made from."""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import pytest

from geo.borders import Border, measure_km, open_border
from geo.boundaries import load_provinces
from geo.settings import data_folder
from geo.text import match_key

FOLDER: Path = data_folder() / "borders" / "AF-PK"
LANGUAGES = ["ps", "fa", "ur"]
PLACE_COLUMNS = [
    *["id", "name", "spellings", *LANGUAGES, "kind", "country", "adm1", "lat", "lon"],
    *["uncertainty_km", "radius_km", "same_as", "across", "note", "confirmed"],
]
NAME_COLUMNS = ["id", "en", *LANGUAGES, "demonyms_en", *(f"demonyms_{language}" for language in LANGUAGES)]
KINDS = {"crossing", "adm2", "area", "settlement", "poi", "line"}
ARABIC_LETTER = re.compile(r"[\u0600-\u06ff]")
METRES = "EPSG:32642"
"""UTM 42 N: distances within Afghanistan and Pakistan come out right to a part in a thousand or two."""

Row = dict[str, str]


def read_table(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


PLACES = read_table("places.csv")
NAMES = read_table("names.csv")
POINTS = [row for row in PLACES if row["kind"] != "line"]


@pytest.fixture(scope="module")
def border() -> Border:
    return open_border("AF-PK")


def faults(rows: list[Row], is_wrong: Callable[[Row], bool]) -> list[str]:
    """Ids of the rows for which ``is_wrong`` holds, so that a failure names them."""
    return [row["id"] for row in rows if is_wrong(row)]


def spellings_of(row: Row) -> set[str]:
    """Match keys of every spelling of a place."""
    written = "|".join(row[column] for column in ("name", "spellings", *LANGUAGES))
    return {match_key(name) for name in written.split("|") if name}


def test_table_has_at_least_250_places_and_the_columns_agreed() -> None:
    assert len(PLACES) >= 250
    assert list(PLACES[0]) == PLACE_COLUMNS
    assert list(NAMES[0]) == NAME_COLUMNS


@pytest.mark.parametrize("rows", [PLACES, NAMES], ids=["places", "names"])
def test_ids_are_unique(rows: list[Row]) -> None:
    assert len({row["id"] for row in rows}) == len(rows)


def test_place_ids_are_slugs_of_the_border() -> None:
    assert faults(PLACES, lambda row: not re.fullmatch(r"border:[a-z0-9]+(-[a-z0-9]+)*", row["id"])) == []


def test_every_place_has_a_kind_a_name_in_four_languages_and_a_note() -> None:
    assert faults(PLACES, lambda row: row["kind"] not in KINDS) == []
    assert faults(PLACES, lambda row: not all(row[column] for column in ("name", *LANGUAGES))) == []
    assert faults(PLACES, lambda row: len(row["note"]) < 20 or row["confirmed"] not in {"yes", "no"}) == []


def test_local_names_are_in_arabic_script_and_english_ones_are_not() -> None:
    def is_mixed(row: Row) -> bool:
        local = "|".join(row[column] for column in LANGUAGES).split("|")
        latin = [row["name"], *row["spellings"].split("|")]
        return not all(ARABIC_LETTER.search(name) for name in local) or any(map(ARABIC_LETTER.search, latin))

    assert faults(PLACES, is_mixed) == []


def test_lists_hold_no_empty_or_padded_name() -> None:
    def is_untidy(row: Row) -> bool:
        cells = [value for column, value in row.items() if value and column != "note"]
        return any(part != part.strip() or not part for cell in cells for part in cell.split("|"))

    assert faults(PLACES, is_untidy) == []
    assert faults(NAMES, is_untidy) == []


def test_durand_line_is_a_line_not_a_town() -> None:
    (line,) = [row for row in PLACES if row["kind"] == "line"]
    assert line["id"] == "border:durand-line"
    assert not any(line[column] for column in ("country", "adm1", "lat", "lon"))


def test_every_other_place_has_a_point_and_says_how_far_off_it_may_be() -> None:
    assert faults(POINTS, lambda row: not 27 < float(row["lat"]) < 38.5) == []
    assert faults(POINTS, lambda row: not 60 < float(row["lon"]) < 75) == []
    assert faults(POINTS, lambda row: not 0 < float(row["uncertainty_km"]) <= 250) == []


def test_districts_and_areas_say_how_big_they_are_and_nothing_else_does() -> None:
    extended = {"adm2", "area"}
    assert faults(POINTS, lambda row: (row["kind"] in extended) != bool(row["radius_km"])) == []


def test_province_belongs_to_the_country_and_only_long_ranges_have_none() -> None:
    assert faults(POINTS, lambda row: bool(row["adm1"]) and row["adm1"][:2] != row["country"]) == []
    assert faults(POINTS, lambda row: not row["adm1"] and row["kind"] != "area") == []


def test_every_point_lies_in_its_province_within_its_uncertainty() -> None:
    """The provinces are Natural Earth's: the line in them is generalised, so a gate may be a few km across it."""
    shapes = load_provinces().set_index("adm1").to_crs(METRES).geometry
    rows = [row for row in POINTS if row["adm1"]]
    lons, lats = ([float(row[axis]) for row in rows] for axis in ("lon", "lat"))
    points = gpd.GeoSeries.from_xy(lons, lats, crs="EPSG:4326").to_crs(METRES)
    outside_km = {
        row["id"]: shapes[row["adm1"]].distance(point) / 1000 for row, point in zip(rows, points, strict=True)
    }
    assert faults(rows, lambda row: outside_km[row["id"]] > float(row["uncertainty_km"])) == []


def test_crossings_are_on_the_line_and_name_the_province_across(border: Border) -> None:
    gates = [row for row in PLACES if row["kind"] == "crossing"]
    assert len(gates) >= 15
    assert faults(gates, lambda row: border.locate(float(row["lat"]), float(row["lon"])).distance_km > 15) == []
    assert faults(gates, lambda row: row["across"][:2] != {"AF": "PK", "PK": "AF"}[row["country"]]) == []


def shared_names(kind: str) -> Iterator[tuple[str, Row, Row]]:
    """Pairs of places of one kind that share a spelling."""
    bearers: defaultdict[str, list[Row]] = defaultdict(list)
    for row in POINTS:
        if row["kind"] == kind:
            for key in spellings_of(row):
                bearers[key].append(row)
    for key, rows in bearers.items():
        for first, second in combinations(rows, 2):
            yield key, first, second


@pytest.mark.parametrize("kind", sorted(KINDS - {"line"}))
def test_one_name_means_one_place_of_a_kind_in_a_province(kind: str) -> None:
    """The same name twice is fine in two provinces (Jani Khel) or at one spot, never at two spots of one province."""
    conflicts = [
        (key, first["id"], second["id"])
        for key, first, second in shared_names(kind)
        if first["adm1"] == second["adm1"]
        and measure_km(float(first["lat"]), float(first["lon"]), float(second["lat"]), float(second["lon"]))
        > math.fsum((float(first["uncertainty_km"]), float(second["uncertainty_km"])))
    ]
    assert conflicts == []


def test_unconfirmed_points_are_not_claimed_to_be_exact() -> None:
    assert faults(POINTS, lambda row: row["confirmed"] == "no" and float(row["uncertainty_km"]) < 1.5) == []


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Angur Ada", "border:angoor-adda"),
        ("Bab-e-Dosti", "border:friendship-gate"),
        ("Baramcha", "border:bahram-chah"),
        ("Sirkanay", "border:sarkano-district"),
        ("Alisher", "border:terezai-district"),
        ("Tari Mengal", "border:teri-mangal"),
        ("تورخم", "border:torkham"),
        ("طورخم", "border:torkham"),
        ("شمالی وزیرستان", "border:north-waziristan"),
        ("څمکني", "border:chamkani-district"),
        ("خط فرضی", "border:durand-line"),
    ],
)
def test_spellings_of_the_news_find_their_place(name: str, place_id: str) -> None:
    (row,) = [row for row in PLACES if row["id"] == place_id]
    assert match_key(name) in spellings_of(row)


def test_names_cover_both_countries_and_all_their_provinces() -> None:
    known = {row["id"] for row in NAMES}
    provinces = load_provinces()
    ours = provinces[provinces["country"].isin(["AF", "PK"])]
    assert {"country:AF", "country:PK", *(f"adm1:{code}" for code in ours["adm1"])} <= known


def test_names_are_given_in_all_four_languages() -> None:
    assert faults(NAMES, lambda row: not all(row[language] for language in ("en", *LANGUAGES))) == []


def test_names_belong_to_ids_of_the_gazetteer() -> None:
    gazetteer_id = re.compile(r"country:[A-Z]{2}|adm1:[A-Z]{2}-[A-Z]+|geonames:\d+")
    assert faults(NAMES, lambda row: not gazetteer_id.fullmatch(row["id"])) == []


def test_both_peoples_have_demonyms_in_every_language() -> None:
    peoples = {row["id"]: row for row in NAMES}
    for country, demonym in (("country:AF", "Afghans"), ("country:PK", "Pakistanis")):
        row = peoples[country]
        assert demonym in row["demonyms_en"].split("|")
        assert all(row[f"demonyms_{language}"] for language in LANGUAGES)
