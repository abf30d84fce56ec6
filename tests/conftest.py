"""What all tests share: a real browser and a real PostgreSQL where they are installed, else a loud word."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from xdist.scheduler.loadfile import LoadFileScheduling

from geo.store import Store, open_store
from tests.postgres import MISSING as NO_POSTGRES
from tests.postgres import CannotStartError, Postgres, run_postgres

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
"""Path of the browser; None when there is none."""
MISSING = "CHROMIUM IS NOT INSTALLED: nothing was tested in a browser. Install it (Debian: apt-get install chromium)."

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
"""How long an example takes says how busy the machine is, nothing of the code; tests/benchmarks measures time."""

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""Headless in a container, and asking nobody on the internet for anything."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once; each test opens pages or contexts of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started once; each test makes databases of its own."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(run_postgres())
        except CannotStartError as error:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{NO_POSTGRES} {error}")
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], str]]:
    """Addresses of new, empty stores, one a call: files, or databases of a server; each test runs with both."""
    if request.param == "sqlite":
        yield lambda: str(tmp_path_factory.mktemp("store") / "incidents.sqlite")
        return
    server: Postgres = request.getfixturevalue("postgres")
    made: list[str] = []

    def lend() -> str:
        made.append(server.lend(lambda address: open_store(address).close()))
        return made[-1]

    yield lend
    for address in made:
        server.take_back(address)


@pytest.fixture
def store_address(new_address: Callable[[], str]) -> str:
    """Address of a new, empty store: a file, or a database of a server; each test runs with both."""
    return new_address()


@pytest.fixture
def any_store(store_address: str) -> Iterator[Store]:
    """A new, empty store, opened: a file, or a database of a server; each test runs with both."""
    opened = open_store(store_address)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def process_state() -> Iterator[None]:
    """Give ``__main__`` and the environment back after each test.

    Streamlit's AppTest puts its script into ``__main__``, and processes that are spawned later would begin with it.
    ``serve`` and ``desk`` tell the dashboard by the environment what it may do.
    """
    main, environment = sys.modules["__main__"], dict(os.environ)
    yield
    sys.modules["__main__"] = main
    if os.environ != environment:
        os.environ.clear()
        os.environ.update(environment)


BROWSER_TESTS = "tests/browser/"


class BrowserApart(LoadFileScheduling):
    """Files of tests go whole to whichever process is free, those in the browser all to one.

    A browser and the server behind its page keep more than one processor busy: two at once only wait for each other.
    """

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return BROWSER_TESTS if file.startswith(BROWSER_TESTS) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> BrowserApart:
    """How tests are dealt out where several processes run them (``-n``)."""
    return BrowserApart(config, log)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without Chromium a browser test is skipped on a person's machine and fails on a build server."""
    if CHROMIUM is None and item.get_closest_marker("browser"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the browser is a browser test, marked or not."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in red what was left out."""
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = sum(MISSING in str(report.longrepr) for report in skipped)
    if left_out:
        terminalreporter.write_sep("!", f"{left_out} BROWSER TESTS DID NOT RUN", red=True, bold=True)
        terminalreporter.write_line(MISSING, red=True)
    without_server = sum(NO_POSTGRES in str(report.longrepr) for report in skipped)
    if without_server:
        terminalreporter.write_sep("!", f"{without_server} TESTS ON POSTGRESQL DID NOT RUN", red=True, bold=True)
        terminalreporter.write_line(NO_POSTGRES, red=True)
