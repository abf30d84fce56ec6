"""The store in batches, all from one moment, for exports larger than memory should hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from itertools import compress
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Integer, Text, cast, or_, select, type_coerce

from geo.model import Incident
from geo.store import revisions, rows, tables
from geo.store.released import Screen, Whole
from geo.store.screening import Cutter, check_columns, with_keys
from geo.store.store import Store

COPIED = ('%"copied": ["%', '%"copied":["%')
"""How the rest of an incident that has copies is written, by one database or another."""
_BATCH = 500
"""Incidents, or ids in one question."""
_ROWS = 20_000


@contextmanager
def open_stream(store: Store) -> Iterator[Stream]:
    """What is too much to be held at once, all from one moment: the block is one transaction that only reads."""
    with store._reading() as connection:
        yield Stream(connection, store._screen(connection))


class Stream:
    """What the store held when this began, until the transaction that it belongs to ends."""

    def __init__(self, connection: Connection, screen: Whole) -> None:
        self._connection = connection
        self._screen = screen

    @cached_property
    def revision(self) -> int:
        """Data revision of everything that comes out of this."""
        return revisions.last_sequence(self._connection)

    def incidents(self, ids: Sequence[str]) -> Iterator[Incident]:
        """The incidents of these ids, in their order."""
        for start in range(0, len(ids), _BATCH):
            yield from self._screen.incidents(rows.load_incidents(self._connection, ids[start : start + _BATCH]))

    def shown_ids(self) -> Iterator[str]:
        """Ids of all incidents that are not withdrawn, newest first, the undated last."""
        c = tables.incident.c
        query = select(c.id).where(c.status != "withdrawn").order_by(c.date_start.is_(None), c.date_start.desc(), c.id)
        gone = self._screen.list_gone()
        found = self._connection.execute(query.execution_options(yield_per=_ROWS)).scalars()
        yield from (id_ for id_ in found if id_ not in gone) if gone else found

    def copied(self) -> Iterator[tuple[str, list[str]]]:
        """Id of each incident of which some articles are copies, and the ids of these."""
        rest = tables.incident.c.rest
        told = or_(*(cast(rest, Text()).like(sign) for sign in COPIED))
        query = select(tables.incident.c.id, rest).where(told)
        known = {id_: kept["copied"] for id_, kept in self._connection.execute(query)}
        yield from self._screen.copied(known).items()

    def columns(
        self, table: str, columns: Sequence[str], *, key: str = "", ids: Sequence[str] | None = None
    ) -> Iterator[list[Sequence[Any]]]:
        """Batches of rows, column by column, in no order: those whose ``key`` is one of ``ids``, or all.

        SQLite gives days as ISO text and truths as numbers, as it keeps them; a server gives what it knows.
        """
        if not isinstance(self._screen, Screen):
            yield from self._read(table, columns, key, ids)
            return
        check_columns({table: columns})
        asked = with_keys({table: columns})[table]
        cutter = Cutter(self._connection, self._screen)
        for batch in self._read(table, asked, key, ids):
            kept = cutter.mask(cutter.drop({table: dict(zip(asked, batch, strict=True))}))[table]
            yield [kept[name] for name in columns]
        added, few = cutter.add(table, asked), set(ids or ())
        wanted = [ids is None or id_ in few for id_ in added[key]] if key else [True] * len(added[asked[0]])
        yield [list(compress(added[name], wanted)) for name in columns]

    def _read(
        self, table: str, columns: Sequence[str], key: str, ids: Sequence[str] | None
    ) -> Iterator[list[Sequence[Any]]]:
        found = tables.metadata.tables[table]
        query = select(*(_as_kept(found.c[name]) for name in columns)).execution_options(yield_per=_ROWS)
        starts = range(0, len(ids), _BATCH) if ids is not None else ()
        few = [query.where(found.c[key].in_(ids[start : start + _BATCH])) for start in starts if ids is not None]
        for question in [query] if ids is None else few:
            for batch in self._connection.execute(question).partitions():
                yield list(zip(*batch, strict=True))

    def changes(self, kind: str, ids: Sequence[str]) -> Iterator[tuple[str, datetime]]:
        """Id and time of every change to the records of a kind ("incident"), newest first; of few ids no others."""
        c = tables.revision.c
        few = len(ids) <= _BATCH
        wanted = c.what.in_([f"{kind}:{id_}" for id_ in ids]) if few else c.what.like(f"{kind}:%")
        query = select(c.what, c.time).where(wanted).order_by(c.sequence.desc())
        for what, time in self._connection.execute(query.execution_options(yield_per=_BATCH)):
            yield what.partition(":")[2], datetime.fromisoformat(time)


def _as_kept(column: Column[Any]) -> Any:
    """The column without the work of making dates and truths of it."""
    if isinstance(column.type, Date):
        return type_coerce(column, Text())
    return type_coerce(column, Integer()) if isinstance(column.type, Boolean) else column
