"""The dashboard in a real browser behind the Caddyfile of ``deploy/``: no page does what its policy forbids."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from caddy import EDITORS, READERS, Caddy, free_ports, run_caddy
from desk.world import EDITOR, PASSWORD, fill_people, serve_desk
from page_reader import LAPTOP, LAYER, Reader, serve
from page_world import ARTICLE, fill_store
from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

WATCH = """addEventListener("securitypolicyviolation", (e) =>
    console.error(`forbidden: ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`));"""


@pytest.fixture(scope="module")
def caddy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caddy]:
    """Caddy before a dashboard over the made-up incidents."""
    folder = tmp_path_factory.mktemp("deployed")
    fill_store(folder / "incidents.sqlite").close()
    ports = free_ports(2)
    public = f"https://{READERS}:{ports[0]}"
    with (
        serve(folder, BORDER_INCIDENTS_PUBLIC_URL=public) as address,
        run_caddy(folder, ports=ports, dashboard=urlsplit(address).netloc) as running,
    ):
        yield running


@dataclass
class Visitor(Reader):
    """A reader whose browser says what the policy forbids."""

    def check(self) -> None:
        """Nothing was forbidden, and nothing else went wrong."""
        assert self.faults == []


@pytest.fixture(scope="module")
def readers_browser(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps what it has loaded, as readers' do."""
    yield from _open_browser(browser)


@pytest.fixture
def read(readers_browser: BrowserContext, caddy: Caddy) -> Iterator[Visitor]:
    yield from _open_page(readers_browser, caddy.address(READERS))


def _open_browser(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=LAPTOP, ignore_https_errors=True)
    context.add_init_script(WATCH)
    yield context
    context.close()


def _open_page(context: BrowserContext, address: str) -> Iterator[Visitor]:
    visitor = Visitor(page=context.new_page(), address=address)
    visitor.page.on("pageerror", lambda error: visitor.faults.append(str(error)))
    visitor.page.on("console", lambda said: said.type == "error" and visitor.faults.append(said.text))
    yield visitor
    visitor.page.close()


# Pages


def test_the_map_is_drawn_filtered_and_moved_without_anything_forbidden(read: Visitor) -> None:
    """What the page asks for is sent over the websocket, also through Caddy."""
    read.open().expect_marks(6)
    read.page.get_by_role("checkbox", name=re.compile("Bombing")).click()
    read.expect_query("type=bombing")
    read.expect_marks(1)
    read.page.evaluate(f"{LAYER}.map.setView([33, 69], 8, {{animate: false}})")
    read.expect_query("type=bombing&view=33,69,8")
    read.check()


@pytest.mark.parametrize(
    ("query", "sign"),
    [
        ("incident=clash", ".incident-title"),
        ("tab=table", ".incidents tbody"),
        ("tab=claims", ".rival-table"),
        ("tab=claims:month", ".periods tbody"),
        ("tab=province:AF-KHO", ".part-province .back"),
        ("tab=methodology", ".prose"),
        (f"tab=article:{ARTICLE.id}", ".article-text"),
        ("lang=ur", ".page-head h1"),
        ("layer=density", ".page-head h1"),
        ("from=yesterday", ".notice"),
    ],
)
def test_no_page_does_what_the_policy_forbids(read: Visitor, query: str, sign: str) -> None:
    read.visit(query)
    read.page.locator(sign).first.wait_for()
    read.page.wait_for_load_state("networkidle")
    read.check()


def test_share_shows_its_code_and_files_come_down(read: Visitor) -> None:
    read.open("type=clash")
    read.page.get_by_test_id("stPopoverButton").click()
    read.page.wait_for_function("() => document.querySelector('.qr img')?.naturalWidth > 0")
    with read.page.expect_download() as download:
        read.page.locator(".files a[href*='incidents.csv']").click()
    assert download.value.suggested_filename == "border-incidents.csv"
    read.check()


# Frames


class _Article(BaseHTTPRequestHandler):
    """A page of a newspaper that holds the frame named in its address."""

    def do_GET(self) -> None:
        """Answer with the frame."""
        page = (
            f'<!doctype html><title>An article</title><iframe src="{self.path[1:]}" width="900" height="600"></iframe>'
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def newspaper() -> Iterator[str]:
    """Another site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Article)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("kind", ["true", "map"])
def test_an_embedded_view_stands_in_the_page_of_another_site(read: Visitor, newspaper: str, kind: str) -> None:
    read.page.goto(f"{newspaper}/{read.address}?embed={kind}")
    inside = read.page.frame_locator("iframe")
    inside.locator(".foot").wait_for()
    inside.frame_locator("iframe[title*=folium]").locator(".incident-map .leaflet-control-zoom").wait_for()
    read.check()


@pytest.mark.parametrize("path", ["", "?embed=false", "?tab=table", "?embed=", "no-such-page?embed=true"])
def test_the_whole_dashboard_stands_in_nobodys_frame(read: Visitor, newspaper: str, path: str) -> None:
    read.page.goto(f"{newspaper}/{read.address}{path}")
    read.page.wait_for_load_state("networkidle")
    assert any("frame-ancestors 'none'" in fault for fault in read.faults), read.faults
    assert not read.page.frame_locator("iframe").locator(".page-head").count()


# The desk


@pytest.fixture(scope="module")
def desk_caddy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caddy]:
    """Caddy before a desk that knows under which address it is reached."""
    folder = tmp_path_factory.mktemp("desk")
    fill_store(folder / "incidents.sqlite").close()
    fill_people(folder / "people.json")
    ports = free_ports(2)
    public = f"https://{EDITORS}:{ports[0]}"
    with (
        serve_desk(folder, "--public-url", public) as address,
        run_caddy(folder, ports=ports, desk=urlsplit(address).netloc) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def editors_browser(browser: Browser, desk_caddy: Caddy) -> Iterator[BrowserContext]:
    """The browser of an editor who has signed in through Caddy, without anything forbidden."""
    for context in _open_browser(browser):
        for visitor in _open_page(context, desk_caddy.address(EDITORS)):
            visitor.page.goto(visitor.address)
            visitor.page.locator("input[name=name]").fill(EDITOR)
            visitor.page.locator("input[name=password]").fill(PASSWORD)
            visitor.page.locator("form button").click()
            visitor.page.locator("[class*=desk-]").first.wait_for()
            visitor.check()
        yield context


@pytest.fixture
def edit(editors_browser: BrowserContext, desk_caddy: Caddy) -> Iterator[Visitor]:
    """An editor who has signed in through Caddy."""
    yield from _open_page(editors_browser, desk_caddy.address(EDITORS))


@pytest.mark.parametrize("page", ["", "page=add", "page=documents", "page=corrections", "page=settings", "lang=ur"])
def test_no_page_of_the_desk_does_what_the_policy_forbids(edit: Visitor, page: str) -> None:
    edit.page.goto(f"{edit.address}?{page}")
    edit.page.locator("[class*=desk-]").first.wait_for()
    edit.page.wait_for_load_state("networkidle")
    edit.check()


def test_a_file_is_sent_to_the_desk_through_caddy(edit: Visitor) -> None:
    """A hundred times what the dashboard would take."""
    edit.page.goto(f"{edit.address}?page=add")
    report = "<p>Two people were killed in a clash in Khost on Monday, officials said.</p>" * 3
    page = f"<!doctype html><title>A clash in Khost</title><article>{report}</article><!--{'x' * 6_400_000}-->"
    edit.page.locator("input[type=file]").set_input_files(
        {"name": "report.html", "mimeType": "text/html", "buffer": page.encode()}
    )
    edit.page.locator(".add-results").get_by_text("A clash in Khost").first.wait_for()
    edit.check()


def test_the_desk_stands_in_nobodys_frame(edit: Visitor, newspaper: str) -> None:
    edit.page.goto(f"{newspaper}/{edit.address}?embed=true")
    edit.page.wait_for_load_state("networkidle")
    assert any("frame" in fault.lower() for fault in edit.faults), edit.faults
    assert not edit.page.frame_locator("iframe").locator("form, [class*=desk-]").count()
