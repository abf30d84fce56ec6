"""Kill what writes a store, or the server that keeps it, again and again, and look for what was lost or torn."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy import text

from geo.pipeline import keep_reading, load_tools, read_to_keep
from geo.store import open_store
from tests.postgres import Postgres
from tests.robustness.writer import NOON, make, wait_for

ROOT = Path(__file__).resolve().parents[2]
EVERY = 50
"""After so many kills the whole store is looked through; after each, whether what was acknowledged is there."""
LONGEST_S = 0.03
"""How long after an article a kill may come: longer than one takes, so that every part of the work is hit."""


@dataclass
class Told:
    """What was found."""

    kills: int = 0
    acknowledged: set[int] = field(default_factory=set)
    """Numbers of the articles that the writer said were kept."""
    lost: set[int] = field(default_factory=set)
    """Those of them that were not there after a kill."""
    faults: list[str] = field(default_factory=list)
    """Of the file, the chain and the records, and articles that are there in part."""


class Writer:
    """The writing program, and what it has said."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, address: str, first: int, count: int) -> int:
        """Let a copy add articles; its process id."""
        assert self._process.stdin
        self._process.stdin.write(f"{address} {first} {count}\n")
        self._process.stdin.flush()
        word, pid = self.read()
        assert word == "started"
        return int(pid)

    def read(self) -> tuple[str, str]:
        """The next it says: a word, and what comes with it."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the writing program has ended"
        word, _, rest = line.strip().partition(" ")
        assert word != "failed", rest
        return word, rest

    def read_to_end(self) -> list[int]:
        """Numbers of the articles that were added until the copy ended."""
        added = []
        while (said := self.read())[0] != "ended":
            added.append(int(said[1]))
        return added


@contextmanager
def run_writer() -> Iterator[Writer]:
    """The writing program while the block runs."""
    command = [sys.executable, "-m", "tests.robustness.writer"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, start_new_session=True) as process:
        try:
            yield Writer(process)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # the program and its copy, which are a group of their own


def kill_writers(address: str, *, kills: int, seed: int) -> Told:
    """Kill the writer so many times, each a few articles on, start another, and let the last one finish."""
    told, dice = Told(), random.Random(seed)
    with run_writer() as writer:
        first = 0
        while told.kills < kills:
            pid = writer.start(address, first, 1_000_000)
            added = [int(writer.read()[1]) for _ in range(dice.randrange(4))]
            time.sleep(dice.uniform(0, LONGEST_S))
            os.kill(pid, signal.SIGKILL)
            told.acknowledged.update(added, writer.read_to_end())
            told.kills += 1
            first = max(told.acknowledged, default=-1) + 1
            look(address, told, thorough=told.kills % EVERY == 0)
        writer.start(address, 0, first + 5)
        told.acknowledged.update(writer.read_to_end())
    look(address, told, thorough=True)
    return told


def kill_server(server: Postgres, address: str, *, kills: int, seed: int) -> Told:
    """Kill the server, or the one process of it that serves the writer, while the writer goes on as soon as it can."""
    told, dice = Told(), random.Random(seed)
    with run_writer() as writer:
        writer.start(address, 0, 1_000_000)
        while told.kills < kills:
            told.acknowledged.update(int(writer.read()[1]) for _ in range(dice.randrange(1, 5)))
            time.sleep(dice.uniform(0, LONGEST_S))
            kill_whole(server) if told.kills % 2 else kill_part(server)
            told.kills += 1
            told.acknowledged.update(int(writer.read()[1]) for _ in range(2))  # it goes on by itself
            look(address, told, thorough=told.kills % EVERY == 0)
    look(address, told, thorough=True)
    return told


def kill_whole(server: Postgres) -> None:
    """As when the machine's power fails, but for what its memory held of the disk."""
    server.kill()
    server.start()


def kill_part(server: Postgres) -> None:
    """One process of the server: it sends all others away and looks through its log as after a crash."""
    server.wait()  # it may still be at it since the last time
    for (pid,) in server.run("SELECT pid FROM pg_stat_activity WHERE application_name = 'border-incidents'"):
        with suppress(ProcessLookupError):
            os.kill(int(str(pid)), signal.SIGKILL)


def look(address: str, told: Told, *, thorough: bool) -> None:
    """Whether all that was acknowledged is there and whole; a server may notice only meanwhile that it was hit."""
    there, faults = wait_for(lambda: _examine(address, thorough=thorough))
    told.lost |= {number for number in told.acknowledged if name(number) not in there}
    told.faults += faults


def _examine(address: str, *, thorough: bool) -> tuple[set[str], list[str]]:
    """Ids of the articles that are there, and what is wrong; raises StoreError when the server does not answer."""
    unread = "SELECT id FROM article WHERE id NOT IN (SELECT article_id FROM reading)"
    with closing(open_store(address)) as store:
        with store._reading() as connection:
            there = set(connection.execute(text("SELECT id FROM article")).scalars())
            faults = [f"{id_} is there in part" for id_ in connection.execute(text(unread)).scalars()]
        return there, [*faults, *(store.check() if thorough else ())]


def digest_of(numbers: range, address: str) -> str:
    """Of a store to which one process adds the articles of these numbers, undisturbed."""
    with closing(open_store(address)) as store:
        tools = load_tools()
        with store.change(time=NOON) as change:
            for article in map(make, numbers):
                keep_reading(change, article, read_to_keep(article, tools))
        return store.digest()


@cache
def name(number: int) -> str:
    """The id of the article of a number."""
    return make(number).id
