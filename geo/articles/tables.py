"""Tables of articles (CSV): one a row, columns by name; what cannot be read stands as an error in its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from geo.articles.encoding import decode_text
from geo.articles.making import make_listed
from geo.articles.records import article_from_record
from geo.errors import ArticleError
from geo.model import Article

COLUMNS = ("id", "title", "text", "url", "publisher", "published", "language")
"""All but text may be missing; others are left alone."""
_SAMPLE = 65_536
_DELIMITERS = ",;\t|"


def read_table(stream: BinaryIO, *, limit: int, retrieved: datetime | None = None) -> Iterator[Article | ArticleError]:
    """The articles of a CSV file as ``read_rows`` finds them; the sentence of an error begins with its line."""
    for line, read in read_rows(stream, limit=limit, retrieved=retrieved):
        yield ArticleError(f"line {line}: {read}", read.code) if line and isinstance(read, ArticleError) else read


def read_rows(
    stream: BinaryIO, *, limit: int, retrieved: datetime | None = None
) -> Iterator[tuple[int, Article | ArticleError]]:
    """The articles of a CSV file in order, in any encoding and with commas, semicolons, tabs or bars between cells.

    Each comes with the line at which its row begins, the first is 1; what is wrong with the whole file with 0. No row
    is longer than ``limit`` characters.
    """
    csv.field_size_limit(max(limit, csv.field_size_limit()))
    try:
        lines = _Lines(_open_text(stream), limit)
        header = next(lines, "")
        rows = csv.reader(lines, delimiter=_find_delimiter(header), strict=True)
        names = [name.strip().lower() for name in next(csv.reader([header], delimiter=_find_delimiter(header)), [])]
        if "text" not in names:
            raise ArticleError(f"the first line names no column text; known are {', '.join(COLUMNS)}", "bad_table")
        yield from _read_rows(rows, names, lines, retrieved)
    except _LongRowError as error:
        yield lines.first, error
    except ArticleError as error:
        yield 0, error
    except UnicodeDecodeError as error:
        yield 0, ArticleError(f"it is broken as {error.encoding}; save it as UTF-8", "wrong_encoding")
    except csv.Error as error:
        yield lines.first, ArticleError(f"the row is not CSV ({error}); the rest is not read", "bad_table")


class _LongRowError(ArticleError):
    """A row that is longer than any that is read; it ends the table."""


def _read_rows(
    rows: Iterator[list[str]], names: list[str], lines: _Lines, retrieved: datetime | None
) -> Iterator[tuple[int, Article | ArticleError]]:
    lines.start_row()
    for cells in rows:
        if any(cell.strip() for cell in cells):
            try:
                yield lines.first, _read_row(cells, names, lines, retrieved)
            except ArticleError as error:
                yield lines.first, error
        lines.start_row()


def _read_row(cells: list[str], names: list[str], lines: _Lines, retrieved: datetime | None) -> Article:
    """The article of a row."""
    if len(cells) > len(names):
        raise ArticleError(f"the row has {len(cells)} cells, the first line {len(names)}", "bad_table")
    told = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name in COLUMNS}
    if not told.get("text"):
        raise ArticleError("the row has no text", "missing_text")
    given = article_from_record({**told, "id": told.get("id") or "row"})
    return make_listed(given, data=lines.row.encode(errors="surrogatepass"), retrieved=retrieved)


class _Lines(Iterator[str]):
    """Lines of a text for the CSV reader, which may take several for a row; what it took is kept for the hash."""

    def __init__(self, text: io.TextIOBase, limit: int) -> None:
        self._text = text
        self._limit = limit
        self._number = 0
        self.row = ""
        """The lines of the row that is being read."""
        self.first = 1
        """Number of the first of them."""

    def start_row(self) -> None:
        """What comes now belongs to the next row."""
        self.row, self.first = "", self._number + 1

    def __next__(self) -> str:
        line = self._text.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self._number += 1
        self.row += line
        if len(self.row) > self._limit:
            raise _LongRowError(
                f"the row is longer than {self._limit / 1_000_000:g} million characters, "
                "or its quote is never closed; the rest is not read",
                "too_large",
            )
        return line


def _open_text(stream: BinaryIO) -> io.TextIOWrapper:
    """The text of a stream in the encoding that its beginning tells."""
    sample = stream.read(_SAMPLE)
    stream.seek(0)
    cut = sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1] or sample
    encoding = decode_text(cut).encoding
    return io.TextIOWrapper(stream, "utf-8-sig" if encoding == "utf-8" else encoding, newline="")


def _find_delimiter(header: str) -> str:
    """The sign between the names of the first line."""
    return max(_DELIMITERS, key=header.count)
