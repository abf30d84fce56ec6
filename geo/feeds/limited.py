"""Feeds of strangers, read in a process of their own that may take so much memory and time and no more."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

from geo.articles.documents import ask_process
from geo.articles.sandbox import limit_self
from geo.errors import ArticleError
from geo.feeds.reading import Entry, Feed, read_feed

_START = "import sys; sys.path.insert(0, sys.argv[1]); from geo.feeds.limited import main; main()"


def read_limited(data: bytes, *, address: str, charset: str | None = None) -> Feed:
    """The entries of a feed, found by a process with limits; raises ArticleError as ``read_feed`` does."""
    told = ask_process(_START, [address, charset or ""], data)
    return Feed(**{**told, "entries": tuple(_restore(entry) for entry in told["entries"])})


def main() -> None:
    """Read the feed on standard input; the arguments name its address and encoding."""
    limit_self()
    address, charset = sys.argv[-2:]
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read(), address, charset or None), default=str))


def _answer(data: bytes, address: str, charset: str | None) -> dict[str, Any]:
    try:
        return {"found": asdict(read_feed(data, address=address, charset=charset))}
    except ArticleError as error:
        return {"error": [str(error), error.code]}
    except (MemoryError, RecursionError):
        return {"error": ["reading it takes more memory than a feed may take", "too_large"]}


def _restore(entry: dict[str, Any]) -> Entry:
    published = entry["published"]
    return Entry(**{**entry, "published": date.fromisoformat(published) if published else None})
