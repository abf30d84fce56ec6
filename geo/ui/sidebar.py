"""The sidebar: search, dates and every filter, each choice with its count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from geo.snapshot.matching import DISTANCES_KM
from geo.taxonomy import CATEGORIES
from geo.ui.dates import DatesSlots, show_dates
from geo.ui.facets import Row, choose, describe_claimants, describe_more, look_for, make_row, sort_rows
from geo.ui.parts import Describe, show_slots, slot
from geo.ui.scene import Scene
from geo.ui.state import change_filter, clear_filter, fit_map, open_province
from geo.wording.naming import name_country, name_province

_ALWAYS_SHOWN = {
    "types": CATEGORIES[:-1],
    "precisions": ("exact", "near", "adm2", "adm1", "line", "total", "border"),
}
_SOMETIMES_SHOWN = {"types": CATEGORIES[-1:], "precisions": ("country", "unknown")}
_ANY = "any"


def show_sidebar(scene: Scene) -> DatesSlots:
    """All filters, in the order of how often they are needed; the room that is kept for presets and slider."""
    show_slots(slot("label", _describe_brand, key="brand", acted=lambda _: _clear()))
    _show_search(scene)
    dates = show_dates(
        _facets_slot("facets", _describe_facets), slot("label", _describe_distance, key="distance_title")
    )
    _show_distance(scene)
    show_slots(
        slot("label", _describe_scale, key="distance_scale"),
        _facets_slot("more_facets", _describe_more),
        slot("label", _describe_done, key="filters_done"),
    )
    return dates


def _describe_brand(scene: Scene) -> Mapping[str, Any]:
    return {"kind": "brand", "title": scene.words("app.title"), "action": scene.words("filter.clear")}


def _describe_done(scene: Scene) -> Mapping[str, Any]:
    return {"kind": "done", "action": scene.words("filter.done")}


def _clear() -> None:
    clear_filter()
    fit_map()
    st.session_state.pop("bounds", None)


def _show_search(scene: Scene) -> None:
    words = scene.words
    st.session_state.search = scene.filter.text
    st.text_input(
        words("filter.search"), key="search", placeholder=words("filter.search"), label_visibility="collapsed",
        on_change=_take_search, max_chars=200,
    )  # fmt: skip


def _take_search() -> None:
    change_filter(text=st.session_state.search or "")


def _facets_slot(key: str, describe: Describe) -> str:
    return slot(
        "facets", describe, key=key, chosen=lambda choice: choose(*choice), sought=lambda sought: look_for(*sought),
        entered=open_province,
    )  # fmt: skip


def _describe_facets(scene: Scene) -> Mapping[str, Any]:
    return {"sections": [_types(scene), _provinces(scene)], "further": None, **_facet_words(scene)}


def _describe_more(scene: Scene) -> Mapping[str, Any]:
    sections = [_precisions(scene), *describe_claimants(scene)]
    return {"sections": sections, "further": describe_more(scene), **_facet_words(scene)}


def _facet_words(scene: Scene) -> Mapping[str, str]:
    words = scene.words
    return {"more": words("filter.more"), "fewer": words("filter.fewer"), "enter": words("province.open")}


def _types(scene: Scene) -> Mapping[str, Any]:
    rows = _rows(scene, "type", "types", lambda value: scene.words(f"event.{value}"))
    return {"key": "types", "title": scene.words("filter.type"), "mark": "event", "groups": [{"rows": rows}]}


def _precisions(scene: Scene) -> Mapping[str, Any]:
    rows = _rows(scene, "precision", "precisions", lambda value: scene.words(f"precision.{value}"))
    return {
        "key": "precisions",
        "title": scene.words("filter.precision"),
        "mark": "sureness",
        "groups": [{"rows": rows}],
    }


def _rows(scene: Scene, key: str, field: str, name: Any) -> list[Row]:
    chosen = getattr(scene.filter, field)
    seldom = [v for v in _SOMETIMES_SHOWN[field] if scene.facets.of(key, v) or v in chosen]
    return [
        make_row(scene, key, value, name(value), chosen=value in chosen) for value in (*_ALWAYS_SHOWN[field], *seldom)
    ]


def _provinces(scene: Scene) -> Mapping[str, Any]:
    """Provinces under their countries, those of the border first."""
    chosen, words, gazetteer = scene.filter.provinces, scene.words, scene.shared.gazetteer
    codes = {code for code, n in scene.facets.counts.get("province", {}).items() if n} | set(chosen)
    rows = [
        make_row(scene, "province", code, name_province(code, gazetteer, words), chosen=code in chosen)
        for code in codes
    ]
    near = scene.shared.border.countries
    groups = [
        {"title": name_country(country, gazetteer, words), "rows": sort_rows(_rows_of(rows, country))}
        for country in near
    ]
    far = [_with_country(scene, row) for row in rows if row[0].partition("-")[0] not in near]
    elsewhere = [{"title": words("filter.elsewhere"), "rows": sort_rows(far)}] if far else []
    return {"key": "provinces", "title": words("filter.province"), "mark": "box", "groups": [*groups, *elsewhere]}


def _rows_of(rows: Iterable[Row], country: str) -> list[Row]:
    return [row for row in rows if row[0].startswith(f"{country}-")]


def _with_country(scene: Scene, row: Row) -> Row:
    """A province of a far country, which is named with it."""
    code, name, *rest = row
    return [
        code,
        scene.words.join([name, name_country(code.partition("-")[0], scene.shared.gazetteer, scene.words)]),
        *rest,
    ]


def _show_distance(scene: Scene) -> None:
    words, chosen = scene.words, scene.filter.border_km
    options = [*(str(km) for km in DISTANCES_KM), _ANY]
    nearest = min(DISTANCES_KM, key=lambda km: abs(km - chosen)) if chosen is not None else None
    st.session_state.distance = _ANY if nearest is None else str(nearest)
    st.select_slider(
        words("filter.distance"), options, key="distance", label_visibility="collapsed", on_change=_take_distance,
        format_func=lambda option: words("filter.distance.any") if option == _ANY else option,
    )  # fmt: skip


def _describe_distance(scene: Scene) -> Mapping[str, Any]:
    words, chosen = scene.words, scene.filter.border_km
    note = words("filter.distance.any") if chosen is None else words("unit.km", n=words.number(round(chosen)))
    return {"kind": "title", "title": words("filter.distance"), "note": note}


def _describe_scale(scene: Scene) -> Mapping[str, Any]:
    words = scene.words
    ticks = [*(words.number(km) for km in DISTANCES_KM[:-1]), words("unit.km", n=words.number(DISTANCES_KM[-1]))]
    counts = [words.number(scene.facets.of("border_km", key)) for key in (*map(str, DISTANCES_KM), "")]
    return {"kind": "scale", "ticks": [*ticks, words("filter.distance.any")], "counts": counts}


def _take_distance() -> None:
    chosen = st.session_state.distance
    change_filter(border_km=None if chosen == _ANY else float(chosen))
