"""One number for all that a store tells: equal for stores that tell the same, however and whenever it came in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Column, Connection, select

from geo.model import Article
from geo.store import rows, tables
from geo.store.records import Json, dump_record, write_json

_BATCH = 500
"""Ids in one question, as in ``geo.store.rows``."""


def compute_digest(connection: Connection) -> str:
    """sha256 of articles, readings, reports, incidents and scopes, each by id, without times and revisions."""
    digest = hashlib.sha256()
    for kind, records in _each_kind(connection):
        for record in records:
            digest.update(f"{kind}\t{write_json(record)}\n".encode(errors="surrogatepass"))
    return digest.hexdigest()


def _each_kind(connection: Connection) -> Iterator[tuple[str, Iterable[Json]]]:
    articles = list(_batches(connection, tables.article.c.id))
    yield "article", (_describe(a) for ids in articles for a in rows.load_articles(connection, ids))
    yield "reading", (row for ids in articles for row in _load_readings(connection, ids))
    reports = _batches(connection, tables.report.c.id)
    yield "report", (row for ids in reports for row in _load_reports(connection, ids))
    incidents = _batches(connection, tables.incident.c.id)
    yield "incident", (dump_record(one) for ids in incidents for one in rows.load_incidents(connection, ids))
    scopes = (scope for ids in articles for id_ in ids for scope in rows.load_scopes_of(connection, id_))
    yield "scope", map(dump_record, scopes)


def _batches(connection: Connection, column: Column[str]) -> Iterator[Sequence[str]]:
    """All ids in the order of their letters, which databases see differently."""
    ids = sorted(connection.execute(select(column)).scalars())
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def _describe(article: Article) -> Json:
    return {name: value for name, value in dump_record(article).items() if name != "retrieved"}


def _load_readings(connection: Connection, ids: Sequence[str]) -> list[Json]:
    query = select(tables.reading).where(tables.reading.c.article_id.in_(ids))
    return sorted((dict(row) for row in connection.execute(query).mappings()), key=lambda row: str(row["article_id"]))


def _load_reports(connection: Connection, ids: Sequence[str]) -> list[Json]:
    query = select(tables.report).where(tables.report.c.id.in_(ids))
    return sorted((dict(row) for row in connection.execute(query).mappings()), key=lambda row: str(row["id"]))
