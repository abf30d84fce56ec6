"""The layer of incidents, and the table of all their places."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from geo.exchange.geopackage.areas import Areas
from geo.exchange.geopackage.columns import TEXT, Index, Rows, join_texts, take, translate
from geo.exchange.geopackage.layers import REVIEW, TOLLS, Layer, Shapes, as_ids
from geo.exchange.rows import join_parts
from geo.exchange.table import Selection
from geo.taxonomy import event_category

_OF_PLACE = (
    "kind", "role", "precision", "radius_km", "border_km_start", "border_km_end", "distance_to_border_km", "side",
    "nearest_crossing",
)  # fmt: skip
_NAMES = {"name": "place", "place_id": "place_id", "adm1": "province", "country": "country"}
"""What columns of places are called in the file."""


def lay_incidents(incidents: Rows, places: Rows, texts: dict[str, pa.Array], selection: Selection) -> Layer:
    """One row an incident and named place, and one for an incident without; ``texts`` are further columns of incidents.

    The toll stands on the first row of an incident, the others name it in ``counted_in``.
    """
    exact = places.equals("precision", "exact") & _are_positions(places)
    at, row = _choose_places(len(incidents), places.at, exact)
    first = _begins(at)
    table = {
        **_number(incidents.column("id").take(pa.array(at)), at),
        **{name: column.take(pa.array(at)) for name, column in _describe(incidents).items()},
        **{name: take(column, row) for name, column in _describe_places(places).items()},
        **{name: take(incidents.column(name), np.where(first, at, -1)) for name in TOLLS},
        "totals": _list_totals(incidents, selection).take(pa.array(at)),
        **{name: column.take(pa.array(at)) for name, column in texts.items()},
    }
    lon, lat = places.numbers("lon"), places.numbers("lat")

    def draw(rows: slice) -> Shapes:
        place = row[rows]
        named = (place >= 0) & np.append(exact, False)[place]
        points = np.full(len(place), None, dtype=object)
        points[named] = shapely.points(lon[place[named]], lat[place[named]])
        return points

    about = "Incidents: a point only where the report names the place. The toll stands on an incident's first row."
    return Layer(name="incidents", about=about, table=pa.table(table), kind="Point", draw=draw)


def lay_places(incidents: Rows, places: Rows, areas: Areas, stretches: Areas) -> Layer:
    """Every place of every incident, each with the area or stretch it is known as; a position only for a point."""
    pointed = (places.equals("precision", "exact") | places.equals("precision", "near")) & _are_positions(places)
    table = {
        "incident": incidents.column("id").take(pa.array(places.at)),
        "number": places.column("position"),
        **_describe_places(places),
        "lat": pc.if_else(pa.array(pointed), places.column("lat"), None),
        "lon": pc.if_else(pa.array(pointed), places.column("lon"), None),
        "area": as_ids(areas.of_place),
        "stretch": as_ids(stretches.of_place),
    }
    about = "Every place of every incident, joined to its area or stretch."
    return Layer(name="places", about=about, table=pa.table(table))


def name_actors(actors: Rows, count: int) -> pa.Array:
    """The parties to each of so many incidents in one cell, each with its side."""
    name, side = actors.column("name"), actors.column("side")
    return join_texts(actors.at, pc.coalesce(pc.binary_join_element_wise(name, " (", side, ")", ""), name), count)


def _describe(incidents: Rows) -> dict[str, pa.Array]:
    """What is said of each incident, but for its tolls."""
    event, sub = incidents.column("event_type"), incidents.column("sub_event_type")
    return {
        "title": incidents.column("title"),
        "status": incidents.column("status"),
        "review": translate(incidents.column("status"), REVIEW, TEXT),
        "event_type": event,
        "sub_event_type": sub,
        "category": _find_categories(event, sub),
        **{name: incidents.column(name) for name in ("date_start", "date_end", "date_precision")},
        "recalled": incidents.column("background"),
    }


def _describe_places(places: Rows) -> dict[str, pa.Array]:
    named = {name: places.column(column) for column, name in _NAMES.items()}
    return {**named, **{name: places.column(name) for name in _OF_PLACE}}


def _choose_places(count: int, at: Index, exact: NDArray[np.bool_]) -> tuple[Index, Index]:
    """Incident and place of every row: all named places, else the first place; place -1 for an incident without any."""
    vague = np.bincount(at[exact], minlength=count) == 0
    chosen = (exact | (_begins(at) & vague[at])).nonzero()[0]
    without = (np.bincount(at, minlength=count) == 0).nonzero()[0]
    incident = np.concatenate([at[chosen], without])
    order = np.argsort(incident, kind="stable")
    return incident[order], np.concatenate([chosen, np.full(len(without), -1)])[order]


def _number(ids: pa.Array, at: Index) -> dict[str, pa.Array]:
    """Ids of rows, made of the incident's and the number of its row; for rows but the first, the id of the first."""
    begins = _begins(at)
    number = np.arange(len(at)) - np.repeat(begins.nonzero()[0], np.bincount(np.cumsum(begins) - 1, minlength=0))
    return {
        "id": pc.binary_join_element_wise(ids, pa.array(number).cast(TEXT), ":"),
        "incident": ids,
        "counted_in": pc.binary_join_element_wise(pc.if_else(pa.array(begins), None, ids), "0", ":"),
    }


def _begins(at: Index) -> NDArray[np.bool_]:
    """Where another incident begins."""
    return np.asarray(np.diff(at, prepend=-1) != 0, dtype=bool)


def _are_positions(places: Rows) -> NDArray[np.bool_]:
    inside = (np.abs(places.numbers("lat")) <= 90) & (np.abs(places.numbers("lon")) <= 180)
    return np.asarray(inside, dtype=bool)


def _find_categories(event: pa.Array, sub: pa.Array) -> pa.Array:
    both = pc.dictionary_encode(pc.binary_join_element_wise(event, sub, "\0"))
    kinds = [event_category(*pair.split("\0", 1)) for pair in both.dictionary.to_pylist()]
    return pa.array(kinds, TEXT).take(both.indices)


def _list_totals(incidents: Rows, selection: Selection) -> pa.Array:
    covered = selection.scopes_by_incident
    if not covered:
        return pa.nulls(len(incidents), TEXT)
    told = {id_: join_parts(scope.id for scope in scopes) for id_, scopes in covered.items()}
    return pa.array([told.get(id_) for id_ in incidents.column("id").to_pylist()], TEXT)
