"""What a reader meets who stays: panels beside the map, play, the browser's memory, and a link that says everything."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from .browsing import await_picture, open_page
from .drawing import OURS, drag_slider, share_of
from .serving import ROOT, busy_share, serve_app
from .world import Day

PLAYED = 100_000
"""Incidents that play is timed with."""
PLAY_MS = 4_000
LINK = (
    "from=2024-01-01&to=2025-06-30&province=AF-KHO,AF-NAN,PK-KP&type=clash,strike,bombing&precision=exact,near,adm1"
    "&border_km=50&view=33.5,69.5,6.5&tab=map&lang=en"
)
LOADS = 5

WATCH_PANELS = """
() => {
    window.__panels = [];
    const card = () => document.querySelector(".part-cards .list-bar h2")?.textContent;
    let seen = card();
    new MutationObserver(() => {
        const now = card();
        if (now === undefined || now === seen) return;
        seen = now;
        requestAnimationFrame(() => window.__panels.push(Date.now()));
    }).observe(document.querySelector('[data-part="cards"]'), { childList: true, subtree: true, characterData: true });
}
"""
PANEL = """
(since) => new Promise((resolve) => {
    const look = () => {
        const at = window.__panels.find((time) => time >= since);
        at ? resolve(at) : setTimeout(look, 4);
    };
    look();
})
"""
DRAWS = (
    "() => [...document.querySelectorAll('iframe')].map((f) => f.contentWindow.__incidentLayer?.draws).find(Boolean)"
)


def measure(browser: Browser, cache: Path, *, changes: int) -> dict[str, float]:
    """Milliseconds to the panels, frames of play a second, the heap after ten changes and after all, links."""
    return {
        **_time_panels(browser, cache, changes),
        **_time_play(browser, cache),
        **_time_links(browser, cache),
        "busy": busy_share(),
    }


@contextmanager
def _serve(cache: Path, count: int) -> Iterator[tuple[str, list[Day]]]:
    environment, days = OURS.prepare(cache, count)
    environment["BENCHMARK_LOG"] = str(cache / "staying.log")
    with serve_app(OURS.script, folder=ROOT, environment=environment) as (address, _):
        yield address, days


def _time_panels(browser: Browser, cache: Path, changes: int) -> dict[str, float]:
    took, heap = [], {}
    with _serve(cache, 10_000) as (address, days), open_page(browser, OURS.name) as page:
        _open(page, address, len(days))
        page.evaluate(WATCH_PANELS)
        for turn in range(changes):
            drag_slider(page, days, share=0.15 + 0.6 * (turn % 5) / 5 + 0.01 * (turn % 20))
            released = float(page.evaluate("window.__released"))
            took.append(float(page.evaluate(PANEL, released)) - released)
            page.wait_for_timeout(100)
            if turn + 1 in (min(10, changes), changes):
                heap[turn + 1] = _heap_mb(page)
    first, last = min(heap), max(heap)
    return {
        "panels_median_ms": statistics.median(took),
        "panels_p95_ms": share_of(took, 0.95),
        "panels_slowest_ms": max(took),
        "changes": changes,
        f"heap_after_{first}_changes_mb": heap[first],
        "heap_at_the_end_mb": heap[last],
        "heap_growth_percent": 100 * (heap[last] / heap[first] - 1),
    }


def _time_play(browser: Browser, cache: Path) -> dict[str, float]:
    """Pictures of the map a second while days play."""
    with _serve(cache, PLAYED) as (address, days), open_page(browser, OURS.name) as page:
        _open(page, address, len(days))
        page.locator('[data-part="play_button"]').get_by_role("button").click()
        page.wait_for_timeout(1_000)
        before = (page.evaluate(DRAWS), page.evaluate("performance.now()"))
        page.wait_for_timeout(PLAY_MS)
        after = (page.evaluate(DRAWS), page.evaluate("performance.now()"))
    return {"play_incidents": PLAYED, "play_frames_a_second": 1000 * (after[0] - before[0]) / (after[1] - before[1])}


def _time_links(browser: Browser, cache: Path) -> dict[str, float]:
    """Milliseconds to the first picture for the dashboard and for a link with all its state, in turns."""
    took: dict[str, list[float]] = {"dashboard": [], "link": []}
    with _serve(cache, 10_000) as (address, _):
        for turn in range(LOADS + 1):
            for name, query in (("dashboard", ""), ("link", f"?{LINK}")):
                with open_page(browser, OURS.name) as page:
                    page.goto(address + query, wait_until="commit")
                    started = float(page.evaluate("performance.timeOrigin"))
                    drawn = await_picture(page, None, since=started) - started
                if turn:  # the first reader of a process pays for its caches
                    took[name].append(drawn)
    return {f"open_{name}_ms": statistics.median(found) for name, found in took.items()}


def _open(page: Page, address: str, marks: int) -> None:
    page.goto(address)
    await_picture(page, marks, since=0)
    page.wait_for_timeout(1_000)


def _heap_mb(page: Page) -> float:
    """The heap of the page and its frames, which share one, after a collection."""
    session: Any = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1_000_000
    session.detach()
    return used
