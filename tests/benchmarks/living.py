"""Open pages that look for newer data: what they cost while nothing happens, and how soon they show what has come.

The readers are websocket clients as in ``crowd``; they look as geo/web/page/news.js does, at moments of their own.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx

from geo.store import open_store

from .crowd import BETWEEN, BackMsg, Slider, run_page, visit
from .drawing import OURS
from .serving import ROOT, busy_share, serve_app

EVERY_S = 15.0
SPREAD = 0.25
"""As in news.js."""
WINDOW_S = 0.1


@dataclass
class Pages:
    """What the pages met with."""

    looks: list[float] = field(default_factory=list)
    """Milliseconds of each look, in order."""
    redraws: list[tuple[float, float]] = field(default_factory=list)
    """When each page was drawn with what had come, and the milliseconds that took."""
    errors: list[str] = field(default_factory=list)


def measure(cache: Path, *, readers: int, count: int = 10_000) -> dict[str, float]:
    """The processor's time for pages that only stand open and for pages that look, and how a change comes to them."""
    environment, _ = OURS.prepare(cache, count)
    environment["BENCHMARK_LOG"] = str(cache / "living.log")
    busy = busy_share()
    with serve_app(OURS.script, folder=ROOT, environment=environment) as (address, pid):
        return {**asyncio.run(_measure(address, pid, environment["BORDER_INCIDENTS_STORE"], readers)), "busy": busy}


async def _measure(address: str, pid: int, store: str, readers: int) -> dict[str, float]:
    pages, clock = Pages(), asyncio.get_running_loop().time
    looking, done = asyncio.Event(), asyncio.Event()
    async with httpx.AsyncClient(base_url=address, timeout=30, limits=httpx.Limits(max_connections=None)) as client:
        tasks = [asyncio.create_task(_stand_open(address, client, n, pages, looking, done)) for n in range(readers)]
        await asyncio.sleep(readers * BETWEEN + 5)
        still = await _watch_processor(pid, EVERY_S)
        looking.set()
        looked = await _watch_processor(pid, EVERY_S * (1 + SPREAD))
        quiet = len(pages.looks)
        changed = clock()
        await asyncio.to_thread(_add_incident, store)
        busy = await _watch_processor(pid, EVERY_S * (1 + 2 * SPREAD))
        done.set()
        await asyncio.gather(*tasks)
    times = sorted(moment - changed for moment, _ in pages.redraws) or [float("nan")]
    took = sorted(ms for _, ms in pages.redraws) or [float("nan")]
    return {
        "readers": readers,
        "looks": quiet,
        "look_p95_ms": _share(sorted(pages.looks[:quiet]), 0.95),
        "processor_still_percent": 100 * still,
        "processor_looking_percent": 100 * looked,
        "processor_change_percent": 100 * busy,
        "redrawn": len(pages.redraws),
        "shown_median_ms": 1000 * statistics.median(times),
        "shown_last_ms": 1000 * times[-1],
        "redraw_median_ms": statistics.median(took),
        "redraw_p95_ms": _share(took, 0.95),
        "most_within_100_ms": _most_within(times, WINDOW_S),
        "errors": len(pages.errors),
    }


async def _stand_open(
    address: str, client: httpx.AsyncClient, number: int, pages: Pages, looking: asyncio.Event, done: asyncio.Event
) -> None:
    """One page: opened, then looking for newer data until all are done."""
    chance = random.Random(number)
    await asyncio.sleep(number * BETWEEN)
    try:
        async with visit(address) as socket:
            slider = await run_page(socket, BackMsg())
            await looking.wait()
            key, wait = "", EVERY_S * (chance.random() + SPREAD)
            while not done.is_set():
                await asyncio.wait([asyncio.create_task(done.wait())], timeout=wait)
                key = await _look(client, socket, slider, key, pages)
                wait = EVERY_S * (1 - SPREAD + 2 * SPREAD * chance.random())
    except Exception as error:  # noqa: BLE001 - whatever a reader meets is a figure of the measurement
        pages.errors.append(f"{type(error).__name__}: {error}")


async def _look(client: httpx.AsyncClient, socket: object, slider: Slider | None, key: str, pages: Pages) -> str:
    """Ask for the newest key; where it is another, have the page drawn anew as an act of the browser's does."""
    clock = asyncio.get_running_loop().time
    started = clock()
    answer = await client.get("/border-incidents/data/AF-PK/run/revision")
    pages.looks.append((clock() - started) * 1000)
    if key and answer.text != key and slider is not None:
        message = BackMsg()
        message.rerun_script.fragment_id = slider.fragment
        started = clock()
        await run_page(socket, message)
        pages.redraws.append((clock(), (clock() - started) * 1000))
    return answer.text


def _add_incident(address: str) -> None:
    store = open_store(address)
    with store.change(time=datetime.now(UTC)) as change:
        first = store.load_incidents(list(store.read_columns({"incident": ("id",)}).tables["incident"]["id"][:1]))[0]
        change.show(replace(first, id="new-one", title="New"), reason="benchmark")
    store.close()


async def _watch_processor(pid: int, seconds: float) -> float:
    """Share of one core that a process uses for a while."""
    before = _processor_s(pid)
    await asyncio.sleep(seconds)
    return (_processor_s(pid) - before) / seconds


def _processor_s(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _most_within(times: Sequence[float], window: float) -> int:
    return max(sum(1 for other in times if time <= other < time + window) for time in times)


def _share(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")
