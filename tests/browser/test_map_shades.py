"""Provinces shaded by what is counted in them, and density: what a person sees, and by which rule it was counted."""

# the fixture is that of test_map_layer

from __future__ import annotations

import itertools
import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from map_data import (
    OCTOBER,
    TOTAL,
    Event,
    Spot,
    World,
    day,
    district,
    exact,
    pack_points,
    province,
    read_basemap,
    scatter,
)
from map_page import MapServer, serve
from map_shown import CLOSE, KABUL, MAP, PAKTIKA, Opener, Shown, answers, share
from playwright.sync_api import Browser

from geo import maps

pytestmark = pytest.mark.browser

LAYER = f"{MAP}.incidents"
CHOICES = ".incident-layers button"
RAMP = {
    "light": ["#F3DAD3", "#E3B1A9", "#CC8280", "#AD5159", "#8E1F33"],
    "dark": ["#4B2B34", "#703A47", "#9A515D", "#C9757D", "#F7B3B6"],
}
MOST = f"{LAYER}.scene.density.values.reduce((a, b) => Math.max(a, b), 0)"
TITLE = "Long Khost خوست title हिन्दी " * 180
"""Over 5,000 characters in three scripts."""


def shaded(
    world: World, *, killed: Sequence[int] = (), totals: Sequence[object] = (), **marks: object
) -> dict[str, bytes]:
    """What the server says of a world; no losses but those named, in the order of the events."""
    figures = [*killed, *[-1] * (len(world.events) - len(killed))]
    columns = np.array([figures, [-1] * len(figures)], dtype="<i4")
    losses = struct.pack("<4I", 0x314C4942, len(figures), 0, 0) + columns.tobytes()
    told = json.dumps({**world.marks(), "totals": list(totals), **marks})
    return {**answers(world), "losses": losses, "marks": told.encode()}


def at(name: str, lat: float, lon: float, adm1: str) -> Spot:
    """A named town of a province."""
    return replace(exact(name, lat, lon), adm1=adm1)


def event(*spots: Spot, **dates: str) -> Event:
    """A clash."""
    return Event(category="clash", spots=spots, **dates)


KABUL_TOWN = at("Kabul", *KABUL, "AF-KAB")
PAKTIKA_SOMEWHERE = province("Paktika", "AF-PKA")
KHOST = at("Khost", 33.34, 69.92, "AF-KHO")
STRETCH = Spot(label="Kurram line", precision="line", border_km=(1385.0, 1470.0))


def values(shown: Shown) -> dict[str, float]:
    """What each province is shaded by, those without a report left out."""
    return shown.page.evaluate(  # type: ignore[no-any-return]
        f"Object.fromEntries({LAYER}.scene.shading.shades.filter((s) => s.shade > -3).map((s) => [s.code, s.value]))"
    )


def legend(shown: Shown) -> str:
    """The words of the legend, without the marks that keep figures in order."""
    words: str = shown.page.locator(".incident-legend").inner_text()
    return words.translate({0x2066: None, 0x2068: None, 0x2069: None})


# What is counted


def test_an_incident_counts_once_in_every_province_it_names(open_map: Opener) -> None:
    world = World(
        events=(event(KABUL_TOWN, PAKTIKA_SOMEWHERE), event(PAKTIKA_SOMEWHERE, PAKTIKA_SOMEWHERE), event(STRETCH))
    )
    shown = open_map(shaded(world), layer="provinces")
    assert values(shown) == {"AF-KAB": 1, "AF-PKA": 2}
    assert "In several provinces: 1" in legend(shown)
    assert "name no province: 1" in legend(shown)


def test_a_figure_for_several_provinces_is_not_shared_out(open_map: Opener) -> None:
    events = (event(KABUL_TOWN), event(KABUL_TOWN, PAKTIKA_SOMEWHERE), event(PAKTIKA_SOMEWHERE, STRETCH), event(KHOST))
    shown = open_map(shaded(World(events=events), killed=[5, 47, 8]), layer="killed")
    assert values(shown) == {"AF-KAB": 5, "AF-PKA": 0, "AF-KHO": 0}
    figures = shown.page.evaluate(f"{LAYER}.lettering.labels.map((l) => l.text)")
    assert "5+" in figures, "some of its dead are in the total for two"
    shades = shown.page.evaluate(f"Object.fromEntries({LAYER}.scene.shading.shades.map((s) => [s.code, s.shade]))")
    assert shades["AF-PKA"] == -2, "a province that only totals speak of has no figure of its own, and no zero"
    assert "47 (2 provinces)" in legend(shown)
    assert "no province named: 8" in legend(shown)


def test_a_total_counts_in_place_of_the_incidents_it_holds(open_map: Opener) -> None:
    """Of one province it is added where it says more; of several it stands beside the map."""
    events = (event(KABUL_TOWN), event(KABUL_TOWN), event(KHOST, start="2025-10-20"))
    one = {"incidents": [0, 1], "adm1": ["AF-KAB"], "killed": 9, "wounded": -1}
    both = {"incidents": [0, 2], "adm1": ["AF-KAB", "AF-KHO"], "killed": 12, "wounded": -1}
    shown = open_map(shaded(World(events=events), killed=[2, 3, 1], totals=[one, both]), layer="killed")
    assert values(shown) == {"AF-KAB": 5, "AF-KHO": 1}, "the larger total takes the incident both hold"
    assert "12 (2 provinces)" in legend(shown)
    shown.show(to=day("2025-10-16"))
    assert values(shown) == {"AF-KAB": 9}


def test_nothing_reported_no_figure_and_zero_look_different(open_map: Opener) -> None:
    events = (event(KABUL_TOWN), event(PAKTIKA_SOMEWHERE), event(KHOST))
    shown = open_map(shaded(World(events=events), killed=[0, -1, 3]), layer="killed", **CLOSE)
    shades = shown.page.evaluate(f"Object.fromEntries({LAYER}.scene.shading.shades.map((s) => [s.code, s.shade]))")
    assert [shades[code] for code in ("AF-KAB", "AF-PKA", "AF-KHO", "AF-LOG")] == [-1, -2, 2, -3]
    looks = [shown.colours(lat, lon, radius=12) for lat, lon in ((34.4, 69.5), (32.2, 68.6), (34.05, 68.9))]
    land = [share(pixels, (255, 254, 251), 8) for pixels in looks]
    assert land[0] < 0.1, "zero has a colour"
    assert 0.5 < land[1] < 0.98, "no figure is hatched"
    assert land[2] > 0.7, "nothing reported is land"


def test_provinces_without_an_outline_are_named_in_the_legend(open_map: Opener) -> None:
    world = World(events=(event(at("Doha", 25.3, 51.5, "QA-DA")),))
    shown = open_map(shaded(world, provinces={"QA-DA": "Ad Dawhah"}), layer="provinces")
    assert "Ad Dawhah 1" in legend(shown)


# What the colours mean


def test_classes_stay_while_the_dates_move(open_map: Opener) -> None:
    days = [f"2025-10-{n:02}" for n in range(1, 31)]
    shown = open_map(shaded(World(events=tuple(event(KHOST, start=day_) for day_ in days))), layer="provinces")
    before = (shown.page.evaluate(f"{LAYER}.key.ranges"), values(shown))
    asked = len(shown.server.asked)
    shown.page.evaluate(f"([a, b]) => {LAYER}.showDates(a, b)", [day("2025-10-04"), day("2025-10-06")])
    shown.settle()
    assert before == (["1", "2–4", "5–9", "10–19", "20+"], {"AF-KHO": 30})
    assert (shown.page.evaluate(f"{LAYER}.key.ranges"), values(shown)) == (before[0], {"AF-KHO": 3})
    assert len(shown.server.asked) == asked, "the slider asks no server"


def test_breaks_are_few_and_round(open_map: Opener) -> None:
    shown = open_map(shaded(World(events=(event(KHOST),))), layer="provinces")
    breaks = {most: shown.page.evaluate(f"borderMap.roundBreaks({most})") for most in (0, 1, 3, 5, 8, 40, 350_000)}
    assert breaks == {
        0: [1], 1: [1], 3: [1, 2, 3], 5: [1, 2, 3, 4, 5], 8: [1, 2, 5], 40: [1, 2, 5, 10, 20],
        350_000: [1, 10, 200, 2000, 20_000],
    }  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_on_every_shade_can_be_read_and_no_two_shades_are_alike(open_map: Opener, theme: str) -> None:
    """AA: 4.5 to 1. Steps differ in lightness, which every kind of colour vision sees."""
    shown = open_map(shaded(World(events=(event(KHOST),))), layer="provinces", theme=theme)
    ramp, inks = shown.page.evaluate(f"[{LAYER}.state.theme.ramp, {LAYER}.state.theme.onRamp]")
    assert ramp == RAMP[theme]
    lights = [luminance(colour) for colour in ramp]
    for light, ink in zip(lights, map(luminance, inks), strict=True):
        assert (max(light, ink) + 0.05) / (min(light, ink) + 0.05) >= 4.5
    steps = [(max(a, b) + 0.05) / (min(a, b) + 0.05) for a, b in itertools.pairwise(lights)]
    assert min(steps) > 1.35
    assert lights == sorted(lights, reverse=theme == "light")


# The switch, pointer and keyboard


def test_layers_have_the_same_names_in_page_and_map() -> None:
    assert '["incidents", "provinces", "killed", "wounded", "density"]' in maps.layer_script()
    assert list(maps.LAYERS) == ["incidents", "provinces", "killed", "wounded", "density"]


def test_the_switch_is_reached_with_the_keyboard_and_tells_the_page(open_map: Opener) -> None:
    shown = open_map(shaded(World(events=(event(KHOST),)), killed=[3]))
    for text, layer in (("By province", "provinces"), ("Density", "density"), ("Incidents", "incidents")):
        button = shown.page.locator(CHOICES, has_text=text)
        button.focus()
        heard = shown.messages(lambda: shown.page.keyboard.press("Enter"))
        shown.page.wait_for_function(f"{LAYER}.state.layer === '{layer}' && {LAYER}.frame === 0")
        assert {"type": "layer", "layer": layer} in heard
        assert button.get_attribute("aria-pressed") == "true"
        assert shown.page.evaluate("document.activeElement.textContent") == text, "the focus stays"


def test_the_metric_is_chosen_in_the_legend_and_losses_are_fetched_only_then(open_map: Opener) -> None:
    shown = open_map(shaded(World(events=(event(KHOST),)), killed=[3]), layer="provinces")
    assert not [path for path in shown.server.asked if "/losses" in path]
    shown.page.locator(".key-metrics button", has_text="Killed").click()
    shown.page.wait_for_function(f"{LAYER}.state.layer === 'killed' && {LAYER}.frame === 0")
    assert values(shown) == {"AF-KHO": 3}
    assert [path for path in shown.server.asked if "/losses" in path] == ["/data/losses?rev=1"]


def test_a_province_tells_its_numbers_and_a_click_asks_for_it(open_map: Opener) -> None:
    shown = open_map(shaded(World(events=(event(PAKTIKA_SOMEWHERE),)), killed=[7]), layer="killed", **CLOSE)
    shown.page.mouse.move(*shown.position(*PAKTIKA))
    tip = shown.page.locator(".incident-tip").inner_text()
    assert "Paktika" in tip
    assert "Killed, lowest claims" in tip
    assert shown.page.evaluate(f"{LAYER}.state.pointed") == "AF-PKA", "its outline is drawn"
    heard = shown.messages(lambda: shown.page.mouse.click(*shown.position(*PAKTIKA)))
    assert {"type": "select", "province": "AF-PKA"} in heard


def test_a_province_is_reached_and_chosen_with_the_keyboard(open_map: Opener) -> None:
    shown = open_map(shaded(World(events=(event(PAKTIKA_SOMEWHERE),))), layer="provinces")
    shown.page.locator(".incident-map").focus()
    while "Paktika" not in (shown.page.evaluate("document.activeElement.ariaLabel") or ""):
        assert shown.page.evaluate("document.activeElement !== document.body"), "the province was never reached"
        shown.page.keyboard.press("Tab")
    heard = shown.messages(lambda: shown.page.keyboard.press("Enter"))
    assert {"type": "select", "province": "AF-PKA"} in heard


# Density


def test_only_what_is_located_makes_the_surface_and_the_rest_is_counted(open_map: Opener) -> None:
    near, wide = (Spot(label=f"{km}", precision="near", lat=32.0, lon=68.0, radius_km=km) for km in (10, 400))
    spots = (KABUL_TOWN, near, wide, district("Kurram", 33.7, 70.1, 18), PAKTIKA_SOMEWHERE, STRETCH)
    shown = open_map(shaded(World(events=tuple(event(spot) for spot in spots))), layer="density", **CLOSE)
    density = shown.page.evaluate(
        f"(({{shown, matching, left}}) => ({{shown, matching, left}}))({LAYER}.scene.density)"
    )
    assert (density["shown"], density["matching"]) == (2, 6)
    assert density["left"] == {"near": 1, "adm2": 1, "adm1": 1, "line": 1, "nowhere": 0}
    assert "Shown: 2 of 6" in legend(shown)
    assert share(shown.colours(*KABUL, radius=3), (255, 254, 251), 8) < 0.2
    assert share(shown.colours(33.7, 70.5, radius=5), (255, 254, 251), 8) > 0.5, "a district is not smeared"


def test_one_incident_alone_makes_one_at_its_own_spot(open_map: Opener) -> None:
    shown = open_map(shaded(World(events=(event(KABUL_TOWN),))), layer="density", **CLOSE)
    assert shown.page.evaluate(MOST) == pytest.approx(1, abs=0.08)


def test_peaks_of_the_surface_are_reached_with_the_keyboard(open_map: Opener) -> None:
    shown = open_map(
        shaded(World(events=tuple(event(spot) for spot in (KABUL_TOWN, KABUL_TOWN, KHOST)))), layer="density"
    )
    shown.page.locator(".incident-map").focus()
    said = shown.page.locator(".incident-buttons button").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    assert len(said) == 2
    assert any("Kabul" in words and "2" in words for words in said)


# The line and the crossings in every layer


@pytest.mark.parametrize("layer", maps.LAYERS)
def test_the_line_is_dashed_and_named_and_crossings_are_as_at_the_end_of_the_dates(
    open_map: Opener, layer: str
) -> None:
    history = {"border:torkham": [[day("2025-10-12"), "shut"], [day("2025-11-01"), "open"]]}
    spots = (at("Landi Kotal", 34.1, 71.14, "PK-KP"), at("Jalalabad", 34.43, 70.45, "AF-NAN"), KHOST)
    world = World(events=tuple(event(spot, start="2025-09-01", end="2025-12-01") for spot in spots * 4))
    shown = open_map(shaded(world, killed=[1] * 12, crossing_history=history), layer=layer, view=[33.9, 70.6, 7.5])
    torkham = f"{LAYER}.scene.crossings.find((c) => c.name === 'Torkham')?.state ?? null"
    for last, state in (("2025-10-31", "shut"), ("2025-10-01", None), ("2025-11-30", "open")):
        shown.show(to=day(last))
        assert shown.page.evaluate(torkham) == state
    words = shown.page.evaluate(f"({LAYER}.lettering.line?.lines ?? []).map((line) => line.text)")
    assert words[0] == "Durand Line"
    assert "disputed" in " ".join(words)
    line = read_basemap()["line"]["coordinates"]  # type: ignore[index, call-overload]
    inside = [(lat, lon) for lon, lat in line if 33.5 < lat < 34.2 and 69.9 < lon < 71.1]
    ink = np.concatenate([shown.colours(*point, radius=3) for point in inside[::6]])
    assert 0.1 < share(ink, (31, 30, 27), 60) < 0.7, "dashes"
    assert share(ink, (255, 254, 251), 12) > 0.1, "gaps, and ground cleared of any shade"


# Bad input


@pytest.mark.parametrize("layer", maps.LAYERS[1:])
def test_bad_input_leaves_the_map_whole(open_map: Opener, layer: str) -> None:
    """No date, no place, no finite coordinates, a title of thousands of letters: counted or left out, never a fault."""
    nowhere, country = Spot(label="", precision="unknown"), Spot(label="Pakistan", precision="country")
    endless = at("Endless", float("inf"), float("nan"), "AF-KHO")
    events = (event(KABUL_TOWN, start="1970-01-01"), event(nowhere), event(country), event(endless), event(KABUL_TOWN))
    world = World(events=events)
    told = {**world.marks(), "titles": [TITLE] * 5, "totals": []}
    told["places"][3].update(lat=None, lon=None)  # type: ignore[index]
    shown = open_map({**shaded(world, killed=[1] * 5), "marks": json.dumps(told).encode()}, layer=layer)
    matching = "tally.matching" if layer != "density" else "matching"
    scene = "shading" if layer != "density" else "density"
    assert shown.page.evaluate(f"{LAYER}.scene.{scene}.{matching}") == 5
    shown.show(**{"from": day("2025-01-01"), "to": day("2025-12-31")}, selected=4)
    assert shown.page.evaluate(f"{LAYER}.scene.{scene}.{matching}") == 4, (
        "the undated is left out while dates are asked"
    )
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("layer", maps.LAYERS[1:])
def test_ten_thousand_incidents_on_one_point_are_counted(open_map: Opener, layer: str) -> None:
    count = 10_000
    ones = np.ones(count)
    points = pack_points(
        incidents=count, lon=ones * KABUL[1], lat=ones * KABUL[0], incident=np.arange(count), place=ones * 0,
        start=ones, end=ones, category=ones, precision=ones * 0,
    )  # fmt: skip
    losses = struct.pack("<4I", 0x314C4942, count, 0, 0) + np.ones(2 * count, dtype="<i4").tobytes()
    shown = open_map({**shaded(World(events=(event(KABUL_TOWN),))), "points": points, "losses": losses}, layer=layer)
    if layer == "density":
        assert shown.page.evaluate(MOST) == pytest.approx(count, rel=0.1)
    else:
        assert values(shown) == {"AF-KAB": count}
        assert shown.page.evaluate(f"{LAYER}.lettering.labels.map((l) => l.text)").count("10,000") == 1


@pytest.mark.parametrize("layer", maps.LAYERS[1:])
def test_a_filter_that_leaves_nothing_leaves_the_map(open_map: Opener, layer: str) -> None:
    shown = open_map(shaded(OCTOBER), masks={"type=other": bytes(3)}, query="type=other", layer=layer)
    names = shown.page.evaluate(f"{LAYER}.lettering.labels.map((l) => l.text)")
    assert "AFGHANISTAN" in names
    assert legend(shown)


def test_losses_that_cannot_be_had_are_said(browser: Browser) -> None:
    with serve(MapServer(answers=answers(OCTOBER))) as server:
        page = browser.new_page()
        page.goto(f"{server.address}/?command={json.dumps({'rev': 1, 'layer': 'killed'})}")
        page.get_by_role("alert").get_by_text("could not be loaded").wait_for()
        page.close()


def test_hostile_names_of_provinces_are_shown_as_they_are(open_map: Opener) -> None:
    name = "{{7*7}} ${7*7} <img src=x onerror='window.hit = 1'>"
    world = World(events=(event(at("Doha", 25.3, 51.5, "QA-DA")),))
    shown = open_map(shaded(world, provinces={"QA-DA": name}), layer="provinces")
    assert name in legend(shown)
    assert shown.page.evaluate("window.hit") is None


# Size


@pytest.mark.parametrize("layer", maps.LAYERS[1:])
def test_three_hundred_and_fifty_thousand_are_shaded(
    open_map: Opener,
    layer: str,
    record_property: Callable[[str, object], None],
) -> None:
    """Redraw times are recorded, not judged."""
    count, made = 350_000, scatter(350_000)
    marks = json.loads(made["marks"])
    codes = [province_["adm1"] for province_ in read_basemap()["provinces"]]  # type: ignore[index, call-overload, attr-defined]
    for n, place in enumerate(marks["places"]):
        place["adm1"] = codes[n % len(codes)]
    losses = struct.pack("<4I", 0x314C4942, count, 0, 0) + np.ones(2 * count, dtype="<i4").tobytes()
    known = {"basemap": json.dumps(read_basemap()).encode(), "points": made["points"], "losses": losses}
    shown = open_map({**known, "marks": json.dumps(marks).encode()}, layer=layer)
    times = []
    for start in range(10):
        dates = [day("2025-01-01") + start, day("2025-06-30") + start]
        shown.page.evaluate(f"([a, b]) => {LAYER}.showDates(a, b)", dates)
        shown.settle()
        times.append(shown.drawn["tookMs"])
    record_property("redraw_ms_median_of_10_at_350000", sorted(times)[5])
    assert shown.drawn["visible"] > 10_000


def test_a_total_is_one_outline_and_one_figure_beside_the_shades(open_map: Opener) -> None:
    world = World(events=OCTOBER.events[:1], scopes=({**TOTAL, "metric": "killed"},))
    shown = open_map(shaded(world, killed=[23]), layer="killed")
    assert shown.page.evaluate(f"{LAYER}.lettering.figure.lines[0].text") == "58 or 23"
    assert set(values(shown).values()) == {0}
    shown.show(layer="wounded")
    assert shown.page.evaluate(f"{LAYER}.lettering.figure") is None, "what counts the dead says nothing of the wounded"
