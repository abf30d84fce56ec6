"""``geocode``: places that the geocoder did not answer for while their articles were read, asked for again."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from geo.cli.streams import write_line, write_note
from geo.errors import UsageError
from geo.ingest.asking import ask_again
from geo.pipeline import ask_for_places, load_tools
from geo.store import open_store


def run(arguments: argparse.Namespace) -> int:
    """Ask for what was left open; 3 when some is still not answered."""
    store = open_store(arguments.store)
    tools = ask_for_places(load_tools(arguments.border, store.aliases(arguments.border)), store)
    if tools.locator is None:
        raise UsageError("there is nobody to ask: BORDER_INCIDENTS_NOMINATIM names no server")
    found = unanswered = 0
    for asked in ask_again(store, tools, time=datetime.now(UTC)):
        write_line("\t".join((asked.article.id, ",".join(asked.found) or "-", ",".join(asked.open) or "-")))
        found, unanswered = found + len(asked.found), unanswered + len(asked.open)
    write_note(f"{found:,} places found, {unanswered:,} names still not answered for")
    return 3 if unanswered else 0
