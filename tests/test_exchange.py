"""Exports say what they hold, are never finer than the report, count a toll once, and carry no formula."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from exchange_world import (
    ARTICLE,
    AT_TORKHAM,
    IN_KUNAR,
    KILLED,
    LINE,
    NOON,
    PAKISTAN,
    PAPERS,
    TORKHAM,
    incident,
    select,
    total,
)
from shapely.geometry import shape

from geo.borders import Border, measure_km, open_border, read_line
from geo.errors import StoreError, UsageError
from geo.exchange import table
from geo.exchange.csv import COLUMNS, write_csv
from geo.exchange.files import write_whole
from geo.exchange.geojson import write_geojson
from geo.exchange.table import Selection, StoredIncidents, select_incidents
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import (
    Actor,
    DateRange,
    Flag,
    IncidentPlace,
    Reading,
)
from geo.store import open_store

Feature = dict[str, Any]


def as_csv(selection: Selection) -> list[dict[str, str]]:
    stream = io.BytesIO()
    write_csv(stream, selection)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def border() -> Border:
    return open_border("AF-PK")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(border="AF-PK")


class Exporter:
    """Writes GeoJSON of a border."""

    def __init__(self, border: Border, gazetteer: Gazetteer) -> None:
        self.border, self.gazetteer = border, gazetteer

    def features(self, selection: Selection) -> list[Feature]:
        return list(self.collection(selection)["features"])

    def collection(self, selection: Selection) -> Feature:
        stream = io.BytesIO()
        write_geojson(stream, selection, border=self.border, gazetteer=self.gazetteer)
        return dict(json.loads(stream.getvalue()))

    def geometry(self, place: IncidentPlace) -> shapely.Geometry | None:
        (feature,) = self.features(select(incident(place)))
        return shape(feature["geometry"]) if feature["geometry"] else None


@pytest.fixture(scope="module")
def export(border: Border, gazetteer: Gazetteer) -> Exporter:
    return Exporter(border, gazetteer)


# ---- the papers ------------------------------------------------------------------------------------------------------


def test_csv_states_filter_revision_time_licence_and_citation() -> None:
    about = as_csv(select(incident(AT_TORKHAM), query="province=PK-KP"))[0]
    assert about["record"] == "about"
    assert all(part in about["title"] for part in PAPERS)


def test_geojson_states_filter_revision_time_licence_and_citation(export: Exporter) -> None:
    about = " ".join(export.collection(select(incident(AT_TORKHAM), query="province=PK-KP"))["about"].values())
    assert all(part in about for part in PAPERS)


@pytest.mark.parametrize(
    ("status", "said"), [("draft", "read by machine, not checked"), ("reviewed", "checked by a person")]
)
def test_each_record_says_whether_a_person_has_checked_it(export: Exporter, status: str, said: str) -> None:
    selection = select(incident(AT_TORKHAM, status=status), scopes=[total("AF-KNR")])
    assert [row["review"] for row in as_csv(selection)[1:]] == [said, said]
    assert [feature["properties"]["review"] for feature in export.features(selection)] == [said, said]


def test_the_same_selection_gives_the_same_bytes(export: Exporter) -> None:
    selection = select(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")])
    written = [io.BytesIO() for _ in range(4)]
    for stream in written[:2]:
        write_csv(stream, selection)
    for stream in written[2:]:
        write_geojson(stream, selection, border=export.border, gazetteer=export.gazetteer)
    assert written[0].getvalue() == written[1].getvalue()
    assert written[2].getvalue() == written[3].getvalue()


def test_nothing_selected_is_a_whole_file_too(export: Exporter) -> None:
    assert [row["record"] for row in as_csv(select())] == ["about"]
    assert export.collection(select()) == {**export.collection(select()), "type": "FeatureCollection", "features": []}


# ---- csv -------------------------------------------------------------------------------------------------------------
def test_a_toll_stands_once_and_a_total_is_a_row_of_its_own() -> None:
    rows = as_csv(select(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")]))
    assert [(row["record"], row["killed_low"]) for row in rows] == [("about", ""), ("incident", "3"), ("total", "58")]
    assert (rows[1]["totals"], rows[2]["covers"]) == ("scope-1", "incident-1")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(1)\n"])
def test_no_text_cell_is_a_formula(text: str) -> None:
    hostile = incident(
        replace(AT_TORKHAM, place=replace(TORKHAM, name=text)),
        title=text,
        actors=(Actor(name=text, kind="other"),),
        flags=(Flag(code=text, detail=text),),
        claims=(replace(KILLED, claimant=text),),
    )
    for row in as_csv(select(hostile)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    assert as_csv(select(hostile))[1]["title"].startswith("'")


def test_numbers_keep_their_sign() -> None:
    west = replace(AT_TORKHAM, place=replace(TORKHAM, lat=-34.5, lon=-71.25))
    row = as_csv(select(incident(west)))[1]
    assert (row["lat"], row["lon"]) == ("-34.5", "-71.25")


def test_a_position_stands_only_where_there_is_one_point() -> None:
    for places in ((IN_KUNAR,), (AT_TORKHAM, IN_KUNAR), (), (replace(AT_TORKHAM, precision="adm2"),)):
        row = as_csv(select(incident(*places)))[1]
        assert (row["lat"], row["lon"]) == ("", "")


def test_unknown_is_an_empty_cell_and_never_nought() -> None:
    row = as_csv(select(incident(totals={}, claims=(), dates=DateRange(start=None, end=None, precision="unknown"))))[1]
    assert {row[name] for name in ("killed_low", "killed_high", "wounded_best", "date_start", "radius_km")} == {""}


def test_names_in_other_scripts_survive_and_disguises_do_not() -> None:
    place = replace(AT_TORKHAM, place=replace(TORKHAM, name='تور\u200cخم\u202e,\x00 "x"\nنه'))
    assert as_csv(select(incident(place)))[1]["places"] == 'تور\u200cخم, "x" نه'


def test_columns_are_written_in_a_fixed_order() -> None:
    stream = io.BytesIO()
    write_csv(stream, select())
    assert stream.getvalue().startswith(b"\xef\xbb\xbfrecord,id,title,status,review,")
    assert stream.getvalue().endswith(b"\r\n")
    assert len(set(COLUMNS)) == len(COLUMNS)


# ---- geojson ---------------------------------------------------------------------------------------------------------
def test_an_exact_place_is_a_point_in_longitude_latitude_order(export: Exporter) -> None:
    (feature,) = export.features(select(incident(AT_TORKHAM)))
    assert feature["geometry"] == {"type": "Point", "coordinates": [71.095, 34.1259]}
    assert feature["properties"]["precision"] == "exact"


def test_near_is_a_disc_of_the_reported_radius(export: Exporter) -> None:
    disc = export.geometry(replace(AT_TORKHAM, precision="near", radius_km=10.0))
    assert isinstance(disc, shapely.Polygon)
    radii = [measure_km(34.1259, 71.095, lat, lon) for lon, lat in disc.exterior.coords]
    assert min(radii) == pytest.approx(10, rel=0.01)
    assert max(radii) == pytest.approx(10, rel=0.01)


def test_a_district_is_a_disc_of_its_size_and_never_a_point(export: Exporter, gazetteer: Gazetteer) -> None:
    kurram = gazetteer.place("border:kurram")
    disc = export.geometry(IncidentPlace(place=kurram, adm1="PK-KP", precision="adm2"))
    assert isinstance(disc, shapely.Polygon)
    radius = gazetteer.extras["border:kurram"].radius_km
    assert kurram and radius and kurram.lat
    assert measure_km(kurram.lat, kurram.lon or 0, disc.bounds[3], kurram.lon or 0) == pytest.approx(radius, rel=0.02)


def test_a_province_is_its_outline(export: Exporter) -> None:
    outline = export.geometry(IN_KUNAR)
    assert outline is not None and outline.geom_type in ("Polygon", "MultiPolygon")
    assert outline.contains(shapely.Point(71.0774, 34.9565))
    assert not outline.contains(shapely.Point(71.095, 34.1259))


def test_a_stretch_of_the_line_is_cut_at_its_kilometres(export: Exporter, border: Border) -> None:
    stretch = IncidentPlace(place=LINE, precision="line", border_km_start=100.0, border_km_end=160.0)
    line = export.geometry(stretch)
    assert isinstance(line, shapely.LineString)
    (lat, lon), (west, south) = border.point_at(100.0), line.coords[0]
    assert measure_km(lat, lon, south, west) < 0.05
    steps = zip(line.coords, line.coords[1:], strict=False)
    assert sum(measure_km(a[1], a[0], b[1], b[0]) for a, b in steps) == pytest.approx(60, rel=0.02)


def test_the_whole_line_is_meant_where_no_end_is_named(export: Exporter, border: Border) -> None:
    line = export.geometry(IncidentPlace(place=LINE, precision="line"))
    assert line is not None and line.geom_type in ("LineString", "MultiLineString")
    assert len(shapely.get_coordinates(line)) == len(border.coordinates)


def test_a_line_in_parts_is_not_drawn_across_the_gap(gazetteer: Gazetteer) -> None:
    broken = read_line(
        {
            "code": "AF-PK", "countries": ["AF", "PK"], "names": {"en": "Line"}, "note": [],
            "coordinates": [[60, 30], [61, 30], [65, 30], [66, 30]], "km": [0, 96, 96, 192], "breaks": [2],
            "left": ["AF", "AF"], "stretches": {}, "attribution": "",
        }
    )  # fmt: skip
    line = Exporter(broken, gazetteer).geometry(IncidentPlace(place=LINE, precision="line"))
    assert [list(part.coords) for part in shapely.get_parts(line)] == [[(60, 30), (61, 30)], [(65, 30), (66, 30)]]


@pytest.mark.parametrize("precision", ["country", "unknown"])
def test_a_country_is_listed_and_not_drawn(export: Exporter, precision: Any) -> None:
    assert export.geometry(IncidentPlace(place=PAKISTAN, precision=precision)) is None


def test_an_incident_without_a_place_is_listed(export: Exporter) -> None:
    (feature,) = export.features(select(incident()))
    assert feature["geometry"] is None
    assert feature["properties"]["incident"] == "incident-1"


def test_a_point_off_the_earth_is_not_drawn(export: Exporter) -> None:
    for lat, lon in ((1e308, 0.0), (float("nan"), 0.0), (0.0, float("inf"))):
        assert export.geometry(replace(AT_TORKHAM, place=replace(TORKHAM, lat=lat, lon=lon))) is None


def test_sums_over_features_count_a_toll_once(export: Exporter) -> None:
    features = export.features(select(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")]))
    properties = [feature["properties"] for feature in features]
    assert [p["killed_low"] for p in properties] == [3, None, 58]
    assert [p.get("counted_in") for p in properties] == [None, "incident-1:0", None]


def test_a_total_covers_its_provinces_as_one_area(export: Exporter) -> None:
    feature = export.features(select(incident(IN_KUNAR), scopes=[total("AF-KNR", "AF-NAN")]))[1]
    area = shape(feature["geometry"])
    assert feature["properties"]["precision"] == "total"
    assert area.contains(shapely.Point(71.0774, 34.9565))
    assert area.contains(shapely.Point(70.45, 34.43))
    assert not area.contains(shapely.Point(69.17, 34.53))


def test_a_total_along_the_line_is_the_line(export: Exporter) -> None:
    feature = export.features(select(incident(IN_KUNAR), scopes=[total("border:durand-line")]))[1]
    assert feature["geometry"]["type"] in ("LineString", "MultiLineString")


def test_rings_follow_the_right_hand_rule_and_every_geometry_is_valid(export: Exporter) -> None:
    places = [IN_KUNAR, replace(AT_TORKHAM, precision="near", radius_km=5.0), replace(IN_KUNAR, adm1="PK-BA")]
    features = export.features(select(*(incident(place) for place in places), scopes=[total("AF-KNR", "PK-KP")]))
    for feature in features:
        geometry = shape(feature["geometry"])
        assert geometry.is_valid
        for polygon in shapely.get_parts(geometry):
            assert polygon.exterior.is_ccw
            assert not any(hole.is_ccw for hole in polygon.interiors)


def test_a_disc_over_the_date_line_is_cut_there(export: Exporter) -> None:
    taveuni = replace(TORKHAM, lat=-16.8, lon=179.99)
    disc = export.geometry(IncidentPlace(place=taveuni, precision="near", radius_km=20.0))
    assert isinstance(disc, shapely.MultiPolygon)
    assert disc.bounds[0] >= -180 and disc.bounds[2] <= 180
    assert len(disc.geoms) == 2


def test_ids_are_unique_and_the_box_holds_everything(export: Exporter) -> None:
    selection = select(incident(AT_TORKHAM, IN_KUNAR), incident(AT_TORKHAM, id_="incident-2"))
    collection = export.collection(selection)
    ids = [feature["id"] for feature in collection["features"]]
    assert len(set(ids)) == len(ids) == 3
    box = shapely.box(*collection["bbox"])
    assert all(box.covers(shape(feature["geometry"])) for feature in collection["features"])


def test_a_selection_left_in_the_store_gives_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_store(tmp_path / "a.sqlite")) as store:
        with store.change(time=NOON) as change:
            change.add_article(ARTICLE, Reading(article_id=ARTICLE.id, language="en"))
            change.show_all([incident(AT_TORKHAM, id_=f"i{number}") for number in range(7)], reason="test")
        held = select_incidents(store, time=NOON)
        monkeypatch.setattr(table, "_AT_ONCE", 3)
        left = select_incidents(store, time=NOON)
        assert isinstance(left.incidents, StoredIncidents)
        assert as_csv(left) == as_csv(held)


def test_a_selection_left_in_a_store_that_moves_on_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_AT_ONCE", 1)
    with closing(open_store(tmp_path / "a.sqlite")) as store:
        for number in range(3):
            with store.change(time=NOON) as change:
                change.show(incident(AT_TORKHAM, id_=f"i{number}", articles=(), claims=()), reason="test")
            if number == 1:
                selection = select_incidents(store, time=NOON)
        with pytest.raises(StoreError, match="try again"):
            as_csv(selection)


# ---- files and stores ------------------------------------------------------------------------------------------------
def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), write_whole(target) as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert target.read_text() == "old"
    with write_whole(target) as stream:
        stream.write(b"new")
    assert target.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere.*cannot be written"), write_whole(tmp_path / "nowhere" / "out.csv"):
        pass


def test_a_selection_has_the_totals_and_sources_of_its_incidents(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.sqlite")
    assert select_incidents(store, time=NOON) == Selection(incidents=[], scopes=[], revision=0, time=NOON)
    with store.change(time=NOON) as change:
        change.show_all(
            [incident(AT_TORKHAM, articles=()), incident(id_="gone", articles=(), status="withdrawn")], reason="t"
        )
    selection = select_incidents(store, time=NOON)
    assert [i.id for i in selection.incidents] == ["incident-1"]
    assert selection.revision == store.data_revision()
