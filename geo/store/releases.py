"""What may leave of each incident, and where articles name victims: the last word on each, as their tables keep it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection, delete, insert, select

from geo.model import Release, Span, Victim
from geo.store.records import Json, dump_record, load_record
from geo.store.tables import release as table
from geo.store.tables import withheld_name

_COLUMNS = ("incident_id", "precision", "not_before", "hidden", "who", "time", "reason")
_BATCH = 500
"""Ids in one question, as in ``geo.store.rows``."""


def load_releases(connection: Connection) -> list[Release]:
    """All that was said, by incident."""
    query = select(*(table.c[name] for name in _COLUMNS)).order_by(table.c.incident_id)
    return [load_record(Release, dict(row)) for row in connection.execute(query).mappings()]


def find_release(connection: Connection, incident_id: str) -> Release | None:
    """What was said of an incident last; None when nothing was."""
    query = select(*(table.c[name] for name in _COLUMNS)).where(table.c.incident_id == incident_id)
    row = connection.execute(query).mappings().first()
    return load_record(Release, dict(row)) if row else None


def keep_release(connection: Connection, release: Release) -> None:
    """Keep a release in place of the one before it."""
    connection.execute(delete(table).where(table.c.incident_id == release.incident_id))
    row = {"precision": None, "not_before": None, "hidden": [], "reason": "", **dump_record(release)}
    connection.execute(insert(table), row)


def find_withheld(connection: Connection, article_id: str) -> list[Span]:
    """Where an article names victims, in reading order."""
    c = withheld_name.c
    query = select(c.span_start, c.span_end).where(c.article_id == article_id).order_by(c.position)
    return [Span(start=start, end=end) for start, end in connection.execute(query)]


def load_names(connection: Connection, article_ids: Sequence[str]) -> dict[str, list[tuple[Span, str]]]:
    """The names of victims in articles and where they stand; articles without any are left out."""
    c = withheld_name.c
    found: dict[str, list[tuple[Span, str]]] = {}
    query = select(c.article_id, c.span_start, c.span_end, c.name).order_by(c.article_id, c.position)
    for start in range(0, len(article_ids), _BATCH):
        few = query.where(c.article_id.in_(article_ids[start : start + _BATCH]))
        for id_, begin, end, name in connection.execute(few):
            found.setdefault(id_, []).append((Span(start=begin, end=end), name))
    return found


def load_all_names(connection: Connection) -> dict[str, list[tuple[Span, str]]]:
    """The same of all articles."""
    c = withheld_name.c
    found: dict[str, list[tuple[Span, str]]] = {}
    query = select(c.article_id, c.span_start, c.span_end, c.name).order_by(c.article_id, c.position)
    for id_, begin, end, name in connection.execute(query):
        found.setdefault(id_, []).append((Span(start=begin, end=end), name))
    return found


def keep_withheld(connection: Connection, article_id: str, victims: Sequence[Victim], *, who: str) -> None:
    """Keep whom an article names, in place of what was there."""
    connection.execute(delete(withheld_name).where(withheld_name.c.article_id == article_id))
    rows = withheld_rows(article_id, victims, who=who)
    if rows:
        connection.execute(insert(withheld_name), rows)


def withheld_rows(article_id: str, victims: Sequence[Victim], *, who: str) -> list[Json]:
    """The rows that keep whom an article names."""
    return [
        {"article_id": article_id, "position": position, "span_start": victim.span.start, "span_end": victim.span.end,
         "name": victim.name, "who": who}
        for position, victim in enumerate(victims)
    ]  # fmt: skip


def describe_rows(rows: Sequence[Json]) -> Json:
    """The withheld names of one article as a revision keeps them: where they stand, and who said so."""
    return {"spans": [[row["span_start"], row["span_end"], row["who"]] for row in rows]}


def describe_withheld(connection: Connection, article_id: str) -> Json | None:
    """The same of an article of the store; None when it names none."""
    return dict(describe_all_withheld(connection, article_id)).get(article_id)


def describe_all_withheld(connection: Connection, article_id: str | None = None) -> Iterator[tuple[str, Json]]:
    """The same of every article that names victims, by its id."""
    c = withheld_name.c
    query = select(c.article_id, c.span_start, c.span_end, c.who).order_by(c.article_id, c.position)
    found = connection.execute(query if article_id is None else query.where(c.article_id == article_id)).mappings()
    for id_, rows in groupby(found, key=lambda row: str(row["article_id"])):
        yield id_, describe_rows([dict(row) for row in rows])
