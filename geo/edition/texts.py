"""What an edition says of its incidents, in the words of the page: of lists and table at once, the rest when opened."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geo.edition.facts import Json, code_column
from geo.model import Incident
from geo.wording.corrected import say_corrected
from geo.wording.figures import write_rivals
from geo.wording.naming import name_total, write_place, write_title
from geo.wording.opened import describe_opened
from geo.wording.rivals import describe_groups
from geo.wording.rows import count_claims, sureness_of, toll_of

if TYPE_CHECKING:
    from geo.edition.material import Material

_LEFT_OUT = ("articles", "correction", "no_figures", "places_title", "read", "samples", "sources_title")
"""Of an opened incident: what is the same for all that nobody corrected, and the reports, whose texts are not ours."""


def describe_texts(material: Material) -> Json:
    """Columns of what cards and table say."""
    rows = [_describe_row(material, index, incident) for index, incident in enumerate(material.incidents)]
    plain = ("title", "place", "brief", "claims")
    coded = ("dated", "figures", "sources", "toll", "sure", "samples")
    return {
        **{name: [row[name] for row in rows] for name in plain},
        **{name: code_column(row[name] for row in rows) for name in coded},
    }


def list_details(material: Material) -> list[Json]:
    """For each incident what is shown of it when it is opened, and its rival claims."""
    return [_describe_detail(material, incident) for incident in material.incidents]


def encode_details(details: Sequence[Json]) -> bytes:
    """A line of JSON for each incident, which the browser reads when somebody asks for it."""
    return b"\n".join(map(_encode, details))


def _describe_row(material: Material, index: int, incident: Incident) -> Json:
    words, scopes, snapshot = material.words, material.scopes_of(incident), material.snapshot
    gazetteer = snapshot.gazetteer
    distance = float(snapshot.distance_km[index])
    place = write_place(incident, scopes, None if distance != distance else distance, gazetteer, words)
    brief = name_total(scopes, words, brief=True) or write_place(incident, (), None, gazetteer, words)
    claims = [*(claim for scope in scopes for claim in scope.claims), *incident.claims]
    return {
        "title": write_title(incident, words),
        "place": place,
        "brief": len(brief) if place.startswith(brief) else brief,
        "claims": count_claims(incident, scopes),
        "dated": incident.dates.precision if incident.dates.precision in ("month", "year") else "day",
        "figures": _freeze(write_rivals(claims, words)),
        "sources": material.papers.count_sources(incident, scopes),
        "toll": toll_of(incident, material.places[index], material.whole),
        "sure": sureness_of(incident, scopes),
        "samples": int(
            any(material.articles[id_].own_wording for id_ in incident.articles if id_ in material.articles)
        ),
    }


def _freeze(rivals: list[tuple[str, list[tuple[str, str]]]]) -> tuple[Any, ...]:
    return tuple((what, tuple(pairs)) for what, pairs in rivals)


def _describe_detail(material: Material, incident: Incident) -> Json:
    told, words = material.tell(incident), material.words
    described = describe_opened(told, material.snapshot.gazetteer, words)
    opened = {name: value for name, value in described.items() if name not in _LEFT_OUT}
    claims = [*(claim for scope in told.scopes for claim in scope.claims), *incident.claims]
    if told.corrections:
        opened["correction"] = say_corrected(told.corrections, words)
    return {**opened, "groups": describe_groups(claims, told.articles, words)}


def _encode(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
