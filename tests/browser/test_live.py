"""An open page picks up what another process adds to its store, and leaves its reader in peace."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from page_reader import LAPTOP, LAYER, Reader, open_reader, serve
from page_world import ARTICLE, INCIDENTS, fill_store
from playwright.sync_api import Browser, Route, expect

from geo.store import open_store

pytestmark = pytest.mark.browser

EVERY_S = "0.3"
"""How often the pages of these tests look for newer data."""
STEPS = "() => { const root = document.querySelector('.incident-time'); return Number(root.dataset.draws) }"
REPORT = """---
title: {title}
published: 2025-11-14
publisher: The Pass
---
Afghan officials said on Friday that shelling near {place} killed {killed} civilians on November 13, 2025.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with the store of six incidents."""
    fill_store(tmp_path / "incidents.sqlite").close()
    yield tmp_path


@pytest.fixture
def open_live(browser: Browser, folder: Path) -> Iterator[Callable[[], Reader]]:
    """Opens a page of a dashboard over that store, whose pages look for newer data often."""
    opened = []
    with serve(folder, BORDER_INCIDENTS_LOOK_EVERY_S=EVERY_S) as address:

        def open_() -> Reader:
            opened.append(open_reader(browser, address, viewport=LAPTOP))
            return next(opened[-1])

        yield open_
        for reader in opened:
            next(reader, None)


def add(folder: Path, place: str, killed: int) -> None:
    """Add a report from a process of its own, as ``border-incidents add`` does."""
    path = folder / f"{killed}.md"
    path.write_text(REPORT.format(title=f"Shelling near {place}", place=place, killed=killed), encoding="utf8")
    command = [sys.executable, "-m", "geo.cli", "add", str(path), "--store", str(folder / "incidents.sqlite")]
    subprocess.run(command, check=True, capture_output=True)


def test_an_incident_added_elsewhere_comes_to_every_part_of_an_open_page(
    open_live: Callable[[], Reader], folder: Path
) -> None:
    reader = open_live().open()
    reader.expect_marks(6)
    reader.page.evaluate("window.first = true")
    steps = reader.page.evaluate(STEPS)
    add(folder, "Spin Boldak in Kandahar", 4)
    expect(reader.page.locator(".news")).to_contain_text("1 new incident")
    reader.expect_marks(7)
    expect(reader.page.locator(".card h3", has_text="Shelling in Spin Boldak")).to_have_count(1)
    expect(reader.page.locator(".summary")).to_contain_text("7 incidents")
    expect(reader.page.locator(".as-of .long")).to_contain_text("As of 14 November 2025")
    reader.page.wait_for_function(f"(steps) => ({STEPS})() > steps", arg=steps)
    assert reader.page.evaluate("window.first"), "the page was loaded anew"
    reader.page.get_by_role("tab", name="Table").click()
    expect(reader.page.locator("table.incidents tbody tr")).to_have_count(7)
    assert reader.faults == []


def test_what_comes_is_told_politely_adds_up_and_can_be_put_away(open_live: Callable[[], Reader], folder: Path) -> None:
    reader = open_live().open()
    line = reader.page.locator(".news")
    expect(line).to_have_attribute("aria-live", "polite")
    expect(line).to_have_text("")
    add(folder, "Spin Boldak in Kandahar", 4)
    expect(line).to_contain_text("1 new incident")
    add(folder, "Torkham", 9)
    expect(line).to_contain_text("2 new incidents")
    line.get_by_role("button", name="Close").click()
    expect(line).to_have_text("")
    reader.expect_query("")


def test_what_the_reader_was_doing_stays_as_it_was(open_live: Callable[[], Reader], folder: Path) -> None:
    reader = open_live().open("q=khost&view=33.5,69.5,7.5&incident=clash")
    page = reader.page
    page.locator(".part-incident .back").focus()
    search = page.locator("input[type=text]").first
    search.fill("khost tor")
    page.evaluate("document.querySelector('.part-incident').firstElementChild.marked = true")
    with open_store(folder / "incidents.sqlite").change(time=datetime.now(UTC)) as change:
        change.show(replace(INCIDENTS[0], id="new", title="Raid in Khost"), reason="read")
    expect(page.locator(".news")).to_contain_text("1 new incident")
    expect(search).to_have_value("khost tor")
    expect(search).to_be_focused()
    expect(page.locator(".incident-title")).to_have_text("Clash in Khost")
    assert page.evaluate("document.querySelector('.part-incident').firstElementChild.marked")
    lat, lon, zoom = page.evaluate(f"{LAYER}.reader.view()")
    assert (round(lat, 1), round(lon, 1), zoom) == (33.5, 69.5, 7.5)
    reader.expect_query("q=khost&view=33.5,69.5,7.5&incident=clash")


def test_an_editor_who_types_a_correction_is_not_disturbed(open_live: Callable[[], Reader], folder: Path) -> None:
    page = open_live().open(f"tab=article:{ARTICLE.id}").page
    page.locator(".article-text .name", has_text="Khost").first.click()
    card = page.get_by_role("dialog", name="Khost")
    card.get_by_text("Correct this place").click()
    card.get_by_label("Search the gazetteer").fill("Spera")
    add(folder, "Spin Boldak in Kandahar", 4)
    expect(page.locator(".news")).to_contain_text("1 new incident")
    expect(card.get_by_label("Search the gazetteer")).to_have_value("Spera")
    expect(card.get_by_label("Search the gazetteer")).to_be_focused()


def test_the_card_that_has_the_focus_keeps_it_and_its_place(open_live: Callable[[], Reader], folder: Path) -> None:
    reader = open_live().open()
    page = reader.page
    card = page.locator(".card[data-id=talks]")
    card.locator("h3 button").focus()
    page.evaluate("window.talks = document.querySelector('.card[data-id=talks]')")
    top = card.bounding_box()
    add(folder, "Spin Boldak in Kandahar", 4)
    expect(page.locator(".card h3", has_text="Shelling in Spin Boldak")).to_have_count(1)
    expect(card.locator("h3 button")).to_be_focused()
    assert page.evaluate("talks === document.querySelector('.card[data-id=talks]')")
    moved = card.bounding_box()
    assert top is not None
    assert moved is not None
    assert abs(moved["y"] - top["y"]) < 2, "the list has moved under the reader"


def test_who_looks_at_an_earlier_state_is_not_moved(open_live: Callable[[], Reader], folder: Path) -> None:
    revision = open_store(folder / "incidents.sqlite").data_revision()
    with open_store(folder / "incidents.sqlite").change(time=datetime.now(UTC)) as change:
        change.show(replace(INCIDENTS[0], id="late", title="Raid in Khost"), reason="read")
    there, today = open_live().open(f"asof={revision}"), open_live().open()
    add(folder, "Spin Boldak in Kandahar", 4)
    expect(today.page.locator(".news")).to_contain_text("1 new incident")
    expect(there.page.locator(".summary")).to_contain_text("6 incidents")
    expect(there.page.locator(".news")).to_have_text("")


def test_a_map_that_comes_too_late_for_its_data_asks_for_newer(open_live: Callable[[], Reader], folder: Path) -> None:
    reader, late = open_live().open(), []

    def refuse(route: Route) -> None:
        late.append(route.request.url)
        route.fulfill(status=404, body="gone") if len(late) == 1 else route.continue_()

    reader.page.route("**/points?rev=*", refuse)
    add(folder, "Spin Boldak in Kandahar", 4)
    expect(reader.page.locator(".news")).to_contain_text("1 new incident")
    reader.expect_marks(7)
    assert len(late) == 2


def test_a_page_that_nobody_sees_does_not_ask(open_live: Callable[[], Reader], folder: Path) -> None:
    reader, watched = open_live().open(), open_live().open()
    asked: list[str] = []
    reader.page.evaluate(
        "Object.defineProperty(document, 'hidden', { get: () => window.away }); window.away = true;"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    reader.page.on("request", lambda request: request.url.endswith("/revision") and asked.append(request.url))
    add(folder, "Spin Boldak in Kandahar", 4)
    expect(watched.page.locator(".news")).to_contain_text("1 new incident")
    assert asked == []
    reader.page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(reader.page.locator(".news")).to_contain_text("1 new incident")


TIMERS = """async () => {
  const { setTimeout: real, fetch: asked } = window, waits = [];
  let look = () => {};
  window.setTimeout = (f, ms) => (ms >= 1000 ? (waits.push(ms / 1000), (look = f), 0) : real(f, ms));
  const { lookForNews } = await import("/border-incidents/assets/page/news.js");
  const reset = () => Object.assign(window, { setTimeout: real, fetch: asked });
  return [waits, lookForNews, () => look(), reset];
}"""
"""What a module of its own, in place of the page's, waits for: seconds of each timer, and a way to let it go off."""


def test_two_hundred_pages_look_at_moments_of_their_own(read: Reader) -> None:
    waits = read.open().page.evaluate(
        f"""async () => {{
          const [waits, lookForNews, , reset] = await ({TIMERS})();
          for (let n = 0; n < 200; n++) lookForNews({{ url: `/${{n}}`, every_s: 15, key: "1" }}, () => {{}});
          reset();
          return waits;
        }}"""
    )
    assert len(waits) == 200
    assert max(waits) - min(waits) > 12
    assert max(sum(moment <= other < moment + 0.1 for other in waits) for moment in waits) <= 12


def test_a_server_that_is_away_is_asked_ever_more_seldom_until_it_answers(read: Reader) -> None:
    away, back = read.open().page.evaluate(
        f"""async () => {{
          const [waits, lookForNews, look, reset] = await ({TIMERS})();
          window.fetch = () => Promise.reject(new TypeError("away"));
          lookForNews({{ url: "/revision", every_s: 15, key: "1" }}, () => {{}});
          for (let n = 0; n < 8; n++) await look();
          const away = waits.splice(1, 8);
          window.fetch = async () => new Response("1");
          await look();
          reset();
          return [away, waits.at(-1)];
        }}"""
    )
    assert away[0] > 20
    assert away[2] > 80
    assert all(225 <= wait <= 375 for wait in away[4:])
    assert 11 <= back <= 19


def test_a_page_asks_once_for_newer_data_and_never_for_older(read: Reader) -> None:
    asked = read.open().page.evaluate(
        f"""async () => {{
          const [, lookForNews, look, reset] = await ({TIMERS})();
          const asked = [];
          lookForNews({{ url: "/revision", every_s: 15, key: "7" }}, () => asked.push(key));
          let key = "7";
          window.fetch = async () => new Response(key);
          for (key of ["7", "6", "8", "8", "7", "9"]) await look();
          reset();
          return asked;
        }}"""
    )
    assert asked == ["8", "9"]
