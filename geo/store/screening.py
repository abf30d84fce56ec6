"""Columns of a released store, cut and put together again whole: there may be a third of a million rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import Any

from sqlalchemy import Connection, select

from geo.errors import StoreError
from geo.model import Article, Incident, Scope
from geo.store import rows, tables
from geo.store.past import Past
from geo.store.released import MASK, Screen, mask_json, mask_names, mask_url
from geo.store.releases import load_all_names

Columns = Mapping[str, Mapping[str, Sequence[Any]]]
"""Columns by table and name."""

KEYS: Mapping[str, Sequence[str]] = {
    "incident": ("id",),
    **{table.name: ("incident_id",) for table in tables.PARTS_OF_INCIDENT},
    "claim": ("incident_id", "scope_id"),
    "scope": ("id",),
    "scope_incident": ("scope_id", "report_id"),
    "scope_place": ("scope_id",),
    "report": ("id", "incident_id"),
    "article": ("id",),
    "source": ("article_id",),
    "reading": ("article_id",),
    "revision": (),
}
"""Columns that tell whose each row is, by the tables that may leave."""
_OPEN = {"revision": frozenset({"sequence", "time"}), "report": frozenset({"id", "incident_id", "article_id"})}
"""Of these tables nothing but these columns."""
_NAMED: Mapping[str, Sequence[str]] = {
    "incident": ("title", "rest"), "actor": ("name", "aliases"), "flag": ("detail",),
    "claim": ("subject", "claimant"), "article": ("title", "text", "url"),
    "source": ("url",), "reading": ("toponyms",),
}  # fmt: skip
"""Columns in which a name of a victim may stand."""
_HOLDERS = {
    "incident": "id", "actor": "incident_id", "flag": "incident_id", "claim": "article_id", "article": "id",
    "source": "article_id", "reading": "article_id",
}  # fmt: skip
"""Columns by which names are looked up."""
_OF_INCIDENTS = frozenset(("incident", *(table.name for table in tables.PARTS_OF_INCIDENT)))
_OF_SCOPES = frozenset(("scope", "scope_incident", "scope_place", "claim"))


def check_columns(wanted: Mapping[str, Sequence[str]]) -> None:
    """Raise StoreError for what never leaves."""
    for name, columns in wanted.items():
        if name not in KEYS or not set(columns) <= _OPEN.get(name, frozenset(columns)):
            raise StoreError(f"the columns {', '.join(columns)} of {name} do not leave the newsroom")


def with_keys(wanted: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The columns that must be read to know which rows may leave."""
    articles = {"claim": ("article_id",), "incident": ("status",)}
    return {
        name: tuple(dict.fromkeys((*columns, *KEYS[name], *articles.get(name, ())))) for name, columns in wanted.items()
    }


class Cutter:
    """Cuts columns that were read in one transaction; what it must know for that it reads once."""

    def __init__(self, connection: Connection, screen: Screen, past: Past | None = None) -> None:
        self._connection, self._screen, self._past = connection, screen, past
        self._limits = screen.limits

    def cut(self, found: Columns) -> Columns:
        """The columns of all that may leave."""
        put = self.drop(found)
        if self._limits.is_needed:
            for part, added in self._list_added(put):
                _append(put, part, added)
        return self.mask(put)

    def drop(self, found: Columns) -> dict[str, dict[str, Sequence[Any]]]:
        """The rows that leave as they are: those of what is limited in any way are left out."""
        put = {name: dict(columns) for name, columns in found.items()}
        if self._limits.is_needed:
            self._drop_incidents(put)
            self._drop_scopes(put)
            self._drop_articles(put)
        return put

    def add(self, table: str, columns: Sequence[str]) -> dict[str, Sequence[Any]]:
        """The rows of a table that stand for what is limited, as far as it may leave."""
        put: dict[str, dict[str, Sequence[Any]]] = {table: {column: () for column in columns}}
        if self._limits.is_needed:
            for part, added in self._list_added(put):
                _append(put, part, added)
        return self.mask(put)[table]

    def _list_added(self, put: Columns) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
        """Rows of the tables that are asked for."""
        made = [rows.incident_rows(self._told)] if _OF_INCIDENTS.intersection(put) else []
        if _OF_SCOPES.intersection(put):
            changed = (scope for scope in self._changed.values() if scope is not None)
            made.extend(rows.scope_rows(scope, article_id="", position=0) for scope in changed)
        if {"article", "source"}.intersection(put):
            made.extend(rows.article_rows(article) for article in self._silenced)
        for parts in made:
            yield from ((part.name, added) for part, added in parts.items())

    def _drop_incidents(self, put: dict[str, dict[str, Sequence[Any]]]) -> None:
        if not (_OF_INCIDENTS | {"report"}).intersection(put):
            return
        limited, hidden = self._limits.by_incident, self._find_hidden(put)
        for name in _OF_INCIDENTS:
            _keep(put, name, KEYS[name][0], lambda id_: id_ not in limited and id_ not in hidden)
        gone = hidden.union(id_ for id_, limit in limited.items() if limit.delayed)
        _keep(put, "report", "incident_id", lambda id_: id_ not in gone)

    def _find_hidden(self, put: Columns) -> frozenset[str]:
        """Incidents whose status does not leave, at least those that are among these."""
        shown = self._limits.shown
        if shown is None:
            return frozenset()
        if "incident" in put:
            pairs = zip(put["incident"]["id"], put["incident"]["status"], strict=True)
            return frozenset(id_ for id_, status in pairs if status not in shown)
        return self._hidden

    @cached_property
    def _hidden(self) -> frozenset[str]:
        c = tables.incident.c
        query = select(c.id).where(c.status.not_in(sorted(self._limits.shown or ())))
        return frozenset(self._connection.execute(query).scalars())

    @cached_property
    def _told(self) -> list[Incident]:
        """The limited incidents, as far as they may leave."""
        ids = sorted(self._limits.by_incident)
        found = rows.load_incidents(self._connection, ids)
        return self._screen.incidents(self._past.put_back(found, ids) if self._past else found)

    def _drop_scopes(self, put: dict[str, dict[str, Sequence[Any]]]) -> None:
        wanted = _OF_SCOPES.intersection(put)
        if not wanted or not self._changed:
            return
        for name in wanted:
            _keep(put, name, "id" if name == "scope" else "scope_id", lambda id_: id_ not in self._changed)

    @cached_property
    def _changed(self) -> Mapping[str, Scope | None]:
        """Figures for several places that differ where they leave; None for those that do not leave."""
        found = rows.load_scopes(self._connection)
        before = self._past.put_back_scopes(found) if self._past else found
        after = {scope.id: scope for scope in self._screen.scopes(before)}
        return {scope.id: after.get(scope.id) for scope in before if after.get(scope.id) != scope}

    def _drop_articles(self, put: dict[str, dict[str, Sequence[Any]]]) -> None:
        keys = {"article": "id", "source": "article_id", "reading": "article_id"}
        if not set(keys).intersection(put):
            return
        touched = self._limits.silent
        told = None if self._limits.shown is None else self._screen.find_told()
        for name, key in keys.items():
            _keep(put, name, key, lambda id_: id_ not in touched and (told is None or id_ in told))

    @cached_property
    def _silenced(self) -> list[Article]:
        """The articles of which no word leaves."""
        found = self._screen.articles(rows.load_articles(self._connection, sorted(self._limits.silent)))
        then = self._past.articles if self._past else frozenset()
        return [article for article in found if article.id not in then]

    # ---- names of victims ------------------------------------------------------------------------------------------

    def mask(self, found: Columns) -> dict[str, dict[str, Sequence[Any]]]:
        """The columns with the names of victims masked."""
        put = {name: dict(columns) for name, columns in found.items()}
        if not any(column in columns for name, columns in put.items() for column in _NAMED.get(name, ())):
            return put
        for name in set(_NAMED).intersection(put):
            names = self._of_incident if name in ("incident", "actor", "flag") else self._of_article
            for column in set(_NAMED[name]).intersection(put[name]) if names else ():
                mask = _MASKS.get(column, mask_names)
                put[name][column] = _mask_column(put[name][_HOLDERS[name]], put[name][column], names, mask)
        return put

    @cached_property
    def _of_article(self) -> Mapping[str, Sequence[str]]:
        return {id_: [name for _, name in found] for id_, found in load_all_names(self._connection).items()}

    @cached_property
    def _of_incident(self) -> Mapping[str, Sequence[str]]:
        c, withheld = tables.incident_article.c, tables.withheld_name.c
        if not self._of_article:
            return {}
        query = select(c.incident_id, c.article_id).where(c.article_id.in_(select(withheld.article_id)))
        found: dict[str, list[str]] = {}
        for incident_id, article_id in self._connection.execute(query):
            found.setdefault(incident_id, []).extend(self._of_article.get(article_id, ()))
        return found


def _keep(put: dict[str, dict[str, Sequence[Any]]], name: str, key: str, may_leave: Callable[[Any], bool]) -> None:
    """Only the rows of a table that may leave."""
    columns = put.get(name)
    if not columns:
        return
    mask = [may_leave(id_) for id_ in columns[key]]
    if not all(mask):
        put[name] = {column: list(compress(values, mask)) for column, values in columns.items()}


def _append(put: dict[str, dict[str, Sequence[Any]]], name: str, added: Sequence[Mapping[str, Any]]) -> None:
    columns = put.get(name)
    if columns and added:
        put[name] = {column: [*values, *(row.get(column) for row in added)] for column, values in columns.items()}


def _mask_column(
    ids: Sequence[Any], values: Sequence[Any], names: Mapping[str, Any], mask: Callable[[Any, Any], Any] = mask_names
) -> Sequence[Any]:
    """The values, those of holders with names masked."""
    at = [place for place, id_ in enumerate(ids) if id_ in names]
    if not at:
        return values
    masked = list(values)
    for place in at:
        if masked[place]:
            masked[place] = mask(masked[place], names[ids[place]])
    return masked


def _mask_toponyms(found: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[Mapping[str, Any]]:
    """Records of place names, those in the names of victims masked."""
    return [_mask_resolution(record, names) for record in found]


def _mask_resolution(record: Mapping[str, Any], names: Sequence[str]) -> Mapping[str, Any]:
    text = record["toponym"]["text"]
    if not any(text in name for name in names):
        return record
    return {**record, "toponym": {**record["toponym"], "text": MASK * len(text)}}


_MASKS: Mapping[str, Callable[[Any, Any], Any]] = {
    "url": mask_url,
    "toponyms": _mask_toponyms,
    "aliases": mask_json,
    "rest": mask_json,
}
"""How columns are masked that are no plain text."""
