"""``publish``: an edition, its data and a page for each incident as static files."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from geo.cli.selection import note_kept_back, read_view
from geo.cli.streams import write_note
from geo.errors import StoreError
from geo.exchange.asked import describe_filter
from geo.exchange.table import Selection, select_incidents
from geo.filters import Link, write_filter
from geo.pipeline import load_tools
from geo.settings import read_option
from geo.snapshot import Snapshot, list_known, match, take_snapshot
from geo.snapshot.matching import HIDDEN
from geo.store import Store, open_store
from geo.wording.words import LANGUAGES, Words

_ATTEMPTS = 5


def run(arguments: argparse.Namespace) -> int:
    """Publish the incidents that match, withdrawn ones never."""
    from geo.edition.material import gather_material
    from geo.edition.publishing import publish
    from geo.memory import without_collection

    store = open_store(arguments.store, read_only=True, released=not arguments.whole)
    with without_collection():
        snapshot, link, selection = _select(store, arguments.filter)
        material = gather_material(store, snapshot, selection, Words(link.lang or "en"))
        names = publish(Path(arguments.folder), material)
    note_kept_back(selection)
    write_note(f"{len(material.incidents):,} incidents published in {arguments.folder}: {len(names):,} files")
    return 0


def _select(store: Store, query: str) -> tuple[Snapshot, Link, Selection]:
    """The incidents of one data revision that match; raises UsageError for a filter that cannot be used."""
    tools = load_tools(read_option("BORDER_INCIDENTS_BORDER"))
    for _ in range(_ATTEMPTS):
        snapshot = take_snapshot(store, tools.border, tools.gazetteer)
        link = read_view(query, list_known(snapshot, languages=LANGUAGES))
        shown = match(snapshot, link.filter) & ~snapshot.labels["status"].find([HIDDEN])
        ids = [snapshot.ids[int(index)] for index in shown.nonzero()[0]]
        asked = describe_filter(link.filter, tools.gazetteer, Words(link.lang or "en"))
        selection = select_incidents(
            store, ids, query=write_filter(link.filter), asked=asked, time=_time_of_revision(store)
        )
        if selection.revision == snapshot.revision:
            return snapshot, link, selection
    raise StoreError(f"{store.name} changes faster than it can be published; try again in a moment")


def _time_of_revision(store: Store) -> datetime:
    """When the newest revision was made: the same data gives the same files, whenever they are written."""
    times = store.read_columns({"revision": ("time",)}, ordered=False).tables["revision"]["time"]
    newest = max(times, default="1970-01-01T00:00:00+00:00")
    return datetime.fromisoformat(newest).astimezone(UTC)
