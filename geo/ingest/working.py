"""The queue drained: documents taken, read and written in the order of their numbers, by however many processes."""

from __future__ import annotations

import time as clock
from collections import deque
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice, takewhile

from geo.errors import ArticleError, FetchError, StoreError
from geo.fetch import Page
from geo.ingest.crew import Alone, Crew, Reader
from geo.ingest.politeness import find_wait
from geo.ingest.reading import ReadDocument, name_document
from geo.ingest.sources import is_address
from geo.ingest.writing import Ended, Held, write_documents
from geo.pipeline import Tools, ask_for_places
from geo.store import Counts, Document, Store, name_holder

Fetch = Callable[[str], Page]
Progress = Callable[[Ended], None]

WAIT_S = 0.2
"""How long to wait for what another process holds before looking again."""
LEASE_S = 60.0
"""For how long documents are held; renewed well before."""
MOST_WRITTEN = 50
"""Documents in one transaction: more make it no cheaper, and other writers wait for its end."""
LONGEST_UNWRITTEN_S = 0.5
"""After which what was read is written, however little it is."""
AHEAD = 96
"""Documents taken for each process that reads, so that none waits while others are written."""
FETCHERS = 8
"""Pages fetched at once."""


def work(
    store: Store,
    tools: Tools,
    *,
    jobs: int = 1,
    fetch: Fetch | None = None,
    progress: Progress | None = None,
    wait: bool = True,
) -> Counts:
    """Read all documents that are pending; returns the counts of the whole queue at the end.

    The outcome is the same for any number of ``jobs``: several processes read, and one writes in the order of the
    numbers. ``progress`` is told of each document when it is done or quarantined. With ``wait`` it stays until what
    another process holds is finished, or free; without, it leaves that to the other.
    """
    aliases, tools = store.aliases(tools.border.code), ask_for_places(tools, store)
    asking = store.address if tools.locator else None
    alone = jobs == 1
    reader: Reader = (
        Alone(tools, aliases, store=asking) if alone else Crew(tools.border.code, aliases, jobs=jobs, store=asking)
    )
    tray = _Tray(store, reader, fetch=fetch, progress=progress, ahead=AHEAD * jobs)
    try:
        while tray.has_work() or (wait and _is_pending(store)):
            tray.step()
    finally:
        tray.close()
    return store.documents.count()


def work_on(
    store: Store,
    wanted: Callable[[], Collection[int]],
    reader: Reader,
    *,
    fetch: Fetch | None = None,
    progress: Progress | None = None,
) -> None:
    """Read the documents of these numbers at once, out of their turn; what another process holds is left to it.

    ``wanted`` is asked again and again, for there may be more meanwhile. None of them waits for another: each is
    written when it is read. The reader stays open.
    """
    tray = _Tray(store, reader, fetch=fetch, progress=progress, ahead=AHEAD, wanted=wanted)
    try:
        while tray.has_work():
            tray.step()
    finally:
        tray.leave()


def _is_pending(store: Store) -> bool:
    """Whether another process holds documents whose time has come; it waits a little when so."""
    due = store.documents.next_due()
    if due is None or due > clock.time():
        return False
    clock.sleep(WAIT_S)
    return True


class _Tray:
    """Where documents lie from the moment they are taken until they are written, in the order of their numbers."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        *,
        fetch: Fetch | None,
        progress: Progress | None,
        ahead: int,
        wanted: Callable[[], Collection[int]] | None = None,
    ) -> None:
        self._store = store
        self._reader = reader
        self._fetch = fetch
        self._progress = progress
        self._ahead = ahead
        self._wanted = wanted
        self._held = Held(holder=name_holder())
        self._fetchers = ThreadPoolExecutor(FETCHERS)
        self._documents: dict[int, Document] = {}
        self._order: deque[int] = deque()
        self._fetching: dict[int, Future[Page]] = {}
        self._read: dict[int, ReadDocument] = {}
        self._written_at = clock.monotonic()
        self._taken_at = clock.monotonic()
        self._emptied = False

    def has_work(self) -> bool:
        """Whether there is a document to read or to write, after a look at the queue where none was left."""
        if not self._order:
            self._take()
        return bool(self._order)

    def step(self) -> None:
        """Hand out what is there to read, take in what was read, and write it when it is time."""
        if self._is_time_to_take():
            self._take()
        self._send_fetched()
        for read in self._reader.receive(WAIT_S if self._order else 0.0):
            self._read[read.number] = read
        self._write()

    def close(self) -> None:
        """End what was started, and give back what was not finished."""
        self._reader.close()
        self.leave()

    def leave(self) -> None:
        """Give back what was not finished; the reader stays open."""
        self._fetchers.shutdown(wait=False, cancel_futures=True)
        with suppress(StoreError):  # which has been told already; the documents are free when the lease is over
            self._store.documents.give_back(self._held.holder)

    def _is_time_to_take(self) -> bool:
        """Whether half of what lay here is gone; where the queue had no more, whether it may have by now."""
        passed = clock.monotonic() - self._taken_at
        low = len(self._order) < self._ahead // 2 and (not self._emptied or passed > WAIT_S)
        return (bool(self._order) and low) or passed > LEASE_S / 4

    def _take(self) -> None:
        self._taken_at = clock.monotonic()
        most = max(self._ahead - len(self._order), 0)
        only = self._wanted() if self._wanted else None
        taken = self._store.documents.take(self._held.holder, most=most, lease_s=LEASE_S, only=only)
        self._emptied = len(taken) < most
        self._documents.update((document.number, document) for document in taken)
        self._order.extend(document.number for document in taken)
        local = [document for document in taken if not _is_to_fetch(document)]
        self._reader.send(local)
        for document in taken:
            if _is_to_fetch(document):
                self._start_fetching(document)

    def _start_fetching(self, document: Document) -> None:
        if self._fetch is None:
            error = FetchError("pages cannot be fetched here", "not_allowed")
            self._refuse(document, error)
        else:
            self._fetching[document.number] = self._fetchers.submit(self._fetch, document.source)

    def _send_fetched(self) -> None:
        for number, future in [*self._fetching.items()]:
            if not future.done():
                continue
            del self._fetching[number]
            document = self._documents[number]
            try:
                self._reader.send([_with_page(document, future.result())])
            except FetchError as error:
                self._refuse(document, error)

    def _refuse(self, document: Document, error: FetchError) -> None:
        wait_s = find_wait(document, error)
        if wait_s is not None:
            self._postpone(document, wait_s)
            return
        said = ArticleError(f"{name_document(document)}: {error}", error.code)
        self._read[document.number] = ReadDocument(number=document.number, made=said)

    def _postpone(self, document: Document, wait_s: float) -> None:
        """Let a page that may come later wait for its time, so that those behind it need not."""
        self._store.documents.postpone(self._held.holder, document.number, clock.time() + wait_s)
        self._order.remove(document.number)
        del self._documents[document.number]

    def _write(self) -> None:
        """Write what may be written, when it is enough, has waited long enough, or somebody waits for it."""
        ready = self._list_ready()
        waited = clock.monotonic() - self._written_at >= LONGEST_UNWRITTEN_S or self._wanted is not None
        if not ready or (len(ready) < min(MOST_WRITTEN, len(self._order)) and not waited):
            return
        for number in ready:
            self._order.remove(number)
        read = [self._read.pop(number) for number in ready]
        documents = {number: self._documents.pop(number) for number in ready}
        for ended in write_documents(self._store, read, documents, held=self._held, time=datetime.now(UTC)):
            if self._progress:
                self._progress(ended)
        self._written_at = clock.monotonic()

    def _list_ready(self) -> list[int]:
        """What was read and has nothing unread before it; for what is out of turn that does not matter."""
        in_turn = self._order if self._wanted is None else [one for one in self._order if one in self._read]
        return list(islice(takewhile(self._read.__contains__, in_turn), MOST_WRITTEN))


def _is_to_fetch(document: Document) -> bool:
    return document.body is None and is_address(document.source)


def _with_page(document: Document, page: Page) -> Document:
    """The document with the page that was fetched for it."""
    facts = {**document.facts, "kind": page.kind, "address": page.address, "charset": page.charset}
    return replace(document, body=page.body, facts=facts)
