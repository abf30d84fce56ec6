"""The store keeps what it is given, all or nothing, and proves its history."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings

from geo.errors import StoreError
from geo.model import Article, Decision, Flag, Incident, Reading, Resolution, Span, Toponym
from geo.store import Store, open_store, schema
from geo.store.records import dump_record, load_record, write_json
from geo.store.tables import metadata
from tests.store import worlds
from tests.store.worlds import NOON, SPIN_BOLDAK, make_article, make_incident, make_scope

LET_GO = {
    "sqlite": "DROP TRIGGER revision_update_refused; DROP TRIGGER revision_delete_refused; ",
    "postgresql": "DROP TRIGGER revision_change_refused ON revision; ",
}
"""What somebody does first who wants to change the history."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "incidents.sqlite"


@pytest.fixture
def store(any_store: Store) -> Store:
    """A new store, as a file and on a server."""
    return any_store


@pytest.fixture
def file_store(path: Path) -> Iterator[Store]:
    opened = open_store(path)
    yield opened
    opened.close()


def keep(store: Store, article: Article, *incidents: Incident, scopes: tuple[str, ...] = ()) -> None:
    """Add an article whose incidents are shown as they are told."""
    with store.change(time=NOON) as change:
        change.add_article(article, Reading(article_id=article.id, language="en"))
        for position, incident in enumerate(incidents):
            change.show(incident, reason="read")
            change.add_report(incident, incident_id=incident.id, position=position)
        for position, id_ in enumerate(scopes):
            change.add_scope(make_scope(id_), article_id=article.id, position=position)


def edit_by_hand(address: str | Path, statement: str) -> None:
    """What somebody with the file, or the server, and another program could do."""
    if str(address).startswith("postgresql"):
        with psycopg.connect(str(address), autocommit=True) as server:
            server.execute(statement)
        return
    connection = sqlite3.connect(address)
    with connection:
        connection.executescript(statement)
    connection.close()


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(incident=worlds.incidents, article=worlds.articles)
def test_any_incident_and_article_come_back_as_they_were(store: Store, incident: Incident, article: Article) -> None:
    """Rows and back, and JSON and back, lose nothing; each example is one more in the same store."""
    number = store.data_revision()
    told = replace(incident, id=f"{number}:{incident.id}", articles=(f"{number}:{article.id}",))
    article = replace(article, id=told.articles[0])
    keep(store, article, told)
    assert store.incident(told.id) == told
    assert store.article(article.id) == article
    assert store.reading(article.id).incidents == (told,)  # type: ignore[union-attr]
    assert store.check() == []


@given(incident=worlds.incidents)
def test_any_record_survives_json(incident: Incident) -> None:
    assert load_record(Incident, json.loads(write_json(dump_record(incident)))) == incident


def test_an_article_brings_its_reading_its_incidents_and_its_scopes(store: Store) -> None:
    toponym = Toponym(span=Span(start=30, end=41), text="Spin Boldak", role="event")
    resolution = Resolution(toponym=toponym, place=SPIN_BOLDAK, score=0.9, reason="the only one")
    reading = Reading(article_id="a1", language="en", toponyms=(resolution,), flags=(Flag(code="x", detail="y"),))
    with store.change(time=NOON) as change:
        change.add_article(make_article(), reading)
    assert store.reading("a1") == reading
    assert store.reading("unknown") is None


def test_a_new_file_makes_its_folder(file_store: Store, path: Path) -> None:
    assert path.exists()


def test_a_new_store_is_empty(store: Store) -> None:
    assert (store.data_revision(), store.count_incidents(), store.scopes(), store.check()) == (0, 0, [], [])


def test_a_revision_tells_when_it_was_made(store: Store) -> None:
    keep(store, make_article(), make_incident())
    assert store.time_of(store.data_revision()) == NOON
    assert store.time_of(0) is None
    assert store.time_of(store.data_revision() + 1) is None


def test_a_change_that_fails_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(RuntimeError), store.change(time=NOON) as change:
        change.add_article(make_article(), Reading(article_id="a1", language="en"))
        raise RuntimeError
    assert store.article("a1") is None
    assert store.data_revision() == 0


def test_a_changed_incident_keeps_its_history(store: Store) -> None:
    keep(store, make_article(), make_incident())
    changed = replace(make_incident(), status="reviewed", version=2, actors=(), flags=(Flag(code="c", detail="d"),))
    with store.change(who="Editor", time=NOON) as change:
        change.show(changed, reason="checked")
    first, second = store.revisions("incident:i1")
    assert store.incident("i1") == changed
    assert (first.before, first.after) == (None, second.before)
    assert (second.who, second.reason, store.data_revision()) == ("Editor", "checked", second.sequence)
    assert store.check() == []


def test_a_report_leads_to_the_incident_it_was_joined_into(store: Store) -> None:
    """Old links name the id of a report; scopes name reports and show what they became."""
    keep(store, make_article(), make_incident(), scopes=("s1",))
    with store.change(time=NOON) as change:
        change.add_article(make_article("a2"), Reading(article_id="a2", language="en"))
        change.show(make_incident(articles=("a1", "a2"), version=2), reason="also told by a2")
        change.add_report(make_incident("i2", articles=("a2",)), incident_id="i1", position=0)
        change.add_scope(make_scope("s2", ("i2", "i1")), article_id="a2", position=0)
    assert store.incident("i2") == store.incident("i1")
    assert [report.id for report in store.reports_of("i1")] == ["i1", "i2"]
    assert [scope.incidents for scope in store.scopes()] == [("i1",), ("i1",)]
    assert store.reading("a2").scopes == (make_scope("s2", ("i2", "i1")),)  # type: ignore[union-attr]


def test_incidents_near_share_a_province_or_country_and_lie_within_the_days(store: Store) -> None:
    keep(store, make_article(), make_incident())
    later = replace(make_incident().dates, start=make_incident().dates.start.replace(day=20), end=None)  # type: ignore[union-attr]
    cases = [
        (make_incident("x"), 0, 1),
        (make_incident("x", dates=later), 4, 0),
        (make_incident("x", dates=later), 5, 1),
        (make_incident("x", places=()), 5, 0),
        (make_incident("x", dates=replace(later, start=None)), 5, 0),
    ]
    with store.change(time=NOON) as change:
        for incident, days, found in cases:
            assert len(change.find_near(incident, days=days)) == found


def test_columns_come_from_one_moment_in_the_order_of_their_keys(store: Store) -> None:
    keep(store, make_article(), make_incident("b"), make_incident("a"))
    columns = store.read_columns({"incident": ["id", "date_start", "killed_low"], "claim": ["low"], "scope": ["id"]})
    assert columns.revision == store.data_revision()
    assert columns.tables["incident"]["id"] == ("a", "b")
    assert columns.tables["incident"]["date_start"][0] == make_incident().dates.start
    assert columns.tables["claim"] == {"low": (15, 15)}
    assert columns.tables["scope"] == {"id": ()}


def test_many_incidents_are_added_at_once(store: Store) -> None:
    with store.change(time=NOON) as change:
        change.add_article(make_article(), Reading(article_id="a1", language="en"))
        change.show_all((make_incident(f"i{n}") for n in range(25)), reason="import", batch=10)
    assert store.count_incidents() == 25
    assert len(store.load_incidents()) == 25
    assert store.check() == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE incident SET killed_low = 0", "incident:i1 differs from its last revision"),
        ("DELETE FROM claim", "incident:i1 differs from its last revision"),
        ("UPDATE article SET text = 'other'", "article:a1 differs from its last revision"),
        ("UPDATE reading SET language = 'fa'", "reading:a1 differs from its last revision"),
        ("UPDATE report SET record = '0'", "reading:a1 differs from its last revision"),
        ("DELETE FROM report", "reading:a1 differs from its last revision"),
        ("UPDATE scope_place SET place = 'AF-HEL'", "scope:s1 differs from its last revision"),
        ("UPDATE claim SET low = 1 WHERE scope_id = 's1'", "scope:s1 differs from its last revision"),
        ("INSERT INTO incident SELECT 'i9', title, event_type, sub_event_type, date_start, date_end, date_precision,"
         " background, status, version, killed_low, killed_best, killed_high, wounded_low, wounded_best, wounded_high,"
         " rest FROM incident", "incident:i9 is in the store without a revision"),
        ("{let_go}UPDATE revision SET reason = 'other' WHERE sequence = 2",
         "revision 2 (incident:i1) was altered after it was written"),
        ("{let_go}DELETE FROM revision WHERE sequence = 1", "revision 1 is missing"),
        ("{let_go}DELETE FROM revision WHERE sequence = 2",
         "incident:i1 is in the store without a revision"),
    ],
)  # fmt: skip
def test_verify_finds_what_was_changed_beside_the_chain(
    store: Store, store_address: str, statement: str, fault: str
) -> None:
    keep(store, make_article(), make_incident(), scopes=("s1",))
    edit_by_hand(store_address, statement.format(let_go=LET_GO[store._engine.dialect.name]))
    assert fault in store.check()


def test_verify_finds_what_was_put_back_beside_the_chain(store: Store, store_address: str) -> None:
    keep(store, make_article(), make_incident(), scopes=("s1",))
    with store.change(time=NOON) as change:
        change.replace_reading(Reading(article_id="a1", language="en"))
    assert store.check() == []
    edit_by_hand(store_address, "INSERT INTO scope VALUES ('s1', 'a1', 0)")
    assert store.check() == ["scope:s1 was removed by its last revision and is in the store"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET reason = ''",
        "DELETE FROM revision",
        "REPLACE INTO revision SELECT sequence, time, 'other', what, before, after, reason, previous_hash, hash"
        " FROM revision",
    ],
)
def test_the_file_itself_refuses_to_change_revisions(file_store: Store, path: Path, statement: str) -> None:
    keep(file_store, make_article())
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        edit_by_hand(path, statement)
    assert file_store.check() == []


def test_migrations_lead_to_the_tables_of_the_code(store: Store) -> None:
    """The newest migration is the one opened at once, and autogenerate finds nothing left to do."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]
    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_opening_a_store_that_is_up_to_date_does_not_import_alembic(path: Path) -> None:
    open_store(path).close()
    script = (
        f"import sys; from geo.store import open_store; open_store({str(path)!r}); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_reader_beside_a_writer_sees_the_state_before(store: Store, store_address: str) -> None:
    reader = open_store(store_address, read_only=True)
    with store.change(time=NOON) as change:
        change.add_article(make_article(), Reading(article_id="a1", language="en"))
        change.finish()
        assert reader.data_revision() == 0
    assert reader.data_revision() == 2
    with pytest.raises(StoreError, match="for reading only"), reader.change(time=NOON):
        pass
    reader.close()


def test_a_file_that_is_no_store_is_named_as_such(tmp_path: Path) -> None:
    text, other, newer = tmp_path / "notes.txt", tmp_path / "other.sqlite", tmp_path / "newer.sqlite"
    text.write_text("not a database " * 100)
    edit_by_hand(other, "CREATE TABLE cheese (name TEXT)")
    edit_by_hand(newer, "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('9999')")
    cases = {
        text: "some other kind of file",
        other: "other tables",
        newer: "newer version",
        tmp_path: "is a folder",
        text / "below.sqlite": "cannot be made",
    }
    for path, sentence in cases.items():
        with pytest.raises(StoreError, match=sentence):
            open_store(path)
    with pytest.raises(StoreError, match="there is no store at"):
        open_store(tmp_path / "missing.sqlite", read_only=True)
    with pytest.raises(StoreError, match="not an address"):
        open_store("nonsense://user:secret@host/db")


def test_an_error_never_tells_the_password() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("nonsense://user:secret@host/db")
    assert "secret" not in str(caught.value)


def test_a_full_disk_is_told_in_words(file_store: Store) -> None:
    store = file_store
    with store._engine.connect() as connection:  # pages are what a disk has left
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="is full; nothing was changed"):
        keep(store, make_article(text="x" * 1_000_000))
    assert store.article("a1") is None


def test_a_store_of_before_decisions_keeps_its_data_and_takes_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(schema, "HEAD", "0003")
        old = open_store(path)
        keep(old, make_article(), make_incident())
        old.close()
    store = open_store(path)
    assert store.incident("i1") == make_incident()
    decision = Decision(id="d", kept_id="i1", other_id="i2", verdict="same", who="Editor", time=NOON)
    with store.change(time=NOON) as change:
        change.keep_decisions([decision], reason="decided")
        assert change.decisions_about("i2") == [decision] == change.decisions_about("x", ["i1"])
        assert change.decisions_about("x") == []
    assert store.decisions() == (decision,)
    assert store.check() == []
    edit_by_hand(path, "UPDATE decision SET verdict = 'different'")
    assert store.check() == ["decision:d differs from its last revision"]
    store.close()


def test_an_incident_written_before_copies_were_known_has_none(file_store: Store, path: Path) -> None:
    store = file_store
    keep(store, make_article(), make_incident())
    edit_by_hand(path, "UPDATE incident SET rest = json_remove(rest, '$.copied')")
    assert store.incident("i1") == make_incident()
    assert store.check() == []


def test_nobody_else_on_the_machine_reads_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "incidents.sqlite"
    with closing(open_store(path)) as store, store.change(time=NOON):
        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in tmp_path.iterdir()}
    assert modes == dict.fromkeys(modes, "0o600") and path.name in modes
