"""What an incident says in UCDP GED's columns, and what UCDP cannot say; codes by ``geo.exchange.ucdp.codebook``.

Where UCDP asks for what a report does not say, the value is derived and its rule named; nothing is derived in silence.
UCDP's own numbers of conflicts, dyads and sides are its to give: they stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from geo.exchange.coded.atlas import load_codes
from geo.exchange.coded.days import write_day
from geo.exchange.coded.figures import read_killed
from geo.exchange.coded.governments import settle_actors
from geo.exchange.coded.placing import country_of, event_place, find_point, place_name
from geo.exchange.coded.scheme import Cells, Terms, Value, like_number
from geo.exchange.table import Selection
from geo.exchange.ucdp.codebook import (
    CASUALTY_WORDS,
    DATE_OF_PRECISION,
    NON_STATE,
    ONE_SIDED,
    STATE_BASED,
    VIOLENT,
    WHERE_OF_PRECISION,
    grid_cell,
)
from geo.model import Actor, Claim, Incident, Toll

_DAYS = ("date_start", "date_end")


def refuse(incident: Incident) -> str | None:
    """Why UCDP cannot say an incident; None when it can."""
    return next(_find_reasons(incident), None)


def describe(incident: Incident, terms: Terms) -> dict[str, Value]:
    """What an incident says in UCDP's columns, but for ids and sources."""
    incident = settle_actors(incident, terms.border.code)
    return {
        **_describe_dates(incident),
        **_describe_violence(incident),
        **_describe_place(incident, terms),
        **_describe_deaths(incident),
    }


def frame(incident: Incident, selection: Selection) -> dict[str, Value]:
    """Id and sources of an incident that UCDP does not know."""
    sources = selection.sources_of(incident)
    copied = selection.copied_sources_of(incident)
    first = sources[0] if sources else None
    day = first.published.isoformat() if first and first.published else ""
    said = dict.fromkeys(claim.claimant for claim in incident.claims if claim.claimant)
    listed = (f'"{source.outlet},{source.published or ""},{source.url or ""}"' for source in sources)
    return {
        "id": Value(incident.id, "this project's id, for UCDP has none"),
        "number_of_sources": Value(str(len(sources) - len(copied)), "sources that are no copy of another"),
        "source_article": Value(";".join(listed)),
        "source_office": Value(first.outlet if first else ""),
        "source_date": Value(day),
        "source_original": Value("; ".join(said)),
        "event_clarity": Value("1", "one incident, told apart from others"),
    }


def restyle(name: str, cell: str, cells: Cells) -> str:
    """A derived cell as its row writes such: days in its style, whole numbers with ".0" where it has them."""
    if name in _DAYS:
        return write_day(date.fromisoformat(cell), like=cells[name]) if cell else cell
    return like_number(cell, cells[name])


def _find_reasons(incident: Incident) -> Iterator[str]:
    if incident.event_type not in VIOLENT:
        yield f"{incident.event_type} is no use of armed force, which every event of UCDP is"
    dates = incident.dates
    if dates.start is None or dates.precision not in DATE_OF_PRECISION:
        yield "its date is not known, and UCDP asks for its first and last day"
    place, reason = event_place(incident)
    if place is None:
        yield f"{reason}, and UCDP has one place a row"
    elif place.precision not in WHERE_OF_PRECISION:
        yield "its place is not known, and UCDP asks for one"
    elif place.precision == "line" and place.border_km_start is None:
        yield "its place is the whole border line, for which UCDP has no point"
    if len(_choose_sides(incident)) < 2:
        yield "it does not name two sides, or one side and civilians"
    if not any(_count_deaths(incident)[0]):
        yield "no death is claimed, and an event of UCDP has at least one"


def _describe_dates(incident: Incident) -> dict[str, Value]:
    dates = incident.dates
    if dates.start is None:
        return {}
    end = dates.end or dates.start
    return {
        "year": Value(str(dates.start.year)),
        "date_prec": Value(DATE_OF_PRECISION.get(dates.precision, "")),
        "date_start": Value(dates.start.isoformat()),
        "date_end": Value(end.isoformat(), "" if dates.end else "the first day, no other is known"),
    }


def _describe_violence(incident: Incident) -> dict[str, Value]:
    sides = _choose_sides(incident)
    names = [actor.name for actor in sides]
    return {
        "type_of_violence": Value(str(_type_of_violence(incident)), "from the kinds of its actors"),
        "side_a": Value(names[0] if names else ""),
        "side_b": Value(names[1] if len(names) > 1 else ""),
        "dyad_name": Value(" - ".join(names), "the names of both sides"),
        "gwnoa": Value(_state_number(sides[:1]), "from the country of the side"),
        "gwnob": Value(_state_number(sides[1:]), "from the country of the side"),
    }


def _type_of_violence(incident: Incident) -> int:
    sides = _choose_sides(incident)
    if incident.event_type == "Violence against civilians" or any(actor.kind == "civilians" for actor in sides):
        return ONE_SIDED
    return STATE_BASED if any(actor.kind == "state forces" for actor in sides) else NON_STATE


def _choose_sides(incident: Incident) -> list[Actor]:
    """A state before an armed group before civilians, as UCDP orders its sides; at most two, UCDP's own as they are."""
    if _is_coded(incident):
        return list(incident.actors[:2])
    order = {"state forces": 0, "armed group": 1, "civilians": 2}
    sides = [actor for actor in incident.actors if actor.kind in order]
    attackers = [actor for actor in sides if actor.side == "attacker"]
    if attackers and len(attackers) < len(sides):
        others = [actor for actor in sides if actor.side != "attacker"]
        sides = [attackers[0], min(others, key=lambda actor: order[actor.kind])]
    return sorted(sides, key=lambda actor: order[actor.kind])[:2]


def _state_number(sides: list[Actor]) -> str:
    party = sides[0].party if sides else None
    if party is None or not party.startswith("forces:"):
        return ""
    codes = load_codes().get(party.removeprefix("forces:"))
    return codes.gleditsch_ward if codes else ""


def _describe_place(incident: Incident, terms: Terms) -> dict[str, Value]:
    place, _ = event_place(incident)
    if place is None:
        return {}
    country = country_of(incident)
    codes = load_codes().get(country or "")
    point, rule = find_point(place, terms)
    lat, lon = (f"{point[0]:.6f}".rstrip("0"), f"{point[1]:.6f}".rstrip("0")) if point else ("", "")
    return {
        "where_prec": Value(WHERE_OF_PRECISION.get(place.precision, "")),
        "where_coordinates": Value(place_name(place, terms)),
        "adm_1": Value(terms.atlas.name_unit(place.adm1)),
        "adm_2": Value(place.place.name if place.place and place.precision == "adm2" else ""),
        "latitude": Value(lat, rule),
        "longitude": Value(lon, rule),
        "geom_wkt": Value(f"POINT ({lon} {lat})" if point else "", "from latitude and longitude"),
        "priogrid_gid": Value(str(grid_cell(*point)) if point else "", "from latitude and longitude"),
        "country": Value(terms.atlas.name_country(country)),
        "country_id": Value(codes.gleditsch_ward if codes else "", "from the country"),
        "region": Value(codes.ucdp_region if codes else "", "from the country"),
    }


def _describe_deaths(incident: Incident) -> dict[str, Value]:
    (low, best, high), rules = _count_deaths(incident)
    sides, rule = _divide_deaths(incident, best)
    return {
        **{name: Value(str(deaths), rule) for name, deaths in sides.items()},
        "best": Value(str(best), rules[1]),
        "high": Value(str(high), rules[2]),
        "low": Value(str(low), rules[0]),
    }


def _count_deaths(incident: Incident) -> tuple[tuple[int, int, int], tuple[str, str, str]]:
    """Low, best and high of the toll, and the rule of each that is not as it was claimed."""
    toll = incident.totals.get("killed", Toll())
    if toll.low is None and toll.best is None and toll.high is None:
        word, number = read_killed(incident, CASUALTY_WORDS)
        rule = f'ACLED\'s number for "{word}"' if number is not None else "no figure is known"
        return (number or 0, number or 0, number or 0), (rule, rule, rule)
    low = toll.low if toll.low is not None else 0
    best, best_rule = (toll.best, "") if toll.best is not None else (low, "the lowest figure, for claims differ")
    high, high_rule = (toll.high, "") if toll.high is not None else (best, "the best figure, for no claim bounds it")
    return (low, best, high), ("" if toll.low is not None else "no lowest figure is claimed", best_rule, high_rule)


def _divide_deaths(incident: Incident, best: int) -> tuple[dict[str, int], str]:
    """Deaths by side, from claims that name whom; what they leave of the best figure is unknown."""
    deaths = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), 0)
    for claim in incident.claims:
        column = _column_of(claim, incident)
        if column and claim.metric == "killed" and claim.status == "current" and claim.stance == "asserts":
            deaths[column] = max(deaths[column], claim.best if claim.best is not None else claim.low or 0)
    rest = best - sum(deaths.values())
    if rest < 0 and not _is_coded(incident):
        return {**dict.fromkeys(deaths, 0), "deaths_unknown": best}, "claims by side do not add up to the best figure"
    if rest > 0 and not _is_coded(incident):
        deaths["deaths_unknown"] += rest
    return deaths, "from the claims that name whom"


def _is_coded(incident: Incident) -> bool:
    """Whether deaths by side are UCDP's own, which need not add up."""
    return "ucdp" in incident.tags


def _column_of(claim: Claim, incident: Incident) -> str | None:
    """The column of the deaths a claim counts; None when it counts all, or only some of a side."""
    for letter, actor in zip("ab", _choose_sides(incident), strict=False):
        if claim.subject == actor.name:
            return f"deaths_{letter}"
    if claim.subject_party == "civilians":
        return "deaths_civilians"
    if claim.subset_of is not None:
        return "deaths_unknown" if claim.subject == "unknown" else None
    for letter, actor in zip("ab", _choose_sides(incident), strict=False):
        group = claim.subject_party == "militants" and actor.kind == "armed group"
        if claim.subject_party is not None and (claim.subject_party == actor.party or group):
            return f"deaths_{letter}"
    return None
