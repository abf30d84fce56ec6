"""What persons decided of reports: the last word on each pair of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select

from geo.model import Decision
from geo.store.records import dump_record, load_record
from geo.store.tables import decision as table
from geo.store.tables import report

_COLUMNS = ("id", "kept_id", "other_id", "verdict", "who", "time", "reason")
_BATCH = 500
"""Ids in one question, as in ``geo.store.rows``."""


def load_decisions(connection: Connection) -> list[Decision]:
    """All that was decided, earliest first."""
    return list(_select(connection, None))


def find_decisions(connection: Connection, ids: Sequence[str]) -> list[Decision]:
    """What was decided of the pairs of these ids."""
    batches = (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
    return [found for batch in batches for found in _select(connection, table.c.id.in_(batch))]


def find_decisions_about(connection: Connection, report_id: str, incident_ids: Sequence[str]) -> list[Decision]:
    """What was decided of a report, and of the reports of incidents, earliest first."""
    found: dict[str, Decision] = {}
    for start in range(0, len(incident_ids) or 1, _BATCH):
        inside = select(report.c.id).where(report.c.incident_id.in_(incident_ids[start : start + _BATCH]))
        named = [or_(column == report_id, column.in_(inside)) for column in (table.c.kept_id, table.c.other_id)]
        found.update({decision.id: decision for decision in _select(connection, or_(*named))})
    return sorted(found.values(), key=lambda decision: (decision.time, decision.id))


def keep_decisions(connection: Connection, decisions: Iterable[Decision]) -> None:
    """Keep decisions in place of those before them on the same pairs."""
    rows = [{"reason": "", **dump_record(decision)} for decision in decisions]
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        connection.execute(delete(table).where(table.c.id.in_([row["id"] for row in batch])))
        connection.execute(insert(table), batch)


def _select(connection: Connection, where: ColumnElement[bool] | None) -> Iterator[Decision]:
    query = select(*(table.c[name] for name in _COLUMNS)).order_by(table.c.time, table.c.id)
    found = connection.execute(query if where is None else query.where(where)).mappings()
    return (load_record(Decision, dict(row)) for row in found)
