"""The queue drained: documents taken, read and written in the order of their numbers, by however many processes."""

from __future__ import annotations

import time as clock
from collections.abc import Callable
from datetime import UTC, datetime

from geo.ingest.reading import read_document
from geo.ingest.writing import Ended, write_documents
from geo.pipeline import Tools
from geo.store import Counts, Store, name_holder

Progress = Callable[[Ended], None]
WAIT_S = 0.2
"""How long to wait for what another process holds before looking again."""


def work(store: Store, tools: Tools, *, jobs: int = 1, progress: Progress | None = None, wait: bool = True) -> Counts:
    """Read all documents that are pending; returns the counts of the whole queue at the end.

    ``progress`` is told of each document when it is done or quarantined. With ``wait`` it stays until what another
    process holds is finished, or free.
    """
    holder = name_holder()
    try:
        while True:
            taken = store.documents.take(holder)
            for document in taken:
                now = datetime.now(UTC)
                read = read_document(document, tools, time=now)
                for ended in write_documents(store, [read], {document.number: document}, holder=holder, time=now):
                    if progress:
                        progress(ended)
            if not taken:
                counts = store.documents.count()
                if not wait or not counts.pending:
                    return counts
                clock.sleep(WAIT_S)
    finally:
        store.documents.give_back(holder)
