"""Bring a store to today's tables; a store that is there already costs one question."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from geo.errors import StoreError
from geo.store.postgis import drop_views, lacks_views, make_views

HEAD = "0006"
"""The newest migration; a test keeps it equal to what the folder holds."""
MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def ensure_schema(engine: Engine, *, read_only: bool) -> None:
    """Bring the store to today's tables; raises StoreError when it is no store, or is newer than this program."""
    with engine.begin() as connection:
        version = _read_version(connection)
        if version == HEAD and (read_only or not lacks_views(connection)):
            return
    if version is not None and not any(MIGRATIONS.glob(f"versions/{version}_*.py")):
        raise StoreError("this store was written by a newer version of border-incidents; update the program to open it")
    if read_only and version is None:
        raise StoreError("there is no store in this database yet; open it once for writing to make one")
    if read_only:
        raise StoreError("this store is of an older version; open it once for writing to bring it up to date")
    with engine.execution_options(writing=True).begin() as connection:
        if _read_version(connection) != HEAD:  # another process may have been first
            drop_views(connection)
            _upgrade(connection)
        if lacks_views(connection):
            make_views(connection)


def _read_version(connection: Connection) -> str | None:
    """The migration the store was left at; None for an empty database."""
    names = set(inspect(connection).get_table_names()) - _tables_of_extensions(connection)
    if "alembic_version" in names:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if names:
        raise StoreError("this database holds other tables than a store's; name a new file or database")
    return None


def _tables_of_extensions(connection: Connection) -> set[str]:
    """What a server's extensions keep beside a store's tables, such as the reference systems of PostGIS."""
    if connection.dialect.name != "postgresql":
        return set()
    owned = "SELECT c.relname FROM pg_class c JOIN pg_depend d ON d.objid = c.oid AND d.deptype = 'e'"
    return set(connection.execute(text(owned)).scalars())


def _upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, inside the caller's transaction."""
    # only here: alembic costs 0.13 s, and a store at its newest tables has no need of it
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
