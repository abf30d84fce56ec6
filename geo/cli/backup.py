"""``backup`` and ``restore``: the whole store in one file, and a store from such a file."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from geo.cli.streams import write_line
from geo.exchange.files import write_whole
from geo.store import open_store
from geo.store.backup import Manifest, back_up, restore


def run(arguments: argparse.Namespace) -> int:
    """Write the backup, or fill an empty store from one; one line says what it holds."""
    path = Path(arguments.file)
    if arguments.command == "restore":
        name, manifest = restore(path, arguments.store)
        write_line(f"{name} is restored and whole: {_describe(manifest)}")
        return 0
    store = open_store(arguments.store, read_only=True)
    try:
        with _for_its_owner(), write_whole(path) as stream:
            manifest = back_up(store, stream, time=datetime.now(UTC))
    finally:
        store.close()
    write_line(f"{path} holds {_describe(manifest)}")
    return 0


@contextmanager
def _for_its_owner() -> Iterator[None]:
    """What is written meanwhile can be read by its owner alone: it holds what readers must not see."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _describe(manifest: Manifest) -> str:
    counts = {name: part.rows for name, part in manifest.tables.items()}
    return f"{counts['incident']:,} incidents, {counts['article']:,} articles, {manifest.revision:,} revisions"
