"""The order of the table: every incident has a rank in every column, worked out once for each state of the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.model import Incident
from geo.snapshot import Snapshot, rank
from geo.snapshot.labels import Codes
from geo.snapshot.records import NO_FIGURE
from geo.snapshot.rows import find_positions
from geo.ui.scene import Scene
from geo.ui.shared import Shared
from geo.wording.rows import count_claims

_UNKNOWN = -1
"""Rank of an incident without a value; such stand last, whichever way a column is sorted."""
_ORDERS_KEPT = 24
"""Columns of the two states of the data that readers see at a time."""


def sort_incidents(scene: Scene, sort: str, *, down: bool) -> Codes:
    """Indices of the incidents found by one column; equal ones newest first, those without a value last."""
    found: Codes = scene.matched.nonzero()[0]
    if sort == "date":
        return found if down else found[::-1]
    if sort == "range" and down:
        return rank(scene.snapshot, scene.matched, by="disputed")
    ranks = _rank_all(scene.shared, scene.snapshot, sort)[found]
    known = ranks != _UNKNOWN
    order = np.argsort(-ranks[known] if down else ranks[known], kind="stable")
    return np.concatenate([found[known][order], found[~known]])


@lru_cache(maxsize=_ORDERS_KEPT)
def _rank_all(shared: Shared, snapshot: Snapshot, sort: str) -> Codes:
    """Rank of every incident in a column, the least first."""
    values = pa.array(_COLUMNS[sort](shared, snapshot), from_pandas=True)
    ranks: Codes = pc.rank(values, tiebreaker="dense").to_numpy().astype(np.int64)
    return np.where(values.is_null().to_numpy(zero_copy_only=False), _UNKNOWN, ranks)


def _list_kinds(_: Shared, snapshot: Snapshot) -> np.ndarray:
    return snapshot.category


def _list_titles(_: Shared, snapshot: Snapshot) -> np.ndarray:
    return np.array([title.casefold() for title in snapshot.titles], dtype=object)


def _list_places(_: Shared, snapshot: Snapshot) -> np.ndarray:
    names: np.ndarray = snapshot.spots.name[snapshot.marks.spot[snapshot.marks.first]]
    return names


def _list_precisions(_: Shared, snapshot: Snapshot) -> np.ndarray:
    return snapshot.spots.precision[snapshot.marks.spot[snapshot.marks.first]]


def _list_distances(_: Shared, snapshot: Snapshot) -> np.ndarray:
    return snapshot.distance_km


def _list_dead(_: Shared, snapshot: Snapshot) -> np.ndarray:
    high = snapshot.killed_high
    return np.where(high == NO_FIGURE, np.nan, high.astype(float))


def _list_gaps(_: Shared, snapshot: Snapshot) -> np.ndarray:
    """Place of each in the order of the most disputed, turned about."""
    gaps = np.empty(len(snapshot), dtype=np.int64)
    gaps[rank(snapshot, np.ones(len(snapshot), dtype=bool), by="disputed")] = -np.arange(len(snapshot))
    return gaps


def _list_sources(shared: Shared, snapshot: Snapshot) -> np.ndarray:
    """Number of independent outlets of each incident."""
    papers, labels = shared.papers(snapshot), snapshot.labels["source"]
    counts = np.bincount(labels.incident, minlength=len(snapshot))
    for index, incident in _read_copied(shared, snapshot).items():
        counts[index] = papers.count_sources(incident, shared.scopes_of(snapshot, incident))[0]
    return counts


def _list_claims(shared: Shared, snapshot: Snapshot) -> np.ndarray:
    """Number of claims of each incident."""
    counts = snapshot.claims.copy()
    for total in snapshot.totals:
        counts[list(total.incidents)] += len(total.claims)
    for index, copied in _read_copied(shared, snapshot).items():
        counts[index] = count_claims(copied, shared.scopes_of(snapshot, copied))
    return counts


@lru_cache(maxsize=2)
def _read_copied(shared: Shared, snapshot: Snapshot) -> Mapping[int, Incident]:
    """The incidents of which some articles are copies, by index."""
    found = shared.store.copied_incidents(snapshot.past)
    indices = find_positions(list(snapshot.ids), [incident.id for incident in found]).tolist()
    return {index: incident for index, incident in zip(indices, found, strict=True) if index >= 0}


_COLUMNS: Mapping[str, Callable[[Shared, Snapshot], Any]] = {
    "mark": _list_kinds, "incident": _list_titles, "place": _list_places, "precision": _list_precisions,
    "distance": _list_distances, "killed": _list_dead, "range": _list_gaps, "claims": _list_claims,
    "sources": _list_sources,
}  # fmt: skip
