"""What waits for a person, the most urgent first, each with its reasons.

News of what was checked comes first, for readers may be told something wrong; then claims that contradict each other,
places and days that are not sure, what lies near the line, what nobody has looked at, and what was reviewed and waits
to be published. Of equally urgent ones the newest comes first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from geo.model import Incident, Status
from geo.review.urgency import (
    BITS,
    SETTLED,
    UNCHECKED,
    Urgencies,
    Why,
    find_conflict,
    measure_nearest,
    weigh,
    weigh_all,
)
from geo.snapshot import Snapshot
from geo.snapshot.labels import Bools
from geo.store import Store
from geo.store.waiting import count_news, find_changed, find_of_status

__all__ = ["Queue", "Reason", "Waiting", "Why", "read_queue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an incident waits; the words of ``queue.CODE`` say it, with the numbers in their places."""

    code: Why
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An incident that waits for a person."""

    id: str
    title: str
    status: Status
    version: int
    """What an act on it must name."""
    start: date | None
    """Its first day; None when it is not known."""
    reasons: tuple[Reason, ...]
    """The most urgent first."""
    rank: int
    """Its place in the queue, from 0."""

    @property
    def why(self) -> tuple[Why, ...]:
        """The codes of its reasons."""
        return tuple(reason.code for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A page of what waits."""

    waiting: tuple[Waiting, ...]
    total: int
    """How many wait in all, by the same filter."""
    counts: Mapping[Why, int]
    """How many of those wait for each reason."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of the queue is asked for; an empty filter asks for all."""

    why: int
    provinces: frozenset[str]
    statuses: frozenset[str]

    def matches(self, incident: Incident, urgency: int) -> bool:
        """Whether an incident is asked for."""
        provinces = {place.adm1 for place in incident.places if place.role != "origin"}
        return (
            bool(urgency & self.why if self.why else urgency)
            and (not self.provinces or not self.provinces.isdisjoint(provinces))
            and (not self.statuses or incident.status in self.statuses)
        )


def read_queue(  # noqa: PLR0913  the filters of the queue
    store: Store,
    snapshot: Snapshot | None = None,
    *,
    most: int = 50,
    first: int = 0,
    why: Collection[Why] = (),
    provinces: Collection[str] = (),
    statuses: Collection[Status] = (),
) -> Queue:
    """A page of what waits, how many wait in all, and for which reasons.

    The snapshot may be older than the store: what has changed since is looked at one by one. Without one, or with one
    of the past, every incident that waits is; that suits a small store. The store must be a whole one.
    """
    asked = _Asked(sum({BITS[one] for one in why}), frozenset(provinces), frozenset(statuses))
    base = snapshot if snapshot is not None and snapshot.past is None else None
    changed = find_changed(store, base.revision) if base else set(find_of_status(store, (*UNCHECKED, *SETTLED)))
    fresh = list(_weigh_changed(store, sorted(changed), asked))
    known = _weigh_unchanged(base, store, asked, changed) if base else np.zeros(0, dtype=np.uint8)
    found = sorted([*fresh, *(_list_first(base, known, first + most) if base else ())])[first : first + most]
    incidents = {incident.id: incident for incident in store.load_incidents([one.id for one in found])}
    news = count_news(store, SETTLED, list(incidents))
    bins = np.bincount(known, minlength=256) + np.bincount([one.urgency for one in fresh], minlength=256)
    bins[0] = 0
    return Queue(
        waiting=tuple(
            _describe(incidents[one.id], one.urgency, news.get(one.id, 0), rank)
            for rank, one in enumerate(found, first)
            if one.id in incidents
        ),
        total=int(bins.sum()),
        counts={one: int(bins[np.arange(256) & bit > 0].sum()) for one, bit in BITS.items()},
    )


class _Place(NamedTuple):
    """Where an incident stands in the queue: sorted, the most urgent come first, then the newest."""

    last: int
    """Less of it is earlier: the urgency turned round."""
    undated: bool
    age: int
    id: str

    @property
    def urgency(self) -> int:
        """One bit for each reason."""
        return -self.last


def _place(urgency: int, start: date | None, id_: str) -> _Place:
    return _Place(-urgency, start is None, -(start or date.min).toordinal(), id_)


def _weigh_changed(store: Store, ids: Sequence[str], asked: _Asked) -> Iterator[_Place]:
    """Places of the incidents that no snapshot knows as they are now, those that are asked for."""
    news = count_news(store, SETTLED, ids)
    for incident in store.load_incidents(ids):
        urgency = weigh(incident, news.get(incident.id, 0))
        if asked.matches(incident, urgency):
            yield _place(urgency, incident.dates.start, incident.id)


def _weigh_unchanged(base: Snapshot, store: Store, asked: _Asked, changed: Collection[str]) -> Urgencies:
    """Urgency of the incidents of a snapshot by index; 0 for those that are not asked for, or have changed since."""
    every = weigh_all(base, store)
    kept: Bools = (every & asked.why if asked.why else every) > 0
    if asked.provinces:
        kept &= base.labels["province"].find(asked.provinces)
    if asked.statuses:
        kept &= base.labels["status"].find(asked.statuses)
    found = [base.ids.find(id_) for id_ in changed]
    kept[[index for index in found if index >= 0]] = False
    urgency: Urgencies = np.where(kept, every, np.uint8(0))
    return urgency


def _list_first(base: Snapshot, urgency: Urgencies, most: int) -> Iterator[_Place]:
    """Places of the first so many; a snapshot has its incidents newest first, so that the order of equals stays."""
    for index in np.argsort(255 - urgency, kind="stable")[:most].tolist():
        if urgency[index]:
            yield _place(int(urgency[index]), base.dates_of(index)[0], base.ids[index])


def _describe(incident: Incident, bits: int, news: int, rank: int) -> Waiting:
    numbers = {why: _find_numbers(why, incident, news) for why in reversed(BITS) if bits & BITS[why]}
    return Waiting(
        id=incident.id,
        title=incident.title,
        status=incident.status,
        version=incident.version,
        start=incident.dates.start,
        reasons=tuple(Reason(code=why, numbers=found) for why, found in numbers.items() if found is not None),
        rank=rank,
    )


def _find_numbers(why: Why, incident: Incident, news: int) -> Mapping[str, float] | None:
    """The numbers of a reason; None where the record alone does not give them, as of claims for several places."""
    if why == "news":
        return {"n": news}
    if why == "conflicting":
        conflict = find_conflict(incident)
        return {"low": conflict[1], "high": conflict[2]} if conflict else None
    if why == "near_border":
        km = measure_nearest(incident)
        return None if km is None else {"km": round(km)}
    return {}
