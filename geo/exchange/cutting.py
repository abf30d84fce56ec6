"""A snapshot without the incidents that may not leave this machine."""

from __future__ import annotations

import numpy as np

from geo.exchange.rights import find_kept_back, find_kept_back_then
from geo.snapshot import Snapshot, cut_snapshot
from geo.store import Store


def cut_kept_back(snapshot: Snapshot, store: Store) -> Snapshot:
    """The snapshot of a store without the incidents that may not leave (``geo.exchange.rights``); itself if all may."""
    kept_back = find_kept_back(store)
    if kept_back and snapshot.past is not None:
        kept_back |= find_kept_back_then(snapshot.past, store)
    found = [index for id_ in kept_back if (index := snapshot.ids.find(id_)) >= 0]
    if not found:
        return snapshot
    kept = np.ones(len(snapshot), dtype=bool)
    kept[found] = False
    return cut_snapshot(snapshot, kept)
