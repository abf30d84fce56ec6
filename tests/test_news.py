"""Open pages learn of newer data: what they ask for, what it costs, and what they are told."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from packets import read_packet
from page_world import INCIDENTS, NOW, fill_store
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from geo.pipeline import load_tools
from geo.settings import PACKAGE_FOLDER
from geo.snapshot import SnapshotKeeper
from geo.store import Store, open_store
from geo.ui.server import PREFIX, routes
from geo.ui.shared import Shared, open_shared

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's HTTP library may be an older one than it likes
    from starlette.testclient import TestClient

REVISION = f"{PREFIX}/data/AF-PK/run/revision"
Desk = Callable[[str], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of six incidents."""
    fill_store(tmp_path / "incidents.sqlite").close()
    return tmp_path / "incidents.sqlite"


@pytest.fixture
def shared(path: Path) -> Iterator[Shared]:
    store, tools = open_store(path, read_only=True), load_tools("AF-PK")
    yield Shared(store=store, tools=tools, keeper=SnapshotKeeper(store, tools.border, longest_wait_s=0.0))
    store.close()


@pytest.fixture
def client(shared: Shared) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: shared)))


def add_elsewhere(path: Path, *ids: str) -> int:
    """Show further incidents as another process does; the revision that makes."""
    with open_store(path).change(time=NOW) as change:
        for id_ in ids:
            change.show(replace(INCIDENTS[1], id=id_, title="New"), reason="read")
    return open_store(path).data_revision()


def finish_taking() -> None:
    """Wait for the snapshot that is being taken beside the readers."""
    for thread in threading.enumerate():
        if thread.name == "snapshot":
            thread.join()


def test_the_key_of_the_newest_data_is_a_few_bytes_and_spared_who_has_it(client: TestClient, shared: Shared) -> None:
    answer = client.get(REVISION)
    assert answer.text == shared.snapshot().key
    assert len(answer.content) < 20
    assert answer.headers["cache-control"] == "no-cache"
    again = client.get(REVISION, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_only_a_snapshot_that_is_ready_is_told_of(
    client: TestClient, shared: Shared, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.snapshot.keeping.REST_S", 0.0)
    monkeypatch.setattr("geo.snapshot.keeping.LOOK_AGAIN_S", 0.0)
    before = client.get(REVISION).text
    newest = add_elsewhere(path, "new")
    assert client.get(REVISION).text == before
    finish_taking()
    assert client.get(REVISION).text == str(newest)
    assert client.get(f"{PREFIX}/data/AF-PK/run/points?rev={newest}").status_code == 200


def test_two_hundred_pages_that_ask_cost_the_database_next_to_nothing(
    client: TestClient, shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(REVISION)
    asked: list[int] = []
    state = Store.state
    monkeypatch.setattr(Store, "state", lambda store: asked.append(1) or state(store))
    monkeypatch.setattr("geo.snapshot.keeping.monotonic", lambda: 1e9)  # all of them in one moment
    assert {client.get(REVISION).text for _ in range(200)} == {shared.snapshot().key}
    assert len(asked) <= 1


def test_an_unknown_border_has_no_newest_data(client: TestClient) -> None:
    assert client.get(f"{PREFIX}/data/XX-YY/run/revision").status_code == 404


# ---- the page ------------------------------------------------------------------------------------------------------


@pytest.fixture
def open_page(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Opens the page at a link; what others write is seen at once."""
    monkeypatch.setenv("BORDER_INCIDENTS_STORE", str(path))
    monkeypatch.setattr("geo.snapshot.keeping.REST_S", 0.0)
    monkeypatch.setattr("geo.snapshot.keeping.LOOK_AGAIN_S", 0.0)
    open_shared.cache_clear()

    def open_(**query: str) -> AppTest:
        page = AppTest.from_file(str(PACKAGE_FOLDER / "ui" / "dashboard.py"), default_timeout=60)
        for key, value in query.items():
            page.query_params[key] = value
        return page.run()

    yield open_
    open_shared.cache_clear()


def news_of(page: AppTest) -> str:
    return str(read_packet(page)["head"]["news"]).replace("\u2066", "").replace("\u2069", "")


def test_what_comes_while_a_page_is_open_is_told_and_adds_up(open_page: Callable[..., AppTest], path: Path) -> None:
    page = open_page()
    assert news_of(page) == ""
    add_elsewhere(path, "a")
    assert news_of(page.run()) == "1 new incident"
    assert news_of(page.run()) == "1 new incident"
    add_elsewhere(path, "b", "c", "clash")
    told = read_packet(page.run())
    assert told["head"]["news"] == "3 new incidents, 1 change"
    assert told["cards"]["count"] == "9 incidents"
    assert news_of(open_page()) == ""


@pytest.mark.parametrize(("language", "said"), [("ur", "2 نئے واقعات"), ("ps", "2 نوې پېښې"), ("fa", "2 رویداد تازه")])
def test_it_is_told_in_the_language_of_the_page(
    open_page: Callable[..., AppTest], path: Path, language: str, said: str
) -> None:
    page = open_page(lang=language)
    add_elsewhere(path, "a", "b")
    assert news_of(page.run()) == said


def test_the_page_is_told_where_to_look_and_how_often(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = read_packet(open_page())
    look = told["session"]["look"]
    assert look["url"].endswith("/revision")
    assert (look["every_s"], look["key"]) == (15.0, told["map"]["rev"])
    monkeypatch.setenv("BORDER_INCIDENTS_LOOK_EVERY_S", "0")
    assert read_packet(open_page())["session"]["look"] is None


def test_an_earlier_state_is_not_looked_after(open_page: Callable[..., AppTest], path: Path) -> None:
    revision = open_store(path).data_revision()
    add_elsewhere(path, "a")
    page = open_page(asof=str(revision))
    assert read_packet(page)["session"]["look"] is None
    add_elsewhere(path, "b")
    told = read_packet(page.run())
    assert (told["cards"]["count"], told["head"]["news"]) == ("6 incidents", "")


def test_a_wrong_interval_is_told_as_a_sentence(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_LOOK_EVERY_S", "often")
    (error,) = open_page().error
    assert "BORDER_INCIDENTS_LOOK_EVERY_S is 'often', not a number of seconds" in error.value
