"""Files and folders to articles; what cannot be read stands as an error in its place, and the rest goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from geo.articles.encoding import decode_text
from geo.articles.front_matter import read_fields, split_front_matter
from geo.articles.making import make_article
from geo.articles.pages import guess_flag, read_page
from geo.articles.records import article_from_record, read_record, split_lines
from geo.errors import ArticleError
from geo.model import Article
from geo.settings import byte_limit

_MARKDOWN = (".md", ".markdown")
_PAGES = (".html", ".htm", ".xhtml")
_LINES = (".jsonl", ".ndjson")
_PAGE_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_HEADING = re.compile(r"\s*# +(.+?)[ #]*\n")


def list_files(source: Path) -> list[Path]:
    """The files to read at a path: itself, or all in a folder by name, without hidden ones and READMEs."""
    if not source.is_dir():
        return [source]
    files = (path for path in source.rglob("*") if path.is_file())
    return sorted(path for path in files if not _is_passed_over(path.relative_to(source)))


def read_articles(path: Path, *, retrieved: datetime | None = None) -> Iterator[Article | ArticleError]:
    """The articles of one file in order: one, or one a line in a JSON Lines file.

    What cannot be read stands as an ArticleError, whose sentence names the file, in the place of the article.
    """
    if path.suffix.lower() in _LINES and path.is_file():
        yield from _read_lines(path, retrieved)
        return
    try:
        yield read_bytes(_read_file(path), name=path.name, retrieved=retrieved)
    except ArticleError as error:
        yield ArticleError(f"{path}: {error}", error.code)


def read_bytes(data: bytes, *, name: str, retrieved: datetime | None = None) -> Article:
    """The article in a file's bytes; the end of the ``name`` tells the kind, else the first bytes do."""
    suffix = Path(name).suffix.lower()
    if len(data) > byte_limit():
        raise _too_large(len(data))
    if suffix in _PAGES or (suffix not in _MARKDOWN and _PAGE_START.match(data)):
        return read_page(data, retrieved=retrieved)
    decoded = decode_text(data)
    values, body = split_front_matter(decoded.text.replace("\r\n", "\n"))
    fields = read_fields(values)
    heading = _HEADING.match(body) if suffix in _MARKDOWN and not fields.get("title") else None
    if heading:
        fields["title"], body = heading[1], body[heading.end() :]
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
            raise _too_large(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(f"it cannot be opened: {error.strerror}", "unreadable") from error


def _read_lines(path: Path, retrieved: datetime | None) -> Iterator[Article | ArticleError]:
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(split_lines(stream, limit=byte_limit()), start=1):
                try:
                    yield _read_line(line, retrieved)
                except ArticleError as error:
                    yield ArticleError(f"{path}, line {number}: {error}", error.code)
    except OSError as error:
        yield ArticleError(f"{path}: it cannot be read to its end: {error.strerror}", "unreadable")


def _read_line(line: bytes | None, retrieved: datetime | None) -> Article:
    """The article of one line, under an id of its own: the line's id is only good in its file."""
    given = article_from_record(read_record(line))
    return make_article(
        given.text,
        data=line,
        title=given.title,
        url=given.url,
        publisher=given.publisher,
        published=given.published,
        language=given.language,
        retrieved=retrieved,
    )


def _is_passed_over(path: Path) -> bool:
    return path.stem.upper() == "README" or any(part.startswith(".") for part in path.parts)


def _too_large(size: int) -> ArticleError:
    allowed = byte_limit() // 1_000_000
    return ArticleError(f"it has {size / 1_000_000:.0f} MB; at most {allowed} MB are read", "too_large")
