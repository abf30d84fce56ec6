"""A disk that is full, read-only or broken, and a clock that is wrong: a sentence, and nothing half written."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from geo.cli import main
from geo.errors import StoreError
from geo.model import Reading
from geo.pipeline import add_article, load_tools
from geo.store import Store, open_store
from tests.postgres import Postgres, open_way
from tests.robustness.writer import NOON, make
from tests.store.worlds import make_article, make_incident

FLIPS = 40
"""Stores with a flipped byte that are read."""
FLIP_SEED = 11


def fill(store: Store, count: int = 6) -> None:
    tools = load_tools()
    for number in range(count):
        add_article(store, make(number), tools, time=NOON)


def keep(store: Store, id_: str, **fields: object) -> None:
    with store.change(time=NOON) as change:
        change.add_article(make_article(id_, **fields), Reading(article_id=id_, language="en"))


def command(*arguments: object, room: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, where no file may grow beyond some bytes."""
    return subprocess.run(
        [sys.executable, "-m", "geo.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with six articles."""
    path = tmp_path / "incidents.sqlite"
    with closing(open_store(path)) as store:
        fill(store)
    return path


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """Articles that are still to be added, each far longer than a page of the disk."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(100, 130):
        (folder / f"{number}.txt").write_text(make(number).text + " They said so." * 5000)
    return folder


# ---- full ------------------------------------------------------------------------------------------------------------


def test_an_ingest_that_fills_the_disk_says_so_keeps_what_it_told_and_goes_on_later(path: Path, more: Path) -> None:
    """Each article that was told of is there, none in part; with room again the rest comes in."""
    with closing(open_store(path)) as store:
        before = len(store.load_articles())
    ended = command("add", more, "--store", path, room=path.stat().st_size + 900_000)
    assert ended.returncode == 1
    assert "is full" in ended.stderr or "reports an error" in ended.stderr
    assert "Traceback" not in ended.stderr
    with closing(open_store(path)) as store:
        assert store.check() == []
        kept = len(store.load_articles()) - before
        assert len(ended.stdout.splitlines()) <= kept < 30
    assert command("add", more, "--store", path).returncode == 0
    with closing(open_store(path)) as store:
        assert len(store.load_articles()) == before + 30
        assert store.check() == []


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of so many megabytes; only root can make one."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=False)
    if made.returncode:
        pytest.skip("this user cannot make a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a disk")
def test_a_server_whose_disk_is_full_says_so_and_keeps_what_it_has(postgres: Postgres) -> None:
    with TemporaryDirectory() as folder, small_disk(Path(folder) / "disk", 24) as disk:
        (disk / "data").mkdir()
        shutil.chown(disk / "data", "postgres", "postgres")
        open_way(disk / "data")
        postgres.run(f"CREATE TABLESPACE small LOCATION '{disk / 'data'}'")
        name = postgres.make_database()
        postgres.run(f"ALTER DATABASE {name} SET TABLESPACE small")
        noise = random.Random(1)
        with closing(open_store(postgres.address(name))) as store:
            with pytest.raises(StoreError, match="is full; nothing was changed"):
                for number in range(100):
                    keep(store, f"a{number}", text=noise.randbytes(400_000).hex())
            kept = len(store.load_articles())
            assert store.check() == []
            assert 0 < kept < 100
        postgres.drop_database(postgres.address(name))
        postgres.run("DROP TABLESPACE small")


# ---- read-only -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a disk")
def test_a_store_on_a_read_only_disk_is_read_and_says_why_it_cannot_be_written(path: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 24) as disk:
        (disk / "incidents.sqlite").write_bytes(path.read_bytes())
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        target = disk / "incidents.sqlite"
        assert command("list", "--store", target).returncode == 0
        assert command("verify", "--store", target).returncode == 0
        for ended in (
            command("add", "README.md", "--store", target),
            command("add", "README.md", "--store", disk / "new.sqlite"),
        ):
            assert ended.returncode == 1
            assert "read-only" in ended.stderr or "cannot be" in ended.stderr
            assert "Traceback" not in ended.stderr


# ---- the clock -------------------------------------------------------------------------------------------------------


def test_a_clock_that_is_set_back_breaks_nothing(any_store: Store) -> None:
    """The order of the history is that of its numbers; its times are what the clock said."""
    times = [NOON, NOON - timedelta(days=400), datetime(1970, 1, 1, tzinfo=UTC), NOON + timedelta(days=9000), NOON]
    for number, time in enumerate(times):
        with any_store.change(who="Editor", time=time) as change:
            if not number:
                change.add_article(make_article(), Reading(article_id="a1", language="en"))
            change.show(make_incident(title=f"Clash {number}", version=number + 1), reason="clock")
    told = any_store.revisions("incident:i1")
    assert [revision.time for revision in told] == times
    assert any_store.incident("i1").title == "Clash 4"  # type: ignore[union-attr]
    for number, revision in enumerate(told):
        past = any_store.read_columns({"incident": ("id",)}, at=revision.sequence).past
        (then,) = any_store.load_incidents(["i1"], past)
        assert then.title == f"Clash {number}"
    assert any_store.check() == []


# ---- damage ----------------------------------------------------------------------------------------------------------


def test_a_flipped_byte_is_found_or_harmless_and_never_a_fault_of_the_program(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever is asked of a damaged file ends with 0, or with a sentence; what verify passes can be read whole."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data, dice, damaged = path.read_bytes(), random.Random(FLIP_SEED), tmp_path / "damaged.sqlite"
    found = 0
    for _ in range(FLIPS):
        changed = bytearray(data)
        changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        damaged.write_bytes(changed)
        statuses = [main([name, "--store", str(damaged)]) for name in ("verify", "list")]
        told = capsys.readouterr()
        assert statuses[0] in (0, 1, 3) and statuses[1] in (0, 1)
        assert "fault in this program" not in caplog.text + told.err, caplog.text
        found += statuses[0] != 0
        if statuses[0] == 0:
            with closing(open_store(damaged, read_only=True)) as store:
                assert len(store.load_articles()) == 6
                assert store.digest()
    assert found > FLIPS // 8  # most bytes of so small a store are room for what is still to come


def test_a_file_that_is_cut_is_damaged(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = path.read_bytes()
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    for length in (len(data) // 2, len(data) - 4096):
        path.write_bytes(data[:length])
        assert main(["verify", "--store", str(path)]) in (1, 3)
        told = capsys.readouterr()
        assert "damaged" in told.out + told.err
