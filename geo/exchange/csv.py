"""Incidents as CSV for spreadsheets: one row an incident, one a total for several places, each toll standing once.

The first row, of kind ``about``, holds the filter, the data revision, the time, the licence and how to cite the file.
The file begins with a byte order mark, without which Excel garbles names in Dari, Pashto and Urdu; a text that a
spreadsheet would take for a formula has an apostrophe before it, numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from geo.exchange.rows import INCIDENT_COLUMNS as COLUMNS
from geo.exchange.rows import Cell, Row, guard, incident_row, scope_row
from geo.exchange.table import Selection, describe_selection


def write_csv(stream: BinaryIO, selection: Selection) -> None:
    """Write the selection as CSV (RFC 4180, UTF-8): the same bytes for the same selection."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    try:
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        for row in _list_rows(selection):
            rows.writerow([_write(row.get(column)) for column in COLUMNS])
    finally:
        text.detach()


def _list_rows(selection: Selection) -> Iterator[Row]:
    about = describe_selection(selection)
    yield {"record": "about", "title": " | ".join(f"{name}: {value}" for name, value in about.items())}
    for incident in selection.incidents:
        yield incident_row(incident, selection)
    for scope in selection.scopes:
        yield scope_row(scope, selection)


def _write(cell: Cell) -> str | int | float | None:
    """The cell as it is written: text on one line, and never a formula; numbers untouched."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.isoformat()
    return guard(cell) if isinstance(cell, str) else cell
