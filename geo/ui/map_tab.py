"""The map with its timeline, and beside them the list or the opened incident."""

from __future__ import annotations

from functools import cache

import streamlit as st
from streamlit_folium import st_folium

from geo.maps import build_map, show_command
from geo.snapshot import mask_query
from geo.snapshot.records import as_day
from geo.taxonomy import CATEGORIES
from geo.ui.cards import show_cards
from geo.ui.dates import take_days
from geo.ui.opened import show_opened
from geo.ui.parts import ASSETS, show_part
from geo.ui.scene import Scene
from geo.ui.state import session_token
from geo.ui.words import Words

DATA = "/border-incidents/data"
_MAP_HEIGHT = 434
"""Pixels before the page's style, which knows the window, sets its own."""


def show_map_tab(scene: Scene) -> None:
    """Map and timeline at the left, list or incident at the right."""
    opened = scene.shared.incidents(scene.snapshot, [scene.opened]) if scene.opened is not None else []
    left, right = st.columns([1, 1] if opened else [785, 309], gap=None)
    with left:
        with st.container(key="map_box"):
            show_map(scene)
            show_part("legend", {"theme": theme_name(), "words": legend_words(scene.words)})
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
    }
    show_part("time", data, dated=take_days)


def theme_name() -> str:
    """The theme that the reader's browser shows."""
    return st.context.theme.type or "light"


def _page_of(scene: Scene) -> dict[str, object]:
    words = scene.words
    page = {"theme": theme_name(), "lang": words.language, "rtl": words.rtl, "channel": session_token()}
    return page if words.language == "en" else {**page, "words": layer_words(words)}


@cache
def layer_words(words: Words) -> dict[str, str]:
    """The layer's words (geo/web/map/words.js) in the reader's language."""
    return {name: words(key) for name, key in _LAYER_KEYS.items()}


def legend_words(words: Words) -> dict[str, str]:
    """Words of the legend below the map, shorter than those inside it."""
    short = {f"legend_{kind}": words(f"precision.{kind}") for kind in ("exact", "near", "adm2", "adm1", "line", "total")}
    return {**short, "legend_title": words("map.legend.title"), "legend_crossing": words("map.legend.shut")}


_LAYER_KEYS = {
    **{f"category_{kind}": f"event.{kind}" for kind in CATEGORIES},
    **{f"precision_{kind}": f"map.legend.{kind}" for kind in ("exact", "near", "adm2", "adm1", "line")},
    **{f"legend_{kind}": f"map.legend.{kind}" for kind in ("title", "exact", "near", "adm2", "adm1", "line", "total")},
    **{f"crossing_{state}": f"map.legend.{state}" for state in ("open", "shut", "unknown")},
    **{name: f"map.{name}" for name in ("failed", "more", "near", "or", "rival_claims", "counted_once", "choose")},
    "crossing_partly": "map.crossing_partly",
    "legend_crossing": "map.legend.shut",
    "map": "map.label",
    "zoom_in": "map.zoom_in",
    "zoom_out": "map.zoom_out",
    "incidents": "map.cluster",
    "line_note": "map.line.note",
    "whole_border": "time.whole_border",
    "undated": "time.undated",
    "close": "action.close",
}
"""Key of the page's words by the layer's own name for it."""
