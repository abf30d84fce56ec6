"""The dashboard in a page of somebody else's: a clean frame with map and foot, whatever the frame's size."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_reader import LAPTOP
from playwright.sync_api import Browser, Dialog, Frame, FrameLocator, Page, expect

pytestmark = pytest.mark.browser

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
SIZES = {"article": (600, 450), "phone": (360, 480), "wide": (1100, 640)}
NO_STORAGE = """const deny = { get() { throw new DOMException("denied", "SecurityError"); } };
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
  if (self !== top) Object.defineProperty(window, name, deny);"""
"""What a browser that keeps nothing for pages in frames answers them."""

_CLASS_DRAWN = re.compile("map-drawn")


class _Article(BaseHTTPRequestHandler):
    """A page of a newspaper that holds the frame named in its address."""

    def do_GET(self) -> None:
        """Answer with the frame and its size."""
        size, _, source = self.path[1:].partition("/")
        width, _, height = size.partition("x")
        page = (
            '<!doctype html><html lang="en"><title>An article</title><body style="margin:0"><main><h1>An article</h1>'
            f'<iframe src="{source}" title="Map" width="{width}" height="{height}" style="border:0"></iframe></main>'
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def newspaper() -> Iterator[str]:
    """A site of another origin than the dashboard's, which is at 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Article)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


class Embedded:
    """An article with the dashboard in it."""

    def __init__(self, page: Page, site: str, address: str) -> None:
        self.page, self._site, self._address = page, site, address

    def open(self, query: str, size: str) -> FrameLocator:
        """Open the article and wait until the dashboard's foot and map are there."""
        width, height = SIZES[size]
        self.page.goto(f"{self._site}/{width}x{height}/{self._address}?{query}")
        inside = self.page.frame_locator("iframe[title=Map]")
        inside.locator(".foot").wait_for()
        inside.frame_locator("iframe[title*=folium]").locator(".incident-map .leaflet-control-zoom").wait_for()
        expect(inside.locator("html")).to_have_class(_CLASS_DRAWN)
        return inside

    @property
    def frame(self) -> Frame:
        """The dashboard's own document."""
        (found,) = (frame for frame in self.page.frames if frame.parent_frame == self.page.main_frame)
        return found


@pytest.fixture
def embedded(browser: Browser, address: str, newspaper: str) -> Iterator[Embedded]:
    """An article read by someone with a laptop."""
    context = browser.new_context(viewport=LAPTOP)
    yield Embedded(context.new_page(), newspaper, address)
    context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["true", "map"])
def test_a_frame_shows_map_and_foot_and_none_of_the_furniture(embedded: Embedded, kind: str, size: str) -> None:
    inside = embedded.open(f"embed={kind}", size)
    expect(inside.locator("iframe[title*=folium]")).to_be_visible()
    expect(inside.get_by_role("contentinfo")).to_contain_text("Border incidents")
    link = inside.get_by_role("link", name="Open the dashboard")
    expect(link).to_be_visible()
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener")
    for furniture in ("stSidebar", "stHeader", "stToolbar", "stPopoverButton", "stTab"):
        expect(inside.get_by_test_id(furniture).first).not_to_be_visible()
    expect(inside.locator(".languages")).not_to_be_visible()
    width, height = SIZES[size]
    foot = inside.locator(".foot").evaluate("(foot) => foot.getBoundingClientRect().toJSON()")
    assert (foot["left"], foot["right"], foot["bottom"]) == (0, width, height)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["true", "map"])
def test_a_frame_scrolls_in_one_direction_at_most(embedded: Embedded, kind: str, size: str) -> None:
    embedded.open(f"embed={kind}", size)
    scrolled = embedded.frame.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((box) => {
          const style = getComputedStyle(box);
          if (!box.checkVisibility({ visibilityProperty: true })) return [];
          const goes = (way) => /auto|scroll/.test(way);
          return [
            ...(goes(style.overflowX) && box.scrollWidth > box.clientWidth ? ["x"] : []),
            ...(goes(style.overflowY) && box.scrollHeight > box.clientHeight + 1 ? ["y"] : []),
          ];
        })"""
    )
    assert scrolled == ([] if kind == "map" else ["y"])


def test_the_bare_map_fills_the_frame_with_its_legend(embedded: Embedded) -> None:
    inside = embedded.open("embed=map", "article")
    box = "(element) => element.getBoundingClientRect().toJSON()"
    drawn = inside.locator("iframe[title*=folium]").evaluate(box)
    legend, foot = inside.locator(".part-legend").evaluate(box), inside.locator(".foot").evaluate(box)
    assert (drawn["left"], drawn["top"], drawn["width"]) == (0, 0, 600)
    assert drawn["bottom"] == pytest.approx(legend["top"], abs=1)
    assert legend["bottom"] == pytest.approx(foot["top"], abs=1)
    for part in (".incident-time", ".part-cards", ".page-head", ".part-play"):
        expect(inside.locator(part).first).not_to_be_visible()


def test_the_whole_keeps_timeline_and_list(embedded: Embedded) -> None:
    inside = embedded.open("embed=true", "article")
    for part in (".incident-time", ".part-cards .card"):
        inside.locator(part).first.scroll_into_view_if_needed()
        expect(inside.locator(part).first).to_be_visible()
    inside.locator(".card button").first.click()
    expect(inside.locator(".incident-title")).to_be_visible()


def test_the_way_out_leads_to_the_view_of_the_frame_with_all_around_it(embedded: Embedded, address: str) -> None:
    inside = embedded.open("embed=map&type=clash&view=33,70,7", "article")
    expect(inside.locator(".foot-open")).to_have_attribute("href", f"{address}?type=clash&view=33,70,7")
    assert "embed=map" in embedded.frame.url


def test_an_incident_chosen_on_the_bare_map_is_named_below_it_and_let_go(embedded: Embedded) -> None:
    inside = embedded.open("embed=map&incident=clash", "article")
    expect(inside.locator("iframe[title*=folium]")).to_be_visible()
    expect(inside.locator(".foot strong")).not_to_have_text("Border incidents")
    inside.get_by_role("button", name="Close").click()
    expect(inside.locator(".foot strong")).to_contain_text("Border incidents")
    assert "incident=" not in embedded.frame.url


def test_a_frame_of_past_data_says_so_in_its_foot(embedded: Embedded) -> None:
    inside = embedded.open("embed=true&asof=3", "phone")
    expect(inside.locator(".foot")).to_contain_text("as it was on")
    expect(inside.get_by_role("button", name="Show today’s data")).not_to_be_visible()


def test_a_frame_leaves_the_readers_way_back_alone(embedded: Embedded) -> None:
    inside = embedded.open("embed=true", "article")
    steps = embedded.page.evaluate("history.length")
    inside.locator(".card button").first.click()
    expect(inside.locator(".incident-title")).to_be_visible()
    assert embedded.page.evaluate("history.length") == steps


def test_a_browser_that_keeps_nothing_for_frames_shows_them_all_the_same(embedded: Embedded) -> None:
    faults: list[str] = []
    embedded.page.on("pageerror", lambda error: faults.append(str(error)))
    embedded.page.add_init_script(NO_STORAGE)
    inside = embedded.open("embed=true", "article")
    expect(inside.locator(".card").first).to_be_visible()
    assert not faults


def test_nothing_forbids_a_page_to_hold_the_dashboard(embedded: Embedded, address: str) -> None:
    headers = embedded.page.request.get(f"{address}?embed=true").headers
    assert "x-frame-options" not in headers
    assert "frame-ancestors" not in headers.get("content-security-policy", "")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("query", ["embed=true", "embed=map", "embed=map&lang=ur", "embed=map&layer=killed"])
def test_axe_finds_no_fault_in_a_frame(browser: Browser, address: str, query: str, theme: str) -> None:
    context = browser.new_context(viewport={"width": 600, "height": 450}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}?{query}")
    page.locator(".foot").wait_for()
    expect(page.locator("html")).to_have_class(_CLASS_DRAWN)
    paper = {"light": "rgb(251, 250, 246)", "dark": "rgb(21, 23, 26)"}[theme]
    expect(page.locator(".foot")).to_have_css("background-color", paper)
    axe = Axe()
    for frame in page.frames:
        frame.evaluate(axe.axe_script)
    found = axe.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    context.close()
    assert not found, [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


def test_hostile_text_in_the_link_of_a_frame_stays_text(embedded: Embedded) -> None:
    said: list[str] = []

    def hear(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    embedded.page.on("dialog", hear)
    inside = embedded.open("embed=%22onload=alert(1)%3E&embed=map&q=%3Cimg%20src=x%20onerror=alert(2)%3E", "article")
    href = inside.locator(".foot-open").get_attribute("href")
    assert href is not None
    assert "<" not in href
    assert not said
