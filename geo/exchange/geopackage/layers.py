"""A layer of a GeoPackage: attributes held whole, geometries drawn some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geo.exchange.geopackage.columns import TEXT, WHOLE, Index
from geo.exchange.table import CHECKED, NOT_CHECKED, REVIEWED
from geo.filters import STATUSES

GEOMETRY = "geom"
"""Name of the column of geometries."""
REVIEW = {status: CHECKED if status in REVIEWED else NOT_CHECKED for status in STATUSES}
"""What each status says of checking."""
TOLLS = tuple(f"{metric}_{bound}" for metric in ("killed", "wounded") for bound in ("low", "best", "high"))

Shapes = NDArray[np.object_]
_BATCH = 10_000
"""Rows whose geometries are held at once."""
_PARTS = {1: shapely.multilinestrings, 3: shapely.multipolygons}
"""What makes many of one, by the type of the one."""


def _draw_nothing(rows: slice) -> Shapes:
    return np.full(rows.stop - rows.start, None, dtype=object)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer or table of the file."""

    name: str
    about: str
    """One sentence for those who open it."""
    table: pa.Table
    """Its attributes."""
    kind: str | None = None
    """Type of its geometries; None for a table without."""
    draw: Callable[[slice], Shapes] = field(default=_draw_nothing)
    """The shapes of some rows, None where there is none."""

    def read_batches(self) -> pa.RecordBatchReader:
        """Its rows, each drawn when its turn comes."""
        geometry = pa.field(GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
        schema = self.table.schema if self.kind is None else self.table.schema.append(geometry)
        return pa.RecordBatchReader.from_batches(schema, self._make_batches(schema))

    def _make_batches(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        for start in range(0, len(self.table), _BATCH):
            rows = slice(start, min(start + _BATCH, len(self.table)))
            columns = [column.combine_chunks() for column in self.table.slice(start, _BATCH).columns]
            if self.kind is not None:
                drawn = shapely.to_wkb(_as_many(self.draw(rows), self.kind))
                columns.append(pa.array(drawn.tolist(), pa.binary()))
            yield pa.record_batch(columns, schema=schema)


def as_ids(rows: Index) -> pa.Array:
    """Rows by number from 1, as a GeoPackage counts them; None for -1."""
    return pa.array(rows + 1, WHOLE, mask=rows < 0)


def from_rows(rows: Sequence[Any], names: Sequence[str], kinds: dict[str, pa.DataType]) -> pa.Table:
    """A table of rows by column name; what has no kind is text."""
    return pa.table({name: pa.array([row.get(name) for row in rows], kinds.get(name, TEXT)) for name in names})


def _as_many(shapes: Shapes, kind: str) -> Shapes:
    """Shapes of several parts, also those that have one, in a layer of such: it has a single kind."""
    if not kind.startswith("Multi"):
        return shapes
    found, made = shapely.get_type_id(shapes), shapes.copy()
    for single, make in _PARTS.items():
        if (found == single).any():
            made[found == single] = make(shapes[found == single][:, None])
    return made
