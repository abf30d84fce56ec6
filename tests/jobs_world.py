"""What the tests of large jobs share: a file of made-up articles, the command that adds it, and its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from geo.articles import read_articles
from geo.errors import StoreError
from geo.pipeline import add_article, load_tools
from geo.store import Counts, Store, open_store
from tests.benchmarks.wire import write_lines
from tests.store.worlds import NOON

ROOT = Path(__file__).resolve().parent.parent
LONGEST_S = 300.0
POISON = "poison poison poison"
"""A text that ends every process which reads it, where ``poison`` made it so."""
TAR = "tar tar tar"
"""A text that no process comes to the end of, where ``poison`` made it so."""

_DEADLY = f"""
import os, signal
if os.environ.get("POISONED") == "1":
    from geo.ingest import reading
    honest = reading.find_article
    def find(document, time):
        article = honest(document, time)
        if {POISON!r} in article.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        while {TAR!r} in article.text:
            signal.pause()
        return article
    reading.find_article = find
"""


def make_wire(folder: Path, count: int) -> Path:
    """A file of so many articles, shorter than usual, each unlike all others."""
    path = folder / "wire.jsonl"
    write_lines(path, count, words=230)
    return path


def digest_one_by_one(path: Path, folder: Path) -> str:
    """The digest of a store into which this process reads a file, article by article."""
    store, tools = open_store(folder / "one-by-one.sqlite"), load_tools()
    for article in read_articles(path):
        add_article(store, article, tools, time=NOON)
    digest = store.digest()
    store.close()
    return digest


def poison(folder: Path) -> Mapping[str, str]:
    """Settings of processes that crash, as by a fault in a library, when they read a certain text."""
    (folder / "sitecustomize.py").write_text(_DEADLY)
    return {"PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))), "POISONED": "1"}


class Job:
    """A running ``add``."""

    def __init__(self, *arguments: str, store: str, settings: Mapping[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "geo.cli", "add", *arguments, "--store", store]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        environment = {**os.environ, **(settings or {})}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, **streams)  # type: ignore[call-overload]

    def finish(self) -> tuple[int, list[str], str]:
        """Exit status, lines and what was said beside them, when it has ended."""
        out, said = self.process.communicate(timeout=LONGEST_S)
        return self.process.returncode, out.splitlines(), said

    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def workers(self) -> list[int]:
        """The processes that read for it."""
        return list_workers(self.process.pid)

    def kill_workers(self, most: int) -> None:
        """End so many of them as a machine short of memory does."""
        for pid in self.workers()[:most]:
            os.kill(pid, signal.SIGKILL)

    def kill(self) -> list[int]:
        """End it at once; the processes that it leaves behind."""
        left = self.workers()
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
        return left


class Watcher:
    """Looks at the queue all along, and keeps all that it sees."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._over = threading.Event()
        self.seen: list[Counts] = []
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            try:
                self.seen.append(self._store.documents.count())
            except StoreError:  # its server was killed
                continue


def wait_until(holds: Callable[[], bool], *, while_: Callable[[], bool] = lambda: True) -> bool:
    """True once something holds; False when it does not any more matter, or takes too long."""
    pause = threading.Event()
    for _ in range(int(LONGEST_S / 0.05)):
        if holds():
            return True
        if not while_():
            return False
        pause.wait(0.05)
    return False


def list_workers(pid: int) -> list[int]:
    """The processes that read for a process."""
    return [child for child in _children(pid) if b"multiprocessing.spawn" in _command(child)]


def is_running(pid: int) -> bool:
    """Whether a process is there and no corpse."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    """Processes that any thread of a process has started."""
    found: list[int] = []
    with suppress(OSError):  # it ends meanwhile
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
