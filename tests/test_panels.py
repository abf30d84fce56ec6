"""Claims by period, provinces, table and cards without a browser: in step with every filter, and with each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_world import fill_store
from streamlit.testing.v1 import AppTest
from test_pages import SCRIPT, link_of, shown

from geo.ui.shared import open_shared


@pytest.fixture
def store_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the store of the page lies."""
    path = tmp_path / "incidents.sqlite"
    monkeypatch.setenv("BORDER_INCIDENTS_STORE", str(path))
    open_shared.cache_clear()
    fill_store(path).close()
    yield path
    open_shared.cache_clear()


def open_page(**query: str) -> AppTest:
    """The page at a link."""
    page = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


@pytest.mark.usefixtures("store_path")
class TestClaimsByPeriod:
    """One row a day, week, month or year."""

    def test_the_lowest_and_highest_claim_stand_with_who_makes_them(self) -> None:
        periods = shown(open_page(tab="claims:month"))["claims"]["periods"]
        assert [row["name"] for row in periods["rows"]] == [
            "November 2025", "October 2025", "Date not known this closely",
        ]  # fmt: skip
        assert periods["columns"] == ["Period", "Incidents", "All killed", "People killed"]
        (cell,) = periods["rows"][1]["cells"]
        assert (cell["low"]["figure"], cell["low"]["who"]) == ("3", "Pakistan")
        assert (cell["high"]["before"], cell["high"]["figure"], cell["high"]["who"]) == ("more than", "12", "Taliban")

    def test_the_whole_selection_says_what_the_sentence_says(self) -> None:
        parts = shown(open_page(tab="claims:day", province="AF-KHO"))
        (whole,) = parts["claims"]["periods"]["whole"]
        (told,) = whole["all"]
        assert f"At least **{told['low']['figure']} people killed**" in parts["head"]["summary"]
        assert f"more than **{told['high']['figure']}**" in parts["head"]["summary"]
        assert [row["n"] for row in parts["claims"]["periods"]["rows"]] == ["1"]

    def test_the_step_is_in_the_link_and_an_unknown_one_is_named(self) -> None:
        page = open_page(tab="claims:week")
        assert [step[0] for step in shown(page)["claims"]["periods"]["steps"] if step[2]] == ["week"]
        assert link_of(page) == "tab=claims:week"
        assert "claims:hour" in shown(open_page(tab="claims:hour"))["head"]["notices"][0]

    def test_incident_by_incident_offers_the_step_that_fits_the_days(self) -> None:
        views = shown(open_page(tab="claims", **{"from": "2025-10-01", "to": "2025-10-31"}))["claims"]["views"]
        assert views == [["", "By incident", 1], ["day", "By period", 0]]
