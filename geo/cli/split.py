"""``split``: a person says that an article tells of another incident."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from geo.cli.streams import write_line
from geo.decisions import split_incident
from geo.settings import read_option
from geo.store import open_store


def run(arguments: argparse.Namespace) -> int:
    """Split, and say under which ids the two are found."""
    store = open_store(arguments.store, read_only=bool(read_option("BORDER_INCIDENTS_READ_ONLY")), make=False)
    rest, off = split_incident(
        store, arguments.incident, arguments.article, who=arguments.who, time=datetime.now(UTC), reason=arguments.reason
    )
    write_line(f"{off.id} was split off; {rest.id} is told by the rest, articles {', '.join(rest.articles)}")
    return 0
