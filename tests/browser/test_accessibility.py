"""The page for those who do not see it, or see it differently: axe-core finds no fault on any of its faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_reader import LAPTOP, PHONE, open_reader
from page_world import ARTICLE
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
"""Levels A and AA of every WCAG 2, of which axe by itself leaves out the newest, and what is good practice."""
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of these that another theme can break."""
DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": LAPTOP},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
}
MAP_FRAME = "iframe[title*=folium]"


def _open_share(page: Page) -> None:
    page.get_by_test_id("stPopoverButton").click()
    page.locator(".part-share .files").wait_for()


def _open_filters(page: Page) -> None:
    if page.locator(".filters-button").is_visible():
        page.locator(".filters-button").click()
    for fold in page.locator(".fold").all():
        fold.click()


def _open_place(page: Page) -> None:
    page.locator(".article-text .name").first.click()
    page.locator(".place-card").wait_for()


def _nothing_more(_: Page) -> None:
    """The face is as its link opens it."""


FACES: dict[str, tuple[str, str, Callable[[Page], None]]] = {
    "map": ("", ".card", _nothing_more),
    "by province": ("layer=killed", ".card", _nothing_more),
    "density": ("layer=density", ".card", _nothing_more),
    "share": ("", ".card", _open_share),
    "filters": ("", ".card", _open_filters),
    "table": ("tab=table", ".incidents tbody", _nothing_more),
    "claims": ("tab=claims", ".rival-table", _nothing_more),
    "periods": ("tab=claims:month", ".periods tbody", _nothing_more),
    "province": ("tab=province:AF-KHO", ".part-province .back", _nothing_more),
    "methodology": ("tab=methodology", ".prose", _nothing_more),
    "report": (f"tab=article:{ARTICLE.id}", ".article-text", _nothing_more),
    "place": (f"tab=article:{ARTICLE.id}", ".article-text", _open_place),
    "incident": ("incident=clash", ".incident-title", _nothing_more),
    "empty": ("q=nowhere", ".empty", _nothing_more),
}
"""Every face of the page: its link, what shows that it is there, what is done then."""


def find_violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """Rule, element and reason of each thing that axe finds wrong, in the page and in the frame of its map."""
    axe = Axe()
    for frame in page.frames:
        frame.evaluate(axe.axe_script)
    found = axe.run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {node['target']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def _show_dark(page: Page) -> None:
    """Page, timeline and, where it is to be seen, map."""
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("background-color", "rgb(21, 23, 26)")
    expect(page.locator(".time-title")).to_have_css("color", "rgb(236, 234, 228)")
    if page.locator(MAP_FRAME).is_visible():
        expect(page.frame_locator(MAP_FRAME).locator(".incident-map")).to_have_css("color", "rgb(236, 234, 228)")


@pytest.mark.parametrize("lang", ["en", "ur"])
@pytest.mark.parametrize("device", DEVICES)
def test_axe_finds_no_fault_on_any_face(browser: Browser, address: str, device: str, lang: str) -> None:
    found: list[str] = []
    for reader in open_reader(browser, address, **DEVICES[device]):
        for face, (query, sign, act) in FACES.items():
            reader.page.emulate_media(color_scheme="light")
            reader.visit("&".join(filter(None, [query, "lang=ur" if lang == "ur" else ""])))
            reader.page.locator(sign).first.wait_for()
            act(reader.page)
            found += [f"{face}: {fault}" for fault in find_violations(reader.page)]
            _show_dark(reader.page)
            found += [f"{face}, dark: {fault}" for fault in find_violations(reader.page, COLOURS)]
    assert not found, "\n".join(found)


def test_axe_looks_into_the_map_and_sees_what_is_wrong_there(browser: Browser, address: str) -> None:
    for reader in open_reader(browser, address, **DEVICES["desktop"]):
        reader.open()
        frame = reader.page.frame_locator(MAP_FRAME)
        frame.locator(".incident-map").evaluate("(map) => map.append(document.createElement('img'))")
        (found,) = [violation for violation in find_violations(reader.page) if violation.startswith("image-alt")]
        assert "iframe" in found
