"""The list of feeds: what it may say, and how its mistakes are told; and the command that watches it."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.cli import main
from geo.errors import UsageError
from geo.fetch import Fetcher, Network
from geo.ingest.feed_list import WatchedFeed, read_feed_list
from geo.store import open_store
from tests.fetch.web import Web, run_web
from tests.watching.newsroom import publish

GOOD = """# what we watch
every = "20m"

[[feed]]
address = "https://news.example.org/border.rss"
publisher = "Example News"
language = "ur"
every = "2h"

[[feed]]
address = "https://wire.example.org/atom"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_names_feeds_and_how_often_each_is_asked(tmp_path: Path) -> None:
    assert read_feed_list(write(tmp_path, GOOD)) == [
        WatchedFeed(
            address="https://news.example.org/border.rss", publisher="Example News", language="ur", every_s=7200.0
        ),
        WatchedFeed(address="https://wire.example.org/atom", every_s=1200.0),
    ]


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ('language = "ur"', 'language = "Urdu"', "line 7: 'language' is 'Urdu'"),
        ('every = "2h"', 'every = "often"', "line 8: 'every' is 'often'"),
        ('every = "2h"', "every = 7200", "line 8: 'every' is 7200, not a text"),
        ('every = "2h"', 'every = "5s"', "line 8: 'every' is '5s'; no feed is asked oftener than once a minute"),
        ('every = "20m"', 'every = "20"', "line 2: 'every' is '20'"),
        ('publisher = "Example News"', 'publsher = "x"', "line 6: 'publsher' is not known"),
        ('publisher = "Example News"', 'publisher = ""', "line 6: 'publisher' is ''"),
        ('"https://wire.example.org/atom"', '"ftp://wire.example.org"', "line 11: 'address' is 'ftp://wire"),
        ('"https://wire.example.org/atom"', '"https://news.example.org/border.rss"', "line 11: 'address' is in the li"),
        ('address = "https://wire.example.org/atom"', "", "line 10: this feed has no address"),
        ('every = "20m"', 'evry = "20m"', "line 2: 'evry' is not known"),
        ('every = "20m"', 'every = 20m"', "at line 2"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_key(tmp_path: Path, line: str, instead: str, said: str) -> None:
    assert line in GOOD
    with pytest.raises(UsageError) as error:
        read_feed_list(write(tmp_path, GOOD.replace(line, instead, 1)))
    assert said in str(error.value)
    assert str(tmp_path / "feeds.toml") in str(error.value)


@pytest.mark.parametrize("text", ["", "feed = 1", "feed = []", "[feed]\naddress='x'"])
def test_a_list_without_feeds_is_said_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="lists no feed"):
        read_feed_list(write(tmp_path, text))


def test_a_list_that_is_not_there_or_no_text_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_feed_list(tmp_path / "feeds.toml")
    (tmp_path / "feeds.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not in UTF-8"):
        read_feed_list(tmp_path / "feeds.toml")
    with pytest.raises(UsageError, match="nested too deep"):
        read_feed_list(write(tmp_path, "feed = " + "[" * 5_000))


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """The web of tests in the place of the internet."""
    with run_web() as running:
        network = Network(running.resolve, running, ssl.create_default_context)
        monkeypatch.setattr("geo.cli.watch.Fetcher", lambda: Fetcher(network))
        monkeypatch.setattr("geo.cli.watch.end_at_once", lambda: None)
        monkeypatch.setattr("geo.cli.watch.start_log", lambda: None)
        monkeypatch.setenv("BORDER_INCIDENTS_LOG", "info")
        yield running


def test_the_command_asks_once_reads_what_is_queued_and_tells_it(
    tmp_path: Path, web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "geo")
    publish(web, 0, 1)
    feeds = write(tmp_path, '[[feed]]\naddress = "http://news.example/feed.xml"\npublisher = "The Pass"\n')
    command = ["watch", str(feeds), "--once", "--store", str(tmp_path / "incidents.sqlite")]
    assert main(command) == 0
    assert "The Pass: 2 new of 2 entries" in caplog.messages
    assert "2 pages read with 2 incidents, 0 put aside" in caplog.messages
    assert open_store(tmp_path / "incidents.sqlite").count_incidents() == 2
    web.publish("news.example/feed.xml", status=410)
    assert main(command) == 3
    assert "The Pass: the server answered 410 (Gone)" in caplog.messages


def test_a_list_with_a_mistake_is_wrong_usage(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", str(write(tmp_path, "evry = 1"))]) == 2
    assert "'evry' is not known" in capfd.readouterr().err
