"""Files that no newsroom has and an attacker may: pipes, devices, names that a terminal obeys; none costs another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.cli import main
from geo.errors import ArticleError
from geo.ingest.reading import read_file
from geo.store import Document, NewDocument, open_store
from tests.store.worlds import NOON

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes pipes with names")

TEXT = "Three people were killed in a clash near Torkham on 3 November 2025, police said.\n"
LONGEST_S = 120
OBEYED = "\x1b]0;owned\x07 \x1b[2J \x9b31m \u202egnp.\nall is well\t"


def run_alone(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, which is ended should it wait for ever."""
    command = [sys.executable, "-m", "geo.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S, check=False)


def test_pipes_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    pipes = [tmp_path / f"pipe{ending}" for ending in (".txt", ".jsonl", ".csv", ".pdf")]
    for pipe in pipes:
        os.mkfifo(pipe)
    (tmp_path / "link.txt").symlink_to("/dev/zero")
    (tmp_path / "good.txt").write_text(TEXT)
    named = [*map(str, pipes), "/dev/zero", str(tmp_path / "link.txt"), str(tmp_path / "good.txt")]
    done = run_alone("add", "--store", str(tmp_path / "store.sqlite"), *named)
    assert done.returncode == 3, done.stderr
    assert done.stderr.count("it is not a file") == len(named) - 1
    assert "1 articles added" in done.stderr


def test_a_pipe_that_was_put_in_place_of_a_file_is_not_opened(tmp_path: Path) -> None:
    path, store = tmp_path / "report.txt", open_store(tmp_path / "store.sqlite")
    path.write_text(TEXT)
    store.documents.queue([NewDocument(source=str(path))], time=NOON)
    (document,) = queued(store.documents.get([1]))
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(ArticleError, match="not a file"):
        read_file(document)


def queued(found: dict[int, Document]) -> list[Document]:
    return list(found.values())


def test_a_name_that_is_no_text_costs_no_other_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT)
    Path(os.fsdecode(os.fsencode(folder) + b"/a\xff\xfe.txt")).write_text(TEXT)
    assert main(["add", "--store", str(tmp_path / "store.sqlite"), str(folder)]) == 3
    said = capsys.readouterr().err
    assert "its name is no text in UTF-8" in said
    assert "1 articles added" in said


def test_a_terminal_obeys_no_name_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, store = tmp_path / "in", str(tmp_path / "store.sqlite")
    folder.mkdir()
    (folder / f"{OBEYED}.txt").write_bytes(b"")
    assert main(["add", "--store", store, str(folder)]) == 3
    assert main(["queue", "--store", store]) == 0
    assert main(["add", "--store", store, str(tmp_path / OBEYED)]) == 3
    assert main(["queue", "--store", str(tmp_path / OBEYED)]) == 1
    said = capsys.readouterr()
    for mark in "\x1b\x07\x9b\u202e":
        assert mark not in said.out + said.err
    assert not any(line.startswith("all is well") for line in (said.out + said.err).splitlines())
    assert "\\u001b]0;owned" in said.err


def test_records_of_the_queue_stay_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, store = tmp_path / f"{OBEYED}.txt", str(tmp_path / "store.sqlite")
    path.write_bytes(b"")
    main(["add", "--store", store, str(path)])
    capsys.readouterr()
    assert main(["queue", "--json", "--store", store]) == 0
    printed = capsys.readouterr().out
    assert "\x9b" not in printed
    assert json.loads(printed)["documents"][0]["source"] == str(path)
