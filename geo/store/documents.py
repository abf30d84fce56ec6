"""Documents to be read: the table that says what came in, what became of it, and who works on it now.

Every document is pending, done or quarantined, at every moment: it becomes done in the transaction that adds its
article, and quarantined with a code and a sentence where it cannot be read. Who works on documents holds them for a
while; what a process that died held is free again at once on its own machine, elsewhere when that while is over.
"""

from __future__ import annotations

import hashlib
import os
import platform
import time as clock
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Literal, TypeVar

from sqlalchemy import Connection, Engine, Row, Select, func, insert, or_, select, update

from geo.errors import StoreError
from geo.store.engine import explain_errors
from geo.store.records import write_json
from geo.store.tables import document

T = TypeVar("T")
DocumentState = Literal["pending", "done", "quarantined"]

_BATCH = 500
"""Rows in one statement, as in ``geo.store.rows``."""
_FREE = {"holder": None, "held_until": None}
DONE = {**_FREE, "state": "done", "body": None}
"""What a document that is done has in its columns, beside its article and the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """Something to be read as one article; a file of many articles has one for each line."""

    source: str
    """Where it comes from: an absolute path, an address, or words such as "standard input"."""
    part: int = 0
    """Line of the file, the first is 1; 0 where the document is the whole of its source."""
    start: int | None = None
    """First byte in the file; None where it is the whole of it, or no file."""
    length: int | None = None
    """Bytes from there on; None as for ``start``."""
    sha256: str = ""
    """Of its bytes as they were when it was queued; empty for an address whose page is still to be fetched."""
    body: bytes | None = None
    """Its bytes, where they stand nowhere else; None for a file and an address."""
    facts: Mapping[str, str | None] = field(default_factory=dict)
    """What is known of its article: title, published (ISO day), publisher, language; the media type of its body."""
    feed_id: str | None = None
    """Feed it was found in; None for what a person added."""
    not_before: float | None = None
    """Seconds since 1970 before which nobody takes it; None for at once."""

    @property
    def key(self) -> str:
        """Names it: the same source, part and bytes are the same document, which is queued once."""
        return hashlib.sha256(write_json([self.source, self.part, self.sha256]).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(NewDocument):
    """A document of the table."""

    number: int
    """Its place in the queue: documents are read in the order of their numbers."""
    state: DocumentState = "pending"
    attempts: int = 0
    """How often it was taken by someone who did not give it back, this time counted."""
    article_id: str | None = None
    """The article it became; None until it is done."""
    code: str | None = None
    """Why it cannot be read, as a code; None unless it is quarantined."""
    message: str | None = None
    """The same as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of all documents that ever came in."""

    pending: int = 0
    done: int = 0
    quarantined: int = 0

    @property
    def queued(self) -> int:
        """All that came in: each is one of the three."""
        return self.pending + self.done + self.quarantined


def name_holder() -> str:
    """A name of this process under which it may hold documents; no other has it."""
    return f"{platform.node()[:24]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


class Documents:
    """The queue of documents, shared by all processes that open the store; safe to share between threads."""

    def __init__(self, engine: Engine, name: str, *, read_only: bool) -> None:
        self._engine = engine
        self._name = name
        self._read_only = read_only

    def queue(self, documents: Sequence[NewDocument], *, time: datetime | None = None) -> int:
        """Add documents behind those there are; returns how many are new, for one that is there stays as it is."""
        added = (time or datetime.now(UTC)).astimezone(UTC).isoformat()
        with self._writing() as connection:
            return sum(_insert_new(connection, batch, added) for batch in _batches(documents))

    def take(
        self,
        holder: str,
        *,
        most: int = 64,
        lease_s: float = 60.0,
        now: float | None = None,
        only: Collection[int] | None = None,
    ) -> list[Document]:
        """The next documents to read, in their order; they are the holder's for ``lease_s`` from now.

        Those that another holds who may be alive end the list: documents are read in their order, whoever does it. Of
        the numbers in ``only``, for which somebody waits, all that are free are taken, out of their turn. What the
        holder has already is held for as long again and not among them.
        """
        moment = clock.time() if now is None else now
        with self._writing() as connection:
            renewed = update(document).where(document.c.holder == holder)
            connection.execute(renewed.values(held_until=moment + lease_s))
            found = _find_free(connection, holder, most, moment) if only is None else ()
            free = [*found, *islice(_find_named(connection, holder, most, moment, sorted(only or ())), most)]
            taken = update(document).where(document.c.number.in_([row.number for row in free]))
            given = {"holder": holder, "held_until": moment + lease_s, "attempts": document.c.attempts + 1}
            if free:
                connection.execute(taken.values(given))
            return [_read(row, attempts=row.attempts + 1) for row in free]

    def give_back(self, holder: str) -> int:
        """Let others take what the holder has not finished, as if it had not been taken; returns how many."""
        held = update(document).where(document.c.holder == holder)
        with self._writing() as connection:
            return connection.execute(held.values({**_FREE, "attempts": document.c.attempts - 1})).rowcount

    def postpone(self, holder: str, number: int, not_before: float) -> None:
        """Leave a document that the holder has to whoever takes it after a moment, in seconds since 1970."""
        c = document.c
        held = update(document).where(c.number == number, c.state == "pending", c.holder == holder)
        with self._writing() as connection:
            connection.execute(held.values({**_FREE, "not_before": not_before}))

    def quarantine(self, number: int, code: str, message: str, *, time: datetime | None = None) -> None:
        """Put a pending document aside: it cannot be read, for this reason."""
        with self._writing() as connection:
            quarantine_document(connection, number, code, message, time=time or datetime.now(UTC))

    def retry(self, numbers: Sequence[int] | None = None, *, not_before: float | None = None) -> int:
        """Put quarantined documents back into the queue, all of them when None; returns how many."""
        wanted = update(document).where(document.c.state == "quarantined")
        values = {**_FREE, "state": "pending", "attempts": 0, "code": None, "message": None, "ended": None}
        wanted = wanted.values({**values, "not_before": not_before})
        with self._writing() as connection:
            if numbers is None:
                return connection.execute(wanted).rowcount
            batches = [wanted.where(document.c.number.in_(batch)) for batch in _batches(numbers)]
            return sum(connection.execute(batch).rowcount for batch in batches)

    def next_due(self) -> float | None:
        """The first moment at which a pending document may be taken, 0 for at once; None when none is pending."""
        query = select(func.min(func.coalesce(document.c.not_before, 0.0))).where(document.c.state == "pending")
        with self._reading() as connection:
            found: float | None = connection.execute(query).scalar_one()
            return found

    def count(self) -> Counts:
        """How many documents are in each state, all counted at one moment."""
        with self._reading() as connection:
            return _count(connection)

    def find(self, keys: Sequence[str]) -> dict[str, Document]:
        """The documents of these keys, without their bodies."""
        found: dict[str, Document] = {}
        with self._reading() as connection:
            for batch in _batches(keys):
                query = _select_bare().where(document.c.key.in_(batch))
                found.update((row.key, _read(row)) for row in connection.execute(query))
        return found

    def get(self, numbers: Sequence[int]) -> dict[int, Document]:
        """The documents of these numbers, without their bodies."""
        found: dict[int, Document] = {}
        with self._reading() as connection:
            for batch in _batches(numbers):
                query = _select_bare().where(document.c.number.in_(batch))
                found.update((row.number, _read(row)) for row in connection.execute(query))
        return found

    def find_pending(self, fact: str) -> list[int]:
        """Numbers of the pending documents of which a certain fact is known, in their order."""
        query = select(document.c.number).where(
            document.c.state == "pending", document.c.facts[fact].as_string().is_not(None)
        )
        with self._reading() as connection:
            return list(connection.execute(query.order_by(document.c.number)).scalars())

    def list_quarantined(self) -> list[Document]:
        """All that could not be read, each with its code and sentence, in the order of their numbers."""
        query = _select_bare().where(document.c.state == "quarantined").order_by(document.c.number)
        with self._reading() as connection:
            return [_read(row) for row in connection.execute(query)]

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explain_errors(self._name), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that no other about documents overtakes."""
        if self._read_only:
            raise StoreError(f"{self._name} was opened for reading only")
        with explain_errors(self._name), self._engine.execution_options(writing="beside").begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("documents"))))
            yield connection


def finish_document(connection: Connection, number: int, article_id: str, *, time: datetime) -> None:
    """Mark a pending document as done, inside the transaction that adds its article; raises StoreError if it is not.

    Its bytes go: the article has the text and their hash.
    """
    _end(connection, number, time, {**DONE, "article_id": article_id})


def quarantine_document(connection: Connection, number: int, code: str, message: str, *, time: datetime) -> None:
    """Put a pending document aside for a reason; raises StoreError if it is not pending any more."""
    _end(connection, number, time, {"state": "quarantined", "code": code, "message": message})


def list_held(connection: Connection, holder: str, numbers: Sequence[int]) -> set[int]:
    """Those of these documents that are pending and still the holder's."""
    c = document.c
    query = select(c.number).where(c.number.in_(numbers), c.state == "pending", c.holder == holder)
    if connection.dialect.name == "postgresql":
        query = query.with_for_update()  # where several may write, nobody takes them before this change is kept
    return set(connection.execute(query).scalars())


def _insert_new(connection: Connection, documents: Sequence[NewDocument], added: str) -> int:
    """Insert those of some documents that are not there yet; how many."""
    named = {one.key: one for one in documents}
    there = set(connection.execute(select(document.c.key).where(document.c.key.in_(named))).scalars())
    new = [_row(one, added) for key, one in named.items() if key not in there]
    if new:
        connection.execute(insert(document), new)
    return len(new)


def _end(connection: Connection, number: int, time: datetime, values: Mapping[str, object]) -> None:
    pending = update(document).where(document.c.number == number, document.c.state == "pending")
    ended = pending.values({**_FREE, **values, "ended": time.astimezone(UTC).isoformat()})
    if not connection.execute(ended).rowcount:
        raise StoreError(f"document {number} is not pending: another process has finished it")


def _find_free(connection: Connection, holder: str, most: int, now: float) -> Iterator[Row[tuple[object, ...]]]:
    """The first pending documents up to one that another holds, those left out whose time has not come."""
    for row in connection.execute(_select_due(holder, now).limit(most)).all():
        if _is_held(row, now):
            return
        yield row


def _find_named(
    connection: Connection, holder: str, most: int, now: float, numbers: Sequence[int]
) -> Iterator[Row[tuple[object, ...]]]:
    """Those of these documents that nobody holds, whatever comes before them."""
    for batch in _batches(numbers):
        query = _select_due(holder, now).where(document.c.number.in_(batch)).limit(most)
        yield from (row for row in connection.execute(query).all() if not _is_held(row, now))


def _select_due(holder: str, now: float) -> Select[tuple[object, ...]]:
    """Pending documents whose time has come, but for those of the holder."""
    c = document.c
    query = select(document).where(c.state == "pending", or_(c.holder.is_(None), c.holder != holder))
    return query.where(or_(c.not_before.is_(None), c.not_before <= now)).order_by(c.number)


def _is_held(row: Row[tuple[object, ...]], now: float) -> bool:
    """Whether another holds it who may be alive."""
    return row.holder is not None and row.held_until > now and not _is_gone(row.holder)


def _is_gone(holder: str) -> bool:
    """Whether a holder was a process of this machine that does not run any more."""
    host, pid, _ = holder.split(":")
    if host != platform.node()[:24]:
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _count(connection: Connection) -> Counts:
    query = select(document.c.state, func.count()).group_by(document.c.state)
    return Counts(**{state: count for state, count in connection.execute(query)})


def _select_bare() -> Select[tuple[object, ...]]:
    """Documents without their bodies, which may be large."""
    return select(*(column for column in document.c if column.name != "body"))


def _row(new: NewDocument, added: str) -> dict[str, object]:
    names = ("key", "source", "part", "start", "length", "body", "feed_id", "not_before")
    row = {name: getattr(new, name) for name in names}
    return {**row, "sha256": new.sha256, "facts": dict(new.facts), "state": "pending", "attempts": 0, "added": added}


def _read(row: Row[tuple[object, ...]], **changed: int) -> Document:
    names = (
        "number", "source", "part", "start", "length", "sha256", "facts", "feed_id", "not_before", "state",
        "attempts", "article_id", "code", "message",
    )  # fmt: skip
    values = {name: getattr(row, name) for name in names}
    return Document(**{**values, "body": getattr(row, "body", None), **changed})


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))
