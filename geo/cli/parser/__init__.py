"""Commands and options, and the page that ``--help`` of each shows."""

from __future__ import annotations

import argparse

from geo import __version__
from geo.cli.parser.bringing import describe_add, describe_import, describe_lint, describe_queue, describe_watch
from geo.cli.parser.deciding import describe_merge, describe_split
from geo.cli.parser.formats import CODED, EXPORT_FORMATS, IMPORT_FORMATS
from geo.cli.parser.giving import describe_export, describe_list, describe_publish
from geo.cli.parser.keeping import describe_backup, describe_restore, describe_verify
from geo.cli.parser.parts import STATUS
from geo.cli.parser.reading import describe_geocode, describe_read, describe_where
from geo.cli.parser.serving import describe_desk, describe_people, describe_serve, describe_settings

__all__ = ["CODED", "EXPORT_FORMATS", "IMPORT_FORMATS", "build_parser"]


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; every command stands in ``command``."""
    parser = argparse.ArgumentParser(
        prog="border-incidents",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Articles in, a map of border incidents out: who says what, and how sure the place is.",
        epilog="Each command has a page of its own: border-incidents COMMAND --help" + "\n" + STATUS,
    )
    parser.add_argument("--version", action="version", version=f"border-incidents {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")
    for describe in (
        describe_serve, describe_desk, describe_people, describe_read, describe_add, describe_watch, describe_queue,
        describe_list, describe_export, describe_publish, describe_import, describe_lint, describe_merge,
        describe_split, describe_where, describe_geocode, describe_verify, describe_backup, describe_restore,
        describe_settings,
    ):  # fmt: skip
        describe(commands)
    return parser
