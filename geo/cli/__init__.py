"""The command line: ``border-incidents read|serve|add|list|export|import|lint|merge|split|where|verify``.

Exit status: 0 done, 1 could not, 2 wrong usage, 3 done with errors that were reported.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from geo.cli.parser import build_parser
from geo.errors import BorderIncidentsError, UsageError

DONE, COULD_NOT, WRONG_USAGE, DONE_WITH_ERRORS = 0, 1, 2, 3
INTERRUPTED = 130
"""What a shell reports of a program that Ctrl-C ended."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; the module of a command is imported when it is asked for."""
    arguments = build_parser().parse_args(argv)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="border-incidents: %(message)s")
    try:
        status: int = import_module(f"geo.cli.{getattr(arguments, 'module', arguments.command)}").run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader of our output went away ("| head"); nothing is to be said to anyone, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BorderIncidentsError as error:
        from geo.cli.streams import report_error  # which brings the exports: --help need not wait for them

        report_error(error)
        return WRONG_USAGE if isinstance(error, UsageError) else COULD_NOT
    except Exception:  # the boundary: a person gets a sentence, the log has the traceback
        logging.getLogger(__name__).exception("%s failed because of a fault in this program", arguments.command)
        return COULD_NOT
    return status
