"""``export``: incidents to a file, whole or not at all."""

from __future__ import annotations

import argparse

from geo.cli.selection import select
from geo.cli.streams import open_target, write_note
from geo.exchange.formats import FORMATS


def run(arguments: argparse.Namespace) -> int:
    """Write the incidents that match in the format asked for."""
    selection, setting = select(arguments)
    with open_target(arguments.target) as stream:
        FORMATS[arguments.format].write(stream, selection, setting)
    write_note(
        f"{len(selection.incidents):,} incidents and {len(selection.scopes):,} totals for several places written"
    )
    return 0
