"""The store in columns, at one data revision: matched, counted and sent to the browser without looking at a record."""

from geo.snapshot.counting import Summary, rank, summarise
from geo.snapshot.cutting import count_outside, cut_snapshot
from geo.snapshot.encoding import encode_mask, encode_points, encode_times
from geo.snapshot.keeping import SnapshotKeeper
from geo.snapshot.losses import encode_losses
from geo.snapshot.marks import (
    Say,
    describe_crossings,
    describe_marks,
    describe_scopes,
    describe_spot,
    encode_marks,
    fold_places,
)
from geo.snapshot.matching import Facets, count_facets, count_loosened, list_known, mask_query, match, match_mask
from geo.snapshot.records import Marks, Snapshot, Spots, Total
from geo.snapshot.taking import take_snapshot

__all__ = [
    "Facets",
    "Marks",
    "Say",
    "Snapshot",
    "SnapshotKeeper",
    "Spots",
    "Summary",
    "Total",
    "count_facets",
    "count_loosened",
    "count_outside",
    "cut_snapshot",
    "describe_crossings",
    "describe_marks",
    "describe_scopes",
    "describe_spot",
    "encode_losses",
    "encode_marks",
    "encode_mask",
    "encode_points",
    "encode_times",
    "fold_places",
    "list_known",
    "mask_query",
    "match",
    "match_mask",
    "rank",
    "summarise",
    "take_snapshot",
]
