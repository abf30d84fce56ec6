"""The line between two countries: distances, kilometres, sides, crossings."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import boundaries
from geo.borders import Border, LineRecord, measure_km, open_border, read_line, stretch_between
from geo.boundaries.units import country_shape
from geo.errors import DataError

ELLIPSOID = pyproj.Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def durand() -> Border:
    return open_border("AF-PK")


def staircase(**changes: object) -> LineRecord:
    """A line of three vertices that goes east, then north; "XA" lies left of it."""
    record: LineRecord = {
        "code": "XA-XB",
        "countries": ["XA", "XB"],
        "names": {"en": "Staircase"},
        "note": [],
        "coordinates": [[10.0, 0.0], [11.0, 0.0], [11.0, 1.0]],
        "km": [0.0, 111.0, 222.0],
        "breaks": [],
        "left": ["XA"],
        "stretches": {"XA-1": [0.0, 111.0]},
        "attribution": "",
    }
    return {**record, **changes}  # type: ignore[typeddict-item]


def test_the_durand_line_has_its_names_and_is_called_disputed(durand: Border) -> None:
    assert durand.name == "Durand Line"
    assert durand.names["ps"] == "د ډیورنډ کرښه"
    assert set(durand.names) == {"en", "fa", "ps", "ur"}
    assert durand.disputed_note == "disputed: Kabul does not recognise it"


def test_kilometre_0_is_the_south_west_end(durand: Border) -> None:
    (south, west), (north, east) = durand.coordinates[0], durand.coordinates[-1]
    assert (south, west) < (30.0, 61.0)
    assert (north, east) > (36.9, 74.0)


def test_kilometres_are_those_of_a_geodesic_along_the_line(durand: Border) -> None:
    lats, lons = zip(*durand.coordinates, strict=True)
    assert durand.km[-1] == pytest.approx(ELLIPSOID.line_length(lons, lats) / 1000, rel=1e-4)
    assert all(a < b for a, b in pairwise(durand.km))


def test_crossings_come_in_the_order_of_the_line(durand: Border) -> None:
    """From Chaman in the south-west by Angoor Adda to Torkham in the north-east."""
    km = {crossing.place_id: crossing.km for crossing in durand.crossings}
    assert km["border:friendship-gate"] < km["border:angoor-adda"] < km["border:torkham"]
    assert list(km.values()) == sorted(km.values())


def test_crossings_lie_on_the_line_as_far_as_both_are_known(durand: Border) -> None:
    """30 km is the uncertainty of the worst placed gate; the median must be within the line's own error."""
    off = sorted(durand.locate(c.lat, c.lon).distance_km for c in durand.crossings)
    assert off[-1] < 30
    assert off[len(off) // 2] < 5


def test_the_nearest_crossing_of_khost_is_ghulam_khan(durand: Border) -> None:
    nearest = durand.nearest_crossing(33.34, 69.92)
    assert nearest is not None
    assert nearest[0].place_id == "border:ghulam-khan"
    assert nearest[1] == pytest.approx(23, abs=3)


def test_a_border_without_a_table_of_places_has_no_crossings() -> None:
    line = read_line(staircase())
    assert line.crossings == ()
    assert line.nearest_crossing(0, 0) is None


def test_every_province_on_the_line_has_its_stretch(durand: Border) -> None:
    afghan = {"BDS", "HEL", "KAN", "KHO", "KNR", "NAN", "NIM", "NUR", "PIA", "PKA", "ZAB"}
    assert set(durand.stretches) == {f"AF-{code}" for code in afghan} | {"PK-BA", "PK-GB", "PK-KP"}
    for start, end in durand.stretches.values():
        assert 0 <= start < end <= durand.km[-1]


def test_a_province_off_the_line_has_no_stretch(durand: Border) -> None:
    assert durand.stretch_of("AF-KAB") is None
    assert durand.stretch_of("AF-KHO") is not None


@pytest.mark.parametrize(
    ("place", "lat", "lon", "side"),
    [
        ("Kabul", 34.53, 69.17, "AF"),
        ("Peshawar", 34.01, 71.58, "PK"),
        ("Khost", 33.34, 69.92, "AF"),
        ("Miran Shah", 33.00, 70.07, "PK"),
        ("Parachinar, in the salient of Kurram", 33.90, 70.10, "PK"),
        ("Asadabad", 34.87, 71.15, "AF"),
        ("Chitral", 35.85, 71.79, "PK"),
        ("Ishkashim, in the mouth of the Wakhan", 36.71, 71.57, "AF"),
        ("Gilgit", 35.92, 74.31, "PK"),
        ("Zaranj", 30.96, 61.86, "AF"),
        ("Dalbandin", 28.89, 64.41, "PK"),
        ("Karachi", 24.86, 67.01, "PK"),
        ("Herat", 34.35, 62.20, "AF"),
        ("Lahore", 31.55, 74.34, "PK"),
    ],
)
def test_a_town_lies_on_its_side(durand: Border, place: str, lat: float, lon: float, side: str) -> None:
    assert durand.locate(lat, lon).side == side, place


@given(lat=st.floats(29.0, 37.5), lon=st.floats(61.0, 74.5))
def test_the_side_agrees_with_the_polygons(lat: float, lon: float) -> None:
    """Everywhere in the two countries, however sharp the bend nearby."""
    inside = [code for code in ("AF", "PK") if shapely.contains_xy(country_shape(code), lon, lat)]
    location = open_durand().locate(lat, lon)
    if inside and location.distance_km > 0.01:
        assert location.side == inside[0]


@given(lat=st.floats(27.0, 39.0), lon=st.floats(60.0, 76.0))
def test_the_distance_is_within_1_percent_of_the_geodesic(lat: float, lon: float) -> None:
    border = open_durand()
    location = border.locate(lat, lon)
    near_lat, near_lon = border.point_at(location.km)
    geodesic = ELLIPSOID.inv(lon, lat, near_lon, near_lat)[2] / 1000
    assert location.distance_km == pytest.approx(geodesic, rel=0.01, abs=0.05)


@given(lat=st.floats(27.0, 39.0), lon=st.floats(60.0, 76.0))
def test_no_vertex_is_nearer_than_the_nearest_point(lat: float, lon: float) -> None:
    """Against a search through all of them on the ellipsoid."""
    border = open_durand()
    lats, lons = zip(*border.coordinates, strict=True)
    count = len(lats)
    nearest = min(ELLIPSOID.inv([lon] * count, [lat] * count, lons, lats)[2]) / 1000
    assert border.locate(lat, lon).distance_km <= nearest * 1.01 + 0.05


def open_durand(opened: list[Border] = []) -> Border:  # noqa: B006  read once for all of hypothesis' examples
    if not opened:
        opened.append(open_border("AF-PK"))
    return opened[0]


def test_the_point_at_a_kilometre_is_located_at_it(durand: Border) -> None:
    for km in (0.0, 1.0, 684.2, 1500.5, durand.km[-1]):
        location = durand.locate(*durand.point_at(km))
        assert location.km == pytest.approx(km, abs=0.01)
        assert location.distance_km == pytest.approx(0, abs=0.001)


def test_kilometres_beyond_the_ends_are_clamped(durand: Border) -> None:
    assert durand.point_at(-5) == durand.coordinates[0]
    assert durand.point_at(9999) == durand.coordinates[-1]


def test_outside_a_bend_the_side_is_the_outer_one() -> None:
    """The nearest point of the line is then its corner, and either edge alone can mislead."""
    line = read_line(staircase())
    assert line.locate(-0.5, 11.5).side == "XB"
    assert line.locate(0.5, 10.5).side == "XA"


def test_kilometres_do_not_count_across_a_gap() -> None:
    """A line of two parts, as between Armenia and Azerbaijan, where each part has its own left hand."""
    line = read_line(
        staircase(
            coordinates=[[10.0, 0.0], [11.0, 0.0], [20.0, 0.0], [21.0, 0.0]],
            km=[0.0, 111.0, 111.0, 222.0],
            breaks=[2],
            left=["XA", "XB"],
        )
    )
    assert line.locate(0.1, 15.0).km == pytest.approx(111.0)
    assert line.locate(0.1, 15.0).distance_km == pytest.approx(445, rel=0.01)
    assert [line.locate(0.1, lon).side for lon in (10.5, 20.5)] == ["XA", "XB"]


def test_the_sides_of_a_line_of_many_parts_agree_with_the_polygons() -> None:
    line = read_line(boundaries.build_border("AM-AZ"))
    for place, lat, lon, side in (
        ("Yerevan", 40.18, 44.51, "AM"),
        ("Nakhchivan", 39.21, 45.41, "AZ"),
        ("Goris", 39.51, 46.34, "AM"),
        ("Ganja", 40.68, 46.36, "AZ"),
    ):
        assert line.locate(lat, lon).side == side, place


def test_a_stretch_between_two_kilometres_has_the_lower_first() -> None:
    assert stretch_between(1500.0, 684.0) == stretch_between(684.0, 1500.0) == (684.0, 1500.0)


def test_a_short_distance_is_that_of_the_ellipsoid() -> None:
    geodesic = ELLIPSOID.inv(69.17, 34.53, 71.09, 34.12)[2] / 1000
    assert measure_km(34.53, 69.17, 34.12, 71.09) == pytest.approx(geodesic, rel=0.001)


def test_a_border_that_is_not_built_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="'KH-TH' is not built"):
        open_border("KH-TH", folder=tmp_path)


@pytest.mark.parametrize("content", ["", "[]", '{"code": "AF-PK"}', json.dumps({**staircase(), "countries": ["XA"]})])
def test_a_damaged_file_is_a_data_error_that_names_it(tmp_path: Path, content: str) -> None:
    (tmp_path / "XA-XB").mkdir()
    (tmp_path / "XA-XB" / "line.json").write_text(content)
    with pytest.raises(DataError, match=r"line\.json is not a border line"):
        open_border("XA-XB", folder=tmp_path)


def test_opening_a_border_loads_no_geometry_library() -> None:
    """Reading text must start fast."""
    check = "import sys, geo.borders; sys.exit(bool({'numpy', 'pandas', 'geopandas', 'shapely'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
