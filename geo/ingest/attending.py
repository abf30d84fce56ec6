"""Documents that somebody waits for: read at once, before and beside all others, in a process of their own.

A large job of another process may hold the front of the queue for hours. What an editor hands over does not wait for
it: it is taken out of its turn, by a process that may crash or hang over it without harm. What a desk that died had not
read yet, the next one reads when it begins.
"""

from __future__ import annotations

import logging
import threading
import time as clock
from collections.abc import Iterable
from pathlib import Path

from geo.errors import BorderIncidentsError
from geo.ingest.crew import Crew
from geo.ingest.handing import EDITOR
from geo.ingest.sources import is_address
from geo.ingest.working import Fetch, work_on
from geo.model import Alias
from geo.pipeline import ask_for_places, load_tools
from geo.store import Document, Store

log = logging.getLogger(__name__)

LOOK_AGAIN_S = 2.0
"""How often those are looked at that another process holds, or whose time has not come."""
RETRY_S = 10.0
"""After which a store that could not be read or written is tried again."""
IDLE_S = 300.0
"""After which the process that reads is ended: it starts within two seconds, and takes 70 MB."""


def can_read_here(document: Document) -> bool:
    """Whether this machine has it: a page, bytes at hand, or a file that is there."""
    path = Path(document.source)
    return is_address(document.source) or not path.is_absolute() or path.is_file()


class Attendant:
    """Reads what somebody waits for, in a thread of its own that is started with the first of it; may be shared."""

    def __init__(self, store: Store, border: str, *, fetch: Fetch | None = None) -> None:
        self._store = store
        self._border = border
        self._fetch = fetch
        self._wanted: set[int] = set()
        self._lock = threading.Lock()
        self._called = threading.Event()
        self._thread: threading.Thread | None = None
        self._is_expected = False
        self._crew: Crew | None = None
        self._aliases: tuple[Alias, ...] = ()
        self._used_at = 0.0

    def attend(self, numbers: Iterable[int]) -> None:
        """Read the documents of these numbers as soon as can be; returns at once."""
        with self._lock:
            self._wanted.update(numbers)
        if self._list_wanted():
            self._call()

    def prepare(self) -> None:
        """Start the process that reads, for somebody is about to hand something over; returns at once."""
        self._is_expected = True
        self._call()

    def resume(self) -> None:
        """Read what was handed over and not read, because the desk that had it ended."""
        self.attend(self._store.documents.find_pending(EDITOR))

    def close(self) -> None:
        """End the process that reads; what it has not finished stays in the queue."""
        if self._crew:
            self._crew.close()
            self._crew = None

    def _call(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._attend, name="reading what editors add", daemon=True)
                self._thread.start()
        self._called.set()

    def _attend(self) -> None:
        while True:
            self._called.clear()
            wait_s = LOOK_AGAIN_S
            try:
                self._read_wanted()
            except BorderIncidentsError as error:
                log.error("what editors add cannot be read now: %s", error)
                wait_s = RETRY_S
                self.close()
            except Exception:  # the boundary: the thread must live, and the log has the traceback
                log.exception("what editors add cannot be read now")
                wait_s = RETRY_S
                self.close()
            self._called.wait(wait_s if self._list_wanted() else None if self._crew is None else IDLE_S)
            if self._crew and not self._list_wanted() and clock.monotonic() - self._used_at >= IDLE_S:
                self.close()

    def _read_wanted(self) -> None:
        """Read them, and forget those that have ended, whoever read them."""
        wanted, now = self._list_wanted(), clock.time()
        left = [one for one in self._store.documents.get(sorted(wanted)).values() if one.state == "pending"]
        with self._lock:
            self._wanted -= wanted - {one.number for one in left}
        if any((one.not_before or 0.0) <= now for one in left):
            work_on(self._store, self._list_wanted, self._open_crew(), fetch=self._fetch)
        elif self._is_expected:
            self._open_crew()
        self._is_expected = False

    def _list_wanted(self) -> frozenset[int]:
        with self._lock:
            return frozenset(self._wanted)

    def _open_crew(self) -> Crew:
        """The process that reads, which knows what editors say names mean now."""
        aliases = self._store.aliases(self._border)
        if self._crew is None or aliases != self._aliases:
            self.close()
            asks = ask_for_places(load_tools(self._border), self._store).locator is not None
            self._crew = Crew(self._border, aliases, jobs=1, store=self._store.address if asks else None)
            self._aliases = aliases
        self._used_at = clock.monotonic()
        return self._crew
