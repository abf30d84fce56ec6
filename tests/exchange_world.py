"""One clash and one figure for several places, as exports are handed them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from geo.exchange.table import Selection
from geo.model import Article, Claim, DateRange, Incident, IncidentPlace, Place, Scope, Source, Span, Toll

TORKHAM = Place(
    id="border:torkham", name="Torkham", kind="crossing", country="PK", adm1="PK-KP", lat=34.1259, lon=71.0950
)
KUNAR = Place(id="adm1:AF-KNR", name="Kunar", kind="adm1", country="AF", adm1="AF-KNR", lat=34.9565, lon=71.0774)
KURRAM = Place(id="border:kurram", name="Kurram", kind="adm2", country="PK", adm1="PK-KP", lat=33.8, lon=70.1)
LINE = Place(id="border:durand-line", name="Durand Line", kind="line", country=None)
PAKISTAN = Place(id="country:PK", name="Pakistan", kind="country", country="PK", lat=30.0, lon=70.0)
AT_TORKHAM = IncidentPlace(place=TORKHAM, adm1="PK-KP", precision="exact", distance_to_border_km=0.2, side="PK")
IN_KUNAR = IncidentPlace(place=KUNAR, adm1="AF-KNR", precision="adm1", side="AF")
NOON = datetime(2025, 10, 20, 12, tzinfo=UTC)
ARTICLE = Article(
    id="article-1",
    text="Text",
    sources=(Source(outlet="Outlet A", url="https://a.example/1", published=date(2025, 10, 12)),),
)
KILLED = Claim(
    metric="killed", subject="soldiers", subject_party="forces:PK", low=3, best=3, high=3,
    claimant="Zabihullah Mujahid", claimant_party="state:AF", span=Span(start=0, end=4), article_id="article-1",
)  # fmt: skip

PAPERS = ("province=PK-KP", "data revision 7", "2025-10-20T12:00:00+00:00", "CC BY 4.0", "Natural Earth", "GeoNames")
"""What every file must say of itself, of a selection of the filter ``province=PK-KP``."""


def incident(*places: IncidentPlace, id_: str = "incident-1", **fields: Any) -> Incident:
    """An armed clash of 11 October 2025 with three dead."""
    day = date(2025, 10, 11)
    made = Incident(
        id=id_,
        title="Armed clash",
        event_type="Battles",
        sub_event_type="Armed clash",
        dates=DateRange(start=day, end=day, precision="day"),
        places=places,
        claims=(KILLED,),
        totals={"killed": Toll(low=3, best=3, high=3)},
        articles=("article-1",),
    )
    return replace(made, **fields)


def select(*incidents: Incident, scopes: Sequence[Scope] = (), query: str = "") -> Selection:
    return Selection(
        incidents=incidents, scopes=scopes, articles={"article-1": ARTICLE}, query=query, revision=7, time=NOON
    )


def total(*places: str, incidents: tuple[str, ...] = ("incident-1",)) -> Scope:
    """58 killed in several places together."""
    claim = replace(KILLED, low=58, best=58, high=58, scope="scope-1")
    return Scope(id="scope-1", incidents=incidents, places=places, claims=(claim,))
