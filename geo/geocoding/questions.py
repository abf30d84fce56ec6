"""What geopy's users may ask with, read and checked alike for every geocoder, and how the answer is given back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from geopy.exc import GeocoderQueryError
from geopy.location import Location
from geopy.point import Point

from geo.text import display_text, match_key

MOST_ANSWERS = 10
LONGEST_NAME = 500
"""Letters of a name; the longest place name of the world has 85, an address a few hundred."""
PARTS = ("city", "county", "state", "country")
"""What a mapping may name, smallest first."""

Codes: TypeAlias = str | Sequence[str] | None
"""Countries as ISO 3166-1 alpha-2 codes in any case: one, a list, or several with commas between."""
Coordinates: TypeAlias = Point | str | tuple[float, float]
Viewbox: TypeAlias = Sequence[Coordinates] | None
"""Two opposite corners."""


class Bounds(NamedTuple):
    """A box of latitudes and longitudes."""

    south: float
    west: float
    north: float
    east: float

    def hold(self, lat: float, lon: float) -> bool:
        """Whether a point lies in the box."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


def read_name(query: str | Mapping[str, str]) -> list[str]:
    """The parts of a name, smallest first; raises GeocoderQueryError when it is empty, too long or no text."""
    if isinstance(query, Mapping):
        parts = [str(query[field]) for field in PARTS if query.get(field)]
    elif isinstance(query, str):
        parts = [query]
    else:
        raise GeocoderQueryError(f"a name is wanted, not {type(query).__name__}")
    if sum(map(len, parts)) > LONGEST_NAME:
        raise GeocoderQueryError(f"the name is longer than {LONGEST_NAME} letters")
    named = [clean_text(piece) for part in parts for piece in re.split("[,،]", part) if match_key(clean_text(piece))]
    if not named:
        raise GeocoderQueryError("the name is empty")
    return named


def clean_text(text: str) -> str:
    """The text without control characters and lone surrogates, its runs of space made one."""
    return " ".join(display_text(text).split())


def read_codes(codes: Codes) -> frozenset[str]:
    """Country codes in capitals; empty for any country."""
    listed = codes.split(",") if isinstance(codes, str) else list(codes or ())
    wanted = frozenset(code.strip().upper() for code in listed)
    wrong = sorted(code for code in wanted if not (len(code) == 2 and code.isascii() and code.isalpha()))
    if wrong:
        raise GeocoderQueryError(f"{wrong[0]!r} is not a country code of two letters")
    return wanted


def read_limit(limit: int | None) -> int:
    """How many answers at most; as in geopy, a limit below 1 is a ValueError."""
    if limit is not None and int(limit) < 1:
        raise ValueError("Limit cannot be less than 1")
    return MOST_ANSWERS if limit is None else int(limit)


def read_point(query: Coordinates) -> Point:
    """The point; raises GeocoderQueryError when it is none, or not on the globe."""
    if query is None:  # geopy would take it for 0, 0
        raise GeocoderQueryError("a pair of latitude and longitude is wanted")
    try:
        return query if isinstance(query, Point) else Point(query)
    except (ValueError, TypeError) as error:
        raise GeocoderQueryError(f"{query!r} is no pair of latitude and longitude: {error}") from error


def read_bounds(viewbox: Viewbox) -> Bounds | None:
    """The box between two corners; None for none."""
    if not viewbox:
        return None
    if len(viewbox) != 2:
        raise GeocoderQueryError("a viewbox is two corners")
    one, other = map(read_point, viewbox)
    (south, north), (west, east) = sorted((one.latitude, other.latitude)), sorted((one.longitude, other.longitude))
    return Bounds(south, west, north, east)


def choose(found: list[Location], *, exactly_one: bool, most: int) -> Location | list[Location] | None:
    """What geopy gives back: the best, or a list of so many, or None where there is none."""
    if not found:
        return None
    return found[0] if exactly_one else found[:most]
