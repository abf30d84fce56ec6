"""What waits for a person, the most urgent first, each with its reasons.

News of what was checked comes first, for readers may be told something wrong; then claims that contradict each other,
places and days that are not sure, what lies near the line, what nobody has looked at, and what was reviewed and waits
to be published. Of equally urgent ones the newest comes first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from geo.model import Incident, Status
from geo.review.urgency import (
    BITS,
    SETTLED,
    UNCHECKED,
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

__all__ = ["Queue", "Reason", "Waiting", "Why", "list_queue", "read_queue"]


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


def list_queue(  # noqa: PLR0913  the filters of the queue
    store: Store,
    snapshot: Snapshot | None = None,
    *,
    most: int = 50,
    first: int = 0,
    why: Collection[Why] = (),
    provinces: Collection[str] = (),
    statuses: Collection[Status] = (),
) -> list[Waiting]:
    """A page of what waits: ``most`` incidents from place ``first`` on; see ``read_queue``."""
    options = {"why": why, "provinces": provinces, "statuses": statuses}
    return list(read_queue(store, snapshot, most=most, first=first, **options).waiting)  # type: ignore[arg-type]


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
    fresh = dict(_weigh_fresh(store, base, asked))
    kept = _match(base, store, asked, fresh.keys() | find_changed(store, base.revision)) if base else None
    found = list(_choose(base, store, kept, fresh, first + most))[first : first + most]
    incidents = {incident.id: incident for incident in store.load_incidents([id_ for _, id_ in found])}
    news = count_news(store, SETTLED, list(incidents))
    return Queue(
        waiting=tuple(
            _describe(incidents[id_], bits, news.get(id_, 0), rank)
            for rank, (bits, id_) in enumerate(found, first)
            if id_ in incidents
        ),
        total=len(fresh) + (int(kept.sum()) if kept is not None else 0),
        counts={one: _count(base, store, kept, fresh, bit) for one, bit in BITS.items()},
    )


def _weigh_fresh(store: Store, base: Snapshot | None, asked: _Asked) -> Iterator[tuple[str, tuple[int, date | None]]]:
    """Urgency and first day of each incident that is asked for and that the snapshot does not know as it is now."""
    if base is None:
        ids: Sequence[str] = find_of_status(store, (*UNCHECKED, *SETTLED))
    else:
        ids = sorted(find_changed(store, base.revision))
    news = count_news(store, SETTLED, ids)
    for incident in store.load_incidents(ids):
        urgency = weigh(incident, news.get(incident.id, 0))
        if asked.matches(incident, urgency):
            yield incident.id, (urgency, incident.dates.start)


def _match(base: Snapshot, store: Store, asked: _Asked, without: Collection[str]) -> Bools:
    """Incidents of the snapshot that are asked for, but for those that have changed since."""
    urgency = weigh_all(base, store)
    kept: Bools = (urgency & asked.why if asked.why else urgency) > 0
    if asked.provinces:
        kept &= base.labels["province"].find(asked.provinces)
    if asked.statuses:
        kept &= base.labels["status"].find(asked.statuses)
    changed = [base.ids.find(id_) for id_ in without]
    kept[[index for index in changed if index >= 0]] = False
    return kept


def _choose(
    base: Snapshot | None, store: Store, kept: Bools | None, fresh: Mapping[str, tuple[int, date | None]], most: int
) -> list[tuple[int, str]]:
    """Urgency and id of the first so many, the most urgent first, then the newest."""
    rows = [(-bits, start is None, -(start or date.min).toordinal(), id_) for id_, (bits, start) in fresh.items()]
    if base is not None and kept is not None:
        urgency = weigh_all(base, store)
        indices = kept.nonzero()[0]
        order = indices[np.argsort(255 - urgency[indices], kind="stable")][:most]
        for index in order.tolist():
            start = base.dates_of(index)[0]
            bits = int(urgency[index])
            rows.append((-bits, start is None, -(start or date.min).toordinal(), base.ids[index]))
    return [(-bits, id_) for bits, _, _, id_ in sorted(rows)[:most]]


def _count(
    base: Snapshot | None,
    store: Store,
    kept: Bools | None,
    fresh: Mapping[str, tuple[int, date | None]],
    bit: int,
) -> int:
    there = int(np.count_nonzero(weigh_all(base, store)[kept] & bit)) if base is not None and kept is not None else 0
    return there + sum(1 for bits, _ in fresh.values() if bits & bit)


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
