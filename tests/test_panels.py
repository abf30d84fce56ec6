"""Claims by period, provinces, table and cards without a browser: in step with every filter, and with each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from packets import read_packet
from page_world import ARTICLE, INCIDENTS, NOTE, NOW, fill_store
from streamlit.testing.v1 import AppTest
from test_pages import SCRIPT, link_of

from geo.model import Scope
from geo.store import open_store
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
        periods = read_packet(open_page(tab="claims:month"))["claims"]["periods"]
        assert [row["name"] for row in periods["rows"]] == [
            "November 2025", "October 2025", "Date not known this closely",
        ]  # fmt: skip
        assert periods["columns"] == ["Period", "Incidents", "All killed", "People killed"]
        (cell,) = periods["rows"][1]["cells"]
        assert (cell["low"]["figure"], cell["low"]["who"]) == ("3", "Pakistan")
        assert (cell["high"]["before"], cell["high"]["figure"], cell["high"]["who"]) == ("more than", "12", "Taliban")

    def test_the_whole_selection_says_what_the_sentence_says(self) -> None:
        parts = read_packet(open_page(tab="claims:day", province="AF-KHO"))
        (whole,) = parts["claims"]["periods"]["whole"]
        (told,) = whole["all"]
        assert f"At least **{told['low']['figure']} people killed**" in parts["head"]["summary"]
        assert f"more than **{told['high']['figure']}**" in parts["head"]["summary"]
        assert [row["n"] for row in parts["claims"]["periods"]["rows"]] == ["1"]

    def test_the_step_is_in_the_link_and_an_unknown_one_is_named(self) -> None:
        page = open_page(tab="claims:week")
        assert [step[0] for step in read_packet(page)["claims"]["periods"]["steps"] if step[2]] == ["week"]
        assert link_of(page) == "tab=claims:week"
        assert "claims:hour" in read_packet(open_page(tab="claims:hour"))["head"]["notices"][0]

    def test_incident_by_incident_offers_the_step_that_fits_the_days(self) -> None:
        views = read_packet(open_page(tab="claims", **{"from": "2025-10-01", "to": "2025-10-31"}))["claims"]["views"]
        assert views == [["", "By incident", 1], ["day", "By period", 0]]


KHOST_TAB = "province:AF-KHO"


@pytest.mark.usefixtures("store_path")
class TestProvince:
    """One province, opened beside the map."""

    def test_its_numbers_are_those_of_the_sentence_when_it_is_the_filter(self) -> None:
        province = read_packet(open_page(tab=KHOST_TAB))["province"]
        assert (province["name"], province["country"]) == ("Khost", "Afghanistan")
        assert province["figures"] == [["1", "incidents"], ["3 to more than 12", "killed, lowest to highest claim"]]
        assert "At least **3 people killed**" in read_packet(open_page(province="AF-KHO"))["head"]["summary"]
        assert [card["id"] for card in province["cards"]] == ["clash"]
        assert province["types"] == [["clash", "Armed clash", 1]]

    def test_every_other_filter_holds_and_the_months_are_of_all_data(self) -> None:
        page = open_page(tab="province:PK-KP", **{"from": "2025-11-01", "to": "2025-11-30"})
        province = read_packet(page)["province"]
        assert [card["id"] for card in province["cards"]] == ["shut", "hostile"]
        assert (province["months"]["counts"], province["months"]["window"]) == ([1, 2], [1, 1])
        assert "cards" not in read_packet(page)

    def test_its_crossings_have_the_state_last_reported_by_the_end_of_the_days_in_view(self) -> None:
        crossings = read_packet(open_page(tab="province:PK-KP"))["province"]["crossings"]
        gates = {name: state for state, name, _ in crossings}
        assert gates["Torkham"] == "unknown"
        assert set(gates.values()) <= {"open", "shut", "partly", "unknown"}

    def test_an_incident_opened_from_it_leads_back_to_it(self) -> None:
        page = open_page(tab=KHOST_TAB, incident="clash")
        assert "province" not in read_packet(page)
        assert read_packet(page)["incident"]["back"] == "Back to Khost"
        assert read_packet(page)["incident"]["position"] == "1 of 1"
        assert read_packet(page)["incident"]["pv"] == ["AF-KHO", "Khost"]

    def test_a_province_that_nobody_knows_is_named_and_the_page_opens(self) -> None:
        parts = read_packet(open_page(tab="province:XX-NO"))
        assert "province:XX-NO" in parts["head"]["notices"][0]
        assert "cards" in parts

    def test_a_province_without_reports_says_that_this_is_no_proof(self) -> None:
        province = read_packet(open_page(tab="province:AF-BAM"))["province"]
        assert "not proof" in province["none"]
        assert (province["figures"], province["cards"], province["who"]) == ([], [], [])

    @pytest.mark.parametrize("language", ["ur", "ps", "fa"])
    def test_it_speaks_every_language(self, language: str) -> None:
        assert read_packet(open_page(tab=KHOST_TAB, lang=language))["province"]["cards"][0]["id"] == "clash"


def test_a_figure_for_several_provinces_is_named_with_the_others_and_never_split(store_path: Path) -> None:
    claim = replace(INCIDENTS[0].claims[1], low=47, best=47, high=47, scope="s1")
    scope = Scope(id="s1", incidents=("clash", "strike"), places=("AF-KHO", "AF-PKA", "AF-PIA"), claims=(claim,))
    with open_store(store_path).change(time=NOW) as change:
        change.add_scope(scope, article_id=ARTICLE.id, position=0)
    province = read_packet(open_page(tab=KHOST_TAB))["province"]
    assert province["figures"][1][0] == "3 to more than 12"
    assert province["totals"] == [["strike", "47", "together with Paktika, Paktia", "1 Nov 2025", "not added"]]


ORDERS = {
    "date": ["shut", "hostile", "strike", "bomb", "clash", "talks"],
    "mark": ["shut", "talks", "bomb", "strike", "hostile", "clash"],
    "killed": ["clash", "shut", "hostile", "strike", "bomb", "talks"],
    "range": ["clash", "shut", "hostile", "strike", "bomb", "talks"],
    "claims": ["clash", "shut", "hostile", "strike", "bomb", "talks"],
}


@pytest.mark.usefixtures("store_path")
class TestTable:
    """Sorted on the server, by every column, both ways."""

    @pytest.mark.parametrize("column", ORDERS)
    def test_it_falls_and_rises_by_a_column_equal_ones_newest_first(self, column: str) -> None:
        page = open_page(tab="table")
        orders = []
        for down in (True, False):
            page.session_state["kept"] = {"table_sort": column, "table_down": down}
            orders.append([row["id"] for row in read_packet(page.run())["table"]["rows"]])
        assert orders[0] == ORDERS[column]
        assert orders[1] != orders[0] or column == "killed"
        assert sorted(orders[1]) == sorted(orders[0])


def test_a_claim_that_a_copy_says_again_is_no_second_one(store_path: Path) -> None:
    copied = tuple(replace(claim, article_id=NOTE.id) for claim in INCIDENTS[0].claims)
    told = replace(
        INCIDENTS[0], claims=(*INCIDENTS[0].claims, *copied), articles=(ARTICLE.id, NOTE.id), copied=(NOTE.id,)
    )
    with open_store(store_path).change(time=NOW) as change:
        change.show(told, reason="also told")
    page = open_page(tab="table")
    page.session_state["kept"] = {"table_sort": "claims", "table_down": True}
    rows = {row["id"]: row["n"] for row in read_packet(page.run())["table"]["rows"]}
    assert next(iter(rows.items())) == ("clash", 2)
    assert [found.id for found in open_store(store_path).copied_incidents()] == ["clash"]


def test_a_title_of_five_thousand_letters_is_cut_between_words_in_lists(store_path: Path) -> None:
    with open_store(store_path).change(time=NOW) as change:
        change.show(replace(INCIDENTS[0], title="لمبی سرخی " * 500), reason="long")
    (card,) = read_packet(open_page(province="AF-KHO"))["cards"]["cards"]
    assert len(card["t"]) < 260
    assert card["t"].endswith("سرخی…")
    assert len(read_packet(open_page(incident="clash"))["incident"]["title"]) >= 4_990


@pytest.mark.usefixtures("store_path")
def test_what_is_not_known_of_an_incident_is_said_in_words() -> None:
    cards = {card["id"]: card for card in read_packet(open_page())["cards"]["cards"]}
    assert cards["talks"]["d"] == "Date unknown"
    assert cards["talks"]["s"] == "No figure given, read by machine, not checked"
    assert cards["clash"]["s"] == "read by machine, not checked"
