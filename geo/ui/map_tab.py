"""The map with its timeline, and beside them the list or the opened incident."""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

from geo.maps import build_map, show_command
from geo.snapshot import mask_query
from geo.snapshot.records import as_day
from geo.ui.cards import show_cards
from geo.ui.dates import take_days
from geo.ui.opened import show_opened
from geo.ui.parts import ASSETS, show_part
from geo.ui.scene import Scene
from geo.ui.state import session_token
from geo.ui.words import Words, read_words

DATA = "/border-incidents/data"
_MAP_HEIGHT = 434
"""Pixels before the page's style, which knows the window, sets its own."""
_LAYER_WORDS = ("map.", "event.", "precision.")


def show_map_tab(scene: Scene) -> None:
    """Map and timeline at the left, list or incident at the right."""
    opened = scene.shared.incidents(scene.snapshot, [scene.opened]) if scene.opened is not None else []
    left, right = st.columns([1, 1] if opened else [785, 309], gap=None)
    with left:
        with st.container(key="map_box"):
            show_map(scene)
        with st.container(key="time_box"):
            show_time(scene)
    with right, st.container(key="side_box"):
        if opened:
            show_opened(scene, opened[0])
        else:
            show_cards(scene)


def show_map(scene: Scene) -> None:
    """The folium map; its content never changes, what it shows comes with the command."""
    border, wanted = scene.shared.border, scene.filter
    dates = (as_day(wanted.start) if wanted.start else None, as_day(wanted.end) if wanted.end else None)
    command = show_command(
        rev=scene.snapshot.revision, query=mask_query(scene.snapshot, wanted), dates=dates, selected=scene.opened,
        opened=scene.opened is not None, view=st.session_state.get("asked_view"), **_page_of(scene),
    )  # fmt: skip
    st_folium(
        build_map(border, assets_url=ASSETS, data_url=f"{DATA}/{border.code}"), key="map", height=_MAP_HEIGHT,
        use_container_width=True, returned_objects=[], feature_group_to_add=command,
    )  # fmt: skip


def show_time(scene: Scene) -> None:
    """Timeline and ribbon."""
    border, wanted, words = scene.shared.border, scene.filter, scene.words
    data = {
        "channel": session_token(),
        "data_url": f"{DATA}/{border.code}",
        "rev": scene.snapshot.revision,
        "query": mask_query(scene.snapshot, wanted),
        "from": as_day(wanted.start) if wanted.start else None,
        "to": as_day(wanted.end) if wanted.end else None,
        "selected": scene.opened,
        "opened": scene.opened is not None,
        "theme": theme_name(),
        "lang": words.language,
        "rtl": words.rtl,
        "words_url": f"{ASSETS}/words/{words.language}.json",
    }
    show_part("time", data, dated=take_days)


def theme_name() -> str:
    """The theme that the reader's browser shows."""
    return st.context.theme.type or "light"


def _page_of(scene: Scene) -> dict[str, object]:
    words = scene.words
    page = {"theme": theme_name(), "lang": words.language, "rtl": words.rtl, "channel": session_token()}
    return page if words.language == "en" else {**page, "words": layer_words(words)}


def layer_words(words: Words) -> dict[str, str]:
    """The layer's words (geo/web/map/words.js) in the reader's language."""
    given = {key.replace(".", "_"): text for key, text in read_words(words.language).items()}
    events = {f"category_{key.removeprefix('event_')}": text for key, text in given.items() if key.startswith("event_")}
    legend = {key.removeprefix("map_"): text for key, text in given.items() if key.startswith("map_legend_")}
    return {
        **legend,
        **{key: text for key, text in events.items() if key.removeprefix("category_") in _CATEGORIES},
        "legend_crossing": words("map.legend.shut"),
        "map": words("map.label"),
        "zoom_in": words("map.zoom_in"),
        "zoom_out": words("map.zoom_out"),
        "incidents": words("map.cluster"),
        "line_note": words("map.line.note"),
        "whole_border": words("time.whole_border"),
        "undated": words("time.undated"),
        **{f"precision_{kind}": words(f"map.legend.{kind}") for kind in ("exact", "near", "adm2", "adm1", "line")},
        "crossing_open": words("map.legend.open"),
        "crossing_shut": words("map.legend.shut"),
        "crossing_unknown": words("map.legend.unknown"),
    }


_CATEGORIES = ("clash", "strike", "shelling", "bombing", "raid", "crossings", "other")
