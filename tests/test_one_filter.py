"""One string, one answer: page, table, map, commands, files and the preview of a link say the same of a filter."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from filter_world import ACTORS, PLACES, fill
from packets import read_packet
from page_world import fill_store
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from geo.cli import main
from geo.model import Claim, DateRange, Incident, Span
from geo.settings import PACKAGE_FOLDER
from geo.store import open_store
from geo.totals import count_totals
from geo.ui.server import RUN, routes
from geo.ui.shared import open_shared

SCRIPT = PACKAGE_FOLDER / "ui" / "dashboard.py"
FILTERS = (
    "", "from=2025-10-01&to=2025-10-31", "type=clash,strike&side=AF", "country=PK&precision=exact", "province=AF-KAN",
    "killed=3", "wounded=1&killed=2", "located_km=15", "located_km=0&border_km=10", "language=ur",
    "language=ur&source=the%20wire",
    "actor=military%20forces%20of%20pakistan", "claimant=state:PK", "within_km=border:torkham,25", "q=spin%20boldak",
    "q=%D8%B3%D9%BE%DB%90%D8%B1%D9%87", "status=withdrawn", "status=draft&km=300-400", "killed=30&located_km=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store with the incidents of the pages' tests and one at each kind of place; it stays as it is."""
    path = tmp_path_factory.mktemp("one") / "incidents.sqlite"
    fill_store(path).close()
    store = open_store(path)
    fill(store, [_incident(number, name) for number, name in enumerate(PLACES)])
    store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BORDER_INCIDENTS_STORE", str(path))
        open_shared.cache_clear()
        yield path
    open_shared.cache_clear()


def _incident(number: int, place: str) -> Incident:
    day = datetime(2025, 10, 1 + number, tzinfo=UTC).date()
    claims = tuple(
        Claim(
            metric=metric, subject="people", low=number, best=number, high=number, claimant_party="state:PK",  # type: ignore[arg-type]
            span=Span(start=0, end=3), article_id="a1",
        )
        for metric in ("killed", "wounded")[: number % 3]
    )  # fmt: skip
    return Incident(
        id=f"at-{place}", title=f"Clash {number}", event_type="Battles", sub_event_type="Armed clash",
        dates=DateRange(start=day, end=day, precision="day"), places=(PLACES[place],), claims=claims,
        totals=count_totals(claims), actors=ACTORS[number % 3 : number % 3 + 1], articles=(("a1", "a2")[number % 2],),
        status="withdrawn" if place == "nowhere" else "draft",
    )  # fmt: skip


@pytest.mark.parametrize("query", FILTERS)
def test_every_face_of_a_filter_shows_the_same_incidents(
    query: str, store_path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", query, "--json"]) == 0
    listed = {json.loads(line)["id"] for line in capfd.readouterr().out.splitlines()}
    page = _open_page(query)
    assert {row["id"] for row in page["table"]["rows"]} == listed
    assert page["head"]["notices"] == []
    assert _ids_of_map(page["map"]) == listed
    for ending, read in (("geojson", _read_features), ("csv", _read_rows)):
        target = tmp_path / f"incidents.{ending}"
        assert main(["export", ending, str(target), query]) == 0
        assert read(target.read_text(encoding="utf-8-sig")) == listed
        served = _client().get(f"/border-incidents/api/incidents.{ending}?{query}")
        assert read(served.content.decode("utf-8-sig")) == listed


def test_the_filters_of_this_test_tell_incidents_apart(store_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    counts = []
    for query in FILTERS:
        assert main(["list", query]) == 0
        counts.append(len(capfd.readouterr().out.splitlines()))
    assert counts[0] == max(counts) > 10
    assert counts.count(0) <= 1
    assert len(set(counts)) > 4


def _open_page(query: str) -> dict[str, Any]:
    """What the parts of the page are given with the table open."""
    page = AppTest.from_file(str(SCRIPT), default_timeout=60)
    page.query_params["tab"] = "table"
    for key, value in parse_qsl(query):
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return read_packet(page)


def _client() -> TestClient:
    return TestClient(Starlette(routes=routes(open_shared)))


def _ids_of_map(command: dict[str, Any]) -> set[str]:
    """Incidents that the map's command leaves, by the mask it asks for and its days."""
    snapshot = open_shared().snapshot()
    left = np.ones(len(snapshot), dtype=bool)
    if command["query"]:
        address = f"/border-incidents/data/AF-PK/{RUN}/mask?{command['query']}&rev={command['rev']}"
        bits = np.frombuffer(_client().get(address).content, dtype=np.uint8)
        left &= np.unpackbits(bits, count=len(snapshot), bitorder="little").astype(bool)
    if command["from"] is not None or command["to"] is not None:
        first, last = command["from"] or 0, command["to"] or 65_535
        left &= (snapshot.end >= first) & (snapshot.start <= last)  # an unknown day is before all others
    return {snapshot.ids[index] for index in left.nonzero()[0]}


def _read_features(text: str) -> set[str]:
    told = [feature["properties"] for feature in json.loads(text)["features"]]
    return {properties["incident"] for properties in told if properties["record"] == "incident"}


def _read_rows(text: str) -> set[str]:
    return {row["id"] for row in csv.DictReader(text.splitlines()) if row["record"] == "incident"}
