"""Made-up incidents, spread like real ones: half at places news names again and again, half anywhere near the line."""

from __future__ import annotations

import csv
import random
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from geo.borders import Border, open_border
from geo.gazetteer import open_gazetteer
from geo.model import Actor, Article, Claim, DateRange, Incident, IncidentPlace, Place, Precision, Reading, Span, Toll
from geo.store import open_store
from geo.taxonomy import EVENT_TYPE_OF, event_category

FIRST_DAY, LAST_DAY = date(2021, 1, 1), date(2025, 11, 26)
NOW = datetime(2025, 11, 27, tzinfo=UTC)
SPREAD_DEGREES = 0.6
"""Standard deviation of a place's distance from the line, in degrees."""
REPORTS_OF_ONE_ARTICLE = 20
SUB_TYPES = {
    "Armed clash": 34, "Air/drone strike": 10, "Shelling/artillery/missile attack": 14, "Suicide bomb": 3,
    "Remote explosive/landmine/IED": 12, "Attack": 15, "closure": 4, "reopening": 3, "Peaceful protest": 2,
    "Abduction/forced disappearance": 3,
}  # fmt: skip
"""Weights of what happens."""
PRECISIONS: dict[Precision, int] = {"exact": 55, "near": 12, "adm2": 20, "adm1": 9, "line": 3, "country": 1}
SPEAKERS = (("Taliban spokesman", "state:AF"), ("the army", "state:PK"), ("police", "local"), ("a hospital", "medical"))
OUTLETS = ("Border Gazette", "The Pass", "Valley News", "Highland Wire")
SENTENCE = "Shots were exchanged near the crossing and people were killed, officials said. "

Day = tuple[date, date]
"""First and last day of an incident."""


class World:
    """A source of incidents; the same seed always makes the same ones."""

    def __init__(self, *, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._border = open_border("AF-PK")
        self._known = [*_known_places(self._border)]
        self._provinces = sorted({spot.adm1 for spot in self._known if spot.adm1})

    def incidents(self, count: int) -> Iterator[Incident]:
        """So many incidents."""
        return (self._incident(number) for number in range(count))

    def _incident(self, number: int) -> Incident:
        rng = self._random
        (sub_type,) = rng.choices([*SUB_TYPES], [*SUB_TYPES.values()])
        day = FIRST_DAY + timedelta(days=int(rng.triangular(0, (LAST_DAY - FIRST_DAY).days, 1700)))
        place = self._place(number)
        article = article_id(number // REPORTS_OF_ONE_ARTICLE)
        claims = tuple(self._claim(article) for _ in range(rng.choice((0, 1, 1, 2, 3))))
        figures = [claim.best for claim in claims if claim.best is not None]
        where = place.place.name if place.place else place.adm1
        return Incident(
            id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"benchmark incident {number}")),
            title=f"{sub_type}, {where}, {day:%-d %B %Y}",
            event_type=EVENT_TYPE_OF[sub_type],
            sub_event_type=sub_type,
            dates=DateRange(start=day, end=day + timedelta(days=rng.choice((0, 0, 0, 1))), precision="day"),
            places=(place,),
            actors=(
                Actor(name="Military Forces of Pakistan", kind="state forces", side="party", party="forces:PK"),
                Actor(name="Taliban", kind="state forces", side="party", party="forces:AF"),
            ),
            claims=claims,
            totals={"killed": Toll(low=min(figures), best=None, high=max(figures))} if figures else {},
            quote=Span(start=0, end=len(SENTENCE) - 1),
            articles=(article,),
        )

    def _place(self, number: int) -> IncidentPlace:
        rng = self._random
        spot = rng.choice(self._known) if number % 2 else self._spot_near_line(number)
        (precision,) = rng.choices([*PRECISIONS], [*PRECISIONS.values()])
        if precision == "line":
            start = rng.uniform(0, self._border.km[-1] - 90)
            return IncidentPlace(place=None, precision="line", border_km_start=start, border_km_end=start + 85)
        if precision == "country":
            return IncidentPlace(place=None, precision="country", side=spot.side)
        if precision == "adm1":
            return IncidentPlace(place=None, adm1=rng.choice(self._provinces), precision="adm1", side=spot.side)
        return replace(spot, precision=precision, radius_km=10.0 if precision == "near" else None)

    def _spot_near_line(self, number: int) -> IncidentPlace:
        rng = self._random
        lat, lon = self._border.point_at(rng.uniform(0, self._border.km[-1]))
        lat, lon = round(lat + rng.gauss(0, SPREAD_DEGREES), 4), round(lon + rng.gauss(0, SPREAD_DEGREES), 4)
        side = self._border.locate(lat, lon).side
        adm1 = rng.choice([code for code in self._provinces if code.startswith(side)])
        place = Place(
            id=f"benchmark:{number}", name=f"Village {number}", kind="settlement", country=side, adm1=adm1,
            lat=lat, lon=lon,
        )  # fmt: skip
        return _locate(place, self._border)

    def _claim(self, article: str) -> Claim:
        rng = self._random
        said = rng.choice((1, 1, 2, 3, 4, 6, 9, 12, 20, 58))
        claimant, party = rng.choice(SPEAKERS)
        return Claim(
            metric=rng.choice(("killed", "killed", "wounded")), subject="soldiers", subject_party="forces:PK",
            low=said, best=said, high=said, claimant=claimant, claimant_party=party,
            span=Span(start=44, end=62), article_id=article,
        )  # fmt: skip


def make_store(path: Path, count: int) -> None:
    """A store with so many incidents and the articles they come from; one that is there already stays."""
    if path.exists():
        return
    articles = -(-count // REPORTS_OF_ONE_ARTICLE)
    with closing(open_store(path)) as store, store.change(time=NOW) as change:
        for number in range(articles):
            article = _article(number)
            change.add_article(article, Reading(article_id=article.id, language="en"))
        change.show_all(World().incidents(count), reason="benchmark")


def read_days(path: Path) -> list[Day]:
    """First and last day of every incident of a store."""
    with closing(open_store(path, read_only=True)) as store:
        columns = store.read_columns({"incident": ("date_start", "date_end")}).tables["incident"]
    return list(zip(columns["date_start"], columns["date_end"], strict=True))


def write_csv(path: Path, count: int) -> None:
    """The same incidents as the usual apps take them: those with a point, one line each."""
    with path.open("w", encoding="utf8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("title", "category", "day", "lat", "lon"))
        for incident in World().incidents(count):
            place = incident.places[0].place
            if place:
                category = event_category(incident.event_type, incident.sub_event_type)
                rows.writerow((incident.title, category, incident.dates.start, place.lat, place.lon))


def article_id(number: int) -> str:
    """Id of an article."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"benchmark article {number}"))


def _article(number: int) -> Article:
    return Article(
        id=article_id(number),
        text=SENTENCE * 5,
        title=f"Report {number}",
        publisher=OUTLETS[number % len(OUTLETS)],
        published=LAST_DAY,
        language="en",
    )


def _known_places(border: Border) -> Iterator[IncidentPlace]:
    """The towns, crossings and districts of the border table."""
    for place in open_gazetteer(border=border.code).border_places.values():
        if place.kind in ("settlement", "crossing", "adm2") and place.lat is not None and place.adm1:
            yield _locate(place, border)


def _locate(place: Place, border: Border) -> IncidentPlace:
    assert place.lat is not None and place.lon is not None
    found = border.locate(place.lat, place.lon)
    return IncidentPlace(
        place=place, adm1=place.adm1, distance_to_border_km=round(found.distance_km, 2), side=place.country
    )
