"""The snapshot that a process shares: taken again when the store has moved on."""

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
        self._taken: Snapshot | None = None

    def current(self) -> Snapshot:
        """The snapshot of the newest revision; the first to ask after a change waits until it is taken."""
        taken = self._taken
        revision = self.store.data_revision()
        if taken is not None and taken.revision == revision:
            return taken
        with self._lock:
            if self._taken is None or self._taken.revision < revision:
                self._taken = take_snapshot(self.store, self._border, self._gazetteer)
            return self._taken
