"""What in a row of ACLED contradicts its codebook, each in a sentence that explains the code.

Source of the rules: ACLED Codebook (2023, 2024), in the sections named beside them.
"""

from __future__ import annotations

from collections.abc import Iterator

from geo.exchange.acled.codebook import (
    CIVILIAN_TARGETING,
    EVENT_TYPES,
    INTER,
    PARENT_OF,
    disorder_type,
    inter_code,
    interaction_code,
    interaction_words,
    read_interaction,
)
from geo.exchange.coded.checks import check_count, check_formulas, check_number, check_position, check_year
from geo.exchange.coded.days import read_day
from geo.exchange.coded.scheme import Cells, Fault, Terms

_FIRST_YEAR = 1997
_ONE_ACTOR = ("Protests", "Riots", "Strategic developments", "Explosions/Remote violence")
_TIME = "time_precision is 1 for a known day, 2 for a known week, 3 for a known month."
_GEO = "geo_precision is 1 for a named town, 2 for a small area around it, 3 for a larger region."


def lint_row(cells: Cells, terms: Terms) -> Iterator[Fault]:
    """All that contradicts the codebook, column by column."""
    yield from _check_dates(cells)
    yield from _check_types(cells)
    yield from _check_actors(cells)
    yield from _check_interaction(cells)
    yield from _check_targeting(cells)
    yield from _check_country(cells, terms)
    yield from check_number(cells, "geo_precision", (1, 2, 3), _GEO)
    yield from check_count(cells, "fatalities")
    yield from _check_no_deaths(cells)
    yield from check_formulas(cells)


def _check_dates(cells: Cells) -> Iterator[Fault]:
    day = read_day(cells["event_date"])
    if day is None:
        yield Fault("event_date", f"event_date is {cells['event_date']!r}, not a day of the calendar.")
    else:
        yield from check_year(cells, [day.year])
        if day.year < _FIRST_YEAR:
            yield Fault("event_date", f"The event is of {day.year}; ACLED begins in {_FIRST_YEAR}.")
    yield from check_number(cells, "time_precision", (1, 2, 3), _TIME)


def _check_types(cells: Cells) -> Iterator[Fault]:
    """Section "Event types and sub-event types": 25 sub-event types, each of one event type."""
    event, sub = cells["event_type"], cells["sub_event_type"]
    parent = PARENT_OF.get(sub)
    if event not in EVENT_TYPES:
        yield Fault("event_type", f"{event!r} is none of ACLED's event types: {', '.join(EVENT_TYPES)}.")
    elif parent is None:
        yield Fault("sub_event_type", f"{sub!r} is none of ACLED's 25 sub-event types.")
    elif parent != event:
        yield Fault("sub_event_type", f'"{sub}" is a kind of "{parent}", not of "{event}".')
    expected = disorder_type(event, sub if parent == event else "")
    if expected and "disorder_type" in cells and cells["disorder_type"] != expected and parent == event:
        yield Fault("disorder_type", f'"{sub}" belongs to "{expected}", not to {cells["disorder_type"]!r}.')


def _check_actors(cells: Cells) -> Iterator[Fault]:
    """Section "Actor names, types and inter codes": 1 to 8, and none where there is no second actor."""
    if "actor1" in cells and not cells["actor1"]:
        yield Fault("actor1", "actor1 is empty; every event has a first actor.")
    for number in (1, 2):
        name, code = f"inter{number}", inter_code(cells[f"inter{number}"])
        actor = cells[f"actor{number}"]
        if name not in cells:
            continue
        if code is None:
            known = ", ".join(f"{place} {word}" for place, word in enumerate(INTER, 1))
            yield Fault(name, f"{name} is {cells[name]!r}; the kinds of actor are {known}.")
        elif code and not actor:
            yield Fault(name, f"{name} says {INTER[code - 1]}, but there is no actor{number}.")
        elif not code and actor:
            yield Fault(name, f"{name} is empty, but actor{number} is {actor!r}.")
        elif actor.lower().startswith("civilians") and code != 7:
            yield Fault(name, f"actor{number} are civilians, whose kind is 7 Civilians, not {code} {INTER[code - 1]}.")
    if "actor2" in cells and not cells["actor2"] and cells["event_type"] not in _ONE_ACTOR and cells["event_type"]:
        yield Fault("actor2", f'actor2 is empty, but "{cells["event_type"]}" takes two.')


def _check_interaction(cells: Cells) -> Iterator[Fault]:
    """Section "Interaction codes": the two inter codes side by side, the smaller first, 0 for a sole actor."""
    one, two = inter_code(cells["inter1"]), inter_code(cells["inter2"])
    if "interaction" not in cells or one is None or two is None:
        return
    written = read_interaction(cells["interaction"])
    expected = interaction_code(one, two) if one or two else ""
    if written is None:
        yield Fault("interaction", f"interaction is {cells['interaction']!r}, which is no pair of kinds of actor.")
    elif written != expected:
        words = interaction_words(one, two) or "none"
        yield Fault(
            "interaction", f"interaction is {cells['interaction']!r}, but inter1 and inter2 make {expected} {words}."
        )


def _check_targeting(cells: Cells) -> Iterator[Fault]:
    """Section "Civilian targeting": set when civilians are the main or only target."""
    written = cells["civilian_targeting"]
    if written not in ("", CIVILIAN_TARGETING):
        yield Fault("civilian_targeting", f'civilian_targeting is {written!r}; it is "{CIVILIAN_TARGETING}" or empty.')
    elif "civilian_targeting" in cells and not written and cells["event_type"] == "Violence against civilians":
        yield Fault(
            "civilian_targeting", 'Every "Violence against civilians" targets civilians, and the cell is empty.'
        )


def _check_country(cells: Cells, terms: Terms) -> Iterator[Fault]:
    named, numbered = terms.atlas.country_named(cells["country"]), terms.atlas.country_numbered(iso=cells["iso"])
    if cells["iso"] and numbered is None:
        yield Fault("iso", f"iso is {cells['iso']!r}, which is no country's number in ISO 3166-1.")
    elif named and numbered and named != numbered:
        name = terms.atlas.name_country(numbered)
        yield Fault("iso", f"iso {cells['iso']} is the number of {name}, and country is {cells['country']}.")
    yield from check_position(cells, numbered or named, terms)


def _check_no_deaths(cells: Cells) -> Iterator[Fault]:
    """Section "Reported fatalities": strategic developments and peaceful protests have none."""
    bloodless = cells["event_type"] == "Strategic developments" or cells["sub_event_type"] == "Peaceful protest"
    if bloodless and cells["fatalities"].removesuffix(".0") not in ("", "0"):
        kind = cells["sub_event_type"] or cells["event_type"]
        yield Fault("fatalities", f'fatalities is {cells["fatalities"]}, but "{kind}" has none.')
