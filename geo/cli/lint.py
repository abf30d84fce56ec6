"""``lint``: what in a file of another database contradicts its codebook, one line a cell."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from geo.cli.streams import open_source, write_line, write_note
from geo.errors import DataError
from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.importing import LeftOut, read_rows
from geo.exchange.coded.scheme import Scheme, Terms
from geo.exchange.schemes import CODED
from geo.imports import largest_import
from geo.model import ImportedRow
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
                for finding in _find(line, row, scheme, terms):
                    write_line(display_text(finding))
                    found += 1
        except DataError as error:
            raise DataError(f"{arguments.source}: {error}") from error
    write_note(f"{rows:,} rows looked at, {found:,} cells contradict the codebook of {scheme.title}")
    return 3 if found else 0


def _find(line: int, row: ImportedRow | LeftOut, scheme: Scheme, terms: Terms) -> Iterator[str]:
    """The findings of a row: line, event, column and sentence, separated by tabs."""
    if isinstance(row, LeftOut):
        yield f"{line}\t-\t-\t{row.reason}"
        return
    for fault in scheme.lint(scheme.cells_of(row), terms):
        yield f"{line}\t{row.key}\t{fault.column}\t{fault.sentence}"
