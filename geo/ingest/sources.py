"""What a person names to be read: files, folders, addresses and bytes at hand, as documents of the queue."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from geo.articles import list_files, read_rows
from geo.errors import ArticleError
from geo.model import Article
from geo.settings import byte_limit
from geo.store import NewDocument, Store
from geo.store.records import dump_record, write_json

LINES = (".jsonl", ".ndjson")
"""Ends of the names of files that hold an article in each line."""
TABLES = (".csv", ".tsv")
"""The same of files that hold one in each row."""
INPUT = "standard input"
RECORD = "article"
"""Kind of a document whose body is the record of an article."""

_BATCH = 500
_PIECE = 1 << 20
"""Bytes read at once for a hash."""


def queue_sources(
    store: Store, sources: Iterable[str], *, time: datetime, given: Mapping[str, bytes] | None = None
) -> Iterator[int | ArticleError]:
    """Queue all that is named; yields the number of each document in the order named, and what is not there.

    A document that was put aside before is tried again, for a person asks for it. ``given`` has the bytes of sources
    that are neither files nor addresses, such as standard input.
    """
    yield from queue_found((one for source in sources for one in list_documents(source, given or {})), store, time=time)


def queue_found(
    found: Iterator[NewDocument | ArticleError], store: Store, *, time: datetime
) -> Iterator[int | ArticleError]:
    """Queue documents as they are found, some hundred at once; yields the number of each, and errors in their place.

    One that was put aside before is tried again.
    """
    while batch := list(islice(found, _BATCH)):
        documents = [one for one in batch if isinstance(one, NewDocument)]
        store.documents.queue(documents, time=time)
        there = store.documents.find([document.key for document in documents])
        store.documents.retry([one.number for one in there.values() if one.state == "quarantined"])
        for one in batch:
            yield one if isinstance(one, ArticleError) else there[one.key].number


def is_address(source: str) -> bool:
    """Whether a source is a page on the internet."""
    return source.startswith(("http://", "https://"))


def list_documents(source: str, given: Mapping[str, bytes]) -> Iterator[NewDocument | ArticleError]:
    """The documents of one source; an error with a sentence where there is none."""
    if source in given:
        yield NewDocument(source=source, body=given[source], sha256=hashlib.sha256(given[source]).hexdigest())
    elif is_address(source):
        yield NewDocument(source=source)
    else:
        yield from _list_files(Path(source))


def _list_files(path: Path) -> Iterator[NewDocument | ArticleError]:
    if not path.exists():
        yield ArticleError(f"{path}: there is no such file", "unreadable")
        return
    files = list_files(path)
    if not files:
        yield ArticleError(f"{path}: there is no file in this folder", "unreadable")
    for file in files:
        if refused := _refuse(file):
            yield refused
            continue
        try:
            yield from _list_parts(file.absolute())
        except OSError as error:
            yield ArticleError(f"{file}: it cannot be read: {error.strerror}", "unreadable")


def _refuse(file: Path) -> ArticleError | None:
    """Why a file cannot be queued: a device or a pipe may never end, and no database takes a name that is no text."""
    if not file.is_file():
        return ArticleError(f"{file}: it is not a file", "unreadable")
    try:
        str(file.absolute()).encode()
    except UnicodeEncodeError:
        return ArticleError(f"{file}: its name is no text in UTF-8; give it another", "unreadable")
    return None


def _list_parts(path: Path) -> Iterator[NewDocument]:
    """The documents of one file, as its kind has it."""
    suffix = path.suffix.lower()
    if suffix in LINES:
        with path.open("rb") as stream:
            yield from _list_lines(path, stream)
    elif suffix in TABLES:
        with path.open("rb") as stream:
            yield from list_rows(str(path), stream)
    else:
        yield _whole_file(path)


def list_rows(source: str, stream: BinaryIO) -> Iterator[NewDocument]:
    """A document for each row of a table, by the line at which it begins: only who has read those before it knows."""
    for line, read in read_rows(stream, limit=byte_limit()):
        if isinstance(read, ArticleError):
            yield refuse_document(source, read, part=line)
        else:
            yield keep_record(source, read, part=line)


def keep_record(source: str, article: Article, *, part: int = 0) -> NewDocument:
    """The document of an article that was read already: its record is its body."""
    body = write_json(dump_record(article)).encode(errors="surrogatepass")
    sha256 = hashlib.sha256(body).hexdigest()
    return NewDocument(source=source, part=part, body=body, sha256=sha256, facts={"kind": RECORD})


def refuse_document(source: str, error: ArticleError, *, part: int = 0) -> NewDocument:
    """The document of what is known to be unreadable: it is put aside with this reason when its turn comes."""
    sha256 = hashlib.sha256(f"{error.code} {error}".encode(errors="replace")).hexdigest()
    return NewDocument(source=source, part=part, sha256=sha256, facts={"code": error.code, "message": str(error)})


def _whole_file(path: Path) -> NewDocument:
    """The document that is a file; a file that is too large to be read is not hashed either."""
    if path.stat().st_size > byte_limit():
        return NewDocument(source=str(path))
    with path.open("rb") as stream:
        return NewDocument(source=str(path), sha256=hashlib.file_digest(stream, "sha256").hexdigest())


def _list_lines(path: Path, stream: BinaryIO) -> Iterator[NewDocument]:
    """A document for each line of a file, by its place in it: the text stays where it is."""
    start, part = 0, 0
    while line := stream.readline(byte_limit() + 1):
        part += 1
        digest, size = _finish_line(stream, line)
        yield NewDocument(source=str(path), part=part, start=start, length=size, sha256=digest)
        start += size


def _finish_line(stream: BinaryIO, line: bytes) -> tuple[str, int]:
    """Hash and bytes of a line of which the beginning was read."""
    digest, size = hashlib.sha256(line), len(line)
    while not line.endswith(b"\n") and (line := stream.readline(_PIECE)):
        digest.update(line)
        size += len(line)
    return digest.hexdigest(), size
