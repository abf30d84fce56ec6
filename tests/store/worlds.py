"""The smallest worlds the store's tests need: records by hand, and any record hypothesis can think of."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

from hypothesis import strategies as st

from geo import model
from geo.model import Actor, Article, Claim, DateRange, Flag, Incident, IncidentPlace, Place, Scope, Source, Span, Toll

NOON = datetime(2025, 10, 12, 12, tzinfo=UTC)

names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
maybe_names = st.none() | names
maybe_codes = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
figures = st.none() | st.integers(0, 2**53)
kilometres = st.none() | st.floats(0, 3000)
days = st.dates()
spans = st.builds(Span, start=st.integers(0, 10**6), end=st.integers(0, 10**6))


def one_of(alias: object) -> st.SearchStrategy[str]:
    """Any value of a Literal of the model."""
    return st.sampled_from(get_args(alias))


places = st.builds(
    Place,
    id=names,
    name=names,
    kind=one_of(model.PlaceKind),
    country=maybe_codes,
    adm1=maybe_names,
    lat=st.none() | st.floats(-90, 90),
    lon=st.none() | st.floats(-180, 180),
    population=st.none() | st.integers(1, 10**8),
    names=st.dictionaries(st.sampled_from(["en", "fa", "ps", "ur"]), names),
    uncertainty_km=st.none() | st.floats(0.1, 100),
)
incident_places = st.builds(
    IncidentPlace,
    place=st.none() | places,
    adm1=maybe_names,
    role=one_of(model.PlaceRole),
    precision=one_of(model.Precision),
    radius_km=kilometres,
    border_km_start=kilometres,
    border_km_end=kilometres,
    distance_to_border_km=kilometres,
    side=maybe_codes,
    nearest_crossing=maybe_names,
    toponym=st.none() | st.integers(0, 100),
)
claims = st.builds(
    Claim,
    metric=one_of(model.Metric),
    subject=names,
    subject_party=maybe_names,
    unit=names,
    low=figures,
    best=figures,
    high=figures,
    qualifier=maybe_names,
    claimant=names,
    claimant_party=names,
    stance=one_of(model.Stance),
    status=one_of(model.ClaimStatus),
    subset_of=st.none() | st.integers(0, 9),
    scope=names,
    span=spans,
    article_id=names,
)
actors = st.builds(
    Actor,
    name=names,
    kind=one_of(model.ActorKind),
    side=maybe_names,
    party=maybe_names,
    aliases=st.lists(names, max_size=2).map(tuple),
)
flags = st.builds(Flag, code=names, detail=names, span=st.none() | spans)
tolls = st.builds(Toll, low=figures, best=figures, high=figures)
dates = st.builds(
    DateRange,
    start=st.none() | days,
    end=st.none() | days,
    precision=one_of(model.DatePrecision),
    text=names,
    rule=names,
    span=st.none() | spans,
)
incidents = st.builds(
    Incident,
    id=names,
    title=names,
    event_type=names,
    sub_event_type=names,
    dates=dates,
    places=st.lists(incident_places, max_size=3).map(tuple),
    actors=st.lists(actors, max_size=2).map(tuple),
    claims=st.lists(claims, max_size=3).map(tuple),
    totals=st.dictionaries(st.sampled_from(["killed", "wounded"]), tolls),
    quote=st.none() | spans,
    background=st.booleans(),
    status=one_of(model.Status),
    copied=st.lists(names, max_size=2).map(tuple),
    tags=st.lists(names, max_size=2).map(tuple),
    flags=st.lists(flags, max_size=2).map(tuple),
    version=st.integers(1, 100),
)
sources = st.builds(Source, outlet=names, url=maybe_names, published=st.none() | days)
articles = st.builds(
    Article,
    id=names,
    text=names,
    title=maybe_names,
    url=maybe_names,
    publisher=maybe_names,
    published=st.none() | days,
    retrieved=st.none() | st.datetimes(timezones=st.just(UTC)),
    language=maybe_names,
    sha256=names,
    own_wording=st.booleans(),
    sources=st.lists(sources, max_size=3).map(tuple),
    flags=st.lists(flags, max_size=2).map(tuple),
)

SPIN_BOLDAK = Place(
    id="geonames:1125896", name="Spin Boldak", kind="settlement", country="AF", adm1="AF-KAN", lat=31.0056, lon=66.4002
)


def make_article(id_: str = "a1", **fields: object) -> Article:
    """A short report of one clash."""
    values: dict[str, object] = {
        "text": "Fifteen people were killed in Spin Boldak on Wednesday.",
        "published": date(2025, 10, 15),
        "language": "en",
        "sources": (Source(outlet="The Desk"),),
    }
    return Article(id=id_, **{**values, **fields})  # type: ignore[arg-type]


def make_incident(id_: str = "i1", **fields: object) -> Incident:
    """Fifteen killed in a clash at Spin Boldak on 15 October 2025, as article a1 tells it."""
    day = date(2025, 10, 15)
    claim = Claim(
        metric="killed", subject="people", low=15, best=15, high=15, span=Span(start=0, end=21), article_id="a1"
    )
    place = IncidentPlace(place=SPIN_BOLDAK, adm1="AF-KAN", precision="exact", distance_to_border_km=6.5, side="AF")
    values: dict[str, object] = {
        "title": "Armed clash, Spin Boldak",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "dates": DateRange(start=day, end=day, precision="day", text="on Wednesday"),
        "places": (place,),
        "claims": (claim,),
        "totals": {"killed": Toll(low=15, best=15, high=15)},
        "quote": Span(start=0, end=55),
        "articles": ("a1",),
    }
    return Incident(id=id_, **{**values, **fields})  # type: ignore[arg-type]


def make_scope(id_: str = "s1", incidents: tuple[str, ...] = ("i1",)) -> Scope:
    """Fifty-eight killed in two provinces together."""
    claim = Claim(
        metric="killed",
        subject="soldiers",
        low=58,
        best=58,
        high=58,
        scope=id_,
        span=Span(start=0, end=9),
        article_id="a1",
    )
    return Scope(id=id_, incidents=incidents, places=("AF-KAN", "AF-HEL"), claims=(claim,))
