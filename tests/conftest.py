"""What all tests share: a real browser where one is installed, and a loud word where none is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

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
