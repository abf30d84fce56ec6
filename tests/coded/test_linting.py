"""Rows whose codes contradict the codebook are found, and each code is explained in a sentence."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.exchange.acled.codebook import INTER, inter_code, interaction_code, interaction_words, read_interaction
from geo.exchange.coded.days import read_day, write_day
from geo.exchange.coded.importing import read_rows
from geo.exchange.coded.scheme import Fault
from geo.exchange.schemes import SCHEMES
from geo.model import ImportedRow
from tests.coded.conftest import Desk
from tests.coded.rows import ACLED_ROW, NUMBERED, UCDP_ROW, acled_file, ucdp_file


def lint(desk: Desk, name: str, data: bytes) -> list[Fault]:
    scheme = SCHEMES[name]
    rows = [row for _, row in read_rows(io.BytesIO(data), scheme, largest=10**6)]
    return [f for row in rows if isinstance(row, ImportedRow) for f in scheme.lint(scheme.cells_of(row), desk.terms)]


@pytest.mark.parametrize("row", [ACLED_ROW, NUMBERED])
def test_a_good_row_of_acled_has_no_fault(desk: Desk, row: dict[str, str]) -> None:
    assert lint(desk, "acled", acled_file(row)) == []


def test_a_good_row_of_ucdp_has_no_fault(desk: Desk) -> None:
    assert lint(desk, "ucdp", ucdp_file({**UCDP_ROW, "priogrid_gid": "176180"})) == []


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"sub_event_type": "Attack"}, "sub_event_type", '"Attack" is a kind of "Violence against civilians"'),
        ({"event_type": "Battle"}, "event_type", "none of ACLED's event types"),
        ({"disorder_type": "Demonstrations"}, "disorder_type", '"Armed clash" belongs to "Political violence"'),
        ({"inter1": "9"}, "inter1", "the kinds of actor are 1 State forces, 2 Rebel group"),
        ({"actor2": ""}, "inter2", "there is no actor2"),
        ({"interaction": "12"}, "interaction", "inter1 and inter2 make 18 State forces-External/Other forces"),
        ({"interaction": "State forces only"}, "interaction", "make 18"),
        ({"geo_precision": "4"}, "geo_precision", "2 for a small area around it"),
        ({"time_precision": ""}, "time_precision", "3 for a known month"),
        ({"event_date": "30 February 2025"}, "event_date", "not a day of the calendar"),
        ({"year": "2024"}, "year", "year is 2024, and the event is of 2025"),
        ({"iso": "4"}, "iso", "iso 4 is the number of Afghanistan"),
        ({"latitude": "69.9648", "longitude": "33.8280"}, "latitude", "lies outside Pakistan"),
        ({"fatalities": "-1"}, "fatalities", "it counts deaths"),
        ({"civilian_targeting": "yes"}, "civilian_targeting", '"Civilian targeting" or empty'),
        ({"notes": "=1+1"}, "notes", "take it for a formula"),
    ],
)
def test_acled_codes_that_contradict_the_codebook(
    desk: Desk, cells: dict[str, str], column: str, sentence: str
) -> None:
    faults = lint(desk, "acled", acled_file({**ACLED_ROW, **cells}))
    assert any(fault.column == column and sentence in fault.sentence for fault in faults), faults


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"low": "9"}, "low", "low is 9 and best is 8"),
        ({"high": "7"}, "high", "high is 7 and best is 8"),
        ({"deaths_b": "6"}, "best", "best is 8, but the deaths of the sides, civilians and unknown add up to 9"),
        ({"type_of_violence": "2"}, "type_of_violence", "side_a is a government"),
        ({"type_of_violence": "3"}, "side_b", "side_b is 'TTP'"),
        ({"side_a": "A group"}, "type_of_violence", "neither side is a government"),
        ({"where_prec": "8"}, "where_prec", "4 the province"),
        ({"date_end": "2021-06-02"}, "date_prec", "at most 1 days, but the event covers 6"),
        ({"date_end": "2021-05-01"}, "date_end", "comes before"),
        ({"year": "2020"}, "year", "year is 2020"),
        ({"country_id": "700"}, "country_id", "country_id 700 is the number of Afghanistan"),
        ({"priogrid_gid": "1"}, "priogrid_gid", "the point lies in cell 176180"),
        ({"event_clarity": "3"}, "event_clarity", "2 where they sum several up"),
        ({"latitude": "north"}, "latitude", "not a number of degrees"),
        ({"best": "0", "low": "0", "high": "0", "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "0"},
         "best", "at least one"),
    ],
)  # fmt: skip
def test_ucdp_codes_that_contradict_the_codebook(desk: Desk, cells: dict[str, str], column: str, sentence: str) -> None:
    faults = lint(desk, "ucdp", ucdp_file({**UCDP_ROW, **cells}))
    assert any(fault.column == column and sentence in fault.sentence for fault in faults), faults


codes = st.integers(0, 8)


@given(one=codes, two=codes)
def test_an_interaction_reads_the_same_in_numbers_and_words(one: int, two: int) -> None:
    expected = interaction_code(one, two) if one or two else ""
    assert read_interaction(interaction_words(one, two)) == expected
    assert interaction_code(one, two) == interaction_code(two, one)


@pytest.mark.parametrize(("number", "word"), list(enumerate(INTER, 1)))
def test_a_kind_of_actor_reads_the_same_in_numbers_and_words(number: int, word: str) -> None:
    assert (
        inter_code(str(number)) == inter_code(f"{number}.0") == inter_code(word) == inter_code(word.lower()) == number
    )


@given(day=st.dates(min_value=date(1997, 1, 1), max_value=date(2090, 12, 31)))
@pytest.mark.parametrize(
    "style", ["2025-10-11", "11 October 2025", "11-Oct-25", "11-October-2025", "2021-05-28 00:00:00.000"]
)
def test_a_day_survives_every_style(day: date, style: str) -> None:
    assert read_day(write_day(day, like=style)) == day
