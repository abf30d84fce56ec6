"""The dates in the sidebar: presets, slider and play; and which stretch of days the slider reaches over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.snapshot.records import EPOCH
from geo.ui.parts import show_slots, slot
from geo.ui.scene import Scene
from geo.ui.state import change_filter, current_link
from geo.wording.words import last_of_month

_PRESETS = {"day": 1, "week": 7, "month": 30}
"""Days of each preset, counted back from the newest incident."""
_ALL = "all"

_PLAY_WORDS = ("start", "stop", "manner", "moving", "moving_long", "cumulative", "cumulative_long", "speed")
_SPEEDS = (1, 2, 4)
"""How many times as fast as in one minute at most, which is where play begins."""

Days = tuple[date, date]


@dataclass(frozen=True)
class DatesSlots:
    """Where presets and slider stand; they are drawn with the answer to each change of dates, the rest is not."""

    presets: DeltaGenerator
    slider: DeltaGenerator


def show_dates(*below: str) -> DatesSlots:
    """The days that are chosen and play, with room for presets and slider; ``below`` are slots that come after them."""
    show_slots(slot("label", _describe_title, key="dates_title"))
    presets = st.container()
    with st.container(horizontal=True, key="play_row", vertical_alignment="center"):
        with st.container(width="content"):
            show_slots(play_slot("button"))
        slider = st.container()
    show_slots(slot("label", _describe_ends, key="dates_scale"), play_slot("manner"), *below)
    return DatesSlots(presets, slider)


def _describe_title(scene: Scene) -> dict[str, Any]:
    words, (start, end) = scene.words, scene.period
    note = words.days(start, end, short=(start.year, start.month) != (end.year, end.month))
    return {"kind": "title", "title": words("filter.dates"), "note": note, "live": "dates-now"}


def _describe_ends(scene: Scene) -> dict[str, Any]:
    bounds = _bounds(scene)
    ends = [scene.words.day(day, short=True, year=bounds[0].year != bounds[1].year) for day in bounds]
    return {"kind": "scale", "ticks": ends}


def show_slider(scene: Scene) -> None:
    """The slider, over the days that are of interest now."""
    (start, end), bounds = scene.period, _bounds(scene)
    st.session_state.dates = (max(start, bounds[0]), min(end, bounds[1]))
    st.slider(
        scene.words("filter.dates"), *bounds, key="dates", label_visibility="collapsed", on_change=_take_slider,
        args=(bounds, scene.data_months),
    )  # fmt: skip


def choose_dates(start: date | None, end: date | None) -> None:
    """Ask for days, other than with the slider: it then reaches over what surrounds them."""
    change_filter(start=start, end=end)
    st.session_state.pop("bounds", None)


def surround(start: date | None, end: date | None, data: Days) -> Days:
    """The days a slider reaches over: the months of a period and one more on each side, within the data's."""
    if start is None and end is None:
        return data
    first, last = start or data[0], end or data[1]
    before = (first.replace(day=1) - timedelta(days=1)).replace(day=1)
    after = last_of_month(last_of_month(last) + timedelta(days=1))
    low, high = min(max(before, data[0]), first), max(min(after, data[1]), last)
    return low, high if high > low else low + timedelta(days=1)


def _bounds(scene: Scene) -> Days:
    """The slider's ends: kept while it is dragged, chosen anew when the days come from elsewhere."""
    wanted = scene.filter
    bounds: Days | None = st.session_state.get("bounds")
    if bounds is None or not (bounds[0] <= scene.period[0] and scene.period[1] <= bounds[1]):
        bounds = surround(wanted.start, wanted.end, scene.data_months)
        st.session_state.bounds = bounds
    return bounds


def _take_slider(bounds: Days, data: Days) -> None:
    start, end = st.session_state.dates
    if (start, end) == bounds == data:
        change_filter(start=None, end=None)
    else:
        change_filter(start=start, end=end)


def show_presets(scene: Scene) -> None:
    """The days back from the newest incident that are asked for most."""
    words = scene.words
    newest = scene.data_days[1]
    st.session_state.preset = _preset_of(scene.filter.start, scene.filter.end, newest)
    st.segmented_control(
        words("filter.dates"), [*_PRESETS, _ALL], key="preset", label_visibility="collapsed", width="stretch",
        format_func=lambda preset: words(f"preset.{preset}"), on_change=_take_preset, args=(newest,),
    )  # fmt: skip


def _preset_of(start: date | None, end: date | None, newest: date) -> str | None:
    """The preset that stands for these days; None when none does."""
    if start is None and end is None:
        return _ALL
    days = {(newest - timedelta(days=n - 1), newest): preset for preset, n in _PRESETS.items()}
    return days.get((start, end)) if start and end else None


def _take_preset(newest: date) -> None:
    preset = st.session_state.preset
    if preset is None:  # pressed again: it stays
        return
    if preset == _ALL:
        choose_dates(None, None)
    else:
        choose_dates(newest - timedelta(days=_PRESETS[preset] - 1), newest)


def play_slot(kind: Literal["button", "manner", "bar"]) -> str:
    """The button that plays the chosen days, how they play, or, where the sidebar is shut, a bar of both."""
    return slot("play", lambda scene: _describe_play(scene, kind), key=f"play_{kind}")


def _describe_play(scene: Scene, kind: str) -> dict[str, Any]:
    words = scene.words
    return {
        "channel": scene.channel, "kind": kind, "words": {name: words(f"play.{name}") for name in _PLAY_WORDS},
        "speeds": [[speed, words("play.times", n=words.isolate(str(speed)))] for speed in _SPEEDS],
    }  # fmt: skip


def take_days(days: tuple[int | None, int | None]) -> None:
    """Days since 1970-01-01 chosen on the timeline; None is no limit."""
    first, last = (None if day is None else EPOCH + timedelta(days=day) for day in days)
    wanted = current_link().filter
    if (wanted.start, wanted.end) != (first, last):
        choose_dates(first, last)
