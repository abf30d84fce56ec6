"""A store with six made-up incidents, one of them hostile, as the tests of the pages see it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from geo.articles import make_article
from geo.model import (
    Candidate,
    Claim,
    DateRange,
    Flag,
    Incident,
    IncidentPlace,
    Place,
    Reading,
    Resolution,
    Source,
    Span,
    Toll,
    Toponym,
)  # fmt: skip
from geo.store import Store, open_store

NOW = datetime(2025, 11, 20, tzinfo=UTC)
HOSTILE = (
    "{{7*7}} ${7*7} {% raw %} <script>window.hurt = 1</script><img src=x onerror='window.hurt = 1'>"
    " \u202ereversed [a](javascript:hurt) `tick`"
)
TEXT = (
    "Fighting broke out in Khost on Wednesday. Taliban officials said at least 12 people were killed. "
    f"The army put the dead at three. {HOSTILE} A bomb went off in Peshawar."
)
ARTICLE = make_article(
    TEXT,
    title=HOSTILE,
    published=date(2025, 11, 12),
    language="en",
    own_wording=True,
    sources=(
        Source(outlet="Border Gazette", url="https://gazette.example/1", published=date(2025, 11, 12)),
        Source(outlet="<b>Bold</b> News", url="javascript:window.hurt=1", published=date(2025, 11, 12)),
    ),
)
NOTE = make_article("A note from elsewhere.", publisher="The Pass", published=date(2025, 11, 11), language="en")
"""Not a sample report: a store that holds one is never filled with them."""
KHOST = Place(id="test:khost", name="Khost", kind="settlement", country="AF", adm1="AF-KHO", lat=33.34, lon=69.92)
PESHAWAR = Place(
    id="test:peshawar", name="Peshawar", kind="settlement", country="PK", adm1="PK-KP", lat=34.01, lon=71.58
)
TORKHAM = Place(id="test:torkham", name="Torkham", kind="crossing", country="PK", adm1="PK-KP", lat=34.12, lon=71.09)
PAKTIKA = Place(id="adm1:AF-PKA", name="Paktika", kind="adm1", country="AF", adm1="AF-PKA", lat=32.5, lon=68.8)
PAKISTAN = Place(id="country:PK", name="Pakistan", kind="country", country="PK")
KHOST_PROVINCE = Place(id="adm1:AF-KHO", name="Khost", kind="adm1", country="AF", adm1="AF-KHO", lat=33.3, lon=69.9)


def _name(text: str, place: Place | None, role: str, *rivals: Place) -> Resolution:
    start = TEXT.index(text)
    toponym = Toponym(span=Span(start=start, end=start + len(text)), text=text, role=role)  # type: ignore[arg-type]
    candidates = tuple(Candidate(place=rival, score=0.5) for rival in (*([place] if place else []), *rivals))
    return Resolution(toponym=toponym, place=place, score=0.93, reason="named so", candidates=candidates)


NAMES = (
    _name("Khost", KHOST, "event", KHOST_PROVINCE),
    _name("tick", None, "mention"),
    _name("Peshawar", PESHAWAR, "event"),
)


def fill_store(path: Path) -> Store:
    """A new store at a path with the six incidents."""
    store = open_store(path)
    with store.change(time=NOW) as change:
        for article in (ARTICLE, NOTE):
            names = NAMES if article is ARTICLE else ()
            change.add_article(article, Reading(article_id=article.id, language="en", toponyms=names))
        for position, incident in enumerate(INCIDENTS):
            change.show(incident, reason="read")
            change.add_report(incident, incident_id=incident.id, position=position)
    return store


def _claim(phrase: str, **fields: object) -> Claim:
    start = TEXT.index(phrase)
    span = Span(start=start, end=start + len(phrase))
    return Claim(metric="killed", subject="people", subject_party="people", span=span, article_id=ARTICLE.id, **fields)  # type: ignore[arg-type]


def _incident(id_: str, title: str, event: str, sub: str, day: date | None, place: Place, **fields: object) -> Incident:
    precision = {"country": "country", "adm1": "adm1"}.get(place.kind, "exact")
    where = IncidentPlace(
        place=place, adm1=place.adm1, precision=precision, side=place.country, distance_to_border_km=20.0
    )  # type: ignore[arg-type]
    return Incident(
        id=id_,
        title=title,
        event_type=event,
        sub_event_type=sub,
        dates=DateRange(start=day, end=day, precision="day" if day else "unknown"),
        places=(where,),
        articles=(ARTICLE.id,),
        quote=Span(start=0, end=TEXT.index(" Taliban")),
        **fields,  # type: ignore[arg-type]
    )


_RIVALS = (
    _claim(
        "at least 12", low=12, best=12, qualifier="at least", claimant="Taliban officials", claimant_party="state:AF"
    ),
    _claim("three", low=3, best=3, high=3, claimant="The army", claimant_party="state:PK"),
)
_DENIED = Flag(code="denied", detail="One party denies it.")
_EXPLOSIONS = "Explosions/Remote violence"
INCIDENTS = (
    _incident(
        "clash", "Clash in Khost", "Battles", "Armed clash", date(2025, 10, 15), KHOST,
        claims=_RIVALS, flags=(_DENIED,), totals={"killed": Toll(low=3, best=None, high=None)},
    ),
    _incident("bomb", "Bombing in Peshawar", _EXPLOSIONS, "Suicide bomb", date(2025, 10, 20), PESHAWAR),
    _incident("strike", "Air or drone strike in Paktika", _EXPLOSIONS, "Air/drone strike", date(2025, 11, 1), PAKTIKA),
    _incident("hostile", HOSTILE, "Battles", "Armed clash", date(2025, 11, 5), TORKHAM),
    _incident("shut", "Crossing shut at Torkham", "border_action", "closure", date(2025, 11, 10), TORKHAM),
    _incident("talks", "Talks in Pakistan", "Strategic developments", "Agreement", None, PAKISTAN),
)  # fmt: skip
