"""Headings of incidents, made from kind and place: never a sentence of the source."""

from __future__ import annotations

from collections.abc import Sequence

from geo.model import IncidentPlace

_NOUNS = {
    "Armed clash": "Clash", "Government regains territory": "Recapture",
    "Non-state actor overtakes territory": "Seizure",
    "Chemical weapon": "Chemical attack", "Air/drone strike": "Air or drone strike", "Suicide bomb": "Suicide bombing",
    "Shelling/artillery/missile attack": "Shelling", "Remote explosive/landmine/IED": "Bombing",
    "Grenade": "Grenade attack",
    "Sexual violence": "Sexual violence", "Attack": "Attack", "Abduction/forced disappearance": "Abduction",
    "Peaceful protest": "Protest", "Protest with intervention": "Protest broken up",
    "Excessive force against protesters": "Protesters shot",
    "Violent demonstration": "Riot", "Mob violence": "Mob violence",
    "Agreement": "Agreement", "Arrests": "Arrests", "Change to group/activity": "Change of an armed group",
    "Disrupted weapons use": "Weapons intercepted", "Headquarters or base established": "Base established",
    "Looting/property destruction": "Property destroyed", "Non-violent transfer of territory": "Handover of territory",
    "Other": "Talks or returns", "closure": "Crossing shut", "reopening": "Crossing reopened",
    "crossing refused": "Crossing refused",
}  # fmt: skip
"""What happened in two or three words, by ACLED sub-event type or border action."""

_MOST_NAMED = 3


def make_title(sub_event_type: str, places: Sequence[IncidentPlace]) -> str:
    """What and where in a few words ("Clash near Spin Boldak"); places that fire came from are left out."""
    noun = _NOUNS.get(sub_event_type, sub_event_type)
    where = [place for place in places if place.place is not None and place.role != "origin"]
    if not where:
        return noun
    line = next((place for place in where if place.precision == "line"), None)
    if line is not None and line.place is not None and len(where) > _MOST_NAMED:
        return f"{noun} along the {line.place.name}"
    return f"{noun} {_preposition(where[0])} {_join_names(where)}"


def _preposition(place: IncidentPlace) -> str:
    kind = place.place.kind if place.place else ""
    if place.precision == "line":
        return "along the"
    if place.precision == "near" and kind in ("settlement", "poi"):
        return "near"
    return "at" if kind in ("crossing", "poi") else "in"


def _join_names(places: Sequence[IncidentPlace]) -> str:
    names = list(dict.fromkeys(place.place.name for place in places if place.place))
    if len(names) > _MOST_NAMED:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more places"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
