"""A store on a PostgreSQL server: what goes wrong is told in a sentence, writers take turns, nobody waits for ever."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import make_url, text

from geo.errors import StoreError
from geo.model import Reading
from geo.store import Store, open_store, server
from tests.postgres import GUARDED, Postgres, free_port
from tests.store.worlds import NOON, make_article, make_incident

SECRET = "s3cret-w0rd"


@pytest.fixture
def address(postgres: Postgres) -> Iterator[str]:
    """A new, empty store on the server."""
    lent = postgres.lend(lambda address: open_store(address).close())
    yield lent
    postgres.take_back(lent)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened.close()


@pytest.fixture
def guarded(postgres: Postgres) -> Iterator[str]:
    """A user who needs a password, and owns nothing."""
    postgres.run(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{SECRET}'")
    yield GUARDED
    postgres.run(f"DROP ROLE {GUARDED}")


@contextmanager
def stopped(postgres: Postgres) -> Iterator[None]:
    postgres.stop()
    try:
        yield
    finally:
        postgres.start()


def keep(store: Store, id_: str = "a1") -> None:
    with store.change(time=NOON) as change:
        change.add_article(make_article(id_), Reading(article_id=id_, language="en"))


@pytest.mark.parametrize(
    ("password", "database", "sentence"),
    [
        ("another", "postgres", "refuses this user name or password"),
        ("", "postgres", "refuses this user name or password"),
        (SECRET, "missing", "has no database of this name"),
        (SECRET, "postgres", "may not do this there"),
    ],
)
def test_who_is_not_let_in_is_told_why(
    postgres: Postgres, guarded: str, password: str, database: str, sentence: str
) -> None:
    with pytest.raises(StoreError, match=sentence):
        open_store(postgres.address(database, user=guarded, password=password))


def test_a_server_that_is_not_there_is_away() -> None:
    for host in (f"127.0.0.1:{free_port()}", "no-such-host.invalid"):
        with pytest.raises(StoreError, match="does not answer; try again"):
            open_store(f"postgresql://{host}/store")


def test_what_is_no_address_is_said_to_be_none() -> None:
    for address in ("postgresql://host:port/store", "mysql://user:hidden@host/db", "postgresql+other://host/db"):
        with pytest.raises(StoreError, match="not an address of a database") as caught:
            open_store(address)
        assert "hidden" not in str(caught.value)


def test_a_password_is_in_no_message_and_no_log(
    postgres: Postgres, guarded: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither one that is wrong nor one that is right, wherever in the address it stands."""
    caplog.set_level(logging.DEBUG)
    for given in (SECRET, "another-w0rd"):
        in_query = f"{postgres.address(user=guarded)}?password={given}"
        for address in (postgres.address(user=guarded, password=given), in_query, f"mysql://x:{given}@host/db"):
            with pytest.raises(StoreError) as caught:
                open_store(address)
            told = "".join(traceback.format_exception(caught.value)) + caplog.text + postgres.log()
            assert given not in told


def test_the_name_of_a_store_is_its_address_without_the_password(postgres: Postgres, address: str) -> None:
    database = address.rpartition("/")[2]
    store = open_store(postgres.address(database, password=SECRET))
    assert store.name == f"postgresql://tester:***@127.0.0.1:{postgres.port}/{database}"
    store.close()


def test_a_store_goes_on_when_its_server_is_back(postgres: Postgres, store: Store) -> None:
    keep(store)
    with stopped(postgres), pytest.raises(StoreError, match="does not answer; try again"):
        store.data_revision()
    assert store.data_revision() == 2
    keep(store, "a2")
    assert store.check() == []


def test_a_change_whose_server_goes_away_is_not_there(postgres: Postgres, store: Store) -> None:
    with pytest.raises(StoreError, match="does not answer"), store.change(time=NOON) as change:
        change.add_article(make_article(), Reading(article_id="a1", language="en"))
        postgres.stop()
    postgres.start()
    assert store.article("a1") is None
    assert store.check() == []


def test_a_server_without_a_connection_left_says_so(postgres: Postgres, address: str) -> None:
    database = address.rpartition("/")[2]
    postgres.run("CREATE ROLE few LOGIN CONNECTION LIMIT 1", f"ALTER DATABASE {database} OWNER TO few")
    try:
        with ExitStack() as stack:
            held = server.open_server(make_url(postgres.address(database, user="few")), read_only=True)
            stack.callback(held.dispose)
            stack.enter_context(held.connect())
            with pytest.raises(StoreError, match="has no connection left"):
                open_store(postgres.address(database, user="few"))
    finally:
        postgres.run(f"ALTER DATABASE {database} OWNER TO {postgres.user}", "DROP ROLE few")


def test_one_process_asks_for_so_many_connections_and_no_more(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_CONNECTIONS", {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.05})
    store = open_store(address)
    with store._reading(), pytest.raises(StoreError, match="too much is asked of"):
        store.data_revision()
    store.close()


def test_a_server_that_takes_no_changes_is_read_and_says_so(postgres: Postgres, address: str) -> None:
    """As a copy does that follows another server."""
    name = address.rpartition("/")[2]
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    store = open_store(address)
    assert store.data_revision() == 0
    with pytest.raises(StoreError, match="takes no changes"):
        keep(store)
    store.close()
    postgres.run(f"ALTER DATABASE {name} RESET default_transaction_read_only")


def test_a_store_opened_for_reading_only_cannot_write_by_any_way(address: str) -> None:
    reader = open_store(address, read_only=True)
    with pytest.raises(StoreError, match="for reading only"), reader.change(time=NOON):
        pass
    with pytest.raises(StoreError, match="takes no changes"), reader._reading() as connection:
        connection.execute(text("DELETE FROM article"))
    reader.close()


def test_an_empty_database_is_no_store_to_read(postgres: Postgres) -> None:
    address = postgres.address(postgres.make_database())
    with pytest.raises(StoreError, match="there is no store in this database yet"):
        open_store(address, read_only=True)
    postgres.drop_database(address)


def test_a_database_that_holds_other_tables_is_left_alone(postgres: Postgres) -> None:
    name = postgres.make_database()
    postgres.run("CREATE TABLE cheese (name text)", database=name)
    with pytest.raises(StoreError, match="holds other tables"):
        open_store(postgres.address(name))
    postgres.drop_database(name)


def test_a_database_that_cannot_hold_every_letter_is_refused(postgres: Postgres) -> None:
    postgres.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(StoreError, match="is kept in LATIN1; make one for the store in UTF8"):
        open_store(postgres.address("latin"))
    postgres.drop_database("latin")


def test_a_question_that_takes_too_long_is_given_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LONGEST_READ_S", 1)
    store = open_store(address)
    with pytest.raises(StoreError, match="took too long to answer"), store._reading() as connection:
        connection.execute(text("SELECT pg_sleep(60)"))
    store.close()


def test_a_writer_waits_only_so_long_for_another(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE_S", 1)
    one, other = open_store(address), open_store(address)
    with one.change(time=NOON), pytest.raises(StoreError, match="in use by another program that does not let go"):
        keep(other)
    keep(other)
    one.close()
    other.close()


def test_a_writer_that_has_gone_silent_keeps_nobody_waiting(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one whose machine was put to sleep in the middle of a change."""
    monkeypatch.setattr(server, "SILENCE_S", 1)
    one, other = open_store(address), open_store(address)
    with pytest.raises(StoreError, match="does not answer"), one.change(time=NOON) as change:
        change.add_article(make_article("lost"), Reading(article_id="lost", language="en"))
        keep(other)
        change.add_article(make_article("more"), Reading(article_id="more", language="en"))
    assert [found.id for found in other.load_articles()] == ["a1"]
    assert other.check() == []
    one.close()
    other.close()


def test_many_writers_at_once_make_one_chain(address: str) -> None:
    """None of them fails for another's sake, and every revision follows the one before it."""
    stores = [open_store(address) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: keep(stores[number % 4], f"a{number}"), range(40)))
    assert stores[0].data_revision() == 80
    assert stores[0].check() == []
    for store in stores:
        store.close()


def test_many_who_open_an_empty_database_at_once_make_one_store(postgres: Postgres) -> None:
    address = postgres.address(postgres.make_database())
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_store(address), range(4)))
    assert [store.check() for store in opened] == [[]] * 4
    for store in opened:
        store.close()
    postgres.drop_database(address)


def test_a_reader_sees_one_moment_however_many_questions_it_asks(store: Store, address: str) -> None:
    reader = open_store(address, read_only=True)
    with reader._reading() as connection:
        before = connection.execute(text("SELECT count(*) FROM article")).scalar_one()
        keep(store)
        assert connection.execute(text("SELECT count(*) FROM article")).scalar_one() == before == 0
    assert reader.data_revision() == 2
    reader.close()


@pytest.mark.parametrize("statement", ["UPDATE revision SET reason = ''", "DELETE FROM revision", "TRUNCATE revision"])
def test_the_server_itself_refuses_to_change_revisions(store: Store, statement: str) -> None:
    keep(store)
    with pytest.raises(StoreError, match="cannot be changed or removed"), store.change(time=NOON) as change:
        change._connection.execute(text(statement))
    assert store.check() == []


def test_a_table_of_an_extension_is_no_other_program_s(postgres: Postgres) -> None:
    """PostGIS keeps its reference systems beside the store's tables."""
    name = postgres.make_database()
    postgres.run("CREATE EXTENSION postgis", database=name)
    store = open_store(postgres.address(name))
    with store.change(time=NOON) as change:
        change.add_article(make_article(), Reading(article_id="a1", language="en"))
        change.show(make_incident(), reason="read")
    assert store.check() == []
    store.close()
    postgres.drop_database(name)
