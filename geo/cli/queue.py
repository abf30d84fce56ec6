"""``queue``: what came in and what became of it; the documents put aside, with the reason for each."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from geo.cli.streams import write_line, write_note
from geo.ingest import name_document
from geo.store import Document, open_store


def run(arguments: argparse.Namespace) -> int:
    """Print the counts and what is quarantined, after putting it back when asked to."""
    store = open_store(arguments.store, read_only=not arguments.retry, make=False)
    if arguments.retry:
        write_note(
            f"{store.documents.retry():,} documents are in the queue again; border-incidents add --resume reads them"
        )
    counts, quarantined = store.documents.count(), store.documents.list_quarantined()
    if arguments.json:
        listed = [_as_record(document) for document in quarantined]
        write_line(json.dumps({"queued": counts.queued, **asdict(counts), "documents": listed}, ensure_ascii=False))
        return 0
    ended = f"{counts.done:,} done, {counts.pending:,} pending, {counts.quarantined:,} quarantined"
    write_line(f"{counts.queued:,} documents: {ended}")
    for document in quarantined:
        write_line(f"{document.number}\t{document.code}\t{' '.join((document.message or '').split())}")
    return 0


def _as_record(document: Document) -> dict[str, object]:
    names = ("number", "source", "part", "code", "message", "attempts")
    return {"document": name_document(document), **{name: getattr(document, name) for name in names}}
