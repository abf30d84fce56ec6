"""The map with its timeline, and beside them the list or the opened incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from geo.maps import LAYERS, build_map, show_command
from geo.snapshot import mask_query
from geo.snapshot.records import as_day
from geo.ui.article import article_slot
from geo.ui.cards import cards_slot
from geo.ui.dates import play_slot, take_days
from geo.ui.opened import opened_slot
from geo.ui.parts import describe_too, show_slots, slot, versioned_assets
from geo.ui.province import province_slot
from geo.ui.scene import Scene
from geo.ui.server import data_address
from geo.ui.state import change_filter, map_fits
from geo.wording.legend import legend_words

_MAP_HEIGHT = 434
"""Pixels before the page's style, which knows the window, sets its own."""


def show_map_tab(scene: Scene) -> None:
    """Map and timeline at the left, list or incident at the right."""
    left, right = st.columns([785, 309] if scene.beside == "list" else [1, 1], gap=None)
    with left:
        show_map(scene)
        time = slot("time", describe_time, dated=take_days, stretched=_take_stretch)
        show_slots(play_slot("bar"), slot("legend", describe_legend), time)
    with right:
        show_slots(article_slot(scene.shared), opened_slot(), province_slot(), cards_slot())


def show_map(scene: Scene) -> None:
    """The folium map; neither its content nor its first command ever changes in a session.

    What it is to show now goes with the packet, and from the page to the map without the server: Streamlit then has
    nothing to send for the map, and its frame is never drawn anew.
    """
    border = scene.shared.border
    describe_too("map", describe_map)
    first = st.session_state.setdefault("first_command", {**describe_map(scene), "channel": scene.channel})
    base = build_map(border, assets_url=versioned_assets(), data_url=data_address(border.code))
    st_folium(
        base, key="map", height=_MAP_HEIGHT, use_container_width=True, returned_objects=[],
        feature_group_to_add=_first_command(first),
    )  # fmt: skip


def describe_map(scene: Scene) -> dict[str, Any]:
    """What the map is to show now, in the words of ``geo.maps.show_command``."""
    wanted, words = scene.filter, scene.words
    return {
        "rev": scene.snapshot.key,
        "query": mask_query(scene.snapshot, wanted),
        "from": as_day(wanted.start) if wanted.start else None,
        "to": as_day(wanted.end) if wanted.end else None,
        "selected": scene.opened,
        "opened": scene.opened is not None,
        "layer": scene.link.layer or LAYERS[0],
        "view": scene.link.view,
        "fit": map_fits(),
        "theme": scene.theme,
        "lang": words.language,
        "rtl": words.rtl,
    }


def _first_command(first: Mapping[str, Any]) -> folium.FeatureGroup:
    page = {key: first[key] for key in ("layer", "theme", "lang", "rtl", "channel")}
    return show_command(
        rev=first["rev"], query=first["query"], dates=(first["from"], first["to"]), selected=first["selected"],
        opened=first["opened"], view=first["view"], **page,
    )  # fmt: skip


def describe_time(scene: Scene) -> dict[str, Any]:
    """Timeline and ribbon."""
    border, wanted = scene.shared.border, scene.filter
    return {
        **{key: value for key, value in describe_map(scene).items() if key != "view"},
        "channel": scene.channel,
        "data_url": data_address(border.code),
        "wide": mask_query(scene.snapshot, replace(wanted, stretch=None)),
        "stretch": wanted.stretch,
        "provinces": wanted.provinces,
        "stretches": {code: list(ends) for code, ends in border.stretches.items()},
    }


def _take_stretch(stretch: Sequence[float]) -> None:
    """Kilometres chosen on the ribbon; none are all of the line."""
    change_filter(stretch=(stretch[0], stretch[1]) if stretch else None)


def describe_legend(scene: Scene) -> dict[str, Any]:
    """The legend below the map; what it says of a shaded layer the map tells it."""
    return {"theme": scene.theme, "words": legend_words(scene.words), "channel": scene.channel}
