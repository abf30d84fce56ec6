"""A GeoPackage is one by the standard's own rules, has each figure once, and no point that a report does not name."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
import pytest
import shapely
from exchange_world import ARTICLE, AT_TORKHAM, IN_KUNAR, KILLED, KURRAM, LINE, NOON, PAPERS, TORKHAM, incident, total
from lxml import etree

from geo.errors import StoreError
from geo.exchange import table
from geo.exchange.formats import Setting
from geo.exchange.geopackage import write_geopackage
from geo.exchange.table import Selection, select_incidents
from geo.model import Actor, Article, Incident, IncidentPlace, Reading, Scope, Source
from geo.pipeline import load_tools
from geo.store import Store, open_store

APPLICATION_ID = 0x47504B47
REQUIRED_TABLES = {"gpkg_spatial_ref_sys", "gpkg_contents", "gpkg_geometry_columns", "gpkg_extensions"}
LAYERS = {
    "incidents": "Point", "areas": "MultiPolygon", "stretches": "MultiLineString", "totals": "Unknown",
    "border": "MultiLineString", "places": None, "sources": None, "claims": None, "about": None, "layer_styles": None,
}  # fmt: skip
NEAR_TORKHAM = replace(AT_TORKHAM, precision="near", radius_km=5.0)
IN_KURRAM = IncidentPlace(place=KURRAM, adm1="PK-KP", precision="adm2", side="PK")
ON_STRETCH = IncidentPlace(place=LINE, precision="line", border_km_start=300.0, border_km_end=400.0)
NOWHERE = IncidentPlace(place=None, precision="unknown")


class Desk:
    """A store, and GeoPackages of what is in it."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self._folder = store, folder
        tools = load_tools("AF-PK")
        self.setting = Setting(store=store, border=tools.border, gazetteer=tools.gazetteer)

    def keep(
        self, *incidents: Incident, scopes: Sequence[Scope] = (), articles: Sequence[Article] = (ARTICLE,)
    ) -> None:
        """Put incidents and totals into the store."""
        with self.store.change(time=NOON) as change:
            for article in articles:
                change.add_article(article, Reading(article_id=article.id, language="en"))
            for position, scope in enumerate(scopes):
                change.add_scope(scope, article_id=ARTICLE.id, position=position)
            change.show_all(incidents, reason="test")

    def select(self, ids: Sequence[str] | None = None, query: str = "") -> Selection:
        return select_incidents(self.store, ids, query=query, time=NOON)

    def write(self, selection: Selection | None = None) -> Path:
        """A GeoPackage of the selection, or of everything."""
        stream = io.BytesIO()
        write_geopackage(stream, selection or self.select(), self.setting)
        path = self._folder / "incidents.gpkg"
        path.write_bytes(stream.getvalue())
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_store(tmp_path / "store.sqlite")) as store:
        yield Desk(store, tmp_path)


def rows_of(path: Path, layer: str) -> list[dict[str, Any]]:
    """The rows of a layer as GDAL reads them, None where nothing is known."""
    frame = pyogrio.read_dataframe(path, layer=layer).astype(object)
    return [dict(row) for row in frame.where(frame.notna(), None).to_dict("records")]


def layer_of(path: Path, layer: str) -> geopandas.GeoDataFrame:
    return pyogrio.read_dataframe(path, layer=layer)


# ---- the standard ----------------------------------------------------------------------------------------------------
def test_the_file_is_a_geopackage_by_the_standards_own_tables(desk: Desk) -> None:
    desk.keep(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")])
    with closing(sqlite3.connect(desk.write())) as file:
        ask = file.execute
        assert ask("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert ask("PRAGMA user_version").fetchone()[0] >= 10200
        assert ask("PRAGMA integrity_check").fetchone() == ("ok",)
        assert ask("PRAGMA foreign_key_check").fetchall() == []
        tables = {name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables >= REQUIRED_TABLES
        assert {-1, 0, 4326} <= {id_ for (id_,) in ask("SELECT srs_id FROM gpkg_spatial_ref_sys")}
        assert {name for (name,) in ask("SELECT table_name FROM gpkg_contents")} == set(LAYERS)
        for name, extent in (
            (row[0], row[1:]) for row in ask("SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents")
        ):
            bounds = layer_of(desk.write(), name).total_bounds if LAYERS[name] else None
            if bounds is not None and bounds[0] == bounds[0]:
                assert extent == pytest.approx(tuple(bounds))


def test_gdal_reads_every_layer_and_every_shape_is_valid(desk: Desk) -> None:
    desk.keep(incident(AT_TORKHAM, NEAR_TORKHAM, IN_KURRAM, IN_KUNAR, ON_STRETCH), scopes=[total("AF-KNR", "AF-KHO")])
    path = desk.write()
    assert dict(pyogrio.list_layers(path)) == LAYERS
    for name in (name for name, kind in LAYERS.items() if kind):
        layer = layer_of(path, name)
        assert layer.crs.to_epsg() == 4326
        assert len(layer) > 0
        assert shapely.is_valid(layer.geometry[layer.geometry.notna()]).all()


def test_the_extent_of_each_layer_is_that_of_its_shapes(desk: Desk) -> None:
    desk.keep(incident(AT_TORKHAM, NEAR_TORKHAM, IN_KUNAR, ON_STRETCH), scopes=[total("AF-KNR", "AF-KHO")])
    path = desk.write()
    with closing(sqlite3.connect(path)) as file:
        for name in (name for name, kind in LAYERS.items() if kind):
            asked = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?"
            assert file.execute(asked, (name,)).fetchone() == pytest.approx(layer_of(path, name).total_bounds)


def test_the_same_selection_gives_the_same_bytes(desk: Desk) -> None:
    desk.keep(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")])
    assert desk.write().read_bytes() == desk.write().read_bytes()


def test_nothing_selected_is_a_whole_file_too(desk: Desk) -> None:
    path = desk.write()
    assert dict(pyogrio.list_layers(path)) == LAYERS
    assert len(layer_of(path, "incidents")) == 0
    assert len(layer_of(path, "border")) == 1


# ---- papers and styles -----------------------------------------------------------------------------------------------
def test_the_file_states_filter_revision_time_licence_and_citation(desk: Desk) -> None:
    desk.keep(incident(AT_TORKHAM))
    revision = desk.store.data_revision()
    path = desk.write(desk.select(["incident-1"], "province=PK-KP"))
    wanted = [part.replace("7", str(revision)) if "revision" in part else part for part in PAPERS]
    about = " ".join(f"{row['name']} {row['value']}" for row in rows_of(path, "about"))
    metadata = " ".join(pyogrio.read_info(path, layer="incidents")["dataset_metadata"].values())
    assert all(part in about for part in wanted)
    assert all(part in metadata for part in wanted)


def test_layers_that_are_drawn_carry_a_style_for_qgis(desk: Desk) -> None:
    desk.keep(incident(AT_TORKHAM))
    path = desk.write()
    styles = {row["f_table_name"]: etree.fromstring(row["styleQML"]) for row in rows_of(path, "layer_styles")}
    assert set(styles) == {name for name, kind in LAYERS.items() if kind}
    assert all(
        style.tag == "qgis" and style.find("renderer-v2/symbols/symbol/layer") is not None for style in styles.values()
    )
    categories = {category.get("value") for category in styles["incidents"].iter("category")}
    assert {row["category"] for row in rows_of(path, "incidents")} <= categories


# ---- incidents -------------------------------------------------------------------------------------------------------
def test_a_named_place_is_a_point_with_typed_columns(desk: Desk) -> None:
    desk.keep(incident(AT_TORKHAM, actors=(Actor(name="The Army", kind="state forces", side="party"),)))
    (row,) = rows_of(desk.write(), "incidents")
    assert (row["geometry"].x, row["geometry"].y) == (71.0950, 34.1259)
    assert row["date_start"].date() if hasattr(row["date_start"], "date") else row["date_start"] == date(2025, 10, 11)
    assert (row["killed_low"], row["recalled"], row["category"]) == (3, False, "clash")
    assert (row["actors"], row["sources"], row["review"]) == (
        "The Army (party)", "Outlet A", "read by machine, not checked",
    )  # fmt: skip


@pytest.mark.parametrize("place", [NEAR_TORKHAM, IN_KURRAM, IN_KUNAR, ON_STRETCH, NOWHERE])
def test_a_vague_place_is_no_point(desk: Desk, place: IncidentPlace) -> None:
    desk.keep(incident(place))
    (row,) = rows_of(desk.write(), "incidents")
    assert (row["geometry"], row["killed_low"]) == (None, 3)


def test_an_incident_without_a_place_is_a_row_without_a_point(desk: Desk) -> None:
    desk.keep(incident())
    (row,) = rows_of(desk.write(), "incidents")
    assert (row["geometry"], row["place"], row["killed_low"]) == (None, None, 3)


def test_the_toll_of_an_incident_at_two_places_stands_once(desk: Desk) -> None:
    other = replace(AT_TORKHAM, place=replace(TORKHAM, id="test:2", name="Other", lat=34.2))
    desk.keep(incident(IN_KUNAR, AT_TORKHAM, other), incident(IN_KUNAR, id_="incident-2"))
    rows = [row for row in rows_of(desk.write(), "incidents") if row["incident"] == "incident-1"]
    assert [(row["id"], row["place"], row["killed_low"], row["counted_in"]) for row in rows] == [
        ("incident-1:0", "Torkham", 3, None),
        ("incident-1:1", "Other", None, "incident-1:0"),
    ]


def test_rows_come_in_the_order_of_the_selection_and_no_others(desk: Desk) -> None:
    desk.keep(*(incident(AT_TORKHAM, id_=f"i{number}") for number in range(9)))
    path = desk.write(desk.select(["i7", "i2", "i5"]))
    for name in ("incidents", "places", "claims", "sources"):
        assert [row["incident"] for row in rows_of(path, name)] == ["i7", "i2", "i5"]


def test_a_selection_left_in_the_store_gives_the_same_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = Article(id="article-2", text="Text", sources=(Source(outlet="Outlet B"), Source(outlet="Outlet C")))
    kept = [
        incident(AT_TORKHAM, IN_KUNAR, id_=f"i{n}", articles=("article-1", "article-2"), copied=("article-2",))
        for n in range(9)
    ]
    desk.keep(*kept, scopes=[total("AF-KNR", "AF-KHO", incidents=("i3",))], articles=(ARTICLE, copy))
    held = desk.write(desk.select([f"i{n}" for n in range(8)])).read_bytes()
    monkeypatch.setattr(table, "_AT_ONCE", 3)
    assert desk.write(desk.select([f"i{n}" for n in range(8)])).read_bytes() == held


def test_a_store_that_has_moved_on_is_refused(desk: Desk) -> None:
    desk.keep(incident(AT_TORKHAM))
    selection = desk.select()
    desk.keep(incident(AT_TORKHAM, id_="incident-2"), articles=())
    with pytest.raises(StoreError, match="try again"):
        desk.write(selection)


# ---- areas, stretches, totals ----------------------------------------------------------------------------------------
def test_an_area_is_drawn_once_however_many_incidents_it_has(desk: Desk) -> None:
    desk.keep(
        *(incident(IN_KUNAR, id_=f"i{number}") for number in range(3)), incident(NEAR_TORKHAM, IN_KURRAM, id_="i4")
    )
    path = desk.write()
    areas = {row["kind"]: row for row in rows_of(path, "areas")}
    assert {kind: row["incidents"] for kind, row in areas.items()} == {"province": 3, "near": 1, "district": 1}
    assert areas["province"]["geometry"].contains(shapely.Point(71.0774, 34.9565))
    assert areas["near"]["geometry"].contains(shapely.Point(71.0950, 34.1259))
    joined = {(row["incident"], row["place"]): row["area"] for row in rows_of(path, "places")}
    assert joined["i0", "Kunar"] == joined["i1", "Kunar"] == areas["province"]["id"]
    assert joined["i4", "Torkham"] == areas["near"]["id"]


def test_a_stretch_of_the_line_is_cut_from_the_border(desk: Desk) -> None:
    whole_line = replace(ON_STRETCH, border_km_start=None, border_km_end=None)
    desk.keep(*(incident(place, id_=f"i{n}") for n, place in enumerate((ON_STRETCH, ON_STRETCH, whole_line))))
    path = desk.write()
    stretches, (border,) = layer_of(path, "stretches"), layer_of(path, "border").geometry
    assert sorted(stretches["incidents"]) == [1, 2]
    assert max(shape.distance(border) for shape in stretches.geometry) < 1e-6
    whole = stretches.geometry[stretches["border_km_start"].isna()].iloc[0]
    assert whole.equals(border)


def test_a_figure_for_several_places_stands_in_totals_only(desk: Desk) -> None:
    desk.keep(incident(AT_TORKHAM), scopes=[total("AF-KNR", "AF-KHO")])
    path = desk.write()
    (row,) = rows_of(path, "totals")
    assert (row["id"], row["killed_low"], row["covers"]) == ("scope-1", 58, "incident-1")
    assert row["geometry"].contains(shapely.Point(71.0774, 34.9565))
    assert [row["killed_low"] for row in rows_of(path, "incidents")] == [3]
    assert [row["totals"] for row in rows_of(path, "incidents")] == ["scope-1"]
    assert [(row["incident"], row["total"], row["low"]) for row in rows_of(path, "claims")] == [
        ("incident-1", None, 3), (None, "scope-1", 58),
    ]  # fmt: skip
    assert not {"killed_low", "wounded_low"} & set(layer_of(path, "areas").columns)


# ---- claims and sources ----------------------------------------------------------------------------------------------
def test_claims_and_sources_say_where_they_can_be_read_and_what_only_repeats(desk: Desk) -> None:
    copy = Article(id="article-2", text="Text", title="A headline", publisher="Outlet B", published=date(2025, 10, 13))
    repeated = replace(KILLED, article_id="article-2", claimant="=cmd")
    desk.keep(
        incident(AT_TORKHAM, claims=(KILLED, repeated), articles=("article-1", "article-2"), copied=("article-2",)),
        articles=(ARTICLE, copy),
    )
    path = desk.write()
    claims, sources = rows_of(path, "claims"), rows_of(path, "sources")
    assert [(row["claimant"], row["outlet"], row["copied"]) for row in claims] == [
        ("Zabihullah Mujahid", "Outlet A", False), ("=cmd", "Outlet B", True),
    ]  # fmt: skip
    assert [(row["outlet"], row["url"], row["copied"]) for row in sources] == [
        ("Outlet A", "https://a.example/1", False), ("Outlet B", None, True),
    ]  # fmt: skip


def test_names_in_other_scripts_survive_and_disguises_do_not(desk: Desk) -> None:
    place = replace(AT_TORKHAM, place=replace(TORKHAM, name="تور\u200cخم\u202e\n'); DROP TABLE x"))
    desk.keep(incident(place))
    assert rows_of(desk.write(), "places")[0]["place"] == "تور\u200cخم '); DROP TABLE x"
