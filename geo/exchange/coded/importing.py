"""Files of coded databases to rows and reports: what can be read, and why the rest cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from geo.errors import DataError
from geo.exchange.coded.delimited import Line, read_lines
from geo.exchange.coded.scheme import Scheme, Terms, Told
from geo.model import ImportedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A row of a file that could be read."""

    line: int
    """Line it begins on."""
    row: ImportedRow
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row of a file that could not."""

    line: int
    reason: str


def read_rows(stream: BinaryIO, scheme: Scheme, *, largest: int) -> Iterator[tuple[int, ImportedRow | LeftOut]]:
    """The rows of a file, each with its line; raises DataError when the file as a whole is wrong."""
    lines = read_lines(stream, largest=largest)
    first = next(lines, None)
    if first is None:
        raise DataError("this file is empty")
    columns, has_header = scheme.read_header(first)
    width = len(columns)
    rows = lines if has_header else chain((first,), lines)
    seen: dict[str, int] = {}
    for position, line in enumerate(rows):
        if len(line.cells) != width:
            raise DataError(
                f"line {line.number} has {len(line.cells)} cells where {width} are expected; is a quotation mark amiss?"
            )
        row = _make_row(scheme, columns, line, position, seen)
        if isinstance(row, LeftOut) or not scheme.skips(scheme.cells_of(row)):
            yield line.number, row
    if has_header and not seen:
        raise DataError("this file has a first line of names and no row below it")


def read_report(line: int, row: ImportedRow, scheme: Scheme, terms: Terms) -> Read | LeftOut:
    """The report that a row makes, or why it makes none."""
    try:
        return Read(line=line, row=row, told=scheme.read(scheme.cells_of(row), terms))
    except DataError as error:
        return LeftOut(line=line, reason=str(error))


def _make_row(
    scheme: Scheme, columns: tuple[str, ...], line: Line, position: int, seen: dict[str, int]
) -> ImportedRow | LeftOut:
    try:
        row = scheme.make_row(columns, line.cells, position)
    except DataError as error:
        return LeftOut(line=line.number, reason=str(error))
    before = seen.setdefault(row.key, line.number)
    if before != line.number:
        return LeftOut(line=line.number, reason=f"event {row.key} stands on line {before} already")
    return row
