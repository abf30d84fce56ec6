"""Claims by period, a province, table and cards in a real browser: by mouse, by keyboard, on a phone, in Urdu."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from page_reader import PHONE, Reader, open_reader, serve
from page_world import INCIDENTS, NOW, fill_store
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

FITS = "document.querySelector('.stMain').scrollWidth <= innerWidth"


def test_claims_go_from_incident_to_period_to_the_days_of_one(read: Reader) -> None:
    read.visit("tab=claims")
    read.page.get_by_role("button", name="By period").click()
    read.expect_query("tab=claims:day")
    read.page.get_by_role("button", name="Month", exact=True).click()
    read.expect_query("tab=claims:month")
    row = read.page.locator(".periods tbody", has_text="October 2025")
    expect(row).to_contain_text("more than 12 Taliban")
    expect(row).to_contain_text("3 Pakistan")
    row.get_by_role("button", name="October 2025").click()
    read.expect_query("from=2025-10-01&to=2025-10-31&tab=claims")
    expect(read.page.locator(".rivals")).to_have_count(1)
    assert read.faults == []


def test_wounded_are_counted_in_a_table_of_their_own(read: Reader) -> None:
    read.visit("tab=claims:month")
    expect(read.page.locator(".periods thead")).to_contain_text("All killed")
    read.page.get_by_role("button", name="wounded").click()
    expect(read.page.locator(".periods thead")).not_to_contain_text("killed")


def test_a_card_leads_to_its_province_and_back_goes_the_way_one_came(read: Reader) -> None:
    read.open()
    read.page.locator(".card", has_text="Clash in Khost").get_by_role("button", name="Khost", exact=True).click()
    read.expect_query("tab=province:AF-KHO")
    panel = read.page.locator(".part-province")
    expect(panel.get_by_role("heading", name="Khost", exact=True)).to_be_visible()
    expect(panel.get_by_role("img", name="Incidents by month")).to_be_visible()
    panel.get_by_role("button", name="Clash in Khost").click()
    read.expect_query("incident=clash&tab=province:AF-KHO")
    read.page.get_by_role("button", name="Back to Khost").click()
    read.expect_query("tab=province:AF-KHO")
    read.page.go_back()
    read.page.go_back()
    read.expect_query("tab=province:AF-KHO")
    read.page.go_back()
    read.expect_query("")
    expect(read.page.locator(".part-cards .card")).to_have_count(6)
    assert read.faults == []


def test_a_province_is_worked_by_keyboard_alone(read: Reader) -> None:
    read.visit("tab=table")
    read.page.locator("td.place .province-name", has_text="Khost").focus()
    read.page.keyboard.press("Enter")
    read.expect_query("tab=province:AF-KHO")
    back = read.page.locator(".part-province .back")
    back.focus()
    read.page.keyboard.press("Enter")
    read.expect_query("")


def test_a_province_opens_from_its_row_among_the_filters_without_being_chosen(read: Reader) -> None:
    read.visit("tab=table")
    read.page.get_by_role("button", name="All about Khost").click()
    read.expect_query("tab=province:AF-KHO")
    expect(read.page.get_by_role("checkbox", name="Khost, 1")).not_to_be_checked()


def test_a_province_fits_a_phone_and_runs_right_to_left(read_on_phone: Reader) -> None:
    read_on_phone.visit("tab=province:PK-KP&lang=ur")
    expect(read_on_phone.page.locator(".part-province .card")).to_have_count(3)
    assert read_on_phone.page.evaluate(FITS)
    panel = read_on_phone.page.locator(".part-province")
    assert panel.evaluate("(panel) => getComputedStyle(panel).direction") == "rtl"
    assert read_on_phone.page.locator(".province-months").evaluate("(s) => getComputedStyle(s).direction") == "ltr"


@pytest.mark.parametrize("step", ["day", "year"])
def test_claims_by_period_fit_a_phone(read_on_phone: Reader, step: str) -> None:
    read_on_phone.visit(f"tab=claims:{step}")
    assert read_on_phone.page.evaluate(FITS)


COLUMNS = (
    "Date",
    "What happened",
    "Incident",
    "Place",
    "How sure",
    "To line",
    "Killed",
    "lowest to highest",
    "Claims",
    "Sources",
)


def test_every_column_of_the_table_sorts_both_ways(read: Reader) -> None:
    read.visit("tab=table")
    for name in COLUMNS:
        head = read.page.get_by_role("columnheader", name=name)
        seen = set()
        for _ in range(2):
            before = head.get_attribute("aria-sort") or "unsorted"
            head.get_by_role("button").click()
            expect(head).not_to_have_attribute("aria-sort", before)
            expect(head).to_have_attribute("aria-sort", re.compile("ending"))
            seen.add(head.get_attribute("aria-sort"))
        assert seen == {"ascending", "descending"}, name
    assert read.faults == []


def test_on_a_phone_each_row_is_a_card_with_every_column(read_on_phone: Reader) -> None:
    read_on_phone.visit("tab=table")
    rows = read_on_phone.page.locator(".incidents tbody tr")
    expect(rows).to_have_count(6)
    assert read_on_phone.page.evaluate(FITS)
    row = rows.filter(has_text="Clash in Khost")
    for cell in row.locator("td").all():
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    read_on_phone.page.get_by_role("button", name="Killed").tap()
    expect(rows.first).to_contain_text("3 to 12+")


def test_an_arabic_title_of_five_thousand_letters_fits_its_card_right_to_left(browser: Browser, tmp_path: Path) -> None:
    store = fill_store(tmp_path / "incidents.sqlite")
    with store.change(time=NOW) as change:
        change.show(replace(INCIDENTS[0], title="لمبیسرخی" * 625), reason="long")
    store.close()
    with serve(tmp_path) as address:
        for reader in open_reader(browser, address, viewport=PHONE, has_touch=True, is_mobile=True):
            reader.visit("province=AF-KHO")
            title = reader.page.locator(".card h3")
            assert title.evaluate("(h3) => getComputedStyle(h3).direction") == "rtl"
            assert title.evaluate("(h3) => h3.getBoundingClientRect().height") < 140
            assert reader.page.evaluate(FITS)
            reader.visit("incident=clash")
            reader.page.locator(".incident-title").wait_for()
            assert reader.page.evaluate(FITS)
