"""Incidents as KML 2.2 (OGC 07-147r2) for Google Earth: a placemark an incident and place, with its days to slide over.

A geometry is never finer than the report (``geo.exchange.shapes``); a toll stands on the first placemark of its
incident, a figure for several places on one of its own. Google Earth reads descriptions as HTML, so what comes from
articles is escaped once for HTML and once for XML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, BinaryIO

from lxml import etree
from lxml.builder import ElementMaker

from geo.borders import Border
from geo.exchange.colours import ACCENT, COLOURS
from geo.exchange.geojson import list_features
from geo.exchange.shapes import Geometry, line_geometry
from geo.exchange.table import Selection, describe_selection
from geo.gazetteer import Gazetteer

KML = "http://www.opengis.net/kml/2.2"

_E = ElementMaker(namespace=KML, nsmap={None: KML})
_NAME = re.compile(r"[A-Za-z0-9._-]+\Z")
_DESCRIBED = ("claims", "sources", "source_urls")
"""Fields that stand in the description, in lines of their own."""
_OMITTED = ("title", *_DESCRIBED)
_TOTAL, _BORDER, _UNDATED = "Figures for several places", "The border", "Date unknown"

Json = Mapping[str, Any]


def write_kml(stream: BinaryIO, selection: Selection, *, border: Border, gazetteer: Gazetteer) -> None:
    """Write the selection as one document with a folder for each month: the same bytes for the same selection."""
    papers = describe_selection(selection)
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{KML}}}kml", nsmap={None: KML}), file.element(f"{{{KML}}}Document"):
            file.write(_E.name(papers["title"]), _E.open("1"))
            file.write(_E.description(_as_html(f"{name}: {value}" for name, value in papers.items())))
            for style in _list_styles():
                file.write(style)
            for name, features in groupby(list_features(selection, border, gazetteer), _folder_of):
                with file.element(f"{{{KML}}}Folder"):
                    file.write(_E.name(name))
                    for feature in features:
                        file.write(_placemark(feature))
                        file.write("\n")
            file.write(_E.Folder(_E.name(_BORDER), _draw_border(border)))


def _folder_of(feature: Json) -> str:
    """The month of an incident, or what it is instead."""
    said = feature["properties"]
    day: str | None = None if said["record"] == "total" else said["date_start"] or said["date_end"]
    return day[: len("2025-10")] if day else _TOTAL if said["record"] == "total" else _UNDATED


def _placemark(feature: Json) -> etree._Element:
    """The elements in the order of the schema."""
    said = feature["properties"]
    mark = _E.Placemark(_E.name(said["title"]), _E.Snippet(said["review"], maxLines="1"))
    if _NAME.match(feature["id"].replace(":", ".")):
        mark.set("id", "f." + feature["id"].replace(":", "."))
    mark.append(_E.description(_as_html(_describe(said))))
    if said.get("date_start") or said.get("date_end"):
        mark.append(_time_span(said["date_start"], said["date_end"]))
    mark.append(_E.styleUrl(f"#{_style_of(said)}"))
    mark.append(_E.ExtendedData(*(_data(name, value) for name, value in said.items() if _is_told(name, value))))
    if feature["geometry"]:
        mark.append(_geometry(feature["geometry"]))
    return mark


def _describe(said: Json) -> Iterator[str]:
    yield said["title"]
    yield said["review"]
    for name in _DESCRIBED:
        yield from said[name].split("; ") if said[name] else ()


def _as_html(lines: Iterable[str]) -> str:
    return "<br/>".join(map(html.escape, lines))


def _is_told(name: str, value: object) -> bool:
    return name not in _OMITTED and value is not None and value != ""


def _data(name: str, value: object) -> etree._Element:
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return _E.Data(_E.value(text), name=name)


def _time_span(start: str | None, end: str | None) -> etree._Element:
    """First and last day; one alone stands for both."""
    return _E.TimeSpan(_E.begin(start or end), _E.end(end or start))


# ---- geometry --------------------------------------------------------------------------------------------------------
def _geometry(shape: Geometry) -> etree._Element:
    kind, coordinates = shape["type"], shape["coordinates"]
    if kind.startswith("Multi"):
        single = kind.removeprefix("Multi")
        return _E.MultiGeometry(*(_geometry({"type": single, "coordinates": part}) for part in coordinates))
    if kind == "Point":
        return _E.Point(_coordinates([coordinates]))
    if kind == "LineString":
        return _E.LineString(_E.tessellate("1"), _coordinates(coordinates))
    outer, *inner = coordinates
    rings = [_E.innerBoundaryIs(_E.LinearRing(_coordinates(ring))) for ring in inner]
    return _E.Polygon(_E.tessellate("1"), _E.outerBoundaryIs(_E.LinearRing(_coordinates(outer))), *rings)


def _coordinates(points: Iterable[Iterable[float]]) -> etree._Element:
    return _E.coordinates(" ".join(",".join(map(str, point)) for point in points))


def _draw_border(border: Border) -> etree._Element:
    note = border.disputed_note or ""
    return _E.Placemark(
        _E.name(f"{border.name} ({note})" if note else border.name),
        _E.styleUrl("#border"),
        _geometry(line_geometry(border)),
    )


# ---- styles ----------------------------------------------------------------------------------------------------------
def _style_of(said: Json) -> str:
    return "total" if said["record"] == "total" else str(said["category"])


def _list_styles() -> Iterator[etree._Element]:
    """One style a category, as the legend of the dashboard has them, and those of totals and of the line."""
    for category, colour in COLOURS.items():
        yield _style(category, colour, fill="2e")
    yield _style("total", ACCENT, fill="26")
    yield _E.Style(_E.LineStyle(_E.color(_colour(ACCENT, "ff")), _E.width("2")), id="border")


def _style(name: str, colour: str, *, fill: str) -> etree._Element:
    opaque = _colour(colour, "ff")
    return _E.Style(
        _E.IconStyle(_E.color(opaque), _E.scale("0.9")),
        _E.LabelStyle(_E.scale("0")),
        _E.LineStyle(_E.color(opaque), _E.width("1.4")),
        _E.PolyStyle(_E.color(_colour(colour, fill))),
        _E.BalloonStyle(_E.text("$[description]")),
        id=name,
    )


def _colour(code: str, alpha: str) -> str:
    """A colour as KML writes it: alpha, blue, green, red."""
    return f"{alpha}{code[5:7]}{code[3:5]}{code[1:3]}".lower()
