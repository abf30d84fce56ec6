"""A store of every earlier version is brought up to date with all that is in it, on either database.

``earlier/`` holds what each version had in its tables after three made-up reports, and after what it could do beyond
them (geocoding, aliases, decisions, imports): one row a line, as that version itself wrote it into a file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import alembic.command
import pytest
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect, text

from geo.errors import StoreError
from geo.model import Incident, Reading
from geo.store import Store, open_store, schema, tables
from geo.store.engine import open_engine
from geo.store.records import dump_record, load_record, write_json
from geo.store.stream import open_stream
from tests.store.worlds import NOON, make_article, make_incident

EARLIER = Path(__file__).with_name("earlier")
VERSIONS = sorted(path.stem for path in EARLIER.glob("*.jsonl"))
Rows = list[dict[str, object]]


def load_rows(version: str) -> Rows:
    return [json.loads(line) for line in (EARLIER / f"{version}.jsonl").read_text(encoding="utf-8").splitlines()]


def insert_rows(connection: Connection, rows: Rows) -> None:
    """Write rows as they stand, by statements that know nothing of today's tables."""
    on_server = connection.dialect.name == "postgresql"
    for row in rows:
        names = [name for name in row if name != "table"]
        columns, values = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
        # a server makes of a word what its column is; a file keeps what it is given
        given = {name: str(row[name]) if on_server and row[name] is not None else row[name] for name in names}
        connection.execute(text(f'INSERT INTO "{row["table"]}" ({columns}) VALUES ({values})'), given)
    if on_server:
        connection.execute(text("SELECT setval(pg_get_serial_sequence('claim', 'number'), max(number)) FROM claim"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without any table."""
    if request.param == "sqlite":
        yield str(tmp_path / "incidents.sqlite")
        return
    server = request.getfixturevalue("postgres")
    address = server.address(server.make_database())
    yield address
    server.drop_database(address)


@pytest.fixture
def make_earlier(empty_address: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Rows]:
    """Make the database a store of an earlier version."""

    def make(version: str) -> Rows:
        with monkeypatch.context() as before, opened(empty_address) as engine:
            before.setattr(schema, "HEAD", version)
            schema.ensure_schema(engine, read_only=False)
            rows = load_rows(version)
            with engine.begin() as connection:
                insert_rows(connection, rows)
        return rows

    return make


@contextmanager
def opened(address: str) -> Iterator[Engine]:
    engine = open_engine(address, read_only=False)
    yield engine
    engine.dispose()


def count(rows: Rows, table: str) -> int:
    return sum(row["table"] == table for row in rows)


def test_every_earlier_version_is_tested() -> None:
    made = sorted(path.name[:4] for path in (schema.MIGRATIONS / "versions").glob("0*.py"))
    assert [version for version in made if version < schema.HEAD] == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_an_earlier_version_keeps_all_that_is_in_it(
    version: str, empty_address: str, make_earlier: Callable[[str], Rows]
) -> None:
    rows = make_earlier(version)
    with pytest.raises(StoreError, match="older version"):
        open_store(empty_address, read_only=True)
    with closing(open_store(empty_address)) as store:
        assert store.check() == []
        assert_all_is_there(store, rows)
        go_on(store)
        assert store.check() == []


def assert_all_is_there(store: Store, rows: Rows) -> None:
    """Every row is there still, and every record can be loaded and is what its last revision says."""
    for name, table in tables.metadata.tables.items():
        with open_stream(store) as stream:
            found = sum(len(batch[0]) for batch in stream.columns(name, [table.columns[0].name]))
        assert found == count(rows, name), name
    last = {row["what"]: row["after"] for row in rows if row["table"] == "revision"}
    for incident in store.load_incidents():
        assert incident == load_record(Incident, json.loads(str(last[f"incident:{incident.id}"])))
        assert store.reports_of(incident.id) or incident.status == "withdrawn"
    for article in store.load_articles():
        reading = store.reading(article.id)
        assert reading
        assert all(report.articles == (article.id,) for report in reading.incidents)
    assert [write_json(dump_record(scope)) for scope in store.scopes()]
    assert store.data_revision() == count(rows, "revision")
    assert len(store.decisions()) == count(rows, "decision")
    assert len(store.aliases("AF-PK")) == count(rows, "alias")
    assert len(store.imported_rows()) == count(rows, "imported_row")


def go_on(store: Store) -> None:
    """What comes after is kept behind what was there."""
    with store.change(time=NOON) as change:
        change.add_article(make_article(), Reading(article_id="a1", language="en"))
        change.show(make_incident(), reason="read")
    assert store.incident("i1") == make_incident()


def test_a_store_of_a_newer_version_is_left_alone(empty_address: str) -> None:
    open_store(empty_address).close()
    with opened(empty_address) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for read_only in (False, True):
        with pytest.raises(StoreError, match="written by a newer version"):
            open_store(empty_address, read_only=read_only)


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    empty_address: str, make_earlier: Callable[[str], Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program of before can still open it."""
    rows = make_earlier("0003")
    upgrade = alembic.command.upgrade

    def fail_half_way(config: Config, _: str) -> None:
        upgrade(config, "0005")
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(alembic.command, "upgrade", fail_half_way)
        with pytest.raises(ZeroDivisionError):
            open_store(empty_address)
    with opened(empty_address) as engine, engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "0003"
        assert "decision" not in inspect(connection).get_table_names()
    with closing(open_store(empty_address)) as store:
        assert_all_is_there(store, rows)
