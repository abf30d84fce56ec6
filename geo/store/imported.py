"""Rows of other databases' files as their tables keep them: cell for cell, the heads of a file's columns once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from geo.model import ImportedRow
from geo.store.records import Json, write_json
from geo.store.tables import import_layout as layout
from geo.store.tables import imported_row as table
from geo.store.tables import report

_BATCH = 500
"""Ids in one question, as in ``geo.store.rows``."""


def load_rows(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, ImportedRow]:
    """The rows of these reports by their ids, all of them when None."""
    if ids is None:
        return {row.id: row for row in _select(connection, None)}
    batches = (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
    return {row.id: row for batch in batches for row in _select(connection, table.c.id.in_(batch))}


def each_row(connection: Connection) -> Iterator[ImportedRow]:
    """All rows, one after the other: many take more memory than a check should."""
    return _select(connection, None)


def list_incidents(connection: Connection, scheme: str) -> dict[str, int]:
    """Ids of the shown incidents that rows of a database tell, each with the place of its first row in its file."""
    joined = select(report.c.incident_id, func.min(table.c.position)).join(report, report.c.id == table.c.id)
    query = joined.where(table.c.scheme == scheme).group_by(report.c.incident_id)
    return {id_: position for id_, position in connection.execute(query)}


def list_told(connection: Connection, scheme: str) -> tuple[set[str], set[str]]:
    """Ids of the incidents that rows of a database tell or told, shown or joined into others, and of their articles."""
    joined = select(report.c.id, report.c.incident_id, report.c.article_id).join(table, report.c.id == table.c.id)
    told = connection.execute(joined.where(table.c.scheme == scheme)).all()
    return {id_ for row in told for id_ in row[:2]}, {row[2] for row in told}


def list_layouts(connection: Connection, scheme: str) -> list[tuple[str, ...]]:
    """The heads of the columns of all files that rows of a database came from."""
    used = select(table.c.layout_id).where(table.c.scheme == scheme)
    query = select(layout.c.columns).where(layout.c.id.in_(used)).order_by(layout.c.id)
    return [tuple(columns) for columns in connection.execute(query).scalars()]


def load_rows_of(connection: Connection, incident_ids: Sequence[str], scheme: str) -> dict[str, list[ImportedRow]]:
    """The rows of a database that tell each of these incidents, in the order of their files."""
    found: dict[str, list[ImportedRow]] = {}
    for start in range(0, len(incident_ids), _BATCH):
        told = select(report.c.id, report.c.incident_id)
        told = told.where(report.c.incident_id.in_(incident_ids[start : start + _BATCH]))
        incident_of = {id_: incident_id for id_, incident_id in connection.execute(told)}
        for row in load_rows(connection, list(incident_of)).values():
            if row.scheme == scheme:
                found.setdefault(incident_of[row.id], []).append(row)
    return found


def keep_rows(connection: Connection, rows: Sequence[ImportedRow]) -> None:
    """Keep rows in place of those before them of the same ids."""
    layouts = {columns: _name(columns) for columns in {row.columns for row in rows}}
    _keep_layouts(connection, layouts)
    values = [
        {
            "id": row.id,
            "scheme": row.scheme,
            "key": row.key,
            "layout_id": layouts[row.columns],
            "position": row.position,
            "cells": list(row.cells),
        }
        for row in rows
    ]
    for start in range(0, len(values), _BATCH):
        batch = values[start : start + _BATCH]
        connection.execute(delete(table).where(table.c.id.in_([value["id"] for value in batch])))
        connection.execute(insert(table), batch)


def describe_row(row: ImportedRow) -> Json:
    """A row as its revision keeps it: the cells stand in the table, here is their hash."""
    cells = write_json([list(row.columns), list(row.cells)])
    return {"scheme": row.scheme, "key": row.key, "sha256": hashlib.sha256(cells.encode()).hexdigest()}


def describe_replaced(row: ImportedRow) -> Json:
    """A row as the revision that replaces it keeps it: with its cells, which stand nowhere else any more."""
    return {**describe_row(row), "columns": list(row.columns), "cells": list(row.cells)}


def _keep_layouts(connection: Connection, layouts: dict[tuple[str, ...], str]) -> None:
    known = set(connection.execute(select(layout.c.id).where(layout.c.id.in_(layouts.values()))).scalars())
    new = [{"id": id_, "columns": list(columns)} for columns, id_ in layouts.items() if id_ not in known]
    if new:
        connection.execute(insert(layout), new)


def _name(columns: Iterable[str]) -> str:
    return hashlib.sha256(write_json(list(columns)).encode()).hexdigest()


def _select(connection: Connection, where: ColumnElement[bool] | None) -> Iterator[ImportedRow]:
    heads = {id_: tuple(columns) for id_, columns in connection.execute(select(layout.c.id, layout.c.columns))}
    query = select(table).order_by(table.c.position, table.c.id)
    query = query.execution_options(yield_per=_BATCH)
    for row in connection.execute(query if where is None else query.where(where)).mappings():
        yield ImportedRow(
            id=row["id"],
            scheme=row["scheme"],
            key=row["key"],
            columns=heads[row["layout_id"]],
            cells=tuple(row["cells"]),
            position=row["position"],
        )
