"""The chain of revisions: every change, each with the hash of the one before, so that none can be altered unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, func, insert, select

from geo.model import Revision
from geo.store.records import write_json
from geo.store.tables import revision

FIRST_HASH = "0" * 64
"""What the first revision carries as the hash of the one before."""

_HASHED = ("sequence", "time", "who", "what", "before", "after", "reason", "previous_hash")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change still to be written down."""

    what: str
    """Kind and id of the record."""
    before: str | None
    after: str | None
    reason: str


def append_revisions(connection: Connection, edits: Iterable[Edit], *, who: str, time: datetime) -> int:
    """Add the edits to the end of the chain, inside the caller's transaction; returns the last sequence number."""
    sequence, previous = _last(connection)
    rows = []
    for edit in edits:
        sequence += 1
        made = _seal(edit, sequence=sequence, time=time, who=who, previous_hash=previous)
        rows.append({**{name: getattr(made, name) for name in _HASHED}, "time": _stamp(time), "hash": made.hash})
        previous = made.hash
    if rows:
        connection.execute(insert(revision), rows)
    return sequence


def last_sequence(connection: Connection) -> int:
    """The data revision: number of the newest revision, 0 for an empty store."""
    return int(connection.execute(select(func.coalesce(func.max(revision.c.sequence), 0))).scalar_one())


def load_time(connection: Connection, sequence: int) -> datetime | None:
    """When a revision was made; None when there is none of that number."""
    time = connection.execute(select(revision.c.time).where(revision.c.sequence == sequence)).scalar_one_or_none()
    return datetime.fromisoformat(time) if time else None


def find_sequence(connection: Connection, before: datetime) -> int:
    """Number of the newest revision that was made before a moment; 0 when there is none."""
    c = revision.c
    query = select(func.coalesce(func.max(c.sequence), 0)).where(c.time < _stamp(before))
    return int(connection.execute(query).scalar_one())


def load_revisions(
    connection: Connection, *, what: str | None = None, after: int = 0, most: int | None = None
) -> Iterator[Revision]:
    """Revisions from the first, or the first after one, on: all, or those of one record such as "incident:5f3c..."."""
    query = select(revision).where(revision.c.sequence > after).order_by(revision.c.sequence).limit(most)
    if what is not None:
        query = query.where(revision.c.what == what)
    return map(_read, connection.execute(query.execution_options(yield_per=1000)))


def find_break(revisions: Iterable[Revision]) -> str | None:
    """The first fault of the chain in a sentence; None when it holds."""
    previous, expected = FIRST_HASH, 1
    for made in revisions:
        if made.sequence != expected:
            return f"revision {expected} is missing"
        if made.previous_hash != previous:
            return f"revision {made.sequence} does not follow the one before it"
        if made.hash != _hash(made):
            return f"revision {made.sequence} ({made.what}) was altered after it was written"
        previous, expected = made.hash, expected + 1
    return None


def _last(connection: Connection) -> tuple[int, str]:
    query = select(revision.c.sequence, revision.c.hash).order_by(revision.c.sequence.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return (row.sequence, row.hash) if row else (0, FIRST_HASH)


def _seal(edit: Edit, *, sequence: int, time: datetime, who: str, previous_hash: str) -> Revision:
    unsealed = Revision(
        sequence=sequence,
        time=time,
        who=who,
        what=edit.what,
        before=edit.before,
        after=edit.after,
        reason=edit.reason,
        previous_hash=previous_hash,
        hash="",
    )
    return replace(unsealed, hash=_hash(unsealed))


def _hash(made: Revision) -> str:
    """sha256 over all other fields as one JSON list."""
    content = [_stamp(made.time) if name == "time" else getattr(made, name) for name in _HASHED]
    return hashlib.sha256(write_json(content).encode()).hexdigest()


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()


def _read(row: Row[tuple[object, ...]]) -> Revision:
    values = dict(row._mapping)
    return Revision(**{**values, "time": datetime.fromisoformat(values["time"])})
