"""Load to map drawn, slider to redraw, and bytes on the wire: our app beside the usual ones, in the same run."""

from __future__ import annotations

import csv
import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from .browsing import Wire, await_picture, open_page
from .serving import ROOT, busy_share, peak_memory_mb, serve_app
from .world import Day, make_store, read_days, write_csv

SLIDER = "[data-testid=stSlider]"
LOADS = 3
STEPS_OF_A_DRAG = 5


@dataclass(frozen=True, kw_only=True)
class App:
    """An app to be timed."""

    name: str
    title: str
    script: Path

    def prepare(self, cache: Path, count: int) -> tuple[dict[str, str], list[Day]]:
        """Its environment with so many incidents, and the days of those it shows."""
        if self.name == "ours":
            store = cache / f"{count}.sqlite"
            make_store(store, count)
            return {"BORDER_INCIDENTS_STORE": str(store)}, read_days(store)
        path = cache / f"{count}.csv"
        write_csv(path, count)
        with path.open(encoding="utf8", newline="") as file:
            days = [date.fromisoformat(row["day"]) for row in csv.DictReader(file)]
        return {"BENCHMARK_INCIDENTS": str(path)}, [(day, day) for day in days]


HERE = Path(__file__).parent
OURS = App(name="ours", title="this app", script=ROOT / "app.py")
USUAL = App(name="usual", title="usual app: a folium marker each", script=HERE / "usual_app.py")
PYDECK = App(name="pydeck", title="pydeck scatter", script=HERE / "pydeck_app.py")


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """How one app does with so many incidents."""

    app: str
    incidents: int
    first_load_ms: float
    """The first reader of a fresh process."""
    load_ms: float
    """Median over later readers with empty caches."""
    load_kb: float
    change_ms: float
    """Median from the slider's release to the new picture on the screen."""
    change_p95_ms: float
    """All but one in twenty are faster."""
    slowest_change_ms: float
    change_kb: float
    changes: int
    server_mb: float
    """The most memory the app's process held."""
    busy: float
    """Share of the machine's cores that others kept busy just before; well above 0 the times are too long."""


def measure(browser: Browser, app: App, *, count: int, changes: int, cache: Path) -> Drawn:
    """Serve the app, load it as several readers, and move its slider."""
    environment, days = app.prepare(cache, count)
    busy = busy_share()
    folder = ROOT if app.name == "ours" else cache
    environment["BENCHMARK_LOG"] = str(cache / f"{app.name}.log")
    with serve_app(app.script, folder=folder, environment=environment) as (address, pid):
        loads = [_load(browser, app, address, len(days)) for _ in range(1 + LOADS)]
        took, kilobytes = _change(browser, app, address, days, changes)
        memory = peak_memory_mb(pid)
    return Drawn(
        app=app.title,
        incidents=count,
        first_load_ms=loads[0][0],
        load_ms=statistics.median(ms for ms, _ in loads[1:]),
        load_kb=statistics.median(kb for _, kb in loads[1:]),
        change_ms=statistics.median(took),
        change_p95_ms=share_of(took, 0.95),
        slowest_change_ms=max(took),
        change_kb=statistics.median(kilobytes),
        changes=changes,
        server_mb=memory,
        busy=busy,
    )


def share_of(values: Sequence[float], share: float) -> float:
    """The value that a share of them does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def as_rows(drawn: Sequence[Drawn]) -> list[dict[str, object]]:
    """The measurements as records."""
    return [asdict(each) for each in drawn]


def _load(browser: Browser, app: App, address: str, marks: int) -> tuple[float, float]:
    """Milliseconds from the visit to the map with all its marks on the screen, and kilobytes."""
    with open_page(browser, app.name) as page:
        wire = Wire(page)
        page.goto(address, wait_until="commit")
        started = float(page.evaluate("performance.timeOrigin"))
        drawn = await_picture(page, marks, since=started)
        return drawn - started, wire.bytes / 1000


def _change(
    browser: Browser, app: App, address: str, days: Sequence[Day], changes: int
) -> tuple[list[float], list[float]]:
    """Milliseconds and kilobytes of each of several moves of the slider's first handle."""
    took, kilobytes = [], []
    with open_page(browser, app.name) as page:
        wire = Wire(page)
        page.goto(address)
        await_picture(page, len(days), since=0)
        page.wait_for_timeout(1000)  # what loads after the map is not part of a change
        for turn in range(changes):
            before = wire.bytes
            took.append(drag_slider(page, days, share=0.15 + 0.6 * (turn % 5) / 5 + 0.01 * turn))
            page.wait_for_timeout(300)  # late answers belong to the change
            kilobytes.append((wire.bytes - before) / 1000)
    return took, kilobytes


def drag_slider(page: Page, days: Sequence[Day], *, share: float) -> float:
    """Drag the first handle to a share of the track; milliseconds from release to the new picture."""
    slider = page.locator(SLIDER).first
    handles = slider.locator("input[type=range]")
    track = slider.locator("[data-orientation=horizontal]").first.bounding_box()
    assert track is not None
    page.mouse.move(*_middle(handles.first.locator("xpath=../..")))
    page.mouse.down()
    page.mouse.move(track["x"] + share * track["width"], track["y"] + track["height"] / 2, steps=STEPS_OF_A_DRAG)
    page.mouse.up()
    first, last = (_day(handles.nth(n).input_value()) for n in (0, 1))
    marks = sum(start <= last and end >= first for start, end in days)
    released = float(page.evaluate("window.__released"))
    return max(0.0, await_picture(page, marks, since=released) - released)


def _middle(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _day(value: str) -> date:
    """The day of a Streamlit slider's value, microseconds since 1970."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(value))).date()
