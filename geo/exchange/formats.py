"""The formats incidents can be had in: the ending of the file, its media type, and what writes it.

The libraries of a format are imported when it is first written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    choose: Callable[[Store, Sequence[str]], Sequence[str]] | None = None
    """Which of the incidents asked for it holds, where it does not hold all."""


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


def _write_brief(stream: BinaryIO, selection: Selection, setting: Setting) -> None:
    from geo.exchange.brief import write_brief

    write_brief(stream, selection, setting)


def _write_feed(stream: BinaryIO, selection: Selection, setting: Setting) -> None:
    from geo.exchange.feed import write_feed

    write_feed(stream, selection, setting)


def _choose_newest(store: Store, ids: Sequence[str]) -> Sequence[str]:
    from geo.exchange.feed import choose_newest

    return choose_newest(store, ids)


FORMATS: Mapping[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", _write_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _write_xlsx),
    "gpkg": Format("application/geopackage+sqlite3", _write_geopackage),
    "geojson": Format("application/geo+json", _write_geojson),
    "kml": Format("application/vnd.google-earth.kml+xml", _write_kml),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _write_brief),
}
"""By the ending of the file."""
SERVED: Mapping[str, Format] = {
    **FORMATS,
    "atom": Format("application/atom+xml; charset=utf-8", _write_feed, attached=False, choose=_choose_newest),
}
"""What the interface gives: the files, and the newest changes as a feed."""
PACKED = ("xlsx", "docx")
"""Endings of files that are compressed already."""
