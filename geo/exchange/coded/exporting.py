"""Incidents as a file of a coded database: its own rows as they came, all others as far as its columns can say them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO, NamedTuple

from geo.deduplication import join_incidents
from geo.errors import StoreError
from geo.exchange.coded.checks import FORMULA_STARTS, is_number
from geo.exchange.coded.scheme import Scheme, Terms, Value, edit_row, index_columns, write_cells
from geo.exchange.table import Selection, safe_line
from geo.model import ImportedRow, Incident
from geo.store import Store

_BATCH = 500


class Refused(NamedTuple):
    """What the database cannot say."""

    id: str
    reason: str


class Derived(NamedTuple):
    """A cell that no report says, and how it was worked out."""

    event: str
    column: str
    cell: str
    rule: str


@dataclass(slots=True)
class Written:
    """What became of a selection."""

    untouched: int = 0
    """Rows of the database that came back as they were."""
    edited: int = 0
    """Rows of the database of which a person changed something."""
    converted: int = 0
    """Incidents that came from elsewhere."""
    refused: list[Refused] = field(default_factory=list)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many cells were worked out, by column and rule."""


def write_coded(
    stream: BinaryIO,
    selection: Selection,
    scheme: Scheme,
    terms: Terms,
    *,
    store: Store,
    note: Callable[[Derived], object] = lambda _: None,
) -> Written:
    """Write the selection as a CSV file of the database: its rows in the order they came in, then all others.

    ``note`` is told of every cell that was worked out. Raises StoreError when the store changes meanwhile.
    """
    heads = _choose_heads(store.layouts_from(scheme.name), scheme)
    writer = _Writer(selection, scheme, terms, heads, note)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        rows = csv.writer(text)
        rows.writerow(heads)
        for incident, own, reports in _list_incidents(selection, store, scheme):
            rows.writerows(writer.write_incident(incident, own, reports))
    finally:
        text.detach()
    reason = f"it is one figure for several places, and {scheme.title} has one place a row"
    writer.written.refused.extend(Refused(scope.id, reason) for scope in selection.scopes)
    if store.data_revision() != selection.revision:
        raise StoreError(f"{store.name} changed while it was exported; try again in a moment")
    return writer.written


class _Writer:
    """Writes incidents under the heads of one file, and keeps account."""

    def __init__(
        self,
        selection: Selection,
        scheme: Scheme,
        terms: Terms,
        heads: tuple[str, ...],
        note: Callable[[Derived], object],
    ) -> None:
        self._selection, self._scheme, self._terms, self._heads = selection, scheme, terms, heads
        self._tell = note
        self._places = index_columns(heads, scheme)
        self.written = Written()

    def write_incident(
        self, incident: Incident, own: Sequence[ImportedRow], reports: Sequence[Incident]
    ) -> Iterator[tuple[str, ...]]:
        """The rows of an incident: those of the database that tell it, else the one it can be said in, if any."""
        if not own:
            yield from self._convert(incident)
        for row in own:
            yield self._lay_out(row, self._write_row(row, incident, reports))

    def _write_row(self, row: ImportedRow, incident: Incident, reports: Sequence[Incident]) -> tuple[str, ...]:
        before = _as_told(incident, reports)
        edits = edit_row(row, before, incident, self._scheme, self._terms)
        reason = self._scheme.refuse(incident) if edits else None
        if reason and reason != self._scheme.refuse(before):
            said = f"a person changed it so that {reason}; the row is as it came"
            self.written.refused.append(Refused(row.key, said))
            edits = {}
        self.written.edited += bool(edits)
        self.written.untouched += not edits
        edits = {name: value._replace(cell=_guard(value.cell)) for name, value in edits.items()}
        self._note(row.key, edits)
        return write_cells(row, edits, self._scheme)

    def _lay_out(self, row: ImportedRow, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The cells of a row under the heads of this file."""
        if row.columns == self._heads:
            return cells
        places = index_columns(row.columns, self._scheme)
        return self._spread({name: cells[place] for name, place in places.items()})

    def _convert(self, incident: Incident) -> Iterator[tuple[str, ...]]:
        reason = self._scheme.refuse(incident)
        if reason:
            self.written.refused.append(Refused(incident.id, reason))
            return
        values = {
            **self._scheme.frame(incident, self._selection),
            **self._scheme.describe(incident, self._terms),
        }
        self._note(incident.id, values)
        self.written.converted += 1
        yield self._spread({name: _guard(value.cell) for name, value in values.items()})

    def _spread(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        spread = [""] * len(self._heads)
        for name, cell in cells.items():
            if name in self._places:
                spread[self._places[name]] = cell
        return tuple(spread)

    def _note(self, event: str, values: Mapping[str, Value]) -> None:
        for name, value in values.items():
            if value.rule and value.cell:
                self.written.rules[name, value.rule] += 1
                self._tell(Derived(event, name, value.cell, value.rule))


def _as_told(incident: Incident, reports: Sequence[Incident]) -> Incident:
    """The incident as its reports tell it, without what a person changed."""
    told = join_incidents(reports, copied=incident.copied) if len(reports) > 1 else reports[0]
    return replace(told, id=incident.id, status=incident.status, version=incident.version)


def _guard(cell: str) -> str:
    """A cell of our own making: on one line, and never a formula."""
    line = safe_line(cell)
    return f"'{line}" if line.startswith(FORMULA_STARTS) and not is_number(line) else line


def _choose_heads(layouts: Sequence[tuple[str, ...]], scheme: Scheme) -> tuple[str, ...]:
    """The columns of the one kind of file the rows came from; of several kinds, the codebook's and what they add."""
    if len(layouts) == 1:
        return layouts[0]
    names = dict.fromkeys(name for columns in layouts for name in index_columns(columns, scheme))
    return (*scheme.columns, *(name for name in names if name and name not in scheme.columns))


def _list_incidents(
    selection: Selection, store: Store, scheme: Scheme
) -> Iterator[tuple[Incident, list[ImportedRow], list[Incident]]]:
    """Each incident with the rows of the database that tell it and, where there are any, all its reports."""
    position = store.positions_from(scheme.name)
    ids = sorted(selection.ids, key=lambda id_: position.get(id_, len(position) + 2**31))
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        own = store.rows_of(batch, scheme.name)
        reports = store.all_reports_of(list(own))
        for incident in store.load_incidents(batch):
            yield incident, own.get(incident.id, []), reports.get(incident.id, [])
