"""``merge``: a person says that two incidents are one."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from geo.cli.streams import write_line
from geo.decisions import merge_incidents
from geo.settings import read_option
from geo.store import open_store


def run(arguments: argparse.Namespace) -> int:
    """Merge, and say what became of the two."""
    store = open_store(arguments.store, read_only=bool(read_option("BORDER_INCIDENTS_READ_ONLY")), make=False)
    kept = merge_incidents(
        store, arguments.kept, arguments.other, who=arguments.who, time=datetime.now(UTC), reason=arguments.reason
    )
    write_line(f"{arguments.other} was merged into {kept.id}, now told by {len(kept.articles):,} articles")
    return 0
