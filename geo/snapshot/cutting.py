"""A snapshot of some of the incidents: what an edition or an export of a filter holds, and nothing besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import TypeVar

import numpy as np

from geo.snapshot.labels import Bools, Codes, Labels
from geo.snapshot.records import Marks, Ranges, Snapshot, Spots, Total
from geo.snapshot.texts import Search, Strings, Texts

_NOWHERE = -1
T = TypeVar("T", Marks, Spots)


def cut_snapshot(snapshot: Snapshot, kept: Bools) -> Snapshot:
    """The incidents marked in ``kept``, numbered anew in their order, with the spots and labels that they use.

    A total names only those of its incidents that are kept; see ``count_outside`` for the others.
    """
    if kept.all():
        return snapshot
    indices = kept.nonzero()[0]
    number = np.full(len(snapshot), _NOWHERE, dtype=np.int64)
    number[indices] = np.arange(len(indices))
    spots, marks = _cut_marks(snapshot, kept, number)
    columns = ("start", "end", "precise", "category", "background", "killed_low", "killed_high", "killed_open",
               "wounded_low", "claims", "distance_km", "uncertainty_km")  # fmt: skip
    ids = Strings(snapshot.ids[int(index)] for index in indices)
    shown = set(ids)
    return replace(
        snapshot,
        ids=ids,
        titles=Strings(snapshot.titles[int(index)] for index in indices),
        sub_event_type=_cut_labels(snapshot.sub_event_type, number),
        spots=spots,
        marks=marks,
        totals=_cut_totals(snapshot.totals, number),
        ranges=_cut_ranges(snapshot.ranges, number),
        labels={key: _cut_labels(labels, number) for key, labels in snapshot.labels.items()},
        search=_cut_search(snapshot.search, number),
        joined={report: id_ for report, id_ in snapshot.joined.items() if id_ in shown},
        **{name: getattr(snapshot, name)[indices] for name in columns},
    )


def count_outside(snapshot: Snapshot, kept: Bools) -> Mapping[str, int]:
    """For each total how many of the incidents it covers are not kept; it says nothing of the rest alone."""
    return {total.id: int((~kept[list(total.incidents)]).sum()) for total in snapshot.totals}


def _cut_marks(snapshot: Snapshot, kept: Bools, number: Codes) -> tuple[Spots, Marks]:
    rows = kept[snapshot.marks.incident].nonzero()[0]
    used = np.zeros(len(snapshot.spots), dtype=bool)
    used[snapshot.marks.spot[rows]] = True
    spot = np.cumsum(used) - 1
    marks = _take(snapshot.marks, rows)
    return _take(snapshot.spots, used.nonzero()[0]), replace(
        marks, incident=number[marks.incident], spot=spot[marks.spot].astype(np.int64)
    )


def _take(columns: T, rows: Codes) -> T:
    """The rows of a record of columns."""
    return replace(columns, **{field.name: getattr(columns, field.name)[rows] for field in fields(columns)})


def _cut_totals(totals: Sequence[Total], number: Codes) -> tuple[Total, ...]:
    cut = (
        replace(total, incidents=tuple(int(number[i]) for i in total.incidents if number[i] != _NOWHERE))
        for total in totals
    )
    return tuple(total for total in cut if total.incidents)


def _cut_labels(labels: Labels, number: Codes) -> Labels:
    incident = number[labels.incident]
    kept = incident != _NOWHERE
    used = np.zeros(len(labels.values), dtype=bool)
    used[labels.code[kept]] = True
    code = np.cumsum(used) - 1
    return Labels(
        count=int(number.max(initial=_NOWHERE)) + 1,
        values=tuple(value for value, is_used in zip(labels.values, used, strict=True) if is_used),
        incident=incident[kept].astype(np.int32),
        code=code[labels.code[kept]].astype(np.int32),
        spell=labels.spell,
    )


def _cut_ranges(ranges: Ranges, number: Codes) -> Ranges:
    rows = (number[ranges.incident] != _NOWHERE).nonzero()[0]
    row = np.full(len(ranges.incident), _NOWHERE, dtype=np.int64)
    row[rows] = np.arange(len(rows))
    said = (row[ranges.group] != _NOWHERE).nonzero()[0]
    return replace(
        ranges,
        incident=number[ranges.incident[rows]],
        group=row[ranges.group[said]],
        **{name: getattr(ranges, name)[rows] for name in ("kind", "low", "high", "open")},
        **{name: getattr(ranges, name)[said] for name in ("claimant", "lowest", "highest")},
    )


def _cut_search(search: Search, number: Codes) -> Search:
    read = search.read_articles
    return Search(
        count=int(number.max(initial=_NOWHERE)) + 1,
        places=_cut_labels(search.places, number),
        gazetteer=search.gazetteer,
        texts=tuple(_cut_texts(texts, number) for texts in search.texts),
        read_articles=lambda: _cut_texts(read(), number),
    )


def _cut_texts(texts: Texts, number: Codes) -> Texts:
    incident = number[texts.incident]
    kept = incident != _NOWHERE
    return Texts(texts.rows, incident[kept], texts.row[kept])
