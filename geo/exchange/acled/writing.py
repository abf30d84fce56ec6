"""What an incident says in ACLED's columns, and what ACLED cannot say; codes by ``geo.exchange.acled.codebook``.

Where ACLED asks for what a report does not say, the value is derived and its rule named; nothing is derived in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from geo.exchange.acled.codebook import (
    CASUALTY_WORDS,
    CIVILIAN_TARGETING,
    GEO_OF_PRECISION,
    INTER,
    PARENT_OF,
    STRATEGIC_DEVELOPMENTS,
    TIME_OF_PRECISION,
    disorder_type,
    inter_code,
    interaction_code,
    interaction_words,
    read_interaction,
)
from geo.exchange.coded.atlas import load_codes
from geo.exchange.coded.days import write_day
from geo.exchange.coded.figures import read_killed
from geo.exchange.coded.governments import settle_actors
from geo.exchange.coded.placing import country_of, event_place, find_point, place_name
from geo.exchange.coded.scheme import Cells, Terms, Value, like_number
from geo.exchange.table import Selection, claim_phrases
from geo.model import Actor, Incident
from geo.taxonomy import BORDER_ACTION

_CIVILIANS = "Civilians"


def refuse(incident: Incident) -> str | None:
    """Why ACLED cannot say an incident; None when it can."""
    return next(_find_reasons(incident), None)


def describe(incident: Incident, terms: Terms) -> dict[str, Value]:
    """What an incident says in ACLED's columns, but for ids, sources and notes."""
    incident = settle_actors(incident, terms.border.code)
    return {
        **_describe_date(incident),
        **_describe_event(incident),
        **_describe_actors(incident),
        **_describe_place(incident, terms),
        **_describe_fatalities(incident),
    }


def frame(incident: Incident, selection: Selection) -> dict[str, Value]:
    """Id, sources and notes of an incident that ACLED does not know."""
    outlets = dict.fromkeys(source.outlet for source in selection.sources_of(incident))
    notes = "; ".join([incident.title, *claim_phrases(incident)])
    return {
        "event_id_cnty": Value(incident.id, "this project's id, for ACLED has none"),
        "source": Value("; ".join(outlets)),
        "notes": Value(notes, "title and claims, in this project's words"),
        "timestamp": Value(str(int(selection.time.timestamp())), "the time of this export"),
    }


def restyle(name: str, cell: str, cells: Cells) -> str:
    """A derived cell as its row writes such: days in its style, kinds of actor as numbers where it has numbers."""
    if name == "event_date":
        return write_day(date.fromisoformat(cell), like=cells[name]) if cell else cell
    if name in ("inter1", "inter2", "interaction") and _has_numbers(cells):
        number = read_interaction(cell) if name == "interaction" else str(inter_code(cell) or 0)
        return like_number(number or "", cells["inter1"])
    return like_number(cell, cells[name])


def _has_numbers(cells: Cells) -> bool:
    return any(cells[name].removesuffix(".0").isdigit() for name in ("inter1", "inter2", "interaction"))


def _find_reasons(incident: Incident) -> Iterator[str]:
    dates = incident.dates
    if dates.start is None:
        yield "its day is not known, and ACLED asks for one"
    elif dates.precision not in TIME_OF_PRECISION:
        yield f"its date is known to the {dates.precision} only, and ACLED's time_precision ends at the month"
    if incident.event_type != BORDER_ACTION and PARENT_OF.get(incident.sub_event_type) != incident.event_type:
        yield f"{incident.event_type} / {incident.sub_event_type} is no event type of ACLED"
    place, reason = event_place(incident)
    if place is None:
        yield f"{reason}, and ACLED has one place a row"
    elif place.precision not in GEO_OF_PRECISION:
        what = "a country" if place.precision == "country" else "no place"
        yield f"its place is known as {what} only, and ACLED's geo_precision ends at the province"
    elif place.precision == "line" and place.border_km_start is None:
        yield "its place is the whole border line, for which ACLED has no point"
    elif place.precision == "adm1" and place.adm1 is None:
        yield "its province is not known by a code"


def _describe_date(incident: Incident) -> dict[str, Value]:
    dates = incident.dates
    precision = TIME_OF_PRECISION.get(dates.precision)
    if dates.start is None or precision is None:
        return {}
    day, rule = dates.start, ""
    if dates.end and dates.end != dates.start:
        if precision == "1" or dates.precision == "days":
            rule = "the first of several days"
        else:
            day, rule = dates.start + (dates.end - dates.start) // 2, f"the middle of the {dates.precision}"
    return {
        "event_date": Value(day.isoformat(), rule),
        "year": Value(str(day.year), rule),
        "time_precision": Value(precision),
    }


def _describe_event(incident: Incident) -> dict[str, Value]:
    event, sub, rule = incident.event_type, incident.sub_event_type, ""
    if event == BORDER_ACTION:
        event, sub, rule = STRATEGIC_DEVELOPMENTS, "Other", f"a border action ({incident.sub_event_type})"
    return {
        "disorder_type": Value(disorder_type(event, sub), "from the event type"),
        "event_type": Value(event, rule),
        "sub_event_type": Value(sub, rule),
    }


def _describe_actors(incident: Incident) -> dict[str, Value]:
    """The first two parties, civilians last; ``inter`` is computed from actor, country and kind."""
    actors = _choose_actors(incident.actors)
    home = country_of(incident)
    codes = [_inter_of(actor, home) if actor else 0 for actor in actors]
    told = {}
    for number, (actor, code) in enumerate(zip(actors, codes, strict=True), 1):
        told[f"actor{number}"] = Value(actor.name if actor else "")
        told[f"inter{number}"] = Value(
            INTER[code - 1] if code else "", "from kind and country of the actor on that day"
        )
    told["interaction"] = Value(interaction_words(*codes), f"code {interaction_code(*codes)}, from both kinds of actor")
    hit = actors[1] is not None and actors[1].kind == "civilians"
    told["civilian_targeting"] = Value(CIVILIAN_TARGETING if hit else "", "civilians are the second actor")
    return told


def _choose_actors(actors: Sequence[Actor]) -> tuple[Actor | None, Actor | None]:
    attackers = [actor for actor in actors if actor.side == "attacker"]
    others = [actor for actor in actors if actor.side != "attacker"]
    ordered = [*attackers, *sorted(others, key=lambda actor: actor.kind == "civilians")]
    if len(attackers) > 1 and others:
        ordered = [attackers[0], *others]
    return (ordered[0] if ordered else None, ordered[1] if len(ordered) > 1 else None)


def _inter_of(actor: Actor, home: str | None) -> int:
    if actor.kind == "civilians":
        return 7
    if actor.kind == "armed group":
        return 3 if actor.name.lower().startswith("unidentified") else 2
    if actor.kind == "state forces":
        return 1 if actor.party == f"forces:{home}" else 8
    return {"rioters": 5, "protesters": 6}.get(actor.name.split(" ")[0].lower(), 8)


def _describe_place(incident: Incident, terms: Terms) -> dict[str, Value]:
    place, _ = event_place(incident)
    if place is None:
        return {}
    atlas, country = terms.atlas, country_of(incident)
    codes = load_codes().get(country or "")
    point, rule = find_point(place, terms)
    return {
        "iso": Value(codes.iso_number if codes else "", "from the country"),
        "region": Value(codes.acled_region if codes else "", "from the country"),
        "country": Value(atlas.name_country(country)),
        "admin1": Value(atlas.name_unit(place.adm1)),
        "admin2": Value(place.place.name if place.place and place.precision == "adm2" else ""),
        "location": Value(place_name(place, terms)),
        "latitude": Value(f"{point[0]:.4f}" if point else "", rule),
        "longitude": Value(f"{point[1]:.4f}" if point else "", rule),
        "geo_precision": Value(GEO_OF_PRECISION.get(place.precision, "")),
    }


def _describe_fatalities(incident: Incident) -> dict[str, Value]:
    """The lowest figure when sources differ; a word without a number by the codebook's."""
    toll = incident.totals.get("killed")
    if toll is not None and toll.low is not None:
        plain = toll.low == toll.best == toll.high
        return {"fatalities": Value(str(toll.low), "" if plain else "the lowest figure claimed")}
    word, number = read_killed(incident, CASUALTY_WORDS)
    if number is not None:
        return {"fatalities": Value(str(number), f'the codebook\'s number for "{word}"')}
    return {"fatalities": Value("0", "no figure is known, which ACLED writes as 0")}
