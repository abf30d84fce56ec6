"""Files that are no such files, or broken ones: a sentence with the line, and nothing half imported."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from geo.errors import DataError
from geo.exchange.coded.delimited import LONGEST_LINE, MOST_COLUMNS
from tests.coded.conftest import Desk
from tests.coded.rows import ACLED_ROW, UCDP_ROW, acled_file, ucdp_file


def zip_bomb() -> bytes:
    """An archive of much that is small."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 10_000_000)
    return stream.getvalue()


def with_line(line: bytes) -> bytes:
    """A good row, then a line of another kind."""
    return ucdp_file(UCDP_ROW) + line


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this file is empty"),
        (b"\xef\xbb\xbf", "this file is empty"),
        (ucdp_file(), "no row below it"),
        (zip_bomb(), "a zip archive or an Excel file"),
        (gzip.compress(b"id,best"), "compressed"),
        ("id,best\n1,2\n".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<!doctype html>\n<p>Sign in</p>\n", "this is no file of UCDP GED"),
        (b"name,city\nx,y\n", "does not name id, type_of_violence, where_prec, date_prec and 3 more"),
        (with_line(b'990002,"never ends'), "line 3: a quotation mark opens a cell that never ends"),
        (with_line(b'990002,"a"b,c\r\n'), "line 3: text follows the closing quotation mark"),
        (with_line(b"990002,1,2\r\n"), "line 3 has 3 cells where 49 are expected"),
        (with_line("990002,Kharlāchi\r\n".encode("cp1257")), "line 3 is not in UTF-8 (byte 0xe2 at place 13)"),
        (with_line(b"990002,\0\r\n"), "line 3 holds a zero byte"),
        (with_line(b'990002,"' + b"\n" * 200_000 + b'"\r\n'), "line 3: a cell has more than 131,072 characters"),
        (with_line(b"x" * (LONGEST_LINE + 1)), "line 3 is longer than 1,000,000 bytes"),
        (b"," * 900_000 + b"\n", f"at most {MOST_COLUMNS} are read"),
        (ucdp_file(UCDP_ROW, columns=("id", *UCDP_ROW)), "the column 'id' stands twice"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_refused_whole(desk: Desk, data: bytes, said: str) -> None:
    """The sentence says what and where, and the good row before it is not kept."""
    with pytest.raises(DataError, match="nothing was imported") as caught:
        desk.bring_in("ucdp", data)
    assert said in str(caught.value)
    assert desk.store.data_revision() == 0


def test_a_file_larger_than_the_limit_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_LARGEST_IMPORT_MB", "0.001")
    with pytest.raises(DataError, match="BORDER_INCIDENTS_LARGEST_IMPORT_MB"):
        desk.bring_in("ucdp", ucdp_file(UCDP_ROW, {**UCDP_ROW, "id": "2"}))
    assert desk.store.count_incidents() == 0


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"id": " "}, "id is empty"),
        ({"date_start": "31 February 2021"}, "date_start is '31 February 2021', not a day"),
        ({"date_end": "2020-01-01"}, "date_end 2020-01-01 comes before date_start 2021-05-28"),
        ({"latitude": "inf"}, "latitude is 'inf', not a number of degrees from -90 to 90"),
        ({"longitude": "1e308"}, "longitude is '1e308', not a number of degrees"),
        ({"where_prec": "9"}, "where_prec is '9'; UCDP has 1 to 7"),
        ({"best": "many"}, "best is 'many', not a whole number"),
        ({"best": "-5"}, "best is '-5', no number of deaths"),
        ({"best": "9" * 30}, "not a whole number"),
        ({"type_of_violence": "7"}, "type_of_violence is '7'"),
        ({"date_start": "0001-01-01"}, "date_start is '0001-01-01', not a day"),
        ({"id": "990001"}, "event 990001 stands on line 2 already"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_named(desk: Desk, cells: dict[str, str], reason: str) -> None:
    """The rows around it are kept."""
    bad = {**UCDP_ROW, "id": "990002", **cells}
    done = desk.bring_in("ucdp", ucdp_file(UCDP_ROW, bad, {**UCDP_ROW, "id": "990003"}))
    assert (done.added, [row.line for row in done.left_out]) == (2, [3])
    assert reason in done.left_out[0].reason


def test_lines_are_counted_through_cells_of_several_lines(desk: Desk) -> None:
    """The row is named by the line of the file it begins on."""
    long = {**ACLED_ROW, "notes": "one\ntwo\nthree"}
    bad = {**ACLED_ROW, "event_id_cnty": "PAK900002", "event_date": "never"}
    done = desk.bring_in("acled", acled_file(long, bad))
    assert [row.line for row in done.left_out] == [5]


def test_formulas_in_cells_are_kept_as_text_and_never_run(desk: Desk) -> None:
    """They come back as they were to ACLED's own columns."""
    row = {**ACLED_ROW, "notes": '=HYPERLINK("https://example.org")', "source": "@SUM(A1)"}
    desk.bring_in("acled", acled_file(row))
    (out,), _ = desk.take_out("acled")
    assert row.items() <= out.items()


@pytest.mark.parametrize("sign", [";", "\t"])
def test_semicolons_and_tabs_separate_cells_too(desk: Desk, sign: str) -> None:
    row = {name: value.replace(",", "") for name, value in ACLED_ROW.items() if name != "notes"}
    data = sign.join(row).encode() + b"\n" + sign.join(row.values()).encode() + b"\n"
    assert desk.bring_in("acled", data).added == 1
