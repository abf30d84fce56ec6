"""Made-up incidents of every kind that a filter tells apart, and what a filter leaves of them in the plainest words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from hypothesis import strategies as st

from geo.borders import Border, measure_km, open_border
from geo.filters import Filter
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import (
    Actor,
    Article,
    Claim,
    DateRange,
    Incident,
    IncidentPlace,
    Place,
    Reading,
    Scope,
    Source,
    Span,
)
from geo.snapshot import Snapshot, take_snapshot
from geo.store import Store, open_store
from geo.taxonomy import event_category
from geo.text import match_key
from geo.totals import count_totals

T = TypeVar("T")

NOON = datetime(2025, 11, 26, 12, tzinfo=UTC)
ARTICLES = (
    Article(id="a1", text="The post burned.", language="en", sources=(Source(outlet="The Desk"),)),
    Article(id="a2", text="چوکی جل گئی۔", language="ur", publisher="The Wire"),
    Article(id="a3", text="Nothing of note.", language="en", publisher="the desk"),
)
OUTLETS = {"a1": "The Desk", "a2": "The Wire", "a3": "the desk"}
TORKHAM = Place(
    id="border:torkham", name="Torkham", kind="crossing", country="PK", adm1="PK-KP", lat=34.1223, lon=71.0937
)
SPIN_BOLDAK = Place(
    id="geonames:1123906",
    name="Spin Boldak",
    kind="settlement",
    country="AF",
    adm1="AF-KAN",
    lat=31.00575,
    lon=66.40001,
)
SPERA = Place(
    id="border:spera-district", name="Spera", kind="adm2", country="AF", adm1="AF-KHO", lat=33.1566, lon=69.4912
)
LAHORI = Place(
    id="border:lahori", name="Lahori", kind="settlement", country="AF", adm1="AF-KHO", lat=33.1566, lon=69.4912
)
LINE = Place(id="border:durand-line", name="Durand Line", kind="line", country=None)

PLACES = {
    "gate": IncidentPlace(place=TORKHAM, adm1="PK-KP", precision="exact", side="PK", distance_to_border_km=0.4),
    "town": IncidentPlace(place=SPIN_BOLDAK, adm1="AF-KAN", precision="exact", side="AF", distance_to_border_km=8.0),
    "village": IncidentPlace(place=LAHORI, adm1="AF-KHO", precision="exact", side="AF", distance_to_border_km=15.0),
    "near": IncidentPlace(
        place=SPIN_BOLDAK, adm1="AF-KAN", precision="near", radius_km=20.0, side="AF", distance_to_border_km=8.0
    ),
    "district": IncidentPlace(place=SPERA, adm1="AF-KHO", precision="adm2", side="AF", distance_to_border_km=15.0),
    "province": IncidentPlace(place=None, adm1="PK-KP", precision="adm1", side="PK"),
    "capital": IncidentPlace(place=None, adm1="PK-IS", precision="adm1", side="PK"),
    "stretch": IncidentPlace(place=LINE, precision="line", border_km_start=300.0, border_km_end=400.0),
    "border": IncidentPlace(place=LINE, precision="line"),
    "nowhere": IncidentPlace(place=None, precision="unknown"),
}
UNCERTAINTY_KM = {"gate": 1.5, "town": 0.0, "village": 13.0, "near": 20.0, "district": 12.0, "capital": 17.0}
"""Radius of each place; a province but the smallest is larger than any asked for, the rest have none."""
KINDS = (("Battles", "Armed clash"), ("Explosions/Remote violence", "Air/drone strike"), ("border_action", "closure"))
ACTORS = (
    Actor(name="Military Forces of Pakistan", kind="state forces", party="forces:PK"),
    Actor(name="military forces of Pakistan", kind="state forces", party="forces:PK"),
    Actor(name="Civilians", kind="civilians", party="civilians"),
)


@dataclass(frozen=True)
class Told:
    """An incident, and by what names of ``PLACES`` its places go."""

    incident: Incident
    places: tuple[str, ...]


days = st.dates(date(2025, 10, 1), date(2025, 10, 20)) | st.sampled_from(
    [date(1950, 1, 1), date(1969, 12, 31), date(1970, 1, 1), date(1970, 1, 2), date(2149, 6, 6), date(2149, 6, 7)]
)
figures = st.none() | st.integers(0, 30)


@st.composite
def told(draw: st.DrawFn, number: int) -> Told:
    """An incident of any kind."""
    start = draw(st.none() | days)
    end = start + timedelta(draw(st.integers(0, 3))) if start else None
    names = tuple(draw(st.lists(st.sampled_from([*PLACES]), max_size=2, unique=True)))
    event, sub = draw(st.sampled_from(KINDS))
    claims = tuple(
        Claim(
            metric=metric, subject="people", low=low, best=low, high=low, claimant_party=party,  # type: ignore[arg-type]
            span=Span(start=0, end=3), article_id="a1",
        )
        for metric, party in (("killed", "state:AF"), ("killed", "state:PK"), ("wounded", "un"))
        if (low := draw(figures)) is not None
    )  # fmt: skip
    incident = Incident(
        id=f"i{number}", title=f"Clash {number}", event_type=event, sub_event_type=sub,
        dates=DateRange(start=start, end=end, precision="day" if start else "unknown"),
        places=tuple(PLACES[name] for name in names), claims=claims, totals=count_totals(claims),
        actors=tuple(draw(st.lists(st.sampled_from(ACTORS), max_size=1))),
        articles=tuple(draw(st.lists(st.sampled_from(["a1", "a2", "a3"]), min_size=1, max_size=2, unique=True))),
        status=draw(st.sampled_from(["draft", "draft", "reviewed", "withdrawn"])),
    )  # fmt: skip
    return Told(incident, names)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Told, ...]:
    """A few incidents."""
    return tuple(draw(told(number)) for number in range(draw(st.integers(0, 9))))


def _some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Mostly no limit, so that limits in company leave something now and then."""
    chosen = st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)
    return st.just(()) | st.just(()) | chosen


def _perhaps(values: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | st.none() | values


def _in_order(wanted: Filter) -> Filter:
    """Days in their order, as every link is read."""
    if wanted.start and wanted.end and wanted.start > wanted.end:
        return replace(wanted, start=wanted.end, end=wanted.start)
    return wanted


filters = st.builds(
    Filter,
    start=_perhaps(days),
    end=_perhaps(days),
    countries=_some("AF", "PK"),
    provinces=_some("AF-KAN", "PK-KP", "AF-KHO"),
    types=_some("clash", "strike", "crossings"),
    actors=_some("MILITARY forces of Pakistan", "forces:PK", "civilians"),
    claimants=_some("state:AF", "un"),
    precisions=_some("exact", "near", "adm2", "line", "border", "unknown"),
    within=_perhaps(st.sampled_from([("border:torkham", 25.0), ("geonames:1123906", 1.0)])),
    border_km=_perhaps(st.sampled_from([1.0, 10.0, 50.0])),
    sides=_some("AF", "PK"),
    statuses=_some("draft", "reviewed", "withdrawn"),
    sources=_some("the DESK", "The Wire"),
    languages=_some("en", "ur"),
    killed=_perhaps(st.integers(1, 30)),
    wounded=_perhaps(st.integers(1, 30)),
    located_km=_perhaps(st.sampled_from([0.0, 12.0, 15.0, 20.0, 25.0])),
).map(_in_order)


def fits(one: Told, wanted: Filter) -> bool:
    """Whether a filter leaves an incident; one place that fits is enough."""
    incident, places = one.incident, [PLACES[name] for name in one.places]
    points = [place for place in places if place.place and place.precision in ("exact", "near", "adm2")]
    kind = event_category(incident.event_type, incident.sub_event_type)
    actors = {match_key(name) for actor in incident.actors for name in (actor.name, actor.party or "")}
    surest = min((UNCERTAINTY_KM[name] for name in one.places if name in UNCERTAINTY_KM), default=None)
    distances = [0.0 if place.precision == "line" else place.distance_to_border_km for place in places]
    nearest = min((distance for distance in distances if distance is not None), default=None)
    precisions = {place.precision for place in places} or {"unknown"}
    return all(
        (
            _lasts(incident.dates, wanted),
            _overlap(wanted.countries, {code for place in places for code in _countries(place)}),
            _overlap(wanted.provinces, {place.adm1 for place in places}),
            _overlap(wanted.types, {kind}),
            _overlap({match_key(name) for name in wanted.actors}, actors),
            _overlap(wanted.claimants, {claim.claimant_party for claim in incident.claims}),
            _overlap(wanted.precisions, precisions | ({"border"} if "border" in one.places else set())),
            _overlap(wanted.sides, {place.side for place in places}),
            _overlap(wanted.statuses or ("draft", "reviewed"), {incident.status}),
            _overlap({match_key(name) for name in wanted.sources}, {match_key(OUTLETS[a]) for a in incident.articles}),
            _overlap(wanted.languages, {"ur" if article == "a2" else "en" for article in incident.articles}),
            _reaches(incident, "killed", wanted.killed),
            _reaches(incident, "wounded", wanted.wounded),
            wanted.located_km is None or (surest is not None and surest <= wanted.located_km + 0.5),
            wanted.border_km is None or (nearest is not None and nearest <= wanted.border_km),
            wanted.within is None or any(_is_within(place.place, *wanted.within) for place in points if place.place),
        )
    )


def _overlap(wanted: Sequence[str] | set[str], borne: set[Any]) -> bool:
    return not wanted or not set(borne).isdisjoint(wanted)


def _lasts(dates: DateRange, wanted: Filter) -> bool:
    if not wanted.start and not wanted.end:
        return True
    if dates.start is None or dates.end is None:
        return False
    return (not wanted.start or dates.end >= wanted.start) and (not wanted.end or dates.start <= wanted.end)


def _countries(place: IncidentPlace) -> set[str]:
    if place.precision == "line":
        return {"AF", "PK"}
    country = (place.place.country if place.place else None) or (place.adm1 or "")[:2]
    return {country} if country else set()


def _reaches(incident: Incident, metric: str, fewest: int | None) -> bool:
    low = incident.totals[metric].low if metric in incident.totals else None
    return fewest is None or (low is not None and low >= fewest)


def _is_within(place: Place, from_id: str, distance_km: float) -> bool:
    start = next(known for known in (TORKHAM, SPIN_BOLDAK) if known.id == from_id)
    assert None not in (start.lat, start.lon, place.lat, place.lon)
    return measure_km(start.lat, start.lon, place.lat, place.lon) <= distance_km  # type: ignore[arg-type]


@cache
def known_ground() -> tuple[Border, Gazetteer]:
    """The border and its names, opened once."""
    return open_border("AF-PK"), open_gazetteer(border="AF-PK")


def fill(store: Store, incidents: Sequence[Incident], scopes: Sequence[Scope] = ()) -> None:
    """Put the incidents, and the articles that tell of them, into a store."""
    with store.change(time=NOON) as change:
        for article in ARTICLES:
            change.add_article(article, Reading(article_id=article.id, language=article.language or "en"))
        for position, incident in enumerate(incidents):
            change.show(incident, reason="test")
            change.add_report(incident, incident_id=incident.id, position=position)
        for position, scope in enumerate(scopes):
            change.add_scope(scope, article_id="a1", position=position)


def take(*incidents: Incident, scopes: Sequence[Scope] = ()) -> Snapshot:
    """The snapshot of a store that holds these."""
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "incidents.sqlite")
        fill(store, incidents, scopes)
        snapshot = take_snapshot(store, *known_ground())
        _ = snapshot.search.find("x")  # articles are read at the first search, and the store goes
        store.close()
    return snapshot


def found(snapshot: Snapshot, matched: Sequence[bool]) -> set[str]:
    """Ids of the incidents that are left."""
    return {snapshot.ids[index] for index, is_left in enumerate(matched) if is_left}
