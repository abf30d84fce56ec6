"""What makes an article: its canonical text and its stable id."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID, uuid5

from geo.articles.found import ArticleFacts, Found
from geo.errors import ArticleError
from geo.model import Article, Flag, Source

NAMESPACE = UUID("6f0c1c3e-0a0b-5d9b-9d1f-6c8b0a2f4e51")
"""Of all ids of articles; never to be changed."""


class Fields(TypedDict, total=False):
    """Fields of an article that its reader may know."""

    title: str | None
    url: str | None
    publisher: str | None
    published: date | None
    retrieved: datetime | None
    language: str | None
    own_wording: bool
    sources: tuple[Source, ...]
    flags: tuple[Flag, ...]


_LONGEST_LINE = 2_000
"""Characters of a title, name or address."""
_LONGEST_CODE = 16
"""Characters of the code of a language; what is longer is none, and the language is guessed."""
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|\u0085")


def canonical_text(text: str) -> str:
    """The text as it is kept: Unicode NFC, line ends as newlines, no byte order mark, no blanks at its ends."""
    return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)).strip("\ufeff \t\n")


def identify_article(*, url: str | None, text: str) -> str:
    """The id of an article: the same for the same address, or for the same canonical text when there is none."""
    return str(uuid5(NAMESPACE, f"url:{url}" if url else f"text:{text}"))


def make_article(text: str, *, data: bytes | None = None, **fields: Unpack[Fields]) -> Article:
    """The article of a text as it was received; ``data`` are its bytes, whose hash is kept for evidence.

    Its sources are those given, else its own publisher. Raises ArticleError when there is no text, or half a character
    in it, which no file can hold.
    """
    body = canonical_text(text)
    if not body:
        raise ArticleError("there is no text in it", "empty_file")
    if _HALF_CHARACTER.search(body):
        raise ArticleError("the text holds half a character (a lone surrogate)", "lone_surrogate")
    if len(fields.get("language") or "") > _LONGEST_CODE:
        fields["language"] = None
    url, publisher = fields.get("url"), fields.get("publisher")
    if publisher and not fields.get("sources"):
        fields["sources"] = (Source(outlet=publisher, url=url, published=fields.get("published")),)
    received = text.encode(errors="surrogatepass") if data is None else data
    sha256 = hashlib.sha256(received).hexdigest()
    return Article(id=identify_article(url=url, text=body), text=body, sha256=sha256, **fields)


def make_found(
    found: Found,
    *,
    data: bytes,
    retrieved: datetime | None = None,
    url: str | None = None,
    facts: ArticleFacts | None = None,
) -> Article:
    """The article of what a reader found in the bytes of a file; raises ArticleError when that is no text.

    Where the file says nothing of its title, day, publisher or language, the ``facts`` count. A day after that of
    ``retrieved`` is a mistake and left out.
    """
    told = facts or ArticleFacts()
    latest = retrieved.date() + timedelta(days=1) if retrieved else date.max
    days = (day for day in (found.published, told.published) if day and day <= latest)
    return make_article(
        _UNKEEPABLE.sub("\ufffd", found.text),
        data=data,
        title=_tidy(found.title or told.title),
        url=url or _tidy(found.url),
        publisher=_tidy(found.publisher or told.publisher),
        published=next(days, None),
        retrieved=retrieved,
        language=found.language or told.language,
        flags=found.flags,
    )


def _tidy(line: str | None) -> str | None:
    """A title or name on one line, of bearable length and without what no file can hold."""
    return " ".join(_UNKEEPABLE.sub(" ", line[:_LONGEST_LINE]).split()) or None if line else None


def make_listed(given: Article, *, data: bytes | None, retrieved: datetime | None) -> Article:
    """The article of a line or row, under an id of its own: the id it was given there is only good in its file."""
    return make_article(
        given.text,
        data=data,
        title=given.title,
        url=given.url,
        publisher=given.publisher,
        published=given.published,
        language=given.language,
        retrieved=retrieved,
    )
