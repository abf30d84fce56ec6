"""What browser tests share: a dashboard over six made-up incidents for each file, its readers, and maps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk.world import fill_people, serve_desk
from desk_page import Office
from map_shown import Opener, open_maps
from page_reader import LAPTOP, PHONE, Reader, open_reader, serve
from page_world import fill_store
from playwright.sync_api import Browser, expect

from geo.store import open_store

expect.set_options(timeout=15_000)
"""How long a page may take to show something: a busy machine says nothing of the code."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over the six made-up incidents."""
    folder = tmp_path_factory.mktemp("dashboard")
    fill_store(folder / "incidents.sqlite").close()
    with serve(folder) as started:
        yield started


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A desk over the six made-up incidents, where two people sign off; a test changes incidents of its own only."""
    folder = tmp_path_factory.mktemp("office")
    fill_store(folder / "incidents.sqlite").close()
    fill_people(folder / "people.json")
    store = open_store(folder / "incidents.sqlite")
    with serve_desk(folder, BORDER_INCIDENTS_SIGN_OFF="2", BORDER_INCIDENTS_LOOK_EVERY_S="2") as started:
        yield Office(started, store)
    store.close()


@pytest.fixture
def read(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader with a laptop."""
    yield from open_reader(browser, address, viewport=LAPTOP)


@pytest.fixture
def read_on_phone(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader with a phone."""
    yield from open_reader(browser, address, viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def open_map(browser: Browser) -> Iterator[Opener]:
    """Opens a map of a world (or of raw answers) with a command; closes all of them after the test."""
    yield from open_maps(browser)
