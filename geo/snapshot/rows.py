"""The store's columns, each incident at its index, and the joins that several parts of a snapshot need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.model import Precision
from geo.snapshot.labels import Codes, as_objects, factorize
from geo.snapshot.records import NO_DAY, as_day
from geo.store import Columns
from geo.store.rows import CHECKED

PRECISIONS: tuple[str, ...] = get_args(Precision)
POINTS = 3
"""The first precisions are points: a named place, near one, a district."""
ADM1, LINE, UNKNOWN = (PRECISIONS.index(name) for name in ("adm1", "line", "unknown"))

_CLAIM = (
    "incident_id", "scope_id", "metric", "subject", "subject_party", "unit", "low", "best", "high", "qualifier",
    "claimant", "claimant_party", "stance", "status", "subset_of", "scope", "span_start", "span_end", "article_id",
)  # fmt: skip
WANTED: Mapping[str, Sequence[str]] = {
    "incident": (
        "id", "title", "event_type", "sub_event_type", "date_start", "date_end", "date_precision", "background",
        "status", "killed_low", "killed_high", "wounded_low",
    ),
    "incident_place": (
        "incident_id", "place_id", "name", "kind", "country", "lat", "lon", "adm1", "role", "precision", "radius_km",
        "border_km_start", "border_km_end", "distance_to_border_km", "side",
    ),
    "incident_article": ("incident_id", "article_id"),
    "article": ("id", "title", "publisher", "language"),
    "source": ("article_id", "outlet"),
    "actor": ("incident_id", "name", "party"),
    "claim": _CLAIM,
    "scope": ("id",),
    "scope_incident": ("scope_id", "report_id"),
    "scope_place": ("scope_id", "place"),
    "report": ("id", "incident_id", "article_id"),
}  # fmt: skip
"""Columns of the store that a snapshot is made of, by table."""


class Rows:
    """The columns by index of incident, or row by row with the index of the incident each row belongs to."""

    def __init__(self, columns: Columns) -> None:
        self.revision, self.past, self.released = columns.revision, columns.past, columns.released
        self.tables = columns.tables
        self.count = len(columns.tables["incident"]["id"])
        """How many incidents there are."""
        self._read: dict[tuple[str, str], NDArray[Any]] = {}

    def column(self, table: str, name: str) -> NDArray[Any]:
        """A column as the store has it."""
        if (table, name) not in self._read:
            self._read[table, name] = as_objects(self.tables[table][name])
        return self._read[table, name]

    def incidents(self, name: str) -> NDArray[Any]:
        """A column of the incidents by index."""
        return self.column("incident", name)[self.order]

    def places(self, name: str) -> NDArray[Any]:
        """A column of the places, row by row."""
        return self.column("incident_place", name)

    @cached_property
    def order(self) -> Codes:
        """Rows of the incident table, newest first, the undated last, then by id."""
        start = self._days_by_row[0]
        age = np.where(start == NO_DAY, np.iinfo(np.int64).max, -start)
        table = pa.table({"age": age, "id": pa.array(self.column("incident", "id"), type=pa.string())})
        return as_codes(pc.sort_indices(table, sort_keys=[("age", "ascending"), ("id", "ascending")]).to_numpy())

    @cached_property
    def _days_by_row(self) -> tuple[Codes, Codes]:
        """First and last day, row by row; one alone stands for both."""
        start, end = (_days(self.column("incident", name)) for name in ("date_start", "date_end"))
        first, last = np.where(start == NO_DAY, end, start), np.where(end == NO_DAY, start, end)
        return np.minimum(first, last), np.maximum(first, last)

    @cached_property
    def days(self) -> tuple[Codes, Codes]:
        """First and last day of each incident."""
        start, end = self._days_by_row
        return start[self.order], end[self.order]

    @cached_property
    def _positions(self) -> pd.Index[Any]:
        return pd.Index(self.incidents("id"), dtype=object)

    def index_of(self, ids: Sequence[Any] | NDArray[Any]) -> Codes:
        """Indices of incidents by id; -1 for what is no incident."""
        return find_positions(self._positions, ids)

    @cached_property
    def joined(self) -> dict[str, str]:
        """Incident shown by report, where the two ids differ."""
        report = self.tables["report"]
        return {id_: shown for id_, shown in zip(report["id"], report["incident_id"], strict=True) if id_ != shown}

    @cached_property
    def place_incident(self) -> Codes:
        """Incident of each row of the places."""
        return self.index_of(self.places("incident_id"))

    @cached_property
    def event_rows(self) -> Codes:
        """Rows of the event places by incident; where it came from only when nothing else is known."""
        incident, came_from = self.place_incident, self.places("role") == "origin"
        has_event = np.zeros(self.count, dtype=bool)
        has_event[incident[~came_from]] = True
        rows = (~came_from | ~has_event[incident]).nonzero()[0]
        return as_codes(rows[np.argsort(incident[rows], kind="stable")])

    @cached_property
    def precision(self) -> Codes:
        """Precision of each row of the places."""
        return codes_in(self.places("precision"), PRECISIONS)

    @cached_property
    def claim_incident(self) -> Codes:
        """Incident of each claim; -1 for those of scopes."""
        return self.index_of(self.column("claim", "incident_id"))

    @cached_property
    def actor_incident(self) -> Codes:
        """Incident of each actor."""
        return self.index_of(self.column("actor", "incident_id"))

    @cached_property
    def scope_incident(self) -> Codes:
        """Incident shown of each row that a scope covers; -1 where a person had checked it before its report came."""
        covered = self.tables["scope_incident"]["report_id"]
        unseen = self._find_unseen(set(covered))
        return self.index_of([None if id_ in unseen else self.joined.get(id_, id_) for id_ in covered])

    def _find_unseen(self, report_ids: set[str]) -> set[str]:
        """Those of some reports whose article is not among the ones that their incident is shown by."""
        report, named = self.tables["report"], self.tables["incident_article"]
        found = zip(report["id"], report["incident_id"], report["article_id"], strict=True)
        told = {id_: (incident, article) for id_, incident, article in found if id_ in report_ids}
        status = dict(zip(self.tables["incident"]["id"], self.tables["incident"]["status"], strict=True))
        incidents = {incident for incident, _ in told.values() if status.get(incident) in CHECKED}
        if not incidents:
            return set()
        shown: dict[str, set[str]] = {}
        for incident, article in zip(named["incident_id"], named["article_id"], strict=True):
            if incident in incidents:
                shown.setdefault(incident, set()).add(article)
        return {id_ for id_, (incident, article) in told.items() if article not in shown.get(incident, {article})}

    @cached_property
    def article_pairs(self) -> tuple[Codes, Codes]:
        """Incident and article (by its row) of each report."""
        articles = find_positions(self.column("article", "id"), self.column("incident_article", "article_id"))
        return self.index_of(self.column("incident_article", "incident_id")), articles


def find_positions(among: Sequence[Any] | NDArray[Any] | pd.Index[Any], values: Sequence[Any] | NDArray[Any]) -> Codes:
    """Where each value stands among distinct ones; -1 for what is not there."""
    column = values if isinstance(values, np.ndarray) else as_objects(values)
    return as_codes(pd.Index(among, dtype=object).get_indexer(pd.Index(column, dtype=object)))


def as_codes(numbers: NDArray[Any]) -> Codes:
    """Whole numbers of one width."""
    return numbers.astype(np.int64)


def codes_in(column: NDArray[Any], names: Sequence[str]) -> Codes:
    """Index of each value in ``names``; -1 for what is not among them."""
    code, known = factorize(column)
    places = [names.index(value) if value in names else -1 for value in known]
    return as_codes(np.array([*places, -1])[code])


def _days(column: NDArray[Any]) -> Codes:
    """Days since 1970-01-01; NO_DAY where it is not known."""
    code, days = factorize(column)
    return as_codes(np.array([*(as_day(day) for day in days), NO_DAY])[code])
