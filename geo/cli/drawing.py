"""``export png``: a page to print of what a link shows."""

from __future__ import annotations

import argparse

from geo.cli.selection import read_view
from geo.cli.streams import open_target, write_note
from geo.pipeline import load_tools
from geo.settings import read_option
from geo.store import open_store
from geo.wording.papers import read_papers
from geo.wording.words import LANGUAGES, Words


def draw(arguments: argparse.Namespace) -> int:
    """Write the picture; raises UsageError for a filter that cannot be read."""
    from geo.exchange.asked import describe_filter
    from geo.exchange.cutting import cut_kept_back
    from geo.pictures import LAYERS, draw_link_page  # numpy and Pillow take 0.2 s to import
    from geo.snapshot import list_known, take_snapshot

    store = open_store(arguments.store, read_only=True, released=not arguments.whole)
    tools = load_tools(read_option("BORDER_INCIDENTS_BORDER"))
    snapshot = cut_kept_back(take_snapshot(store, tools.border, tools.gazetteer), store)
    link = read_view(arguments.filter, list_known(snapshot, languages=LANGUAGES, layers=LAYERS))
    words = Words(link.lang or "en")
    shown = describe_filter(link.filter, tools.gazetteer, words)
    picture = draw_link_page(
        snapshot, link, words, shown=shown, as_of=read_papers(store, snapshot.revision).latest
    )  # fmt: skip
    with open_target(arguments.target) as stream:
        stream.write(picture)
    write_note("one picture written")
    return 0
