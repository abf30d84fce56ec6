"""What an editor hands over at the desk, as documents of the queue: a text, an address, a file's bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from geo.articles import split_lines, too_large
from geo.errors import ArticleError
from geo.ingest.sources import LINES, TABLES, keep_record, list_rows, refuse_document
from geo.model import Article
from geo.settings import byte_limit
from geo.store import NewDocument

EDITOR = "editor"
"""Fact of a document that was handed over: the name of whoever did it, who waits for it."""
_LONGEST_NAME = 80


def hand_text(article: Article, editor: str) -> NewDocument:
    """The document of a text that was pasted; ``article`` is what it was made, not yet retrieved."""
    name = " ".join((article.title or article.text[:_LONGEST_NAME]).split())[:_LONGEST_NAME]
    return _sign(keep_record(f"pasted: {name}", article), editor)


def hand_address(address: str, editor: str) -> NewDocument:
    """The document of a page that is to be fetched: the same as ``add`` and ``watch`` have of it."""
    return _sign(NewDocument(source=address), editor)


def hand_file(data: bytes, name: str, editor: str) -> Iterator[NewDocument]:
    """The documents in a file's bytes, one for each row or line where its kind holds many articles.

    Nothing of it stands anywhere else, so each keeps its own bytes until it is read.
    """
    source, suffix = f"uploaded: {name}", Path(name).suffix.lower()
    if suffix in TABLES:
        found = list_rows(source, io.BytesIO(data))
    elif suffix in LINES:
        found = _list_lines(source, data)
    else:
        found = iter([_keep(source, data)])
    return (_sign(document, editor) for document in found)


def _list_lines(source: str, data: bytes) -> Iterator[NewDocument]:
    for part, line in enumerate(split_lines(io.BytesIO(data), limit=byte_limit()), start=1):
        if line is None:
            yield refuse_document(source, ArticleError("the line is longer than allowed", "too_large"), part=part)
        else:
            yield _keep(source, line, part=part)


def _keep(source: str, data: bytes, *, part: int = 0) -> NewDocument:
    """The document of some bytes; those that are more than is ever read are not kept."""
    if len(data) > byte_limit():
        return refuse_document(source, too_large(len(data)))
    return NewDocument(source=source, part=part, body=data, sha256=hashlib.sha256(data).hexdigest())


def _sign(document: NewDocument, editor: str) -> NewDocument:
    facts: Mapping[str, str | None] = {**document.facts, EDITOR: editor}
    return replace(document, facts=facts)
