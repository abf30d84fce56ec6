"""Editions of the made-up incidents, as the tests of editions make them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from page_world import NOW

from geo.cli import main
from geo.edition.material import Material, gather_material
from geo.edition.page import write_edition
from geo.exchange.table import select_incidents
from geo.filters import Link, read_link, write_filter
from geo.pipeline import load_tools
from geo.snapshot import match, take_snapshot
from geo.store import Store
from geo.wording.words import Words


def gather(store: Store, query: str = "", *, language: str = "en") -> Material:
    """What an edition of a filter is made of."""
    tools = load_tools("AF-PK")
    snapshot = take_snapshot(store, tools.border, tools.gazetteer)
    link: Link = read_link(query)[0]
    ids = [snapshot.ids[int(index)] for index in match(snapshot, link.filter).nonzero()[0]]
    selection = select_incidents(store, ids, query=write_filter(link.filter), time=NOW)
    return gather_material(store, snapshot, selection, Words(language))


def write(store: Store, query: str = "", *, language: str = "en") -> bytes:
    """The edition of a filter."""
    stream = BytesIO()
    write_edition(stream, gather(store, query, language=language))
    return stream.getvalue()


def publish(folder: Path, store: Path, query: str = "") -> int:
    """Exit status of the command."""
    return main(["publish", str(folder), query, "--store", str(store)])
