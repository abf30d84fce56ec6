"""From the command to the first page: the first start, which reads the sample reports, and the ones after it."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser

from .browsing import await_picture, open_page
from .serving import ROOT, await_answer, free_port, peak_memory_mb, run

LATER_STARTS = 3


def measure(browser: Browser, cache: Path) -> dict[str, float]:
    """Milliseconds to the server's first answer and to the first map with marks, as ``make run`` starts it."""
    store = cache / "started.sqlite"
    store.unlink(missing_ok=True)
    first = _start(browser, store, cache / "serve.log")
    later = [_start(browser, store, cache / "serve.log") for _ in range(LATER_STARTS)]
    return {
        "first_start_to_answer_ms": first[0],
        "first_start_to_map_ms": first[1],
        "later_start_to_answer_ms": statistics.median(times[0] for times in later),
        "later_start_to_map_ms": statistics.median(times[1] for times in later),
        "server_peak_memory_mb": statistics.median(times[2] for times in later),
    }


def _start(browser: Browser, store: Path, log: Path) -> tuple[float, float, float]:
    """Milliseconds to the first answer and to the map, and the server's peak memory in MB."""
    port = free_port()
    command = [
        sys.executable, "-m", "geo.cli", "serve", "--no-browser", "--port", str(port), "--store", str(store),
    ]  # fmt: skip
    started = time.time()
    with run(command, folder=ROOT, log=log) as process, open_page(browser, "ours") as page:
        await_answer(f"http://127.0.0.1:{port}/_stcore/health", process, log)
        answered = time.time()
        page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
        drawn = await_picture(page, None, since=0)
        return (answered - started) * 1000, drawn - started * 1000, peak_memory_mb(process.pid)
