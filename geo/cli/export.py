"""``export``: incidents to a file, whole or not at all."""

from __future__ import annotations

import argparse
from typing import BinaryIO

from geo.cli.selection import select
from geo.cli.streams import open_target, write_note
from geo.exchange.table import Selection


def run(arguments: argparse.Namespace) -> int:
    """Write the incidents that match in the format asked for."""
    selection = select(arguments)
    with open_target(arguments.target) as stream:
        _WRITERS[arguments.format](stream, selection)
    write_note(
        f"{len(selection.incidents):,} incidents and {len(selection.scopes):,} totals for several places written"
    )
    return 0


def _write_csv(stream: BinaryIO, selection: Selection) -> None:
    from geo.exchange.csv import write_csv

    write_csv(stream, selection)


def _write_geojson(stream: BinaryIO, selection: Selection) -> None:
    from geo.exchange.geojson import write_geojson  # GeoPandas takes 0.5 s to import
    from geo.pipeline import load_tools
    from geo.settings import read_option

    tools = load_tools(read_option("BORDER_INCIDENTS_BORDER"))
    write_geojson(stream, selection, border=tools.border, gazetteer=tools.gazetteer)


_WRITERS = {"csv": _write_csv, "geojson": _write_geojson}
