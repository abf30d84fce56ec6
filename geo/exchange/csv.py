"""Incidents as CSV for spreadsheets: one row an incident, one a total for several places, each toll standing once.

The first row, of kind ``about``, holds the filter, the data revision, the time, the licence and how to cite the file.
The file begins with a byte order mark, without which Excel garbles names in Dari, Pashto and Urdu; a text that a
spreadsheet would take for a formula has an apostrophe before it, numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from geo.exchange.table import (
    Selection,
    claim_phrase,
    claim_phrases,
    describe_selection,
    distance_of,
    provinces_of,
    review_of,
    review_of_scope,
    safe_line,
    toll_cells,
    toll_of_scope,
)
from geo.model import Incident, IncidentPlace, Scope, Source
from geo.taxonomy import event_category

COLUMNS = (
    "record", "id", "title", "status", "review", "event_type", "sub_event_type", "category",
    "date_start", "date_end", "date_precision", "recalled",
    "places", "place_ids", "precision", "radius_km", "provinces", "countries", "lat", "lon",
    "distance_to_border_km", "border_km_start", "border_km_end", "side", "actors",
    "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high",
    "claims", "totals", "covers", "sources", "source_urls", "copied_sources", "flags", "articles",
)  # fmt: skip

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SEPARATOR = "; "

Cell = str | int | float | None
Row = Mapping[str, Cell]


def write_csv(stream: BinaryIO, selection: Selection) -> None:
    """Write the selection as CSV (RFC 4180, UTF-8): the same bytes for the same selection."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    try:
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        for row in _list_rows(selection):
            rows.writerow([_guard(row.get(column)) for column in COLUMNS])
    finally:
        text.detach()


def _list_rows(selection: Selection) -> Iterable[Row]:
    about = describe_selection(selection)
    yield {"record": "about", "title": " | ".join(f"{name}: {value}" for name, value in about.items())}
    for incident in selection.incidents:
        yield _incident_row(incident, selection)
    for scope in selection.scopes:
        yield _scope_row(scope, selection)


def _incident_row(incident: Incident, selection: Selection) -> Row:
    dates = incident.dates
    return {
        "record": "incident",
        "id": incident.id,
        "title": incident.title,
        "status": incident.status,
        "review": review_of(incident),
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "category": event_category(incident.event_type, incident.sub_event_type),
        "date_start": dates.start.isoformat() if dates.start else None,
        "date_end": dates.end.isoformat() if dates.end else None,
        "date_precision": dates.precision,
        "recalled": "yes" if incident.background else "no",
        **_place_cells(incident),
        "actors": _join(f"{actor.name} ({actor.side})" if actor.side else actor.name for actor in incident.actors),
        **toll_cells(incident.totals),
        "claims": _join(claim_phrases(incident)),
        "totals": _join(scope.id for scope in selection.scopes if incident.id in scope.incidents),
        **_source_cells(selection.sources_of(incident)),
        "copied_sources": _join(dict.fromkeys(source.outlet for source in selection.copied_sources_of(incident))),
        "flags": _join(dict.fromkeys(flag.code for flag in incident.flags)),
        "articles": _join(incident.articles),
    }


def _scope_row(scope: Scope, selection: Selection) -> Row:
    return {
        "record": "total",
        "id": scope.id,
        "title": "One figure for several places",
        "review": review_of_scope(scope, selection),
        "places": _join(scope.places),
        "precision": "total",
        **toll_cells(toll_of_scope(scope)),
        "claims": _join(map(claim_phrase, scope.claims)),
        "covers": _join(scope.incidents),
        **_source_cells(selection.sources_of_scope(scope)),
        "articles": _join(dict.fromkeys(claim.article_id for claim in scope.claims)),
    }


def _place_cells(incident: Incident) -> Row:
    """Names and codes of all places; the position only of a single place that is known as a point."""
    places = incident.places
    only = places[0] if len(places) == 1 else None
    point = only.place if only and only.precision in ("exact", "near") else None
    return {
        "places": _join(map(_name, places)),
        "place_ids": _join(place.place.id if place.place else "" for place in places),
        "precision": _join(place.precision for place in places),
        "radius_km": only.radius_km if only else None,
        "provinces": _join(provinces_of(incident)),
        "countries": _join(dict.fromkeys(p.place.country for p in places if p.place and p.place.country)),
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
        "distance_to_border_km": distance_of(incident),
        "border_km_start": only.border_km_start if only else None,
        "border_km_end": only.border_km_end if only else None,
        "side": _join(dict.fromkeys(place.side for place in places if place.side)),
    }


def _name(place: IncidentPlace) -> str:
    return place.place.name if place.place else place.adm1 or "no place"


def _source_cells(sources: Iterable[Source]) -> Row:
    listed = list(sources)
    return {
        "sources": _join(dict.fromkeys(source.outlet for source in listed)),
        "source_urls": _join(dict.fromkeys(source.url for source in listed if source.url)),
    }


def _join(parts: Iterable[str]) -> str:
    return _SEPARATOR.join(parts)


def _guard(cell: Cell) -> Cell:
    """The cell as it is written: text on one line, and never a formula; numbers untouched."""
    if not isinstance(cell, str):
        return cell
    text = safe_line(cell)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
