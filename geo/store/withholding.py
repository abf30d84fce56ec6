"""Names of victims in all articles of a store, for one that was filled before anybody looked for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from geo.model import Article
from geo.store.records import write_json
from geo.store.releases import describe_rows, withheld_rows
from geo.store.revisions import Edit, append_revisions
from geo.store.tables import article as table
from geo.store.tables import claim, withheld_name
from geo.victims import list_victims

_BATCH = 500
"""Articles held at once."""


def withhold_all(connection: Connection, *, time: datetime, who: str = "machine") -> int:
    """Look for names in every article of which none is withheld, and withhold them; returns in how many there are."""
    found = 0
    for articles in _each_batch(connection):
        said = _find_claimants(connection, [article.id for article in articles])
        looked = {article.id: list_victims(article, said.get(article.id, ())) for article in articles}
        named = {id_: withheld_rows(id_, victims, who=who) for id_, victims in looked.items() if victims}
        if named:
            connection.execute(insert(withheld_name), [row for rows in named.values() for row in rows])
            edits = [
                Edit(
                    what=f"withheld:{id_}",
                    before=None,
                    after=write_json(describe_rows(rows)),
                    reason="names of victims",
                )
                for id_, rows in named.items()
            ]
            append_revisions(connection, edits, who=who, time=time)
        found += len(named)
    return found


def _find_claimants(connection: Connection, ids: Sequence[str]) -> dict[str, set[str]]:
    """Who says something in each article."""
    c = claim.c
    found: dict[str, set[str]] = {}
    for id_, claimant in connection.execute(select(c.article_id, c.claimant).where(c.article_id.in_(ids)).distinct()):
        found.setdefault(id_, set()).add(claimant)
    return found


def _each_batch(connection: Connection) -> Iterator[list[Article]]:
    """Articles by id; of each no more than is looked through."""
    known = select(withheld_name.c.article_id)
    query = select(table.c.id, table.c.title, table.c.text).where(table.c.id.not_in(known)).order_by(table.c.id)
    last = ""
    while batch := connection.execute(query.where(table.c.id > last).limit(_BATCH)).all():
        yield [Article(id=id_, title=title, text=text) for id_, title, text in batch]
        last = batch[-1].id
