"""What a feed says: RSS 0.9 to 2.0 and Atom by feedparser, JSON Feed by the standard library; all of it hostile.

feedparser takes a string, and bytes too, for the name of a file first and opens it; it is only ever given a stream.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import feedparser

from geo.errors import ArticleError
from geo.feeds.addresses import clean_address
from geo.feeds.dates import plausible_day, read_day, read_interval
from geo.feeds.markup import prepare_markup
from geo.feeds.words import plain_text, read_language

MOST_ENTRIES = 1_000
"""Of one feed; the newest stand first. The longest feed of a daily paper that was looked at has 120."""
MOST_BYTES = 10_000_000
"""Of a feed: with a thousand entries ten times what feeds with whole articles take."""
_LONGEST_TITLE, _LONGEST_SUMMARY = 300, 2_000
_LONGEST_NAME = 120
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page that a feed announces."""

    address: str
    """Of the page, complete and without tracking."""
    title: str | None
    published: date | None
    """The day in the zone the feed writes it in; None when it names none that can be read."""
    publisher: str | None
    """The outlet the entry was taken from, where it is not the feed's own."""
    language: str | None
    """ISO 639-1, of the entry or else of the feed; None when neither says."""
    summary: str
    """Without markup; empty when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed held when it was read."""

    title: str | None
    entries: tuple[Entry, ...]
    """In the order of the feed, each address once."""
    least_s: float = 0.0
    """The least time between two looks that the feed asks for, by ``ttl`` or ``sy:updatePeriod``."""
    left_out: int = 0
    """Entries without an address that can be fetched."""
    cut: bool = False
    """Whether there were more than MOST_ENTRIES, and the rest was left out."""


def read_feed(data: bytes, *, address: str, charset: str | None = None) -> Feed:
    """The entries of a feed; ``address`` is its own, against which those in it are completed.

    ``charset`` is the encoding the server named. Raises ArticleError with ``code`` no_feed, too_large or not_allowed.
    """
    if len(data) > MOST_BYTES:
        raise ArticleError(
            f"it has {len(data) / 1e6:.0f} MB; of a feed at most {MOST_BYTES // 10**6} are read", "too_large"
        )
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json(data, address)
    markup, cut = prepare_markup(data, charset=charset, most=MOST_ENTRIES)
    stream = BytesIO(_DECLARATION + markup.encode("utf-8"))
    said = {"content-location": address, "content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(stream, response_headers=said, resolve_relative_uris=False, sanitize_html=False)
    feed = found.feed
    made = [_read_entry(entry, feed, address) for entry in found.entries[:MOST_ENTRIES]]
    return _make_feed(feed.get("title"), made, least_s=read_interval(feed), cut=cut)


def _read_entry(entry: Mapping[str, Any], feed: Mapping[str, Any], base: str) -> Entry | None:
    found = clean_address(str(entry.get("feedburner_origlink") or entry.get("link") or ""), base)
    if found is None:
        return None
    source = entry.get("source") or {}
    language = (entry.get("title_detail") or {}).get("language") or entry.get("language") or feed.get("language")
    return Entry(
        address=found,
        title=_short(entry.get("title"), _LONGEST_TITLE),
        published=next(filter(None, (_find_day(entry, key) for key in ("published", "updated", "created"))), None),
        publisher=_short(source.get("title") or entry.get("publisher"), _LONGEST_NAME),
        language=read_language(language),
        summary=_short(entry.get("summary"), _LONGEST_SUMMARY) or "",
    )


def _find_day(entry: Mapping[str, Any], key: str) -> date | None:
    """The day as written; where only feedparser can read it (``2025-11``, days in Greek or Korean), that in UTC."""
    own = dict(entry.items())  # an entry itself gives one moment in place of another
    parsed = own.get(f"{key}_parsed")
    return read_day(str(own.get(key) or "")) or (plausible_day(*parsed[:3]) if parsed else None)


def _read_json(data: bytes, address: str) -> Feed:
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ArticleError("it begins as a JSON Feed and is damaged", "no_feed") from error
    items = told.get("items")
    if not str(told.get("version", "")).startswith("https://jsonfeed.org/version/1") or not isinstance(items, list):
        raise ArticleError("it is JSON, but no JSON Feed", "no_feed")
    made = [_read_item(item, told, address) for item in items[:MOST_ENTRIES]]
    return _make_feed(told.get("title"), made, least_s=0.0, cut=len(items) > MOST_ENTRIES)


def _read_item(item: Any, feed: Mapping[str, Any], base: str) -> Entry | None:
    if not isinstance(item, dict):
        return None
    said = {key: value for key, value in item.items() if isinstance(value, str)}
    found = clean_address(said.get("url") or said.get("external_url") or _only_address(said.get("id", "")), base)
    if found is None:
        return None
    text = said.get("summary") or said.get("content_text") or said.get("content_html")
    days = (said[key] for key in ("date_published", "date_modified") if key in said)
    return Entry(
        address=found,
        title=_short(said.get("title"), _LONGEST_TITLE),
        published=next(filter(None, map(read_day, days)), None),
        publisher=None,
        language=read_language(said.get("language") or feed.get("language")),
        summary=_short(text, _LONGEST_SUMMARY) or "",
    )


def _only_address(id_: str) -> str:
    """An id where it is the address of the page, as many feeds have it."""
    return id_ if id_.startswith(("http://", "https://")) else ""


def _make_feed(title: Any, made: Iterable[Entry | None], *, least_s: float, cut: bool) -> Feed:
    listed = list(made)
    once = {entry.address: entry for entry in reversed(listed) if entry is not None}
    return Feed(
        title=_short(title, _LONGEST_TITLE),
        entries=tuple(reversed(once.values())),
        least_s=least_s,
        left_out=listed.count(None),
        cut=cut,
    )


def _short(text: Any, most: int) -> str | None:
    """A text of one line without markup, the end of a long one cut off; None for none."""
    plain = plain_text(text)[: most + 1] if isinstance(text, str) else ""
    return (plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…") or None
