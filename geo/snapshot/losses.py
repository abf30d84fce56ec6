"""Dead and wounded by the lowest claim, of incidents and of totals for several, as the map's province layer adds them.

Nothing is shared out here: which province a figure belongs to, if to one at all, the layer decides
(``geo/web/map/provinces.js``).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from geo.snapshot.encoding import pack_columns
from geo.snapshot.labels import Codes
from geo.snapshot.records import NO_FIGURE, Snapshot, Total

LOSSES_MAGIC = 0x314C4942
"""b"BIL1": the file of ``geo/web/map/losses.js``."""

_MOST = int(np.iinfo(np.int32).max)


def encode_losses(snapshot: Snapshot) -> bytes:
    """Lowest number of dead and of wounded of every incident, -1 where no report gives one."""
    columns = [_own_figures(snapshot, metric) for metric in ("killed", "wounded")]
    return pack_columns(struct.pack("<4I", LOSSES_MAGIC, len(snapshot), 0, 0), columns)


def describe_totals(snapshot: Snapshot) -> list[Mapping[str, object]]:
    """Figures for several incidents together: the incidents, the provinces they name, and the lowest claims."""
    totals = [total for total in snapshot.totals if len(total.incidents) > 1]
    told = [total for total in totals if (total.low, total.wounded_low) != (NO_FIGURE, NO_FIGURE)]
    return [
        {
            "incidents": list(total.incidents),
            "adm1": _provinces_of(snapshot, total),
            "killed": total.low,
            "wounded": total.wounded_low,
        }
        for total in told
    ]


def _own_figures(snapshot: Snapshot, metric: str) -> NDArray[np.int32]:
    """Figures of incidents; where a total is of one incident at several places, it is that incident's figure."""
    low: Codes = (snapshot.killed_low if metric == "killed" else snapshot.wounded_low).copy()
    for total in snapshot.totals:
        figure = total.low if metric == "killed" else total.wounded_low
        if len(total.incidents) == 1 and figure != NO_FIGURE:
            low[total.incidents[0]] = figure
    return np.clip(low, NO_FIGURE, _MOST).astype("<i4")


def _provinces_of(snapshot: Snapshot, total: Total) -> list[str]:
    """Codes of the provinces that a total or its incidents name."""
    marks = snapshot.marks
    spots = marks.spot[np.isin(marks.incident, total.incidents)]
    named = (place.removeprefix("adm1:") for place in total.places)
    codes = [*(code for code in named if snapshot.gazetteer.adm1(code)), *snapshot.spots.adm1[spots]]
    return sorted({code for code in codes if code})
