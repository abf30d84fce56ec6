"""What is claimed of each subject party of each incident, in columns: from the lowest to the highest, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model import WHOLE_INCIDENT, Claim
from geo.snapshot.labels import Bools, Codes, factorize, group_rows
from geo.snapshot.records import NO_FIGURE, Ranges, Total
from geo.snapshot.rows import Rows, as_codes, codes_in
from geo.snapshot.tolls import Table, as_figure, as_figures, read_claim, set_bound
from geo.totals import EVERYONE, Statement, adds_up, gather_statements

METRICS = ("killed", "wounded", "captured", "displaced")
"""What is counted of people; posts and vehicles have no sum."""
_ALWAYS_PEOPLE = 2
"""The first metrics are of people whatever unit was read."""
_NEVER = int(np.iinfo(np.int64).max)


@dataclass(frozen=True)
class _Said:
    """Figures that count, one a row, in the order of what they are said of."""

    group: Codes
    """What each is said of: a subject party of an incident, by number."""
    low: Codes
    high: Codes
    """An open figure's own number."""
    is_open: Bools
    claimant: Codes
    of_all_places: Bools
    """Whether it is said of all places of the incident together."""


def read_ranges(rows: Rows, totals: Sequence[Total]) -> Ranges:
    """Ranges of all incidents; a figure for the several places of one incident is its figure too.

    Where such figures and others are of the same party, theirs is the lowest: the others may be of one place only.
    """
    incident, of_all_places = _find_incidents(rows, totals)
    party, parties = factorize(_fill(rows.column("claim", "subject_party")))
    claimant, claimants = factorize(rows.column("claim", "claimant_party"))
    metric = codes_in(rows.column("claim", "metric"), METRICS)
    chosen = ((incident >= 0) & (metric >= 0) & _counts(rows, of_all_places) & _is_of_people(rows, metric)).nonzero()[0]
    width = max(len(parties), 1)
    key = ((incident * len(METRICS) + metric) * width + party)[chosen]
    order = np.argsort(key, kind="stable")
    chosen, key = chosen[order], key[order]
    group = as_codes(np.cumsum(np.diff(key, prepend=key[:1]) > 0))
    said = _state(rows, chosen, group, claimant, of_all_places)
    first = key[np.flatnonzero(np.diff(group, prepend=-1))]
    kinds = tuple((name, str(code)) for name in METRICS for code in parties)
    of, kind = first // (len(METRICS) * width), first % (len(METRICS) * width)
    return _make(said, of, kind, kinds, tuple(map(str, claimants)))


def _make(
    said: _Said, incident: Codes, kind: Codes, kinds: tuple[tuple[str, str], ...], claimants: tuple[str, ...]
) -> Ranges:
    """The lowest and the highest of each group, and which figures are so low or so high."""
    starts = np.flatnonzero(np.diff(said.group, prepend=-1))
    whole = _reduce(np.logical_or, said.of_all_places, starts)[said.group]
    lows = (said.low != NO_FIGURE) & (said.of_all_places | ~whole)
    low = _reduce(np.minimum, np.where(lows, said.low, _NEVER), starts)
    high = _reduce(np.maximum, said.high, starts)
    return Ranges(
        incident=incident,
        kind=kind,
        low=np.where(low == _NEVER, NO_FIGURE, low),
        high=high,
        open=_reduce(np.logical_or, said.is_open, starts),
        kinds=kinds,
        group=said.group,
        claimant=said.claimant,
        lowest=_once_each(lows & (said.low == low[said.group]), said),
        highest=_once_each(said.high == high[said.group], said),
        claimants=claimants,
    )


def _once_each(chosen: Bools, said: _Said) -> Bools:
    """The chosen figures of which no other before has the same group and claimant."""
    rows = chosen.nonzero()[0]
    _, first = np.unique(
        said.group[rows] * (int(said.claimant.max(initial=0)) + 1) + said.claimant[rows], return_index=True
    )
    once = np.zeros(len(chosen), dtype=bool)
    once[rows[first]] = True
    return once


def _reduce(ufunc: np.ufunc, column: NDArray[Any], starts: Codes) -> NDArray[Any]:
    """One value for each group; numpy's own fails where there is none."""
    reduced: NDArray[Any] = ufunc.reduceat(column, starts) if len(starts) else column[:0]
    return reduced


def _find_incidents(rows: Rows, totals: Sequence[Total]) -> tuple[Codes, Bools]:
    """Incident of each claim, -1 for one of several together; and whether it is of all places of that one."""
    alone = {total.id: total.incidents[0] for total in totals if len(total.incidents) == 1}
    incident = rows.claim_incident.copy()
    scope, scopes = factorize(rows.column("claim", "scope_id"))
    meant = np.array([*(alone.get(id_, -1) for id_ in scopes), -1], dtype=np.int64)[scope]
    of_all_places = (incident < 0) & (meant >= 0)
    incident[of_all_places] = meant[of_all_places]
    return incident, of_all_places


def _counts(rows: Rows, of_all_places: Bools) -> Bools:
    """Whether each claim asserts a figure of its own that still holds."""
    column = partial(rows.column, "claim")
    figure = np.logical_or.reduce([pd.notna(column(name)) for name in ("low", "best", "high")])
    stands = _is(column("stance"), "asserts") & _is(column("status"), "current") & pd.isna(column("subset_of"))
    counts: Bools = figure & stands & (_is(column("scope"), WHOLE_INCIDENT) | of_all_places)
    return counts


def _is_of_people(rows: Rows, metric: Codes) -> Bools:
    """Whether a figure counts people: posts, vehicles and families have no sum with others."""
    of_people = _is(rows.column("claim", "unit"), "people") & ~_is(rows.column("claim", "subject_party"), "objects")
    return of_people | (metric < _ALWAYS_PEOPLE)


def _state(rows: Rows, chosen: Codes, group: Codes, claimant: Codes, of_all_places: Bools) -> _Said:
    """The figures of the chosen claims; several of one statement ("three women and two children") as their sum."""
    low, best, high = (as_figures(rows.column("claim", name)[chosen]) for name in ("low", "best", "high"))
    plain = _Said(
        group=group,
        low=low,
        high=np.where(high != NO_FIGURE, high, np.where(best != NO_FIGURE, best, low)),
        is_open=(high == NO_FIGURE) & (low != NO_FIGURE),
        claimant=claimant[chosen],
        of_all_places=of_all_places[chosen],
    )
    adding = _find_adding(rows, chosen, group)
    return _add_up(rows.tables["claim"], chosen, plain, adding) if adding.any() else plain


def _find_adding(rows: Rows, chosen: Codes, group: Codes) -> Bools:
    """For each claim whether some figures of its group may add up: one speaker names several subjects, or "more"."""
    beside = (np.bincount(group)[group] > 1).nonzero()[0]
    among = chosen[beside]
    subject, subjects = factorize(rows.column("claim", "subject")[among])
    spelt, _ = factorize([text.lower() for text in subjects])
    further = np.array([*map(adds_up, subjects), False])[subject]
    said_by = (rows.column("claim", name)[among] for name in ("article_id", "claimant"))
    speaker, _ = group_rows(group[beside], *said_by)
    _, first = group_rows(speaker, spelt[subject])
    subjects_of = np.bincount(speaker[first], minlength=len(beside) + 1)[speaker]
    claims_of = np.bincount(speaker, minlength=len(beside) + 1)[speaker]
    may_add = (subjects_of > 1) | (further & (claims_of > 1))
    return np.isin(group, group[beside[may_add]])


def _add_up(claims: Table, chosen: Codes, plain: _Said, adding: Bools) -> _Said:
    """The same, where figures that add up are one row."""
    rows = [*_sum_statements(claims, chosen, plain, adding)]
    kept = ~adding
    columns = {
        field.name: np.append(getattr(plain, field.name)[kept], [row[field.name] for row in rows])
        for field in fields(_Said)
    }
    order = np.argsort(columns["group"], kind="stable")
    return _Said(**{name: column.astype(getattr(plain, name).dtype)[order] for name, column in columns.items()})


def _sum_statements(claims: Table, chosen: Codes, plain: _Said, adding: Bools) -> Iterator[Mapping[str, int]]:
    """A row for each statement of the groups whose figures may add up, those of all places apart."""
    together: dict[tuple[int, bool], list[Claim]] = {}
    claimants: dict[str, int] = {}
    for place in adding.nonzero()[0].tolist():
        claim = read_claim(claims, int(chosen[place]))
        claimants[claim.claimant_party] = int(plain.claimant[place])
        together.setdefault((int(plain.group[place]), bool(plain.of_all_places[place])), []).append(claim)
    for (group, of_all_places), members in together.items():
        for statement, bounded in zip(_gather(members), _gather(map(set_bound, members)), strict=True):
            yield {
                "group": group, "low": as_figure(statement.low), "high": as_figure(bounded.high),
                "is_open": statement.high is None and statement.low is not None,
                "claimant": claimants[statement.claimant_party], "of_all_places": of_all_places,
            }  # fmt: skip


def _gather(claims: Iterable[Claim]) -> list[Statement]:
    return [statement for found in gather_statements(list(claims)).values() for statement in found]


def _fill(column: NDArray[Any]) -> NDArray[Any]:
    return np.where(pd.isna(column), EVERYONE, column)


def _is(column: NDArray[Any], value: str) -> Bools:
    return np.asarray(column == value, dtype=bool)
