"""Processes that read documents: what is sent to them comes back read, in any order, whatever becomes of them.

Each process says in shared memory which document it has at hand, so that when it dies the one that did it is known.
That one is tried again alone; the others go to the next process.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import threading
import time as clock
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from geo.errors import ArticleError, UsageError
from geo.ingest.reading import ReadDocument, name_document, read_document
from geo.model import Alias
from geo.pipeline import Tools, ask_for_places, load_tools
from geo.store import Document, open_store

log = logging.getLogger(__name__)

BATCH = 8
"""Documents sent to a process at once: some 0.1 s of work, far more than the sending costs."""
BATCHES_AHEAD = 4
"""Enough that no process waits for the next while one transaction is written, which takes up to 0.25 s."""
DEATHS_OF_A_CRASH = 2
"""A document whose process crashed so often is not tried again."""
DEATHS_BY_KILLING = 3
"""The same where it was killed from outside: short memory does that, and so may a person who means no document."""
LONGEST_READ_S = 120.0
"""A document that takes longer is not read: the slowest that are known take seconds."""
MOST_DEATHS_AT_REST = 20
"""Processes that died one after the other with no document at hand: then it is no document's fault."""
_SPAWN = get_context("spawn")  # not forked: the same on every system, and a fresh process holds no lock of ours


class Reader(Protocol):
    """Someone who reads documents."""

    @property
    def has_room(self) -> bool:
        """Whether more should be sent now."""

    def send(self, documents: Sequence[Document]) -> None:
        """Let documents be read."""

    def receive(self, wait_s: float) -> list[ReadDocument]:
        """What has been read meanwhile; waits so long where there is nothing yet."""

    def close(self) -> None:
        """End all that was started."""


class Alone:
    """Reads in this process, one document at a time; what may have ended a process before it gives to another."""

    has_room = True

    def __init__(self, tools: Tools, aliases: tuple[Alias, ...], *, store: str | None = None) -> None:
        self._tools = tools
        self._aliases = aliases
        self._store = store
        self._pending: deque[Document] = deque()
        self._guard: Crew | None = None

    def send(self, documents: Sequence[Document]) -> None:
        """Let documents be read when their turn comes."""
        self._pending.extend(documents)

    def receive(self, wait_s: float) -> list[ReadDocument]:
        """The next one read."""
        if not self._pending:
            return []
        document = self._pending.popleft()
        if document.attempts > 1:
            return self._read_guarded(document)
        return [read_document(document, self._tools, time=datetime.now(UTC))]

    def close(self) -> None:
        """End the process that reads what may be dangerous."""
        if self._guard:
            self._guard.close()

    def _read_guarded(self, document: Document) -> list[ReadDocument]:
        self._guard = self._guard or Crew(self._tools.border.code, self._aliases, jobs=1, store=self._store)
        self._guard.send([document])
        while not (read := self._guard.receive(60.0)):
            pass
        return read


@dataclass(eq=False)
class _Worker:
    """A process, and the batches it has."""

    process: BaseProcess
    pipe: Connection
    at_hand: Any
    """Number of the document it reads now; 0 between two."""
    batches: deque[list[Document]] = field(default_factory=deque)
    seen: int = 0
    """What it had at hand when that last changed."""
    since: float = field(default_factory=clock.monotonic)
    is_hung: bool = False
    """Whether it was ended because it took too long."""
    listener: threading.Thread | None = None
    """Takes what it sends; ends when it does."""


class Crew:
    """So many processes that read documents; they end when this one does, however it ends.

    ``store`` is the address of the store that keeps what a geocoder answers, where one is to be asked.
    """

    def __init__(self, border: str, aliases: tuple[Alias, ...], *, jobs: int, store: str | None = None) -> None:
        self._border = border
        self._aliases = aliases
        self._store = store
        self._waiting: deque[list[Document]] = deque()
        self._answers: SimpleQueue[tuple[_Worker, bytes | None]] = SimpleQueue()
        self._deaths: Counter[int] = Counter()
        self._deaths_at_rest = 0
        self._workers = [self._start() for _ in range(jobs)]

    @property
    def has_room(self) -> bool:
        """Whether a process could do with more."""
        return not self._waiting

    def send(self, documents: Sequence[Document]) -> None:
        """Let documents be read by whoever is free first; what may be dangerous is sent alone."""
        risky = [[document] for document in documents if document.attempts > 1]
        plain = [document for document in documents if document.attempts <= 1]
        self._waiting += [plain[start : start + BATCH] for start in range(0, len(plain), BATCH)]
        self._waiting += risky
        self._hand_out()

    def receive(self, wait_s: float) -> list[ReadDocument]:
        """What came back, all that is there; waits so long where there is nothing yet."""
        read: list[ReadDocument] = []
        self._end_hung()
        try:
            answer = self._answers.get(timeout=wait_s)
            while True:
                read += self._take_answer(*answer)
                answer = self._answers.get_nowait()
        except Empty:
            return read

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            if worker.listener:
                worker.listener.join()  # a pipe that is closed while somebody reads from it is a fault
            worker.pipe.close()

    def _end_hung(self) -> None:
        """End a process that takes too long over a document; its end is heard of as any other."""
        now = clock.monotonic()
        for worker in self._workers:
            if worker.seen != worker.at_hand.value:
                worker.seen, worker.since = worker.at_hand.value, now
            elif worker.seen and now - worker.since > LONGEST_READ_S:
                worker.is_hung = True
                worker.process.kill()

    def _take_answer(self, worker: _Worker, answer: bytes | None) -> Iterable[ReadDocument]:
        if worker not in self._workers:
            return []
        if answer is None:
            read = self._bury(worker)
        else:
            worker.batches.popleft()
            self._deaths_at_rest = 0
            read = pickle.loads(answer)
        self._hand_out()
        return read

    def _hand_out(self) -> None:
        """Give what waits to those who have least, until all have enough."""
        while self._waiting:
            worker = min(self._workers, key=lambda one: len(one.batches))
            if len(worker.batches) >= BATCHES_AHEAD:
                return
            batch = self._waiting.popleft()
            worker.batches.append(batch)
            try:
                worker.pipe.send_bytes(pickle.dumps(batch, protocol=pickle.HIGHEST_PROTOCOL))
            except OSError:
                return  # it is dead; the thread that listens to it will tell

    def _bury(self, worker: _Worker) -> list[ReadDocument]:
        """Put another process in the place of one that died; its documents go back, the one at hand alone."""
        worker.pipe.close()
        worker.process.join()
        number = worker.at_hand.value
        left = [document for batch in worker.batches for document in batch]
        guilty = [document for document in left if document.number == number]
        if not guilty:
            self._count_death_at_rest(worker)
        gone = [_killer(one, worker) for one in guilty if self._is_given_up(one, worker)]
        again = [[one] for one in guilty if not gone]
        rest = [[document] for document in left if document.number != number]
        self._waiting.extendleft(reversed(again + rest))
        self._workers[self._workers.index(worker)] = self._start()
        return gone

    def _is_given_up(self, document: Document, worker: _Worker) -> bool:
        self._deaths[document.number] += 1
        if worker.is_hung:
            return True
        killed = worker.process.exitcode == -signal.SIGKILL
        return self._deaths[document.number] >= (DEATHS_BY_KILLING if killed else DEATHS_OF_A_CRASH)

    def _count_death_at_rest(self, worker: _Worker) -> None:
        self._deaths_at_rest += 1
        if self._deaths_at_rest >= MOST_DEATHS_AT_REST:
            code = worker.process.exitcode
            raise UsageError(f"the processes that read articles end as soon as they start (exit status {code})")

    def _start(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        at_hand = _SPAWN.RawValue("q", 0)
        arguments = (theirs, at_hand, self._border, self._aliases, self._store)
        process = _SPAWN.Process(target=_read_for_ever, args=arguments, daemon=True)
        process.start()
        theirs.close()  # so that its end is heard of
        worker = _Worker(process=process, pipe=ours, at_hand=at_hand)
        worker.listener = threading.Thread(target=self._listen, args=(worker,), daemon=True)
        worker.listener.start()
        return worker

    def _listen(self, worker: _Worker) -> None:
        """Take what a process sends as it comes, so that it never waits for us; then its end."""
        try:
            while True:
                self._answers.put((worker, worker.pipe.recv_bytes()))
        except (EOFError, OSError):
            self._answers.put((worker, None))


def _killer(document: Document, worker: _Worker) -> ReadDocument:
    """What is said of a document that ended the processes that read it, or never came to an end."""
    if worker.is_hung:
        sentence = f"{name_document(document)}: it could not be read within {LONGEST_READ_S:.0f} seconds"
        return ReadDocument(number=document.number, made=ArticleError(sentence, "timeout"))
    code = worker.process.exitcode
    how = f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"
    log.error("document %d ended the process that read it (%s)", document.number, how)
    sentence = f"{name_document(document)}: reading it ended the program again and again ({how})"
    return ReadDocument(number=document.number, made=ArticleError(sentence, "crash"))


def _read_for_ever(pipe: Connection, at_hand: Any, border: str, aliases: tuple[Alias, ...], store: str | None) -> None:
    """The life of a process: batches in, batches read out, until nobody sends any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that has them all; it ends the others
    threading.Thread(target=_end_with_parent, daemon=True).start()
    tools = load_tools(border, aliases)
    tools = ask_for_places(tools, open_store(store)) if store else tools
    try:
        while True:
            read = []
            for document in pickle.loads(pipe.recv_bytes()):
                at_hand.value = document.number
                read.append(read_document(document, tools, time=datetime.now(UTC)))
            at_hand.value = 0
            pipe.send_bytes(pickle.dumps(read, protocol=pickle.HIGHEST_PROTOCOL))
    except (EOFError, OSError):
        return


def _end_with_parent() -> None:
    """End this process when the one that has them all has ended, which alone sees that a document takes for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)
