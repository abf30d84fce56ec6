"""Which data open pages are told of: the newest that is ready, so that none of them waits for what it asks for then."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from geo.filters import Link
from geo.snapshot import Snapshot, rank
from geo.ui.head import plain_summary
from geo.ui.scene import Scene
from geo.ui.shared import Shared
from geo.ui.state import CARDS_AT_ONCE
from geo.wording.words import Words


class Ready:
    """Remembers of which snapshot everything is made that most pages show; ``warm`` makes the files among it."""

    def __init__(self, warm: Callable[[Snapshot], None]) -> None:
        self._warm, self._lock = warm, Lock()
        self._key = ""

    def newest(self, shared: Shared) -> str:
        """The key of the newest snapshot that is ready; the first to ask after a change makes the next one so.

        Who asks meanwhile is told of the one before, and waits for nothing.
        """
        snapshot = shared.keeper.ready()
        if snapshot.key != self._key and self._lock.acquire(blocking=not self._key):
            try:
                if snapshot.key != self._key:
                    self.make(shared, snapshot)
            finally:
                self._lock.release()
        return self._key

    def make(self, shared: Shared, snapshot: Snapshot) -> None:
        """Make all that a first page asks for."""
        scene = Scene(shared=shared, snapshot=snapshot, link=Link(), words=Words("en"))
        shared.papers(snapshot)
        shared.incidents(snapshot, rank(snapshot, scene.matched, by="disputed")[:CARDS_AT_ONCE].tolist())
        plain_summary(scene)
        _ = scene.facets
        self._warm(snapshot)
        self._key = snapshot.key
