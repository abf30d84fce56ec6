"""What a row of the table says of an incident, beside its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from geo.copies import drop_repeated
from geo.model import Claim, Incident, Scope, Toll
from geo.snapshot import Snapshot, Total
from geo.snapshot.records import NO_FIGURE, SNAPSHOTS_KEPT
from geo.wording.naming import event_places

_SURENESS = ("exact", "near", "adm2", "adm1", "line", "total", "border", "country", "unknown")


def toll_of(incident: Incident, index: int | None, snapshot: Snapshot) -> tuple[int | None, int | None, bool]:
    """Lowest and highest number of dead of an incident of a snapshot, or of the total that is its own."""
    toll = incident.totals.get("killed", Toll())
    low, high, is_open = toll.low, toll.high, toll.low is not None and toll.high is None
    total = None if index is None else _find_own_totals(snapshot).get(index)
    if total:
        low = min(total.low, total.high) if low is None else max(low, total.low)
        return max(low, 0), max(total.high, high or 0, low), total.open or is_open
    if is_open and index is not None:
        high = max(int(snapshot.killed_high[index]), low or 0)
    return low, high, is_open


@lru_cache(maxsize=SNAPSHOTS_KEPT)
def _find_own_totals(snapshot: Snapshot) -> Mapping[int, Total]:
    """The first total of one incident alone, at several places, by its index."""
    own = (total for total in reversed(snapshot.totals) if len(total.incidents) == 1 and total.high != NO_FIGURE)
    return {total.incidents[0]: total for total in own}


def sureness_of(incident: Incident, scopes: Sequence[Scope]) -> str:
    """How sure the place of an incident is: its surest, or that it is part of one figure for several."""
    if any(len(scope.places) > 1 for scope in scopes):
        return "total"
    found = [place.precision for place in event_places(incident)]
    return min(found, key=_SURENESS.index, default="unknown")


def count_claims(incident: Incident, scopes: Sequence[Scope]) -> int:
    """How many claims are made of an incident, those of its totals among them; what a copy says again counts once."""
    claims: list[Claim] = [*incident.claims, *(claim for scope in scopes for claim in scope.claims)]
    return len(drop_repeated(claims, incident.copied))
