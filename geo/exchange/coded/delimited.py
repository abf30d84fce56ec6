"""Rows of a delimited text file, each with the number of its first line; what is wrong is said with that number.

Cells are what stands between the delimiters, character for character. A file is read a line at a time and within
limits, so that no file, however large or broken, takes more memory than its longest row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from geo.errors import DataError

MOST_COLUMNS = 200
"""Of a row; ACLED has 31, UCDP 49, and desks add some of their own."""
LONGEST_LINE = 1_000_000
"""Bytes of one line; the longest of UCDP's has some 4,000."""
LARGEST_ROW = 4_000_000
"""Bytes of one row, whose quoted cells may hold line ends."""

_BOM = b"\xef\xbb\xbf"
_DELIMITERS = ",;\t"
_KINDS = (
    (b"PK\x03\x04", "a zip archive or an Excel file; unpack it, or save the sheet as CSV UTF-8"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"BZh", "compressed; unpack it first"),
    (b"\xfd7zXZ", "compressed; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file; save the sheet as CSV UTF-8"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "a database"),
    (b"\xff\xfe", "text in UTF-16; save it as CSV UTF-8"),
    (b"\xfe\xff", "text in UTF-16; save it as CSV UTF-8"),
)
"""What files begin with that are no CSV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the file."""

    number: int
    """Line of the file it begins on; the first is 1."""
    cells: tuple[str, ...]


def read_lines(stream: BinaryIO, *, largest: int) -> Iterator[Line]:
    """The rows of a CSV file in UTF-8, with or without byte order mark, blank ones left out.

    The delimiter is the comma, or the semicolon or tab where the first line has more of them. ``largest`` is the number
    of bytes that are read at most. Raises DataError, with the line, for what is not such a file.
    """
    source = _Lines(stream, largest)
    first = source.peek()
    delimiter = max(_DELIMITERS, key=lambda sign: (first.count(sign), sign == ","))
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        source.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DataError(f"line {source.row}: {_explain(error)}") from error
        if len(cells) > MOST_COLUMNS:
            raise DataError(f"line {source.row} has {len(cells):,} cells; at most {MOST_COLUMNS} are read")
        if cells:
            yield Line(number=source.row, cells=tuple(cells))


class _Lines(Iterator[str]):
    """The lines of a file as text, each with its end; knows where it is."""

    def __init__(self, stream: BinaryIO, largest: int) -> None:
        self._stream = stream
        self._largest = largest
        self._read = 0
        self._row_bytes = 0
        self._number = 0
        self.row = 0
        """Line on which the row being read begins."""
        self._kept: str | None = None

    def peek(self) -> str:
        """The first line; raises DataError when the file is empty or of another kind."""
        data = self._next_bytes().removeprefix(_BOM)
        kind = next((kind for sign, kind in _KINDS if data.startswith(sign)), None)
        if kind:
            raise DataError(f"this file is {kind}")
        if not data:
            raise DataError("this file is empty")
        self._kept = self._decode(data)
        return self._kept

    def begin_row(self) -> None:
        """Note that the next line begins a row."""
        self.row = self._number + (self._kept is None)
        self._row_bytes = 0

    def __next__(self) -> str:
        if self._kept is not None:
            line, self._kept = self._kept, None
            return line
        data = self._next_bytes()
        if not data:
            raise StopIteration
        return self._decode(data)

    def _next_bytes(self) -> bytes:
        data = self._stream.readline(LONGEST_LINE + 1)
        self._number += bool(data)
        self._read += len(data)
        self._row_bytes += len(data)
        if len(data) > LONGEST_LINE:
            raise DataError(f"line {self._number} is longer than {LONGEST_LINE:,} bytes; this is no such table")
        if self._row_bytes > LARGEST_ROW:
            raise DataError(
                f"line {self.row}: a quotation mark opens a cell of over {LARGEST_ROW:,} bytes; is its end missing?"
            )
        if self._read > self._largest:
            raise DataError(
                f"this file is larger than {self._largest / 1_000_000:,.0f} MB; import it in parts, or raise "
                "BORDER_INCIDENTS_LARGEST_IMPORT_MB"
            )
        return data

    def _decode(self, data: bytes) -> str:
        if b"\0" in data:
            raise DataError(f"line {self._number} holds a zero byte; this is no text")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = data[error.start]
            raise DataError(
                f"line {self._number} is not in UTF-8 (byte {byte:#04x} at place {error.start + 1}); save the file as "
                "CSV UTF-8, so that no letter is guessed"
            ) from error


def _explain(error: csv.Error) -> str:
    said = str(error)
    if "field larger" in said:
        return f"a cell has more than {csv.field_size_limit():,} characters; is a quotation mark left open?"
    if "unexpected end" in said:
        return "a quotation mark opens a cell that never ends"
    if "expected after" in said:
        return "text follows the closing quotation mark of a cell; a quotation mark inside a cell is written twice"
    if "new-line character" in said:
        return "a line ends in a carriage return alone; save the file with the line ends of Windows or Unix"
    return f"the row cannot be read as CSV: {said}"
