"""A change of many articles: what it writes stays in memory until the end, and is read from there meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from geo.model import Article, Decision, Incident, Reading
from geo.store import rows, tables
from geo.store.change import Change, report_row
from geo.store.documents import DONE
from geo.store.recent import Recent
from geo.store.records import JsonText, dump_record, write_json
from geo.store.revisions import last_sequence

_UPDATE_INCIDENT = update(tables.incident).where(tables.incident.c.id == bindparam("of"))
_FINISH_DOCUMENT = update(tables.document).where(tables.document.c.number == bindparam("of")).values(DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A reading as JSON, written by whoever read it, so that the one who writes it into the store has less to do."""

    row: Mapping[str, object]
    """The row of table ``reading``."""
    reports: tuple[str, ...]
    """Its incidents, in their order."""


def write_reading(reading: Reading) -> tuple[Reading, Written]:
    """A reading as JSON, and what of the reading is needed beside it."""
    (row,) = rows.reading_rows(reading)[tables.reading]
    row = {name: value if isinstance(value, str) else JsonText(write_json(value)) for name, value in row.items()}
    reports = tuple(write_json(dump_record(incident)) for incident in reading.incidents)
    return replace(reading, toponyms=()), Written(row=row, reports=reports)


class Batch(Change):
    """A change that asks the store little and writes all of a table at once; the outcome is that of ``Change``."""

    def __init__(self, connection: Connection, *, who: str, time: datetime, recent: Recent) -> None:
        self._plain = connection
        self._recent = recent
        self._rows: defaultdict[Table, list[Mapping[str, object]]] = defaultdict(list)
        self._new: dict[str, Incident] = {}
        self._replaced: dict[str, Incident] = {}
        self._done: list[dict[str, object]] = []
        self._written: dict[str, Mapping[str, object]] = {}
        self._texts: dict[int, tuple[Incident, str]] = {}
        self._absent: set[str] = set()
        super().__init__(connection, who=who, time=time)
        newest = last_sequence(connection)
        if recent.revision != newest:
            recent.clear()
            recent.revision = newest
        self._is_decided = connection.execute(select(tables.decision.c.id).limit(1)).first() is not None

    @property
    def _connection(self) -> Connection:
        """The connection, for what is not known here: all that was held back is written first."""
        self.flush()
        return self._plain

    @_connection.setter
    def _connection(self, connection: Connection) -> None:
        self._plain = connection

    def expect(self, readings: Iterable[tuple[Reading, Written]]) -> None:
        """Learn what will be added, already written; what of it is there is asked for at once."""
        for reading, written in readings:
            self._written[reading.article_id] = written.row
            self._texts.update(
                {id(one): (one, text) for one, text in zip(reading.incidents, written.reports, strict=True)}
            )
        articles, incidents = [*self._written], {one.id for one, _ in self._texts.values()}
        query = select(tables.article.c.id).where(tables.article.c.id.in_(articles))
        self._absent.update(set(articles).difference(self._plain.execute(query).scalars()))
        unknown = [id_ for id_ in incidents if id_ not in self._recent.incidents]
        self._absent.update(set(unknown).difference(self._load_shown(unknown)))

    def holds(self, article_id: str) -> bool:
        """True when the article was added before."""
        return article_id not in self._absent and super().holds(article_id)

    def load_articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles in the order of ``ids``; one that is not there is left out."""
        kept = self._recent.articles
        missing = [id_ for id_ in ids if id_ not in kept]
        for article in super().load_articles(missing) if missing else ():
            kept.keep(article.id, article)
        found = (kept.find(id_) for id_ in ids)
        return [article for article in found if article is not None]

    def add_article(self, article: Article, reading: Reading) -> None:
        """Keep an article and what was read out of it; its incidents are shown by ``show``."""
        super().add_article(article, reading)
        self._absent.discard(article.id)
        self._recent.articles.keep(article.id, article)

    def finish_document(self, number: int, article_id: str) -> None:
        """Mark a document as done, together with the article that it became."""
        ended = self._time.astimezone(UTC).isoformat()
        self._done.append({"of": number, "article_id": article_id, "ended": ended})

    def shown(self, incident_id: str) -> Incident | None:
        """The incident as it is shown within this change; None when there is none."""
        if incident_id in self._absent:
            return None
        return self._recent.incidents.find(incident_id) or self._load_shown([incident_id]).get(incident_id)

    def find_near(self, incident: Incident, *, days: int) -> list[Incident]:
        """Shown incidents within so many days of this one that share a province with it, or a country."""
        ids = self._recent.find_near(lambda: self._connection, incident, days=days)
        kept = {id_: self._recent.incidents.find(id_) for id_ in ids}
        missing = [id_ for id_, found in kept.items() if found is None]
        kept.update(self._load_shown(missing) if missing else {})
        return [found for found in kept.values() if found is not None]

    def decisions_about(self, report_id: str, incident_ids: Sequence[str] = ()) -> list[Decision]:
        """What persons decided of a report, and of the reports of incidents, earliest first."""
        return super().decisions_about(report_id, incident_ids) if self._is_decided else []

    def reports_of(self, incident_id: str) -> list[Incident]:
        """The incident as each article told it, in the order they were added."""
        kept = self._recent.reports.find(incident_id)
        if kept is None:
            kept = self._recent.reports.keep(incident_id, super().reports_of(incident_id))
        return list(kept)

    def add_report(self, report: Incident, *, incident_id: str, position: int) -> None:
        """Keep an incident as one article tells it, and which shown incident it belongs to."""
        shown, kept = self.shown(incident_id), self._recent.reports.find(incident_id)
        row = report_row(report, incident_id, position, JsonText(self._write(report)))
        self._insert({tables.report: [row]})
        self._tell(row)
        if shown is not None and kept is not None and report.articles[0] in shown.articles:
            place = {article: number for number, article in enumerate(shown.articles)}
            kept.append(report)
            kept.sort(key=lambda one: place.get(one.articles[0], -1))
        else:
            self._recent.reports.pop(incident_id, None)  # the store knows where it stands among them

    def move_report(self, report_id: str, incident_id: str) -> None:
        """Let a report belong to another shown incident."""
        self._recent.reports.clear()
        super().move_report(report_id, incident_id)

    def tell_again(self, report: Incident) -> None:
        """Keep an incident as its report tells it now, in place of how it told it before."""
        self._recent.reports.clear()
        super().tell_again(report)

    def forget_report(self, report_id: str) -> None:
        """Drop a report that its article, read again, does not tell any more."""
        self._recent.reports.clear()
        super().forget_report(report_id)

    def flush(self) -> None:
        """Write all that was held back."""
        if self._replaced:
            _clear_parts(self._plain, self._replaced)
        shown = rows.incident_rows([*self._new.values(), *self._replaced.values()])
        if replaced := shown[tables.incident][len(self._new) :]:
            self._plain.execute(_UPDATE_INCIDENT, [{**row, "of": row["id"]} for row in replaced])
        shown[tables.incident] = shown[tables.incident][: len(self._new)]
        for table in tables.metadata.sorted_tables:
            for values in (self._rows.pop(table, ()), shown.get(table, ())):
                if values:
                    self._plain.execute(insert(table), values)
        if self._done:
            self._plain.execute(_FINISH_DOCUMENT, self._done)
        self._new, self._replaced, self._done = {}, {}, []

    def finish(self) -> None:
        """Write all that was held back, and the revisions of it."""
        self.flush()
        super().finish()
        self._recent.revision = last_sequence(self._plain)

    def _insert(self, found: rows.Rows) -> None:
        for table, values in found.items():
            self._rows[table] += values

    def _reading_row(self, reading: Reading) -> Mapping[str, object]:
        return self._written.get(reading.article_id) or super()._reading_row(reading)

    def _show_new(self, incident: Incident) -> None:
        self._absent.discard(incident.id)
        self._new[incident.id] = incident
        self._recent.reports.keep(incident.id, [])
        self._recent.put(incident, None)

    def _replace(self, incident: Incident) -> None:
        self._recent.put(incident, self._recent.incidents.get(incident.id))
        (self._new if incident.id in self._new else self._replaced)[incident.id] = incident

    def _write(self, incident: Incident) -> str:
        """The JSON of an incident, which is written again when it is next replaced."""
        if id(incident) in self._texts:
            return self._texts[id(incident)][1]
        kept = self._recent.written.find(incident.id)
        if kept is not None and kept[0] is incident:
            return kept[1]
        return self._recent.written.keep(incident.id, (incident, super()._write(incident)))[1]

    def _load_shown(self, ids: Sequence[str]) -> dict[str, Incident]:
        """Incidents that are not kept; those held back are, as long as a change is not larger than what is kept."""
        if not self._new.keys().isdisjoint(ids) or not self._replaced.keys().isdisjoint(ids):
            self.flush()
        found = rows.load_incidents(self._plain, ids)
        return {incident.id: self._recent.incidents.keep(incident.id, incident) for incident in found}


def _clear_parts(connection: Connection, ids: Iterable[str]) -> None:
    named = [{"of": id_} for id_ in ids]
    for table in tables.PARTS_OF_INCIDENT:
        connection.execute(delete(table).where(table.c.incident_id == bindparam("of")), named)
