"""What was corrected of published incidents, for readers to see: kept beside the chain of revisions, and in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, insert, select

from geo.model import Correction, FieldChange, Incident
from geo.store.records import dump_record, load_record
from geo.store.tables import correction as table

_SILENT = frozenset(("id", "version", "edited", "copied", "flags", "quote"))
"""Fields that follow from others, or say nothing to a reader."""


def compare_fields(before: Incident, after: Incident) -> tuple[FieldChange, ...]:
    """The fields that differ between two versions of an incident, in the order of the record, as JSON values."""
    was, now = dump_record(before), dump_record(after)
    names = [name for name in Incident.__dataclass_fields__ if name not in _SILENT]
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    return tuple(FieldChange(field=name, before=was.get(name), after=now.get(name)) for name in changed)


def keep_correction(
    connection: Connection, incident_id: str, changes: tuple[FieldChange, ...], *, who: str, time: datetime, reason: str
) -> Correction:
    """Keep a correction under the next number."""
    made = Correction(number=0, incident_id=incident_id, time=time, who=who, changes=changes, reason=reason)
    values = {name: value for name, value in {**dump_record(made), "changes": _dump(made)}.items() if name != "number"}
    number = connection.execute(insert(table).values(values)).inserted_primary_key
    return load_record(Correction, {**values, "number": int(number[0]) if number else 0})


def load_corrections(connection: Connection, incident_id: str | None = None) -> Iterator[Correction]:
    """All corrections, or those of one incident, newest first."""
    query = select(table).order_by(table.c.number.desc())
    if incident_id is not None:
        query = query.where(table.c.incident_id == incident_id)
    return (load_record(Correction, dict(row)) for row in connection.execute(query).mappings())


def describe_correction(correction: Correction) -> dict[str, object]:
    """A correction as its revision keeps it."""
    return {**dump_record(correction), "changes": _dump(correction)}


def _dump(correction: Correction) -> list[dict[str, object]]:
    return [{"field": c.field, "before": c.before, "after": c.after} for c in correction.changes]
