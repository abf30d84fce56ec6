"""What the pages of several commands share."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from typing import TypeAlias

from geo.settings import default_store, read_option

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where each command is added."""

_WIDTH = 80

STATUS = """
exit status:
  0  done
  1  could not: the sentence on standard error says why
  2  wrong usage
  3  done, with errors that were reported
"""

_FILTER = """
filter:
  The query string of a shared link, in quotes. Every key is optional; lists are
  separated by commas.
    from, to     first and last day, as 2025-03-01
    country      AF, PK
    province     ISO 3166-2 codes, as AF-NAN,PK-KP
    type         clash, strike, shelling, bombing, raid, crossings, other
    actor        who was involved, by name
    claimant     who says so: state:AF, group:TTP, un, ngo, medical, local, media,
                 database:UCDP
    precision    exact, near, adm2, adm1, line, country, unknown; total for a figure
                 for several places, border for the line with no stretch named
    within_km    place and distance, as border:torkham,25
    border_km    distance to the border line
    km           a stretch of the line, as 120-340: first and last kilometre
    side         country on whose side of the line it happened
    status       draft, imported, reviewed, published
    source       an outlet by its name
    language     language of a report: en, ur, ps, fa
    killed       at least so many dead, by the lowest claim; incidents without a
                 figure are left out
    wounded      the same of the wounded
    located_km   only what is located within so many km: a named place is exact,
                 "near" has its radius, districts and provinces count by their
                 size; the line and countries are left out
    q            words, all of them, in any script and spelling; the name of a
                 place stands for all its names
"""


def add_command(
    commands: Commands, name: str, short: str, about: str, examples: str, *, filters: bool = False
) -> argparse.ArgumentParser:
    """A command whose page says what it is about, shows examples and, where it has one, the filter."""
    return commands.add_parser(
        name,
        help=short,
        description=_fill(about),
        epilog=textwrap.dedent(examples).strip() + "\n" + (_FILTER if filters else "") + STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _fill(text: str) -> str:
    """Paragraphs set to the width of a page; indented ones stay as they are."""
    paragraphs = textwrap.dedent(text).strip().split("\n\n")
    return "\n\n".join(part if part.startswith(" ") else textwrap.fill(part, _WIDTH) for part in paragraphs)


def add_store(parser: argparse.ArgumentParser) -> None:
    """``--store``: where incidents are kept."""
    parser.add_argument(
        "--store",
        metavar="S",
        help="a file (SQLite) or a database address "
        f"(default: BORDER_INCIDENTS_STORE, else {str(default_store()).replace('%', '%%')})",
    )


def add_asof(parser: argparse.ArgumentParser) -> None:
    """``--asof``: an earlier state of the data."""
    parser.add_argument(
        "--asof",
        metavar="DAY|REVISION",
        default="",
        help="the data as it was at the end of a day (UTC) or at a data revision (default: as it is now)",
    )


def add_whole(parser: argparse.ArgumentParser) -> None:
    """``--whole``: also what is held back from readers."""
    parser.add_argument(
        "--whole",
        action="store_true",
        help="for the newsroom's own use: with all that is held back from readers, and with names of victims",
    )


def add_border(parser: argparse.ArgumentParser) -> None:
    """``--border``: the border in view."""
    border = read_option("BORDER_INCIDENTS_BORDER")
    parser.add_argument(
        "--border",
        default=border,
        metavar="CODE",
        help=f"the border in view: two ISO country codes (default: {border.replace('%', '%%')})",
    )


def add_filter(parser: argparse.ArgumentParser) -> None:
    """The filter, as the one thing that may be named without an option."""
    parser.add_argument("filter", nargs="?", default="", metavar="FILTER", help="which incidents (default: all)")


def _bounded(least: int, most: int, what: str) -> Callable[[str], int]:
    def read(written: str) -> int:
        if not (written.isascii() and written.isdigit() and least <= int(written[:9]) <= most):
            raise argparse.ArgumentTypeError(f"{written!r} is not {what} from {least} to {most}")
        return int(written)

    return read


read_port = _bounded(1, 65_535, "a port")
read_count = _bounded(1, 512, "a number")
