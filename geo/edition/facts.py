"""What an edition filters, counts and sorts by: the columns of its incidents, as ``geo/web/edition/facts.js`` has them.

A column whose values come again and again is coded: its different values, and for each incident which one it has.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.snapshot import list_known
from geo.snapshot.labels import Labels
from geo.snapshot.matching import CASUALTIES, DISTANCES_KM, LOCATED_KM
from geo.snapshot.records import NO_DAY, NO_FIGURE, Snapshot
from geo.taxonomy import CATEGORIES

Json = dict[str, Any]

CHOICES = {"border_km": DISTANCES_KM, "located_km": LOCATED_KM, "killed": CASUALTIES, "wounded": CASUALTIES}
"""Numbers that readers choose from, by key of the link."""


def describe_facts(snapshot: Snapshot, outside: Mapping[str, int]) -> Json:
    """All columns by name; ``outside`` says of each total how many of its incidents are not in the snapshot."""
    undated = snapshot.start == NO_DAY
    return {
        "count": len(snapshot),
        "ids": list(snapshot.ids),
        "categories": CATEGORIES,
        "category": snapshot.category.tolist(),
        "start": _or_none(snapshot.start, undated),
        "length": np.where(undated, 0, snapshot.end - snapshot.start).tolist(),
        "precise": snapshot.precise.astype(int).tolist(),
        "background": snapshot.background.astype(int).tolist(),
        "killed_low": _or_none(snapshot.killed_low, snapshot.killed_low == NO_FIGURE),
        "killed_high": _or_none(snapshot.killed_high, snapshot.killed_high == NO_FIGURE),
        "killed_open": snapshot.killed_open.astype(int).tolist(),
        "wounded_low": _or_none(snapshot.wounded_low, snapshot.wounded_low == NO_FIGURE),
        "distance_km": _or_none(snapshot.distance_km, np.isnan(snapshot.distance_km)),
        "uncertainty_km": _or_none(snapshot.uncertainty_km, np.isnan(snapshot.uncertainty_km)),
        "labels": {key: _describe_labels(labels) for key, labels in snapshot.labels.items()},
        "totals": [_describe_total(total, outside) for total in snapshot.totals],
        "spots": _name_spots(snapshot),
        "types": list_known(snapshot).types,
        "choices": CHOICES,
    }


def code_column(values: Iterable[Any]) -> Json:
    """The different values in the order they first come, and for each place which one stands there."""
    known: dict[Hashable, int] = {}
    kept: list[Any] = []
    codes: list[int] = []
    for value in values:
        key = value if isinstance(value, Hashable) else repr(value)
        if key not in known:
            known[key] = len(kept)
            kept.append(value)
        codes.append(known[key])
    return {"values": kept, "of": codes}


def _or_none(column: NDArray[Any], unknown: Any) -> list[Any]:
    values: list[Any] = column.tolist()
    return [None if is_unknown else value for value, is_unknown in zip(values, unknown.tolist(), strict=True)]


def _describe_labels(labels: Labels) -> Json:
    """Values, how they are compared where not as they are, and the set of them that each incident bears."""
    order = np.argsort(labels.incident, kind="stable")
    ends = np.searchsorted(labels.incident[order], np.arange(labels.count + 1))
    codes = labels.code[order].tolist()
    sets = code_column(tuple(sorted(codes[a:b])) for a, b in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True))
    spelt = {"keys": [labels.spell(value) for value in labels.values]} if labels.spell else {}
    return {"names": list(labels.values), **spelt, "sets": sets["values"], "of": sets["of"]}


def _describe_total(total: Any, outside: Mapping[str, int]) -> Json:
    return {
        "id": total.id, "incidents": list(total.incidents), "outside": outside[total.id],
        "low": _figure(total.low), "high": _figure(total.high), "open": int(total.open),
        "wounded_low": _figure(total.wounded_low), "claims": len(total.claims), "places": len(total.places),
    }  # fmt: skip


def _figure(value: int) -> int | None:
    return None if value == NO_FIGURE else value


def _name_spots(snapshot: Snapshot) -> Json:
    """Ids and names of the places, by spot, and what ranks the first of an incident's in the table."""
    spots = snapshot.spots
    ids: Sequence[str | None] = spots.place_id.tolist()
    return {"id": ids, "name": code_column(spots.name.tolist()), "precision": spots.precision.tolist()}
