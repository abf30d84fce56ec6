"""A small autumn at the border, made up, for the pictures of the page that are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from geo.articles import make_article
from geo.model import Article, Claim, DateRange, Incident, IncidentPlace, Place, Precision, Reading, Source, Span
from geo.store import open_store
from geo.totals import count_totals

NOW = datetime(2025, 11, 20, tzinfo=UTC)
LOWEST, HIGHEST = "The army put the dead at three.", "A Taliban spokesman said at least 12 people were killed."
TEXT = f"Shots were exchanged before dawn. {LOWEST} {HIGHEST} Traders waited at the gate."


def _article(outlet: str, day: date) -> Article:
    source = Source(outlet=outlet, url=f"https://{outlet.split()[-1].lower()}.example/{day}", published=day)
    return make_article(
        f"{outlet}. {TEXT}", title="Shots at the border", published=day, language="en", sources=(source,),
    )  # fmt: skip


GAZETTE, HERALD = _article("Border Gazette", date(2025, 10, 16)), _article("Highland Herald", date(2025, 11, 12))


def _claim(sentence: str, low: int, claimant: str, party: str, **fields: Any) -> Claim:
    start = GAZETTE.text.index(sentence)
    return Claim(
        metric="killed", subject="people", subject_party="people", low=low, best=low, claimant=claimant,
        claimant_party=party, span=Span(start=start, end=start + len(sentence)), article_id=GAZETTE.id, **fields,
    )  # fmt: skip


RIVALS = (
    _claim(HIGHEST, 12, "A Taliban spokesman", "state:AF", qualifier="at least"),
    _claim(LOWEST, 3, "The army", "state:PK", high=3),
)


def _town(name: str, adm1: str, lat: float, lon: float) -> Place:
    return Place(
        id=f"looks:{name}", name=name, kind="settlement", country=adm1[:2], adm1=adm1, lat=lat, lon=lon
    )  # fmt: skip


SPIN_BOLDAK = _town("Spin Boldak", "AF-KAN", 31.01, 66.4)
PESHAWAR = _town("Peshawar", "PK-KP", 34.01, 71.58)
MIR_ALI = _town("Mir Ali", "PK-KP", 33.0, 70.29)
ASADABAD = _town("Asadabad", "AF-KNR", 34.87, 71.15)
TORKHAM = Place(id="looks:Torkham", name="Torkham", kind="crossing", country="PK", adm1="PK-KP", lat=34.12, lon=71.09)
PAKTIKA = Place(id="adm1:AF-PKA", name="Paktika", kind="adm1", country="AF", adm1="AF-PKA", lat=32.5, lon=68.8)


def _incident(
    title: str, sub_type: str, event_type: str, day: date, place: Place | None, precision: Precision, **fields: Any
) -> Incident:
    where = {"border_km_start": 900.0, "border_km_end": 1100.0} if place is None else {"distance_to_border_km": 20.0}
    return Incident(
        id=title.replace(" ", "-").lower(),
        title=title,
        event_type=event_type,
        sub_event_type=sub_type,
        dates=DateRange(start=day, end=day, precision="day"),
        places=(
            IncidentPlace(
                place=place, adm1=place.adm1 if place else None, precision=precision,
                side=place.country if place else None, radius_km=10.0 if precision == "near" else None, **where,
            ),
        ),
        articles=(GAZETTE.id, HERALD.id),
        quote=Span(start=GAZETTE.text.index("Shots"), end=GAZETTE.text.index(" The army")),
        totals=count_totals(fields.get("claims", ())),
        **fields,
    )  # fmt: skip


_REMOTE = "Explosions/Remote violence"
INCIDENTS = (
    _incident(
        "Clash in Spin Boldak", "Armed clash", "Battles", date(2025, 10, 15), SPIN_BOLDAK, "exact", claims=RIVALS
    ),
    _incident(
        "Bombing in Peshawar",
        "Suicide bomb",
        _REMOTE,
        date(2025, 10, 20),
        PESHAWAR,
        "exact",
        claims=RIVALS[1:],
    ),
    _incident("Air or drone strike in Paktika", "Air/drone strike", _REMOTE, date(2025, 11, 1), PAKTIKA, "adm1"),
    _incident(
        "Shelling near Asadabad", "Shelling/artillery/missile attack", _REMOTE, date(2025, 11, 4), ASADABAD, "near"
    ),
    _incident("Attack in Mir Ali", "Attack", "Violence against civilians", date(2025, 11, 5), MIR_ALI, "exact"),
    _incident("Crossing shut at Torkham", "closure", "border_action", date(2025, 11, 10), TORKHAM, "exact"),
    _incident("Clash along the line", "Armed clash", "Battles", date(2025, 11, 11), None, "line"),
)


def fill_looks(path: Path) -> None:
    """A new store at a path with the seven incidents."""
    store = open_store(path)
    with store.change(time=NOW) as change:
        for article in (GAZETTE, HERALD):
            change.add_article(article, Reading(article_id=article.id, language="en"))
        for position, incident in enumerate(INCIDENTS):
            change.show(incident, reason="read")
            change.add_report(incident, incident_id=incident.id, position=position)
    store.close()
