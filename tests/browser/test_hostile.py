"""Hostile text in every field, on every page of dashboard, edition and desk, in a real browser: nothing runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from page_reader import LAPTOP, serve
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from geo.cli import main

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.desk.world import EDITOR, PASSWORD, fill_people, serve_desk
from tests.hostile_world import OVERRIDES, PRODUCT, fill

pytestmark = pytest.mark.browser

FRAMES = "() => [...document.querySelectorAll('iframe')].map((frame) => frame.contentWindow?.hurt).some(Boolean)"
LINKS = [
    "", "incident=i0", "incident=i2", "tab=article:h0", "tab=article:h90", "tab=table", "tab=claims", "tab=methodology",
    "tab=province:AF-KHO", "incident=i0&lang=ur", "tab=article:h0&lang=fa", "tab=table&lang=ps", "layer=provinces",
    "q=%3Cscript%3Ewindow.hurt%3D1%3C%2Fscript%3E%7B%7B7919*7907%7D%7D", "embed=true&incident=i0", "asof=3",
]  # fmt: skip


class Watched:
    """A page that is watched for anything that runs, asks to, or leaves."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.wrong: list[str] = []
        host = address.partition("://")[2].partition("/")[0]
        self.page.on("dialog", self._refuse)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on(
            "request",
            lambda asked: (
                asked.url.startswith(("data:", "blob:", "file:", f"http://{host}", f"ws://{host}"))
                or self.wrong.append(f"request: {asked.url}")
            ),
        )

    def _refuse(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":  # which the desk itself asks before what was typed is lost
            self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def check(self, where: str) -> None:
        """Nothing has run, nothing was asked of others, and what is shown is only text."""
        assert self.page.evaluate("window.hurt") is None, where
        assert not self.page.evaluate(FRAMES), where
        assert self.page.locator("a[href^='javascript' i]").count() == 0, where
        for frame in self.page.frames:
            shown = frame.evaluate("document.documentElement?.textContent ?? ''")
            assert PRODUCT not in shown, where
        shown = self.page.locator("body").inner_text()
        assert not [hex(ord(mark)) for mark in OVERRIDES if mark in shown], where
        assert self.wrong == [], where


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("hostile")
    fill(found / "incidents.sqlite").close()
    return found


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[[str], Watched]]:
    contexts = []

    def open_watched(address: str) -> Watched:
        contexts.append(browser.new_context(viewport=LAPTOP))
        return Watched(contexts[-1], address)

    yield open_watched
    for context in contexts:
        context.close()


def test_nothing_runs_on_any_page_of_the_dashboard(folder: Path, watch: Callable[[str], Watched]) -> None:
    with serve(folder) as address:
        watched = watch(address)
        for link in LINKS:
            watched.page.goto(f"{address}?{link}")
            watched.page.locator("html.ready").wait_for(state="attached")
            watched.page.wait_for_load_state("networkidle")
            watched.check(link)
        watched.page.goto(f"{address}?incident=i0")
        expect(watched.page.locator(".incident-title")).to_contain_text("{{7*7}} {% raw %}")
        assert "49" not in watched.page.locator(".incident-title").inner_text()
        press_everything(watched)


def press_everything(watched: Watched) -> None:
    """Open what can be opened from an incident: every fold, its article, each card of a name."""
    for fold in watched.page.locator("details > summary:visible").all():
        fold.click()
    watched.check("folds")
    watched.page.goto(f"{watched.address}?tab=article:h0")
    for name in watched.page.locator(".name:visible").all()[:4]:
        name.click()
        watched.check("a card")
        watched.page.keyboard.press("Escape")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_nothing_runs_in_an_edition_or_in_the_pages_beside_it(
    folder: Path, tmp_path: Path, watch: Callable[[str], Watched], language: str
) -> None:
    site = tmp_path / "site"
    assert main(["publish", str(site), f"lang={language}", "--store", str(folder / "incidents.sqlite")]) == 0
    watched = watch("file://")
    for fragment in ("", "incident=i0", "incident=i2", "tab=table", "tab=claims", "tab=methodology", "q=%3Cb%3E"):
        watched.page.goto("about:blank")
        watched.page.goto(f"{(site / 'index.html').as_uri()}#{fragment}")
        watched.page.locator("html.ready").wait_for(state="attached")
        watched.check(fragment)
    for page in site.rglob("*.html"):
        watched.page.goto(page.as_uri())
        watched.check(page.name)


DESK_LINKS = ["", "incident=i0", "incident=i2", "incident=i0&lang=ur", "page=add", "page=documents", "page=corrections"]


def test_nothing_runs_at_the_desk(tmp_path: Path, watch: Callable[[str], Watched]) -> None:
    fill(tmp_path / "incidents.sqlite").close()
    fill_people(tmp_path / "people.json")
    with serve_desk(tmp_path) as address:
        watched = watch(address)
        watched.page.goto(address)
        watched.page.locator("#name").fill(EDITOR)
        watched.page.locator("input[type=password]").fill(PASSWORD)
        watched.page.keyboard.press("Enter")
        watched.page.locator(".desk-head").wait_for()
        for link in DESK_LINKS:
            watched.page.goto(f"{address}/?{link}")
            watched.page.locator(".desk-head").wait_for()
            watched.page.wait_for_load_state("networkidle")
            watched.check(f"desk {link}")
        watched.page.goto(f"{address}/?incident=i0")
        watched.page.locator(".item-title").wait_for()
        watched.page.keyboard.press("e")  # every field of the incident, in a form
        watched.page.locator("form input").first.wait_for()
        watched.check("the form")
