"""The snapshots that a process shares: the newest, and the one before it for pages that are still being drawn."""

from __future__ import annotations

from threading import Lock

from geo.borders import Border
from geo.gazetteer import Gazetteer
from geo.snapshot.records import Snapshot
from geo.snapshot.taking import take_snapshot
from geo.store import Store


class SnapshotKeeper:
    """Gives every thread the same snapshot of the store's latest revision."""

    def __init__(self, store: Store, border: Border, gazetteer: Gazetteer | None = None) -> None:
        self.store = store
        self._border = border
        self._gazetteer = gazetteer
        self._lock = Lock()
        self._taken: tuple[Snapshot, ...] = ()
        """Newest first, two at most."""

    def current(self) -> Snapshot:
        """The snapshot of the newest revision; the first to ask after a change waits until it is taken."""
        revision = self.store.data_revision()
        for snapshot in self._taken[:1]:
            if snapshot.revision == revision:
                return snapshot
        with self._lock:
            if not self._taken or self._taken[0].revision < revision:
                taken = take_snapshot(self.store, self._border, self._gazetteer)
                self._taken = (taken, *self._taken[:1])
            return self._taken[0]

    def at(self, revision: int) -> Snapshot | None:
        """The snapshot of a revision, so that a page and its map speak of the same; None when it is gone."""
        found = next((snapshot for snapshot in self._taken if snapshot.revision == revision), None)
        if found is not None:
            return found
        newest = self.current()
        return newest if newest.revision == revision else None
