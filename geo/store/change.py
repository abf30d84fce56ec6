"""One change to the store: rows and their revisions, kept together or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, delete, exists, insert, or_, select, update

from geo.errors import UsageError
from geo.model import Alias, Article, Decision, ImportedRow, Incident, Reading, Release, Revision, Scope, Span, Victim
from geo.store import rows, tables
from geo.store.aliases import find_alias, keep_alias
from geo.store.corrected import compare_fields, describe_correction, keep_correction
from geo.store.decisions import find_decisions, find_decisions_about, keep_decisions
from geo.store.documents import finish_document, list_held, quarantine_document
from geo.store.imported import describe_replaced, describe_row, keep_rows, load_rows
from geo.store.recent import shift_day
from geo.store.records import Json, JsonText, dump_record, load_record, write_json
from geo.store.releases import (
    describe_rows,
    describe_withheld,
    find_release,
    find_withheld,
    keep_release,
    keep_withheld,
    withheld_rows,
)
from geo.store.revisions import Edit, append_revisions, load_revisions
from geo.store.seals import Row, find_last_seals, load_seals, seal
from geo.victims import look_for_victims


class Change:
    """What may be done inside ``Store.change``; every step is also written to the chain of revisions."""

    def __init__(self, connection: Connection, *, who: str, time: datetime) -> None:
        self._connection = connection
        self._who = who
        self._time = time
        self._edits: list[Edit] = []
        self._told: dict[str, tuple[Row, list[Row]]] = {}
        """The reading and the reports of each article that is new."""
        self._retold: set[str] = set()
        """Articles that were there, and are read or told otherwise now."""

    def holds(self, article_id: str) -> bool:
        """True when the article was added before."""
        query = select(tables.article.c.id).where(tables.article.c.id == article_id)
        return self._connection.execute(query).first() is not None

    def load_articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles in the order of ``ids``; one that is not there is left out."""
        return rows.load_articles(self._connection, ids)

    def add_article(self, article: Article, reading: Reading) -> None:
        """Keep an article and what was read out of it; its incidents are shown by ``show``."""
        read = self._reading_row(reading)
        self._insert(rows.article_rows(article))
        self._insert({tables.reading: [read]})
        self._note("article", article.id, None, write_json(describe_article(article)), "added")
        self._told[article.id] = (read, [])
        self._withhold([article], [reading])

    def finish_document(self, number: int, article_id: str) -> None:
        """Mark a document as done, together with the article that it became; raises StoreError if it is not pending."""
        finish_document(self._connection, number, article_id, time=self._time)

    def quarantine_document(self, number: int, code: str, message: str) -> None:
        """Put a document aside that cannot be read, for this reason; raises StoreError if it is not pending."""
        quarantine_document(self._connection, number, code, message, time=self._time)

    def documents_held(self, holder: str, numbers: Sequence[int]) -> set[int]:
        """Those of these documents that are pending and still held by ``holder``: no one else finishes them now."""
        return list_held(self._connection, holder, numbers)

    def add_scope(self, scope: Scope, *, article_id: str, position: int) -> None:
        """Keep a figure for several places that an article gives."""
        self._insert(rows.scope_rows(scope, article_id=article_id, position=position))
        self._note("scope", scope.id, None, write_json(dump_record(scope)), "read")

    def keep_alias(self, alias: Alias, *, reason: str) -> None:
        """Keep what an editor says a name means, in place of what was said before."""
        before = find_alias(self._connection, alias.id)
        keep_alias(self._connection, alias)
        kept = write_json(dump_record(before)) if before else None
        self._note("alias", alias.id, kept, write_json(dump_record(alias)), reason)

    def keep_decisions(self, decisions: Sequence[Decision], *, reason: str) -> None:
        """Keep what a person says of pairs of reports, in place of what was said of them before."""
        before = {old.id: old for old in find_decisions(self._connection, [decision.id for decision in decisions])}
        keep_decisions(self._connection, decisions)
        for decision in decisions:
            old = before.get(decision.id)
            kept = write_json(dump_record(old)) if old else None
            self._note("decision", decision.id, kept, write_json(dump_record(decision)), reason)

    def decisions_about(self, report_id: str, incident_ids: Sequence[str] = ()) -> list[Decision]:
        """What persons decided of a report, and of the reports of incidents, earliest first."""
        return find_decisions_about(self._connection, report_id, incident_ids)

    def release_of(self, incident_id: str) -> Release | None:
        """What an editor said last of what may leave of an incident; None when nobody said anything."""
        return find_release(self._connection, incident_id)

    def keep_release(self, release: Release, reason: str = "") -> None:
        """Keep what may leave of an incident, in place of what was said before."""
        before = find_release(self._connection, release.incident_id)
        keep_release(self._connection, release)
        kept = write_json(dump_record(before)) if before else None
        self._note("release", release.incident_id, kept, write_json(dump_record(release)), reason or release.reason)

    def withheld_in(self, article_id: str) -> list[Span]:
        """Where an article names victims, in reading order."""
        return find_withheld(self._connection, article_id)

    def keep_withheld(self, article_id: str, spans: Sequence[Span], who: str, *, reason: str = "") -> None:
        """Keep where an article names victims, in place of what was found or said before; none lifts all.

        The revision holds where the names stand, and never the names.
        """
        before = describe_withheld(self._connection, article_id)
        article = next(iter(rows.load_articles(self._connection, [article_id])), None)
        text = article.text if article else ""
        named = sorted({(s.start, s.end) for s in spans if 0 <= s.start < s.end <= len(text)})
        victims = [Victim(span=Span(start=start, end=end), name=text[start:end]) for start, end in named]
        keep_withheld(self._connection, article_id, victims, who=who)
        after = describe_withheld(self._connection, article_id)
        if before != after:
            said = [None if value is None else write_json(value) for value in (before, after)]
            self._note("withheld", article_id, said[0], said[1], reason or "names of victims")

    def replace_reading(self, reading: Reading) -> None:
        """Keep what was read out of an article now; its reports stay until they are told anew, its scopes go."""
        self._read_again(reading.article_id)
        c = tables.reading.c
        (row,) = rows.reading_rows(reading)[tables.reading]
        self._connection.execute(update(tables.reading).where(c.article_id == reading.article_id).values(row))
        for scope in rows.load_scopes_of(self._connection, reading.article_id):
            for table in (tables.scope_incident, tables.scope_place, tables.claim):
                self._connection.execute(delete(table).where(table.c.scope_id == scope.id))
            self._connection.execute(delete(tables.scope).where(tables.scope.c.id == scope.id))
            self._note("scope", scope.id, write_json(dump_record(scope)), None, "read again")

    def reports_in(self, article_id: str) -> list[tuple[Incident, str]]:
        """Each incident as an article told it, and the id of the shown incident it belongs to."""
        c = tables.report.c
        query = select(c.record, c.incident_id).where(c.article_id == article_id).order_by(c.position, c.id)
        return [(load_record(Incident, record), id_) for record, id_ in self._connection.execute(query)]

    def tell_again(self, report: Incident) -> None:
        """Keep an incident as its report tells it now, in place of how it told it before."""
        self._read_again(report.articles[0])
        c = tables.report.c
        row = {"article_id": report.articles[0], "record": dump_record(report)}
        self._connection.execute(update(tables.report).where(c.id == report.id).values(row))

    def forget_report(self, report_id: str) -> None:
        """Drop a report that its article, read again, does not tell any more."""
        self._tell_otherwise(report_id)
        self._connection.execute(delete(tables.report).where(tables.report.c.id == report_id))

    def shown(self, incident_id: str) -> Incident | None:
        """The incident as it is shown within this change; None when there is none."""
        return next(iter(rows.load_incidents(self._connection, [incident_id])), None)

    def find_near(self, incident: Incident, *, days: int) -> list[Incident]:
        """Shown incidents within so many days of this one that share a province with it, or a country.

        Nothing is near to one without a day. One that is withdrawn and has no report is not near: it was merged into
        another, or is told no more. Nor is one of another database, whose reports the rules join to no article's: only
        a person does.
        """
        if incident.dates.start is None:
            return []
        ids = self._connection.execute(_near_query(incident, days)).scalars().all()
        return rows.load_incidents(self._connection, ids)

    def reports_of(self, incident_id: str) -> list[Incident]:
        """The incident as each article told it, in the order they were added."""
        return rows.load_reports(self._connection, incident_id)

    def add_report(self, report: Incident, *, incident_id: str, position: int) -> None:
        """Keep an incident as one article tells it, and which shown incident it belongs to."""
        row = report_row(report, incident_id, position, dump_record(report))
        self._connection.execute(insert(tables.report), row)
        self._tell(row)

    def move_report(self, report_id: str, incident_id: str) -> None:
        """Let a report belong to another shown incident."""
        self._tell_otherwise(report_id)
        self._connection.execute(
            update(tables.report).where(tables.report.c.id == report_id).values(incident_id=incident_id)
        )

    def incidents_of(self, report_ids: Iterable[str]) -> dict[str, str]:
        """Id of the shown incident that each report belongs to; reports that are told no more are left out."""
        c = tables.report.c
        query = select(c.id, c.incident_id).where(c.id.in_(list(report_ids)))
        return {id_: incident_id for id_, incident_id in self._connection.execute(query)}

    def show(self, incident: Incident, *, reason: str) -> None:
        """Show the incident as given, new or in place of the one of the same id.

        Raises UsageError when that one is published: it changes only by a correction.
        """
        before = self.shown(incident.id)
        if before is None:
            self._show_new(incident)
        elif before.status == "published":
            raise UsageError(f"incident {incident.id} is published; it changes only by a correction, with its reason")
        else:
            self._replace(incident)
        self._note("incident", incident.id, self._write(before) if before else None, self._write(incident), reason)

    def amend(self, incident: Incident, *, reason: str, public: str = "") -> None:
        """Show an incident as a person changed it; one that was published with a correction for readers to see.

        ``public`` is the reason that readers are told. Raises UsageError when a published incident has none.
        """
        before = self.shown(incident.id)
        if before is None or before.status != "published":
            return self.show(incident, reason=reason)
        changes = compare_fields(before, incident)
        if changes and not public:
            raise UsageError(f"incident {incident.id} is published; say why it is corrected, readers are told so")
        self._replace(incident)
        self._note("incident", incident.id, self._write(before), self._write(incident), reason)
        kept = keep_correction(self._connection, incident.id, changes, who=self._who, time=self._time, reason=public)
        return self._note("correction", str(kept.number), None, write_json(describe_correction(kept)), public)

    def revisions_of(self, what: str) -> list[Revision]:
        """The history of one record such as ``incident:5f3c...``, oldest first, as it was before this change."""
        return list(load_revisions(self._connection, what=what))

    def show_all(self, incidents: Iterable[Incident], *, reason: str, batch: int = 10_000) -> None:
        """Show many new incidents at once, for imports; fails when one of them is there already."""
        pending: list[Incident] = []
        for incident in incidents:
            pending.append(incident)
            if len(pending) == batch:
                self._add_batch(pending, reason)
                pending = []
        self._add_batch(pending, reason)

    def find_shown(self, ids: Sequence[str]) -> set[str]:
        """Those of these ids that incidents have."""
        batches = (ids[start : start + 500] for start in range(0, len(ids), 500))
        queries = (select(tables.incident.c.id).where(tables.incident.c.id.in_(batch)) for batch in batches)
        return {id_ for query in queries for id_ in self._connection.execute(query).scalars()}

    def imported_rows(self, ids: Sequence[str]) -> dict[str, ImportedRow]:
        """Rows of other databases' files by the id of the report made from each."""
        return load_rows(self._connection, ids)

    def keep_imported(self, rows_: Sequence[ImportedRow], *, reason: str) -> None:
        """Keep rows of another database's file, in place of those before them of the same events."""
        before = load_rows(self._connection, [row.id for row in rows_])
        keep_rows(self._connection, rows_)
        for row in rows_:
            old = before.get(row.id)
            kept = write_json(describe_replaced(old)) if old else None
            self._note("row", row.id, kept, write_json(describe_row(row)), reason)

    def add_imported(self, articles: Sequence[Article], reports: Sequence[Incident], *, reason: str) -> None:
        """Keep new reports of another database's coders, one an article, and show each as an incident of its own."""
        parts = [rows.article_rows(article) for article in articles]
        readings = [Reading(article_id=article.id, language=article.language or "und") for article in articles]
        for table in (tables.article, tables.source):
            self._insert({table: [row for part in parts for row in part[table]]})
        self._insert({tables.reading: [rows.reading_rows(reading)[tables.reading][0] for reading in readings]})
        for article in articles:
            self._note("article", article.id, None, write_json(describe_article(article)), "imported")
        self._withhold(articles, readings)
        records = [dump_record(report) for report in reports]
        self._insert(rows.incident_rows(reports))
        for report, record in zip(reports, records, strict=True):
            self._note("incident", report.id, None, write_json(record), reason)
        told = zip(reports, records, strict=True)
        self._insert({tables.report: [report_row(report, report.id, 0, record) for report, record in told]})
        self.finish()  # the revisions of so many are too much to hold until the end

    def finish(self) -> None:
        """Write the revisions of all that was done; called once, at the end."""
        self._note_readings()
        append_revisions(self._connection, self._edits, who=self._who, time=self._time)
        self._edits = []

    def _add_batch(self, incidents: list[Incident], reason: str) -> None:
        self._insert(rows.incident_rows(incidents))
        for incident in incidents:
            self._note("incident", incident.id, None, self._write(incident), reason)
        self.finish()

    def _withhold(self, articles: Sequence[Article], readings: Sequence[Reading]) -> None:
        """Keep whom new articles name among the victims; looked for here where nobody did before."""
        for article, reading in zip(articles, readings, strict=True):
            victims = reading.victims if reading.victims is not None else look_for_victims(article, reading)
            if victims:
                named = withheld_rows(article.id, victims, who=self._who)
                self._insert({tables.withheld_name: named})
                self._note("withheld", article.id, None, write_json(describe_rows(named)), "names of victims")

    def _insert(self, found: rows.Rows) -> None:
        for table, values in found.items():
            if values:
                self._connection.execute(insert(table), values)

    def _reading_row(self, reading: Reading) -> Mapping[str, object]:
        return rows.reading_rows(reading)[tables.reading][0]

    def _show_new(self, incident: Incident) -> None:
        self._insert(rows.incident_rows([incident]))

    def _replace(self, incident: Incident) -> None:
        for table in tables.PARTS_OF_INCIDENT:
            self._connection.execute(delete(table).where(table.c.incident_id == incident.id))
        found = rows.incident_rows([incident])
        (row,) = found.pop(tables.incident)
        self._connection.execute(update(tables.incident).where(tables.incident.c.id == incident.id).values(row))
        self._insert(found)

    def _write(self, incident: Incident) -> str:
        return write_json(dump_record(incident))

    def _tell(self, row: Row) -> None:
        """A report was added."""
        article_id = str(row["article_id"])
        if article_id in self._told:
            self._told[article_id][1].append(row)
        else:
            self._retold.add(article_id)

    def _read_again(self, article_id: str) -> None:
        """What an article was read as is not what it was."""
        self._told.pop(article_id, None)
        self._retold.add(article_id)

    def _tell_otherwise(self, report_id: str) -> None:
        """A report leaves its incident, or is told no more."""
        query = select(tables.report.c.article_id).where(tables.report.c.id == report_id)
        for article_id in self._connection.execute(query).scalars():
            self._read_again(article_id)

    def _note_readings(self) -> None:
        for article_id, (read, reports) in self._told.items():
            self._note("reading", article_id, None, write_json(seal(read, reports)), "read")
        if self._retold:
            last = find_last_seals(self._connection, sorted(self._retold))
            for article_id, sealed in load_seals(self._connection, sorted(self._retold)):
                before, after = last.get(article_id), write_json(sealed)
                if before != after:
                    self._note("reading", article_id, before, after, "read or told otherwise")
        self._told, self._retold = {}, set()

    def _note(self, kind: str, id_: str, before: str | None, after: str | None, reason: str) -> None:
        self._edits.append(Edit(what=f"{kind}:{id_}", before=before, after=after, reason=reason))


def describe_article(article: Article) -> dict[str, object]:
    """An article as its revision keeps it: all but the text, which stands in its row, and the text's hash."""
    described = dump_record(article)
    described["text"] = hashlib.sha256(article.text.encode()).hexdigest()
    return described


def report_row(report: Incident, incident_id: str, position: int, record: Json | JsonText) -> dict[str, object]:
    """The row that holds a report: its record, and which shown incident it belongs to."""
    return {
        "id": report.id,
        "article_id": report.articles[0],
        "position": position,
        "incident_id": incident_id,
        "record": record,
    }


def _near_query(incident: Incident, days: int) -> Select[str]:
    shown, place = tables.incident.c, tables.incident_place.c
    adm1 = {p.adm1 for p in incident.places if p.adm1}
    countries = {p.place.country for p in incident.places if p.place and p.place.country}
    where = or_(place.adm1.in_(adm1), place.country.in_(countries))
    query = select(shown.id).distinct().join(tables.incident_place, place.incident_id == shown.id).where(where)
    query = query.where(or_(shown.status != "withdrawn", exists().where(tables.report.c.incident_id == shown.id)))
    query = query.where(~exists().where(tables.imported_row.c.id == shown.id))
    start, end = incident.dates.start, incident.dates.end or incident.dates.start
    if start is not None and end is not None:
        query = query.where(shown.date_start <= shift_day(end, days), shown.date_end >= shift_day(start, -days))
    return query.order_by(shown.id)
