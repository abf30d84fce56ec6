"""The CSV and GeoJSON this project writes come back, and so does any list of titles, days and points."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.exchange.csv import write_csv
from geo.exchange.geojson import write_geojson
from geo.exchange.table import select_incidents
from geo.model import Article, DateRange, Incident, IncidentPlace, Reading, Source
from geo.pipeline import Tools, join_border
from geo.store import Store, open_store
from tests.coded.conftest import NOON, Desk
from tests.coded.rows import ACLED_ROW, acled_file, read_file, write_file
from tests.coded.test_conversion import claim, incident

FOLLOWS = ("status", "review", "flags", "articles")
"""Columns that say how the store knows an incident, which is another way now."""


def export_csv(store: Store) -> list[dict[str, str]]:
    stream = io.BytesIO()
    write_csv(stream, select_incidents(store, time=NOON))
    return read_file(stream.getvalue().removeprefix(b"\xef\xbb\xbf"))


def export_json(desk: Desk) -> bytes:
    stream = io.BytesIO()
    selection = select_incidents(desk.store, time=NOON)
    write_geojson(stream, selection, border=desk.tools.border, gazetteer=desk.tools.gazetteer)
    return stream.getvalue()


@pytest.fixture
def read_here(desk: Desk) -> Desk:
    """A desk that has read two incidents: one of several claims and places, one of a night along the line."""
    torkham = desk.tools.gazetteer.place("border:torkham")
    line = desk.tools.gazetteer.place("border:durand-line")
    claims = (
        claim(low=3, best=3, high=3, subject_party="forces:PK", claimant_party="state:AF"),
        claim(low=9, best=9, claimant="the army; on air", qualifier="at least", article_id="b"),
        claim(qualifier="dozens", metric="wounded", claimant="", claimant_party="author"),
        claim(stance="denies", claimant="a minister", claimant_party="state:PK"),
        claim(low=1, high=2, unit="posts", metric="destroyed", claimant_party="local"),
    )
    places = (
        IncidentPlace(place=torkham, adm1="PK-KP", precision="exact"),
        IncidentPlace(place=desk.tools.gazetteer.adm1("AF-KNR"), adm1="AF-KNR", precision="adm1"),
    )
    stretch = IncidentPlace(place=line, precision="line", border_km_start=120.0, border_km_end=140.0)
    night = DateRange(start=date(2025, 10, 11), end=date(2025, 10, 12), precision="day")
    made = [
        incident(*claims, id="0b0a6f5e-8a0c-5b55-9b57-0d3f3b5a1f01", places=places, title="=Clash, at Torkham"),
        incident(id="0b0a6f5e-8a0c-5b55-9b57-0d3f3b5a1f02", places=(stretch,), dates=night, background=True),
    ]
    keep(desk.store, desk.tools, made)
    return desk


def keep(store: Store, tools: Tools, made: list[Incident]) -> None:
    """Show incidents as the report of one article."""
    article = Article(id="a", text="Text", sources=(Source(outlet="Outlet A", url="https://a.example/1"),))
    with store.change(time=NOON) as change:
        change.add_article(article, Reading(article_id="a", language="en"))
        for told in made:
            joined = tuple(join_border(place, tools.border) for place in told.places)
            change.show(replace(told, places=joined, articles=("a",)), reason="read")


@pytest.fixture
def elsewhere(tmp_path: Path, tools: Tools) -> Desk:
    """An empty store on another desk."""
    return Desk(open_store(tmp_path / "elsewhere.sqlite"), tools)


def essence(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    kept = [row for row in rows if row["record"] == "incident"]
    return [{name: cell for name, cell in row.items() if name not in FOLLOWS} for row in kept]


def test_a_csv_of_ours_comes_back(read_here: Desk, elsewhere: Desk) -> None:
    """Ids, places and their precision, figures, claims and sources: the export of the import is the same table."""
    before = export_csv(read_here.store)
    done = elsewhere.bring_in("csv", write_file(list(before[0]), before))
    assert (done.added, done.left_out) == (2, [])
    assert essence(export_csv(elsewhere.store)) == essence(before)
    assert elsewhere.store.check() == []


def test_a_geojson_of_ours_comes_back(read_here: Desk, elsewhere: Desk) -> None:
    """The features of an incident are its places."""
    done = elsewhere.bring_in("geojson", export_json(read_here))
    assert (done.added, done.left_out) == (2, [])
    told = ("id", "title", "places", "place_ids", "precision", "date_start", "killed_low", "claims", "sources")
    rows = [essence(export_csv(desk.store)) for desk in (read_here, elsewhere)]
    first, second = ([{name: row[name] for name in told} for row in found] for found in rows)
    assert first == second


def test_an_incident_that_is_there_stays_as_it_is(read_here: Desk) -> None:
    """The store knows more of it than a list does."""
    before = read_here.store.load_incidents()
    rows = export_csv(read_here.store)
    done = read_here.bring_in("csv", write_file(list(rows[0]), rows))
    assert (done.added, done.unchanged) == (0, 2)
    assert read_here.store.load_incidents() == before


def test_a_plain_list_needs_title_and_date_and_may_have_a_point(desk: Desk) -> None:
    """Nothing is made up for what it does not say: no figure, no kind of event."""
    rows = [
        {"Title": "Shots at the gate", "date": "11 October 2025", "lat": "34.1259", "lon": "71.0950"},
        {"Title": "Talks somewhere", "date": "2025-10-12", "lat": "", "lon": ""},
    ]
    data = write_file(list(rows[0]), rows)
    assert desk.bring_in("csv", data).added == 2
    assert desk.bring_in("csv", data).unchanged == 2
    talks, shots = desk.store.load_incidents()
    assert (shots.title, shots.dates.precision, shots.totals) == ("Shots at the gate", "day", {})
    (place,) = shots.places
    assert (place.precision, place.adm1, place.side) == ("exact", "PK-KP", "PK")
    assert place.distance_to_border_km is not None
    assert talks.places == ()


def test_a_plain_feature_is_an_incident(desk: Desk) -> None:
    point = {"type": "Point", "coordinates": [71.095, 34.1259]}
    feature = {"type": "Feature", "geometry": point, "properties": {"name": "Shots", "date": "2025-10-11"}}
    bad = {"type": "Feature", "geometry": None, "properties": None}
    done = desk.bring_in("geojson", json.dumps({"type": "FeatureCollection", "features": [feature, bad, 7]}).encode())
    assert (done.added, [row.line for row in done.left_out]) == (1, [2, 3])
    assert desk.only().title == "Shots"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"title": " "}, "title is empty"),
        ({"date": "soon"}, "date_start is 'soon', not a day such as 2025-10-11"),
        ({"lat": "91"}, "lat is '91'"),
        ({"sources": "Outlet A; ACLED"}, "whose rows come in as ACLED's own file only"),
        ({"record": "total"}, "one figure for several places"),
        ({"sub_event_type": "Skirmish"}, "none of ACLED's and no border action"),
        ({"killed_low": "some"}, "killed_low is 'some', not a whole number"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(desk: Desk, cells: dict[str, str], reason: str) -> None:
    row = {"record": "", "title": "T", "date": "2025-10-11", "lat": "34", "lon": "71", "sources": "", **cells}
    done = desk.bring_in("csv", write_file(list(row), [row]))
    assert done.added == 0
    assert reason in done.left_out[0].reason


@pytest.mark.parametrize("data", [b"", b"[1, 2]", b'{"features": []}', b"{" * 10_000, b"\xff\xfe{}"])
def test_what_is_no_collection_of_features_is_refused(desk: Desk, data: bytes) -> None:
    with pytest.raises(DataError, match="nothing was imported"):
        desk.bring_in("geojson", data)
    assert desk.store.data_revision() == 0


def test_a_list_made_of_acled_rows_does_not_launder_them(
    desk: Desk, elsewhere: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exported by one who has the right, they do not come in as anybody's."""
    desk.bring_in("acled", acled_file(ACLED_ROW))
    monkeypatch.setenv("BORDER_INCIDENTS_ACLED_RIGHT", "licence no. 7")
    rows = export_csv(desk.store)
    done = elsewhere.bring_in("csv", write_file(list(rows[0]), rows))
    assert (done.added, len(done.left_out)) == (0, 1)
