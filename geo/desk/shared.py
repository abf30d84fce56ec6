"""What all editors of one process share: the whole store, the border, names of places, and who reads what they add."""

from __future__ import annotations

from functools import cache
from threading import Lock

from geo.fetch import Fetcher
from geo.ingest import Attendant
from geo.ingest.politeness import PoliteFetcher
from geo.pipeline import load_tools
from geo.settings import read_option
from geo.snapshot import SnapshotKeeper
from geo.store import open_store
from geo.ui.shared import Shared

_OPENING = Lock()


def open_desk() -> Shared:
    """The store, whole and open for writing, opened once for the process."""
    with _OPENING:
        return _open()


def open_attendant() -> Attendant:
    """Who reads what editors add, for as long as the process lives."""
    shared = open_desk()
    with _OPENING:
        return _attend(shared)


@cache
def _attend(shared: Shared) -> Attendant:
    return Attendant(shared.store, shared.border.code, fetch=PoliteFetcher(Fetcher()).fetch_page)


@cache
def _open() -> Shared:
    store, border = open_store(), read_option("BORDER_INCIDENTS_BORDER")
    tools = load_tools(border, store.aliases(border))
    return Shared(store=store, tools=tools, keeper=SnapshotKeeper(store, tools.border))
