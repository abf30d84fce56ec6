"""A snapshot without the incidents that may not leave this machine."""

from __future__ import annotations

import numpy as np

from geo.exchange.rights import find_kept_back
from geo.snapshot import Snapshot, cut_snapshot
from geo.store import Store


def cut_kept_back(snapshot: Snapshot, store: Store) -> Snapshot:
    """The snapshot of a store without the incidents that may not leave (``geo.exchange.rights``); itself if all may."""
    found = [index for id_ in find_kept_back(store) if (index := snapshot.index_of(id_)) is not None]
    if not found:
        return snapshot
    kept = np.ones(len(snapshot), dtype=bool)
    kept[found] = False
    return cut_snapshot(snapshot, kept)
