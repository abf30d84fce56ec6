"""Dead of incidents and of totals for several, by the coding rules in ``geo.totals``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model import WHOLE_INCIDENT, Claim, Span
from geo.snapshot.labels import Bools, Codes, as_objects
from geo.snapshot.records import NO_FIGURE, Total
from geo.totals import count_totals

Table = Mapping[str, Sequence[Any]]

_FIELDS = tuple(field.name for field in fields(Claim) if field.name != "span")


def find_highest(claims: Table, incident: Codes, is_open: Bools) -> Iterator[tuple[int, int]]:
    """Highest number of dead that is said of each incident whose claims set no upper bound, with its index."""
    rows = ((incident >= 0) & is_open[incident] & (as_objects(claims["metric"]) == "killed")).nonzero()[0]
    rows = rows[np.argsort(incident[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(incident[rows], prepend=-1))
    for group in np.split(rows, starts[1:]) if len(rows) else ():
        if len(group) == 1:
            continue  # its own number is the lowest and the highest
        highest = _count_dead([read_claim(claims, int(row)) for row in group], bounded=True)[1]
        yield int(incident[group[0]]), highest


def count_totals_of_scopes(tables: Mapping[str, Table], incident_of_row: Codes) -> tuple[Total, ...]:
    """What the scopes claim, those of the same incidents together: reports of one total are rivals, never a sum."""
    incidents: dict[str, set[int]] = {}
    for scope, incident in zip(tables["scope_incident"]["scope_id"], incident_of_row.tolist(), strict=True):
        if incident >= 0:
            incidents.setdefault(scope, set()).add(incident)
    groups: dict[tuple[int, ...], list[str]] = {}
    for scope in tables["scope"]["id"]:
        if scope in incidents:
            groups.setdefault(tuple(sorted(incidents[scope])), []).append(scope)
    places, claims = _by_scope(tables["scope_place"]), _claims_by_scope(tables["claim"])
    return tuple(_make_total(covered, scopes, places, claims) for covered, scopes in sorted(groups.items()))


def read_claim(claims: Table, row: int) -> Claim:
    """The claim of a row."""
    span = Span(start=claims["span_start"][row], end=claims["span_end"][row])
    return Claim(span=span, **{name: claims[name][row] for name in _FIELDS})


def set_bound(claim: Claim) -> Claim:
    """The claim with its own number as its highest, where it sets no upper bound."""
    if claim.high is not None:
        return claim
    return replace(claim, high=claim.low if claim.best is None else claim.best)


def as_figure(figure: int | None) -> int:
    """A figure as a number, NO_FIGURE where there is none."""
    return NO_FIGURE if figure is None else figure


def as_figures(column: NDArray[Any]) -> Codes:
    """Figures as numbers, NO_FIGURE where there is none."""
    return np.where(pd.isna(column), NO_FIGURE, column).astype(np.int64)


def _count_wounded(claims: Sequence[Claim]) -> int:
    toll = count_totals(claims).get("wounded")
    return NO_FIGURE if toll is None or toll.low is None else toll.low


def _make_total(
    covered: tuple[int, ...],
    scopes: Sequence[str],
    places: Mapping[str, Sequence[str]],
    claims: Mapping[str, Sequence[Claim]],
) -> Total:
    said = tuple(claim for scope in scopes for claim in claims.get(scope, ()))
    figures = _count_scopes([claims.get(scope, ()) for scope in scopes])
    named = tuple(dict.fromkeys(place for scope in scopes for place in places.get(scope, ())))
    return Total(id=scopes[0], incidents=covered, places=named, claims=said, **figures)


def _count_scopes(scopes: Sequence[Sequence[Claim]]) -> dict[str, Any]:
    """The figures of ``Total`` over several scopes of the same incidents.

    ``subset_of`` is an index into the claims of one scope, so it is settled before they are put together.
    """
    claims = [
        replace(claim, scope=WHOLE_INCIDENT) for scope in scopes for claim in scope if claim.subset_of is None
    ]  # fmt: skip
    low, high, is_open = _count_dead(claims, bounded=False)
    high = max(high, _count_dead(claims, bounded=True)[1])
    return {"low": low, "high": high, "open": is_open, "wounded_low": _count_wounded(claims)}


def _count_dead(claims: Sequence[Claim], *, bounded: bool) -> tuple[int, int, bool]:
    """Lowest and highest number of dead; ``bounded`` takes an open claim's own number as its highest."""
    if bounded:
        claims = [set_bound(claim) for claim in claims]
    toll = count_totals(claims).get("killed")
    if toll is None:
        return NO_FIGURE, NO_FIGURE, False
    return as_figure(toll.low), as_figure(toll.high), toll.high is None


def _by_scope(table: Table) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for scope, place in zip(table["scope_id"], table["place"], strict=True):
        places.setdefault(scope, []).append(place)
    return places


def _claims_by_scope(table: Table) -> dict[str, list[Claim]]:
    claims: dict[str, list[Claim]] = {}
    for row, scope in enumerate(table["scope_id"]):
        if scope is not None:
            claims.setdefault(scope, []).append(read_claim(table, row))
    return claims
