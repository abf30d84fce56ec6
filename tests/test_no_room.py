"""An export for which the disk has no room says so, and leaves neither half a file nor a temporary one."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from exchange_world import ARTICLE, AT_TORKHAM, NOON, incident

from geo.exchange.formats import FORMATS
from geo.model import Reading
from geo.store import open_store

ROOM = 60_000
"""Bytes that a file may grow to; the index of an open store takes 32 kB."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of which no export is as small as there is room for."""
    path = tmp_path_factory.mktemp("store") / "incidents.sqlite"
    noise = random.Random(1)
    with closing(open_store(path)) as opened, opened.change(time=NOON) as change:
        change.add_article(ARTICLE, Reading(article_id=ARTICLE.id, language="en"))
        titles = (noise.randbytes(400).hex() for _ in range(400))
        change.show_all(
            [incident(AT_TORKHAM, id_=f"i{number}", title=title) for number, title in enumerate(titles)], reason="test"
        )
    return path


def export(
    format_: str, target: Path, store: Path, temporary: Path, *, room: int = resource.RLIM_INFINITY
) -> subprocess.CompletedProcess[str]:
    """Run the command where no file can grow beyond some bytes, and temporary files go to a folder of their own."""
    temporary.mkdir()
    return subprocess.run(
        [sys.executable, "-m", "geo.cli", "export", format_, str(target), "--store", str(store)],
        capture_output=True,
        text=True,
        env={"TMPDIR": str(temporary), "PATH": ""},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )


@pytest.mark.parametrize("format_", FORMATS)
def test_without_room_a_sentence_says_so_and_nothing_is_left(format_: str, store: Path, tmp_path: Path) -> None:
    folder, temporary = tmp_path / "out", tmp_path / "tmp"
    folder.mkdir()
    ended = export(format_, folder / "file", store, temporary, room=ROOM)
    assert ended.returncode == 1
    assert "cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(folder.iterdir()) == []
    assert list(temporary.iterdir()) == []


def test_without_room_the_file_before_stays(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "incidents.csv"
    target.write_text("the file before")
    assert export("csv", target, store, tmp_path / "tmp", room=ROOM).returncode == 1
    assert target.read_text() == "the file before"


@pytest.mark.parametrize("format_", FORMATS)
def test_a_device_without_room_is_named(format_: str, store: Path, tmp_path: Path) -> None:
    ended = export(format_, Path("/dev/full"), store, tmp_path / "tmp")
    assert ended.returncode == 1
    assert "/dev/full cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr
