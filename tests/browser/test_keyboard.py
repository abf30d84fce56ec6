"""The page by keyboard alone, from its first stop to the link that is shared, and for readers who want it still."""

from __future__ import annotations

import re

import pytest
from page_reader import LAPTOP, LAYER, MAP, Reader, open_reader
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

MOST_STOPS = 120
"""More presses of Tab than the page has stops."""
STOP = """() => {
  let stop = document.activeElement;
  while (stop.tagName === "IFRAME") stop = stop.contentDocument.activeElement;
  const style = (node, part) => stop.ownerDocument.defaultView.getComputedStyle(node, part);
  const ringed = (node, part) => {
    const { outlineStyle, outlineWidth, boxShadow } = style(node, part);
    return (outlineStyle === "solid" && parseFloat(outlineWidth) >= 2) || / 0px 0px 0px [2-9]/.test(boxShadow);
  };
  const around = [stop, stop.parentElement, stop.parentElement?.parentElement];
  const near = around.filter((node) => node && node !== document.body);
  const ring = near.some((node) => ringed(node)) || ringed(stop, "::before");
  const name = stop.getAttribute("aria-label") ?? stop.textContent.trim().slice(0, 60);
  return { name, ring, role: stop.getAttribute("role") ?? stop.tagName.toLowerCase(), classes: String(stop.className) };
}"""
"""What has the focus, in the map's frame too, and whether a ring is drawn round it or round what stands for it."""


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, name: str, *, key: str = "Tab") -> str:
    """Go on to a stop whose name starts so; every stop on the way shows that it has the focus. Its role."""
    passed = []
    for _ in range(MOST_STOPS):
        press(page, key)
        stop = page.evaluate(STOP)
        assert stop["ring"] or stop["role"] == "body", stop
        if re.match(name, stop["name"]):
            return str(stop["role"])
        passed.append(stop["name"])
    raise AssertionError(f"no stop is named {name!r}, only {passed}")


def test_the_first_stop_skips_the_filters(read: Reader) -> None:
    page = read.open().page
    tab_to(page, "Skip to main content")
    press(page, "Enter")
    assert page.evaluate("document.querySelector('.stMain').contains(document.activeElement)")


def test_filters_are_set_by_keyboard(read: Reader) -> None:
    page = read.open().page
    assert tab_to(page, "Place, actor or word") == "input"
    page.keyboard.type("Khost")
    press(page, "Enter")
    read.expect_query("q=Khost")
    press(page, "Control+a", "Delete", "Enter")
    read.expect_query("")
    assert tab_to(page, "24 h") == "radio"
    press(page, "ArrowRight", "Space")
    expect(page).to_have_url(re.compile(r"\?from="))
    tab_to(page, ".*start$")
    press(page, "Home")
    expect(page).to_have_url(re.compile(r"from=2025-10-01"))
    assert tab_to(page, "Bombing") == "checkbox"
    press(page, "Space")
    expect(page).to_have_url(re.compile("type=bombing"))
    expect(page.locator(".card")).to_have_count(1)


def test_the_map_and_the_timeline_are_worked_by_keyboard(read: Reader) -> None:
    page = read.open("type=clash&type=bombing").page
    page.get_by_role("tab", name="Map").focus()
    assert tab_to(page, "Map of incidents") == "region"
    press(page, "ArrowUp")
    expect(page).to_have_url(re.compile("view="))
    tab_to(page, "Bombing in Peshawar")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("incident=bomb"))
    expect(page.locator(".incident-title")).to_have_text("Bombing in Peshawar")
    assert tab_to(page, "From") == "slider"
    press(page, "ArrowRight")
    expect(page).to_have_url(re.compile("from="))


def test_an_incident_opens_and_closes_by_keyboard_and_the_focus_goes_along(read: Reader) -> None:
    page = read.open().page
    page.get_by_role("button", name="Newest").focus()
    tab_to(page, "Clash in Khost")
    press(page, "Enter")
    expect(page.locator(".part-incident .back")).to_be_focused()
    tab_to(page, "Read the report")
    press(page, "Enter")
    expect(page.locator(".part-article .back")).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".reports button")).to_be_focused()
    tab_to(page, "← All", key="Shift+Tab")
    press(page, "Enter")
    expect(page.locator(".card h3 button", has_text="Clash in Khost")).to_be_focused()


def test_the_table_is_sorted_and_opened_by_keyboard(read: Reader) -> None:
    read.visit("tab=table")
    page = read.page
    page.get_by_role("tab", name="Table").focus()
    tab_to(page, "Killed")
    press(page, "Enter")
    expect(page.locator("th[aria-sort]")).to_contain_text("Killed")
    expect(page.get_by_role("button", name="Killed")).to_be_focused()
    tab_to(page, "Clash in Khost")
    press(page, "Enter")
    expect(page.locator(".part-incident .back")).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".card h3 button", has_text="Clash in Khost")).to_be_focused()


def test_the_link_is_shared_by_keyboard(read: Reader) -> None:
    page = read.open("type=clash").page
    page.get_by_role("button", name="دری").focus()
    tab_to(page, "Share")
    press(page, "Enter")
    expect(page.locator(".part-share")).to_be_visible()
    tab_to(page, "Copy link")
    tab_to(page, "Copy link")
    press(page, "Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    press(page, "Escape")
    expect(page.locator(".part-share")).to_have_count(0)
    assert page.evaluate(STOP)["name"].startswith("Share")


def test_the_drawer_of_filters_gives_the_focus_back(browser: Browser, address: str) -> None:
    for read in open_reader(browser, address, viewport={"width": 1024, "height": 768}):
        page = read.open().page
        button = page.get_by_role("button", name="Filters", exact=True)
        expect(button).to_have_attribute("aria-expanded", "false")
        button.focus()
        press(page, "Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        tab_to(page, "Bombing")
        press(page, "Space")
        read.expect_query("type=bombing")
        press(page, "Escape")
        expect(page.locator(".part-facets").first).not_to_be_visible()
        expect(button).to_be_focused()


def test_every_stop_shows_that_it_has_the_focus(read: Reader) -> None:
    page = read.open("incident=clash").page
    tab_to(page, "Skip to main content")
    tab_to(page, "Read the report")


WATCH = """(frame) => {
  const moved = (frame.moved = []);
  const lasting = (node) => node.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 0);
  const note = ({ type, target }) => lasting(target).length && moved.push(`${type} ${target.className}`);
  for (const type of ["transitionrun", "animationstart"]) frame.document.addEventListener(type, note, true);
  const { animate } = frame.Element.prototype;
  frame.Element.prototype.animate = function (...how) {
    moved.push(`animate ${this.className}`);
    return animate.apply(this, how);
  };
}"""
"""Remembers whatever moves in a window."""


def test_nothing_moves_for_readers_who_want_no_motion(browser: Browser, address: str) -> None:
    for read in open_reader(browser, address, viewport=LAPTOP, reduced_motion="reduce"):
        page = read.open().page
        for window in ("window", MAP):
            page.evaluate(f"({WATCH})({window})")
        page.get_by_role("checkbox", name=re.compile("Bombing")).click()
        read.expect_marks(1)
        page.get_by_role("button", name="Clear all").click()
        read.expect_marks(6)
        for tab in ("Table", "Claims", "Map"):
            page.get_by_role("tab", name=tab).click()
            expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        page.get_by_test_id("stPopoverButton").click()
        page.locator(".part-share").wait_for()
        press(page, "Escape")
        page.frame_locator("iframe[title*=folium]").locator(".incident-map").press("ArrowDown")
        page.frame_locator("iframe[title*=folium]").get_by_role("button", name="Zoom in").click()
        expect(page).to_have_url(re.compile("view="))
        for window in ("window", MAP):
            assert page.evaluate(f"{window}.moved") == []


def test_the_same_page_moves_for_others(read: Reader) -> None:
    page = read.open().page
    page.evaluate(f"({WATCH})({MAP})")
    page.get_by_role("checkbox", name=re.compile("Bombing")).click()
    page.wait_for_function(f"() => {MAP}.moved.some((what) => what.startsWith('animate'))")


def test_the_map_glides_only_for_readers_who_want_motion(browser: Browser, address: str) -> None:
    for motion in ("reduce", "no-preference"):
        for read in open_reader(browser, address, viewport=LAPTOP, reduced_motion=motion):
            page = read.open().page
            page.evaluate(f"{MAP}.steps = 0; {LAYER}.map.on('move', () => {MAP}.steps++)")
            page.frame_locator("iframe[title*=folium]").locator(".incident-map").press("ArrowDown")
            expect(page).to_have_url(re.compile("view="))
            assert (page.evaluate(f"{MAP}.steps") == 1) is (motion == "reduce")


def test_play_is_one_step_for_readers_who_want_no_motion(browser: Browser, address: str) -> None:
    for read in open_reader(browser, address, viewport=LAPTOP, reduced_motion="reduce"):
        page = read.open("from=2025-10-14&to=2025-10-16").page
        page.get_by_role("button", name="Play").first.click()
        read.expect_query("from=2025-10-15&to=2025-10-17")
        expect(page.get_by_role("button", name="Play").first).to_be_visible()
