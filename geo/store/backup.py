"""Backups: all tables of a store, from one moment, in one file that either kind of database can be restored from.

The file is a zip archive of JSON Lines, one file a table and one line a row, and ``manifest.json``, which counts and
hashes them and names the end of the chain of revisions. The same data give the same bytes, whichever database held
them, but for the time in the manifest.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

from sqlalchemy import JSON, Column, Connection, Date, LargeBinary, String, Table, func, insert, select, text

from geo.errors import StoreError
from geo.store import revisions, tables
from geo.store.engine import explain_errors, store_address
from geo.store.faults import find_faults
from geo.store.schema import HEAD
from geo.store.store import Store, open_store

FORMAT = "border-incidents backup"
MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 1_000_000
"""Bytes; it takes some 5,000, and what unpacks to more must not fill the memory."""
_BATCH = 2000
"""Rows written at once."""
_CACHE_KB = 65_536
"""Memory for pages of a file that is being filled; with SQLite's usual 2 MB most are written several times."""
_LEVEL = 4
"""Of compression: 6, the usual, takes twice as long for a file 4 % smaller."""
_MADE = (1980, 1, 1, 0, 0, 0)
"""What the archive says of the time of each of its files, so that the same data give the same bytes."""
_LEFT_OUT = ("geocoding_turn",)
"""Whose turn it is to ask a service means nothing elsewhere."""
_OF_HOLDERS = {"document": ("holder", "held_until")}
"""Columns that name processes of the desk a backup was made at; they hold nothing in a store restored from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One table in a backup."""

    rows: int
    sha256: str
    """Of its lines."""
    columns: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    schema: str
    """The migration whose tables it holds."""
    made: str
    """When it was made: a moment in UTC, in ISO form."""
    revision: int
    """Number of the newest revision."""
    head: str
    """Hash of that revision."""
    tables: dict[str, Part] = field(default_factory=dict)


def back_up(store: Store, stream: BinaryIO, *, time: datetime) -> Manifest:
    """Write the whole store as it is at one moment, in bounded memory."""
    with store._reading() as connection:
        return _write(connection, stream, time)


def restore(path: Path, address: str | Path | None = None) -> tuple[str, Manifest]:
    """Make a store from a backup, or fill an empty one; gives its name and what the backup says of itself.

    All of it is restored, every hash of the chain and every record compared with its last revision, or nothing is and
    StoreError raised: when the backup is cut or damaged, and when the store is not empty.
    """
    manifest = check_backup(path)
    named = store_address(address)
    is_new = "://" not in named and not Path(named).expanduser().exists()
    store = open_store(named)
    try:
        with explain_errors(store.name), store._engine.execution_options(writing=True).begin() as connection:
            _load(connection, path, manifest)
    except BaseException:
        store.close()
        if is_new:
            for end in ("", "-wal", "-shm"):
                Path(f"{Path(named).expanduser()}{end}").unlink(missing_ok=True)
        raise
    store.close()
    return store.name, manifest


def check_backup(path: Path) -> Manifest:
    """What a backup says of itself, once every byte of it was found to be as it says; raises StoreError."""
    with _opened(path) as archive:
        manifest = _read_manifest(archive, path)
        for name, part in manifest.tables.items():
            hashed, rows = hashlib.sha256(), 0
            with archive.open(f"{name}.jsonl") as member:
                for line in member:
                    hashed.update(line)
                    rows += 1
            if (rows, hashed.hexdigest()) != (part.rows, part.sha256):
                raise StoreError(f"{path} is damaged: what it holds of table {name} is not what was written")
        return manifest


def _write(connection: Connection, stream: BinaryIO, time: datetime) -> Manifest:
    newest, head = _load_head(connection)
    parts: dict[str, Part] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for table in _tables():
            with _open_member(archive, f"{table.name}.jsonl") as member:
                parts[table.name] = _write_rows(connection, table, member)
        made = time.astimezone(UTC).isoformat()
        manifest = Manifest(schema=HEAD, made=made, revision=newest, head=head, tables=parts)
        with _open_member(archive, MANIFEST) as member:
            member.write(json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1).encode())
    return manifest


def _load(connection: Connection, path: Path, manifest: Manifest) -> None:
    """Fill the tables, and look through all that was filled."""
    if held := next((table.name for table in _tables() if _count(connection, table)), None):
        raise StoreError(f"the store is not empty, its table {held} has rows: restore into a new one")
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA cache_size = -{_CACHE_KB}"))
    with _opened(path) as archive:
        for table in _tables():
            with archive.open(f"{table.name}.jsonl") as member:
                _load_rows(connection, table, manifest.tables[table.name].columns, member)
    _settle(connection)
    if _load_head(connection) != (manifest.revision, manifest.head):
        raise StoreError(f"{path} is damaged: its chain of revisions does not end as it says")
    if fault := next(find_faults(connection), None):
        raise StoreError(f"what {path} holds is not whole, and nothing was restored: {fault}")


def _load_head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest revision."""
    c = tables.revision.c
    row = connection.execute(select(c.sequence, c.hash).order_by(c.sequence.desc()).limit(1)).one_or_none()
    return (row.sequence, row.hash) if row else (0, revisions.FIRST_HASH)


def _tables() -> list[Table]:
    """All that is kept, in an order that keeps foreign keys."""
    return [table for table in tables.metadata.sorted_tables if table.name not in _LEFT_OUT]


def _open_member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    info = zipfile.ZipInfo(name, _MADE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info._compresslevel = _LEVEL  # type: ignore[attr-defined]  # public only from Python 3.13 on
    return archive.open(info, "w", force_zip64=True)


def _write_rows(connection: Connection, table: Table, member: IO[bytes]) -> Part:
    hashed, count = hashlib.sha256(), 0
    columns = list(table.columns)
    writers = [_writer(column, table) for column in columns]
    query = select(*columns).order_by(*(_in_order(connection, column) for column in table.primary_key.columns))
    for batch in connection.execute(query.execution_options(yield_per=_BATCH)).partitions():
        lines = [_dump([write(value) for write, value in zip(writers, row, strict=True)]) for row in batch]
        data = "".join(lines).encode()
        hashed.update(data)
        member.write(data)
        count += len(lines)
    return Part(rows=count, sha256=hashed.hexdigest(), columns=[column.name for column in columns])


def _dump(row: list[object]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def _in_order(connection: Connection, column: Column[Any]) -> Any:
    """The same order on every database: that of code points, whatever language a server sorts by."""
    of_letters = isinstance(column.type, String) and connection.dialect.name == "postgresql"
    return column.collate("C") if of_letters else column


def _writer(column: Column[Any], table: Table) -> Callable[[Any], object]:
    if column.name in _OF_HOLDERS.get(table.name, ()):
        return lambda _: None
    if isinstance(column.type, Date):
        return lambda value: value.isoformat() if value else None
    if isinstance(column.type, LargeBinary):
        return lambda value: None if value is None else base64.b64encode(value).decode()
    return lambda value: value


def _reader(column: Column[Any], *, as_text: bool) -> Callable[[Any], object]:
    """What makes the database's value of the file's; ``as_text`` where JSON is handed over as it is written."""
    if isinstance(column.type, Date) and not as_text:
        return lambda value: date.fromisoformat(value) if value else None
    if isinstance(column.type, LargeBinary):
        return lambda value: None if value is None else base64.b64decode(value)
    if isinstance(column.type, JSON) and as_text:
        return lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return lambda value: value


def _load_rows(connection: Connection, table: Table, names: Sequence[str], member: IO[bytes]) -> None:
    copying = connection.dialect.name == "postgresql"
    columns = [table.c[name] for name in names]
    readers = [_reader(column, as_text=copying) for column in columns]
    rows = ([read(value) for read, value in zip(readers, json.loads(line), strict=True)] for line in member)
    while batch := list(islice(rows, _BATCH)):
        if copying:
            _copy(connection, table, names, batch)
        else:
            connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in batch])


def _copy(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Ten times as fast as INSERT where each row travels by itself."""
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor = connection.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
    cursor.close()


def _settle(connection: Connection) -> None:
    """Let a server give new rows numbers beyond those that were restored, and know how many rows there are now.

    Without the latter it looks for each of them in all. A file does both by itself.
    """
    if connection.dialect.name != "postgresql":
        return
    for name in ("claim", "correction", "document"):
        last = f"(SELECT coalesce(max(number), 0) + 1 FROM {name})"
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'number'), {last}, false)"))
    for table in _tables():
        connection.execute(text(f'ANALYZE "{table.name}"'))


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at a path; raises StoreError when it cannot be read or is cut or damaged."""
    if path.exists() and not path.is_file():  # opening a pipe may wait for ever
        raise StoreError(f"{path} is no backup, for it is not a file")
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, ValueError) as error:
        raise StoreError(f"{path} is no backup, or is damaged or cut short: {error}") from error
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error


def _read_manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise StoreError(f"{path} is no backup: what it says of itself is longer than in any")
    try:
        return _check_manifest(json.loads(archive.read(MANIFEST)), path)
    except (TypeError, AttributeError, RecursionError) as error:
        raise StoreError(f"{path} is damaged: what it says of itself cannot be read: {error}") from error


def _check_manifest(found: Any, path: Path) -> Manifest:
    if found.pop("format", None) != FORMAT:
        raise StoreError(f"{path} is some other kind of archive")
    if found["schema"] > HEAD:
        raise StoreError(f"{path} was made by a newer version of border-incidents; update the program to restore it")
    if found["schema"] < HEAD:
        raise StoreError(f"{path} was made by an older version; restore it with that, then open it with this one")
    parts = {name: Part(**part) for name, part in found.pop("tables").items()}
    if set(parts) != {table.name for table in _tables()}:
        raise StoreError(f"{path} is damaged: its tables are not those of a store")
    return Manifest(**found, tables=parts)
