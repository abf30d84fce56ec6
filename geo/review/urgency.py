"""How urgent an incident is: one bit for each reason that it waits, the highest bit the most urgent reason."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model import WHOLE_INCIDENT, Claim, Incident
from geo.snapshot import Snapshot
from geo.snapshot.labels import Bools
from geo.snapshot.records import SNAPSHOTS_KEPT
from geo.store import Store
from geo.store.waiting import count_news, find_flagged

Why = Literal["unpublished", "new", "near_border", "low_score", "conflicting", "news"]
BITS: dict[Why, int] = {why: 1 << place for place, why in enumerate(get_args(Why))}
"""Reviewed and not published; never checked; near the line; a place or day that is not sure; claims that contradict
each other; reported anew since it was checked."""

NEAR_KM = 10.0
"""What lies so near the line is looked at before what does not: there a country is easily mistaken."""
UNCHECKED = ("draft", "lead")
SETTLED = ("reviewed", "published", "withdrawn")
DOUBTFUL = frozenset(("place_unsure", "place_inferred", "date_inferred", "denied"))
"""Flags of an incident that say that its place, its day or the whole of it is not sure."""

Urgencies = NDArray[np.uint8]


@lru_cache(maxsize=SNAPSHOTS_KEPT)
def weigh_all(snapshot: Snapshot, store: Store) -> Urgencies:
    """The urgency of each incident of a snapshot, by index; 0 for one that does not wait."""
    status = snapshot.labels["status"]
    unchecked = status.find(UNCHECKED)
    doubtful = _find_flagged(snapshot, store) | snapshot.labels["precision"].find(["unknown"])
    parts: dict[Why, Bools] = {
        "unpublished": status.find(["reviewed"]),
        "new": unchecked,
        "near_border": unchecked & (snapshot.distance_km <= NEAR_KM),
        "low_score": unchecked & doubtful,
        "conflicting": unchecked & _find_conflicting(snapshot),
        "news": _find_news(snapshot, store),
    }
    urgency: Urgencies = np.zeros(len(snapshot), dtype=np.uint8)
    for why, found in parts.items():
        urgency |= np.where(found, np.uint8(BITS[why]), np.uint8(0))
    return urgency


def weigh(incident: Incident, news: int) -> int:
    """The urgency of one incident of which so many reports came after it was checked; 0 when it does not wait."""
    urgency = BITS["news"] if news and incident.status in SETTLED else 0
    if incident.status == "reviewed":
        urgency |= BITS["unpublished"]
    if incident.status not in UNCHECKED:
        return urgency
    urgency |= BITS["new"]
    near = measure_nearest(incident)
    urgency |= BITS["near_border"] if near is not None and near <= NEAR_KM else 0
    urgency |= BITS["low_score"] if find_doubts(incident) else 0
    return urgency | (BITS["conflicting"] if find_conflict(incident) else 0)


def measure_nearest(incident: Incident) -> float | None:
    """Kilometres from the line to the nearest of the places where it happened; None when nobody can tell."""
    placed = [place for place in incident.places if place.role != "origin"]
    known = [0.0 if place.precision == "line" else place.distance_to_border_km for place in placed]
    return min((km for km in known if km is not None), default=None)


def find_doubts(incident: Incident) -> list[str]:
    """What is not sure of an incident: codes of flags, and ``no_place`` where none of its places is known."""
    codes = [flag.code for flag in incident.flags if flag.code in DOUBTFUL]
    placed = any(place.precision != "unknown" for place in incident.places)
    return list(dict.fromkeys(codes if placed else [*codes, "no_place"]))


def find_conflict(incident: Incident) -> tuple[str, int, int] | None:
    """Metric, lowest and highest figure of the widest contradiction between its claims; None when they agree."""
    said: dict[tuple[str, str | None], list[Claim]] = defaultdict(list)
    for claim in incident.claims:
        counts = claim.stance == "asserts" and claim.status == "current" and claim.subset_of is None
        if counts and claim.scope == WHOLE_INCIDENT and claim.unit == "people" and claim.low is not None:
            said[claim.metric, claim.subject_party].append(claim)
    ranges = [
        (metric, min(c.low or 0 for c in claims), max(c.high or c.best or c.low or 0 for c in claims))
        for (metric, _), claims in said.items()
        if len({claim.claimant_party for claim in claims}) > 1
    ]
    return max((one for one in ranges if one[2] > one[1]), key=lambda one: one[2] - one[1], default=None)


def _find_conflicting(snapshot: Snapshot) -> Bools:
    """Incidents of which two parties give different figures of one thing."""
    ranges = snapshot.ranges
    claimants = pd.DataFrame({"group": ranges.group, "claimant": ranges.claimant}).drop_duplicates()["group"]
    rivals = np.bincount(claimants, minlength=len(ranges.incident)) > 1
    apart = rivals & (ranges.low >= 0) & (ranges.high > ranges.low)
    found = np.zeros(len(snapshot), dtype=bool)
    found[ranges.incident[apart]] = True
    return found


def _find_flagged(snapshot: Snapshot, store: Store) -> Bools:
    return _mask(snapshot, find_flagged(store, DOUBTFUL))


def _find_news(snapshot: Snapshot, store: Store) -> Bools:
    settled = snapshot.labels["status"].find(SETTLED).nonzero()[0]
    ids = [snapshot.ids[int(index)] for index in settled] if len(settled) <= 5_000 else None
    return _mask(snapshot, list(count_news(store, SETTLED, ids)))


def _mask(snapshot: Snapshot, ids: list[str]) -> Bools:
    """Which incidents have one of the ids."""
    found = np.zeros(len(snapshot), dtype=bool)
    if not ids:
        return found
    places = _index(snapshot).get_indexer(pd.Index(ids, dtype=object))
    found[places[places >= 0]] = True
    return found


@lru_cache(maxsize=SNAPSHOTS_KEPT)
def _index(snapshot: Snapshot) -> pd.Index[str]:
    return pd.Index(list(snapshot.ids), dtype=object)
