"""A world for geocoding: the gazetteer, a store, and servers on loopback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from geo.fetch import ask_service
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.geocoding import NominatimGeocoder, make_service
from geo.store import Store, open_store
from tests.geocoding.bad_server import BadServer, run_bad_server
from tests.geocoding.nominatim_server import CannotStartError, run_nominatim

MISSING = "NO NOMINATIM SERVER COULD BE STARTED: nothing was tested against a real one."


@dataclass
class Clock:
    """A time that only sleeping and tests move on."""

    time: datetime = datetime(2025, 10, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    def go_on(self, *, days: int) -> None:
        self.time += timedelta(days=days)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return open_gazetteer(border="AF-PK")


@pytest.fixture
def server() -> Iterator[BadServer]:
    with run_bad_server() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "store.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """One clock for the geocoder and the store."""
    clock = Clock()
    monkeypatch.setattr("geo.store.answers._read_clock", lambda connection: clock.time.timestamp())
    return clock


@pytest.fixture
def geocoder(server: BadServer, store: Store, clock: Clock) -> NominatimGeocoder:
    return make_geocoder(server.address, store, clock)


def make_geocoder(address: str, store: Store, clock: Clock) -> NominatimGeocoder:
    """A geocoder that waits by moving the clock on."""
    return NominatimGeocoder(
        make_service(address, contact="desk@example.org"),
        cache=store.answers, fetch=ask_service, timeout=0.3, sleep=clock.sleep, now=clock.now,
    )  # fmt: skip


@pytest.fixture(scope="session")
def nominatim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real Nominatim server with a tiny extract, started once for all tests."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(run_nominatim(tmp_path_factory.mktemp("nominatim")))
        except CannotStartError as error:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{MISSING} {error}")
        yield address


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in red what was left out."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if MISSING in str(report.longrepr)]
    if skipped:
        terminalreporter.write_sep("!", f"{len(skipped)} TESTS DID NOT RUN", red=True, bold=True)
        terminalreporter.write_line(str(skipped[0].longrepr[-1]), red=True)
