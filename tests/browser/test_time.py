"""The timeline and the ribbon in a real browser: what a person sees, drags, hears and is told."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

import numpy as np
import pytest
from map_data import day
from map_page import serve
from PIL import Image
from playwright.sync_api import Browser, Locator, Page
from time_page import AUTUMN, BORDER, OCTOBER, Mark, TimeServer, TimeWorld, crowd

pytestmark = pytest.mark.browser

CLASH, STRIKE, SHELLING, ACCENT = (168, 58, 0), (0, 114, 178), (181, 127, 0), (142, 31, 51)
SECOND = (85, 82, 75)
MARGIN = 12
"""CSS pixels round the timeline on the test's page."""
LINE_KM = 2221.517


@dataclass(frozen=True)
class Shown:
    """A timeline on the screen."""

    page: Page
    server: TimeServer

    def show(self, **command: object) -> None:
        """Hand the timeline a command and wait for its picture."""
        self.page.evaluate("(command) => window.time.show(command)", {"rev": 1, **command})
        self.settle()

    def settle(self) -> None:
        """Wait until everything asked for is drawn and nothing fades any more."""
        self.page.wait_for_function(
            "!window.time.frame && document.getAnimations().every((a) => a.playState === 'finished')"
        )

    @property
    def handles(self) -> tuple[Locator, Locator]:
        """The first and the last day's handle."""
        slider = self.page.locator(".time-handle")
        return slider.nth(0), slider.nth(1)

    @property
    def period(self) -> tuple[int, int]:
        """The chosen days, as the handles say them."""
        first, last = (int(handle.get_attribute("aria-valuenow") or 0) for handle in self.handles)
        return first, last

    def at(self, when: str, part: float = 0.5) -> float:
        """Pixel of a day on the page's screen, between the two handles' own days and pixels."""
        first, last = self.period
        edges = [self.pill(handle) for handle in self.handles]
        return edges[0] + (edges[1] - edges[0]) * (day(when) + part - first) / (last + 1 - first)

    def pill(self, handle: Locator) -> float:
        """Pixel of the line that a handle moves."""
        box = handle.bounding_box()
        assert box is not None
        return box["x"] + float(handle.evaluate("(e) => parseFloat(e.style.getPropertyValue('--pill'))"))

    def km(self, km: float) -> float:
        """Pixel of a kilometre of the line."""
        layout = self.page.evaluate("window.time.scene.layout")
        top = self.stage["y"]
        return top + layout["ribbonFoot"] - km / LINE_KM * (layout["ribbonFoot"] - layout["ribbonTop"])

    @property
    def stage(self) -> dict[str, float]:
        """Box of the chart."""
        return self.page.locator(".time-stage").bounding_box()  # type: ignore[return-value]

    @property
    def foot(self) -> float:
        """Pixel of the histogram's foot line."""
        return self.stage["y"] + self.page.evaluate("window.time.scene.layout.histogramFoot")

    def pixels(self, x: float, y: float, radius: int = 4) -> np.ndarray:
        """Pixels (n, 3) of a square round a point."""
        picture = np.asarray(Image.open(io.BytesIO(self.page.screenshot())).convert("RGB"))
        x, y = round(x), round(y)
        return picture[y - radius : y + radius + 1, x - radius : x + radius + 1].reshape(-1, 3)

    def drag(self, x: float, y: float, to: float) -> None:
        """Drag with the mouse along the axis, in steps, without letting go."""
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(to, y, steps=6)
        self.settle()

    def heard(self, kind: str) -> list[dict[str, object]]:
        """Messages of a kind on the session's channel so far."""
        self.page.wait_for_function("(kind) => window.heard.some((m) => m.type === kind)", arg=kind)
        return [message for message in self.page.evaluate("window.heard") if message["type"] == kind]

    @property
    def released(self) -> list[list[int | None]]:
        """What the page was told when the reader let go."""
        return self.page.evaluate("window.released")  # type: ignore[no-any-return]


def share(pixels: np.ndarray, colour: tuple[int, int, int], tolerance: int = 24) -> float:
    """Share of pixels near a colour."""
    return float((np.abs(pixels.astype(int) - colour).max(axis=1) <= tolerance).mean())


Opener = Callable[..., Shown]


@pytest.fixture
def open_time(browser: Browser) -> Iterator[Opener]:
    """Opens a timeline of a world (or of raw answers) with a command; closes all of them after the test."""
    closers = []

    def open_one(
        world: TimeWorld | Mapping[str, bytes] = AUTUMN,
        *,
        width: int = 785,
        masks: dict[str, bytes] | None = None,
        context: Mapping[str, object] | None = None,
        **command: object,
    ) -> Shown:
        answers = world.answers() if isinstance(world, TimeWorld) else dict(world)
        serving = serve(TimeServer(answers=answers, masks=masks or {}))
        server = serving.__enter__()
        page = browser.new_page(viewport={"width": width + 2 * MARGIN, "height": 360}, **(context or {}))  # type: ignore[arg-type]
        closers.extend([page.close, lambda: serving.__exit__(None, None, None)])
        page.goto(f"{server.address}/?command={quote(json.dumps({**OCTOBER, **command}))}")
        page.wait_for_function("window.time?.drawn?.draws > 0 && document.fonts.status === 'loaded'")
        shown = Shown(page, server)  # type: ignore[arg-type]
        shown.settle()
        return shown

    yield open_one
    for close in closers:
        close()


@pytest.fixture(scope="module")
def open_plans(browser: Browser) -> Iterator[Page]:
    """A page that can import the timeline's modules."""
    with serve(TimeServer(answers=AUTUMN.answers())) as server:
        page = browser.new_page()
        page.goto(f"{server.address}/?command=%7B%7D")
        yield page
        page.close()


def one(**mark: object) -> TimeWorld:
    """A world of one mark, with an older and a newer one far from it that give the axis its ends."""
    ends = [Mark(category="bombing", start=when) for when in ("2025-08-01", "2025-12-31")]
    return TimeWorld(marks=(Mark(**mark), *ends))  # type: ignore[arg-type]


# What stands where


def test_an_incident_is_a_block_on_its_day(open_time: Opener) -> None:
    shown = open_time(one(category="shelling", start="2025-10-15"))
    assert share(shown.pixels(shown.at("2025-10-15"), shown.foot - 3, 2), SHELLING) > 0.5
    assert share(shown.pixels(shown.at("2025-10-16"), shown.foot - 3, 2), SHELLING) == 0


def test_an_incident_with_eight_places_is_one_block(open_time: Opener) -> None:
    shown = open_time()
    assert share(shown.pixels(shown.at("2025-10-11"), shown.foot - 3, 2), CLASH) > 0.5
    assert share(shown.pixels(shown.at("2025-10-11"), shown.foot - 33, 2), CLASH) == 0


def test_kinds_stand_in_one_order_from_the_foot(open_time: Opener) -> None:
    world = TimeWorld(marks=tuple(Mark(category=c, start="2025-10-15") for c in ("strike", "shelling", "clash")))
    shown = open_time(replace(world, marks=(*world.marks, *one(category="raid", start="2025-09-01").marks)))
    levels = [shown.pixels(shown.at("2025-10-15"), shown.foot - y, 1) for y in (3, 11, 18)]
    assert [share(level, colour) > 0.5 for level, colour in zip(levels, (CLASH, SHELLING, STRIKE), strict=True)] == [
        True
    ] * 3


def test_what_is_outside_the_chosen_days_stands_back(open_time: Opener) -> None:
    shown = open_time(one(category="clash", start="2025-10-15", km=1000.0))
    x = shown.at("2025-10-15")
    spots = [(x, shown.foot - 3), (x, shown.km(1000))]
    assert all(share(shown.pixels(*spot, 1), CLASH) > 0.6 for spot in spots)
    shown.show(**{"from": day("2025-10-16"), "to": day("2025-10-31")})
    assert all(share(shown.pixels(*spot, 1), CLASH) == 0 for spot in spots)


def test_the_south_west_is_at_the_foot(open_time: Opener) -> None:
    shown = open_time()
    assert "Nimroz (south-west) to Badakhshan (north-east)" in shown.page.locator(".time-note").inner_text()
    assert share(shown.pixels(shown.at("2025-10-11"), shown.km(300), 3), CLASH) > 0.6


def test_a_mark_is_filled_on_one_side_of_the_line_and_open_on_the_other(open_time: Opener) -> None:
    marks = [Mark(category="clash", start=f"2025-10-{5 + 10 * side}", km=1000.0, side=side) for side in (1, 2)]
    shown = open_time(TimeWorld(marks=(*marks, *one(category="raid", start="2025-09-01").marks)))
    filled, hollow = (shown.pixels(shown.at(f"2025-10-{5 + 10 * side}"), shown.km(1000), 5) for side in (1, 2))
    middles = [p.reshape(11, 11, 3)[4:7, 4:7].reshape(-1, 3) for p in (filled, hollow)]
    assert [share(middle, CLASH) > 0.9 for middle in middles] == [True, False]
    assert share(hollow, CLASH) > 0.1
    assert "Afghanistan" in shown.page.locator(".time-key").inner_text()


def test_a_range_of_places_is_an_upright_tick(open_time: Opener) -> None:
    shown = open_time(one(category="clash", start="2025-10-15", km=(700.0, 1300.0), precision="near"))
    x = shown.at("2025-10-15")
    assert all(share(shown.pixels(x, shown.km(km), 2), CLASH, 100) > 0.15 for km in (720, 1280))
    assert share(shown.pixels(x, shown.km(1400), 2), CLASH, 100) == 0


def test_a_total_is_a_hatched_box_that_says_so(open_time: Opener) -> None:
    """The eight provinces of its incident are not drawn beside it."""
    shown = open_time(replace(AUTUMN, marks=AUTUMN.marks[:8] + AUTUMN.marks[-12:], scopes=AUTUMN.scopes[:1]))
    x = shown.at("2025-10-12", 0)
    inked = share(shown.pixels(x, shown.km(1000), 5), CLASH, 150)
    assert 0.1 < inked < 0.8
    assert share(shown.pixels(x, shown.km(80), 3), CLASH, 150) == 0
    assert shown.page.evaluate("window.time.scene.ribbon.stretches.length") == 0


def dark_runs(shown: Shown, km: float, first: str, last: str) -> np.ndarray:
    """Whether each pixel along a kilometre is inked, from one day to another."""
    picture = np.asarray(Image.open(io.BytesIO(shown.page.screenshot())).convert("L")).astype(int)
    y, x0, x1 = round(shown.km(km)), round(shown.at(first)), round(shown.at(last))
    return picture[y - 1 : y + 2, x0:x1].min(axis=0) < 170


def torkham(state: str = "shut") -> TimeWorld:
    """A world in which Torkham is shut (or so) from 5 October and last reported so on the 15th."""
    history = [(day("2025-10-05"), state), (day("2025-10-15"), state)]
    return replace(one(category="raid", start="2025-09-01"), history={"border:torkham": history})


def test_a_closure_is_solid_to_the_last_report_and_dotted_after(open_time: Opener) -> None:
    shown = open_time(torkham())
    solid, dotted = (
        dark_runs(shown, 1565.1, "2025-10-06", "2025-10-15"),
        dark_runs(shown, 1565.1, "2025-10-17", "2025-10-28"),
    )
    assert solid.all()
    assert 0.1 < dotted.mean() < 0.7
    assert not dark_runs(shown, 1565.1, "2025-10-02", "2025-10-04").any()


def test_a_crossing_partly_open_is_dashed(open_time: Opener) -> None:
    dashed = dark_runs(open_time(torkham("partly")), 1565.1, "2025-10-07", "2025-10-28")
    runs = np.diff(np.flatnonzero(np.diff(dashed.astype(int))))
    assert 0.4 < dashed.mean() < 0.9
    assert runs.max() >= 5


def test_a_reopened_crossing_has_no_rule_after(open_time: Opener) -> None:
    world = torkham()
    history = [*world.history["border:torkham"], (day("2025-10-20"), "open")]
    shown = open_time(replace(world, history={"border:torkham": history}))
    assert dark_runs(shown, 1565.1, "2025-10-06", "2025-10-19").all()
    assert not dark_runs(shown, 1565.1, "2025-10-21", "2025-10-30").any()


def test_the_whole_border_has_the_last_lane(open_time: Opener) -> None:
    shown = open_time(one(category="strike", start="2025-10-10", end="2025-10-14", whole=True, precision="line"))
    layout = shown.page.evaluate("window.time.scene.layout")
    y = shown.stage["y"] + (layout["ribbonFoot"] + layout["laneFoot"]) / 2
    assert share(shown.pixels(shown.at("2025-10-12"), y, 4), STRIKE) > 0.2


def test_no_measured_length_of_the_line_is_printed(open_time: Opener) -> None:
    text = open_time().page.locator("body").inner_text()
    assert "222" not in text
    assert "km" not in text


# What a reader does


def test_a_handle_moves_one_end_and_the_map_follows_before_the_server_hears(open_time: Opener) -> None:
    shown = open_time()
    shown.drag(shown.pill(shown.handles[1]) + 2, shown.foot - 40, shown.at("2025-10-20", 1))
    assert shown.heard("dates")[-1] == {"type": "dates", "from": day("2025-10-01"), "to": day("2025-10-20")}
    assert shown.released == []
    shown.page.mouse.up()
    assert shown.released == [[day("2025-10-01"), day("2025-10-20")]]
    assert [path for path in shown.server.asked if "mask" in path] == []


def test_an_end_cannot_pass_the_other(open_time: Opener) -> None:
    shown = open_time()
    shown.drag(shown.pill(shown.handles[0]) - 2, shown.foot - 40, shown.at("2025-11-20"))
    shown.page.mouse.up()
    assert shown.period == (day("2025-10-31"), day("2025-10-31"))


def test_the_chosen_days_can_be_dragged_as_they_are(open_time: Opener) -> None:
    shown = open_time()
    shown.drag(shown.at("2025-10-27"), shown.foot - 45, shown.at("2025-11-03"))
    shown.page.mouse.up()
    assert shown.period == (day("2025-10-08"), day("2025-11-07"))


def test_a_drag_beside_them_chooses_new_days(open_time: Opener) -> None:
    shown = open_time()
    shown.drag(shown.at("2025-09-05"), shown.foot - 45, shown.at("2025-09-12"))
    shown.page.mouse.up()
    assert shown.released == [[day("2025-09-05"), day("2025-09-12")]]


def test_the_ends_of_all_data_are_no_limit(open_time: Opener) -> None:
    """A link made there holds new incidents, and undated ones, as well."""
    shown = open_time()
    shown.handles[1].focus()
    shown.page.keyboard.press("End")
    shown.page.wait_for_function("window.released.length > 0")
    assert shown.released == [[day("2025-10-01"), None]]


@pytest.mark.parametrize(
    ("key", "first"), [("ArrowRight", "2025-10-02"), ("ArrowLeft", "2025-09-30"), ("Shift+ArrowRight", "2025-10-08")]
)
def test_keys_move_a_handle(open_time: Opener, key: str, first: str) -> None:
    shown = open_time()
    handle = shown.handles[0]
    handle.focus()
    shown.page.keyboard.press(key)
    shown.settle()
    assert shown.period[0] == day(first)
    assert str(int(first[-2:])) in (handle.get_attribute("aria-valuetext") or "")
    shown.page.wait_for_function("window.released.length > 0")
    assert shown.released == [[day(first), day("2025-10-31")]]


def test_the_window_above_takes_the_chosen_days_along(open_time: Opener) -> None:
    shown = open_time()
    shown.page.get_by_role("slider", name="Years and months shown").focus()
    shown.page.keyboard.press("ArrowLeft")
    shown.settle()
    assert shown.page.evaluate("window.time.state.window") == {"from": day("2025-08-01"), "to": day("2025-10-30")}
    assert shown.period == (day("2025-08-31"), day("2025-09-30"))


def test_a_click_above_shows_other_years(open_time: Opener) -> None:
    shown = open_time()
    shown.page.mouse.click(shown.stage["x"] + 300, shown.stage["y"] + 12)
    shown.settle()
    assert shown.period[1] < day("2024-06-01")
    assert shown.released == [list(shown.period)]


def test_a_finger_finds_the_handles(open_time: Opener) -> None:
    touch = open_time(width=350, context={"has_touch": True, "is_mobile": True})
    for name in ("From", "To"):
        box = touch.page.get_by_role("slider", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["width"] >= 44
        assert box["height"] >= 44


def test_a_mark_says_what_it_is_and_a_click_selects_it(open_time: Opener) -> None:
    world = replace(one(category="clash", start="2025-10-15", km=1000.0), titles=["Clash at the gate", "", ""])
    shown = open_time(world)
    spot = (shown.at("2025-10-15"), shown.km(1000))
    shown.page.mouse.move(*spot)
    assert "Clash at the gate" in shown.page.locator(".time-tip").inner_text()
    assert shown.heard("hover")[-1] == {"type": "hover", "incident": 0, "id": "incident-0", "from": "time"}
    shown.page.mouse.click(*spot)
    assert shown.heard("select")[-1] == {"type": "select", "incident": 0, "id": "incident-0"}
    shown.settle()
    assert share(shown.pixels(*spot, 10), ACCENT) > 0.05


def test_a_block_is_its_incident_too(open_time: Opener) -> None:
    shown = open_time()
    shown.page.mouse.click(shown.at("2025-10-15"), shown.foot - 11)
    assert shown.heard("select")[-1]["incident"] == 16


def test_it_stands_in_a_shadow_root_as_well(open_time: Opener) -> None:
    shown = open_time(shadow=True)
    shown.drag(shown.pill(shown.handles[1]) + 2, shown.foot - 40, shown.at("2025-10-20", 1))
    shown.page.mouse.up()
    assert shown.released == [[day("2025-10-01"), day("2025-10-20")]]


def test_what_the_map_points_at_is_ringed(open_time: Opener) -> None:
    shown = open_time(one(category="clash", start="2025-10-15", km=1000.0))
    spot = (shown.at("2025-10-15"), shown.km(1000))
    assert share(shown.pixels(*spot, 10), SECOND) == 0
    shown.page.evaluate("window.ear.postMessage({type: 'hover', incident: 0, from: 'map'})")
    shown.page.wait_for_function("window.time.state.pointed === 0")
    shown.settle()
    assert share(shown.pixels(*spot, 10), SECOND) > 0.05


def test_dates_from_the_page_move_the_handles_and_are_not_echoed(open_time: Opener) -> None:
    shown = open_time()
    shown.page.evaluate(
        "([from, to]) => window.ear.postMessage({type: 'dates', from, to})", [day("2025-10-05"), day("2025-10-09")]
    )
    shown.page.wait_for_function("(d) => window.time.state.period.from === d", arg=day("2025-10-05"))
    shown.settle()
    assert shown.period == (day("2025-10-05"), day("2025-10-09"))
    assert shown.page.evaluate("window.heard.filter((m) => m.type === 'dates').length") == 0
    assert shown.released == []


# The brush along the line


def ends(shown: Shown) -> tuple[Locator, Locator]:
    """The two ends of the chosen stretch, from the south-west."""
    slider = shown.page.get_by_role("slider", name="along the line")
    return slider.nth(0), slider.nth(1)


def drag_along(shown: Shown, x: float, first: float, last: float) -> None:
    """Drag with the mouse from one kilometre of the line to another."""
    shown.page.mouse.move(x, shown.km(first))
    shown.page.mouse.down()
    shown.page.mouse.move(x, shown.km(last), steps=4)
    shown.settle()


def test_a_drag_beside_the_ribbon_chooses_a_stretch_and_days_stay(open_time: Opener) -> None:
    shown = open_time()
    drag_along(shown, shown.stage["x"] + 20, 600, 1200)
    assert shown.page.evaluate("window.brushed") == []
    shown.page.mouse.up()
    [[low, high]] = shown.page.evaluate("window.brushed")
    assert (abs(low - 600) < 20, abs(high - 1200) < 20, shown.released) == (True, True, [])


def test_what_is_beside_the_chosen_stretch_stands_back(open_time: Opener) -> None:
    shown = open_time(one(category="clash", start="2025-10-15", km=1000.0))
    spot = (shown.at("2025-10-15"), shown.km(1000))
    assert share(shown.pixels(*spot, 1), CLASH) > 0.6
    shown.show(stretch=[200, 700])
    assert share(shown.pixels(*spot, 1), CLASH) == 0
    shown.show(stretch=[900, 1100])
    assert share(shown.pixels(*spot, 1), CLASH) > 0.6


def test_the_histogram_counts_the_stretch_and_the_ribbon_still_shows_the_rest(open_time: Opener) -> None:
    world = TimeWorld(marks=tuple(Mark(category="clash", start="2025-10-15", km=400.0 * (n + 1)) for n in range(3)))
    shown = open_time(world, masks={"km=300-500": bytes([0b1])}, query="km=300-500", wide="", stretch=[300, 500])
    counts = shown.page.evaluate("[time.state.tally.blocks.length, time.scene.ribbon.points.length]")
    assert counts == [1, 3]


def test_one_mask_is_asked_for_where_the_line_sets_no_limit(open_time: Opener) -> None:
    shown = open_time(masks={"type=clash": bytes([255] * 6)}, query="type=clash")
    assert len([path for path in shown.server.asked if "mask" in path]) == 1


def test_a_province_beside_the_ribbon_is_a_stretch_and_a_second_click_is_all_of_the_line(open_time: Opener) -> None:
    shown = open_time()
    low, high = BORDER.stretches["AF-KAN"]
    for _ in range(2):
        shown.page.mouse.click(shown.stage["x"] + 40, shown.km((low + high) / 2))
    first, second = shown.page.evaluate("window.brushed")
    assert (abs(first[0] - low) <= 1, abs(first[1] - high) <= 1, second) == (True, True, None)


def test_keys_move_an_end_of_the_stretch_and_a_button_takes_it_away(open_time: Opener) -> None:
    shown = open_time(stretch=[500, 900])
    low, high = ends(shown)
    high.focus()
    shown.page.keyboard.press("ArrowUp")
    low.focus()
    shown.page.keyboard.press("Shift+ArrowDown")
    shown.page.wait_for_function("window.brushed.length === 2")
    assert shown.page.evaluate("window.brushed") == [[500, 910], [450, 910]]
    assert low.get_attribute("aria-valuetext") == "Kandahar"
    shown.page.get_by_role("button", name="All of the line").click()
    assert shown.page.evaluate("window.brushed[2]") is None


def test_the_ends_of_the_line_are_no_limit(open_time: Opener) -> None:
    shown = open_time(stretch=[500, 2000])
    low, high = ends(shown)
    low.focus()
    shown.page.keyboard.press("Home")
    high.focus()
    shown.page.keyboard.press("End")
    high.blur()
    assert shown.page.evaluate("window.brushed") == [[0, 2000], None]


def test_provinces_and_what_the_map_shows_are_marked_along_the_line(open_time: Opener) -> None:
    shown = open_time(provinces=["AF-KAN"])
    low, high = BORDER.stretches["AF-KAN"]
    left = shown.page.evaluate("time.scene.axis.left") + shown.stage["x"]
    assert share(shown.pixels(left - 2, shown.km((low + high) / 2), 1), ACCENT) > 0.6
    right = left + shown.page.evaluate("time.scene.axis.width")
    shown.page.evaluate("window.ear.postMessage({type: 'drawn', bounds: [33.5, 69, 35, 72]})")
    shown.page.wait_for_function("time.state.seen.length > 0")
    shown.settle()
    assert share(shown.pixels(right + 3, shown.km(1565), 1), SECOND) > 0.5
    assert share(shown.pixels(right + 3, shown.km(600), 1), SECOND) == 0
    shown.page.evaluate("window.ear.postMessage({type: 'drawn', bounds: [20, 50, 45, 80]})")
    shown.page.wait_for_function("time.state.seen.length === 0")


def test_marks_are_reached_and_chosen_by_keyboard(open_time: Opener) -> None:
    marks = [Mark(category="clash", start=f"2025-10-{10 + n}", km=300.0 + 500 * n, side=2) for n in range(3)]
    shown = open_time(TimeWorld(marks=(*marks, *one(category="raid", start="2025-09-01").marks[1:])))
    button = shown.page.get_by_role("group", name="Incidents along the line").get_by_role("button")
    button.focus()
    shown.page.keyboard.press("ArrowRight")
    assert button.get_attribute("aria-label") == "Armed clash. 11 October 2025 · Armed clash · Named place · Pakistan"
    shown.page.keyboard.press("ArrowUp")
    shown.page.keyboard.press("Enter")
    assert shown.heard("select")[-1]["incident"] == 2
    assert "12 October 2025" in shown.page.locator(".time-tip").inner_text()


# Play


def test_play_moves_the_days_without_the_server(open_time: Opener) -> None:
    shown = open_time(**{"from": day("2025-10-01"), "to": day("2025-10-07")})
    asked = len(shown.server.asked)
    shown.page.evaluate("window.time.play(true)")
    shown.page.wait_for_function("window.heard.filter((m) => m.type === 'dates').length >= 2")
    shown.page.evaluate("window.time.play(false)")
    shown.page.wait_for_function("window.heard.some((m) => m.type === 'playing' && !m.on)")
    dates = [(m["from"], m["to"]) for m in shown.heard("dates")]
    assert dates[:2] == [(day("2025-10-02"), day("2025-10-08")), (day("2025-10-03"), day("2025-10-09"))]
    assert shown.released == [list(dates[-1])]
    assert len(shown.server.asked) == asked


def test_play_can_add_day_to_day(open_time: Opener) -> None:
    shown = open_time()
    shown.page.evaluate("window.time.play(true, {cumulative: true})")
    shown.page.wait_for_function("window.heard.filter((m) => m.type === 'dates').length >= 2")
    shown.page.evaluate("window.time.play(false)")
    dates = [(m["from"], m["to"]) for m in shown.heard("dates")]
    assert dates[:2] == [(day("2025-10-01"), day("2025-10-01")), (day("2025-10-01"), day("2025-10-02"))]


def test_a_reader_who_wants_no_motion_steps_by_a_day(open_time: Opener) -> None:
    shown = open_time(
        button=True, context={"reduced_motion": "reduce"}, **{"from": day("2025-10-01"), "to": day("2025-10-07")}
    )
    shown.page.get_by_role("button", name="Play", exact=True).click()
    shown.page.wait_for_function("window.released.length === 1")
    assert shown.released == [[day("2025-10-02"), day("2025-10-08")]]


def test_each_step_of_a_reader_who_wants_no_motion_goes_on_from_the_last(open_time: Opener) -> None:
    shown = open_time(context={"reduced_motion": "reduce"})
    for _ in range(3):
        shown.page.evaluate("window.time.play(true, {cumulative: true})")
    assert shown.released == [[day("2025-10-01"), day(f"2025-10-0{n}")] for n in (1, 2, 3)]


def test_play_stops_and_goes_on_where_it_stopped(open_time: Opener) -> None:
    shown = open_time()
    for _ in range(2):
        shown.page.evaluate("window.time.play(true, {cumulative: true, speed: 4})")
        shown.page.evaluate("window.time.play(false)")
    assert shown.released == [[day("2025-10-01"), day("2025-10-01")], [day("2025-10-01"), day("2025-10-02")]]


def test_a_chart_that_nobody_sees_stops_playing(open_time: Opener) -> None:
    shown = open_time()
    shown.page.evaluate("window.time.play(true)")
    shown.page.locator(".time-stage").evaluate("(stage) => (stage.style.display = 'none')")
    shown.page.wait_for_function("window.heard.some((m) => m.type === 'playing' && !m.on)")


def test_the_day_reached_is_said_for_the_map_to_show(open_time: Opener) -> None:
    shown = open_time(**{"from": day("2025-10-05"), "to": day("2025-10-11")})
    shown.page.evaluate("window.time.play(true)")
    (first, *_) = shown.heard("dates")
    assert first["now"] == {"title": "12 October 2025", "days": "\u20666–12\u2069 Oct 2025", "count": "7 incidents"}


PLANS = """async ([window_from, window_to, from, to, cumulative]) => {
  const { planPlay } = await import("/assets/time/play.js");
  const window = { from: window_from, to: window_to };
  return planPlay({ period: { from, to }, window, data: { from: window_from + 40, to: window_to - 5 } }, cumulative);
}"""


@pytest.mark.parametrize("days", [3, 30, 91, 151, 400, 1_614, 9_000, 40_000])
@pytest.mark.parametrize("cumulative", [False, True])
@pytest.mark.parametrize("share", [0.02, 0.3, 1])
def test_a_whole_play_takes_at_most_a_minute(open_plans: Page, days: int, cumulative: bool, share: float) -> None:
    plan = open_plans.evaluate(PLANS, [100, 99 + days, 100, 99 + max(1, int(days * share)), cumulative])
    assert (plan["end"] - plan["to"]) / plan["step"] * plan["tick"] <= 60_400


def test_all_of_the_days_play_as_a_quarter_that_begins_with_the_first_incident(open_plans: Page) -> None:
    plan = open_plans.evaluate(PLANS, [100, 1713, 100, 1713, False])
    assert (plan["length"], plan["step"]) == (91, 7)
    assert plan["to"] + plan["step"] - plan["length"] + 1 == 140


def test_days_that_add_up_begin_with_the_first_incident_and_end_as_they_were_chosen(open_plans: Page) -> None:
    plan = open_plans.evaluate(PLANS, [100, 1713, 100, 1713, True])
    assert (plan["first"], plan["to"] + 1, plan["end"]) == (100, 140, 1713)


# Words and languages


def test_a_listener_gets_a_sentence_and_a_table(open_time: Opener) -> None:
    page = open_time().page
    sentence = page.locator(".time-twin p").text_content() or ""
    assert re.match(r"22 incidents in 1.–.31 October 2025\. Armed clash: 6; Shelling: 1; ", sentence)
    assert page.get_by_role("row", name="15 Oct 2025").get_by_role("cell").all_inner_texts() == [
        "1",
        "1",
        "1",
        "1",
        "0",
        "1",
        "0",
    ]


def test_the_undated_are_told_of(open_time: Opener) -> None:
    assert "Date unknown: 1" in open_time().page.locator(".time-note").inner_text()


def test_right_to_left_words_stand_right_and_the_chart_is_not_mirrored(open_time: Opener) -> None:
    shown = open_time(lang="ur", rtl=True, words={"time.title": "کب", "time.from": "From", "time.to": "To"})
    title = shown.page.get_by_role("heading").bounding_box()
    assert title is not None
    assert title["x"] > 700
    assert shown.pill(shown.handles[0]) < shown.pill(shown.handles[1])
    assert "2025" in (shown.handles[0].get_attribute("aria-valuetext") or "")


HOSTILE = "{{7*7}} ${7*7} <img src=x onerror='window.hit = 1'> </script><script>window.hit = 1</script>"


def test_hostile_words_are_shown_as_they_are(open_time: Opener) -> None:
    world = replace(one(category="clash", start="2025-10-15", km=1000.0), titles=[HOSTILE, "", ""])
    shown = open_time(world, words={"time.title": HOSTILE, "event.clash": HOSTILE})
    shown.page.mouse.move(shown.at("2025-10-15"), shown.km(1000))
    assert HOSTILE in shown.page.locator(".time-tip").inner_text()
    assert HOSTILE in shown.page.get_by_role("heading").inner_text()
    assert shown.page.evaluate("window.hit") is None


# Data


def test_a_mask_of_the_server_decides_what_is_counted(open_time: Opener) -> None:
    world = TimeWorld(marks=tuple(Mark(category="clash", start=f"2025-10-{10 + i}") for i in range(10)))
    shown = open_time(world, masks={"type=clash": bytes([0b10, 0b10])}, query="type=clash")
    inked = [share(shown.pixels(shown.at(f"2025-10-{10 + i}"), shown.foot - 3, 1), CLASH) > 0.6 for i in range(10)]
    assert [i for i, there in enumerate(inked) if there] == [1, 9]


def test_a_new_revision_is_fetched_and_an_old_one_is_not(open_time: Opener) -> None:
    shown = open_time()
    shown.show()
    shown.show(rev=2)
    assert [path for path in shown.server.asked if "/times?" in path] == ["/data/times?rev=1", "/data/times?rev=2"]


def test_data_that_cannot_be_had_is_said(browser: Browser) -> None:
    with serve(TimeServer(answers={"basemap": AUTUMN.answers()["basemap"]})) as server:
        page = browser.new_page()
        page.goto(f"{server.address}/?command={quote(json.dumps({}))}")
        page.get_by_role("alert").get_by_text("could not be loaded").wait_for()
        page.close()


def test_a_world_without_incidents_is_an_empty_axis(open_time: Opener) -> None:
    shown = open_time(TimeWorld(marks=()))
    assert re.match("0 incidents in 1.–.31 October 2025", shown.page.locator(".time-twin p").text_content() or "")


def test_no_font_is_fetched_and_no_other_host_asked(open_time: Opener) -> None:
    shown = open_time()
    assert [
        path
        for path in shown.server.asked
        if "favicon" not in path and not path.startswith(("/assets/", "/data/", "/?"))
    ] == []


@pytest.mark.parametrize("width", [350, 700, 1040])
def test_the_timeline_keeps_to_its_width(open_time: Opener, width: int) -> None:
    shown = open_time(width=width)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width + 2 * MARGIN


# Size


def test_three_hundred_and_fifty_thousand_marks_are_shades_and_bars(
    open_time: Opener, record_property: Callable[[str, object], None]
) -> None:
    """Times of a frame are recorded, not judged: `make bench` judges them."""
    shown = open_time(crowd(350_000))
    assert shown.page.evaluate("window.time.scene.ribbon.dense")
    times = []
    for step in range(20):
        shown.page.evaluate(
            "(by) => time.setPeriod({from: time.state.period.from + 1, to: time.state.period.to + by})", step % 2
        )
        shown.settle()
        times.append(shown.page.evaluate("window.time.drawn.tookMs"))
    record_property("drag_frame_ms_median_of_20_at_350000", sorted(times)[10])
    total = shown.page.evaluate("window.time.state.tally.blocks.length")
    assert total == 350_000
