"""What a coded database is to us: its columns, how a row of it is read, and what it can say of an incident.

An imported row is kept cell for cell. What an incident says in a database's words is derived twice, as it was
imported and as it is now; where the two agree the cell stays as it came, and only where they differ it is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, Protocol
from uuid import UUID, uuid5

from geo.borders import Border
from geo.errors import DataError
from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.delimited import Line
from geo.exchange.table import Selection
from geo.model import Article, ImportedRow, Incident
from geo.model import Scheme as SchemeName

NAMESPACE = UUID("0d4d6d0e-2f0b-5f0e-8a54-7c1f0e9b6a31")
"""Namespace of the ids of imported reports and their articles."""

_WHOLE = re.compile(r"[+-]?\d+(?:\.0+)?")


class Value(NamedTuple):
    """What an incident says in one column."""

    cell: str
    rule: str = ""
    """How it was worked out, where the incident does not say it itself; empty when it does."""


class Told(NamedTuple):
    """A row as a report of its database."""

    article: Article
    incident: Incident


class Fault(NamedTuple):
    """A cell that contradicts its codebook."""

    column: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What rows are read and written with."""

    atlas: Atlas
    border: Border


class Cells:
    """The cells of a row by the codebook's names of their columns, without the blanks around them."""

    def __init__(self, row: ImportedRow, places: Mapping[str, int]) -> None:
        self.row = row
        self._places = places

    def __getitem__(self, name: str) -> str:
        """The cell; empty when the file has no such column."""
        place = self._places.get(name)
        return "" if place is None else self.row.cells[place].strip()

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def place_of(self, name: str) -> int | None:
        """Index of a column; None when the file has none."""
        return self._places.get(name)

    def integer(self, name: str) -> int | None:
        """A whole number, also written "2.0"; None for an empty cell. Raises DataError for anything else."""
        written = self[name]
        if not written:
            return None
        if not _WHOLE.fullmatch(written) or len(written) > 18:
            raise DataError(f"{name} is {_quote(written)}, not a whole number")
        return int(written.partition(".")[0])

    def degrees(self, name: str, most: float) -> float | None:
        """A coordinate; None for an empty cell. Raises DataError when it is none or beyond ``most``."""
        written = self[name]
        if not written:
            return None
        try:
            value = float(written)
        except ValueError:
            value = float("nan")
        if not abs(value) <= most:
            raise DataError(f"{name} is {_quote(written)}, not a number of degrees from -{most:.0f} to {most:.0f}")
        return value


class Reader(Protocol):
    """How a row becomes a report; raises DataError with the reason when it cannot."""

    def __call__(self, cells: Cells, terms: Terms, /) -> Told: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A coded database."""

    name: SchemeName
    title: str
    """As people call it."""
    columns: tuple[str, ...]
    """All columns, in the order of its newest files."""
    aliases: Mapping[str, str]
    """Names that other versions give some of the columns."""
    required: tuple[str, ...]
    """Columns without which a row cannot be read."""
    key: str
    """The column of the event's id."""
    key_pattern: re.Pattern[str]
    """What such an id looks like, by which a file without header is known."""
    read: Reader
    describe: Callable[[Incident, Terms], dict[str, Value]]
    """What an incident says in the columns that follow from it; leaves out what it does not say."""
    frame: Callable[[Incident, Selection], dict[str, Value]]
    """What stands in the columns of ids, sources and notes of an incident that came from elsewhere."""
    refuse: Callable[[Incident], str | None]
    """Why an incident cannot be said in this database, in a sentence; None when it can."""
    restyle: Callable[[str, str, Cells], str]
    """A derived cell of a column in the style of a row."""
    lint: Callable[[Cells, Terms], Iterator[Fault]]
    """What of a row contradicts the codebook."""
    key_of: Callable[[Cells], str] | None = None
    """What tells a row from others; None for the cell of ``key``."""
    id_of: Callable[[str], str] | None = None
    """Id of the incident of such a key; None for one made of database and key."""
    skips: Callable[[Cells], bool] = lambda _: False
    """Rows that are no events."""

    def read_header(self, line: Line) -> tuple[tuple[str, ...], bool]:
        """The columns of a file by its first row, and whether that row names them. Raises DataError."""
        places = index_columns(line.cells, self)
        missing = [name for name in self.required if name not in places]
        if not missing:
            _check_heads(line.cells)
            return line.cells, True
        unnamed = len(line.cells) == len(self.columns) and len(missing) == len(self.required)
        if unnamed and self.key_pattern.fullmatch(line.cells[self.columns.index(self.key)].strip()):
            return self.columns, False
        raise DataError(
            f"this is no file of {self.title}: its first line does not name {_list(missing)}, and it is no row of "
            f"{len(self.columns)} cells without header"
        )

    def cells_of(self, row: ImportedRow) -> Cells:
        """The cells of a row by column."""
        return Cells(row, index_columns(row.columns, self))

    def make_row(self, columns: tuple[str, ...], cells: tuple[str, ...], position: int) -> ImportedRow:
        """A row as it is kept, under the id of the report it makes; raises DataError when it has no id of its own."""
        row = ImportedRow(id="", scheme=self.name, key="", columns=columns, cells=cells, position=position)
        cells_ = self.cells_of(row)
        key = self.key_of(cells_) if self.key_of else cells_[self.key].removesuffix(".0")
        if not key:
            raise DataError(f"{self.key} is empty, and an event without an id cannot be told from others")
        return replace(row, id=self.id_of(key) if self.id_of else report_id(self.name, key), key=key)


def report_id(scheme: str, key: str) -> str:
    """Id of the report, and of the incident, that an event of a database makes."""
    return str(uuid5(NAMESPACE, f"{scheme}:{key}"))


def article_id(scheme: str, key: str, text: str) -> str:
    """Id of what a database says of an event; another when it says something else."""
    return str(uuid5(NAMESPACE, f"{scheme}:{key}:{text}"))


@lru_cache(maxsize=256)
def _index(columns: tuple[str, ...], aliases: tuple[tuple[str, str], ...]) -> Mapping[str, int]:
    renamed = dict(aliases)
    names = [head.strip().lower() for head in columns]
    return {renamed.get(name, name): place for place, name in reversed(list(enumerate(names)))}


def index_columns(columns: tuple[str, ...], scheme: Scheme) -> Mapping[str, int]:
    """Index of each column by the codebook's name."""
    return _index(columns, tuple(scheme.aliases.items()))


def edit_row(row: ImportedRow, before: Incident, now: Incident, scheme: Scheme, terms: Terms) -> dict[str, Value]:
    """The columns of a row that an edit of its incident changed, with what they say now, in the row's own style."""
    if before == now:
        return {}
    cells = scheme.cells_of(row)
    told, tells = scheme.describe(before, terms), scheme.describe(now, terms)
    return {
        name: Value(scheme.restyle(name, value.cell, cells), value.rule)
        for name, value in tells.items()
        if name in cells and value.cell != told.get(name, Value("")).cell
    }


def write_cells(row: ImportedRow, edits: Mapping[str, Value], scheme: Scheme) -> tuple[str, ...]:
    """The cells of a row, those that were edited written anew."""
    if not edits:
        return row.cells
    places = index_columns(row.columns, scheme)
    written = list(row.cells)
    for name, value in edits.items():
        written[places[name]] = value.cell
    return tuple(written)


def like_number(cell: str, like: str) -> str:
    """A whole number with ".0" where a cell of its row has it too."""
    return f"{cell}.0" if re.fullmatch(r"-?\d+", cell) and re.fullmatch(r"-?\d+\.0", like) else cell


def _check_heads(heads: Sequence[str]) -> None:
    names = [head.strip().lower() for head in heads if head.strip()]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise DataError(f"the column {_quote(twice)} stands twice in the first line")


def _list(names: Sequence[str]) -> str:
    shown = [*names[:4], f"{len(names) - 4} more"] if len(names) > 5 else list(names)
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _quote(text: str) -> str:
    """A cell as a message shows it: short and on one line."""
    line = " ".join(text.split())
    return repr(line if len(line) <= 40 else f"{line[:39]}…")
