"""The table of incidents: everything the map shows and what it cannot, sorted and paged on the server."""

from __future__ import annotations

from math import sqrt
from typing import Any

import streamlit as st

from geo.model import Incident
from geo.ui.cards import open_incident
from geo.ui.parts import slot
from geo.ui.scene import Scene
from geo.ui.sorting import sort_incidents
from geo.ui.state import keep, kept, open_province, tab_of
from geo.wording.naming import (
    category_of,
    cut_title,
    find_province,
    name_total,
    write_days,
    write_place,
    write_title,
)
from geo.wording.rows import count_claims, sureness_of, toll_of
from geo.wording.words import Words

ROWS = 50
_COLUMNS = ("date", "mark", "incident", "place", "precision", "distance", "killed", "range", "claims", "sources")
_NUMERIC = frozenset({"distance", "killed", "claims", "sources"})
_FALLING_FIRST = frozenset({"date", "killed", "range", "claims", "sources"})
_DRAWN = frozenset({"exact", "near", "adm2", "adm1", "line", "total", "border"})


def table_slot() -> str:
    """The slot of the table, which shows one page."""
    return slot("table", _describe, opened=open_incident, sorted=_sort, paged=_turn, entered=open_province)


def _describe(scene: Scene) -> dict[str, Any] | None:
    return describe_table(scene) if tab_of(scene.link) == "table" else None


def describe_table(scene: Scene) -> dict[str, Any]:
    """The rows of the page in view, and how they are sorted."""
    words, sort, down = scene.words, kept("table_sort", "date"), kept("table_down", True)
    order = sort_incidents(scene, sort, down=down)
    page = min(st.session_state.get("table_page", 0), max(0, (len(order) - 1) // ROWS))
    shown = order[page * ROWS : (page + 1) * ROWS].tolist()
    longest = int(scene.snapshot.killed_high[scene.matched].max(initial=1))
    longest = max([longest, *(total.high for total in scene.snapshot.totals)])
    incidents = scene.shared.incidents(scene.snapshot, shown)
    first, last = page * ROWS + 1, page * ROWS + len(shown)
    return {
        "caption": words.count("list.count", len(order)),
        "columns": [[key, _name_column(key, words), key in _NUMERIC] for key in _COLUMNS],
        "sort": sort,
        "sort_label": words("table.sort"),
        "down": down,
        "rows": [_describe_row(scene, incident, longest) for incident in incidents],
        "place": words("table.page", first=words.number(first), last=words.number(last), n=words.number(len(order))),
        "previous": words("table.previous"),
        "next": words("table.next"),
        "has_previous": page > 0,
        "has_next": last < len(order),
        "empty": words("empty.title"),
    }


def _name_column(key: str, words: Words) -> str:
    return words("filter.type") if key == "mark" else words(f"table.{key}")


def _describe_row(scene: Scene, incident: Incident, longest: int) -> dict[str, Any]:
    words, shared = scene.words, scene.shared
    scopes = shared.scopes_of(scene.snapshot, incident)
    low, high, is_open = toll_of(incident, scene.snapshot.index_of(incident.id), scene.snapshot)
    sure = sureness_of(incident, scopes)
    distance = scene.distance_of(incident)
    return {
        "id": incident.id,
        "d": write_days(incident, words, short=True, year=scene.names_years),
        "c": category_of(incident),
        "cl": words(f"event.{category_of(incident)}"),
        "t": cut_title(write_title(incident, words)),
        "p": name_total(scopes, words, brief=True) or write_place(incident, (), None, shared.gazetteer, words),
        "pv": find_province(incident, shared.gazetteer, words),
        "s": sure,
        "sl": words(f"precision.{sure}" if sure in _DRAWN else "precision.not_drawn"),
        "km": words("unit.km", n=words.number(round(distance))) if distance is not None else "–",
        "k": _write_toll(low, high, is_open=is_open, words=words),
        "r": None if low is None or high is None else [_share(low, longest), _share(high, longest), int(is_open)],
        "n": count_claims(incident, scopes),
        "m": shared.papers(scene.snapshot).count_sources(incident, scopes)[0],
        "o": int(incident.id == scene.link.incident),
    }


def _write_toll(low: int | None, high: int | None, *, is_open: bool, words: Words) -> str:
    if low is None or high is None:
        return "–"
    last = f"{high:,}+" if is_open else f"{high:,}"
    if low == high:
        return words.isolate(last)
    return words("qualifier.range", low=words.number(low), high=words.isolate(last))


def _share(value: int, longest: int) -> float:
    """Where a toll stands on the scale; its root, since tolls are few and small or rare and large."""
    return round(sqrt(value / max(1, longest)), 3)


def _sort(column: str) -> None:
    same = column == kept("table_sort", "date")
    keep("table_down", not kept("table_down", True) if same else column in _FALLING_FIRST)
    keep("table_sort", column)
    st.session_state.table_page = 0


def _turn(pages: int) -> None:
    st.session_state.table_page = max(0, st.session_state.get("table_page", 0) + pages)
