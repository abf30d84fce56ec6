"""Plain lists of incidents: the CSV and GeoJSON this project writes, and any table of titles, days and points.

A row of this project's own keeps the incident's id, so that what the store holds already stays as it is there; one
without id is known by its cells. A list says less than a store: claims come back as their phrase says them, without the
sentence of the report. What our own export says no person has checked stays so; all else is marked as imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import get_args
from uuid import UUID

from geo.errors import DataError
from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.days import read_day
from geo.exchange.coded.scheme import Cells, Scheme, Terms, Told, article_id
from geo.exchange.rows import FORMULA_STARTS
from geo.exchange.table import NOT_CHECKED
from geo.model import (
    Actor,
    Article,
    Claim,
    DatePrecision,
    DateRange,
    Incident,
    IncidentPlace,
    Metric,
    Place,
    Precision,
    Source,
    Span,
    Status,
    Toll,
)
from geo.taxonomy import EVENT_TYPE_OF
from geo.totals import TOLLED_METRICS

OWN_OUTLET = "Imported list"
"""The outlet of a row that names none."""
KEPT_COLUMNS = (
    "id", "title", "event_type", "sub_event_type", "date_start", "date_end", "date_precision", "recalled", "places",
    "place_ids", "precision", "radius_km", "provinces", "countries", "lat", "lon", "border_km_start", "border_km_end",
    "side", "actors", "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high",
    "claims", "sources", "source_urls",
)  # fmt: skip
"""Columns that are read; all others follow from them."""

_ALIASES = {
    "date": "date_start", "day": "date_start", "start": "date_start", "end": "date_end", "latitude": "lat",
    "longitude": "lon", "lng": "lon", "name": "title", "place": "places", "source": "sources", "url": "source_urls",
    "type": "sub_event_type", "country": "countries", "province": "provinces",
}  # fmt: skip
_CLAIM = re.compile(
    r"(?P<who>.*) \[(?P<party>[^\]]+)\]: (?P<said>.+?) (?P<metric>killed|wounded|captured|displaced|destroyed)"
    r"(?: \((?P<whom>[^()]*)\))?(?P<superseded>, superseded)?(?P<part>, part)?",
    re.DOTALL,
)
_FIGURE = re.compile(r"(?:(?P<bound>at least|up to) )?(?P<low>\d+)(?: to (?P<high>\d+))?(?: (?P<unit>.+))?")
_POINT_ID = re.compile(r"\w+:(?P<lat>-?\d+(?:\.\d+)?),(?P<lon>-?\d+(?:\.\d+)?)")
_AT = re.compile(r"(?P<name>.*?)(?: \((?P<side>attacker|target|party)\))?")


def make_scheme(name: str) -> Scheme:
    """The list as one of the files that are imported: "csv" or "geojson"."""
    return Scheme(
        name=name,  # type: ignore[arg-type]
        title="CSV" if name == "csv" else "GeoJSON",
        columns=KEPT_COLUMNS,
        aliases=_ALIASES,
        required=("title", "date_start"),
        key="id",
        key_pattern=re.compile("(?!)"),  # a list without first line says nothing
        read=read_row,
        describe=lambda incident, terms: {},
        frame=lambda incident, selection: {},
        refuse=lambda incident: "a list is written by export",
        restyle=lambda name, cell, cells: cell,
        lint=lambda cells, terms: iter(()),
        key_of=_key_of,
        id_of=row_id,
        skips=lambda cells: cells["record"] == "about",
    )


def read_row(cells: Cells, terms: Terms) -> Told:
    """The report that a row makes; raises DataError when its title, day, place or figures cannot be read."""
    if cells["record"] == "total":
        raise DataError(
            "it is one figure for several places, which a list cannot bring in; add the report that gives it"
        )
    title, sources = _read_title(cells), _read_sources(cells)
    text = "\n".join(filter(None, (title, _text(cells, "claims"))))
    article = Article(
        id=article_id("list", cells.row.key, text), text=text, title=title, publisher=sources[0].outlet,
        url=sources[0].url, language="en", sources=sources,
    )  # fmt: skip
    sub = cells["sub_event_type"]
    if sub and sub not in EVENT_TYPE_OF:
        raise DataError(f"sub_event_type is {sub!r}, which is none of ACLED's and no border action")
    incident = Incident(
        id=cells.row.id,
        title=title,
        event_type=EVENT_TYPE_OF.get(sub, cells["event_type"]),
        sub_event_type=sub,
        dates=_read_dates(cells),
        places=tuple(_read_places(cells, terms.atlas)),
        actors=tuple(_read_actors(cells)),
        claims=tuple(_read_claims(_text(cells, "claims"), article)),
        totals={metric: toll for metric in TOLLED_METRICS if (toll := _read_toll(cells, metric)) != Toll()},
        quote=Span(start=0, end=len(title)),
        background=cells["recalled"].lower() in ("yes", "true"),
        articles=(article.id,),
        status=_read_status(cells),
    )
    return Told(article, incident)


def _read_status(cells: Cells) -> Status:
    """That of an export of ours which no person has checked stays so; all else another database vouches for."""
    return "draft" if cells["status"] in ("draft", "lead") or cells["review"] == NOT_CHECKED else "imported"


def row_id(key: str) -> str:
    """Id of the incident of a row: its own where it has one."""
    try:
        return str(UUID(key))
    except ValueError:
        return article_id("list", key, "")


def _key_of(cells: Cells) -> str:
    """The incident's id, else all that the row says."""
    return cells["id"] or " | ".join(cell.strip() for cell in cells.row.cells)


def _read_title(cells: Cells) -> str:
    title = " ".join(_text(cells, "title").split())
    if not title:
        raise DataError("title is empty")
    return title


def _text(cells: Cells, name: str) -> str:
    """A text without the apostrophe that keeps spreadsheets from running it."""
    text = cells[name]
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def _parts(cells: Cells, name: str) -> list[str]:
    text = _text(cells, name)
    return text.split("; ") if text else []


def _read_sources(cells: Cells) -> tuple[Source, ...]:
    outlets, urls = _parts(cells, "sources"), _parts(cells, "source_urls")
    if "ACLED" in outlets:
        raise DataError("its source is ACLED, whose rows come in as ACLED's own file only")
    pairs = (
        zip_longest(outlets, urls) if len(outlets) == len(urls) or not outlets else ((name, None) for name in outlets)
    )
    return tuple(Source(outlet=outlet or OWN_OUTLET, url=url) for outlet, url in pairs) or (Source(outlet=OWN_OUTLET),)


def _read_dates(cells: Cells) -> DateRange:
    days = {name: read_day(cells[name]) for name in ("date_start", "date_end")}
    wrong = next((name for name, day in days.items() if day is None and cells[name]), None)
    if wrong:
        raise DataError(f"{wrong} is {cells[wrong]!r}, not a day such as 2025-10-11")
    start, end = days["date_start"], days["date_end"] or days["date_start"]
    if start and end and end < start:
        raise DataError(f"date_end {end} comes before date_start {start}")
    usual = "unknown" if start is None else "day" if start == end else "days"
    precision = cells["date_precision"] or usual
    if precision not in get_args(DatePrecision):
        raise DataError(f"date_precision is {precision!r}")
    return DateRange(start=start, end=end, precision=precision, rule="as the list has it")  # type: ignore[arg-type]


def _read_places(cells: Cells, atlas: Atlas) -> Iterator[IncidentPlace]:
    names, ids = _parts(cells, "places"), _parts(cells, "place_ids")
    precisions, provinces = _parts(cells, "precision"), _parts(cells, "provinces")
    lat = cells.degrees("lat", 90)
    count = max(len(names), len(precisions), lat is not None)
    for number in range(count):
        precision = precisions[number] if number < len(precisions) else "exact" if lat is not None else "unknown"
        if precision not in get_args(Precision):
            raise DataError(f"precision is {precision!r}; it is one of {', '.join(get_args(Precision))}")
        name = names[number] if number < len(names) else ""
        adm1 = provinces[number] if len(provinces) == count else provinces[0] if len(provinces) == 1 else None
        place = _find_place(ids[number] if number < len(ids) else "", name, cells, atlas)
        yield IncidentPlace(
            place=place,
            adm1=adm1 or (place.adm1 if place else None),
            precision=precision,  # type: ignore[arg-type]
            radius_km=_distance(cells, "radius_km") if count == 1 else None,
            border_km_start=_distance(cells, "border_km_start") if count == 1 else None,
            border_km_end=_distance(cells, "border_km_end") if count == 1 else None,
        )


def _find_place(id_: str, name: str, cells: Cells, atlas: Atlas) -> Place | None:
    """The place of an id, else the point of the row or of the id itself; None when nothing tells where it is."""
    known = atlas.place(id_) if id_ else None
    if known is not None:
        return known
    lat, lon = cells.degrees("lat", 90), cells.degrees("lon", 180)
    if (lat is None or lon is None) and (found := _POINT_ID.fullmatch(id_)):
        lat, lon = float(found["lat"]), float(found["lon"])
    if lat is None or lon is None:
        return None
    countries = _parts(cells, "countries")
    country = countries[0] if countries and re.fullmatch("[A-Z]{2}", countries[0]) else None
    country = country or (atlas.country_named(countries[0]) if countries else None)
    adm1 = atlas.province_at(lat, lon, country, None)
    country = country or (adm1.partition("-")[0] if adm1 else None)
    return Place(
        id=id_ or f"list:{lat},{lon}", name=name or f"{lat:g}, {lon:g}", kind="settlement", country=country, adm1=adm1,
        lat=lat, lon=lon,
    )  # fmt: skip


def _distance(cells: Cells, name: str) -> float | None:
    return cells.degrees(name, 20_000)


def _read_actors(cells: Cells) -> Iterator[Actor]:
    for part in _parts(cells, "actors"):
        found = _AT.fullmatch(part)
        if found:
            civilians = found["name"].lower().startswith("civilians")
            yield Actor(name=found["name"], kind="civilians" if civilians else "other", side=found["side"])


def _read_toll(cells: Cells, metric: str) -> Toll:
    low, best, high = (cells.integer(f"{metric}_{bound}") for bound in ("low", "best", "high"))
    if any(figure is not None and figure < 0 for figure in (low, best, high)):
        raise DataError(f"the {metric} are fewer than none")
    return Toll(low=low, best=best, high=high)


def _read_claims(text: str, article: Article) -> Iterator[Claim]:
    """The claims of phrases such as "a spokesman [state:AF]: at least 58 killed (forces:PK)"."""
    start, kept = len(article.text) - len(text), ""
    for part in text.split("; ") if text else ():
        kept = f"{kept}; {part}" if kept else part
        found = _CLAIM.fullmatch(kept)
        if found:
            yield _make_claim(found, Span(start=start, end=start + len(kept)), article.id)
            start, kept = start + len(kept) + 2, ""


def _make_claim(found: re.Match[str], span: Span, article: str) -> Claim:
    said, metric = found["said"], found["metric"]
    figure = _FIGURE.fullmatch(said)
    low = int(figure["low"][:18]) if figure else None
    high = int(figure["high"][:18]) if figure and figure["high"] else low
    bound = figure["bound"] if figure else None
    assert metric in get_args(Metric)
    return Claim(
        metric=metric,  # type: ignore[arg-type]
        subject="",
        subject_party=found["whom"],
        unit=(figure["unit"] if figure else None) or "people",
        low=None if bound == "up to" else low,
        best=low if figure and high == low and bound is None else None,
        high=None if bound == "at least" else high,
        qualifier=None if figure or said in ("denied", "no comment", "a number") else said,
        claimant="" if found["who"] == "the report" else found["who"],
        claimant_party=found["party"],
        stance={"denied": "denies", "no comment": "no_comment"}.get(said, "asserts"),  # type: ignore[arg-type]
        status="superseded" if found["superseded"] else "current",
        subset_of=0 if found["part"] else None,
        span=span,
        article_id=article,
    )
