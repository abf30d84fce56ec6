"""``add`` and ``queue`` as a person uses them: what is told, what is put aside, and what is tried again."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from geo.cli import main
from geo.cli.progress import describe_progress
from geo.errors import FetchError
from geo.fetch import Page
from geo.ingest import Ended, work
from geo.pipeline import load_tools
from geo.store import Counts, NewDocument, open_store
from tests.jobs_world import ROOT

CLASH = "Three soldiers were killed in a clash at Torkham on 3 March 2025, Pakistani officials said.\n"
PAGE = f"<html><head><title>Clash at Torkham</title></head><body><article><p>{CLASH}</p><p>{CLASH}</p></article>"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the store of this test is, which every command opens."""
    monkeypatch.setenv("BORDER_INCIDENTS_STORE", str(tmp_path / "incidents.sqlite"))
    return str(tmp_path / "incidents.sqlite")


def say(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Sequence[str], str]:
    """Exit status, lines and what was said beside them."""
    status = main([*arguments])
    captured = capfd.readouterr()
    return status, captured.out.splitlines(), captured.err


def test_what_cannot_be_read_is_listed_with_its_reason(
    path: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text(CLASH)
    assert say(capfd, "add", str(tmp_path / "empty.txt"), str(tmp_path / "good.txt"))[0] == 3
    _, lines, _ = say(capfd, "queue")
    assert lines[0] == "2 documents: 1 done, 0 pending, 1 quarantined"
    assert lines[1].split("\t") == ["1", "empty_file", f"{tmp_path / 'empty.txt'}: the file is empty"]
    found = json.loads(say(capfd, "queue", "--json")[1][0])
    assert (found["queued"], found["done"], found["documents"][0]["code"]) == (2, 1, "empty_file")


def test_what_was_put_aside_is_tried_again_when_a_person_says_so(
    path: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Put back into the queue, or named again."""
    store = open_store(path)
    store.documents.queue([NewDocument(source="standard input", body=CLASH.encode())])
    store.documents.quarantine(1, "internal", "an older version failed on it")
    assert "1 documents are in the queue again" in say(capfd, "queue", "--retry")[2]
    status, lines, said = say(capfd, "add", "--resume")
    assert (status, len(lines)) == (0, 1) and said.startswith("1 articles added with 1 incidents")
    assert store.documents.count() == Counts(done=1)


def test_add_needs_something_to_add(path: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert say(capfd, "add")[0] == 2
    assert say(capfd, "add", "--resume")[0] == 0


def test_an_article_named_twice_is_told_twice_and_added_once(
    path: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    (folder / "a.txt").write_text(CLASH)
    _, lines, said = say(capfd, "add", str(folder / "a.txt"), str(folder))
    assert [line.endswith("already_there") for line in lines] == [False, True]
    assert said.startswith("1 articles added with 1 incidents, 1 were there already")


def test_each_row_of_a_table_is_a_document(path: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A bad row is put aside with its line, the others are read, and no text is kept twice."""
    (tmp_path / "all.csv").write_text(
        f"title,text\nClash,{json.dumps(CLASH.strip())}\nNothing,\nMore,Shots were fired in Khost.\n"
    )
    status, lines, said = say(capfd, "add", str(tmp_path / "all.csv"))
    store = open_store(path)
    assert (status, len(lines), store.documents.count()) == (3, 2, Counts(done=2, quarantined=1))
    assert "all.csv, line 3: the row has no text" in said and said.count("line") == 1
    titles = [store.article(line.split("\t")[0]).title for line in lines]  # type: ignore[union-attr]
    assert titles == ["Clash", "More"]


def test_a_page_becomes_an_article_under_its_address_and_one_that_is_not_there_is_put_aside(path: str) -> None:
    """What a feed says of it counts where the page says nothing."""
    address, gone = "https://desk.example/news/1", "https://desk.example/news/2"

    def fetch(asked: str) -> Page:
        if asked == gone:
            raise FetchError("there is no such page", "status", status=404)
        return Page(address=asked, status=200, headers={}, kind="text/html", body=PAGE.encode())

    store = open_store(path)
    facts = {"publisher": "The Desk", "published": "2025-03-04"}
    store.documents.queue([NewDocument(source=address, facts=facts), NewDocument(source=gone)])
    ended: list[Ended] = []
    assert work(store, load_tools(), fetch=fetch, progress=ended.append) == Counts(done=1, quarantined=1)
    assert ended[0].added is not None and ended[1].error is not None and ended[1].error.code == "status"
    article = ended[0].added.article
    assert (article.url, article.publisher, str(article.published)) == (address, "The Desk", "2025-03-04")


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ((0, 0, 0, 0.0), "[--------------------] 0 done, 0 quarantined, 0 pending, 0 articles/s"),
        ((49, 1, 50, 10.0), "[##########----------] 49 done, 1 quarantined, 50 pending, 10 articles/s, 5 s left"),
        (
            (1, 0, 99_999, 20.0),
            "[--------------------] 1 done, 0 quarantined, 99,999 pending, 20 articles/s, 1 h 23 min left",
        ),
    ],
)
def test_the_line_of_progress(counts: tuple[int, int, int, float], line: str) -> None:
    assert describe_progress(*counts) == line


def test_progress_is_drawn_on_a_terminal_and_nowhere_else(path: str, tmp_path: Path) -> None:
    """And the lines of the articles go where they were sent, whole."""
    (tmp_path / "a.txt").write_text(CLASH)
    ours, terminal = pty.openpty()
    command = [sys.executable, "-m", "geo.cli", "add", str(tmp_path / "a.txt")]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=terminal, check=True)
    os.close(terminal)
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "1 done, 0 quarantined, 0 pending" in said and "1 articles added" in said
    assert len(done.stdout.splitlines()) == 1 and b"pending" not in done.stdout
