"""The snapshot as the browser reads it: typed arrays, little-endian, each column padded to four bytes."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.snapshot.labels import Bools, Codes
from geo.snapshot.records import FIRST_SENT, LAST_SENT, NO_DAY, Snapshot

POINTS_MAGIC = 0x31504942
"""b"BIP1": the file of ``geo/web/map/points.js``."""
TIMES_MAGIC = 0x31544942
"""b"BIT1": the file of timeline and ribbon."""

WHOLE_BORDER = 1
"""Bit of a mark's flags: all along the line."""
FIRST_MARK = 2
"""Bit of a mark's flags: the first of its incident."""


def encode_points(snapshot: Snapshot) -> bytes:
    """Position, incident, spot, days, category and precision of every mark."""
    marks, spots = snapshot.marks, snapshot.spots
    start, end = _days(snapshot)
    columns = (
        spots.lon[marks.spot].astype("<f4"),
        spots.lat[marks.spot].astype("<f4"),
        marks.incident.astype("<u4"),
        marks.spot.astype("<u4"),
        start[marks.incident],
        end[marks.incident],
        snapshot.category[marks.incident].astype("u1"),
        spots.precision[marks.spot].astype("u1"),
    )
    return pack_columns(struct.pack("<4I", POINTS_MAGIC, len(marks.incident), len(snapshot), 0), columns)


def encode_times(snapshot: Snapshot) -> bytes:
    """Kilometres along the line, incident, days, category, precision, side and flags of every mark."""
    marks, spots = snapshot.marks, snapshot.spots
    start, end = _days(snapshot)
    flags = spots.whole[marks.spot] * WHOLE_BORDER + marks.first * FIRST_MARK
    columns = (
        spots.km[marks.spot].astype("<f4"),
        spots.km_end[marks.spot].astype("<f4"),
        marks.incident.astype("<u4"),
        start[marks.incident],
        end[marks.incident],
        snapshot.category[marks.incident].astype("u1"),
        spots.precision[marks.spot].astype("u1"),
        marks.side.astype("u1"),
        flags.astype("u1"),
    )
    return pack_columns(struct.pack("<4I", TIMES_MAGIC, len(marks.incident), 0, 0), columns)


def encode_mask(matched: Bools) -> bytes:
    """One bit for each incident, lowest first."""
    return np.packbits(matched, bitorder="little").tobytes()


def _days(snapshot: Snapshot) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """First and last day of each incident; 0 is unknown, and what 16 bits cannot hold is the nearest they can."""
    start, end = (_clip(days) for days in (snapshot.start, snapshot.end))
    return start, end


def _clip(days: Codes) -> NDArray[np.uint16]:
    return np.where(days == NO_DAY, 0, np.clip(days, FIRST_SENT, LAST_SENT)).astype("<u2")


def pack_columns(header: bytes, columns: Sequence[NDArray[Any]]) -> bytes:
    """A file of a header and columns."""
    arrays = [column.tobytes() for column in columns]
    return header + b"".join(array + bytes(-len(array) % 4) for array in arrays)
