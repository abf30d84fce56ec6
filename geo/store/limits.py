"""What of each incident may leave the newsroom now: what editors said of it, and of all that was joined with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import get_args

from sqlalchemy import Connection, func, select

from geo.errors import UsageError
from geo.extraction.titles import make_title
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import Claim, HiddenField, Incident, IncidentPlace, Place, Precision, Release, Scope, Span
from geo.settings import read_option
from geo.store import tables
from geo.store.records import write_json
from geo.store.releases import load_releases
from geo.store.tables import withheld_name

SHOWN_OPTION = "BORDER_INCIDENTS_SHOW"
_SHOWN: Mapping[str, frozenset[str] | None] = {
    "all": None,
    "reviewed": frozenset(("reviewed", "published")),
    "published": frozenset(("published",)),
}
_COARSER: Sequence[str] = ("adm2", "adm1", "country")
"""Precisions that a place may be limited to, finest first."""
_RANK: Mapping[str, int] = {
    "exact": -1, "near": -1, "adm2": 0, "adm1": 1, "line": 1, "country": 2, "unknown": 3,
}  # fmt: skip
"""How coarse each precision is, on the scale of those."""
_NOWHERE = Span(start=0, end=0)
_BATCH = 500
"""Ids in one question, as in ``geo.store.rows``."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What may not leave of one incident, at one moment."""

    precision: str | None = None
    """The most precise place that may leave."""
    delayed: bool = False
    """Whether nothing of it leaves yet."""
    hidden: frozenset[HiddenField] = frozenset()

    def join(self, other: Limit) -> Limit:
        """What may leave under both."""
        named = [precision for precision in (self.precision, other.precision) if precision is not None]
        return Limit(
            precision=max(named, key=_COARSER.index, default=None),
            delayed=self.delayed or other.delayed,
            hidden=self.hidden | other.hidden,
        )


_NONE = Limit()


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Everything that limits what leaves, from one revision on until a delay ends."""

    key: str = "r"
    """Names what leaves beside the data revision: two states of one revision that differ have two keys."""
    ends: datetime | None = None
    """When the next delay ends; None when none is pending."""
    by_incident: Mapping[str, Limit] = field(default_factory=dict)
    """By id of incident, of those joined into it, and of its reports; what nothing limits is not there."""
    silent: frozenset[str] = frozenset()
    """Articles that tell of such incidents: no word of theirs leaves."""
    gone: frozenset[str] = frozenset()
    """Those of them that are not there at all."""
    shown: frozenset[str] | None = None
    """Statuses that leave; None for all."""

    @property
    def is_needed(self) -> bool:
        """Whether anything is limited but names."""
        return bool(self.by_incident) or self.shown is not None

    def is_over(self, now: datetime) -> bool:
        """Whether a delay has ended since they were read."""
        return self.ends is not None and now >= self.ends

    def hides(self, incident: Incident) -> bool:
        """Whether nothing of an incident leaves."""
        limit = self.by_incident.get(incident.id, _NONE)
        return limit.delayed or (self.shown is not None and incident.status not in self.shown)


def shown_statuses() -> frozenset[str] | None:
    """The statuses of incidents that readers are shown; None for all. Raises UsageError for an unknown choice."""
    written = read_option(SHOWN_OPTION).strip() or "all"
    if written not in _SHOWN:
        raise UsageError(f"{SHOWN_OPTION} is {written!r}; it can be {', '.join(_SHOWN)}")
    return _SHOWN[written]


def load_limits(connection: Connection, *, now: datetime, shown: frozenset[str] | None) -> Limits:
    """What is limited at a moment."""
    releases = load_releases(connection)
    pending = [release.not_before for release in releases if release.not_before and release.not_before > now]
    key = _name_state(connection, releases, now) + ("" if shown is None else f"s{len(shown)}")
    said = {release.incident_id: limit for release in releases if (limit := _limit_of(release, now)) != _NONE}
    if not said:
        return Limits(key=key, ends=min(pending, default=None), shown=shown)
    limits, articles = _spread(connection, said)
    return Limits(
        key=key, ends=min(pending, default=None), by_incident=limits, silent=frozenset(articles),
        gone=_find_gone(connection, limits, articles), shown=shown,
    )  # fmt: skip


def _name_state(connection: Connection, releases: Sequence[Release], now: datetime) -> str:
    """Another name whenever what editors say of what may leave is other than before, and no other for new reports."""
    by_hand = select(func.count()).select_from(withheld_name).where(withheld_name.c.who != "machine")
    in_force = [[r.incident_id, r.time.isoformat(), bool(r.not_before and r.not_before > now)] for r in releases]
    told = write_json([connection.execute(by_hand).scalar_one(), in_force])
    return f"r{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _limit_of(release: Release, now: datetime) -> Limit:
    delayed = release.not_before is not None and release.not_before > now
    known = frozenset(get_args(HiddenField))
    return Limit(precision=release.precision, delayed=delayed, hidden=known.intersection(release.hidden))


def _spread(connection: Connection, said: Mapping[str, Limit]) -> tuple[dict[str, Limit], set[str]]:
    """The limits of incidents, also of those that told reports were joined into, and of all their reports."""
    c, limits = tables.report.c, dict(said)
    for batch in _batches(list(said)):
        for id_, incident_id in connection.execute(select(c.id, c.incident_id).where(c.id.in_(batch))):
            limits[incident_id] = limits.get(incident_id, _NONE).join(said[id_])
    articles: set[str] = set()
    joined = tables.incident_article.c
    for batch in _batches(list(limits)):
        query = select(c.id, c.incident_id, c.article_id).where(c.incident_id.in_(batch))
        for id_, incident_id, article_id in connection.execute(query):
            limits[id_] = limits.get(id_, _NONE).join(limits[incident_id])
            articles.add(article_id)
        articles.update(connection.execute(select(joined.article_id).where(joined.incident_id.in_(batch))).scalars())
    return limits, articles


def _find_gone(connection: Connection, limits: Mapping[str, Limit], articles: Iterable[str]) -> frozenset[str]:
    """Articles all of whose incidents are delayed, or hide their sources."""
    c = tables.report.c
    gone, stays = set(articles), set()
    for batch in _batches(list(gone)):
        query = select(c.article_id, c.incident_id).where(c.article_id.in_(batch))
        for article_id, incident_id in connection.execute(query):
            limit = limits.get(incident_id, _NONE)
            if not limit.delayed and "sources" not in limit.hidden:
                stays.add(article_id)
    return frozenset(gone - stays)


def limit_incident(incident: Incident, limit: Limit) -> Incident:
    """What may leave of an incident: never a word of its reports, for each might say what is held back."""
    places = _coarsen(incident.places, limit.precision)
    hidden = limit.hidden
    return replace(
        incident,
        title=make_title(incident.sub_event_type, places),
        dates=replace(incident.dates, text="", rule="", span=None),
        places=places,
        actors=() if "actors" in hidden else tuple(replace(actor, aliases=()) for actor in incident.actors),
        claims=() if "claims" in hidden else tuple(_limit_claim(claim, hidden) for claim in incident.claims),
        totals={} if "claims" in hidden else incident.totals,
        quote=None,
        articles=() if "sources" in hidden else incident.articles,
        copied=() if "sources" in hidden else incident.copied,
        tags=(),
        flags=tuple(replace(flag, detail="", span=None) for flag in incident.flags),
    )


def limit_scope(scope: Scope, limits: Limits) -> Scope | None:
    """What may leave of a figure for several places: whole provinces at most, where an incident of it is limited."""
    found = [limits.by_incident[id_] for id_ in scope.incidents if id_ in limits.by_incident]
    if not found:
        return scope
    limit = _NONE
    for other in found:
        limit = limit.join(other)
    provinces = tuple(place for place in scope.places if ":" not in place)
    if limit.delayed or limit.precision == "country" or "claims" in limit.hidden or not provinces:
        return None
    claims = tuple(_limit_claim(claim, limit.hidden) for claim in scope.claims)
    return replace(scope, places=provinces, claims=claims)


def _limit_claim(claim: Claim, hidden: frozenset[HiddenField]) -> Claim:
    """The figure, and which party said it of which; not the words."""
    bare = replace(claim, subject="", claimant="", span=_NOWHERE)
    if "actors" in hidden:
        bare = replace(bare, subject_party=None, claimant_party="other")
    return replace(bare, article_id="") if "sources" in hidden else bare


def _coarsen(places: Sequence[IncidentPlace], precision: str | None) -> tuple[IncidentPlace, ...]:
    """Places no more precise than may leave, each once."""
    if precision is None:
        return tuple(replace(place, toponym=None) for place in places)
    coarse = (_coarsen_place(place, precision) for place in places)
    return tuple({(p.place.id if p.place else p.adm1, p.role, p.precision, p.side): p for p in coarse}.values())


def _coarsen_place(joined: IncidentPlace, precision: str) -> IncidentPlace:
    allowed = _COARSER.index(precision)
    if joined.precision != "line" and _RANK[joined.precision] >= allowed:
        return replace(joined, toponym=None)
    adm1 = joined.adm1 or (joined.place.adm1 if joined.place else None)
    if precision != "country" and adm1:
        return _as_unit(joined, _gazetteer().adm1(adm1), "adm1", adm1)
    country = joined.side or (joined.place.country if joined.place else None) or (adm1 or "")[:2] or None
    return _as_unit(joined, _gazetteer().country(country) if country else None, "country", None)


def _as_unit(joined: IncidentPlace, unit: Place | None, precision: Precision, adm1: str | None) -> IncidentPlace:
    country = unit.country if unit else None
    return IncidentPlace(
        place=unit, adm1=adm1, role=joined.role, precision=precision if unit else "unknown",
        side=joined.side if joined.side == country else None,
    )  # fmt: skip


@cache
def _gazetteer() -> Gazetteer:
    """Names of provinces and countries; opened by the first that is limited to one."""
    return open_gazetteer(border=read_option("BORDER_INCIDENTS_BORDER"))


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
