"""The store: what was read, what is shown, and every change between; one article, one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Text, cast, func, or_, select

from geo.errors import StoreError
from geo.model import (
    Alias,
    Article,
    Correction,
    Decision,
    ImportedRow,
    Incident,
    Reading,
    Release,
    Revision,
    Scope,
    Span,
)
from geo.store import imported, revisions, rows, tables
from geo.store.aliases import load_aliases
from geo.store.answers import Answers
from geo.store.batch import Batch
from geo.store.change import Change
from geo.store.corrected import load_corrections
from geo.store.decisions import load_decisions
from geo.store.digest import compute_digest
from geo.store.documents import Documents
from geo.store.engine import explain_errors, hide_password, open_engine, store_address
from geo.store.faults import find_faults
from geo.store.feeds import Feeds
from geo.store.limits import Limits, load_limits, shown_statuses
from geo.store.past import Past, count_since, put_back, read_past
from geo.store.recent import Recent
from geo.store.released import Screen, Whole
from geo.store.releases import find_release, find_withheld
from geo.store.schema import ensure_schema
from geo.store.screening import Cutter, check_columns, with_keys

_COPIED = ('%"copied": ["%', '%"copied":["%')
"""How the rest of an incident that has copies is written, by one database or another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns of several tables as they were at one data revision."""

    revision: int
    tables: Mapping[str, Mapping[str, Sequence[Any]]]
    """Values by table, then column; the rows of a table in the order of its primary key, if any was asked for."""
    past: Past | None = None
    """What had changed since, where the revision is not the newest; the rows then come in no order."""
    released: str = ""
    """Names what leaves of them, of a released store; empty for a whole one."""


class Store:
    """Incidents, the articles they come from and their history; safe to share between threads."""

    def __init__(self, engine: Engine, name: str, *, read_only: bool, released: bool = False) -> None:
        self._engine = engine
        # SQLite's transactions see one moment as they are; a server's see each statement's own
        is_file = engine.dialect.name == "sqlite"
        self._reader = engine if is_file else engine.execution_options(isolation_level="REPEATABLE READ")
        self.name = name
        """Path or address, without a password."""
        self.address = name
        """Path or address, with its password: to open it in another process, never to be shown."""
        self.read_only = read_only
        self.released = released
        """Whether it is read through what may leave the newsroom."""
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        """The clock by which delays end."""
        self._limits: tuple[int, Limits] | None = None
        """What limits what leaves, and the data revision at which it was read."""
        self.changes = 0
        """How many changes were made by way of this object."""
        self.answers = Answers(engine, name, read_only=read_only)
        """What geocoding services answered; no part of the data, and without revisions."""
        self.documents = Documents(engine, name, read_only=read_only)
        """What is to be read, and what became of it."""
        self.feeds = Feeds(engine, name, read_only=read_only)
        """What is known of feeds since they were last asked."""

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    @contextmanager
    def change(self, *, who: str = "machine", time: datetime) -> Iterator[Change]:
        """One change to the store: all of it is kept when the block ends, nothing when it raises."""
        if self.read_only:
            raise StoreError(f"{self.name} was opened for reading only")
        with explain_errors(self.name), self._engine.execution_options(writing=True).begin() as connection:
            change = Change(connection, who=who, time=time)
            yield change
            change.finish()
        self.changes += 1

    @contextmanager
    def batch(self, recent: Recent, *, who: str = "machine", time: datetime) -> Iterator[Batch]:
        """A change of many articles, for a writer that makes one after the other and keeps ``recent`` between them."""
        if self.read_only:
            raise StoreError(f"{self.name} was opened for reading only")
        try:
            with explain_errors(self.name), self._engine.execution_options(writing=True).begin() as connection:
                batch = Batch(connection, who=who, time=time, recent=recent)
                yield batch
                batch.finish()
        except BaseException:
            recent.clear()  # it holds what was not kept
            raise
        self.changes += 1

    def data_revision(self) -> int:
        """Number of the newest revision; 0 for an empty store."""
        with self._reading() as connection:
            return revisions.last_sequence(connection)

    def count_incidents(self) -> int:
        """How many incidents are shown."""
        with self._reading() as connection:
            count = int(connection.execute(select(func.count()).select_from(tables.incident)).scalar_one())
            gone = self._screen(connection).list_gone()
            return count - len(self._screen(connection).find_there(gone)) if gone else count

    def incident(self, id_: str) -> Incident | None:
        """The incident of this id, or the one that a report of this id was joined into; None when there is neither.

        The id of an incident that was merged into another leads to that one.
        """
        with self._reading() as connection:
            joined = select(tables.report.c.incident_id).where(tables.report.c.id == id_)
            found = rows.load_incidents(connection, [id_, *connection.execute(joined).scalars()])
            found = self._screen(connection).incidents(found)
        return next((incident for incident in found if incident.status != "withdrawn"), next(iter(found), None))

    def load_incidents(self, ids: Sequence[str] | None = None, past: Past | None = None) -> list[Incident]:
        """Incidents in the order of ``ids``, as they are or as they were; all by date, newest first, when None."""
        with self._reading() as connection:
            if ids is None:
                c = tables.incident.c
                order = (c.date_start.is_(None), c.date_start.desc(), c.id)
                ids = connection.execute(select(c.id).order_by(*order)).scalars().all()
            found = rows.load_incidents(connection, ids)
            found = _as_of(connection, past).put_back(found, ids) if past else found
            return self._screen(connection).incidents(found)

    def reports_of(self, incident_id: str) -> list[Incident]:
        """The incident as each article told it, in the order they were added."""
        with self._reading() as connection:
            return self._screen(connection).reports(rows.load_reports(connection, incident_id), incident_id)

    def article(self, id_: str) -> Article | None:
        """The article of this id; None when it is not there."""
        return next(iter(self.load_articles([id_])), None)

    def load_articles(self, ids: Sequence[str] | None = None) -> list[Article]:
        """Articles in the order of ``ids``; all of them when None."""
        with self._reading() as connection:
            if ids is None:
                ids = connection.execute(select(tables.article.c.id).order_by(tables.article.c.id)).scalars().all()
            return self._screen(connection).articles(rows.load_articles(connection, ids))

    def reading(self, article_id: str) -> Reading | None:
        """What was read out of an article, each incident as this article alone tells it; None when it is not there."""
        with self._reading() as connection:
            found = rows.load_reading(connection, article_id)
            return self._screen(connection).reading(found) if found else None

    def scopes(self, past: Past | None = None) -> list[Scope]:
        """All figures for several places, as they are or were; each names the incidents as they are shown today."""
        with self._reading() as connection:
            found = rows.load_scopes(connection)
            found = _as_of(connection, past).put_back_scopes(found) if past else found
            return self._screen(connection).scopes(found)

    def copied_incidents(self, past: Past | None = None) -> list[Incident]:
        """Incidents of which some articles are, or were, known to be copies, by id; the database looks for them."""
        rest = cast(tables.incident.c.rest, Text)
        query = select(tables.incident.c.id).where(or_(*(rest.like(told) for told in _COPIED)))
        with self._reading() as connection:
            ids = set(connection.execute(query).scalars())
        then = {id_ for id_, was in past.incidents.items() if was is not None and was.copied} if past else set()
        return [found for found in self.load_incidents(sorted(ids | then), past) if found.copied]

    def release_of(self, incident_id: str) -> Release | None:
        """What an editor said last of what may leave of an incident; None when nobody said anything."""
        with self._inside() as connection:
            return find_release(connection, incident_id)

    def withheld_in(self, article_id: str) -> list[Span]:
        """Where an article names victims, in reading order."""
        with self._inside() as connection:
            return find_withheld(connection, article_id)

    def aliases(self, border: str) -> tuple[Alias, ...]:
        """What editors say names mean, where a border is in view."""
        with self._inside() as connection:
            return tuple(load_aliases(connection, border=border))

    def decisions(self) -> tuple[Decision, ...]:
        """What persons decided of pairs of reports, earliest first: the last word on each pair."""
        with self._inside() as connection:
            return tuple(load_decisions(connection))

    def corrections(self, incident_id: str | None = None) -> list[Correction]:
        """What was corrected of published incidents, or of one of them, newest first."""
        with self._reading() as connection:
            return self._screen(connection).corrections(load_corrections(connection, incident_id))

    def imported_rows(self, report_ids: Sequence[str] | None = None) -> dict[str, ImportedRow]:
        """Rows of other databases' files by the id of the report made from each; all of them when None."""
        with self._reading() as connection:
            return self._screen(connection).imported(imported.load_rows(connection, report_ids))

    def rows_of(self, incident_ids: Sequence[str], scheme: str) -> dict[str, list[ImportedRow]]:
        """The rows of another database that tell each of these incidents, in the order of their files."""
        with self._reading() as connection:
            found = imported.load_rows_of(connection, incident_ids, scheme)
            kept = self._screen(connection).imported({row.id: row for rows_ in found.values() for row in rows_})
        told = {id_: [kept[row.id] for row in rows_ if row.id in kept] for id_, rows_ in found.items()}
        return {id_: rows_ for id_, rows_ in told.items() if rows_}

    def incidents_from(self, scheme: str) -> frozenset[str]:
        """Ids of the incidents that rows of another database tell, alone or among other reports, or told once."""
        return self._told_by(scheme)[0]

    def articles_from(self, scheme: str) -> frozenset[str]:
        """Ids of the articles that stand for rows of another database."""
        return self._told_by(scheme)[1]

    def _told_by(self, scheme: str) -> tuple[frozenset[str], frozenset[str]]:
        with self._reading() as connection:
            incidents, articles = imported.list_told(connection, scheme)
        return frozenset(incidents), frozenset(articles)

    def positions_from(self, scheme: str) -> dict[str, int]:
        """The same ids, each with the place of its first row in the file it came from."""
        with self._reading() as connection:
            return imported.list_incidents(connection, scheme)

    def time_of(self, revision: int) -> datetime | None:
        """When a data revision was made; None when there is none of that number."""
        with self._reading() as connection:
            return revisions.load_time(connection, revision)

    def revision_before(self, moment: datetime) -> int:
        """The data revision that was the newest just before a moment; 0 for the empty store before the first."""
        with self._reading() as connection:
            return revisions.find_sequence(connection, moment)

    def layouts_from(self, scheme: str) -> list[tuple[str, ...]]:
        """The heads of the columns of all files that rows of another database came from."""
        with self._reading() as connection:
            return imported.list_layouts(connection, scheme)

    def all_reports_of(self, incident_ids: Sequence[str]) -> dict[str, list[Incident]]:
        """Each of many incidents as each article told it, in the order they were added."""
        with self._reading() as connection:
            found, screen = rows.load_reports_of_many(connection, incident_ids), self._screen(connection)
            return {id_: screen.reports(reports, id_) for id_, reports in found.items()}

    def revisions(self, what: str | None = None, *, after: int = 0, most: int | None = None) -> list[Revision]:
        """The history of the store, or of one record such as ``incident:5f3c...``, oldest first; some of it."""
        with self._inside() as connection:
            return list(revisions.load_revisions(connection, what=what, after=after, most=most))

    def read_columns(
        self, wanted: Mapping[str, Sequence[str]], *, ordered: bool = True, at: int | None = None
    ) -> Columns:
        """Columns by table name, all from one moment; days are dates, JSON is parsed.

        Without an order, which takes SQLite twice as long, rows come as the database finds them. ``at`` asks for an
        earlier data revision; the columns of each table must then name whose each row is (``geo.store.past``).
        """
        if self.released:
            check_columns(wanted)
        with self._reading() as connection:
            asked = with_keys(wanted) if self.released else wanted
            found = {name: _read_table(connection, name, columns, ordered) for name, columns in asked.items()}
            newest = revisions.last_sequence(connection)
            past = None if at is None or at >= newest else read_past(connection, at)
            told = put_back(found, past) if past else found
            screen = self._screen(connection)
            if isinstance(screen, Screen):
                cut = Cutter(connection, screen, past).cut(told)
                told = {name: {column: cut[name][column] for column in columns} for name, columns in wanted.items()}
            revision = newest if at is None or past is None else at
            return Columns(revision=revision, tables=told, past=past and screen.past(past), released=screen.key)

    def count_since(self, revision: int, *, without: Collection[str] = (), until: int | None = None) -> tuple[int, int]:
        """How many incidents have changed since a data revision, or gone, and how many are new; some left out.

        ``until`` is the revision up to which it is asked, the newest when None.
        """
        with self._reading() as connection:
            gone = self._screen(connection).list_gone()
            return count_since(connection, revision, gone.union(without) if gone else without, until)

    def digest(self) -> str:
        """sha256 of all that the store tells, without times and revisions: see ``geo.store.digest``."""
        with self._reading() as connection:
            return compute_digest(connection)

    def check(self) -> list[str]:
        """Every fault found in the file and in the chain of revisions, one sentence each; empty when all is well."""
        with self._inside() as connection:
            return list(find_faults(connection))

    def state(self) -> str:
        """Names what is read now: it changes with every revision and, where the store is released, as delays end."""
        with self._reading() as connection:
            return f"{revisions.last_sequence(connection)}{self._screen(connection).key}"

    def _screen(self, connection: Connection) -> Whole:
        """What lets through what may leave; in a whole store that is everything."""
        if not self.released:
            return Whole()
        revision, known, now, shown = revisions.last_sequence(connection), self._limits, self.now(), shown_statuses()
        if known is None or known[0] != revision or known[1].shown != shown or known[1].is_over(now):
            known = self._limits = (revision, load_limits(connection, now=now, shown=shown))
        return Screen(connection, known[1])

    @contextmanager
    def _inside(self) -> Iterator[Connection]:
        """The same for what never leaves the newsroom; raises StoreError in a released store."""
        if self.released:
            raise StoreError("what editors say and the history of records do not leave the newsroom")
        with self._reading() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the store, however many questions it asks."""
        with explain_errors(self.name), self._reader.begin() as connection:
            yield connection


def open_store(
    address: str | Path | None = None, *, read_only: bool = False, make: bool = True, released: bool = False
) -> Store:
    """The store at a path (SQLite) or a database address, its tables brought up to date.

    A ``released`` one is read through what may leave the newsroom (``geo.store.released``); what it is written by way
    of is not. When it is not there it is made, unless ``make`` is False or it is opened for reading only.

    Without an address the option BORDER_INCIDENTS_STORE decides, else the file in the user's data folder. Raises
    StoreError when it cannot be opened, is something else than a store, or was written by a newer version.
    """
    named = store_address(address)
    name = hide_password(named)
    if not make:
        open_engine(named, read_only=True).dispose()  # which fails when there is none
    engine = open_engine(named, read_only=read_only)
    with explain_errors(name):
        ensure_schema(engine, read_only=read_only)
    store = Store(engine, name, read_only=read_only, released=released)
    store.address = named
    return store


def _as_of(connection: Connection, past: Past) -> Past:
    """The past as seen from this moment: what has changed since it was read belongs to it as well."""
    return past if revisions.last_sequence(connection) == past.newest else read_past(connection, past.revision)


def _read_table(connection: Connection, name: str, columns: Sequence[str], ordered: bool) -> dict[str, Sequence[Any]]:
    table = tables.metadata.tables[name]
    query = select(*(table.c[column] for column in columns))
    found = connection.execute(query.order_by(*table.primary_key.columns) if ordered else query).fetchall()
    return dict(zip(columns, zip(*found, strict=True) if found else ((),) * len(columns), strict=True))
