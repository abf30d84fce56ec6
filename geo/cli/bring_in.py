"""``import``: a file of another database into the store, in one change."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from geo.cli.streams import open_source, report_error, write_line
from geo.errors import DataError
from geo.exchange.schemes import SCHEMES
from geo.imports import import_file
from geo.pipeline import load_tools
from geo.store import open_store

MOST_NAMED = 50
"""Rows left out that are named one by one."""


def run(arguments: argparse.Namespace) -> int:
    """Import, and say what became of the rows; 3 when some were left out."""
    scheme = SCHEMES[arguments.format]
    store = open_store(arguments.store)
    tools = load_tools(arguments.border, store.aliases(arguments.border))
    with open_source(arguments.source) as stream:
        try:
            done = import_file(store, stream, scheme, tools, time=datetime.now(UTC))
        except DataError as error:
            raise DataError(f"{arguments.source}: {error}") from error
    where = "feature" if arguments.format == "geojson" else "line"
    for row in done.left_out[:MOST_NAMED]:
        report_error(DataError(f"{arguments.source}: {where} {row.line}: {row.reason}"))
    if len(done.left_out) > MOST_NAMED:
        report_error(DataError(f"{arguments.source}: {len(done.left_out) - MOST_NAMED:,} more rows cannot be read"))
    write_line(
        f"{scheme.title}: {done.added:,} rows added, {done.changed:,} replaced by a newer version, "
        f"{done.unchanged:,} were there already, {len(done.left_out):,} left out"
    )
    return 3 if done.left_out else 0
