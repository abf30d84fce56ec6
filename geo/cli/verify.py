"""``verify``: faults of the store, one sentence each."""

from __future__ import annotations

import argparse

from geo.cli.streams import write_line
from geo.store import open_store


def run(arguments: argparse.Namespace) -> int:
    """Print every fault; 3 when there is one."""
    store = open_store(arguments.store, read_only=True)
    faults = store.check()
    for fault in faults:
        write_line(fault)
    if not faults:
        incidents, revision = store.count_incidents(), store.data_revision()
        write_line(f"{store.name} is whole: {incidents:,} incidents, {revision:,} revisions, no fault found")
    if arguments.digest:
        write_line(store.digest())
    return 3 if faults else 0
