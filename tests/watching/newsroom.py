"""Feeds and pages on a web on loopback, and a store that reads them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.cli.watch import end_at_once
from geo.errors import BorderIncidentsError
from geo.ingest import Ended
from geo.ingest.feed_list import WatchedFeed
from geo.ingest.politeness import PoliteFetcher
from geo.ingest.watching import Polled, Witness, watch, watch_once
from geo.pipeline import Tools, load_tools
from geo.store import Counts, Store, open_store
from tests.fetch.web import Web

ADDRESS = "http://news.example/feed.xml"
PLACES = ("Khost", "Spin Boldak", "Torkham", "Chaman", "Kunar", "Paktika", "Nangarhar", "Zabul", "Helmand", "Nimroz")
PAGE = """<html lang="en"><head><title>Shelling near {place}</title></head><body><article>
<h1>Shelling near {place}</h1>
<p>Afghan officials said on Friday that shelling near {place} killed {number} civilians on November {day}, 2025.</p>
<p>Pakistani officials did not comment on the shelling near {place}, the officials said in a statement.</p>
</article></body></html>"""


def write_page(number: int) -> str:
    """A page that reports an incident of its own."""
    return PAGE.format(place=PLACES[number % len(PLACES)], number=number + 2, day=1 + number % 27)


def write_feed(*numbers: int, head: str = "", host: str = "news.example") -> str:
    """A feed that announces the pages of these numbers."""
    items = "".join(
        f"<item><title>Shelling {number}</title><link>http://{host}/{number}?utm_source=rss</link>"
        f"<pubDate>Fri, 14 Nov 2025 10:00:00 +0430</pubDate></item>"
        for number in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Pass</title>{head}{items}</channel></rss>'


def publish(web: Web, *numbers: int, host: str = "news.example", **fields: Any) -> None:
    """Put a feed and the pages it announces on the web."""
    web.publish(f"{host}/feed.xml", write_feed(*numbers, host=host), kind="application/rss+xml", **fields)
    for number in numbers:
        web.publish(f"{host}/{number}", write_page(number))


@dataclass
class Newsroom:
    """Someone who watches feeds of a web."""

    store: Store
    tools: Tools
    fetcher: PoliteFetcher
    polled: list[Polled] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    failed: list[BorderIncidentsError] = field(default_factory=list)

    @property
    def witness(self) -> Witness:
        """Notes what is done."""
        return Witness(polled=self.polled.append, ended=self.ended.append, failed=self.failed.append)

    def look(self, *feeds: WatchedFeed) -> bool:
        """Ask for feeds once and read what they announce."""
        asked = feeds or (WatchedFeed(address=ADDRESS),)
        return watch_once(self.store, self.tools, asked, self.fetcher, self.witness)

    def count(self) -> Counts:
        """What became of all pages so far."""
        return self.store.documents.count()

    def titles(self) -> list[str]:
        """Titles of the articles in the store."""
        told = self.store.read_columns({"article": ("title",)}).tables["article"]["title"]
        return sorted(str(title) for title in told)


@contextmanager
def open_newsroom(path: Path, web: Web) -> Iterator[Newsroom]:
    """Someone whose store is at a path, who waits for nobody between two questions."""
    store = open_store(path)
    try:
        yield Newsroom(store, load_tools("AF-PK"), PoliteFetcher(web.fetcher(), pause_s=0.0))
    finally:
        store.close()


def main() -> None:
    """A process that looks once, or on and on: path of the store, port of the web's server, and which of the two."""
    web = Web()
    web.port = int(sys.argv[2])
    end_at_once()
    with open_newsroom(Path(sys.argv[1]), web) as newsroom:
        if sys.argv[3] == "once":
            newsroom.look()
        else:
            feeds = [WatchedFeed(address=ADDRESS, every_s=0.1)]
            watch(newsroom.store, newsroom.tools, feeds, newsroom.fetcher, newsroom.witness)


if __name__ == "__main__":
    main()
