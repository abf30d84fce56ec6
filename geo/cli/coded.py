"""``export acled|ucdp``: incidents in another database's columns, with an account of what was derived and refused."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
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
    with _open_report(arguments.report) as write, open_target(arguments.target) as stream:
        written = write_coded(
            stream, selection, scheme, terms, store=setting.store,
            note=lambda derived: write(("derived", *derived)) if write else None,
        )  # fmt: skip
        for refused in written.refused:
            if write:
                write(("refused", refused.id, "", "", refused.reason))
    _tell(written, scheme)
    note_kept_back(selection)
    return 3 if written.refused else 0


def _tell(written: Written, scheme: Scheme) -> None:
    """What became of the incidents, on standard error."""
    for (column, rule), count in sorted(written.rules.items()):
        write_note(f"derived: {column} of {count:,} rows: {rule}")
    for refused in written.refused[:MOST_NAMED]:
        write_note(f"refused: {refused.id}: {refused.reason}")
    if len(written.refused) > MOST_NAMED:
        write_note(f"refused: {len(written.refused) - MOST_NAMED:,} more; --report names all")
    write_note(
        f"{written.untouched:,} rows of {scheme.title} as they came, {written.edited:,} as a person changed them, "
        f"{written.converted:,} other incidents converted, {len(written.refused):,} refused"
    )


@contextmanager
def _open_report(path: str | None) -> Iterator[Callable[[Iterable[str]], object] | None]:
    """Takes the rows of the report; None when none is wanted."""
    if path is None:
        yield None
        return
    with write_whole(Path(path)) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
        try:
            write = csv.writer(text).writerow
            write(("what", "event", "column", "cell", "why"))
            yield write
        finally:
            text.detach()
