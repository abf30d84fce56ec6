"""``watch``: feeds asked again and again, and what they announce read into the store."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn

from geo.cli.streams import write_note
from geo.errors import BorderIncidentsError
from geo.fetch import Fetcher
from geo.ingest import Ended
from geo.ingest.feed_list import read_feed_list
from geo.ingest.politeness import PoliteFetcher
from geo.ingest.watching import Polled, Witness, watch, watch_once
from geo.logs import start_log
from geo.pipeline import load_tools
from geo.store import open_store

log = logging.getLogger(__name__)

_DONE, _DONE_WITH_ERRORS, _INTERRUPTED = 0, 3, 130


def run(arguments: argparse.Namespace) -> int:
    """Watch the feeds of a list until someone ends it, or once; 3 when a feed or a page could not be read."""
    feeds = read_feed_list(Path(arguments.feeds))
    with closing(open_store(arguments.store)) as store:
        tools = load_tools(arguments.border, store.aliases(arguments.border))
        teller = _Teller(on_terminal=sys.stderr.isatty())
        witness = Witness(polled=teller.tell_polled, ended=teller.tell_ended, failed=teller.tell_failed)
        fetcher = PoliteFetcher(Fetcher())
        if not teller.on_terminal:
            os.environ.setdefault("BORDER_INCIDENTS_LOG", "info")
            start_log()
        end_at_once()
        if not arguments.once:
            watch(store, tools, feeds, fetcher, witness)
        fine = watch_once(store, tools, feeds, fetcher, witness)
        teller.sum_up()
        return _DONE if fine and not teller.aside else _DONE_WITH_ERRORS


def end_at_once() -> None:
    """Let Ctrl-C and SIGTERM end the process where it stands: all that counts is in the store by then.

    Nothing is waited for, neither a page that is on its way nor the thread that reads; what was taken from the queue is
    free again as soon as the process is gone.
    """

    def end(number: int, frame: FrameType | None) -> NoReturn:
        sys.stderr.flush()
        sys.stdout.flush()
        os._exit(_INTERRUPTED if number == signal.SIGINT else _DONE)

    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, end)


@dataclass
class _Teller:
    """Says what is done: on a terminal in lines for a person, with a count that is written over; else in the log."""

    on_terminal: bool
    read: int = 0
    incidents: int = 0
    aside: int = 0
    _count: str = field(default="", repr=False)

    def tell_polled(self, polled: Polled) -> None:
        """A line for a feed."""
        self._tell(str(polled), logging.WARNING if polled.state.message else logging.INFO)

    def tell_ended(self, ended: Ended) -> None:
        """A page that was read is counted, one that was put aside has a line."""
        self.aside += ended.error is not None
        if ended.added is not None:
            self.read += 1
            self.incidents += len(ended.added.incidents)
        if ended.error is not None:
            self._tell(f"put aside: {ended.error}", logging.WARNING)
        if self.on_terminal:
            self._write_count()
        elif ended.error is None:
            log.info("read %s", ended.document.source)

    def tell_failed(self, error: BorderIncidentsError) -> None:
        """A line for a store that does not work."""
        self._tell(f"{error}; it is tried again", logging.ERROR)

    def sum_up(self) -> None:
        """The last line."""
        self._tell(self._sum(), logging.INFO)

    def _tell(self, line: str, level: int) -> None:
        if not self.on_terminal:
            log.log(level, "%s", line)
            return
        self._clear()
        write_note(line)

    def _sum(self) -> str:
        return f"{self.read:,} pages read with {self.incidents:,} incidents, {self.aside:,} put aside"

    def _write_count(self) -> None:
        self._clear()
        self._count = self._sum()
        sys.stderr.write(self._count)
        sys.stderr.flush()

    def _clear(self) -> None:
        sys.stderr.write(f"\r{' ' * len(self._count)}\r")
        self._count = ""
