"""The snapshots that a process shares: the newest, and the one before it for pages that are still being drawn."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic

from geo.borders import Border
from geo.errors import BorderIncidentsError, StoreError
from geo.gazetteer import Gazetteer
from geo.snapshot.records import Snapshot
from geo.snapshot.taking import take_snapshot
from geo.store import Store

_LOG = logging.getLogger(__name__)

LONGEST_WAIT_S = 2.0
"""A store that takes longer to read is read beside the readers, who see the snapshot before until then."""

LOOK_AGAIN_S = 0.05
"""What other processes write is seen after as long, so that not every reader of a crowd asks the database."""
REST_S = 2.0
"""What others write is taken in no oftener, or what a page was told of could be gone before its map asks for it."""
LONGEST_QUEUE_S = 20.0
"""How long a reader waits for others who open earlier states of the data."""
PASTS_KEPT = 2
"""Snapshots of earlier revisions; each is as large as that of the newest."""


class SnapshotKeeper:
    """Gives every thread the same snapshot of the store's latest revision, without what ``cut`` leaves out of it."""

    def __init__(
        self,
        store: Store,
        border: Border,
        gazetteer: Gazetteer | None = None,
        *,
        longest_wait_s: float = LONGEST_WAIT_S,
        cut: Callable[[Snapshot, Store], Snapshot] | None = None,
        writer: Store | None = None,
    ) -> None:
        self.store = store
        self._writer = writer or store
        """Through which this process writes: what it has written is seen at once."""
        self._cut = cut
        self._border = border
        self._gazetteer = gazetteer
        self._longest_wait_s = longest_wait_s
        self._lock, self._past_lock = Lock(), Lock()
        self._took_s = 0.0
        self._look_again, self._rests_until = 0.0, 0.0
        self._changes = 0
        self._taken: tuple[Snapshot, ...] = ()
        """Newest first, two at most."""
        self._past: tuple[Snapshot, ...] = ()
        """Of earlier revisions that readers asked for; the one asked for last first, PASTS_KEPT at most."""

    def current(self) -> Snapshot:
        """The snapshot of the newest revision; the first to ask after a change waits until it is taken.

        Of a large store it is the one before, until the newest is ready.
        """
        taken = self._taken
        if taken and not self._is_outdated(taken[0]):
            return taken[0]
        if taken and self._took_s > self._longest_wait_s:
            self._take_beside()
            return taken[0]
        with self._lock:
            if not self._taken or self._is_outdated(self._taken[0]):
                self._take()
            return self._taken[0]

    def ready(self) -> Snapshot:
        """The newest snapshot there is, for who would rather not wait; that of a newer revision is taken beside."""
        taken = self._taken
        if not taken:
            return self.current()
        if self._is_outdated(taken[0]):
            self._take_beside()
        return taken[0]

    def _is_outdated(self, newest: Snapshot) -> bool:
        """Whether the store has moved on; of what other processes write that is seen a little later."""
        now, changes = monotonic(), self._writer.changes
        if changes == self._changes and now < max(self._look_again, self._rests_until):
            return False
        if newest.state != self.store.state():
            return True
        self._look_again, self._changes = now + LOOK_AGAIN_S, changes
        return False

    def named(self, key: str) -> Snapshot | None:
        """The snapshot of a key, so that a page and its map speak of the same; None when it is gone.

        It is gone as soon as editors hold back something else: what could be seen before cannot be had again.
        """
        if (first := self.ready()).key == key:
            return first
        found = next((snapshot for snapshot in (*self._taken, *self._past) if snapshot.key == key), None)
        if found is not None and found.released == first.released:
            return found
        newest = self.current()
        return newest if newest.key == key else None

    def past(self, revision: int) -> Snapshot:
        """The store as it was at an earlier revision; as it is now when there was none after it."""
        newest = self.current()
        if revision >= newest.revision:
            return newest
        if not self._past_lock.acquire(timeout=LONGEST_QUEUE_S):
            raise StoreError("other readers are opening earlier states of the data; try again in a moment")
        try:
            found = [
                s
                for s in self._past
                if s.revision == revision
                and s.past
                and s.past.newest == newest.revision
                and s.released == newest.released
            ]
            taken = found[0] if found else self._read(at=revision)
            others = [snapshot for snapshot in self._past if snapshot is not taken]
            self._past = (taken, *others[: PASTS_KEPT - 1])
            return taken
        finally:
            self._past_lock.release()

    def _read(self, at: int | None = None) -> Snapshot:
        taken = take_snapshot(self.store, self._border, self._gazetteer, at=at)
        return self._cut(taken, self.store) if self._cut else taken

    def _take(self) -> None:
        started, changes = monotonic(), self._writer.changes
        taken = self._read()
        self._took_s = monotonic() - started
        self._taken = (taken, *self._taken[:1])
        self._changes, self._rests_until = changes, monotonic() + REST_S

    def _take_beside(self) -> None:
        """Take a snapshot in a thread of its own, unless one is being taken."""
        if self._lock.acquire(blocking=False):
            Thread(target=self._take_and_release, name="snapshot", daemon=True).start()

    def _take_and_release(self) -> None:
        try:
            if self._is_outdated(self._taken[0]):
                self._take()
        except BorderIncidentsError:
            _LOG.exception("the newest revision could not be read; readers keep the one before")
        finally:
            self._lock.release()
