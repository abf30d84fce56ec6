"""``export``: incidents to a file, whole or not at all."""

from __future__ import annotations

import argparse

from geo.cli.drawing import draw
from geo.cli.parser import CODED
from geo.cli.selection import note_kept_back, select
from geo.cli.streams import open_target, write_note
from geo.errors import UsageError
from geo.exchange.formats import FORMATS

PAST_FORMATS = ("csv", "xlsx", "geojson", "kml", "docx")
"""What an earlier state can be written as; the others are made of the tables as they are."""


def run(arguments: argparse.Namespace) -> int:
    """Write the incidents that match in the format asked for."""
    if arguments.asof and arguments.format not in PAST_FORMATS:
        raise UsageError(f"--asof writes {', '.join(PAST_FORMATS)}; {arguments.format} holds the data as it is now")
    if arguments.format == "png":
        return draw(arguments)
    if arguments.format in CODED:
        from geo.cli.coded import export_coded

        return export_coded(arguments)
    selection, setting = select(arguments)
    with open_target(arguments.target) as stream:
        FORMATS[arguments.format].write(stream, selection, setting)
    write_note(
        f"{len(selection.incidents):,} incidents and {len(selection.scopes):,} totals for several places written"
    )
    note_kept_back(selection)
    return 0
