"""The machine interface of ``border-incidents read``: JSON Lines in, JSON Lines out, one answer a line.

Fields may be added; none is renamed or removed without a major version.
"""

from __future__ import annotations

import json
import re
from datetime import date

from geo.articles.records import article_from_record, read_record, record_id, split_lines
from geo.errors import ArticleError
from geo.model import (
    Actor,
    Article,
    Claim,
    Flag,
    Incident,
    IncidentPlace,
    Place,
    Reading,
    Resolution,
    Scope,
    Span,
    Toll,
)

Json = dict[str, object]

__all__ = [
    "article_from_record",
    "error_as_record",
    "incident_as_record",
    "read_record",
    "reading_as_record",
    "record_id",
    "resolution_as_record",
    "scope_as_record",
    "split_lines",
]

_SURROGATE = re.compile("[\ud800-\udfff]")


def article_as_line(article: Article) -> bytes:
    """An article as a line of input to ``read``."""
    fields = ("id", "text", "title", "url", "publisher", "language")
    record: Json = {name: value for name in fields if (value := getattr(article, name))}
    if article.published is not None:
        record["published"] = article.published.isoformat()
    return json.dumps(record, ensure_ascii=False).encode()


def reading_as_record(reading: Reading, article: Article) -> Json:
    """The answer for one article."""
    return {
        "id": article.id,
        "language": None if reading.language == "und" else reading.language,
        "toponyms": [resolution_as_record(resolution) for resolution in reading.toponyms],
        "incidents": [incident_as_record(incident) for incident in reading.incidents],
        "scopes": [scope_as_record(scope) for scope in reading.scopes],
        "flags": [_flag(flag) for flag in reading.flags],
        "error": None,
    }


def error_as_record(identity: str | None, error: ArticleError) -> Json:
    """The answer for a line that could not be read."""
    return {
        "id": identity,
        "language": None,
        "toponyms": [],
        "incidents": [],
        "scopes": [],
        "flags": [],
        "error": {"code": error.code, "message": _SURROGATE.sub("\ufffd", str(error))},
    }


def incident_as_record(incident: Incident) -> Json:
    """One record of ``incidents[]``."""
    dates = incident.dates
    return {
        "id": incident.id,
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "date_start": _day(dates.start),
        "date_end": _day(dates.end),
        "date_precision": dates.precision,
        "date_text": dates.text,
        "background": incident.background,
        "places": [_incident_place(place) for place in incident.places],
        "actors": [_actor(actor) for actor in incident.actors],
        "claims": [_claim(claim) for claim in incident.claims],
        "totals": {metric: _toll(incident.totals.get(metric, Toll())) for metric in ("killed", "wounded")},
        "quote": _span(incident.quote),
    }


def scope_as_record(scope: Scope) -> Json:
    """One record of ``scopes[]``."""
    return {
        "id": scope.id,
        "incidents": list(scope.incidents),
        "places": list(scope.places),
        "claims": [_claim(claim) for claim in scope.claims],
    }


def resolution_as_record(resolution: Resolution) -> Json:
    """One record of ``toponyms[]``."""
    toponym = resolution.toponym
    return {
        "start": toponym.span.start,
        "end": toponym.span.end,
        "text": toponym.text,
        "role": toponym.role,
        "place": _place(resolution.place),
        "score": round(resolution.score, 3),
        "reason": resolution.reason,
        "candidates": [
            {
                "id": candidate.place.id,
                "name": candidate.place.name,
                "lat": candidate.place.lat,
                "lon": candidate.place.lon,
                "score": round(candidate.score, 3),
            }
            for candidate in resolution.candidates
        ],
    }


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "adm1": place.adm1,
        "lat": place.lat,
        "lon": place.lon,
    }


def _incident_place(place: IncidentPlace) -> Json:
    return {
        "toponym": place.toponym,
        "place": _place(place.place),
        "adm1": place.adm1,
        "precision": place.precision,
        "radius_km": place.radius_km,
        "border_km_start": place.border_km_start,
        "border_km_end": place.border_km_end,
        "role": place.role,
    }


def _actor(actor: Actor) -> Json:
    return {"name": actor.name, "kind": actor.kind, "side": actor.side}


def _claim(claim: Claim) -> Json:
    return {
        "metric": claim.metric,
        "subject": claim.subject,
        "subject_party": claim.subject_party,
        "unit": claim.unit,
        "low": claim.low,
        "best": claim.best,
        "high": claim.high,
        "qualifier": claim.qualifier,
        "claimant": claim.claimant,
        "claimant_party": claim.claimant_party,
        "stance": claim.stance,
        "status": claim.status,
        "subset_of": claim.subset_of,
        "scope": claim.scope,
        "start": claim.span.start,
        "end": claim.span.end,
    }


def _toll(toll: Toll) -> Json:
    return {"low": toll.low, "best": toll.best, "high": toll.high}


def _span(span: Span | None) -> Json | None:
    return {"start": span.start, "end": span.end} if span else None


def _flag(flag: Flag) -> Json:
    span = flag.span
    return {
        "code": flag.code,
        "detail": flag.detail,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
