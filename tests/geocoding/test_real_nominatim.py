"""The chain against a real Nominatim server, whose extract (``tiny.osm``) holds two villages no gazetteer knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location

from geo.articles import make_article
from geo.fetch import ask_service
from geo.gazetteer import Gazetteer
from geo.geocoding import ChainedGeocoder, open_geocoder
from geo.pipeline import UNANSWERED, add_article, ask_for_places, load_tools
from geo.store import Store
from tests.geocoding.conftest import Clock


@pytest.fixture
def geocoder(
    nominatim: str, gazetteer: Gazetteer, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> ChainedGeocoder:
    """The gazetteer and the server, whose turns pass without waiting."""
    monkeypatch.setenv("BORDER_INCIDENTS_NOMINATIM", nominatim)
    opened = open_geocoder(gazetteer, cache=store.answers, fetch=ask_service)
    monkeypatch.setattr(opened.geocoders[1], "_sleep", clock.sleep)
    return opened


def test_what_the_gazetteer_knows_is_not_asked(geocoder: ChainedGeocoder) -> None:
    assert geocoder.geocode("Khost").raw["source"] == "gazetteer"


def test_a_village_the_gazetteer_does_not_know_is_found(geocoder: ChainedGeocoder) -> None:
    found = geocoder.geocode("Shinkaisar")
    assert (found.latitude, found.longitude) == (32.95, 70.42)
    assert found.address == "Shinkaisar, Khyber Pakhtunkhwa, Pakistan"
    wanted = {"kind": "settlement", "country": "PK", "adm1": "PK-KP", "source": "nominatim"}
    assert wanted.items() <= found.raw.items()


@pytest.mark.parametrize("name", ["شینکی سر", "زرکوټ آباد"])
def test_names_in_urdu_and_pashto_are_found(geocoder: ChainedGeocoder, name: str) -> None:
    assert geocoder.geocode(name, language="ps").raw["name"] == name


@pytest.mark.parametrize(("country", "point"), [("AF", (33.12, 69.71)), ("PK", (32.85, 70.55))])
def test_of_two_villages_of_a_name_the_one_in_the_country_is_found(
    geocoder: ChainedGeocoder, country: str, point: tuple[float, float]
) -> None:
    assert len(geocoder.geocode("Zarkotabad", exactly_one=False)) == 2
    found = geocoder.geocode("Zarkotabad", country_codes=country)
    assert (found.latitude, found.longitude) == point


def test_a_structured_question_is_understood(geocoder: ChainedGeocoder) -> None:
    assert geocoder.geocode({"city": "Zarkotabad", "state": "Khyber Pakhtunkhwa"}).raw["country"] == "PK"


@pytest.mark.parametrize("name", ["Durand Line", "Shinkaysaar"])
def test_neither_a_line_nor_a_misspelling_is_found(geocoder: ChainedGeocoder, name: str) -> None:
    assert geocoder.geocode(name) is None


def test_a_point_is_answered_by_the_server_when_asked_alone(geocoder: ChainedGeocoder) -> None:
    online = geocoder.geocoders[1]
    assert online.reverse((33.12, 69.71), language="en").raw["name"] == "Zarkotabad"
    assert online.reverse((0, 0)) is None


def test_what_was_found_stays_known_without_the_server(
    geocoder: ChainedGeocoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    geocode: Callable[..., Location] = RateLimiter(geocoder.geocode, min_delay_seconds=0, swallow_exceptions=False)
    assert geocode("Shinkaisar") is not None
    monkeypatch.setattr(geocoder.geocoders[1], "_put", None)
    assert geocode("Shinkaisar").raw["name"] == "Shinkaisar"


def test_an_article_added_gets_the_village_that_only_the_server_knows(
    nominatim: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two villages called Zarkotabad the one in the province that the article names; of another nothing is known."""
    monkeypatch.setenv("BORDER_INCIDENTS_NOMINATIM", nominatim)
    tools = ask_for_places(load_tools("AF-PK"), store)
    text = (
        "At least four people were killed in an airstrike in Zarkotabad village in Khost province on Monday. "
        "Five soldiers were killed in a clash in Nirgendwobad village in Paktika province on Sunday."
    )
    article = make_article(text, published=date(2025, 10, 14), language="en")
    added = add_article(store, article, tools, time=datetime(2025, 10, 14, tzinfo=UTC))
    assert UNANSWERED not in added.flags
    reading = store.reading(article.id)
    assert reading
    found = {one.toponym.text: one for one in reading.toponyms}
    assert found["Zarkotabad"].place
    assert (found["Zarkotabad"].place.lat, found["Zarkotabad"].place.lon) == (33.12, 69.71)
    assert found["Zarkotabad"].reason.startswith("found by Nominatim, not in the gazetteer")
    assert found["Nirgendwobad"].place is None
    assert "osm" in {p.place.id.split(":")[0] for one in added.incidents for p in one.places if p.place}
