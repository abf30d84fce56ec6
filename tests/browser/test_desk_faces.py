"""The desk for everybody: axe-core finds no fault on any face, nothing runs over, and it turns right to left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from desk_page import EDITOR, PUBLISHER, Editor, Office, sit_down
from page_reader import LAPTOP, PHONE
from playwright.sync_api import Browser, Page, expect
from test_accessibility import COLOURS, find_violations

pytestmark = pytest.mark.browser

TABLET = {"width": 1024, "height": 768}
PAGES = ("incident=clash", "page=add", "page=documents", "page=corrections", "page=settings")
DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": LAPTOP},
    "tablet": {"viewport": TABLET},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
}


def _press(act: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator(f"[data-act={act}]").click()
        page.locator(".item-edit, .panel").first.wait_for()

    return press


def _edit(page: Page) -> None:
    """To its end, where the foot that stays in sight covers nothing."""
    _press("edit")(page)
    page.locator(".item-edit .desk-press").last.scroll_into_view_if_needed()
    page.locator(".review-item").evaluate("(part) => part.scrollTo(0, part.scrollHeight)")


FACES: dict[str, Callable[[Page], None]] = {
    "edit": _edit,
    "reject": _press("reject"),
    "merge": _press("merge"),
    "place": lambda page: page.locator(".report-text .name").first.click(),
}
"""What opens in the review."""
TOWNS = {"desktop": "Wana", "tablet": "Miran Shah", "phone": "Parachinar"}
"""For each device an incident of its own."""


@pytest.mark.parametrize("device", DEVICES)
def test_axe_finds_no_fault_and_nothing_runs_over(browser: Browser, office: Office, device: str) -> None:
    found: list[str] = []
    with sit_down(browser, office, PUBLISHER, **DEVICES[device]) as editor:
        editor.open("page=settings")
        for lang in ("en", "ur", "ps", "fa"):
            for query in PAGES:
                editor.turn(f"{query}&lang={lang}")
                found += [f"{query}, {lang}: {fault}" for fault in find_violations(editor.page)]
                _check_width(editor.page, f"{query}, {lang}")
            if lang in ("en", "ur"):
                editor.turn(f"incident=clash&lang={lang}")
                found += [fault for face, act in FACES.items() for fault in _look(editor, f"{face}, {lang}", act)]
        assert not editor.faults
    assert not found, "\n".join(found)


@pytest.mark.parametrize("device", DEVICES)
def test_axe_finds_no_fault_in_what_was_reported_since(browser: Browser, office: Office, device: str) -> None:
    seen = office.review(
        office.report(f"Shells killed two people in {TOWNS[device]} on Monday, police said."), published=True
    )
    office.report(f"Shells killed three people in {TOWNS[device]} on Monday, doctors said.", "two")
    found: list[str] = []
    with sit_down(browser, office, PUBLISHER, **DEVICES[device]) as editor:
        for lang in ("en", "ur"):
            editor.open(f"incident={seen.id}&lang={lang}")
            expect(editor.page.locator(".item-since tbody tr")).not_to_have_count(0)
            _check_width(editor.page, lang)
            found += _look(editor, f"news, {lang}", _press("news"))
        assert not editor.faults
    assert not found, "\n".join(found)


def _check_width(page: Page, face: str) -> None:
    """Nothing stands beside the screen."""
    for place in ("documentElement", "querySelector('.stMain')"):
        assert page.evaluate(f"document.{place}.scrollWidth <= innerWidth"), face


def _look(editor: Editor, face: str, act: Callable[[Page], None]) -> list[str]:
    """What axe finds in something that opens, by day and by night; it is shut again."""
    page = editor.page
    act(page)
    found = [f"{face}: {fault}" for fault in find_violations(page)]
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("background-color", "rgb(21, 23, 26)")
    found += [f"{face}, dark: {fault}" for fault in find_violations(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    expect(page.locator(".stApp")).not_to_have_css("background-color", "rgb(21, 23, 26)")
    editor.press("Escape", "Escape")
    expect(page.locator(".item-edit, .panel, .place-card")).to_have_count(0)
    return found


def test_axe_finds_no_fault_on_the_sign_in(browser: Browser, office: Office) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    for lang in ("en", "ur", "ps", "fa"):
        page.goto(f"{office.address}/sign-in?lang={lang}")
        assert not find_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_right_to_left_the_queue_stands_on_the_right(browser: Browser, office: Office) -> None:
    with sit_down(browser, office, EDITOR) as editor:
        for lang, first in (("en", True), ("ur", False)):
            editor.open(f"incident=clash&lang={lang}")
            expect(editor.page.locator("html")).to_have_attribute("lang", lang)
            queue, report = (editor.page.locator(part).bounding_box() for part in (".review-queue", ".review-report"))
            assert queue and report and (queue["x"] < report["x"]) is first
