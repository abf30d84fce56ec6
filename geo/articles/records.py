"""Articles as lines of JSON: the input of the machine interface, and files of such lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO

from geo.errors import ArticleError
from geo.model import Article

Json = dict[str, object]

_SURROGATE = re.compile("[\ud800-\udfff]")


def split_lines(stream: BinaryIO, *, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream without their ends, never more than ``limit`` bytes at once; None for a longer one."""
    while line := stream.readline(limit + 1):
        if line.endswith(b"\n") or len(line) <= limit:
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
        yield None


def read_record(line: bytes | None) -> Json:
    """The JSON object of one input line; raises ArticleError with a code when it is none."""
    if line is None:
        raise ArticleError("the line is longer than allowed", "too_large")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:  # a UnicodeDecodeError is a ValueError too
        raise ArticleError(f"the line is not JSON: {_shorten(str(error))}", "bad_json") from error
    if not isinstance(record, dict):
        raise ArticleError("the line is JSON but not an object with id and text", "bad_json")
    return record


def article_from_record(record: Mapping[str, object]) -> Article:
    """The article an input line describes, its text exactly as given; raises ArticleError when a field is wrong."""
    identity, text = _read_text(record, "id"), _read_text(record, "text")
    if identity is None:
        raise ArticleError("the line has no id", "missing_id")
    if not (text and text.strip()):
        raise ArticleError("the line has no text", "missing_text")
    return Article(
        id=identity,
        text=text,
        title=_read_text(record, "title"),
        published=_read_day(_read_text(record, "published")),
        url=_read_text(record, "url"),
        publisher=_read_text(record, "publisher"),
        language=_read_text(record, "language"),
    )


def record_id(record: Mapping[str, object]) -> str | None:
    """The id to answer with; None when the line has none that can be written."""
    identity = record.get("id")
    return identity if isinstance(identity, str) and not _SURROGATE.search(identity) else None


def _read_text(record: Mapping[str, object], name: str) -> str | None:
    """A text field; None when it is absent, null or empty."""
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ArticleError(f"{name} is not a text", "bad_field")
    if "\0" in value:
        raise ArticleError(f"{name} holds a NUL character, as only broken or binary files do", "nul_character")
    if _SURROGATE.search(value):
        raise ArticleError(f"{name} holds half a character (a lone surrogate)", "lone_surrogate")
    return value or None


def _read_day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise ArticleError(f"published is not an ISO date: {_shorten(written)!r}", "bad_date") from error


def _shorten(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
