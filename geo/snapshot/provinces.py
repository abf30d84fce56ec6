"""What is known of one province: its incidents by month, and figures for it together with others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from geo.snapshot.labels import Bools
from geo.snapshot.records import NO_DAY, NO_FIGURE, Snapshot, Total

_MONTH = "datetime64[M]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Incidents that began in each month, without gaps."""

    first: date
    counts: tuple[int, ...]


def find_in_province(snapshot: Snapshot, code: str) -> Bools:
    """Incidents of a province by its ISO 3166-2 code."""
    return snapshot.labels["province"].find([code])


def count_months(snapshot: Snapshot, matched: Bools) -> Months | None:
    """Matched incidents by month, from the first month of all data to the last; None without any dated incident."""
    dated = snapshot.start != NO_DAY
    if not dated.any():
        return None
    months = snapshot.start[dated].astype("datetime64[D]").astype(_MONTH).astype(np.int64)
    first, last = int(months.min()), int(snapshot.end[dated].max().astype("datetime64[D]").astype(_MONTH).astype(int))
    counts = np.bincount(months[matched[dated]] - first, minlength=last - first + 1)
    return Months(first=date(1970 + first // 12, first % 12 + 1, 1), counts=tuple(counts.tolist()))


def list_shared(snapshot: Snapshot, matched: Bools, code: str) -> list[Total]:
    """Totals of some matched incident that name a province together with others.

    They are never split: nobody knows which part of them is of the province.
    """
    return [
        total
        for total in snapshot.totals
        if code in total.places and len(total.places) > 1 and total.high != NO_FIGURE
        if matched[list(total.incidents)].any()
    ]
