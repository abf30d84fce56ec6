"""The database behind the store: its address, how it is opened, and what its errors mean to a person."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from geo.errors import StoreError
from geo.settings import default_store, read_option
from geo.store.records import JsonText
from geo.store.server import explain as explain_server
from geo.store.server import hide_secrets, open_server

BUSY_TIMEOUT_S = 30.0
"""How long a writer waits for another to finish before it gives up."""

_SERVERS = ("postgresql", "postgresql+psycopg", "postgres")
"""How the address of a server may begin."""

_NO_DATE = "Couldn't parse date string"
"""What SQLAlchemy says of a day in a file that is none."""
_MEANINGS = (
    ("file is not a database", "{store} is not a store: it is some other kind of file, or its beginning is damaged"),
    ("malformed", "{store} is damaged; restore it from a backup"),
    ("Could not decode", "{store} is damaged; restore it from a backup"),
    ("unsupported file format", "{store} is damaged; restore it from a backup"),
    ("locked", "{store} is in use by another program that does not let go; close it and try again"),
    ("readonly", "{store} cannot be written to: it or its folder is read-only"),
    ("full", "the disk that holds {store} is full; nothing was changed"),
    ("disk I/O", "{store} cannot be read or written: the disk reports an error"),
    ("unable to open", "{store} cannot be opened: its folder is missing or closed to you"),
    ("append-only", "what {store} keeps of its history cannot be changed or removed"),
)


def store_address(address: str | Path | None) -> str:
    """The address of a store: the one named, else the option's, else the file in the user's data folder."""
    return str(address or read_option("BORDER_INCIDENTS_STORE") or default_store())


def open_engine(address: str, *, read_only: bool) -> Engine:
    """The database at a path (SQLite) or a database address; raises StoreError when there can be none."""
    if "://" in address and not address.startswith("sqlite"):
        return _open_server(address, read_only=read_only)
    path = Path(make_url(address).database or "" if "://" in address else address).expanduser()
    if read_only and not path.exists():
        raise StoreError(f"there is no store at {path}")
    if not read_only:
        _make_folder(path)
        _make_private(path)
    return _open_file(path, read_only=read_only)


@contextmanager
def explain_errors(store: str) -> Iterator[None]:
    """Turn what a database driver raises into a StoreError with one clear sentence."""
    try:
        yield
    except ValueError as error:
        if not (isinstance(error, json.JSONDecodeError | UnicodeDecodeError) or str(error).startswith(_NO_DATE)):
            raise
        raise StoreError(f"{store} is damaged, what it holds cannot be read; restore it from a backup") from error
    except SQLAlchemyError as error:
        said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        meaning = _find_meaning(error, said)
        if meaning is None and isinstance(error, IntegrityError):
            raise  # a record that contradicts another is a fault of ours and not of the store
        meaning = meaning or "{store} failed: {said}"
        raise StoreError(
            meaning.format(store=store, said=said.splitlines()[0] if said else type(error).__name__)
        ) from error


def _find_meaning(error: SQLAlchemyError, said: str) -> str | None:
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        return next((meaning for sign, meaning in _MEANINGS if sign in said), None)
    return explain_server(error)


def _open_server(address: str, *, read_only: bool) -> Engine:
    try:
        url = make_url(address)
        if url.drivername not in _SERVERS:
            raise NoSuchModuleError(f"{url.drivername} is none of {', '.join(_SERVERS)}")
        return open_server(url, read_only=read_only, **_JSON)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise StoreError(f"{hide_password(address)} is not an address of a database this can use: {error}") from error


def hide_password(address: str) -> str:
    """The address without its password, for people to read."""
    try:
        return hide_secrets(make_url(address)) if "://" in address else address
    except (ArgumentError, ValueError):
        return "the store's address"


def _make_folder(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder; name a file for the store")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder {path.parent} for the store cannot be made: {error.strerror}") from error


def _make_private(path: Path) -> None:
    """Make a new file that nobody but its owner can read, whatever the system's habit: drafts and names are in it.

    SQLite gives the files beside it the same mode; one that is there already keeps its own.
    """
    with suppress(OSError):  # opening it will tell
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _open_file(path: Path, *, read_only: bool) -> Engine:
    uri = _file_uri(path, read_only=read_only)

    def connect() -> sqlite3.Connection:
        # isolation_level None: transactions are begun below, by the name of what they are for
        return sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=_pool_class(), **_JSON)
    event.listen(engine, "connect", _prepare_reader if read_only else _prepare_writer)
    event.listen(engine, "begin", _begin)
    return engine


def _pool_class() -> type:
    from sqlalchemy.pool import QueuePool  # the default for an address without a file keeps a single connection

    return QueuePool


def _file_uri(path: Path, *, read_only: bool) -> str:
    name = f"file:{quote(str(path.absolute()))}"
    if not read_only:
        return name
    # in a folder nobody here can write to, SQLite cannot keep the WAL's index; a store without a WAL needs none
    lonely = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    return f"{name}?mode=ro" + ("&immutable=1" if lonely else "")


def _prepare_writer(connection: sqlite3.Connection, _: object) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _prepare_reader(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA query_only = ON").close()


def _begin(connection: Connection) -> None:
    """A writer takes its turn at the start, so that it never fails half way for another's sake."""
    writing = bool(connection.get_execution_options().get("writing", False))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _read_json(text: str) -> Any:
    """JSON as it was written; half of what is kept so is an empty list, which needs no parser."""
    return [] if text == "[]" else json.loads(text)


def _write_compact(value: object) -> str:
    return value if isinstance(value, JsonText) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_JSON: dict[str, Any] = {"json_serializer": _write_compact, "json_deserializer": _read_json}
"""How the database is told to write and read it."""
