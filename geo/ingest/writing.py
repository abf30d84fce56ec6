"""What was read into the store: several documents in one transaction, each done together with its articles."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from geo.errors import ArticleError, BorderIncidentsError
from geo.ingest.reading import ReadDocument, unforeseen_error
from geo.pipeline import Added, keep_reading
from geo.store import Change, Document, Recent, Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What became of one document."""

    document: Document
    added: Added | None = None
    """What became of its article; None when it is quarantined."""
    error: ArticleError | None = None
    """Why it is quarantined; None when it is done."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a writer keeps from one transaction to the next."""

    holder: str
    """The name under which it holds documents."""
    recent: Recent = field(default_factory=Recent)


def write_documents(
    store: Store, read: Sequence[ReadDocument], documents: Mapping[int, Document], *, held: Held, time: datetime
) -> list[Ended]:
    """Keep what was read, in the order given, in one transaction; those left out that another process has taken.

    A document that our own code fails to keep is quarantined, and the others are kept without it.
    """
    try:
        return _write(store, read, documents, held=held, time=time)
    except BorderIncidentsError:
        raise  # of the store: the next try would fare no better
    except Exception:  # the boundary: one document must not end the run, and the log has the traceback
        if len(read) > 1:
            return [e for one in read for e in write_documents(store, [one], documents, held=held, time=time)]
        document = documents[read[0].number]
        log.exception("document %d could not be kept", document.number)
        failed = ReadDocument(number=document.number, made=unforeseen_error(document))
        return _write(store, [failed], documents, held=held, time=time)


def _write(
    store: Store, read: Sequence[ReadDocument], documents: Mapping[int, Document], *, held: Held, time: datetime
) -> list[Ended]:
    with store.batch(held.recent, time=time) as change:
        ours = change.documents_held(held.holder, [one.number for one in read])
        change.expect(one.made[1:] for one in read if one.number in ours and not isinstance(one.made, ArticleError))
        return [_keep(change, one, documents[one.number]) for one in read if one.number in ours]


def _keep(change: Change, read: ReadDocument, document: Document) -> Ended:
    if isinstance(read.made, ArticleError):
        change.quarantine_document(document.number, read.made.code, str(read.made))
        return Ended(document=document, error=read.made)
    article, reading, _ = read.made
    added = keep_reading(change, article, reading)
    change.finish_document(document.number, added.article.id)
    return Ended(document=document, added=added)
