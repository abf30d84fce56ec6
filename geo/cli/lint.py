"""``lint``: what in a file of another database contradicts its codebook, one line a cell."""

from __future__ import annotations

import argparse

from geo.cli.streams import open_source, write_line, write_note
from geo.errors import DataError
from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.importing import LeftOut, read_rows
from geo.exchange.coded.scheme import Terms
from geo.exchange.schemes import CODED
from geo.imports import largest_import
from geo.pipeline import load_tools
from geo.text import display_text


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 3 when there is one."""
    scheme = CODED[arguments.format]
    tools = load_tools(arguments.border)
    terms = Terms(atlas=Atlas(tools.gazetteer), border=tools.border)
    rows = found = 0
    with open_source(arguments.source) as stream:
        try:
            for line, row in read_rows(stream, scheme, largest=largest_import()):
                rows += 1
                for finding in _find(line, row, arguments.format, terms):
                    write_line(display_text(finding))
                    found += 1
        except DataError as error:
            raise DataError(f"{arguments.source}: {error}") from error
    write_note(f"{rows:,} rows looked at, {found:,} cells contradict the codebook of {scheme.title}")
    return 3 if found else 0


def _find(line: int, row: object, name: str, terms: Terms) -> list[str]:
    """The findings of a row: line, event, column and sentence, separated by tabs."""
    if isinstance(row, LeftOut):
        return [f"{line}\t-\t-\t{row.reason}"]
    scheme = CODED[name]
    faults = scheme.lint(scheme.cells_of(row), terms)  # type: ignore[arg-type]
    return [f"{line}\t{row.key}\t{fault.column}\t{fault.sentence}" for fault in faults]  # type: ignore[attr-defined]
