"""Whether a process can serve, as a container or a load balancer asks it."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from page_world import fill_store
from starlette.applications import Starlette

from geo import __version__
from geo.errors import StoreError
from geo.pipeline import load_tools
from geo.snapshot import SnapshotKeeper
from geo.store import open_store
from geo.ui.health import HEALTH, health_route
from geo.ui.server import routes
from geo.ui.shared import Shared

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's HTTP library may be an older one than it likes
    from starlette.testclient import TestClient


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Shared]:
    """The made-up incidents of the page's tests."""
    fill_store(tmp_path / "incidents.sqlite").close()
    store, tools = open_store(tmp_path / "incidents.sqlite", read_only=True), load_tools("AF-PK")
    yield Shared(store=store, tools=tools, keeper=SnapshotKeeper(store, tools.border))
    store.close()


@pytest.fixture
def client(shared: Shared) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: shared)))


def test_a_dashboard_says_that_its_store_answers(client: TestClient, shared: Shared) -> None:
    answer = client.get(HEALTH)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    snapshot = shared.snapshot()
    assert answer.json() == {
        "status": "ok", "revision": snapshot.revision, "incidents": len(snapshot.ids), "version": __version__,
    }  # fmt: skip


def test_a_store_that_is_gone_is_told_although_readers_still_see_its_snapshot(
    client: TestClient, tmp_path: Path
) -> None:
    assert client.get(HEALTH).status_code == 200
    (tmp_path / "incidents.sqlite").write_bytes(b"no longer a database" * 1000)
    answer = client.get(HEALTH)
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


def test_nothing_of_what_went_wrong_is_told() -> None:
    def look() -> Mapping[str, object]:
        raise StoreError("postgresql://desk@db.example.org/incidents: the password is wrong")

    answer = TestClient(Starlette(routes=[health_route(look)])).get(HEALTH)
    assert json.loads(answer.text) == {"status": "unavailable"}


def test_one_who_tells_nothing_but_that_it_runs_says_only_that() -> None:
    """As the desk does, which says nothing of its store to those who have not signed in."""
    answer = TestClient(Starlette(routes=[health_route(lambda: {})])).get(HEALTH)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
