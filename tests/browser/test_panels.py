"""Claims by period, a province, table and cards in a real browser: by mouse, by keyboard, on a phone, in Urdu."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from page_world import fill_store
from playwright.sync_api import Browser, expect
from test_dashboard import LAPTOP, PHONE, Reader, _reader, serve

pytestmark = pytest.mark.browser

FITS = "document.querySelector('.stMain').scrollWidth <= innerWidth"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over the six made-up incidents."""
    folder = tmp_path_factory.mktemp("panels")
    fill_store(folder / "incidents.sqlite").close()
    with serve(folder) as started:
        yield started


@pytest.fixture
def read(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader with a laptop."""
    yield from _reader(browser, address, viewport=LAPTOP)


@pytest.fixture
def read_on_phone(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader with a phone."""
    yield from _reader(browser, address, viewport=PHONE, has_touch=True, is_mobile=True)


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
