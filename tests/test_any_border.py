"""Any two neighbours of the world are a border by being named: no code, no table of places, no data made for them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from geo.articles import make_article
from geo.borders import Border, open_border
from geo.boundaries import ensure_border, join_with_country
from geo.model import Incident, IncidentPlace
from geo.pipeline import join_places, load_tools, read_article


class Known(NamedTuple):
    """A place whose position and country are known."""

    name: str
    lat: float
    lon: float
    country: str
    most_km: float
    """It lies no farther than this from the line."""


ALONG = {
    "KH-TH": [
        Known("Hat Lek", 11.65, 102.91, "TH", 2),
        Known("Poipet", 13.657, 102.563, "KH", 4),
        Known("Surin", 14.88, 103.49, "TH", 60),
        Known("Preah Vihear temple", 14.39, 104.68, "KH", 4),
    ],
    "AM-AZ": [
        Known("Nakhchivan", 39.21, 45.41, "AZ", 40),
        Known("Yeraskh", 39.74, 44.82, "AM", 5),
        Known("Goris", 39.51, 46.34, "AM", 15),
        Known("Lachin", 39.64, 46.55, "AZ", 15),
        Known("Ijevan", 40.88, 45.15, "AM", 15),
    ],
    "IN-PK": [
        Known("Munabao", 25.745, 70.28, "IN", 6),
        Known("Wagah", 31.605, 74.573, "IN", 3),
        Known("Muzaffarabad", 34.37, 73.47, "PK", 35),
        Known("Kargil", 34.557, 76.126, "IN", 15),
    ],
    "KE-SO": [
        Known("Kismayo", -0.36, 42.55, "SO", 180),
        Known("Liboi", 0.357, 40.87, "KE", 15),
        Known("Dhobley", 0.41, 41.01, "SO", 8),
        Known("Beled Hawo", 3.93, 41.88, "SO", 4),
    ],
}
"""From the south-west end of each line to its north-east end."""


@pytest.fixture(scope="module", params=sorted(ALONG))
def border(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Border:
    """The border, named from either side."""
    reverse = "-".join(reversed(request.param.split("-")))
    return open_border(request.param, folder=ensure_border(reverse, tmp_path_factory.mktemp("borders")))


def test_the_line_has_a_name_kilometres_and_stretches_on_both_sides(border: Border) -> None:
    assert "border" in border.name
    assert list(border.km) == sorted(border.km)
    assert border.km[0] == 0
    assert {adm1[:2] for adm1 in border.stretches} | {"KE"} >= set(border.countries)
    assert all(0 <= start < end <= border.km[-1] for start, end in border.stretches.values())


def test_places_have_their_distance_and_side(border: Border) -> None:
    for known in ALONG[border.code]:
        location = border.locate(known.lat, known.lon)
        assert location.side == known.country, known.name
        assert location.distance_km <= known.most_km, known.name


def test_kilometres_grow_from_the_south_west_to_the_north_east(border: Border) -> None:
    marks = [border.locate(known.lat, known.lon).km for known in ALONG[border.code]]
    assert marks == sorted(marks)


def test_the_nearest_crossing_is_unknown_where_no_table_names_any(border: Border) -> None:
    assert border.crossings == ()
    assert border.nearest_crossing(13.657, 102.563) is None


@pytest.mark.parametrize(
    ("place", "lat", "lon", "country", "adm1"),
    [
        ("Poipet", 13.657, 102.563, "KH", "KH-1"),
        ("Poipet, if the text says Thailand", 13.657, 102.563, "TH", "TH-27"),
        ("O'Smach, across the generalised line", 14.43, 103.69, "KH", "KH-22"),
        ("Yeraskh", 39.74, 44.82, "AM", "AM-AR"),
        ("Yeraskh, if the text says Azerbaijan", 39.74, 44.82, "AZ", "AZ-SAD"),
        ("Wagah", 31.605, 74.573, "PK", "PK-PB"),
        ("Wagah, if the text says India", 31.605, 74.573, "IN", "IN-PB"),
        ("Amritsar is too far to be in Pakistan", 31.63, 74.87, "PK", "IN-PB"),
        ("Mandera, across the line, in a province without a code", 3.937, 41.867, "KE", None),
        ("Beled Hawo", 3.93, 41.88, "SO", "SO-GE"),
    ],
)
def test_within_5_km_the_country_of_the_text_wins(
    place: str, lat: float, lon: float, country: str, adm1: str | None
) -> None:
    assert join_with_country(lat, lon, country) == adm1, place


ARTICLES = {
    "KH-TH": "Two Thai soldiers were killed on Thursday in an exchange of fire with Cambodian troops in Poipet.",
    "AM-AZ": "Three Armenian servicemen were killed on Tuesday in shelling near Goris in Syunik province.",
    "IN-PK": "Indian troops exchanged fire with Pakistani soldiers near Uri on Monday, and four people were killed.",
    "KE-SO": "Five Kenyan police officers were killed on Friday when a roadside bomb hit their vehicle near Mandera.",
}


def read_place(code: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> tuple[Incident, IncidentPlace]:
    """The incident of the article and its only place, with a border that was built for it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    tools = load_tools(code)
    reading = read_article(make_article(ARTICLES[code], published=date(2025, 7, 26)), tools)
    (incident,) = (join_places(incident, tools.border) for incident in reading.incidents)
    (place,) = incident.places
    return incident, place


@pytest.mark.parametrize(
    ("code", "name", "adm1", "side", "most_km"),
    [
        ("KH-TH", "Paoy Paet", "KH-1", "KH", 4),
        ("AM-AZ", "Goris", "AM-SU", "AM", 15),
        ("IN-PK", "Uri", "IN-JK", "IN", 10),
        ("KE-SO", "Mandera", "KE-24", "KE", 3),
    ],
)
def test_an_article_about_it_is_read_with_province_side_and_distance(
    code: str, name: str, adm1: str, side: str, most_km: float, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    incident, place = read_place(code, monkeypatch, tmp_path)
    assert place.place is not None
    assert (place.place.name, place.adm1, place.side) == (name, adm1, side)
    assert place.distance_to_border_km is not None
    assert place.distance_to_border_km <= most_km
    assert place.nearest_crossing is None
    assert incident.claims[0].metric == "killed"
