"""What every table of an export has in its rows: incidents, totals, claims, places and sources, a toll standing once.

A cell is text, a number, a day, a truth, or None where nothing is known; how it is spelt is for the format to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from geo.exchange.shapes import position_of
from geo.exchange.table import (
    Selection,
    claim_phrase,
    claim_phrases,
    distance_of,
    provinces_of,
    review_of,
    safe_line,
    toll_cells,
    toll_of_scope,
)
from geo.model import Article, Claim, Incident, IncidentPlace, Place, Scope, Source
from geo.taxonomy import event_category

Cell = str | int | float | bool | date | None
Row = Mapping[str, Cell]

TITLE_OF_TOTAL = "One figure for several places"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

INCIDENT_COLUMNS = (
    "record", "id", "title", "status", "review", "event_type", "sub_event_type", "category",
    "date_start", "date_end", "date_precision", "recalled",
    "places", "place_ids", "precision", "radius_km", "provinces", "countries", "lat", "lon",
    "distance_to_border_km", "border_km_start", "border_km_end", "side", "actors",
    "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high",
    "claims", "totals", "covers", "sources", "source_urls", "copied_sources", "flags", "articles", "corrections",
)  # fmt: skip
CLAIM_COLUMNS = (
    "incident", "total", "metric", "stance", "low", "best", "high", "qualifier", "unit", "subject", "subject_party",
    "claimant", "claimant_party", "status", "part", "copied", "outlet", "published", "url", "article", "review",
)  # fmt: skip
PLACE_COLUMNS = (
    "incident", "number", "place", "place_id", "kind", "role", "precision", "radius_km", "province", "country",
    "lat", "lon", "distance_to_border_km", "border_km_start", "border_km_end", "side", "nearest_crossing",
)  # fmt: skip
SOURCE_COLUMNS = ("incident", "total", "outlet", "published", "url", "copied", "title", "language", "article")


def incident_row(incident: Incident, selection: Selection) -> Row:
    """An incident by ``INCIDENT_COLUMNS``."""
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
        "date_start": dates.start,
        "date_end": dates.end,
        "date_precision": dates.precision,
        "recalled": incident.background,
        **_place_cells(incident),
        "actors": join_parts(f"{actor.name} ({actor.side})" if actor.side else actor.name for actor in incident.actors),
        **toll_cells(incident.totals),
        "claims": join_parts(claim_phrases(incident)),
        "totals": join_parts(scope.id for scope in selection.scopes_of(incident)),
        **source_cells(selection.sources_of(incident)),
        "copied_sources": join_parts(dict.fromkeys(source.outlet for source in selection.copied_sources_of(incident))),
        "flags": join_parts(dict.fromkeys(flag.code for flag in incident.flags)),
        "articles": join_parts(incident.articles),
        "corrections": join_parts(selection.corrections_of(incident)),
    }


def scope_row(scope: Scope, selection: Selection) -> Row:
    """A total for several places by ``INCIDENT_COLUMNS``, with its one figure."""
    return {
        "record": "total",
        "id": scope.id,
        "title": TITLE_OF_TOTAL,
        "review": selection.review_of_scope(scope),
        "places": join_parts(scope.places),
        "precision": "total",
        **toll_cells(toll_of_scope(scope)),
        "claims": join_parts(map(claim_phrase, scope.claims)),
        "covers": join_parts(scope.incidents),
        **source_cells(selection.sources_of_scope(scope)),
        "articles": join_parts(dict.fromkeys(claim.article_id for claim in scope.claims)),
    }


def claim_rows(holder: Incident | Scope, selection: Selection) -> Iterator[Row]:
    """The claims of an incident or total by ``CLAIM_COLUMNS``, each with the report it stands in."""
    is_incident = isinstance(holder, Incident)
    review = review_of(holder) if isinstance(holder, Incident) else selection.review_of_scope(holder)
    copied = holder.copied if isinstance(holder, Incident) else ()
    for claim in holder.claims:
        yield {
            "incident" if is_incident else "total": holder.id,
            **_claim_cells(claim),
            "copied": claim.article_id in copied,
            **_report_cells(claim.article_id, selection),
            "review": review,
        }


def place_rows(incident: Incident) -> Iterator[Row]:
    """The places of an incident by ``PLACE_COLUMNS``; a position only where the report names a point."""
    for number, place in enumerate(incident.places):
        named = place.place
        point = point_of(place)
        yield {
            "incident": incident.id,
            "number": number,
            "place": named.name if named else None,
            "place_id": named.id if named else None,
            "kind": named.kind if named else None,
            "role": place.role,
            "precision": place.precision,
            "radius_km": place.radius_km,
            "province": place.adm1,
            "country": named.country if named else None,
            "lat": _round(point.lat) if point else None,
            "lon": _round(point.lon) if point else None,
            **{name: getattr(place, name) for name in PLACE_COLUMNS[12:]},
        }


def source_rows(holder: Incident | Scope, selection: Selection) -> Iterator[Row]:
    """The reports of an incident or total by ``SOURCE_COLUMNS``, one row an outlet's page."""
    is_incident = isinstance(holder, Incident)
    copied = holder.copied if isinstance(holder, Incident) else ()
    ids = holder.articles if isinstance(holder, Incident) else dict.fromkeys(c.article_id for c in holder.claims)
    for article in (selection.articles[id_] for id_ in ids if id_ in selection.articles):
        for source in sources_of(article):
            yield {
                "incident" if is_incident else "total": holder.id,
                "outlet": source.outlet,
                "published": source.published or article.published,
                "url": source.url,
                "copied": article.id in copied,
                "title": None if article.own_wording else article.title,
                "language": article.language,
                "article": article.id,
            }


def sources_of(article: Article) -> Sequence[Source]:
    """The pages an article's facts come from; its own where it names none."""
    return article.sources or (Source(outlet=article.publisher or "", url=article.url),)


def point_of(place: IncidentPlace) -> Place | None:
    """The place, when the report means a point: a named one, or the neighbourhood of one; None where there is none."""
    return place.place if place.precision in ("exact", "near") and position_of(place.place) else None


def _round(degrees: float | None) -> float | None:
    """To about ten metres: nobody reports a place more exactly."""
    return None if degrees is None else round(degrees, 4)


def source_cells(sources: Iterable[Source]) -> dict[str, str]:
    """Outlets and addresses, each once."""
    listed = list(sources)
    return {
        "sources": join_parts(dict.fromkeys(source.outlet for source in listed)),
        "source_urls": join_parts(dict.fromkeys(source.url for source in listed if source.url)),
    }


def join_parts(parts: Iterable[str]) -> str:
    """Several values in one cell."""
    return safe_line("; ".join(parts))


def guard(text: str) -> str:
    """The text on one line, with an apostrophe before what a spreadsheet would take for a formula."""
    line = safe_line(text)
    return f"'{line}" if line.startswith(FORMULA_STARTS) else line


def _place_cells(incident: Incident) -> dict[str, Cell]:
    """Names and codes of all places; the position only of a single place that is known as a point."""
    places = incident.places
    only = places[0] if len(places) == 1 else None
    point = point_of(only) if only else None
    return {
        "places": join_parts(place.place.name if place.place else place.adm1 or "no place" for place in places),
        "place_ids": join_parts(place.place.id if place.place else "" for place in places),
        "precision": join_parts(place.precision for place in places),
        "radius_km": only.radius_km if only else None,
        "provinces": join_parts(provinces_of(incident)),
        "countries": join_parts(dict.fromkeys(p.place.country for p in places if p.place and p.place.country)),
        "lat": _round(point.lat) if point else None,
        "lon": _round(point.lon) if point else None,
        "distance_to_border_km": distance_of(incident),
        "border_km_start": only.border_km_start if only else None,
        "border_km_end": only.border_km_end if only else None,
        "side": join_parts(dict.fromkeys(place.side for place in places if place.side)),
    }


def _claim_cells(claim: Claim) -> dict[str, Cell]:
    cells: dict[str, Cell] = {name: getattr(claim, name) for name in CLAIM_COLUMNS[2:14]}
    return {**cells, "part": claim.subset_of is not None}


def _report_cells(article_id: str, selection: Selection) -> dict[str, Cell]:
    """Where a claim can be read: the first page of the report it stands in."""
    article = selection.articles.get(article_id)
    if article is None:
        return {"article": article_id}
    source = sources_of(article)[0]
    day = source.published or article.published
    return {"outlet": source.outlet, "published": day, "url": source.url, "article": article_id}
