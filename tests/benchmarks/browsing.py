"""Chromium as a reader uses it: what it has drawn and when, and what went over the wire."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from geo.settings import web_folder

WINDOW = {"width": 1440, "height": 900}
FLAGS = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
WITHOUT_GPU = ("--disable-gpu",)
WEBGL_IN_SOFTWARE = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""What pydeck needs on a machine without a graphics card; the other apps are slowed by it and do without."""
ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1)")

PROBES = {
    "ours": "() => globalThis.__incidentLayer && [__incidentLayer.draws, __incidentLayer.visible]",
    "usual": "() => { const n = document.getElementsByClassName('leaflet-interactive').length; return [n, n] }",
    "pydeck": "() => globalThis.__instanced",
}
"""What a frame says of its last picture: something that changes with each, and how many marks it holds."""

COUNT_INSTANCES = """
const draw = WebGL2RenderingContext.prototype.drawArraysInstanced;
WebGL2RenderingContext.prototype.drawArraysInstanced = function (mode, first, count, instances) {
    globalThis.__instanced = [(globalThis.__instanced?.[0] ?? 0) + 1, instances];
    return draw.call(this, mode, first, count, instances);
};
"""

WATCH = """
(() => {
    if (window === window.top) {
        window.__pictures = [];
        for (const type of ["pointerup", "keyup"]) addEventListener(type, () => (window.__released = Date.now()), true);
    }
    %(extra)s
    const probe = %(probe)s;
    let seen;
    const look = () => {
        const picture = probe();
        if (!picture || picture[0] === seen) return;
        seen = picture[0];
        window.top.requestAnimationFrame(() => window.top.__pictures.push([Date.now(), picture[1]]));
    };
    setInterval(look, 4); // a loop of animation frames does not survive in the frame of streamlit-folium
})();
"""
"""In every frame: tells the page of each new picture one frame after it was drawn, when it is on the screen."""

PICTURE = """
([since, marks]) => new Promise((resolve) => {
    const look = () => {
        const right = ([at, count]) => at >= since && (marks === null ? count > 0 : count === marks);
        const picture = window.__pictures.find(right);
        picture ? resolve(picture[0]) : setTimeout(look, 4);
    };
    look();
})
"""

JQUERY = """
window.jQuery = window.$ = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.childNodes;
};
"""
"""All that folium's popups ask of jQuery, faster than jQuery: the comparison may only gain by it."""


class Wire:
    """Bytes that a page sends and receives, websocket frames and HTTP bodies with their headers."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        for event in ("Network.webSocketFrameReceived", "Network.webSocketFrameSent"):
            session.on(event, self._frame)
        session.on("Network.loadingFinished", self._loaded)

    def _frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        data = frame["payloadData"]
        self.bytes += len(base64.b64decode(data)) if frame["opcode"] == 2 else len(data.encode())

    def _loaded(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])


@contextmanager
def open_browser(*, webgl: bool = False) -> Iterator[Browser]:
    """Chromium without a window or a graphics card; raises RuntimeError when it is not installed."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("Chromium is not installed: maps cannot be timed")
    with sync_playwright() as playwright:
        flags = [*FLAGS, *(WEBGL_IN_SOFTWARE if webgl else WITHOUT_GPU)]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Browser, app: str) -> Iterator[Page]:
    """A new reader's page, nothing cached, that notes every picture of the app's map."""
    context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]
    context.set_default_timeout(300_000)
    extra = COUNT_INSTANCES if app == "pydeck" else ""
    context.add_init_script(WATCH % {"probe": PROBES[app], "extra": extra})
    _stand_in_for_internet(context)
    yield context.new_page()
    context.close()


def _stand_in_for_internet(context: BrowserContext) -> None:
    """Answer at once for the hosts that folium loads from: our own copy of Leaflet, nothing where nothing is needed."""

    def answer(route: Route) -> None:
        name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
        if name in ("leaflet.js", "leaflet.css"):
            route.fulfill(path=web_folder() / "vendor" / name)
        elif name.startswith("jquery"):
            route.fulfill(body=JQUERY, content_type="text/javascript")
        else:
            route.fulfill(body="", content_type="text/css" if name.endswith(".css") else "text/javascript")

    context.route(ELSEWHERE, answer)


def await_picture(page: Page, marks: int | None, *, since: float) -> float:
    """When a picture with so many marks was on the screen, in milliseconds since 1970; None for any but none."""
    return float(page.evaluate(PICTURE, [since, marks]))
