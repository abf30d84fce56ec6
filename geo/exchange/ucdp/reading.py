"""Rows of UCDP GED as reports of UCDP, which claims what they say; codes by ``geo.exchange.ucdp.codebook``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geo.errors import DataError
from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.days import read_day
from geo.exchange.coded.events import make_actor, make_place
from geo.exchange.coded.scheme import Cells, Terms, Told, article_id
from geo.exchange.ucdp.codebook import (
    EVENT_OF_VIOLENCE,
    NEAR_KM,
    ONE_SIDED,
    PRECISION_OF_DATE,
    PRECISION_OF_WHERE,
)
from geo.model import Actor, Article, Claim, DateRange, Incident, IncidentPlace, Place, Precision, Source, Span
from geo.totals import count_totals

TITLE = "UCDP"
OUTLET = "UCDP GED"
LARGEST_FIGURE = 10_000_000
"""Deaths of one event; more is a mistake."""

_SOURCES = (("Source", "source_article"), ("Source of that", "source_original"))
_BORDER = re.compile(r"\bborder\b|\bline\b", re.IGNORECASE)


def read_row(cells: Cells, terms: Terms) -> Told:
    """The report that a row makes; raises DataError when its days, place, kind or deaths cannot be read."""
    row = cells.row
    violence = cells.integer("type_of_violence")
    if violence not in EVENT_OF_VIOLENCE:
        raise DataError(f"type_of_violence is {cells['type_of_violence']!r}; UCDP has 1, 2 and 3")
    text, figures = _write_text(cells)
    article = Article(
        id=article_id("ucdp", row.key, text),
        text=text,
        title=f"UCDP GED {row.key}",
        publisher=OUTLET,
        language="en",
        sources=(Source(outlet=OUTLET),),
    )
    actors = _read_actors(cells, terms.atlas, one_sided=violence == ONE_SIDED)
    claims = tuple(replace(claim, span=figures, article_id=article.id) for claim in _read_claims(cells, actors))
    where = _read_place(cells, terms.atlas)
    event, sub = EVENT_OF_VIOLENCE[violence]
    incident = Incident(
        id=row.id,
        title=f"{sub}, {where.place.name}" if where.place else sub,
        event_type=event,
        sub_event_type=sub,
        dates=_read_dates(cells),
        places=(where,),
        actors=actors,
        claims=claims,
        totals=count_totals(claims),
        quote=Span(start=0, end=len(text)),
        articles=(article.id,),
        status="imported",
        tags=("ucdp",),
    )
    return Told(article, incident)


def _write_text(cells: Cells) -> tuple[str, Span]:
    """What the row says, as sentences a person can read, and the one of its figures."""
    where = dict.fromkeys(filter(None, (cells["where_description"], cells["where_coordinates"], cells["adm_1"])))
    days = dict.fromkeys(filter(None, (cells["date_start"][:10], cells["date_end"][:10])))
    figures = f"Deaths: {_list_deaths(cells)}."
    lines = [cells["dyad_name"], " / ".join(where), " to ".join(days), figures]
    lines += [f"{label}: {cells[name]}" for label, name in _SOURCES if cells[name]]
    text = "\n".join(line if line.endswith(".") else f"{line}." for line in lines if line)
    start = text.find(figures)
    return text, Span(start=start, end=start + len(figures))


def _list_deaths(cells: Cells) -> str:
    """The estimates, then how the best one is divided."""
    whole = [f"{name} {_plain(cells[name])}" for name in ("low", "best", "high") if cells[name]]
    names = (cells["side_a"], cells["side_b"], "civilians", "unknown")
    sides = zip(names, ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), strict=True)
    parts = [f"{name} {_plain(cells[column])}" for name, column in sides if name and cells[column]]
    return "; ".join(filter(None, (", ".join(whole), ", ".join(parts))))


def _plain(number: str) -> str:
    return number.removesuffix(".0")


def _read_dates(cells: Cells) -> DateRange:
    start, end = read_day(cells["date_start"]), read_day(cells["date_end"])
    if start is None or end is None:
        name = "date_start" if start is None else "date_end"
        raise DataError(f"{name} is {cells[name]!r}, not a day")
    if end < start:
        raise DataError(f"date_end {end} comes before date_start {start}")
    code = cells.integer("date_prec")
    if code not in PRECISION_OF_DATE:
        raise DataError(f"date_prec is {cells['date_prec']!r}; UCDP has 1 to 5")
    return DateRange(start=start, end=end, precision=PRECISION_OF_DATE[code], rule=f"date_prec {code}")  # type: ignore[arg-type]


def _read_place(cells: Cells, atlas: Atlas) -> IncidentPlace:
    code = cells.integer("where_prec")
    if code not in PRECISION_OF_WHERE:
        raise DataError(f"where_prec is {cells['where_prec']!r}; UCDP has 1 to 7")
    precision: Precision = PRECISION_OF_WHERE[code]  # type: ignore[assignment]
    words = f"{cells['where_coordinates']} {cells['where_description']}"
    if precision == "line" and not _BORDER.search(words):
        precision = "unknown"  # a road or a valley is no stretch of the border
    lat, lon = cells.degrees("latitude", 90), cells.degrees("longitude", 180)
    country = atlas.country_numbered(gleditsch_ward=cells["country_id"]) or atlas.country_named(cells["country"])
    adm1 = atlas.province_named(cells["adm_1"], country) if cells["adm_1"] else None
    position = None if lat is None or lon is None else (lat, lon)
    if position and adm1 is None and precision in ("exact", "near", "adm2", "adm1"):
        adm1 = atlas.province_at(*position, country, None)
    name = cells["where_coordinates"] or cells["adm_2"] or cells["adm_1"]
    place = Place(id=f"ucdp:{lat},{lon}", name=name, kind="settlement", country=country, lat=lat, lon=lon)
    where = make_place(precision, place, adm1, atlas)
    return replace(where, radius_km=NEAR_KM) if where.precision == "near" else where


def _read_actors(cells: Cells, atlas: Atlas, *, one_sided: bool) -> tuple[Actor, ...]:
    sides = ("attacker", "target") if one_sided else ("party", "party")
    names = (cells["side_a"], cells["side_b"])
    return tuple(make_actor(name, None, side, atlas) for name, side in zip(names, sides, strict=True) if name)


def _read_claims(cells: Cells, actors: tuple[Actor, ...]) -> list[Claim]:
    """UCDP's low, best and high of the whole, and its deaths by side as parts of it."""
    low, best, high = (_read_deaths(cells, name) for name in ("low", "best", "high"))
    if best is None:
        raise DataError("best is empty, and an event of UCDP has a number of deaths")
    whole = Claim(
        metric="killed", subject="people", low=low, best=best, high=high, claimant=TITLE,
        claimant_party="database:UCDP", span=Span(start=0, end=0),
    )  # fmt: skip
    return [whole, *_read_parts(cells, actors, whole)]


def _read_parts(cells: Cells, actors: tuple[Actor, ...], whole: Claim) -> Iterator[Claim]:
    subjects = [(f"deaths_{letter}", actor.name, actor.party) for letter, actor in zip("ab", actors, strict=False)]
    subjects += [("deaths_civilians", "civilians", "civilians"), ("deaths_unknown", "unknown", None)]
    for column, subject, party in subjects:
        if deaths := _read_deaths(cells, column):
            party = "militants" if party and party.startswith("group:") else party
            yield replace(
                whole, subject=subject, subject_party=party, low=deaths, best=deaths, high=deaths, subset_of=0
            )  # fmt: skip


def _read_deaths(cells: Cells, name: str) -> int | None:
    deaths = cells.integer(name)
    if deaths is not None and not 0 <= deaths <= LARGEST_FIGURE:
        raise DataError(f"{name} is {cells[name]!r}, no number of deaths")
    return deaths
