"""What is held back after readers saw it cannot be had again, by whatever state of the data they name."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from geo.model import Reading, Release, Span
from geo.pipeline import load_tools
from geo.snapshot import SnapshotKeeper
from geo.store import Store, open_store
from geo.ui.server import PREFIX, routes
from geo.ui.shared import Shared
from tests.leaving_world import LATER, NOON, OPEN, article_of, fill, incident_of, make_article

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's HTTP library may be an older one than it likes
    from starlette.testclient import TestClient

THEN = NOON + timedelta(hours=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """As editors have it."""
    filled = fill(tmp_path / "incidents.sqlite")
    yield filled
    filled.close()


@pytest.fixture
def released(store: Store) -> Iterator[Store]:
    """As readers have it."""
    opened = open_store(store.address, read_only=True, released=True)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "limit", [{"precision": "country"}, {"not_before": LATER}, {"hidden": ("text",)}], ids=["place", "delay", "text"]
)
def test_the_data_of_before_something_was_held_back_cannot_be_had_again(
    store: Store, released: Store, limit: dict[str, Any]
) -> None:
    tools = load_tools("AF-PK")
    keeper = SnapshotKeeper(released, tools.border, tools.gazetteer, writer=store)
    shared = Shared(store=released, tools=tools, keeper=keeper)
    client = TestClient(Starlette(routes=routes(lambda: shared)))
    old = f"rev={keeper.current().key}"
    names = ("points", "times", "losses", "marks", "mask")
    assert OPEN in client.get(f"{PREFIX}/data/AF-PK/marks?{old}").text
    with store.change(who="desk", time=THEN) as change:
        change.keep_release(Release(incident_id=incident_of(OPEN), who="desk", time=THEN, **limit), reason="at risk")
    assert f"rev={keeper.current().key}" != old
    assert {client.get(f"{PREFIX}/data/AF-PK/{name}?{old}").status_code for name in names} == {404}
    assert client.get(f"{PREFIX}/data/AF-PK/marks").status_code == 200


def test_a_limit_that_is_said_otherwise_is_another(store: Store, released: Store) -> None:
    seen = set()
    for number, precision in enumerate(("adm2", "adm1", "country", None)):
        said = Release(incident_id=incident_of(OPEN), who="desk", time=THEN, precision=precision)  # type: ignore[arg-type]
        with store.change(who="desk", time=THEN) as change:
            change.keep_release(replace(said, time=THEN + timedelta(hours=number)), reason="safety")
        seen.add(name_of(released))
    with store.change(who="desk", time=THEN) as change:
        change.keep_withheld(article_of(OPEN), [*store.withheld_in(article_of(OPEN)), Span(start=0, end=6)], "desk")
    assert len(seen | {name_of(released)}) == 5


def test_a_new_report_leaves_open_pages_their_data(store: Store, released: Store) -> None:
    before, named = released.state(), name_of(released)
    with store.change(time=THEN) as change:
        article = replace(make_article(OPEN), id="a-new", url="https://example.org/new")
        change.add_article(article, Reading(article_id="a-new", language="en"))
    assert released.state() != before
    assert name_of(released) == named


def name_of(store: Store) -> str:
    """The part of a state's name that says what leaves."""
    return store.state().partition("r")[2]
