"""A workbook has days as days, numbers as numbers, each toll once, no formula, and says what it holds."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from exchange_world import (
    AT_TORKHAM,
    IN_KUNAR,
    KILLED,
    NOON,
    PAPERS,
    TORKHAM,
    incident,
    select,
    total,
)
from openpyxl import Workbook, load_workbook

from geo.errors import UsageError
from geo.exchange import xlsx
from geo.exchange.table import Selection
from geo.exchange.xlsx import LONGEST_TEXT, cut_text, write_xlsx
from geo.model import Actor, DateRange

OFFICE = shutil.which("soffice")
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://a.example")', "<b>&amp;\uffff\x0b</b>"]


def as_bytes(selection: Selection) -> bytes:
    stream = io.BytesIO()
    write_xlsx(stream, selection)
    return stream.getvalue()


def as_book(selection: Selection) -> Workbook:
    return load_workbook(io.BytesIO(as_bytes(selection)))


def rows_of(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_days_are_days_and_numbers_are_numbers() -> None:
    (row,) = rows_of(as_book(select(incident(AT_TORKHAM))), "incidents")
    assert row["date_start"] == datetime(2025, 10, 11)
    assert (row["killed_low"], row["lat"], row["distance_to_border_km"]) == (3, 34.1259, 0.2)
    assert row["recalled"] is False


def test_a_day_that_spreadsheets_do_not_agree_on_is_text() -> None:
    old = DateRange(start=date(1893, 11, 12), end=None, precision="day")
    (row,) = rows_of(as_book(select(incident(AT_TORKHAM, dates=old))), "incidents")
    assert row["date_start"] == "1893-11-12"


def test_every_sheet_has_a_header_that_stays_and_can_be_filtered() -> None:
    book = as_book(select(incident(AT_TORKHAM), scopes=[total("AF-KNR")]))
    assert book.sheetnames == ["incidents", "totals", "claims", "places", "sources", "about"]
    for name in book.sheetnames[:-1]:
        assert book[name].freeze_panes == "B2"
        assert book[name].auto_filter.ref.startswith("A1:")
        assert book[name].column_dimensions["A"].width > 8


def test_a_figure_for_several_places_stands_in_its_own_sheet_only() -> None:
    book = as_book(select(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")]))
    figures = {name: [row["killed_low"] for row in rows_of(book, name)] for name in ("incidents", "totals")}
    assert figures == {"incidents": [3], "totals": [58]}
    assert [row["low"] for row in rows_of(book, "claims") if row["incident"]] == [3]
    assert [row["low"] for row in rows_of(book, "claims") if row["total"]] == [58]


def test_claims_say_who_says_what_and_where_it_can_be_read() -> None:
    (row,) = rows_of(as_book(select(incident(AT_TORKHAM))), "claims")
    assert (row["incident"], row["claimant"], row["claimant_party"]) == ("incident-1", "Zabihullah Mujahid", "state:AF")
    assert (row["outlet"], row["published"], row["url"]) == ("Outlet A", datetime(2025, 10, 12), "https://a.example/1")
    assert row["review"] == "read by machine, not checked"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_or_a_link(text: str) -> None:
    hostile = incident(
        replace(AT_TORKHAM, place=replace(TORKHAM, name=text)),
        title=text,
        actors=(Actor(name=text, kind="other"),),
        claims=(replace(KILLED, claimant=text, subject=text),),
    )
    book = as_book(select(hostile, query=text))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f"
            assert cell.hyperlink is None
            assert not (isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t", "\r")))


def test_names_in_other_scripts_survive() -> None:
    place = replace(AT_TORKHAM, place=replace(TORKHAM, name="تور\u200cخم"))
    assert rows_of(as_book(select(incident(place))), "places")[0]["place"] == "تور\u200cخم"


def test_the_last_sheet_states_filter_revision_time_licence_and_citation() -> None:
    selection = replace(select(incident(AT_TORKHAM), query="province=PK-KP"), asked="Province: Khyber Pakhtunkhwa")
    about = " ".join(str(cell) for row in as_book(selection)["about"].iter_rows(values_only=True) for cell in row)
    assert all(part in about for part in (*PAPERS, "Province: Khyber Pakhtunkhwa", "Border Incidents"))


def test_the_same_selection_gives_the_same_bytes() -> None:
    selection = select(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")])
    assert as_bytes(selection) == as_bytes(selection)


def test_a_text_longer_than_a_cell_is_cut() -> None:
    (row,) = rows_of(as_book(select(incident(AT_TORKHAM, title="😀" * LONGEST_TEXT))), "incidents")
    assert row["title"] == cut_text("😀" * LONGEST_TEXT)
    assert row["title"].endswith("…")
    assert len(row["title"].encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 1)
    with pytest.raises(UsageError, match="the sheet of places cannot hold more than 1 rows"):
        as_bytes(select(incident(AT_TORKHAM, IN_KUNAR)))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_every_sheet_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(as_bytes(select(incident(AT_TORKHAM), scopes=[total("AF-KNR")])))
    command = [str(OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    separated = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [*command, separated, "book.xlsx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    sheets = {path.stem.partition("-")[2]: path.read_text(encoding="utf8") for path in tmp_path.glob("book-*.csv")}
    assert set(sheets) == {"incidents", "totals", "claims", "places", "sources", "about"}
    assert "2025-10-11" in sheets["incidents"]
    assert "Zabihullah Mujahid" in sheets["claims"]
    assert f"{NOON:%Y-%m-%d}" in sheets["about"]
