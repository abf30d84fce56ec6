"""The store as it was at an earlier revision: what is there now, with all that was changed since put back."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from geo.model import Incident, Scope
from geo.store import rows, tables
from geo.store.records import load_record
from geo.store.revisions import last_sequence

Tables = Mapping[str, Mapping[str, Sequence[Any]]]
"""Columns by table and name."""
_OF_INCIDENTS: Sequence[tuple[Table, str]] = (
    (tables.incident, "id"),
    *((table, "incident_id") for table in tables.PARTS_OF_INCIDENT),
)
_OF_SCOPES: Sequence[tuple[Table, str]] = (
    (tables.scope, "id"),
    *((table, "scope_id") for table in (tables.scope_incident, tables.scope_place, tables.claim)),
)


@dataclass(frozen=True, kw_only=True)
class Past:
    """What has changed since a revision, as it was at that revision."""

    revision: int
    newest: int
    """The newest revision when this was read."""
    time: datetime | None
    """When that revision was made; None for the empty store before the first."""
    incidents: Mapping[str, Incident | None]
    """By id; None for one that was not there yet."""
    scopes: Mapping[str, Scope | None]
    articles: frozenset[str]
    """Ids of those that were not there yet."""

    def put_back(self, incidents: Sequence[Incident], ids: Sequence[str]) -> list[Incident]:
        """Incidents of these ids as they were then, in the order of the ids, from those found of them now."""
        now = {incident.id: incident for incident in incidents}
        found = (self.incidents[id_] if id_ in self.incidents else now.get(id_) for id_ in ids)
        return [incident for incident in found if incident is not None]

    def put_back_scopes(self, scopes: Sequence[Scope]) -> list[Scope]:
        """Figures for several places as they were then, from those there are now."""
        unchanged = [scope for scope in scopes if scope.id not in self.scopes]
        return [*unchanged, *(scope for scope in self.scopes.values() if scope is not None)]


def count_since(
    connection: Connection, revision: int, without: Collection[str] = (), until: int | None = None
) -> tuple[int, int]:
    """How many incidents have changed since a revision, or gone, and how many are new; some left out of both.

    ``until`` is the revision up to which it is asked, the newest when None.
    """
    c = tables.revision.c
    new: dict[str, bool] = {}
    query = select(c.what, c.before.is_(None)).where(c.sequence > revision, c.what.startswith("incident:"))
    if until is not None:
        query = query.where(c.sequence <= until)
    for what, is_new in connection.execute(query.order_by(c.sequence).execution_options(yield_per=1000)):
        if what.partition(":")[2] not in without:
            new.setdefault(what, bool(is_new))
    return len(new) - sum(new.values()), sum(new.values())


def read_past(connection: Connection, revision: int) -> Past:
    """What the revisions after one say of how it was before them."""
    c = tables.revision.c
    before: dict[str, str | None] = {}
    query = select(c.what, c.before).where(c.sequence > revision).order_by(c.sequence)
    for what, was in connection.execute(query.execution_options(yield_per=1000)):
        before.setdefault(what, was)
    time = connection.execute(select(c.time).where(c.sequence == revision)).scalar_one_or_none()
    parted = {kind: _of_kind(before, kind) for kind in ("incident", "scope", "article")}
    return Past(
        revision=revision,
        newest=last_sequence(connection),
        time=datetime.fromisoformat(time) if time else None,
        incidents={id_: load_record(Incident, was) if was else None for id_, was in parted["incident"].items()},
        scopes={id_: load_record(Scope, was) if was else None for id_, was in parted["scope"].items()},
        articles=frozenset(id_ for id_, was in parted["article"].items() if was is None),
    )


def _of_kind(before: Mapping[str, str | None], kind: str) -> dict[str, Any]:
    begin = f"{kind}:"
    found = {what.removeprefix(begin): was for what, was in before.items() if what.startswith(begin)}
    return {id_: json.loads(was) if was else None for id_, was in found.items()}


def put_back(found: Tables, past: Past) -> dict[str, dict[str, Sequence[Any]]]:
    """Columns read now, as they were then; those of a table must hold what tells whose each row is."""
    incidents = [was for was in past.incidents.values() if was is not None]
    scopes = [rows.scope_rows(was, article_id="", position=0) for was in past.scopes.values() if was is not None]
    put = {name: dict(columns) for name, columns in found.items()}
    for table, key in _OF_INCIDENTS:
        _drop(put, table.name, key, past.incidents)
    for table, key in _OF_SCOPES:
        _drop(put, table.name, key, past.scopes)
    for table, key in ((tables.article, "id"), (tables.source, "article_id"), (tables.report, "article_id")):
        _drop(put, table.name, key, past.articles)
    for part in (rows.incident_rows(incidents), *scopes):
        for table, added in part.items():
            _append(put, table.name, added)
    _part_again(put, past)
    return put


def _drop(put: dict[str, dict[str, Sequence[Any]]], name: str, key: str, ids: Any) -> None:
    columns = put.get(name)
    if not columns or not ids:
        return
    kept = [place for place, id_ in enumerate(columns[key]) if id_ not in ids]
    if len(kept) < len(columns[key]):
        put[name] = {column: [values[place] for place in kept] for column, values in columns.items()}


def _append(put: dict[str, dict[str, Sequence[Any]]], name: str, added: Sequence[Mapping[str, Any]]) -> None:
    columns = put.get(name)
    if columns and added:
        put[name] = {column: [*values, *(row.get(column) for row in added)] for column, values in columns.items()}


def _part_again(put: dict[str, dict[str, Sequence[Any]]], past: Past) -> None:
    """Let a report that was an incident of its own then be one, whatever it was joined into since."""
    report = put.get("report")
    if not report:
        return
    own = {id_ for id_, was in past.incidents.items() if was is not None and was.status != "withdrawn"}
    pairs = zip(report["id"], report["incident_id"], strict=True)
    put["report"] = {**report, "incident_id": [id_ if id_ in own else shown for id_, shown in pairs]}
