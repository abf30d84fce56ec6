"""Incidents as GeoJSON (RFC 7946) for QGIS and the web: one feature an incident and place, one a total.

A geometry is never finer than the report (``geo.exchange.shapes``). A toll stands on the first feature of its
incident only, so that sums over a layer count it once; the others name that feature in ``counted_in``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from geo.borders import Border
from geo.exchange.shapes import Geometry, bounds_of, place_geometry, scope_geometry
from geo.exchange.table import (
    Selection,
    claim_phrase,
    claim_phrases,
    describe_selection,
    review_of,
    review_of_scope,
    safe_line,
    toll_cells,
    toll_of_scope,
)
from geo.gazetteer import Gazetteer
from geo.model import Incident, IncidentPlace, Scope, Source
from geo.taxonomy import event_category

Json = dict[str, object]

NO_PLACE = IncidentPlace(place=None)
"""Stands for the place of an incident that names none: the incident is listed, not drawn."""


def write_geojson(stream: BinaryIO, selection: Selection, *, border: Border, gazetteer: Gazetteer) -> None:
    """Write the selection as one FeatureCollection: the same bytes for the same selection."""
    stream.write(_encode(build_collection(selection, border=border, gazetteer=gazetteer)))


def build_collection(selection: Selection, *, border: Border, gazetteer: Gazetteer) -> Json:
    """The FeatureCollection of a selection, its papers in the member ``about``."""
    features = list(_list_features(selection, border, gazetteer))
    bounds = bounds_of([feature["geometry"] for feature in features if feature["geometry"]])  # type: ignore[misc]
    return {
        "type": "FeatureCollection",
        "about": describe_selection(selection),
        **({"bbox": bounds} if bounds else {}),
        "features": features,
    }


def _list_features(selection: Selection, border: Border, gazetteer: Gazetteer) -> Iterator[Json]:
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
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": properties}


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
        "actors": _join(actor.name for actor in incident.actors),
        "claims": _join(claim_phrases(incident)),
        "totals": _join(scope.id for scope in selection.scopes if incident.id in scope.incidents),
        **_describe_sources(selection.sources_of(incident)),
        "copied_sources": _join(dict.fromkeys(source.outlet for source in selection.copied_sources_of(incident))),
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
        "title": "One figure for several places",
        "review": review_of_scope(scope, selection),
        "places": _join(scope.places),
        "precision": "total",
        "incidents": _join(scope.incidents),
        "claims": _join(map(claim_phrase, scope.claims)),
        **toll_cells(toll_of_scope(scope)),
        **_describe_sources(selection.sources_of_scope(scope)),
    }


def _describe_sources(sources: Iterable[Source]) -> Json:
    listed = list(sources)
    return {
        "sources": _join(dict.fromkeys(source.outlet for source in listed)),
        "source_urls": _join(dict.fromkeys(source.url for source in listed if source.url)),
    }


def _join(parts: Iterable[str]) -> str:
    return safe_line("; ".join(parts))


def _encode(collection: Json) -> bytes:
    """One feature a line, so that a person and a version control can read it."""
    features = collection["features"]
    assert isinstance(features, list)
    head = json.dumps({**collection, "features": []}, ensure_ascii=False, allow_nan=False)[: -len("[]}")]
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, allow_nan=False, separators=(",", ":")) for f in features)
    return f"{head}[\n{lines}\n]}}\n".encode()
