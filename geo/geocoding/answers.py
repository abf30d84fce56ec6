"""Answers of a Nominatim server, taken apart with suspicion: what does not fit the question is refused, not shown."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from geopy.exc import GeocoderParseError, GeocoderQueryError
from geopy.location import Location

from geo.borders import measure_km
from geo.model import PlaceKind
from geo.text import display_text

SOURCE = "nominatim"
"""Value of ``Location.raw["source"]``."""
ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"
FARTHEST_KM = 100.0
"""A place farther than this from the point asked about is no answer to "what is here"."""
LONGEST_TEXT = 500
MOST_RESULTS = 50

Result = dict[str, Any]
"""One place as the store keeps it: id, name, address, kind, country, adm1, lat, lon."""

KINDS: Mapping[str, PlaceKind] = {
    "country": "country",
    **dict.fromkeys(("state", "province", "region", "state_district"), "adm1"),
    **dict.fromkeys(("county", "district", "municipality"), "adm2"),
    **dict.fromkeys(
        ("city", "town", "village", "hamlet", "isolated_dwelling", "suburb", "quarter", "neighbourhood"), "settlement"
    ),
    **dict.fromkeys(("border_control", "checkpoint"), "crossing"),
    **dict.fromkeys(("natural", "waterway", "mountain_pass", "valley", "river", "peak", "mountain_range"), "area"),
}
"""Kind of place by Nominatim's ``addresstype``; any other is a point of interest."""


def read_results(body: bytes) -> list[Mapping[str, Any]]:
    """The places in a server's answer; raises GeocoderParseError when it is no list of places."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise GeocoderParseError(f"the answer is not JSON: it begins {_beginning(body)!r}") from error
    if isinstance(said, Mapping) and "error" in said:
        if said["error"] == "Unable to geocode":
            return []
        raise GeocoderQueryError(display_text(str(said["error"]))[:LONGEST_TEXT])
    listed = [said] if isinstance(said, Mapping) else said
    if not isinstance(listed, list) or not all(isinstance(item, Mapping) for item in listed):
        raise GeocoderParseError(f"the answer is not a list of places: it begins {_beginning(body)!r}")
    return listed[:MOST_RESULTS]


def check_results(
    said: Iterable[Mapping[str, Any]], *, countries: Collection[str], near: tuple[float, float] | None = None
) -> list[Result]:
    """The places that fit the question; raises GeocoderParseError with the reason when there are some and none fits."""
    fitting, reasons = [], []
    for item in said:
        try:
            result = _read_result(item)
            _check_fit(result, countries, near)
        except ValueError as error:
            reasons.append(str(error))
        else:
            fitting.append(result)
    if reasons and not fitting:
        raise GeocoderParseError(f"the answer is refused: {reasons[0]}")
    return fitting


def make_location(result: Mapping[str, Any]) -> Location:
    """The geopy location of a kept result; ``raw`` has the same keys as the gazetteer's, and the attribution."""
    raw = {key: result[key] for key in ("id", "name", "kind", "country", "adm1")}
    raw |= {"population": None, "names": {}, "uncertainty_km": None, "source": SOURCE, "attribution": ATTRIBUTION}
    return Location(result["address"], (result["lat"], result["lon"]), raw)


def _read_result(item: Mapping[str, Any]) -> Result:
    """One place; raises ValueError with the reason when it cannot be one."""
    lat, lon = _read_degrees(item, "lat", 90), _read_degrees(item, "lon", 180)
    parts = item.get("address")
    parts = parts if isinstance(parts, Mapping) else {}
    address = _read_text(item.get("display_name"))
    if address is None:
        raise ValueError("a place has no name")
    country, adm1 = _read_text(parts.get("country_code")), _read_text(parts.get("ISO3166-2-lvl4"))
    return {
        "id": f"osm:{_read_text(item.get('osm_type'))}/{_read_text(item.get('osm_id'))}",
        "name": _read_text(item.get("name")) or address.split(",")[0],
        "address": address,
        "kind": KINDS.get(str(item.get("addresstype") or item.get("type")), "poi"),
        "country": country.upper() if country else None,
        "adm1": adm1,
        "lat": lat,
        "lon": lon,
    }


def _check_fit(result: Result, countries: Collection[str], near: tuple[float, float] | None) -> None:
    if countries and result["country"] not in countries:
        asked = " or ".join(sorted(countries))
        raise ValueError(f"{result['name']!r} lies in {result['country'] or 'no country'}, not in {asked} as asked")
    if near and measure_km(*near, result["lat"], result["lon"]) > FARTHEST_KM:
        raise ValueError(f"{result['name']!r} lies more than {FARTHEST_KM:g} km from the point asked about")


def _read_degrees(item: Mapping[str, Any], field: str, most: float) -> float:
    try:
        value = float(item.get(field, math.nan))
    except (TypeError, ValueError):
        value = math.nan
    if not abs(value) <= most:
        raise ValueError(f"{str(item.get(field))[:20]!r} is no {field} on the globe")
    return value


def _read_text(value: object) -> str | None:
    return display_text(str(value)).strip()[:LONGEST_TEXT] or None if isinstance(value, str | int) else None


def _beginning(body: bytes) -> str:
    return display_text(body[:60].decode(errors="replace"))
