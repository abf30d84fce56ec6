"""Faults of a store: a damaged file, a broken chain of revisions, records that differ from their last revision."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, String, cast, exists, func, select, text

from geo.errors import StoreError
from geo.model import Flag, Incident, Resolution
from geo.store import rows, tables
from geo.store.aliases import load_aliases
from geo.store.change import describe_article
from geo.store.corrected import describe_correction, load_corrections
from geo.store.decisions import load_decisions
from geo.store.imported import describe_row, each_row
from geo.store.records import dump_record, load_record
from geo.store.releases import describe_all_withheld, load_releases
from geo.store.revisions import find_break, load_revisions
from geo.store.seals import load_seals

_BATCH = 500
"""Records compared at once: a check of a large store takes no more memory than one of a small."""
_KEYS: Mapping[str, ColumnElement[Any]] = {
    "incident": tables.incident.c.id,
    "article": tables.article.c.id,
    "reading": tables.reading.c.article_id,
    "scope": tables.scope.c.id,
    "alias": tables.alias.c.id,
    "decision": tables.decision.c.id,
    "row": tables.imported_row.c.id,
    "correction": cast(tables.correction.c.number, String),
    "release": tables.release.c.incident_id,
    "withheld": tables.withheld_name.c.article_id,
}
"""Kinds of records whose last revision says what they are, and the column that names each."""

_UNSEALED = ("reading:", "scope:")
"""Kinds of records that have no revision where an older version of this program, or an import, has kept them."""


def find_faults(connection: Connection) -> Iterator[str]:
    """Every fault in one sentence."""
    for look in (_find_damage, _find_break, _find_differences, _find_unreadable):
        try:
            yield from look(connection)
        except (StoreError, ValueError) as error:  # what is kept there is not JSON, no day, or no record
            yield f"what is kept cannot be read: {error}"


def _find_break(connection: Connection) -> Iterator[str]:
    if broken := find_break(load_revisions(connection)):
        yield broken


def _find_damage(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"the file is damaged: {said}"
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"a row of {row[0]} names a row of {row[2]} that is not there"


def _find_differences(connection: Connection) -> Iterator[str]:
    """Records that were altered beside the chain, or stand in one of the two and not in the other."""
    shown = _shown_records(connection)
    while batch := dict(islice(shown, _BATCH)):
        kept = _last_records(connection, list(batch))
        for what, record in batch.items():
            if what not in kept:
                if not what.startswith(_UNSEALED):
                    yield f"{what} is in the store without a revision"
            elif kept[what] is None:
                yield f"{what} was removed by its last revision and is in the store"
            elif kept[what] != record:
                yield f"{what} differs from its last revision"
    for kind, key in _KEYS.items():
        for what in connection.execute(_missing(kind, key)).scalars():
            yield f"{what} has a revision and is missing from the store"


def _find_unreadable(connection: Connection) -> Iterator[str]:
    """Readings, reports and scopes, also those without a revision, are at least what they say they are."""
    c = tables.reading.c
    for toponyms, flags in connection.execute(select(c.toponyms, c.flags).execution_options(yield_per=_BATCH)):
        _ = (
            [load_record(Resolution, resolution) for resolution in toponyms],
            [load_record(Flag, flag) for flag in flags],
        )
    for record in connection.execute(select(tables.report.c.record).execution_options(yield_per=_BATCH)).scalars():
        load_record(Incident, record)
    rows.load_scopes(connection)
    yield from ()


def _last_records(connection: Connection, whats: Sequence[str]) -> dict[str, object]:
    """What each of them was at its last revision, by name; None for one that was removed."""
    c = tables.revision.c
    query = select(c.what, c.after).where(c.what.in_(whats)).order_by(c.sequence)
    last = {what: after for what, after in connection.execute(query)}
    return {what: None if after is None else json.loads(after) for what, after in last.items()}


def _missing(kind: str, key: ColumnElement[Any]) -> Select[str]:
    """Names of the records that were there after their last revision, and are not."""
    made, later = tables.revision.alias(), tables.revision.alias()
    query = (
        select(made.c.what).where(made.c.what.like(f"{kind}:%"), made.c.after.is_not(None)).order_by(made.c.sequence)
    )
    query = query.where(~exists().where(later.c.what == made.c.what, later.c.sequence > made.c.sequence))
    return query.where(~exists().where(key == func.substr(made.c.what, len(kind) + 2)))


def _shown_records(connection: Connection) -> Iterator[tuple[str, object]]:
    for ids in _batches(connection, tables.incident.c.id):
        yield from ((f"incident:{one.id}", dump_record(one)) for one in rows.load_incidents(connection, ids))
    for ids in _batches(connection, tables.article.c.id):
        yield from ((f"article:{one.id}", describe_article(one)) for one in rows.load_articles(connection, ids))
        yield from ((f"reading:{id_}", sealed) for id_, sealed in load_seals(connection, ids))
    yield from ((f"scope:{one.id}", dump_record(one)) for one in rows.load_told_scopes(connection))
    yield from ((f"alias:{one.id}", dump_record(one)) for one in load_aliases(connection))
    yield from ((f"row:{one.id}", describe_row(one)) for one in each_row(connection))
    yield from ((f"decision:{one.id}", dump_record(one)) for one in load_decisions(connection))
    yield from ((f"release:{one.incident_id}", dump_record(one)) for one in load_releases(connection))
    yield from ((f"withheld:{id_}", withheld) for id_, withheld in describe_all_withheld(connection))
    yield from ((f"correction:{one.number}", describe_correction(one)) for one in load_corrections(connection))


def _batches(connection: Connection, column: Column[str]) -> Iterator[Sequence[str]]:
    ids = connection.execute(select(column)).scalars().all()
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
