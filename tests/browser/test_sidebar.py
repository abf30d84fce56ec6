"""Filters that are seldom needed: behind one button, worked by keyboard and by finger."""

from __future__ import annotations

import re

import pytest
from page_reader import Reader
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_seldom_needed_filters_are_worked_by_keyboard_alone(read: Reader) -> None:
    read.visit("")
    further = read.page.get_by_role("button", name="More filters")
    further.focus()
    read.page.keyboard.press("Enter")
    expect(further).to_have_attribute("aria-expanded", "true")
    section = read.page.get_by_role("button", name="Number killed")
    section.focus()
    read.page.keyboard.press("Space")
    choice = read.page.get_by_role("radiogroup", name="Number killed").get_by_role("radio", name="at least 1,")
    choice.focus()
    read.page.keyboard.press("Space")
    read.expect_query("killed=1")
    expect(choice).to_have_attribute("aria-checked", "true")
    expect(choice).to_be_focused()
    expect(read.page.locator(".card h3")).to_have_text(["Clash in Khost"])
    read.page.get_by_role("radiogroup", name="Number killed").get_by_role("radio", name="Any").click()
    read.expect_query("")
    expect(section).to_have_attribute("aria-expanded", "true")


def test_one_limit_of_a_kind_holds_at_a_time(read: Reader) -> None:
    read.visit("located_km=10")
    group = read.page.get_by_role("radiogroup", name="How close the place is known")
    expect(group.get_by_role("radio", checked=True)).to_contain_text("within 10 km")
    group.get_by_role("radio", name="within 50 km").click()
    read.expect_query("located_km=50")
    expect(group.get_by_role("radio", checked=True)).to_have_count(1)


def test_what_a_link_limits_is_open_and_can_be_shut_again(read: Reader) -> None:
    read.visit("language=en")
    section = read.page.get_by_role("button", name="Language of the report")
    expect(section).to_have_attribute("aria-expanded", "true")
    section.click()
    expect(section).to_have_attribute("aria-expanded", "false")
    read.page.get_by_role("checkbox", name=re.compile("Bombing")).click()
    read.expect_query("type=bombing&language=en")
    expect(section).to_have_attribute("aria-expanded", "false")


def test_a_phone_reaches_every_filter_with_a_finger(read_on_phone: Reader) -> None:
    read = read_on_phone
    read.visit("")
    read.page.get_by_role("button", name="Filters", exact=True).tap()
    read.page.get_by_role("button", name="More filters").tap()
    read.page.get_by_role("button", name="Country").tap()
    pressed = read.page.locator(".further .fold:visible, .further .facet:visible")
    assert min(pressed.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")) >= 44
    read.page.get_by_role("group", name="Country").get_by_role("checkbox", name="Pakistan").tap()
    read.page.get_by_role("button", name="Show incidents").tap()
    read.expect_query("country=PK")
    expect(read.page.locator(".part-facets").first).not_to_be_visible()
