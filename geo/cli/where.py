"""``where``: what the places in a text resolve to, and why."""

from __future__ import annotations

import argparse
import json

from geo.articles import make_article
from geo.cli.sheet import draw_table
from geo.cli.streams import open_source, write_line
from geo.exchange.contract import resolution_as_record
from geo.model import Place, Resolution
from geo.pipeline import Tools, load_tools, read_article
from geo.settings import byte_limit

_HEADER = ("text", "role", "place", "kind", "province", "score", "reason", "candidates")
_SHARES = (14, 10, 20, 10, 8, 5, 26, 21)


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each place name of the text."""
    article = make_article(_read_text(arguments.text))
    toponyms = read_article(article, _load_tools(arguments)).toponyms
    if arguments.json:
        write_line(json.dumps([resolution_as_record(toponym) for toponym in toponyms], ensure_ascii=False))
    elif toponyms:
        write_line(draw_table(_HEADER, map(_row, toponyms), shares=_SHARES).rstrip("\n"))
    else:
        write_line("no place name found")
    return 0


def _load_tools(arguments: argparse.Namespace) -> Tools:
    """Gazetteer and border; where a store is named, with what its editors say names mean."""
    if not arguments.store:
        return load_tools(arguments.border)
    from geo.store import open_store  # SQLAlchemy takes 0.2 s to import

    store = open_store(arguments.store, read_only=True)
    try:
        return load_tools(arguments.border, store.aliases(arguments.border))
    finally:
        store.close()


def _read_text(given: str) -> str:
    if given != "-":
        return given
    with open_source("-") as source:
        return source.read(byte_limit()).decode("utf8", errors="replace")


def _row(resolution: Resolution) -> tuple[str, ...]:
    place = resolution.place
    return (
        resolution.toponym.text,
        resolution.toponym.role,
        f"{place.name} [{place.id}]" if place else "not sure",
        place.kind if place else "",
        place.adm1 or place.country or "" if place else "",
        f"{resolution.score:.2f}",
        resolution.reason,
        "; ".join(_rival(rival.place, rival.score) for rival in resolution.candidates if rival.place != place),
    )


def _rival(place: Place, score: float) -> str:
    where = place.adm1 or place.country
    return f"{place.name}{f' ({where})' if where else ''} {score:.2f}"
