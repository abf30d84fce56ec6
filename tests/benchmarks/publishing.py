"""Editions: how large they are, how long they take to write, and how soon a browser can use one from the disk."""

from __future__ import annotations

import statistics
import time
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser

from geo.edition.material import gather_material, without_collection
from geo.edition.page import write_edition
from geo.exchange.table import select_incidents
from geo.pipeline import load_tools
from geo.snapshot import take_snapshot
from geo.store import open_store
from geo.wording.words import Words

from .world import NOW, make_store

OPENINGS = 5
_WATCH = """
new MutationObserver(() => {
    const { classList } = document.documentElement;
    if (classList.contains("ready")) window.readyAt ??= performance.now();
    if (classList.contains("map-drawn")) window.drawnAt ??= performance.now();
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });
"""
_CHOOSE = """async () => {
    const began = performance.now();
    document.querySelector('.part-facets [data-value="clash"]').click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - began;
}"""


def measure(browser: Browser, cache: Path, count: int) -> dict[str, float]:
    """Bytes of the edition, milliseconds to write it from the store, to use it, and to change its filter."""
    store, file = cache / f"{count}.sqlite", cache / f"edition-{count}.html"
    if not store.exists():
        make_store(store, count)
    began = time.perf_counter()
    file.write_bytes(_write(store))
    written = time.perf_counter() - began
    opened = [_open(browser, file) for _ in range(OPENINGS)]
    ready, drawn, changed = (statistics.median(times) for times in zip(*opened, strict=True))
    return {
        "incidents": count,
        "edition_kB": file.stat().st_size / 1000,
        "written_ms": written * 1000,
        "lists_and_filters_ms": ready,
        "map_drawn_ms": drawn,
        "change_of_filter_ms": changed,
    }


def _write(path: Path) -> bytes:
    """The edition of a whole store, as ``publish`` writes it."""
    with without_collection():
        store, tools = open_store(path), load_tools("AF-PK")
        snapshot = take_snapshot(store, tools.border, tools.gazetteer)
        selection = select_incidents(store, list(snapshot.ids), time=NOW)
        stream = BytesIO()
        write_edition(stream, gather_material(store, snapshot, selection, Words("en")))
        store.close()
        return stream.getvalue()


def _open(browser: Browser, file: Path) -> tuple[float, float, float]:
    """Milliseconds from the address to lists and filters, to the map, and from a choice to the lists that answer it."""
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(file.as_uri())
    page.locator("html.map-drawn").wait_for()
    ready, drawn = page.evaluate("[window.readyAt, window.drawnAt]")
    changed = page.evaluate(_CHOOSE)
    context.close()
    return ready, drawn, changed
