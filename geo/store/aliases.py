"""What editors say a name means: one alias for each name, language and border."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from geo.model import Alias
from geo.store.records import dump_record, load_record
from geo.store.tables import alias as table

_COLUMNS = ("id", "name_key", "language", "border", "place_id", "who", "time", "article_id")


def load_aliases(connection: Connection, *, border: str | None = None) -> list[Alias]:
    """All aliases, or those of one border, by name."""
    query = select(*(table.c[name] for name in _COLUMNS)).order_by(table.c.name_key, table.c.id)
    if border is not None:
        query = query.where(table.c.border == border)
    return [load_record(Alias, dict(row)) for row in connection.execute(query).mappings()]


def find_alias(connection: Connection, id_: str) -> Alias | None:
    """The alias of an id; None when there is none."""
    row = connection.execute(select(*(table.c[name] for name in _COLUMNS)).where(table.c.id == id_)).mappings().first()
    return load_record(Alias, dict(row)) if row else None


def keep_alias(connection: Connection, alias: Alias) -> None:
    """Keep an alias in place of the one before it."""
    connection.execute(delete(table).where(table.c.id == alias.id))
    connection.execute(insert(table), {"place_id": None, **dump_record(alias)})
