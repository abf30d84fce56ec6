"""What an article was read as, under one hash that its revisions keep: a reading or a report altered beside them shows.

The reading and the reports of an article follow from its text, and a revision that held them whole would double the
store. Those that other databases' files were imported as have none: the revisions of row and incident hold all of them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from geo.store.records import JsonText, write_json
from geo.store.tables import reading, report, revision

Row = Mapping[str, object]
_BATCH = 500
"""Ids in one question, as in ``geo.store.rows``."""


def seal(read: Row, reports: Sequence[Row]) -> dict[str, str]:
    """What a revision keeps of an article's reading and its reports, each the row of its table."""
    digest = hashlib.sha256()
    for row in (read, *sorted(reports, key=lambda row: str(row["id"]))):
        for name in sorted(row):
            digest.update(f"{name}\t{_write(row[name])}\n".encode(errors="surrogatepass"))
    return {"sha256": digest.hexdigest()}


def load_seals(connection: Connection, article_ids: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The seal of each of these articles, as it is read and told now."""
    for start in range(0, len(article_ids), _BATCH):
        batch = article_ids[start : start + _BATCH]
        told: defaultdict[str, list[Row]] = defaultdict(list)
        for row in connection.execute(select(report).where(report.c.article_id.in_(batch))).mappings():
            told[row["article_id"]].append(dict(row))
        for row in connection.execute(select(reading).where(reading.c.article_id.in_(batch))).mappings():
            yield row["article_id"], seal(dict(row), told[row["article_id"]])


def find_last_seals(connection: Connection, article_ids: Sequence[str]) -> dict[str, str]:
    """The seals in the last revisions of these readings, as JSON; those that have none left out."""
    found: dict[str, str] = {}
    for start in range(0, len(article_ids), _BATCH):
        names = [f"reading:{id_}" for id_ in article_ids[start : start + _BATCH]]
        query = select(revision.c.what, revision.c.after).where(revision.c.what.in_(names))
        for what, after in connection.execute(query.order_by(revision.c.sequence)):
            found[what.partition(":")[2]] = after
    return found


def _write(value: object) -> str:
    """The one spelling of a value, also of one that is written already."""
    return value if isinstance(value, JsonText) else write_json(value)
