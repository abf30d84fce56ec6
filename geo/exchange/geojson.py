"""Incidents as GeoJSON (RFC 7946) for QGIS and the web: one feature an incident and place, one a total.

A geometry is never finer than the report (``geo.exchange.shapes``). A toll stands on the first feature of its
incident only, so that sums over a layer count it once; the others name that feature in ``counted_in``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from geo.borders import Border
from geo.exchange.rows import TITLE_OF_TOTAL, join_parts, source_cells
from geo.exchange.shapes import Bounds, Geometry, place_geometry, scope_geometry
from geo.exchange.table import (
    Selection,
    claim_phrase,
    claim_phrases,
    describe_selection,
    review_of,
    safe_line,
    toll_cells,
    toll_of_scope,
)
from geo.gazetteer import Gazetteer
from geo.model import Incident, IncidentPlace, Scope
from geo.taxonomy import event_category

Json = dict[str, Any]

NO_PLACE = IncidentPlace(place=None)
"""Stands for the place of an incident that names none: the incident is listed, not drawn."""


def write_geojson(stream: BinaryIO, selection: Selection, *, border: Border, gazetteer: Gazetteer) -> None:
    """Write the selection as one FeatureCollection: the same bytes for the same selection.

    One feature a line, so that a person and a version control can read it; no more than one is held at a time, which
    is why the bounds come last.
    """
    head = _encode({"type": "FeatureCollection", "about": describe_selection(selection)})[:-1]
    stream.write(f'{head}, "features": ['.encode())
    bounds, separator = Bounds(), "\n"
    for feature in list_features(selection, border, gazetteer):
        bounds.add(feature["geometry"])
        stream.write(f"{separator}{_encode(feature)}".encode())
        separator = ",\n"
    corners = bounds.corners()
    stream.write(b"\n]" + (f', "bbox": {_encode(corners)}'.encode() if corners else b"") + b"}\n")


def list_features(selection: Selection, border: Border, gazetteer: Gazetteer) -> Iterator[Json]:
    """The features of a selection, one an incident and place and one a total, as GeoJSON has them."""
    for incident in selection.incidents:
        shared = _describe_incident(incident, selection)
        for number, place in enumerate(incident.places or (NO_PLACE,)):
            yield _feature(
                f"{incident.id}:{number}",
                place_geometry(place, border, gazetteer),
                {**shared, **_describe_place(place), **_describe_toll(incident, number)},
            )
    for scope in selection.scopes:
        yield _feature(scope.id, scope_geometry(scope, border, gazetteer), _describe_scope(scope, selection))


def _feature(id_: str, geometry: Geometry | None, properties: Json) -> Json:
    told = {name: safe_line(value) if isinstance(value, str) else value for name, value in properties.items()}
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": told}


def _describe_incident(incident: Incident, selection: Selection) -> Json:
    dates = incident.dates
    return {
        "record": "incident",
        "incident": incident.id,
        "title": safe_line(incident.title),
        "status": incident.status,
        "review": review_of(incident),
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "category": event_category(incident.event_type, incident.sub_event_type),
        "date_start": dates.start.isoformat() if dates.start else None,
        "date_end": dates.end.isoformat() if dates.end else None,
        "date_precision": dates.precision,
        "recalled": incident.background,
        "actors": join_parts(actor.name for actor in incident.actors),
        "claims": join_parts(claim_phrases(incident)),
        "totals": join_parts(scope.id for scope in selection.scopes_of(incident)),
        **source_cells(selection.sources_of(incident)),
        "copied_sources": join_parts(dict.fromkeys(source.outlet for source in selection.copied_sources_of(incident))),
        "corrections": join_parts(selection.corrections_of(incident)),
    }


def _describe_place(place: IncidentPlace) -> Json:
    named = place.place
    return {
        "place": named.name if named else None,
        "place_id": named.id if named else None,
        "place_role": place.role,
        "precision": place.precision,
        "radius_km": place.radius_km,
        "province": place.adm1,
        "country": named.country if named else None,
        "side": place.side,
        "distance_to_border_km": place.distance_to_border_km,
        "border_km_start": place.border_km_start,
        "border_km_end": place.border_km_end,
    }


def _describe_toll(incident: Incident, number: int) -> Json:
    """The toll on the first feature; on the others where it is counted."""
    if number == 0:
        return {**toll_cells(incident.totals), "counted_in": None}
    return {**toll_cells({}), "counted_in": f"{incident.id}:0"}


def _describe_scope(scope: Scope, selection: Selection) -> Json:
    return {
        "record": "total",
        "title": TITLE_OF_TOTAL,
        "review": selection.review_of_scope(scope),
        "places": join_parts(scope.places),
        "precision": "total",
        "incidents": join_parts(scope.incidents),
        "claims": join_parts(map(claim_phrase, scope.claims)),
        **toll_cells(toll_of_scope(scope)),
        **source_cells(selection.sources_of_scope(scope)),
    }


def _encode(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
