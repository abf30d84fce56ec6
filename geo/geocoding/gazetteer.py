"""The gazetteer as a geopy geocoder: no key, no network, and usable in any code written for geopy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.borders import measure_km
from geo.gazetteer import Gazetteer
from geo.geocoding.questions import (
    Codes,
    Coordinates,
    Viewbox,
    choose,
    read_bounds,
    read_codes,
    read_limit,
    read_name,
    read_point,
)
from geo.model import Place, PlaceKind
from geo.text import match_key

SOURCE = "gazetteer"
"""Value of ``Location.raw["source"]``."""
LANGUAGES = ("en", "fa", "ps", "ur")
SEARCH_KM = 50.0
"""Farthest place that ``reverse`` names."""

FEATURES: Mapping[str, frozenset[PlaceKind]] = {
    "province": frozenset({"adm1"}),
    "state": frozenset({"adm1"}),
    "district": frozenset({"adm2"}),
    "agency": frozenset({"adm2", "area"}),
    "tehsil": frozenset({"adm2", "area"}),
    "county": frozenset({"adm2"}),
    "city": frozenset({"settlement"}),
    "town": frozenset({"settlement"}),
    "village": frozenset({"settlement"}),
    "crossing": frozenset({"crossing"}),
    "valley": frozenset({"area"}),
}
"""Words that, at the end of a name which is not known with them, say what kind of place is meant."""


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Looks up names and coordinates in the gazetteer.

    Answers as geopy does: a ``Location``, a list of them with ``exactly_one=False``, None when nothing is found.
    ``Location.raw`` holds the place's id, kind, country, adm1, population, names, uncertainty_km and source.
    """

    def __init__(self, gazetteer: Gazetteer, *, timeout: float | None = DEFAULT_SENTINEL) -> None:
        super().__init__(timeout=timeout, user_agent="border-incidents")
        self._gazetteer = gazetteer

    def geocode(  # noqa: PLR0913  the parameters are geopy's
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        language: str | bool = "en",
        country_codes: Codes = None,
        viewbox: Viewbox = None,
        bounded: bool = False,
        timeout: float | None = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """The place or places of a name such as "Spin Boldak", "Khost province" or "Spera, Khost, Afghanistan".

        Later parts must contain the first; a mapping may hold ``city``, ``county``, ``state`` and ``country``. Best
        comes first: the border in view before the world, own names before others, large before small, and inside
        the ``viewbox`` before outside. ``timeout`` is accepted for geopy's sake: nothing waits here. Places without
        a point, such as a border line, are not found.
        """
        name, *containers = read_name(query)
        codes, bounds, most = read_codes(country_codes), read_bounds(viewbox), read_limit(limit)
        found = [place for place in self._named(name) if place.lat is not None and place.lon is not None]
        found = [place for place in found if not codes or codes & self._countries_of(place)]
        found = [place for place in found if all(self._lies_in(place, container) for container in containers)]
        if bounds:
            inside = [place for place in found if bounds.hold(place.lat or 0.0, place.lon or 0.0)]
            found = inside if bounded else [*inside, *(place for place in found if place not in inside)]
        spoken = _known_language(language)
        return choose([_location(place, spoken) for place in found], exactly_one=exactly_one, most=most)

    def reverse(
        self,
        query: Coordinates,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        language: str | bool = "en",
        timeout: float | None = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """The settlements and places of the border's table nearest to a point (latitude, longitude), to SEARCH_KM."""
        point, most, spoken = read_point(query), read_limit(limit), _known_language(language)
        near = []
        for place in self._around(point):
            distance = measure_km(point.latitude, point.longitude, place.lat or 0.0, _beside(point, place.lon or 0.0))
            if distance <= SEARCH_KM:
                near.append((distance, place.id, place))
        near.sort(key=lambda item: item[:2])
        return choose([_location(place, spoken) for *_, place in near[:most]], exactly_one=exactly_one, most=most)

    def _named(self, name: str) -> tuple[Place, ...]:
        """Places of a name; where none is known, those of the name before a feature word ("Khost province")."""
        found = self._gazetteer.find(name)
        start, _, last = match_key(name).rpartition(" ")
        if found or last not in FEATURES:
            return found
        return tuple(place for place in self._gazetteer.find(start) if place.kind in FEATURES[last])

    def _lies_in(self, place: Place, container: str) -> bool:
        """Whether a place lies in a country, a unit or a district or valley of this name."""
        return any(self._holds(unit, place) for unit in self._named(container))

    def _holds(self, unit: Place, place: Place) -> bool:
        if unit.kind == "country":
            return unit.country in self._countries_of(place)
        if unit.kind == "adm1":
            return unit.adm1 is not None and unit.adm1 in (place.adm1, self._across(place))
        known = self._gazetteer.extras.get(unit.id)
        if known is None or known.radius_km is None or unit.lat is None or unit.lon is None:
            return False
        return measure_km(unit.lat, unit.lon, place.lat or 0.0, place.lon or 0.0) <= known.radius_km

    def _countries_of(self, place: Place) -> set[str | None]:
        """The country of a place; a crossing lies in two."""
        across = self._across(place)
        return {place.country, across[:2]} if across else {place.country}

    def _across(self, place: Place) -> str | None:
        """For a crossing, the unit on the other side."""
        known = self._gazetteer.extras.get(place.id)
        return known.across if known else None

    def _around(self, point: Point) -> Iterator[Place]:
        """Settlements of the one-degree cells around a point, and the border's places."""
        yield from (place for place in self._gazetteer.border_places.values() if place.lat is not None)
        row, column = int(point.latitude // 1), int(point.longitude // 1)
        reach = 1 if abs(point.latitude) < 60 else 3
        for cell in ((row + i, (column + j + 180) % 360 - 180) for i in (-1, 0, 1) for j in range(-reach, reach + 1)):
            yield from map(self._gazetteer.record, self._grid.get(cell, ()))

    @cached_property
    def _grid(self) -> Mapping[tuple[int, int], Iterable[int]]:
        """Record numbers of the world's settlements by one-degree cell."""
        grid: dict[tuple[int, int], list[int]] = {}
        for record, lat, lon in self._gazetteer.settlements():
            grid.setdefault((int(lat // 1), int(lon // 1)), []).append(record)
        return grid


def _known_language(language: str | bool) -> str:
    """The first language of a list such as "ps,en;q=0.5" in which names are known, else English."""
    wanted = (part.strip()[:2].lower() for part in language.split(",")) if isinstance(language, str) else ()
    return next((code for code in wanted if code in LANGUAGES), "en")


def _beside(point: Point, lon: float) -> float:
    """The longitude counted so that it lies on the point's side of the date line."""
    here: float = point.longitude
    return here + (lon - here + 180) % 360 - 180


def _location(place: Place, language: str) -> Location:
    name = place.names.get(language, place.name)
    raw: dict[str, Any] = {
        "id": place.id, "name": place.name, "kind": place.kind, "country": place.country, "adm1": place.adm1,
        "population": place.population, "names": dict(place.names), "uncertainty_km": place.uncertainty_km,
        "source": SOURCE,
    }  # fmt: skip
    address = ", ".join(filter(None, (name, place.adm1, place.country if place.kind != "country" else None)))
    return Location(address, (place.lat, place.lon), raw)
