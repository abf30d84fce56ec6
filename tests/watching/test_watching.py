"""Feeds that are watched: asked politely, read once, and nothing lost whatever happens meanwhile."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from geo.errors import FetchError
from geo.ingest.feed_list import WatchedFeed
from geo.ingest.politeness import MOST_TRIES, PoliteFetcher, find_wait, wait_after
from geo.ingest.watching import find_due, poll_feed
from geo.store import Document, FeedState, open_store
from geo.store.engine import open_engine
from geo.store.tables import document
from tests.fetch.web import Web, run_web
from tests.watching.newsroom import ADDRESS, Newsroom, open_newsroom, publish, write_feed, write_page


@pytest.fixture
def web() -> Iterator[Web]:
    with run_web() as running:
        yield running


@pytest.fixture
def newsroom(tmp_path: Path, web: Web) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path / "incidents.sqlite", web) as opened:
        yield opened


def state_of(newsroom: Newsroom, address: str = ADDRESS) -> FeedState:
    (state,) = newsroom.store.feeds.load([address])
    return state


def let_pass(newsroom: Newsroom, address: str = ADDRESS) -> None:
    """As if the time that was to be waited for had gone by."""
    newsroom.store.feeds.keep(replace(state_of(newsroom, address), next_due=None))


def test_what_a_feed_announces_is_read_into_the_store(newsroom: Newsroom, web: Web) -> None:
    publish(web, 0, 1, 2)
    assert newsroom.look()
    assert newsroom.count().done == 3
    assert newsroom.store.count_incidents() == 3
    (polled,) = newsroom.polled
    assert str(polled) == f"{ADDRESS}: 3 new of 3 entries"
    (article,) = newsroom.store.load_articles([a for a in ids_of(newsroom) if a][:1])
    assert article.publisher == "The Pass"
    assert article.url is not None
    assert "utm_source" not in article.url


def ids_of(newsroom: Newsroom) -> list[str]:
    return list(newsroom.store.read_columns({"article": ("id",)}).tables["article"]["id"])


def test_a_feed_that_grows_has_only_its_new_pages_fetched(newsroom: Newsroom, web: Web) -> None:
    publish(web, 0, 1)
    newsroom.look()
    web.asked.clear()
    publish(web, 0, 1, 2)
    newsroom.look()
    assert web.paths() == ["/feed.xml", "/2"]
    assert newsroom.polled[-1].new == 1
    assert newsroom.count().done == 3


def test_a_feed_that_has_not_changed_is_not_sent_again(newsroom: Newsroom, web: Web) -> None:
    publish(web, 0, headers={"ETag": '"one"', "Last-Modified": "Fri, 14 Nov 2025 10:00:00 GMT"})
    newsroom.look()
    web.publish("news.example/feed.xml", status=304)
    newsroom.look()
    asked = [asked.headers for asked in web.asked if asked.path == "/feed.xml"][-1]
    assert asked["If-None-Match"] == '"one"'
    assert asked["If-Modified-Since"] == "Fri, 14 Nov 2025 10:00:00 GMT"
    assert newsroom.polled[-1].unchanged
    newsroom.look()
    assert sum(polled.unchanged for polled in newsroom.polled) == 2
    assert newsroom.count().done == 1


def test_what_robots_may_not_fetch_is_left_alone(newsroom: Newsroom, web: Web) -> None:
    web.publish("news.example/robots.txt", "User-agent: *\nDisallow: /1\n", kind="text/plain")
    publish(web, 0, 1)
    newsroom.look()
    assert "/1?utm_source=rss" not in web.paths()
    assert "/1" not in web.paths()
    (refused,) = newsroom.store.documents.list_quarantined()
    assert refused.code == "robots"
    assert newsroom.count().done == 1


def test_a_feed_robots_may_not_fetch_says_so_and_the_others_go_on(newsroom: Newsroom, web: Web) -> None:
    web.publish("shut.example/robots.txt", "User-agent: *\nDisallow: /\n", kind="text/plain")
    publish(web, 0, host="shut.example")
    publish(web, 1)
    shut, open_ = WatchedFeed(address="http://shut.example/feed.xml", publisher="Shut"), WatchedFeed(address=ADDRESS)
    assert not newsroom.look(shut, open_)
    assert str(newsroom.polled[0]) == "Shut: the site asks robots not to fetch this page"
    assert newsroom.count().done == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_to_wait_is_left_alone_as_long(newsroom: Newsroom, web: Web, status: int) -> None:
    publish(web, 0, status=status, headers={"Retry-After": "7200"})
    assert not newsroom.look()
    state = state_of(newsroom)
    assert state.next_due is not None
    assert state.checked is not None
    assert state.next_due - state.checked.timestamp() >= 7199
    assert str(status) in str(state.message)
    assert not newsroom.look()
    assert web.paths() == ["/feed.xml"]
    assert "left alone until" in str(newsroom.polled[-1])
    publish(web, 0)
    let_pass(newsroom)
    assert newsroom.look()
    assert (state_of(newsroom).failures, state_of(newsroom).message) == (0, None)


def test_a_feed_that_says_how_often_it_changes_is_asked_no_oftener(newsroom: Newsroom, web: Web) -> None:
    web.publish("news.example/feed.xml", write_feed(head="<ttl>90</ttl>"), kind="text/xml", headers={"ETag": '"1"'})
    feed = WatchedFeed(address=ADDRESS, every_s=60.0)
    newsroom.look(feed)
    state = state_of(newsroom)
    assert state.checked is not None
    assert find_due(feed, state) == pytest.approx(state.checked.timestamp() + 5400)
    web.publish("news.example/feed.xml", status=304)
    let_pass(newsroom)
    newsroom.store.feeds.keep(state)
    poll_feed(newsroom.store, feed, newsroom.fetcher)
    again = state_of(newsroom)
    assert again.checked is not None
    assert find_due(feed, again) == pytest.approx(again.checked.timestamp() + 5400)


def test_a_feed_that_has_moved_is_followed_and_said_so(newsroom: Newsroom, web: Web) -> None:
    publish(web, 0, host="new.example")
    web.publish("news.example/feed.xml", status=301, headers={"Location": "http://new.example/feed.xml"})
    assert newsroom.look()
    assert newsroom.polled[0].notes == ("it has moved for good to http://new.example/feed.xml: name that in the list",)
    assert newsroom.count().done == 1
    web.publish("news.example/feed.xml", status=302, headers={"Location": "http://new.example/feed.xml"})
    newsroom.look()
    assert newsroom.polled[-1].notes == ()


def test_a_page_that_leads_on_is_an_article_of_where_it_ends(newsroom: Newsroom, web: Web) -> None:
    publish(web, 0)
    web.publish("news.example/0", status=302, headers={"Location": "/story"})
    web.publish("news.example/story", write_page(0))
    newsroom.look()
    (article,) = newsroom.store.load_articles(ids_of(newsroom))
    assert article.url == "http://news.example/story"


@pytest.mark.parametrize(
    ("body", "kind", "sentence"),
    [
        ("<html>Gone</html>", "text/html", "it is no feed but a web page"),
        ("{}", "application/json", "it is JSON, but no JSON Feed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "text/xml", "it declares entities of its own, which no feed needs"),
        ("x", "image/png", "it is of the kind 'image/png', which is not read"),
    ],
)
def test_what_is_no_feed_is_said_in_a_sentence(
    newsroom: Newsroom, web: Web, body: str, kind: str, sentence: str
) -> None:
    web.publish("news.example/feed.xml", body, kind=kind)
    assert not newsroom.look()
    assert str(newsroom.polled[0]) == f"{ADDRESS}: {sentence}"


def test_a_page_that_fails_is_tried_again_later_and_then_put_aside(newsroom: Newsroom, web: Web) -> None:
    publish(web, 0)
    web.publish("news.example/0", status=500)
    for tried in range(1, MOST_TRIES + 1):
        newsroom.look()
        assert len([path for path in web.paths() if path.startswith("/0")]) == tried
        if tried < MOST_TRIES:
            assert newsroom.count().pending == 1
            due = newsroom.store.documents.next_due()
            assert due is not None
            assert due > time.time() + 50
            hurry(newsroom)
    (aside,) = newsroom.store.documents.list_quarantined()
    assert "500" in str(aside.message)


def hurry(newsroom: Newsroom) -> None:
    """As if the time a page was to wait for had gone by."""
    with open_engine(newsroom.store.name, read_only=False).execution_options(writing=True).begin() as connection:
        connection.execute(update(document).values(not_before=None))


def test_a_page_that_fails_keeps_no_other_waiting(newsroom: Newsroom, web: Web) -> None:
    publish(web, 0, 1, 2)
    web.publish("news.example/0", status=503, headers={"Retry-After": "600"})
    newsroom.look()
    assert (newsroom.count().pending, newsroom.count().done) == (1, 2)
    due = newsroom.store.documents.next_due()
    assert due is not None
    assert due >= time.time() + 590


def test_waits_grow_up_to_six_hours_and_a_server_is_heard() -> None:
    waits = [wait_after(failures, first_s=900.0, factor=2.0) for failures in (1, 2, 3, 10, 1000)]
    assert [round(wait / 900) for wait in waits[:3]] == pytest.approx([1, 2, 4], abs=1)
    assert max(waits) <= 21_600 * 1.1
    assert wait_after(1, first_s=60.0, factor=2.0, asked_s=3600.0) == 3600.0
    assert wait_after(1, first_s=60.0, factor=2.0, asked_s=1e9) == 86_400.0


def test_what_a_person_added_is_not_kept_waiting(newsroom: Newsroom, web: Web) -> None:
    error = FetchError("slow", "timeout")
    assert find_wait(Document(source="http://news.example/0", number=1, attempts=1), error) is None
    assert find_wait(Document(source="http://news.example/0", number=1, attempts=1, feed_id="f"), error) is not None
    robots = FetchError("no", "robots")
    assert find_wait(Document(source="http://news.example/0", number=1, attempts=1, feed_id="f"), robots) is None


def test_no_host_is_asked_twice_within_its_pause(web: Web) -> None:
    slept: list[float] = []
    web.publish("slow.example/robots.txt", "User-agent: *\nCrawl-delay: 7\n", kind="text/plain")
    for host in ("slow.example", "news.example"):
        web.publish(f"{host}/a", "<html>a</html>")
    fetcher = PoliteFetcher(web.fetcher(), pause_s=2.0, sleep=slept.append)
    for address in ("http://news.example/a", "http://news.example/a", "http://slow.example/a", "http://slow.example/a"):
        fetcher.fetch_page(address)
    assert [round(seconds) for seconds in slept] == [0, 2, 0, 7]


def test_a_process_that_is_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path, web: Web) -> None:
    numbers = range(40)
    publish(web, *numbers)
    path = tmp_path / "incidents.sqlite"
    open_store(path).close()
    kill_at = [3, 9, 17, 30]
    for least in kill_at:
        process = start_process(path, web)
        while process.poll() is None and len(set(fetched(web))) < least:
            wait_for(process)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with open_newsroom(path, web) as newsroom:
            counts = newsroom.count()
            assert counts.queued in (0, len(numbers))
            assert len(newsroom.titles()) == counts.done
            assert newsroom.store.check() == []
    assert start_process(path, web).wait() == 0
    with open_newsroom(path, web) as newsroom:
        assert (newsroom.count().done, newsroom.count().pending) == (len(numbers), 0)
        assert len(newsroom.titles()) == len(numbers)
        assert newsroom.store.check() == []
    with open_newsroom(tmp_path / "other.sqlite", web) as once:
        once.look()
        with open_newsroom(path, web) as newsroom:
            assert newsroom.store.digest() == once.store.digest()


@pytest.mark.parametrize(("ending", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_watch_goes_on_until_it_is_ended_and_ends_at_once(
    tmp_path: Path, web: Web, ending: signal.Signals, status: int
) -> None:
    publish(web, 0, 1)
    path, held = tmp_path / "incidents.sqlite", threading.Event()
    process = start_process(path, web, "on")
    wait_until(process, lambda: {"/0", "/1"} <= set(fetched(web)))
    publish(web, 0, 1, 2)
    wait_until(process, lambda: "/2" in fetched(web))
    web.publish("news.example/3", write=lambda stream: held.wait())  # on its way when the end comes
    web.publish("news.example/feed.xml", write_feed(0, 1, 2, 3), kind="text/xml")
    wait_until(process, lambda: "/3" in fetched(web))
    process.send_signal(ending)
    assert process.wait(timeout=3) == status
    held.set()
    with open_newsroom(path, web) as newsroom:
        assert (newsroom.count().queued, newsroom.count().quarantined) == (4, 0)
        assert newsroom.store.check() == []
        web.publish("news.example/3", write_page(3))
        newsroom.look()
        assert newsroom.count().done == 4
        assert len(newsroom.titles()) == 4


def wait_until(process: subprocess.Popen[bytes], reached: Callable[[], bool]) -> None:
    """Until something is so; a process that has ended meanwhile fails the test."""
    while not reached():
        wait_for(process)
        assert process.poll() is None


def fetched(web: Web) -> list[str]:
    """Pages that were asked for, the feed left out."""
    return [path for path in web.paths() if path != "/feed.xml"]


def start_process(path: Path, web: Web, manner: str = "once") -> subprocess.Popen[bytes]:
    """A process that looks once, or on and on."""
    command = [sys.executable, "-m", "tests.watching.newsroom", str(path), str(web.port), manner]
    return subprocess.Popen(command, cwd=Path(__file__).parents[2])


def wait_for(process: subprocess.Popen[bytes]) -> None:
    """A moment, or less when the process ends."""
    try:
        process.wait(0.01)
    except subprocess.TimeoutExpired:
        return
