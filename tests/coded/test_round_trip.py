"""Rows of ACLED and UCDP come in and go out cell for cell, and an edit changes only its column."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.exchange.acled.codebook import COLUMNS as ACLED_COLUMNS
from geo.exchange.ucdp.codebook import COLUMNS as UCDP_COLUMNS
from geo.model import Incident, Toll
from tests.benchmarks.coding import make_rows
from tests.coded.conftest import Desk
from tests.coded.rows import ACLED_ROW, NUMBERED, UCDP_ROW, acled_file, read_file, ucdp_file


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The cells that differ."""
    assert list(before) == list(after)
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


@pytest.mark.parametrize(
    "row",
    [
        ACLED_ROW,
        NUMBERED,
        {**ACLED_ROW, "event_date": "2025-10-11"},
        {**ACLED_ROW, "event_date": "11-Oct-25"},
        {**ACLED_ROW, "notes": ' =1+1 "quoted", ; \r\n and\ttabs  ', "tags": "crowd size=no report"},
        {**ACLED_ROW, "fatalities": "5.0", "latitude": "33.82800000", "location": " Kharlachi "},
    ],
)
def test_untouched_rows_of_acled_come_back_to_the_byte(desk: Desk, row: dict[str, str]) -> None:
    """Byte order mark, kinds of actor in words and numbers, three styles of day, spaces and line ends within cells."""
    data = acled_file(row)
    assert desk.bring_in("acled", data).added == 1
    out, written = desk.take_out("acled")
    assert out == read_file(data.removeprefix(b"\xef\xbb\xbf"))
    assert (written.untouched, written.rules, written.refused) == (1, {}, [])


@pytest.mark.parametrize("header", [True, False], ids=["header", "no header"])
def test_untouched_rows_of_ucdp_come_back_to_the_byte(desk: Desk, header: bool) -> None:
    rows = [UCDP_ROW, {**UCDP_ROW, "id": "990002.0", "best": "8.0", "where_prec": "4.0", "country_id": "770.0"}]
    assert desk.bring_in("ucdp", ucdp_file(*rows, header=header)).added == 2
    out, _ = desk.take_out("ucdp")
    assert out == read_file(ucdp_file(*rows))


@pytest.mark.parametrize(
    ("scheme", "row", "columns"), [("ucdp", UCDP_ROW, UCDP_COLUMNS), ("acled", ACLED_ROW, ACLED_COLUMNS)]
)
def test_columns_are_read_by_name_in_any_order(
    desk: Desk, scheme: str, row: dict[str, str], columns: tuple[str, ...]
) -> None:
    """A version with another order, a column more and heads in capitals comes back in that order."""
    shuffled = [name.upper() for name in columns]
    random.Random(1).shuffle(shuffled)
    shuffled.append("A desk's own")
    data = ucdp_file({name: row.get(name.lower(), "kept") for name in shuffled}, columns=shuffled)
    assert desk.bring_in(scheme, data).left_out == []
    out, _ = desk.take_out(scheme)
    assert out == read_file(data)


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(texts=st.lists(cells, min_size=4, max_size=4), number=st.integers(0, 10**9))
def test_whatever_stands_in_texts_comes_back(desk: Desk, texts: list[str], number: int) -> None:
    """Any letters in any script, quotation marks and delimiters."""
    named = zip(("notes", "source", "assoc_actor_1", "tags"), texts, strict=True)
    row = {**ACLED_ROW, **dict(named), "event_id_cnty": f"PAK{number}"}
    desk.bring_in("acled", acled_file(row))
    out, _ = desk.take_out("acled")
    assert row.items() <= next(found for found in out if found["event_id_cnty"] == f"PAK{number}").items()


def with_killed(incident: Incident, **figures: int) -> Incident:
    toll = replace(incident.totals["killed"], **figures)
    return replace(incident, totals={"killed": toll}, version=2)


def test_an_edit_changes_only_its_column_of_acled(desk: Desk) -> None:
    desk.bring_in("acled", acled_file(NUMBERED))
    desk.edit(with_killed(desk.only(), low=7))
    out, written = desk.take_out("acled")
    assert changed({name: NUMBERED.get(name, "") for name in ACLED_COLUMNS}, out[0]) == {"fatalities": ("5", "7")}
    assert (written.edited, written.untouched) == (1, 0)


def test_an_edited_day_keeps_the_style_of_its_row(desk: Desk) -> None:
    """The row writes "11 October 2025"; so does its correction."""
    desk.bring_in("acled", acled_file(ACLED_ROW))
    incident = desk.only()
    assert incident.dates.start is not None
    later = incident.dates.start.replace(day=12)
    desk.edit(replace(incident, dates=replace(incident.dates, start=later, end=later)))
    out, _ = desk.take_out("acled")
    assert out[0]["event_date"] == "12 October 2025"


def test_an_edited_actor_keeps_the_numbers_of_its_row(desk: Desk) -> None:
    """A row with numeric inter codes gets a numeric one."""
    desk.bring_in("acled", acled_file(NUMBERED))
    incident = desk.only()
    civilians = replace(incident.actors[1], name="Civilians (Pakistan)", kind="civilians", party="civilians")
    desk.edit(replace(incident, actors=(incident.actors[0], civilians)))
    out, _ = desk.take_out("acled")
    assert changed({name: NUMBERED.get(name, "") for name in ACLED_COLUMNS}, out[0]) == {
        "actor2": (NUMBERED["actor2"], "Civilians (Pakistan)"),
        "inter2": ("8", "7"),
        "interaction": ("18", "17"),
        "civilian_targeting": ("", "Civilian targeting"),
    }


def test_an_edited_precision_changes_only_that(desk: Desk) -> None:
    """The point of the row stays, whatever it now stands for; so do the floats of its numbers."""
    row = {**UCDP_ROW, "where_prec": "1.0"}
    desk.bring_in("ucdp", ucdp_file(row))
    incident = desk.only()
    vague = replace(incident.places[0], precision="adm1")
    desk.edit(replace(incident, places=(vague,)))
    out, _ = desk.take_out("ucdp")
    assert changed({name: row.get(name, "") for name in UCDP_COLUMNS}, out[0]) == {"where_prec": ("1.0", "4.0")}


def test_an_edited_figure_of_ucdp_changes_only_that(desk: Desk) -> None:
    desk.bring_in("ucdp", ucdp_file(UCDP_ROW))
    desk.edit(with_killed(desk.only(), high=12))
    out, _ = desk.take_out("ucdp")
    assert changed({name: UCDP_ROW.get(name, "") for name in UCDP_COLUMNS}, out[0]) == {"high": ("10", "12")}


def test_an_edit_the_scheme_cannot_say_leaves_the_row_and_is_named(desk: Desk) -> None:
    """ACLED has no precision for a whole country."""
    desk.bring_in("acled", acled_file(ACLED_ROW))
    incident = desk.only()
    desk.edit(replace(incident, places=(replace(incident.places[0], precision="country"),)))
    out, written = desk.take_out("acled")
    assert out[0]["geo_precision"] == "1"
    assert "geo_precision ends at the province" in written.refused[0].reason


def test_importing_a_file_twice_changes_nothing(desk: Desk) -> None:
    desk.bring_in("ucdp", ucdp_file(UCDP_ROW))
    revision = desk.store.data_revision()
    again = desk.bring_in("ucdp", ucdp_file(UCDP_ROW))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert desk.store.data_revision() == revision


def test_a_newer_version_replaces_the_row_and_keeps_what_a_person_changed(desk: Desk) -> None:
    """The database's new figure is taken, the editor's precision stays, and the history has both."""
    desk.bring_in("ucdp", ucdp_file(UCDP_ROW))
    incident = desk.only()
    near = replace(incident.places[0], precision="near", radius_km=25.0)
    desk.edit(replace(incident, places=(near,), version=2))
    newer = {**UCDP_ROW, "best": "9", "deaths_unknown": "1"}
    assert desk.bring_in("ucdp", ucdp_file(newer)).changed == 1
    now = desk.only()
    assert now.totals["killed"] == Toll(low=7, best=9, high=10)
    assert (now.places, now.status, now.version) == ((near,), "imported", 3)
    out, _ = desk.take_out("ucdp")
    assert changed({name: newer.get(name, "") for name in UCDP_COLUMNS}, out[0]) == {"where_prec": ("1", "2")}
    assert desk.store.check() == []


def test_a_newer_version_leaves_an_incident_that_a_person_has_checked(desk: Desk) -> None:
    """The row is kept as it came, and what it tells as a report; the incident is the person's."""
    desk.bring_in("ucdp", ucdp_file(UCDP_ROW))
    checked = replace(desk.only(), status="reviewed", version=2)
    desk.edit(checked)
    newer = {**UCDP_ROW, "best": "9", "deaths_unknown": "1"}
    assert desk.bring_in("ucdp", ucdp_file(newer)).changed == 1
    assert desk.only() == checked
    assert desk.store.reports_of(checked.id)[0].totals["killed"] == Toll(low=7, best=9, high=10)
    assert desk.store.check() == []


def test_rows_keep_the_order_of_their_file(desk: Desk) -> None:
    """Newest first is for readers; a file is compared with the one it came from."""
    rows = [{**UCDP_ROW, "id": str(990000 + number), "date_start": f"2021-05-{number:02}"} for number in (9, 1, 20, 5)]
    rows = [{**row, "date_end": row["date_start"]} for row in rows]
    desk.bring_in("ucdp", ucdp_file(*rows))
    out, _ = desk.take_out("ucdp")
    assert [row["id"] for row in out] == [row["id"] for row in rows]


def test_hundreds_of_rows_of_every_kind_come_back_without_a_differing_cell(desk: Desk) -> None:
    """The rows that the benchmark measures 20,000 of: floats, quotation marks, blanks, line ends and missing cells."""
    rows = [dict(zip(UCDP_COLUMNS, cells, strict=True)) for cells in make_rows(300)]
    assert desk.bring_in("ucdp", ucdp_file(*rows)).added == 300
    out, written = desk.take_out("ucdp")
    assert out == rows
    assert written.untouched == 300


def test_older_names_of_columns_are_known(desk: Desk) -> None:
    """UCDP's versions before 17.1 called its estimates best_est, low_est and high_est."""
    old = {"best": "best_est", "low": "low_est", "high": "high_est", "side_a_new_id": "side_a_id"}
    row = {old.get(name, name): cell for name, cell in UCDP_ROW.items()}
    data = ucdp_file(row, columns=tuple(row))
    desk.bring_in("ucdp", data)
    assert desk.only().totals["killed"] == Toll(low=7, best=8, high=10)
    desk.edit(with_killed(desk.only(), high=12))
    out, _ = desk.take_out("ucdp")
    assert changed(row, out[0]) == {"high_est": ("10", "12")}
