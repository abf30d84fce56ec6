"""Where an incident happened, as an editor says: a place of the gazetteer or a point, joined with the border anew."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from geo.errors import UsageError
from geo.model import Incident, IncidentPlace, Place, PlaceKind, PlaceRole, Precision
from geo.pipeline import Tools, join_places
from geo.review.values import (
    Json,
    read_choice,
    read_list,
    read_number,
    read_object,
    read_optional_text,
    read_text,
)

MOST_PLACES = 40
LONGEST_NAME = 200
LARGEST_RADIUS_KM = 500.0
_POINTS = ("exact", "near", "adm2")
_FIELDS = ("place", "adm1", "role", "precision", "radius_km", "border_km_start", "border_km_end", "side")
_OF_A_POINT = ("id", "name", "kind", "country", "adm1", "lat", "lon")


def read_places(value: object, before: Incident, tools: Tools) -> tuple[IncidentPlace, ...]:
    """Places as they were typed: records of the incident as they are, or objects.

    An object has ``place``: the id of a place of the gazetteer or of the incident, an object ``{name, lat, lon, kind,
    country}`` for a point of its own, or None; ``precision``, and where it matters ``adm1``, ``role``, ``radius_km``
    (near), ``border_km_start`` and ``border_km_end`` (line) and ``side``. Its province is the one said, else that of
    its point; its distance to the border, side and nearest crossing are worked out. Raises UsageError in a sentence.
    """
    found = read_list(value, "places", most=MOST_PLACES)
    return tuple(
        one if isinstance(one, IncidentPlace) and one in before.places else _put(one, n, before, tools)
        for n, one in enumerate(found, 1)
    )


def _put(value: object, n: int, before: Incident, tools: Tools) -> IncidentPlace:
    """The place that was typed; the incident's own where it says the same."""
    joined = _join(_read_place(value, n, before, tools), before, tools)
    return next((own for own in before.places if replace(own, toponym=None) == joined), joined)


def _read_place(value: object, n: int, before: Incident, tools: Tools) -> IncidentPlace:
    what = f"place {n}"
    if isinstance(value, IncidentPlace):
        value = {name: getattr(value, name) for name in _FIELDS}
    told = read_object(value, what, _FIELDS)
    precision = read_choice(told.get("precision"), f"the precision of {what}", get_args(Precision))
    length = tools.border.km[-1]
    side = told.get("side") or None
    read = IncidentPlace(
        place=_find_place(told.get("place"), what, before, tools),
        adm1=_read_province(told.get("adm1"), what, tools),
        role=read_choice(told.get("role", "event"), f"the role of {what}", get_args(PlaceRole)),
        precision=precision,
        radius_km=read_number(told.get("radius_km"), f"the radius of {what}", 0.0, LARGEST_RADIUS_KM),
        border_km_start=read_number(told.get("border_km_start"), f"the first kilometre of {what}", 0.0, length),
        border_km_end=read_number(told.get("border_km_end"), f"the last kilometre of {what}", 0.0, length),
        side=None if side is None else read_choice(side, f"the side of {what}", tools.border.countries),
    )
    _check_place(read, what)
    return read


def _find_place(value: object, what: str, before: Incident, tools: Tools) -> Place | None:
    if value is None or value == "":
        return None
    if isinstance(value, Place):
        value = value.id if _look_up(value.id, before, tools) else {k: getattr(value, k) for k in _OF_A_POINT}
    if isinstance(value, str):
        place = _look_up(value, before, tools)
        if place is None:
            raise UsageError(f"{what} names {value!r}, which is no place of the gazetteer")
        return place
    return _read_point(read_object(value, what, _OF_A_POINT), what, tools)


def _look_up(id_: str, before: Incident, tools: Tools) -> Place | None:
    own = (joined.place for joined in before.places if joined.place and joined.place.id == id_)
    return next(own, None) or tools.gazetteer.place(id_)


def _read_point(told: Json, what: str, tools: Tools) -> Place:
    """A place that no gazetteer has: a name and a point, which are its id as well."""
    lat = read_number(told.get("lat"), f"the latitude of {what}", -90.0, 90.0)
    lon = read_number(told.get("lon"), f"the longitude of {what}", -180.0, 180.0)
    if lat is None or lon is None:
        raise UsageError(f"{what} needs a latitude and a longitude, or the id of a place")
    country = told.get("country") or None
    if country is not None and tools.gazetteer.place(f"country:{country}") is None:
        raise UsageError(f"{what} lies in {country!r}, which is no country's code")
    return Place(
        id=f"point:{lat:.5f},{lon:.5f}",
        name=read_text(told.get("name"), f"the name of {what}", most=LONGEST_NAME),
        kind=read_choice(told.get("kind") or "poi", f"the kind of {what}", get_args(PlaceKind)),
        country=country,
        adm1=_read_province(told.get("adm1"), what, tools),
        lat=lat,
        lon=lon,
    )


def _read_province(value: object, what: str, tools: Tools) -> str | None:
    code = read_optional_text(value, f"the province of {what}", most=32)
    if code is not None and tools.gazetteer.place(f"adm1:{code}") is None:
        raise UsageError(f"{what} lies in {code!r}, which is no province's code")
    return code


def _check_place(read: IncidentPlace, what: str) -> None:
    """What a precision needs, and what it cannot have."""
    point = read.place is not None and read.place.lat is not None and read.place.lon is not None
    if read.precision in _POINTS and not point:
        raise UsageError(f"{what} cannot be {read.precision}: it has no point")
    if read.precision == "adm1" and not (read.adm1 or (read.place and read.place.adm1)):
        raise UsageError(f"{what} cannot be a province: none is named")
    if read.radius_km is not None and read.precision != "near":
        raise UsageError(f"{what} has a radius, and only a place near another has one")
    ends = (read.border_km_start, read.border_km_end)
    if any(end is not None for end in ends) and read.precision != "line":
        raise UsageError(f"{what} has kilometres of the border, and is no stretch of it")
    if (ends[0] is None) != (ends[1] is None) or (ends[0] is not None and ends[1] is not None and ends[1] < ends[0]):
        raise UsageError(f"the stretch of the border of {what} needs a first and a last kilometre, in order")


def _join(read: IncidentPlace, before: Incident, tools: Tools) -> IncidentPlace:
    """The place with its province and how it lies to the border; a province that was said stands."""
    (joined,) = join_places(replace(before, places=(read,)), tools.border).places
    return replace(joined, adm1=read.adm1) if read.adm1 else joined
