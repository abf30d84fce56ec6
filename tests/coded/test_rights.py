"""Incidents of ACLED stay on this machine, in every export but the user's own copy, unless a right is stated."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from geo.cli import main
from geo.decisions import merge_incidents, split_incident
from geo.exchange.csv import write_csv
from geo.exchange.cutting import cut_kept_back
from geo.exchange.rights import find_kept_back, name_terms
from geo.exchange.table import IMPORTED, describe_selection, review_of, select_incidents
from geo.model import Incident
from geo.snapshot import SnapshotKeeper
from geo.ui.shared import open_shared
from tests.coded.conftest import NOON, Desk
from tests.coded.rows import ACLED_ROW, UCDP_ROW, acled_file, read_file, ucdp_file


@pytest.fixture
def both(desk: Desk) -> Desk:
    """A desk with a row of each database."""
    desk.bring_in("acled", acled_file(ACLED_ROW))
    desk.bring_in("ucdp", ucdp_file(UCDP_ROW))
    return desk


def test_exports_leave_acled_out_and_count_it(both: Desk) -> None:
    selection = select_incidents(both.store, time=NOON)
    assert [found.tags for found in selection.incidents] == [("ucdp",)]
    assert selection.kept_back == 1
    assert all(article.publisher != "ACLED" for article in selection.articles.values())


def test_nothing_of_acled_is_published(both: Desk, tmp_path: Path) -> None:
    """Neither in the edition, nor in the data beside it, nor as a page of its own."""
    (id_,) = find_kept_back(both.store)
    ucdp = next(incident for incident in both.store.load_incidents() if incident.id != id_)
    assert run("publish", tmp_path / "site", "--store", both.store.name) == 0
    files = {path.relative_to(tmp_path / "site").as_posix(): path for path in (tmp_path / "site").rglob("*.*")}
    assert [name for name in files if name.startswith("incidents/")] == [f"incidents/{ucdp.id}.html"]
    assert not any(id_.encode() in path.read_bytes() for path in files.values())


def test_asking_for_an_incident_by_its_id_does_not_help(both: Desk) -> None:
    (id_,) = find_kept_back(both.store)
    assert list(select_incidents(both.store, [id_], time=NOON).incidents) == []


def test_a_stated_right_lets_them_go(both: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_ACLED_RIGHT", "licence no. 7")
    selection = select_incidents(both.store, time=NOON)
    assert (len(selection.incidents), selection.kept_back) == (2, 0)
    attribution = describe_selection(selection)["attribution"]
    assert "Incidents of ACLED (acleddata.com), by this right: licence no. 7." in attribution
    assert "Uppsala Conflict Data Program (CC BY 4.0)" in attribution


def test_an_incident_that_acled_tells_among_others_stays_too(both: Desk) -> None:
    """A person merged the two: its claims now hold ACLED's."""
    acled, ucdp = both.store.load_incidents()
    merge_incidents(both.store, ucdp.id, acled.id, who="Editor", time=NOON)
    assert list(select_incidents(both.store, time=NOON).incidents) == []
    out, _ = both.take_out("acled")
    assert ACLED_ROW.items() <= out[0].items()


def test_what_acled_told_before_a_person_joined_it_stays_too(both: Desk) -> None:
    """The incident that was merged away is still in the store, and leads to nobody's export or snapshot."""
    acled, ucdp = _apart(both)
    merge_incidents(both.store, ucdp.id, acled.id, who="Editor", time=NOON)
    assert find_kept_back(both.store) == {acled.id, ucdp.id}
    assert list(select_incidents(both.store, [acled.id], time=NOON).incidents) == []
    assert list(_shared_keeper(both).current().ids) == []


def test_earlier_states_keep_acled_back_however_it_was_joined_then(both: Desk) -> None:
    acled, ucdp = _apart(both)
    apart = both.store.data_revision()
    merge_incidents(both.store, ucdp.id, acled.id, who="Editor", time=NOON)
    joined = both.store.data_revision()
    split_incident(both.store, ucdp.id, acled.articles[0], who="Editor", time=NOON)
    keeper = _shared_keeper(both)
    assert list(keeper.current().ids) == [ucdp.id]
    assert list(keeper.past(apart).ids) == [ucdp.id]
    assert list(keeper.past(joined).ids) == []


def _apart(desk: Desk) -> tuple[Incident, Incident]:
    """ACLED's incident and UCDP's."""
    (kept_back,) = find_kept_back(desk.store)
    acled, ucdp = sorted(desk.store.load_incidents(), key=lambda incident: incident.id != kept_back)
    return acled, ucdp


def _shared_keeper(desk: Desk) -> SnapshotKeeper:
    """What a dashboard shows that others reach."""
    return SnapshotKeeper(desk.store, desk.tools.border, cut=cut_kept_back)


def test_a_table_says_who_coded_an_incident(both: Desk) -> None:
    """It was not read by machine, and nobody here has checked it."""
    (ucdp,) = select_incidents(both.store, time=NOON).incidents
    assert review_of(ucdp) == IMPORTED
    stream = io.BytesIO()
    write_csv(stream, select_incidents(both.store, time=NOON))
    row = read_file(stream.getvalue().removeprefix(b"\xef\xbb\xbf"))[-1]
    assert (row["status"], row["review"], row["sources"]) == ("imported", IMPORTED, "UCDP GED")


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_the_commands_bring_in_check_and_take_out(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """What a desk types, and what it is told."""
    store, acled = ("--store", tmp_path / "s.sqlite"), tmp_path / "acled.csv"
    acled.write_bytes(acled_file(ACLED_ROW, {**ACLED_ROW, "event_id_cnty": "PAK2", "event_date": "never"}))
    assert run("import", "acled", acled, *store) == 3
    said = capfdbinary.readouterr()
    assert b"ACLED: 1 rows added, 0 replaced by a newer version, 0 were there already, 1 left out" in said.out
    assert b"acled.csv: line 4: event_date is 'never', not a day" in said.err
    assert run("export", "acled", tmp_path / "out.csv", *store) == 0
    assert ACLED_ROW.items() <= read_file((tmp_path / "out.csv").read_bytes())[0].items()
    assert run("export", "csv", tmp_path / "public.csv", *store) == 0
    assert b"1 incidents of ACLED were left out" in capfdbinary.readouterr().err
    assert b"made up" not in (tmp_path / "public.csv").read_bytes()
    assert run("lint", "acled", acled) == 3
    assert b"4\tPAK2\tevent_date\tevent_date is 'never', not a day of the calendar." in capfdbinary.readouterr().out
    assert run("verify", *store) == 0


def test_a_report_names_every_derived_cell_and_refused_incident(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    store, ucdp = ("--store", tmp_path / "s.sqlite"), tmp_path / "ucdp.csv"
    ucdp.write_bytes(ucdp_file(UCDP_ROW, {**UCDP_ROW, "id": "2", "where_prec": "6"}))
    assert run("import", "ucdp", ucdp, *store) == 0
    assert run("export", "acled", tmp_path / "out.csv", *store, "--report", tmp_path / "report.csv") == 3
    said = capfdbinary.readouterr().err.decode()
    assert "derived: fatalities of 1 rows: the lowest figure claimed" in said
    assert "0 rows of ACLED as they came, 0 as a person changed them, 1 other incidents converted, 1 refused" in said
    report = read_file((tmp_path / "report.csv").read_bytes().removeprefix(b"\xef\xbb\xbf"))
    assert {row["what"] for row in report} == {"derived", "refused"}


def test_a_file_that_cannot_be_imported_is_named_and_exits_with_one(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04 and so on")
    assert run("import", "acled", path, "--store", tmp_path / "s.sqlite") == 1
    assert b"book.xlsx: this file is a zip archive or an Excel file" in capfdbinary.readouterr().err


@pytest.mark.parametrize(
    ("name", "shown"), [("", 2), ("BORDER_INCIDENTS_SHARED", 1), ("BORDER_INCIDENTS_PUBLIC_URL", 1)]
)
def test_a_dashboard_that_others_reach_does_not_show_them(
    both: Desk, monkeypatch: pytest.MonkeyPatch, name: str, shown: int
) -> None:
    """At the desk they are on the map like all others."""
    monkeypatch.setenv("BORDER_INCIDENTS_STORE", both.store.name)
    if name:
        monkeypatch.setenv(name, "https://desk.example")
    open_shared.cache_clear()
    shared = open_shared()
    try:
        assert len(shared.snapshot()) == shown
    finally:
        shared.store.close()
        open_shared.cache_clear()


def test_places_of_a_geocoder_are_openstreetmaps_where_one_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BORDER_INCIDENTS_NOMINATIM", raising=False)
    assert name_terms([]) == []
    monkeypatch.setenv("BORDER_INCIDENTS_NOMINATIM", "https://nominatim.example.org")
    assert name_terms([]) == ["Places with an id of osm: © OpenStreetMap contributors (ODbL 1.0)."]
