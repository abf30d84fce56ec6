"""The formats incidents can be had in: the ending of the file, its media type, and what writes it.

The libraries of a format are imported when it is first written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from geo.borders import Border
from geo.exchange.table import Selection
from geo.gazetteer import Gazetteer
from geo.store import Store
from geo.wording.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a selection is seen from."""

    store: Store
    """Where the selection was made."""
    border: Border
    gazetteer: Gazetteer
    words: Words = field(default_factory=lambda: Words("en"))
    """Language of the reader."""
    public_url: str = ""
    """Address of the dashboard, for links to it; empty when nobody outside can reach it."""


class Format(NamedTuple):
    """A kind of file."""

    kind: str
    """Media type."""
    write: Callable[[BinaryIO, Selection, Setting], None]
    attached: bool = True
    """Whether a browser keeps the file rather than showing it."""


def _write_csv(stream: BinaryIO, selection: Selection, _: Setting) -> None:
    from geo.exchange.csv import write_csv

    write_csv(stream, selection)


def _write_xlsx(stream: BinaryIO, selection: Selection, _: Setting) -> None:
    from geo.exchange.xlsx import write_xlsx

    write_xlsx(stream, selection)


def _write_geojson(stream: BinaryIO, selection: Selection, setting: Setting) -> None:
    from geo.exchange.geojson import write_geojson  # GeoPandas takes 0.5 s to import

    write_geojson(stream, selection, border=setting.border, gazetteer=setting.gazetteer)


def _write_geopackage(stream: BinaryIO, selection: Selection, setting: Setting) -> None:
    from geo.exchange.geopackage import write_geopackage

    write_geopackage(stream, selection, setting)


def _write_kml(stream: BinaryIO, selection: Selection, setting: Setting) -> None:
    from geo.exchange.kml import write_kml

    write_kml(stream, selection, border=setting.border, gazetteer=setting.gazetteer)


FORMATS: Mapping[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", _write_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _write_xlsx),
    "gpkg": Format("application/geopackage+sqlite3", _write_geopackage),
    "geojson": Format("application/geo+json", _write_geojson),
    "kml": Format("application/vnd.google-earth.kml+xml", _write_kml),
}
"""By the ending of the file."""
PACKED = ("xlsx", "docx")
"""Endings of files that are compressed already."""
