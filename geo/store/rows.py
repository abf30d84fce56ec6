"""Incidents, scopes and articles as rows of their tables, and back without loss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Table, exists, select

from geo.model import (
    Actor,
    Article,
    Claim,
    DateRange,
    Flag,
    Incident,
    IncidentPlace,
    Place,
    Reading,
    Resolution,
    Scope,
    Source,
    Span,
    Toll,
)
from geo.store import tables
from geo.store.records import dump_record, explained, load_record

Row = RowMapping
"""A row by column name, as the database gives it."""
Rows = dict[Table, Sequence[Mapping[str, object]]]
"""Rows to write, by table, in an order that keeps foreign keys."""

_BATCH = 500
"""Ids in one question: SQLite allows 32,766 parameters, old versions 999."""
_PLACE_COLUMNS = ("name", "kind", "country", "lat", "lon")
_JOIN_COLUMNS = (
    "adm1", "role", "precision", "radius_km", "border_km_start", "border_km_end",
    "distance_to_border_km", "side", "nearest_crossing",
)  # fmt: skip
_CLAIM_COLUMNS = (
    "metric", "subject", "subject_party", "unit", "low", "best", "high", "qualifier", "claimant", "claimant_party",
    "stance", "status", "subset_of", "scope", "article_id",
)  # fmt: skip
_INCIDENT_COLUMNS = ("id", "title", "event_type", "sub_event_type", "background", "status", "version")
_ARTICLE_COLUMNS = (
    "id", "url", "publisher", "title", "text", "published", "language", "sha256", "own_wording",
)  # fmt: skip
_TOLLS = ("killed", "wounded")
CHECKED = ("reviewed", "published")
"""Statuses of an incident that a person has checked: nothing that is read later changes it."""


def incident_rows(incidents: Sequence[Incident]) -> Rows:
    """The rows that hold the incidents."""
    rows: dict[Table, list[dict[str, object]]] = {t: [] for t in (tables.incident, *tables.PARTS_OF_INCIDENT)}
    for incident in incidents:
        articles = ({"article_id": article_id} for article_id in incident.articles)
        rows[tables.incident].append(_incident_row(incident))
        rows[tables.incident_place].extend(_number(map(_place_row, incident.places), incident_id=incident.id))
        rows[tables.incident_article].extend(_number(articles, incident_id=incident.id))
        rows[tables.actor].extend(_number(map(_actor_row, incident.actors), incident_id=incident.id))
        rows[tables.claim].extend(_number(map(_claim_row, incident.claims), incident_id=incident.id))
        rows[tables.flag].extend(_number(map(_flag_row, incident.flags), incident_id=incident.id))
    return {**rows}


def scope_rows(scope: Scope, *, article_id: str, position: int) -> Rows:
    """The rows that hold a scope; the incidents it covers stay named by the ids of their reports."""
    return {
        tables.scope: [{"id": scope.id, "article_id": article_id, "position": position}],
        tables.scope_incident: _number(({"report_id": id_} for id_ in scope.incidents), scope_id=scope.id),
        tables.scope_place: _number(({"place": place} for place in scope.places), scope_id=scope.id),
        tables.claim: _number(map(_claim_row, scope.claims), scope_id=scope.id),
    }


def article_rows(article: Article) -> Rows:
    """The rows that hold an article and its sources."""
    row: dict[str, object] = {name: getattr(article, name) for name in _ARTICLE_COLUMNS}
    row["retrieved"] = article.retrieved.isoformat() if article.retrieved else None
    row["rest"] = {"flags": [dump_record(flag) for flag in article.flags]}
    sources = ({"outlet": s.outlet, "url": s.url, "published": s.published} for s in article.sources)
    return {tables.article: [row], tables.source: _number(sources, article_id=article.id)}


def reading_rows(reading: Reading) -> Rows:
    """The row that holds what was read out of an article, but for its incidents and scopes."""
    row: dict[str, object] = {
        "article_id": reading.article_id,
        "language": reading.language,
        "toponyms": [dump_record(resolution) for resolution in reading.toponyms],
        "flags": [dump_record(flag) for flag in reading.flags],
    }
    return {tables.reading: [row]}


def load_reading(connection: Connection, article_id: str) -> Reading | None:
    """What was read out of an article, each incident and scope as the article alone tells it."""
    query = select(tables.reading).where(tables.reading.c.article_id == article_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    reports = select(tables.report).where(tables.report.c.article_id == article_id).order_by(tables.report.c.position)
    return Reading(
        article_id=article_id,
        language=row["language"],
        toponyms=tuple(load_record(Resolution, resolution) for resolution in row["toponyms"]),
        incidents=tuple(load_record(Incident, report["record"]) for report in connection.execute(reports).mappings()),
        scopes=tuple(_read_scopes(connection, article_id=article_id, shown={})),
        flags=tuple(load_record(Flag, flag) for flag in row["flags"]),
    )


def load_reports(connection: Connection, incident_id: str) -> list[Incident]:
    """A shown incident as each article told it, in the order it names them; those that it does not name come last."""
    report, article = tables.report.c, tables.incident_article.c
    joined = (article.incident_id == report.incident_id) & (article.article_id == report.article_id)
    query = (
        select(report.record)
        .join(tables.incident_article, joined, isouter=True)
        .where(report.incident_id == incident_id)
        .order_by(article.position.is_(None), article.position, report.position, report.id)
    )
    return [load_record(Incident, record) for record in connection.execute(query).scalars()]


def load_reports_of_many(connection: Connection, incident_ids: Sequence[str]) -> dict[str, list[Incident]]:
    """The reports of many shown incidents, those of each in the order its articles name them."""
    found: dict[str, list[Incident]] = {}
    report, article = tables.report.c, tables.incident_article.c
    joined = (article.incident_id == report.incident_id) & (article.article_id == report.article_id)
    query = select(report.incident_id, report.record).join(tables.incident_article, joined, isouter=True)
    for batch in _batches(incident_ids):
        few = query.where(report.incident_id.in_(batch)).order_by(
            article.position.is_(None), article.position, report.position, report.id
        )
        for incident_id, record in connection.execute(few):
            found.setdefault(incident_id, []).append(load_record(Incident, record))
    return found


def load_incidents(connection: Connection, ids: Sequence[str]) -> list[Incident]:
    """The incidents of these ids, in their order; an id that is not there is left out."""
    found: dict[str, Incident] = {}
    for batch in _batches(ids):
        whole = list(_fetch(connection, tables.incident, "id", batch))
        if not whole:
            continue  # a new incident: its parts need not be looked for
        parts = {
            table: _group(connection, table, "incident_id", batch, order=("incident_id", "position"))
            for table in tables.PARTS_OF_INCIDENT
        }
        for row in whole:
            mine = {table: group.get(row["id"], []) for table, group in parts.items()}
            found[row["id"]] = _read_incident(row, mine)
    return [found[id_] for id_ in ids if id_ in found]


def load_scopes(connection: Connection) -> list[Scope]:
    """All scopes, article by article; each names the incidents shown today in place of the reports it was made of.

    An incident that a person had checked before a report of it came is not among them: nothing of it changes unseen.
    """
    report, named, incident = tables.report.c, tables.incident_article.c, tables.incident.c
    there = exists().where(named.incident_id == report.incident_id, named.article_id == report.article_id)
    covered = report.id.in_(select(tables.scope_incident.c.report_id))
    query = select(report.id, report.incident_id, incident.status.in_(CHECKED) & ~there).where(covered)
    told = connection.execute(query.join(tables.incident, incident.id == report.incident_id))
    shown = {id_: None if is_news else incident_id for id_, incident_id, is_news in told}
    return _read_scopes(connection, article_id=None, shown=shown)


def load_told_scopes(connection: Connection) -> list[Scope]:
    """All scopes, article by article, each naming the reports it was made of."""
    return _read_scopes(connection, article_id=None, shown={})


def load_scopes_of(connection: Connection, article_id: str) -> list[Scope]:
    """The scopes of an article, each naming the reports it was made of."""
    return _read_scopes(connection, article_id=article_id, shown={})


def _read_scopes(connection: Connection, *, article_id: str | None, shown: Mapping[str, str | None]) -> list[Scope]:
    """Scopes of one article, or of all; report ids in ``shown`` are replaced by what they lead to, None by nothing."""
    query = select(tables.scope).order_by(tables.scope.c.article_id, tables.scope.c.position)
    if article_id is not None:
        query = query.where(tables.scope.c.article_id == article_id)
    scopes = connection.execute(query).mappings().all()
    ids = None if article_id is None else [row["id"] for row in scopes]
    incidents, places, claims = (
        _group(connection, table, "scope_id", ids, order=("scope_id", "position"))
        for table in (tables.scope_incident, tables.scope_place, tables.claim)
    )
    return [
        Scope(
            id=row["id"],
            incidents=tuple(
                dict.fromkeys(
                    id_
                    for covered in incidents.get(row["id"], [])
                    if (id_ := shown.get(covered["report_id"], covered["report_id"])) is not None
                )
            ),
            places=tuple(place["place"] for place in places.get(row["id"], [])),
            claims=tuple(_read_claim(claim) for claim in claims.get(row["id"], [])),
        )
        for row in scopes
    ]


def load_articles(connection: Connection, ids: Sequence[str]) -> list[Article]:
    """The articles of these ids, in their order; an id that is not there is left out."""
    found: dict[str, Article] = {}
    for batch in _batches(ids):
        sources = _group(connection, tables.source, "article_id", batch, order=("article_id", "position"))
        for row in _fetch(connection, tables.article, "id", batch):
            found[row["id"]] = _read_article(row, sources.get(row["id"], []))
    return [found[id_] for id_ in ids if id_ in found]


def _incident_row(incident: Incident) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(incident, name) for name in _INCIDENT_COLUMNS}
    dates = incident.dates
    row.update(date_start=dates.start, date_end=dates.end, date_precision=dates.precision)
    for metric in _TOLLS:
        toll = incident.totals.get(metric, Toll())
        row.update({f"{metric}_low": toll.low, f"{metric}_best": toll.best, f"{metric}_high": toll.high})
    row["rest"] = {
        "totals": [metric for metric in _TOLLS if metric in incident.totals],
        "date": [dates.text, dates.rule, _dump_span(dates.span)],
        "quote": _dump_span(incident.quote),
        "tags": list(incident.tags),
        "copied": list(incident.copied),
        **({"edited": list(incident.edited)} if incident.edited else {}),
    }
    return row


@explained
def _read_incident(row: Row, parts: Mapping[Table, Sequence[Row]]) -> Incident:
    rest = row["rest"]
    text, rule, span = rest["date"]
    return Incident(
        **{name: row[name] for name in _INCIDENT_COLUMNS},
        dates=DateRange(
            start=row["date_start"],
            end=row["date_end"],
            precision=row["date_precision"],
            text=text,
            rule=rule,
            span=_load_span(span),
        ),
        places=tuple(_read_place(place) for place in parts[tables.incident_place]),
        actors=tuple(_read_actor(actor) for actor in parts[tables.actor]),
        claims=tuple(_read_claim(claim) for claim in parts[tables.claim]),
        totals={
            metric: Toll(low=row[f"{metric}_low"], best=row[f"{metric}_best"], high=row[f"{metric}_high"])
            for metric in rest["totals"]
        },
        quote=_load_span(rest["quote"]),
        articles=tuple(article["article_id"] for article in parts[tables.incident_article]),
        copied=tuple(rest.get("copied", ())),  # which incidents written before copies were known do not have
        tags=tuple(rest["tags"]),
        edited=tuple(rest.get("edited", ())),
        flags=tuple(_read_flag(flag) for flag in parts[tables.flag]),
    )


def _place_row(place: IncidentPlace) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(place, name) for name in _JOIN_COLUMNS}
    row["place_id"] = place.place.id if place.place else None
    row.update({name: getattr(place.place, name, None) for name in _PLACE_COLUMNS})
    own = dump_record(place.place) if place.place else {}
    rest = {name: value for name, value in own.items() if name not in ("id", *_PLACE_COLUMNS)}
    row["rest"] = {"toponym": place.toponym, "place": rest}
    return row


def _read_place(row: Row) -> IncidentPlace:
    place = None
    if row["place_id"] is not None:
        place = Place(id=row["place_id"], **{name: row[name] for name in _PLACE_COLUMNS}, **row["rest"]["place"])
    return IncidentPlace(place=place, toponym=row["rest"]["toponym"], **{name: row[name] for name in _JOIN_COLUMNS})


def _actor_row(actor: Actor) -> dict[str, object]:
    return {
        "name": actor.name,
        "kind": actor.kind,
        "side": actor.side,
        "party": actor.party,
        "aliases": list(actor.aliases),
    }


def _read_actor(row: Row) -> Actor:
    return Actor(
        name=row["name"], kind=row["kind"], side=row["side"], party=row["party"], aliases=tuple(row["aliases"])
    )


def _claim_row(claim: Claim) -> dict[str, object]:
    columns = {name: getattr(claim, name) for name in _CLAIM_COLUMNS}
    return {**columns, "span_start": claim.span.start, "span_end": claim.span.end}


def _read_claim(row: Row) -> Claim:
    span = Span(start=row["span_start"], end=row["span_end"])
    return Claim(span=span, **{name: row[name] for name in _CLAIM_COLUMNS})


def _flag_row(flag: Flag) -> dict[str, object]:
    span = flag.span
    return {
        "code": flag.code,
        "detail": flag.detail,
        "span_start": span.start if span else None,
        "span_end": span.end if span else None,
    }


def _read_flag(row: Row) -> Flag:
    span = None if row["span_start"] is None else Span(start=row["span_start"], end=row["span_end"])
    return Flag(code=row["code"], detail=row["detail"], span=span)


@explained
def _read_article(row: Row, sources: Sequence[Row]) -> Article:
    return Article(
        **{name: row[name] for name in _ARTICLE_COLUMNS},
        retrieved=datetime.fromisoformat(row["retrieved"]) if row["retrieved"] else None,
        sources=tuple(Source(outlet=s["outlet"], url=s["url"], published=s["published"]) for s in sources),
        flags=tuple(load_record(Flag, flag) for flag in row["rest"]["flags"]),
    )


def _number(parts: Iterable[Mapping[str, object]], **holder: str) -> list[dict[str, object]]:
    """The rows of one holder's parts, each with its position."""
    return [{**holder, "position": position, **part} for position, part in enumerate(parts)]


def _dump_span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _load_span(pair: Sequence[int] | None) -> Span | None:
    return Span(start=pair[0], end=pair[1]) if pair else None


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def _fetch(connection: Connection, table: Table, key: str, ids: Sequence[str]) -> Iterable[Row]:
    return connection.execute(select(table).where(table.c[key].in_(ids))).mappings()


def _group(
    connection: Connection, table: Table, key: str, ids: Sequence[str] | None, *, order: Sequence[str]
) -> dict[str, list[Row]]:
    """Rows by the value of ``key``, each group in its order; all rows that have one when ``ids`` is None."""
    column = table.c[key]
    wanted = column.is_not(None) if ids is None else column.in_(ids)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in connection.execute(select(table).where(wanted).order_by(*(table.c[name] for name in order))).mappings():
        groups[row[key]].append(row)
    return groups
