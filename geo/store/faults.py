"""Faults of a store: a damaged file, a broken chain of revisions, records that differ from their last revision."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, or_, select, text

from geo.store import rows, tables
from geo.store.aliases import load_aliases
from geo.store.change import describe_article
from geo.store.corrected import describe_correction, load_corrections
from geo.store.decisions import load_decisions
from geo.store.imported import describe_row, each_row
from geo.store.records import dump_record
from geo.store.releases import describe_all_withheld, load_releases
from geo.store.revisions import find_break, load_revisions

_KINDS = ("incident", "article", "alias", "decision", "row", "correction", "release", "withheld")
"""Records whose last revision says what they are."""


def find_faults(connection: Connection) -> Iterator[str]:
    """Every fault in one sentence."""
    yield from _find_damage(connection)
    broken = find_break(load_revisions(connection))
    if broken:
        yield broken
    yield from _find_differences(connection)


def _find_damage(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"the file is damaged: {said}"
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"a row of {row[0]} names a row of {row[2]} that is not there"


def _find_differences(connection: Connection) -> Iterator[str]:
    """Incidents, articles, aliases, decisions, imported rows and corrections that were altered beside the chain."""
    kept = _last_records(connection)
    for what, shown in _shown_records(connection):
        if what not in kept:
            yield f"{what} is in the store without a revision"
        elif kept.pop(what) != shown:
            yield f"{what} differs from its last revision"
    for what in kept:
        yield f"{what} has a revision and is missing from the store"


def _last_records(connection: Connection) -> dict[str, object]:
    """What each of them was at its last revision, by name; those removed left out."""
    c = tables.revision.c
    kept = or_(*(c.what.like(f"{kind}:%") for kind in _KINDS))
    query = select(c.what, c.after).where(kept).order_by(c.sequence)
    last = {what: after for what, after in connection.execute(query)}
    return {what: json.loads(after) for what, after in last.items() if after is not None}


def _shown_records(connection: Connection) -> Iterator[tuple[str, object]]:
    for incident in rows.load_incidents(connection, connection.execute(select(tables.incident.c.id)).scalars().all()):
        yield f"incident:{incident.id}", dump_record(incident)
    for article in rows.load_articles(connection, connection.execute(select(tables.article.c.id)).scalars().all()):
        yield f"article:{article.id}", describe_article(article)
    for alias in load_aliases(connection):
        yield f"alias:{alias.id}", dump_record(alias)
    for row in each_row(connection):
        yield f"row:{row.id}", describe_row(row)
    for decision in load_decisions(connection):
        yield f"decision:{decision.id}", dump_record(decision)
    for release in load_releases(connection):
        yield f"release:{release.incident_id}", dump_record(release)
    for article_id, withheld in describe_all_withheld(connection):
        yield f"withheld:{article_id}", withheld
    for correction in load_corrections(connection):
        yield f"correction:{correction.number}", describe_correction(correction)
