"""Parts of an incident that rows of both databases are made into."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.exchange.coded.atlas import Atlas
from geo.model import Actor, ActorKind, IncidentPlace, Place, PlaceKind, Precision

_FORCES_OF = re.compile(
    r"^(?:Military Forces|Police Forces|Government|Forces|Armed Forces) of (?:the )?(?P<country>[^(,:]+)", re.IGNORECASE
)
_CIVILIANS = re.compile(r"^civilians?\b", re.IGNORECASE)


def make_actor(name: str, kind: ActorKind | None, side: str | None, atlas: Atlas) -> Actor:
    """A party by its name, and by the kind its database says it is of; None when the database has no kinds."""
    country = country_of_forces(name, atlas)
    if _CIVILIANS.match(name):
        return Actor(name=name, kind="civilians", side=side, party="civilians")
    if country is not None and kind in (None, "state forces", "other"):
        return Actor(name=name, kind="state forces", side=side, party=f"forces:{country}")
    kind = kind or "armed group"
    return Actor(name=name, kind=kind, side=side, party=f"group:{name}" if kind == "armed group" else None)


def country_of_forces(name: str, atlas: Atlas) -> str | None:
    """ISO code of the country whose forces or government an actor is; None when it is another kind of actor."""
    found = _FORCES_OF.match(name)
    return atlas.country_named(found["country"].strip()) if found else None


def make_place(precision: Precision, place: Place, adm1: str | None, atlas: Atlas) -> IncidentPlace:
    """Where a row says it happened, no more precisely than it says: a province has no point of its own here."""
    if precision == "adm1":
        return IncidentPlace(place=atlas.unit(adm1), adm1=adm1, precision="adm1" if adm1 else "unknown")
    if precision == "country":
        return IncidentPlace(place=atlas.country(place.country), precision="country")
    if precision == "line":
        return IncidentPlace(place=atlas.line, precision="line" if atlas.line else "unknown")
    if precision == "unknown" or place.lat is None or place.lon is None:
        return IncidentPlace(place=None, adm1=adm1, precision="unknown")
    kind: PlaceKind = "adm2" if precision == "adm2" else "settlement"
    return IncidentPlace(place=replace(place, kind=kind, adm1=adm1), adm1=adm1, precision=precision)
