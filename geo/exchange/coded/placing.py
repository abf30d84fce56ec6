"""The one place and the one point that a database asks for, and how they follow from an incident's."""

from __future__ import annotations

from geo.exchange.coded.scheme import Terms
from geo.model import Incident, IncidentPlace

Point = tuple[float, float]
"""Latitude and longitude."""


def event_place(incident: Incident) -> tuple[IncidentPlace | None, str]:
    """Where an incident happened; None, with the reason in words, when that is in no place or in several."""
    places = [place for place in incident.places if place.role == "event"]
    places = places or [place for place in incident.places if place.role == "target"]
    if not places:
        return None, "it names no place"
    if len(places) > 1:
        return None, f"it names {len(places)} places, among which its figures cannot be divided"
    return places[0], ""


def country_of(incident: Incident) -> str | None:
    """ISO code of the country an incident happened in; None when it is not known."""
    place, _ = event_place(incident)
    if place is None:
        return None
    named = place.place.country if place.place else None
    return named or (place.adm1.partition("-")[0] if place.adm1 else place.side)


def find_point(place: IncidentPlace, terms: Terms) -> tuple[Point | None, str]:
    """The point of a place, and by what rule where it has none of its own."""
    if place.precision == "line":
        if place.border_km_start is None:
            return None, ""
        end = place.border_km_start if place.border_km_end is None else place.border_km_end
        return terms.border.point_at((place.border_km_start + end) / 2), "the middle of the stretch of the border"
    named = place.place
    if place.precision == "adm1" and (named is None or named.lat is None or named.kind == "adm1"):
        unit = terms.atlas.unit(place.adm1)
        if unit is None or unit.lat is None or unit.lon is None:
            return None, ""
        return (unit.lat, unit.lon), "a point that stands for the province"
    if named is None or named.lat is None or named.lon is None:
        return None, ""
    rules = {"adm2": "a point that stands for the district", "country": "a point that stands for the country"}
    return (named.lat, named.lon), rules.get(place.precision, "")


def place_name(place: IncidentPlace, terms: Terms) -> str:
    """The name of a place, else of its province."""
    return place.place.name if place.place else terms.atlas.name_unit(place.adm1)
