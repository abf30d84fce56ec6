"""The gazetteer as a geopy geocoder: no key, no network, and usable in any code written for geopy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geopy.exc import GeocoderParseError, GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.borders import measure_km
from geo.gazetteer import Gazetteer
from geo.model import Place
from geo.text import match_key

LANGUAGES = ("en", "fa", "ps", "ur")
MOST_ANSWERS = 10
SEARCH_KM = 50.0
"""Farthest settlement that ``reverse`` names."""


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no annotations
    """Looks up names and coordinates in the gazetteer.

    Answers as geopy does: a ``Location``, a list of them with ``exactly_one=False``, None when nothing is found.
    ``Location.raw`` holds the place's id, kind, country, adm1, population and names.
    """

    def __init__(self, gazetteer: Gazetteer, *, timeout: float | None = DEFAULT_SENTINEL) -> None:
        super().__init__(timeout=timeout, user_agent="border-incidents")
        self._gazetteer = gazetteer
        self._grid: dict[tuple[int, int], list[int]] = {}

    def geocode(
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        language: str = "en",
        country_codes: str | Sequence[str] | None = None,
        timeout: float | None = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """The place or places of a name such as "Spin Boldak" or "Khost, Afghanistan", best first.

        ``query`` may also be a mapping with ``city``, ``state`` and ``country``. Later parts, separated by commas,
        must contain the first. ``timeout`` is accepted for geopy's sake: nothing waits here.
        """
        parts = _parts(query)
        language = _known_language(language)
        wanted = {country_codes} if isinstance(country_codes, str) else set(country_codes or ())
        wanted = {code.upper() for code in wanted}
        found = [
            place
            for place in self._gazetteer.find(parts[0])
            if (not wanted or place.country in wanted) and all(self._lies_in(place, part) for part in parts[1:])
        ]
        return _answer([_location(place, language) for place in found if place.lat is not None], exactly_one, limit)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        language: str = "en",
        timeout: float | None = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """The settlement or settlements nearest to a point (latitude, longitude), within SEARCH_KM."""
        point = _point(query)
        language = _known_language(language)
        near = []
        for place in self._around(point):
            distance = measure_km(point.latitude, point.longitude, place.lat or 0.0, place.lon or 0.0)
            if distance <= SEARCH_KM:
                near.append((distance, place.id, place))
        near.sort(key=lambda item: item[:2])
        return _answer(
            [_location(place, language) for _, _, place in near[: limit or MOST_ANSWERS]], exactly_one, limit
        )

    def _lies_in(self, place: Place, container: str) -> bool:
        """Whether a place lies in a unit or country of this name."""
        units = {unit.id for unit in self._gazetteer.find(container)}
        return f"adm1:{place.adm1}" in units or f"country:{place.country}" in units

    def _around(self, point: Point) -> list[Place]:
        """Settlements of the one-degree cells around a point; the grid is made when first asked for."""
        if not self._grid:
            for record, lat, lon in self._gazetteer.settlements():
                self._grid.setdefault((int(lat // 1), int(lon // 1)), []).append(record)
        row, column = int(point.latitude // 1), int(point.longitude // 1)
        reach = 1 if abs(point.latitude) < 60 else 3
        places = [place for place in self._gazetteer.border_places.values() if place.lat is not None]
        for cell in ((row + i, (column + j + 180) % 360 - 180) for i in (-1, 0, 1) for j in range(-reach, reach + 1)):
            places.extend(self._gazetteer.record(record) for record in self._grid.get(cell, ()))
        return places


def _parts(query: str | Mapping[str, str]) -> list[str]:
    if isinstance(query, Mapping):
        parts = [query[field] for field in ("city", "county", "state", "country") if query.get(field)]
    elif isinstance(query, str):
        parts = [part.strip() for part in query.split(",")]
    else:
        raise GeocoderQueryError(f"a name is wanted, not {type(query).__name__}")
    parts = [part for part in parts if match_key(part)]
    if not parts:
        raise GeocoderQueryError("the name is empty")
    return parts


def _point(query: Point | str | tuple[float, float]) -> Point:
    try:
        return query if isinstance(query, Point) else Point(query)
    except (ValueError, TypeError) as error:
        raise GeocoderQueryError(f"{query!r} is no pair of latitude and longitude: {error}") from error


def _known_language(language: str) -> str:
    code = language.split("-")[0].lower()
    if code not in LANGUAGES:
        raise GeocoderParseError(f"names are known in {', '.join(LANGUAGES)}, not in {language!r}")
    return code


def _location(place: Place, language: str) -> Location:
    name = place.names.get(language, place.name)
    raw: dict[str, Any] = {
        "id": place.id, "name": place.name, "kind": place.kind, "country": place.country, "adm1": place.adm1,
        "population": place.population, "names": dict(place.names), "uncertainty_km": place.uncertainty_km,
    }  # fmt: skip
    address = ", ".join(filter(None, (name, place.adm1, place.country if place.kind != "country" else None)))
    return Location(address, (place.lat, place.lon), raw)


def _answer(found: list[Location], exactly_one: bool, limit: int | None) -> Location | list[Location] | None:
    if not found:
        return None
    return found[0] if exactly_one else found[: limit or MOST_ANSWERS]
