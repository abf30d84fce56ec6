"""What was fetched from an address becomes an article under that address."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from geo.articles.documents import find_limited
from geo.articles.encoding import decode_text
from geo.articles.flags import guess_flag
from geo.articles.found import ArticleFacts, Found
from geo.articles.kinds import Kind, tell_kind
from geo.articles.making import make_found
from geo.articles.pages import find_in_page
from geo.model import Article

PAGE_BYTES = 1_000_000
PAGE_TAGS = 10_000
"""A page of at most so many bytes and signs that open a tag is read on the spot, a larger one within the limits of a
document. Pages of news have up to 160 kB and 2,000 tags and take 20 ms; the worst that were made within both bounds
take 2 s, while 80,000 tags in 250 kB take 5 s, and time grows with their square."""
_HEADING = re.compile(r"\s*# +(.+?)[ #]*\n")


def read_page(
    data: bytes,
    *,
    kind: str,
    address: str,
    retrieved: datetime,
    facts: ArticleFacts | None = None,
    charset: str | None = None,
) -> Article:
    """The article in what came from an address, of the media type ``kind``; raises ArticleError when there is none.

    The ``facts`` of the feed that named it count where the page says nothing, and the name of its host where nobody
    names a publisher. Front matter counts nothing here: what a stranger's page says of its sources is only text.
    """
    found = find_in(data, tell_kind(data, media_type=kind), charset=charset)
    facts = facts or ArticleFacts()
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    facts = replace(facts, publisher=facts.publisher or host or None)
    return make_found(found, data=data, retrieved=retrieved, url=address, facts=facts)


def find_in(data: bytes, kind: Kind, *, charset: str | None = None) -> Found:
    """What bytes of a kind hold; a document and a large page are opened by a process with limits."""
    if kind == "page" and len(data) <= PAGE_BYTES and data.count(b"<") <= PAGE_TAGS:
        return find_in_page(data, charset)
    if kind in ("page", "pdf", "docx", "mail"):
        return find_limited(data, kind, charset=charset)
    decoded = decode_text(data, declared=charset)
    title, text = split_heading(decoded.text.replace("\r\n", "\n")) if kind == "markdown" else (None, decoded.text)
    return Found(text=text, title=title, flags=(guess_flag(decoded.encoding),) if decoded.guessed else ())


def split_heading(text: str) -> tuple[str | None, str]:
    """The heading that a Markdown text begins with, and the text below it; None when it begins with none."""
    heading = _HEADING.match(text)
    return (heading[1], text[heading.end() :]) if heading else (None, text)
