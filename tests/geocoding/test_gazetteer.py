"""The gazetteer answers as a geopy geocoder: what geopy's users may ask, and what they get back."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.gazetteer import Gazetteer
from geo.geocoding import GazetteerGeocoder
from geo.model import Place


@pytest.fixture(scope="module")
def geocoder(gazetteer: Gazetteer) -> GazetteerGeocoder:
    return GazetteerGeocoder(gazetteer)


def ids(found: list[Location] | None) -> list[str]:
    return [location.raw["id"] for location in found or []]


def test_it_is_a_geocoder_of_geopy_and_works_behind_its_rate_limiter(geocoder: GazetteerGeocoder) -> None:
    assert isinstance(geocoder, Geocoder)
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0, max_retries=1)
    assert isinstance(geocode("Spin Boldak"), Location)
    assert geocode("") is None, "the limiter turns geopy's exceptions into None"


def test_a_location_has_address_point_and_the_places_record(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.geocode("Torkham")
    assert found.address == "Torkham, PK-KP, PK"
    assert (round(found.latitude, 1), round(found.longitude, 1)) == (34.1, 71.1)
    assert found.raw["id"] == "border:torkham"
    assert found.raw["kind"] == "crossing"
    assert found.raw["names"]["ps"] == "تورخم"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Khost", "adm1:AF-KHO"),
        ("Khost province", "adm1:AF-KHO"),
        ("Khost city", "geonames:1136469"),
        ("Spera district", "border:spera-district"),
        ("Spera, Khost, Afghanistan", "border:spera-district"),
        ("Jalalabad, Afghanistan", "geonames:1139715"),
        ("Jalalabad, Punjab, India", "geonames:1269445"),
        ("Jani Khel, Paktika", "border:jani-khel-paktika-district"),
        ("London, Ontario, Canada", "geonames:6058560"),
        ("خوست", "adm1:AF-KHO"),
        ("تورخم، افغانستان", "border:torkham"),
        ("Torkham, Nangarhar", "border:torkham"),
        ("Torkham, Khyber Pakhtunkhwa, Pakistan", "border:torkham"),
        ("  torkham ", "border:torkham"),
        ({"city": "London", "country": "Canada"}, "geonames:6058560"),
    ],
)
def test_a_name_and_what_contains_it_find_the_place(
    geocoder: GazetteerGeocoder, query: str | dict[str, str], wanted: str
) -> None:
    assert geocoder.geocode(query).raw["id"] == wanted


@pytest.mark.parametrize(
    "query", ["Xyzzyville", "Torkham, France", "Paris, Khost", "Khost valley", "Durand Line", "province", "Q" * 85]
)
def test_what_is_not_known_is_none(geocoder: GazetteerGeocoder, query: str) -> None:
    """The Durand Line is known, but no point can stand for it."""
    assert geocoder.geocode(query) is None
    assert geocoder.geocode(query, exactly_one=False) is None


def test_all_bearers_of_a_name_are_a_list_within_the_limit(geocoder: GazetteerGeocoder) -> None:
    assert len(geocoder.geocode("Jalalabad", exactly_one=False, limit=3)) == 3
    assert len(geocoder.geocode("San José", exactly_one=False)) == 10
    with pytest.raises(ValueError, match="less than 1"):
        geocoder.geocode("Jalalabad", exactly_one=False, limit=0)


@pytest.mark.parametrize("codes", ["IN", "in", ["in"], ("IN", "BD"), "IN,BD"])
def test_country_codes_limit_the_answer(geocoder: GazetteerGeocoder, codes: str | list[str]) -> None:
    found = geocoder.geocode("Jalalabad", country_codes=codes, exactly_one=False)
    assert {location.raw["country"] for location in found} <= {"IN", "BD"}


@pytest.mark.parametrize("codes", ["India", "I", ["AF", "1N"], "AF;PK"])
def test_a_country_code_that_is_none_is_a_query_error(geocoder: GazetteerGeocoder, codes: str | list[str]) -> None:
    with pytest.raises(GeocoderQueryError, match="two letters"):
        geocoder.geocode("Jalalabad", country_codes=codes)


def test_a_viewbox_prefers_and_a_bounded_one_limits(geocoder: GazetteerGeocoder) -> None:
    punjab = [(29.0, 73.0), Point(32.0, 76.0)]
    everywhere = geocoder.geocode("Jalalabad", exactly_one=False)
    preferred = geocoder.geocode("Jalalabad", viewbox=punjab, exactly_one=False)
    assert preferred[0].raw["adm1"] == "IN-PB"
    assert sorted(ids(preferred)) == sorted(ids(everywhere))
    assert ids(geocoder.geocode("Jalalabad", viewbox=punjab, bounded=True, exactly_one=False)) == [ids(preferred)[0]]
    with pytest.raises(GeocoderQueryError, match="two corners"):
        geocoder.geocode("Jalalabad", viewbox=[(29.0, 73.0)])


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("ps", "پېښور"),
        ("ur", "پشاور"),
        ("ur-PK,en;q=0.5", "پشاور"),
        ("de,fa", "پیشاور"),
        ("de", "Peshawar"),
        (False, "Peshawar"),
    ],
)
def test_names_come_in_the_first_language_that_is_known(
    geocoder: GazetteerGeocoder, language: str | bool, name: str
) -> None:
    assert geocoder.geocode("Peshawar", language=language).address.startswith(f"{name},")


@pytest.mark.parametrize("query", ["", " , ,", "\0", None, 5, {"city": ""}, "x" * 200_000])
def test_what_is_no_name_is_a_query_error(geocoder: GazetteerGeocoder, query: object) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)


# Points


@pytest.mark.parametrize("point", [(34.12, 71.09), "34.12, 71.09", Point(34.12, 71.09)])
def test_a_point_is_named_after_the_nearest_place(geocoder: GazetteerGeocoder, point: object) -> None:
    assert geocoder.reverse(point).raw["id"] == "border:torkham"


def test_places_around_a_point_come_nearest_first(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.reverse((34.0, 71.5), exactly_one=False, limit=4)
    assert len(found) == 4
    assert all(location.raw["country"] == "PK" for location in found)


def test_across_the_date_line_places_are_near() -> None:
    def village(name: str, lon: float) -> Place:
        return Place(id=name, name=name, kind="settlement", country="FJ", lat=-16.8, lon=lon)

    class Islands:
        border_places: Mapping[str, Place] = {}

        def settlements(self) -> list[tuple[int, float, float]]:
            return [(0, -16.8, 179.7), (1, -16.8, -179.9)]

        def record(self, number: int) -> Place:
            return (village("west", 179.7), village("east", -179.9))[number]

    geocoder = GazetteerGeocoder(Islands())
    for lon in (179.99, -179.99):
        assert ids(geocoder.reverse((-16.8, lon), exactly_one=False)) == ["east", "west"]


@pytest.mark.parametrize("point", [(0, 0), (90, 0), (-90, 180), (15.0, 65.0)])
def test_far_from_any_place_the_answer_is_none(geocoder: GazetteerGeocoder, point: tuple[float, float]) -> None:
    assert geocoder.reverse(point) is None
    assert geocoder.reverse(point, exactly_one=False) is None


@pytest.mark.parametrize("point", ["Khost", "", None, (1,), (99, 0), ("a", "b"), (float("nan"), 0), (float("inf"), 0)])
def test_what_is_no_point_is_a_query_error(geocoder: GazetteerGeocoder, point: object) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse(point)
