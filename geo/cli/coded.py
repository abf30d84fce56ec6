"""``export acled|ucdp``: incidents in another database's columns, with an account of what was derived and refused."""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path

from geo.cli.selection import note_kept_back, select
from geo.cli.streams import open_target, write_note
from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.exporting import Written, write_coded
from geo.exchange.coded.scheme import Scheme, Terms
from geo.exchange.files import write_whole
from geo.exchange.rights import STAYS
from geo.exchange.schemes import CODED

MOST_NAMED = 50
"""Refused incidents that are named one by one; a report names all."""


def export_coded(arguments: argparse.Namespace) -> int:
    """Write the incidents that match; 3 when some cannot be said in those columns."""
    scheme = CODED[arguments.format]
    # ACLED's own columns hold the user's own copy of its rows; no other file does
    selection, setting = select(arguments, local=scheme.name == STAYS)
    terms = Terms(atlas=Atlas(setting.gazetteer), border=setting.border)
    with open_target(arguments.target) as stream:
        written = write_coded(stream, selection, scheme, terms, store=setting.store)
    if arguments.report:
        _write_report(Path(arguments.report), written)
    _tell(written, scheme)
    note_kept_back(selection)
    return 3 if written.refused else 0


def _tell(written: Written, scheme: Scheme) -> None:
    """What became of the incidents, on standard error."""
    for (column, rule), count in sorted(written.count_rules().items()):
        write_note(f"derived: {column} of {count:,} rows: {rule}")
    for refused in written.refused[:MOST_NAMED]:
        write_note(f"refused: {refused.id}: {refused.reason}")
    if len(written.refused) > MOST_NAMED:
        write_note(f"refused: {len(written.refused) - MOST_NAMED:,} more; --report names all")
    write_note(
        f"{written.untouched:,} rows of {scheme.title} as they came, {written.edited:,} as a person changed them, "
        f"{written.converted:,} other incidents converted, {len(written.refused):,} refused"
    )


def _write_report(path: Path, written: Written) -> None:
    with write_whole(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
        try:
            rows = csv.writer(text)
            rows.writerow(("what", "event", "column", "cell", "why"))
            rows.writerows(("derived", *derived) for derived in written.derived)
            rows.writerows(("refused", refused.id, "", "", refused.reason) for refused in written.refused)
        finally:
            text.detach()
