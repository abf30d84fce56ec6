"""A document of the queue as it is read: its bytes found and checked, its articles, and what each of them tells."""

from __future__ import annotations

import hashlib
import json
import logging
import stat
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from geo.articles import ArticleFacts, article_from_record, make_listed, read_bytes, read_page, read_record
from geo.errors import ArticleError
from geo.ingest.sources import RECORD, is_address
from geo.model import Article, Reading
from geo.pipeline import Tools, read_to_keep
from geo.settings import byte_limit
from geo.store import Document, Written, write_reading
from geo.store.records import load_record

log = logging.getLogger(__name__)

Made = tuple[Article, Reading, Written] | ArticleError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """What a document was read as."""

    number: int
    """Of the document."""
    made: Made
    """Its article with what was read out of it, or why there is none."""


def read_document(document: Document, tools: Tools, *, time: datetime) -> ReadDocument:
    """Read a document; whatever goes wrong with it is said in the answer, with where it comes from."""
    try:
        article = find_article(document, time)
        made: Made = (article, *write_reading(read_to_keep(article, tools)))
    except ArticleError as error:
        made = ArticleError(f"{name_document(document)}: {error}", error.code)
    except MemoryError:
        made = ArticleError(f"{name_document(document)}: reading it takes more memory than there is", "too_large")
    except Exception:  # the boundary: one document must not end the run, and the log has the traceback
        log.exception("document %d could not be read", document.number)
        made = unforeseen_error(document)
    return ReadDocument(number=document.number, made=made)


def unforeseen_error(document: Document) -> ArticleError:
    """What is said of a document that our own code fails on."""
    sentence = "it could not be read because of a fault in this program"
    return ArticleError(f"{name_document(document)}: {sentence}", "internal")


def name_document(document: Document) -> str:
    """A document as a person knows it: where it comes from, and the line."""
    return f"{document.source}, line {document.part}" if document.part else document.source


def find_article(document: Document, time: datetime) -> Article:
    """The article in a document's bytes; raises ArticleError when there is none, or they are not what was queued."""
    facts = document.facts
    if facts.get("code"):
        raise ArticleError(facts.get("message") or "", facts["code"] or "")
    data = document.body if document.body is not None else read_file(document)
    if facts.get("kind") == RECORD:
        return replace(load_record(Article, json.loads(data)), retrieved=time)
    if is_address(document.source):
        return _read_page(data, document, time)
    if document.part:
        return _read_line(data.rstrip(b"\r\n"), time)
    return read_bytes(data, name=Path(document.source).name, retrieved=time)


def read_file(document: Document) -> bytes:
    """The bytes of a document in a file; raises ArticleError when they have changed since it was queued."""
    path = Path(document.source)
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # one put in its place since: opening a pipe may wait for ever
            raise ArticleError("it is not a file", "unreadable")
        size = state.st_size if document.length is None else document.length
        if size > byte_limit():
            allowed = byte_limit() // 1_000_000
            raise ArticleError(f"it has {size / 1_000_000:.0f} MB; at most {allowed} MB are read", "too_large")
        with path.open("rb") as stream:
            stream.seek(document.start or 0)
            data = stream.read(size)
    except FileNotFoundError as error:
        raise ArticleError("the file is not there any more", "unreadable") from error
    except OSError as error:
        raise ArticleError(f"it cannot be opened: {error.strerror}", "unreadable") from error
    if document.sha256 and hashlib.sha256(data).hexdigest() != document.sha256:
        raise ArticleError("the file was changed after it was queued; add it again", "changed")
    return data


def _read_page(data: bytes, document: Document, time: datetime) -> Article:
    """The article on a page that was fetched; what its feed says of it counts where the page says nothing."""
    facts = document.facts
    published = facts.get("published")
    said = ArticleFacts(
        title=facts.get("title"),
        published=date.fromisoformat(published[:10]) if published else None,
        publisher=facts.get("publisher"),
        language=facts.get("language"),
    )
    kind, address = facts.get("kind") or "text/html", facts.get("address") or document.source
    return read_page(data, kind=kind, address=address, retrieved=time, facts=said, charset=facts.get("charset"))


def _read_line(line: bytes, time: datetime) -> Article:
    """The article of one line."""
    return make_listed(article_from_record(read_record(line)), data=line, retrieved=time)
