"""The rows of a selection as Arrow tables, straight from the store's columns, in the order of the selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.exchange.table import safe_line
from geo.store.stream import Stream

Index = NDArray[np.int64]
Types = Mapping[str, pa.DataType]

TEXT, REAL, WHOLE, DAY, TRUTH = pa.string(), pa.float64(), pa.int64(), pa.date32(), pa.bool_()

INCIDENT: Types = {
    "id": TEXT, "title": TEXT, "event_type": TEXT, "sub_event_type": TEXT, "date_start": DAY, "date_end": DAY,
    "date_precision": TEXT, "background": TRUTH, "status": TEXT, "killed_low": WHOLE, "killed_best": WHOLE,
    "killed_high": WHOLE, "wounded_low": WHOLE, "wounded_best": WHOLE, "wounded_high": WHOLE,
}  # fmt: skip
PLACE: Types = {
    "incident_id": TEXT, "position": WHOLE, "place_id": TEXT, "name": TEXT, "kind": TEXT, "country": TEXT, "lat": REAL,
    "lon": REAL, "adm1": TEXT, "role": TEXT, "precision": TEXT, "radius_km": REAL, "border_km_start": REAL,
    "border_km_end": REAL, "distance_to_border_km": REAL, "side": TEXT, "nearest_crossing": TEXT,
}  # fmt: skip
ACTOR: Types = {"incident_id": TEXT, "position": WHOLE, "name": TEXT, "side": TEXT}
REPORT: Types = {"incident_id": TEXT, "position": WHOLE, "article_id": TEXT}
CLAIM: Types = {
    "incident_id": TEXT, "position": WHOLE, "metric": TEXT, "stance": TEXT, "low": WHOLE, "best": WHOLE, "high": WHOLE,
    "qualifier": TEXT, "unit": TEXT, "subject": TEXT, "subject_party": TEXT, "claimant": TEXT, "claimant_party": TEXT,
    "status": TEXT, "subset_of": WHOLE, "article_id": TEXT,
}  # fmt: skip

_IDS = frozenset({"id", "incident_id", "article_id"})
"""Columns that tables are joined by; all other text may come from articles, or from lists that others made."""
_UNUSUAL = r"[^\x20-\x7e]|  |^ | $"
"""What a text must have for ``safe_line`` to change it."""


class Rows:
    """Rows of one table that belong to the selection, those of its first incident first."""

    def __init__(self, table: pa.Table, at: Index) -> None:
        self.table = table
        self.at = at
        """Index of the incident of each row."""

    def __len__(self) -> int:
        return len(self.at)

    def keep(self, *names: str) -> Rows:
        """The same rows with some of their columns only."""
        return Rows(self.table.select(names), self.at)

    def column(self, name: str) -> pa.Array:
        """One column."""
        return self.table.column(name).combine_chunks()

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers, NaN where nothing is known."""
        return np.asarray(self.column(name).cast(REAL).to_numpy(zero_copy_only=False), dtype=np.float64)

    def equals(self, name: str, value: str) -> NDArray[np.bool_]:
        """Where a column has a value."""
        found = pc.fill_null(pc.equal(self.column(name), value), False)
        return np.asarray(found.to_numpy(zero_copy_only=False))


class Reader:
    """Reads the rows of a selection of incidents."""

    def __init__(self, stream: Stream, ids: Sequence[str], *, few: bool) -> None:
        self._stream, self._few = stream, list(ids) if few else None
        self.ids = pa.array(ids, TEXT)

    def read(self, table: str, types: Types, *, key: str = "incident_id") -> Rows:
        """The rows of a table, free text on one line and without what could disguise it."""
        batches = self._stream.columns(table, list(types), key=key, ids=self._few)
        made = pa.Table.from_batches((_as_batch(batch, types) for batch in batches), schema=pa.schema(types.items()))
        at = pc.fill_null(pc.index_in(made.column(key), value_set=self.ids), -1).to_numpy().astype(np.int64)
        order = [at] if "position" not in types else [made.column("position").to_numpy(), at]
        rows = np.lexsort(order)[int((at < 0).sum()) :]
        kept = made if key == "id" else made.drop_columns(key)
        del made
        return Rows(kept.take(pa.array(rows)), at[rows])

    def read_copied(self) -> dict[int, frozenset[str]]:
        """By index of the incident: ids of its articles that only repeat another."""
        known = dict(self._stream.copied())
        at = pc.index_in(pa.array(known, TEXT), value_set=self.ids).to_pylist()
        return {index: frozenset(copies) for index, copies in zip(at, known.values(), strict=True) if index is not None}


def clean(column: pa.Array) -> pa.Array:
    """A column of text, each on one line and without what could disguise it."""
    if not pc.any(pc.match_substring_regex(column, _UNUSUAL)).as_py():
        return column
    texts = pc.dictionary_encode(column)
    return pa.array(map(safe_line, texts.dictionary.to_pylist()), TEXT).take(texts.indices)


def join_texts(at: Index, texts: pa.Array, count: int) -> pa.Array:
    """The texts of each of so many incidents in one cell, each text once; None where there is none."""
    kept = _first_of_each(at, texts)
    at, texts = at[kept], texts.take(pa.array(kept))
    offsets = np.searchsorted(at, np.arange(count + 1)).astype(np.int32)
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), texts), "; ")
    return pc.if_else(pa.array(np.diff(offsets) > 0), joined, None)


def find_copied(copied: Mapping[int, frozenset[str]], at: Index, articles: pa.Array) -> pa.Array:
    """For each row whether its article only repeats another."""
    found = np.zeros(len(at), dtype=bool)
    for row in np.isin(at, list(copied)).nonzero()[0]:
        found[row] = articles[int(row)].as_py() in copied[int(at[row])]
    return pa.array(found)


def take(column: pa.Array, rows: Index) -> pa.Array:
    """The values of some rows; None for row -1."""
    return column.take(pa.array(rows, mask=rows < 0))


def translate(column: pa.Array, meanings: Mapping[str, Any], kind: pa.DataType) -> pa.Array:
    """Each value by what it means; None for others."""
    texts = pc.dictionary_encode(column)
    known = pa.array([meanings.get(value) for value in texts.dictionary.to_pylist()], kind)
    return known.take(texts.indices)


def _first_of_each(at: Index, texts: pa.Array) -> Index:
    """Rows of which none before says the same of the same incident; rows without a text are left out."""
    code = pc.fill_null(pc.dictionary_encode(texts).indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    _, first = np.unique(at * (int(code.max(initial=0)) + 2) + code, return_index=True)
    rows = np.sort(first)
    return np.asarray(rows[code[rows] >= 0], dtype=np.int64)


def _as_batch(columns: Sequence[Sequence[Any]], types: Types) -> pa.RecordBatch:
    arrays = [_as_array(values, name, kind) for values, (name, kind) in zip(columns, types.items(), strict=True)]
    return pa.record_batch(arrays, schema=pa.schema(types.items()))


def _as_array(values: Sequence[Any], name: str, kind: pa.DataType) -> pa.Array:
    if kind in (DAY, TRUTH):
        return pa.array(values).cast(kind)  # ISO text and numbers from SQLite, days and truths from a server
    made = pa.array(values, kind)
    return clean(made) if kind == TEXT and name not in _IDS else made
