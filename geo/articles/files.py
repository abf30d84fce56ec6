"""Files and folders to articles; what cannot be read stands as an error in its place, and the rest goes on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from geo.articles.documents import too_large
from geo.articles.encoding import decode_text
from geo.articles.fetched import find_in, split_heading
from geo.articles.flags import guess_flag
from geo.articles.front_matter import read_fields, split_front_matter
from geo.articles.kinds import Kind, tell_kind
from geo.articles.making import make_article, make_found, make_listed
from geo.articles.records import article_from_record, read_record, split_lines
from geo.articles.tables import read_table
from geo.errors import ArticleError
from geo.model import Article
from geo.settings import byte_limit

_MANY = (".jsonl", ".ndjson", ".csv", ".tsv")
"""Endings of files that hold an article a line or row, and may be larger than one article."""


def list_files(source: Path) -> list[Path]:
    """The files to read at a path: itself, or all in a folder by name, without hidden ones and READMEs."""
    if not source.is_dir():
        return [source]
    files = (path for path in source.rglob("*") if path.is_file())
    return sorted(path for path in files if not _is_passed_over(path.relative_to(source)))


def read_articles(path: Path, *, retrieved: datetime | None = None) -> Iterator[Article | ArticleError]:
    """The articles of one file in order: one, or one a line or row in a file of JSON Lines or CSV.

    What cannot be read stands as an ArticleError, whose sentence names the file, in the place of the article.
    """
    if path.suffix.lower() in _MANY and path.is_file():
        yield from _read_many(path, retrieved)
        return
    try:
        yield read_bytes(_read_file(path), name=path.name, retrieved=retrieved)
    except ArticleError as error:
        yield ArticleError(f"{path}: {error}", error.code)


def read_each(data: bytes, *, name: str, retrieved: datetime | None = None) -> Iterator[Article | ArticleError]:
    """The articles in a file's bytes, of which there may be many in CSV and JSON Lines; errors stand in their place."""
    try:
        if Path(name).suffix.lower() in _MANY:
            yield from _read_stream(io.BytesIO(data), tell_kind(b"", name=name), retrieved)
        else:
            yield read_bytes(data, name=name, retrieved=retrieved)
    except ArticleError as error:
        yield error


def read_bytes(data: bytes, *, name: str, retrieved: datetime | None = None) -> Article:
    """The article in a file's bytes; the end of the ``name`` tells the kind, else the first bytes do."""
    if len(data) > byte_limit():
        raise too_large(len(data))
    kind = tell_kind(data, name=name)
    if kind in ("page", "pdf", "docx", "mail"):
        return make_found(find_in(data, kind), data=data, retrieved=retrieved)
    return _read_text(data, kind, retrieved)


def _read_text(data: bytes, kind: Kind, retrieved: datetime | None) -> Article:
    """The article of a text or Markdown file, by its front matter where it has any."""
    decoded = decode_text(data)
    values, body = split_front_matter(decoded.text.replace("\r\n", "\n"))
    fields = read_fields(values)
    if kind == "markdown" and not fields.get("title"):
        fields["title"], body = split_heading(body)
    if decoded.guessed:
        fields["flags"] = (guess_flag(decoded.encoding),)
    fields["retrieved"] = retrieved
    return make_article(body, data=data, **fields)


def _read_file(path: Path) -> bytes:
    """All of a file's bytes, after a look at its size."""
    try:
        if not path.exists():
            raise ArticleError("there is no such file", "unreadable")
        if not path.is_file():
            raise ArticleError("it is not a file", "unreadable")
        if path.stat().st_size > byte_limit():
            raise too_large(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(f"it cannot be opened: {error.strerror}", "unreadable") from error


def _read_many(path: Path, retrieved: datetime | None) -> Iterator[Article | ArticleError]:
    try:
        with path.open("rb") as stream:
            for article in _read_stream(stream, tell_kind(b"", name=path.name), retrieved):
                if isinstance(article, ArticleError):
                    sign = ", " if str(article).startswith("line ") else ": "
                    yield ArticleError(f"{path}{sign}{article}", article.code)
                else:
                    yield article
    except OSError as error:
        yield ArticleError(f"{path}: it cannot be read to its end: {error.strerror}", "unreadable")


def _read_stream(stream: BinaryIO, kind: Kind, retrieved: datetime | None) -> Iterator[Article | ArticleError]:
    if kind == "table":
        yield from read_table(stream, limit=byte_limit(), retrieved=retrieved)
        return
    for number, line in enumerate(split_lines(stream, limit=byte_limit()), start=1):
        try:
            yield _read_line(line, retrieved)
        except ArticleError as error:
            yield ArticleError(f"line {number}: {error}", error.code)


def _read_line(line: bytes | None, retrieved: datetime | None) -> Article:
    """The article of one line."""
    return make_listed(article_from_record(read_record(line)), data=line, retrieved=retrieved)


def _is_passed_over(path: Path) -> bool:
    return path.stem.upper() == "README" or any(part.startswith(".") for part in path.parts)
