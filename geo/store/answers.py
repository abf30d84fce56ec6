"""What geocoding services answered, kept for every process that shares the store, and whose turn it is to ask them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from geo.errors import StoreError
from geo.store.engine import explain_errors
from geo.store.tables import geocoding_answer, geocoding_turn

LONGEST_PAUSE_S = 3600.0
"""Farther off no turn is: a service that asks for more is asked again after an hour, and a clock that was set back
does not stop geocoding for longer."""


class Answers:
    """The cache that ``geo.geocoding`` is handed; safe to share between threads."""

    def __init__(self, engine: Engine, name: str, *, read_only: bool) -> None:
        self._engine = engine
        self._name = name
        self._read_only = read_only

    def find_answer(self, service: str, question: str) -> tuple[list[dict[str, Any]], datetime] | None:
        """The results kept for a question, none for "nothing found", and when it was asked; None when it never was."""
        c = geocoding_answer.c
        query = select(c.results, c.asked).where(c.service == service, c.question_hash == _hash(question))
        with explain_errors(self._name), self._engine.begin() as connection:
            row = connection.execute(query).first()
        return None if row is None else (row.results, datetime.fromisoformat(row.asked))

    def keep_answer(
        self, service: str, question: str, results: Sequence[Mapping[str, Any]], *, asked: datetime
    ) -> None:
        """Keep the results of a question in place of those kept before."""
        c = geocoding_answer.c
        key = {"service": service, "question_hash": _hash(question)}
        row = {**key, "question": question, "results": list(results), "asked": asked.isoformat()}
        with self._writing(service) as connection:
            old = delete(geocoding_answer).where(c.service == service, c.question_hash == key["question_hash"])
            connection.execute(old)
            connection.execute(insert(geocoding_answer), row)

    def take_turn(self, service: str, *, lease_s: float) -> float:
        """0 when the turn to ask the service is taken, else the seconds until it may be free.

        Only one process has the turn, until it ends it or, should it have died, for ``lease_s``.
        """
        with self._writing(service) as connection:
            now = _read_clock(connection)
            wait = max(_next_free(connection, service, now) - now, 0.0)
            if not wait:
                _set_next_free(connection, service, now + lease_s)
            return wait

    def end_turn(self, service: str, *, pause_s: float) -> None:
        """Give the turn back; nobody gets it before ``pause_s`` are over, at most LONGEST_PAUSE_S."""
        with self._writing(service) as connection:
            _set_next_free(connection, service, _read_clock(connection) + min(pause_s, LONGEST_PAUSE_S))

    @contextmanager
    def _writing(self, service: str) -> Iterator[Connection]:
        """A transaction that no other for the same service overtakes."""
        if self._read_only:
            raise StoreError(f"{self._name} was opened for reading only")
        with explain_errors(self._name), self._engine.execution_options(writing="beside").begin() as connection:
            if connection.dialect.name == "postgresql":
                # SQLite has one writer at a time; here each service has a lock of its own, even before its first row
                connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"geocoding:{service}"))))
            yield connection


def _hash(question: str) -> str:
    return hashlib.sha256(question.encode(errors="surrogatepass")).hexdigest()


def _read_clock(connection: Connection) -> float:
    """Seconds since 1970 by the clock all processes share: the server's, or for a file this machine's."""
    if connection.dialect.name == "postgresql":
        return float(connection.execute(select(func.extract("epoch", func.clock_timestamp()))).scalar_one())
    return time.time()


def _next_free(connection: Connection, service: str, now: float) -> float:
    query = select(geocoding_turn.c.next_free).where(geocoding_turn.c.service == service)
    kept = connection.execute(query).scalar_one_or_none()
    return now if kept is None or kept > now + LONGEST_PAUSE_S else kept


def _set_next_free(connection: Connection, service: str, moment: float) -> None:
    c = geocoding_turn.c
    changed = connection.execute(update(geocoding_turn).where(c.service == service).values(next_free=moment))
    if not changed.rowcount:
        connection.execute(insert(geocoding_turn), {"service": service, "next_free": moment})
