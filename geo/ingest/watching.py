"""Feeds that are watched: each asked when its time has come, and what it announces queued before anything is fetched.

What a feed says is kept in two steps, its entries first and then its state: who is killed between them asks again and
finds the entries in the queue already. Nothing is lost, and nothing is there twice.
"""

from __future__ import annotations

import threading
import time as clock
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NoReturn

from geo.errors import ArticleError, BorderIncidentsError, FetchError
from geo.feeds import Entry, Feed, read_limited
from geo.feeds.reading import MOST_BYTES, MOST_ENTRIES
from geo.fetch import FEED_KINDS, Page
from geo.ingest.feed_list import WatchedFeed
from geo.ingest.politeness import PoliteFetcher, wait_after
from geo.ingest.working import Progress, work
from geo.pipeline import Tools
from geo.store import FeedState, NewDocument, Store

KINDS = FEED_KINDS | {"text/plain", "text/html", "application/rss", "application/atom", "application/octet-stream"}
"""Media types under which feeds are found; what is none is told by its first letters."""
_WELL: Mapping[str, Any] = {"failures": 0, "message": None}
"""What is known of a feed that answered."""
ASKED_AT_ONCE = 4
"""Feeds: one that does not answer keeps the others waiting for a fourth of the time; each is parsed by a process."""
RETRY_S = 30.0
"""After which a store that could not be written is tried again."""
LOOK_AGAIN_S = 5.0
"""How often the queue is looked into for what others add or hold."""
LEAST_WAIT_S, LONGEST_SLEEP_S = 0.1, 60.0
"""Between two looks at which feeds are due; a clock that jumps is noticed within a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What came of asking for one feed."""

    feed: WatchedFeed
    state: FeedState
    """As it was kept."""
    found: int = 0
    """Entries that the feed holds."""
    new: int = 0
    """Of these such as were not known before."""
    unchanged: bool = False
    """Whether the server said that nothing has changed (304)."""
    left_alone: bool = False
    """Whether it was not asked, since its time has not come."""
    notes: tuple[str, ...] = ()
    """What else is to be known of it."""

    def __str__(self) -> str:
        """One line for a person."""
        if self.left_alone:
            until = datetime.fromtimestamp(self.state.next_due or 0.0, UTC)
            said = f"left alone until {until:%Y-%m-%d %H:%M} UTC"
            said += f": {self.state.message}" if self.state.message else ""
        elif self.state.message:
            said = self.state.message
        elif self.unchanged:
            said = "nothing has changed"
        else:
            said = f"{self.new:,} new of {self.found:,} entries"
        return "; ".join((f"{self.feed.name}: {said}", *self.notes))


def poll_feed(
    store: Store, feed: WatchedFeed, fetcher: PoliteFetcher, *, now: Callable[[], float] = clock.time
) -> Polled:
    """Ask for a feed, queue what is new in it, and keep when it may be asked again.

    A feed that fails is the answer's ``state.message``; only what is wrong with the store is raised.
    """
    (before,) = store.feeds.load([feed.address])
    state = replace(before, checked=datetime.fromtimestamp(now(), UTC))
    try:
        page = fetcher.fetch_page(
            feed.address, etag=state.etag, last_modified=state.last_modified, most_bytes=MOST_BYTES, kinds=KINDS
        )
        polled = _keep_away(feed, before, state, page) if page.status == 304 else _take_page(store, feed, state, page)
    except (FetchError, ArticleError) as error:
        polled = Polled(feed=feed, state=_put_off(feed, state, error, now()))
    store.feeds.keep(polled.state)
    return polled


def _keep_away(feed: WatchedFeed, before: FeedState, state: FeedState, page: Page) -> Polled:
    """Nothing has changed: what the feed said of how often it may be asked holds on."""
    kept_s = before.next_due - before.checked.timestamp() if before.next_due and before.checked else 0.0
    after = _after(state, kept_s if not before.failures else 0.0)
    return Polled(feed=feed, state=replace(state, **_WELL, next_due=after), unchanged=True, notes=_note_move(page))


def _after(state: FeedState, seconds: float) -> float | None:
    """The moment so long after the feed was asked; None for at once."""
    return state.checked.timestamp() + seconds if state.checked and seconds > 0 else None


def _note_move(page: Page) -> tuple[str, ...]:
    return (f"it has moved for good to {page.address}: name that in the list",) if page.moved else ()


def _take_page(store: Store, feed: WatchedFeed, state: FeedState, page: Page) -> Polled:
    read = read_limited(page.body, address=page.address, charset=page.charset)
    new = store.documents.queue([_make_document(feed, state, read, entry) for entry in read.entries])
    return Polled(
        feed=feed,
        state=replace(
            state,
            **_WELL,
            title=read.title,
            etag=page.etag,
            last_modified=page.last_modified,
            next_due=_after(state, read.least_s),
        ),
        found=len(read.entries),
        new=new,
        notes=(*_note_move(page), *_note(read)),
    )


def _note(read: Feed) -> tuple[str, ...]:
    cut = f"it is longer than the {MOST_ENTRIES:,} entries that are read" if read.cut else ""
    left_out = f"{read.left_out:,} without an address that can be fetched" if read.left_out else ""
    return tuple(filter(None, (cut, left_out)))


def _make_document(feed: WatchedFeed, state: FeedState, read: Feed, entry: Entry) -> NewDocument:
    facts = {
        "title": entry.title,
        "published": entry.published.isoformat() if entry.published else None,
        "publisher": feed.publisher or entry.publisher or read.title,
        "language": feed.language or entry.language,
    }
    return NewDocument(source=entry.address, facts=facts, feed_id=state.id)


def _put_off(feed: WatchedFeed, state: FeedState, error: FetchError | ArticleError, now: float) -> FeedState:
    """Ask again later, the later the oftener it has failed, and not before the server wants to be asked."""
    failures = state.failures + 1
    asked_s = error.retry_after_s if isinstance(error, FetchError) else None
    wait_s = wait_after(failures, first_s=feed.every_s, factor=2.0, asked_s=asked_s)
    return replace(state, failures=failures, next_due=now + wait_s, message=str(error))


def find_due(feed: WatchedFeed, state: FeedState) -> float:
    """The moment at which a feed is to be asked next, in seconds since 1970; 0 for at once."""
    last = state.checked.timestamp() + feed.every_s if state.checked else 0.0
    return max(last, state.next_due or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Who is told of what is done."""

    polled: Callable[[Polled], None]
    """Of each feed that was asked."""
    ended: Progress
    """Of each page that was read, or put aside."""
    failed: Callable[[BorderIncidentsError], None]
    """Of a store that could not be read or written; it is tried again."""


def watch_once(
    store: Store, tools: Tools, feeds: Sequence[WatchedFeed], fetcher: PoliteFetcher, witness: Witness
) -> bool:
    """Ask for each feed that does not want to be left alone, and read what is queued; whether no feed failed."""
    fine, now = True, clock.time()

    def ask(feed: WatchedFeed, state: FeedState) -> Polled:
        waits = (state.next_due or 0.0) > now
        return Polled(feed=feed, state=state, left_alone=True) if waits else poll_feed(store, feed, fetcher)

    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        for polled in pool.map(ask, feeds, store.feeds.load([feed.address for feed in feeds])):
            witness.polled(polled)
            fine = fine and polled.state.message is None
    work(store, tools, fetch=fetcher.fetch_page, progress=witness.ended, wait=False)
    return fine


def watch(
    store: Store, tools: Tools, feeds: Sequence[WatchedFeed], fetcher: PoliteFetcher, witness: Witness
) -> NoReturn:
    """Ask for feeds and read what they announce until the process is ended, which may be done at any moment.

    Pages are read in a thread of their own, so that a long queue keeps no feed waiting. Raises BorderIncidentsError
    when that ends by a fault of this program.
    """
    queued = threading.Event()
    reading = threading.Thread(
        target=_read_pages, args=(store, tools, fetcher, witness, queued), name="reading pages", daemon=True
    )
    reading.start()
    while reading.is_alive():
        try:
            wait_s = _poll_due(store, feeds, fetcher, witness, queued)
        except BorderIncidentsError as error:
            witness.failed(error)
            wait_s = RETRY_S
        clock.sleep(wait_s)
    raise BorderIncidentsError("pages are not read any more because of a fault in this program; start it again")


def _read_pages(
    store: Store, tools: Tools, fetcher: PoliteFetcher, witness: Witness, queued: threading.Event
) -> NoReturn:
    while True:
        queued.clear()
        wait_s = LOOK_AGAIN_S
        try:
            due = store.documents.next_due()
            if due is not None and due <= clock.time():
                work(store, tools, fetch=fetcher.fetch_page, progress=witness.ended, wait=False)
        except BorderIncidentsError as error:
            witness.failed(error)
            wait_s = RETRY_S
        queued.wait(wait_s)


def _poll_due(
    store: Store, feeds: Sequence[WatchedFeed], fetcher: PoliteFetcher, witness: Witness, queued: threading.Event
) -> float:
    """Ask for each feed whose time has come; seconds until that of the next."""
    addresses = [feed.address for feed in feeds]
    states, now = store.feeds.load(addresses), clock.time()
    due = [feed for feed, state in zip(feeds, states, strict=True) if find_due(feed, state) <= now]
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        for polled in pool.map(lambda feed: poll_feed(store, feed, fetcher), due):
            witness.polled(polled)
            if polled.new:
                queued.set()
    soonest = min(map(find_due, feeds, store.feeds.load(addresses)))
    return min(max(soonest - clock.time(), LEAST_WAIT_S), LONGEST_SLEEP_S)
