"""Work on lines by several processes: answers in the order of the lines, a bounded number under way."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Generic, TypeVar

from geo.errors import ArticleError

T = TypeVar("T")
Line = bytes | ArticleError | None
Batch = list[Line]

BATCH_LINES = 32
BATCH_BYTES = 1_000_000
"""A batch is sent when it has so many lines or bytes: far more work than the sending costs, little memory."""
BATCHES_PER_PROCESS = 3
"""Enough that no process waits while the first answers are written."""


def map_in_order(
    lines: Iterable[Line], work: Callable[[Line], T], *, jobs: int, failed: Callable[[Line], T]
) -> Iterator[T]:
    """``map(work, lines)`` by ``jobs`` processes; a line that ends its process gets what ``failed`` says."""
    crew = _Crew(work, jobs=jobs, failed=failed)
    try:
        for batch in cut_batches(lines):
            crew.send(batch)
            if crew.is_busy:
                yield from crew.receive()
        while crew.is_working:
            yield from crew.receive()
    finally:
        crew.leave()


def cut_batches(lines: Iterable[Line]) -> Iterator[Batch]:
    """The lines in batches of bounded size."""
    batch: Batch = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line) if isinstance(line, bytes) else 0
        if len(batch) == BATCH_LINES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Crew(Generic[T]):
    """Processes and the batches they work on, oldest first."""

    def __init__(self, work: Callable[[Line], T], *, jobs: int, failed: Callable[[Line], T]) -> None:
        self._work = work
        self._jobs = jobs
        self._failed = failed
        self._pool = _open_pool(jobs)
        self._pending: deque[tuple[Batch, Future[list[T]]]] = deque()

    @property
    def is_working(self) -> bool:
        return bool(self._pending)

    @property
    def is_busy(self) -> bool:
        return len(self._pending) >= self._jobs * BATCHES_PER_PROCESS

    def send(self, batch: Batch) -> None:
        self._pending.append((batch, self._submit(batch)))

    def receive(self) -> list[T]:
        """Answers to the oldest batch; when a process died meanwhile, the lines are tried one by one."""
        batch, future = self._pending.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            return list(self._try_each(batch))

    def leave(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, batch: Batch) -> Future[list[T]]:
        try:
            return self._pool.submit(_work_batch, self._work, batch)
        except BrokenProcessPool:
            self.leave()
            self._pool = _open_pool(self._jobs)
            return self._pool.submit(_work_batch, self._work, batch)

    def _try_each(self, batch: Batch) -> Iterator[T]:
        pool = _open_pool(1)
        for line in batch:
            try:
                yield pool.submit(self._work, line).result()
            except BrokenProcessPool:
                yield self._failed(line)
                pool = _open_pool(1)
        pool.shutdown()


def _open_pool(jobs: int) -> ProcessPoolExecutor:
    # spawned, not forked: the same on every system, and a fresh process holds no lock of ours
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_ignore_interrupt)


def _ignore_interrupt() -> None:
    """Ctrl-C is for the process that has them all; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work_batch(work: Callable[[Line], T], batch: Batch) -> list[T]:
    return [work(line) for line in batch]
