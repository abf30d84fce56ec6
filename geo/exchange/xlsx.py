"""Incidents as a workbook for Excel, LibreOffice and pandas: incidents, totals, claims, places, sources, papers.

Days are days and numbers are numbers; a text that a spreadsheet would take for a formula has an apostrophe before it.
A figure for several places stands in the sheet of totals, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from tempfile import TemporaryDirectory
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.errors import UsageError
from geo.exchange.rows import (
    CLAIM_COLUMNS,
    INCIDENT_COLUMNS,
    PLACE_COLUMNS,
    SOURCE_COLUMNS,
    Cell,
    Row,
    claim_rows,
    guard,
    incident_row,
    place_rows,
    scope_row,
    source_rows,
)
from geo.exchange.table import Selection, describe_selection

MOST_ROWS = 1_048_575
"""Of a sheet, its header left out: a limit of the format."""
LONGEST_TEXT = 32_767
"""UTF-16 code units of a cell: a limit of the format."""

_OF_TOTALS = (
    "id", "review", "places", "covers", "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best",
    "wounded_high", "claims", "sources", "source_urls", "articles",
)  # fmt: skip
_SHEETS: Mapping[str, Sequence[str]] = {
    "incidents": tuple(name for name in INCIDENT_COLUMNS if name not in ("record", "covers")),
    "totals": _OF_TOTALS,
    "claims": CLAIM_COLUMNS,
    "places": PLACE_COLUMNS,
    "sources": SOURCE_COLUMNS,
}
_WIDTHS = {
    "title": 44, "claims": 60, "covers": 40, "places": 28, "actors": 36, "sources": 28, "source_urls": 40, "url": 44,
    "subject": 24, "claimant": 26, "outlet": 24, "review": 27, "event_type": 26, "sub_event_type": 30, "id": 14,
    "incident": 14, "total": 14, "article": 14, "articles": 14, "totals": 14, "place": 24,
}  # fmt: skip
"""Characters; ids are for joining, not for reading."""
_WIDTH = 13
_FIRST_DAY = date(1900, 3, 1)
"""Earlier days mean different things to different spreadsheets, and are written as text."""


def write_xlsx(stream: BinaryIO, selection: Selection) -> None:
    """Write the selection as a workbook: the same bytes for the same selection.

    Raises UsageError when it has more rows than a sheet can hold.
    """
    with TemporaryDirectory(prefix="border-incidents-") as folder:
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        sink = _Sink(stream)
        book = Workbook(sink, options)
        try:
            _fill(book, selection)
            book.close()
        except XlsxWriterException as error:
            raise _cause_of(error) from error
        finally:
            book.fileclosed = sink.closed = True  # else both write once more when they are let go of, and fail again


class _Sink:
    """The stream until the workbook is done with; whatever its ZIP file still writes then goes nowhere."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.closed = stream, False

    def write(self, data: bytes) -> int:
        """Write the bytes, and say how many they are."""
        if not self.closed:
            self._stream.write(data)
        return len(data)

    def flush(self) -> None:
        """Let nothing wait."""
        if not self.closed:
            self._stream.flush()


def _fill(book: Workbook, selection: Selection) -> None:
    papers = describe_selection(selection)
    created = selection.time.replace(tzinfo=None)
    book.set_properties({"title": papers["title"], "comments": " ".join(papers.values()), "created": created})
    sheets = {name: _Sheet(book, name, columns) for name, columns in _SHEETS.items()}
    for incident in selection.incidents:
        sheets["incidents"].add([incident_row(incident, selection)])
        sheets["claims"].add(claim_rows(incident, selection))
        sheets["places"].add(place_rows(incident))
        sheets["sources"].add(source_rows(incident, selection))
    for scope in selection.scopes:
        sheets["totals"].add([scope_row(scope, selection)])
        sheets["claims"].add(claim_rows(scope, selection))
        sheets["sources"].add(source_rows(scope, selection))
    for sheet in sheets.values():
        sheet.finish()
    _write_papers(book, papers)


class _Sheet:
    """One sheet that is written row by row, under a header that stays in view."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[str]) -> None:
        self._sheet, self._name, self._columns, self._next = book.add_worksheet(name), name, columns, 1
        self._write = _writers(self._sheet, book.add_format({"num_format": "yyyy-mm-dd"}))
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDEAE4"})
        for number, column in enumerate(columns):
            self._sheet.set_column(number, number, _WIDTHS.get(column, _WIDTH))
        self._sheet.freeze_panes(1, 1)
        for number, column in enumerate(columns):
            self._sheet.write_string(0, number, column, head)

    def add(self, rows: Iterable[Row]) -> None:
        """Write further rows; what is not known stays empty."""
        for row in rows:
            if self._next > MOST_ROWS:
                raise UsageError(
                    f"the sheet of {self._name} cannot hold more than {MOST_ROWS:,} rows; "
                    "narrow the filter, or export csv or gpkg"
                )
            for number, column in enumerate(self._columns):
                cell = row.get(column)
                if cell is not None and cell != "":
                    self._write[type(cell)](self._next, number, cell)
            self._next += 1

    def finish(self) -> None:
        """Let every column be filtered."""
        self._sheet.autofilter(0, 0, max(self._next - 1, 1), len(self._columns) - 1)


def _writers(sheet: Worksheet, day: Format) -> Mapping[type, Callable[[int, int, Cell], object]]:
    """How a cell of each type is written."""

    def write_text(row: int, column: int, cell: Cell) -> None:
        sheet.write_string(row, column, cut_text(guard(str(cell))))

    def write_day(row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, date) and cell >= _FIRST_DAY:
            sheet.write_datetime(row, column, cell, day)
        else:
            write_text(row, column, str(cell))

    return {
        str: write_text,
        date: write_day,
        int: sheet.write_number,
        float: sheet.write_number,
        bool: sheet.write_boolean,
    }


def cut_text(text: str) -> str:
    """The text as long as a cell can hold, with an ellipsis where it was cut."""
    if len(text) * 2 <= LONGEST_TEXT or len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return text
    cut = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", errors="ignore")
    return f"{cut}…"


def _write_papers(book: Workbook, papers: Mapping[str, str]) -> None:
    sheet = book.add_worksheet("about")
    name, text = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
    for row, (key, value) in enumerate(papers.items()):
        sheet.write_string(row, 0, key, name)
        sheet.write_string(row, 1, cut_text(guard(value)), text)


def _cause_of(error: XlsxWriterException) -> Exception:
    """What went wrong underneath: a full disk, as a rule."""
    return next((cause for cause in error.args if isinstance(cause, OSError)), error)
