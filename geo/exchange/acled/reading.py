"""Rows of ACLED as reports of ACLED, which claims what they say; codes by ``geo.exchange.acled.codebook``."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from geo.errors import DataError
from geo.exchange.acled.codebook import PARENT_OF, PRECISION_OF_GEO, inter_code
from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.days import read_day
from geo.exchange.coded.events import make_actor, make_place
from geo.exchange.coded.scheme import Cells, Terms, Told, article_id
from geo.model import (
    Actor,
    ActorKind,
    Article,
    Claim,
    DateRange,
    Incident,
    IncidentPlace,
    Place,
    Precision,
    Source,
    Span,
)
from geo.totals import count_totals

TITLE = "ACLED"
NEAR_KM = 15.0
"""Radius of "a small area around a town", for which the codebook gives no figure: the size of a district."""

_KIND_OF_INTER: dict[int, ActorKind] = {
    1: "state forces", 2: "armed group", 3: "armed group", 4: "armed group", 7: "civilians",
}  # fmt: skip
_ONE_SIDED = ("Violence against civilians",)


def read_row(cells: Cells, terms: Terms) -> Told:
    """The report that a row makes; raises DataError when its day, place, type or number cannot be read."""
    row, sub = cells.row, cells["sub_event_type"]
    text = cells["notes"] or f"{sub}: {cells['location']}, {cells['event_date']}"
    article = Article(
        id=article_id("acled", row.key, text),
        text=text,
        title=" ".join(filter(None, ("ACLED", row.key, f"({cells['source']})" if cells["source"] else ""))),
        publisher=TITLE,
        published=_read_moment(cells["timestamp"]),
        language="en",
        sources=(Source(outlet=TITLE),),
    )
    whole = Span(start=0, end=len(text))
    claims = tuple(replace(claim, span=whole, article_id=article.id) for claim in _read_claims(cells))
    where = _read_place(cells, terms.atlas)
    incident = Incident(
        id=row.id,
        title=f"{sub}, {where.place.name}" if where.place else sub,
        event_type=PARENT_OF.get(sub) or cells["event_type"],
        sub_event_type=sub,
        dates=_read_dates(cells),
        places=(where,),
        actors=_read_actors(cells, terms.atlas),
        claims=claims,
        totals=count_totals(claims),
        quote=whole,
        articles=(article.id,),
        status="imported",
        tags=("acled",),
    )
    if incident.event_type not in PARENT_OF.values():
        raise DataError(f"event_type is {cells['event_type']!r}, which is none of ACLED's")
    return Told(article, incident)


def _read_dates(cells: Cells) -> DateRange:
    """The codebook's reference day stands for the middle of its week or month."""
    day = read_day(cells["event_date"])
    if day is None:
        raise DataError(f"event_date is {cells['event_date']!r}, not a day")
    precision = cells.integer("time_precision") or 1
    if precision == 2:
        reach = timedelta(days=3)
        return DateRange(start=day - reach, end=day + reach, precision="week", rule="time_precision 2: the week")
    if precision == 3:
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return DateRange(start=first, end=last, precision="month", rule="time_precision 3: the month")
    if precision != 1:
        raise DataError(f"time_precision is {precision}; ACLED has 1, 2 and 3")
    return DateRange(start=day, end=day, precision="day", rule="time_precision 1: the day")


def _read_place(cells: Cells, atlas: Atlas) -> IncidentPlace:
    geo = cells.integer("geo_precision")
    lat, lon = cells.degrees("latitude", 90), cells.degrees("longitude", 180)
    if geo is not None and geo not in PRECISION_OF_GEO:
        raise DataError(f"geo_precision is {geo}; ACLED has 1, 2 and 3")
    precision: Precision = PRECISION_OF_GEO[geo] if geo else "unknown"  # type: ignore[assignment]
    country = atlas.country_numbered(iso=cells["iso"]) or atlas.country_named(cells["country"])
    adm1 = atlas.province_named(cells["admin1"], country) if cells["admin1"] else None
    position = None if lat is None or lon is None else (lat, lon)
    if position and adm1 is None:
        adm1 = atlas.province_at(*position, country, None)
    name = cells["location"] or cells["admin1"]
    place = Place(id=f"acled:{lat},{lon}", name=name, kind="settlement", country=country, lat=lat, lon=lon)
    where = make_place(precision, place, adm1, atlas)
    return replace(where, radius_km=NEAR_KM) if where.precision == "near" else where


def _read_actors(cells: Cells, atlas: Atlas) -> tuple[Actor, ...]:
    sides = ("attacker", "target") if cells["event_type"] in _ONE_SIDED else (None, None)
    found = []
    for number, side in zip((1, 2), sides, strict=True):
        if name := cells[f"actor{number}"]:
            kind = _KIND_OF_INTER.get(inter_code(cells[f"inter{number}"]) or 0, "other")
            found.append(make_actor(name, kind, side, atlas))
    return tuple(found)


def _read_claims(cells: Cells) -> list[Claim]:
    """ACLED's figure: the lowest that its sources give, where 0 may also mean that none is known (Codebook,
    "Reported fatalities")."""
    figure = cells.integer("fatalities")
    if figure is None:
        return []
    if figure < 0:
        raise DataError(f"fatalities is {figure}")
    none = figure == 0
    return [
        Claim(
            metric="killed",
            subject="people",
            low=figure,
            best=None if none else figure,
            high=None,
            qualifier="none_reported" if none else "at least",
            claimant=TITLE,
            claimant_party="database:ACLED",
            span=Span(start=0, end=0),
        )
    ]


def _read_moment(written: str) -> date | None:
    """The day of a Unix time, on which ACLED last changed the row."""
    try:
        return datetime.fromtimestamp(int(float(written)), UTC).date() if written else None
    except (ValueError, OverflowError, OSError):
        return None
