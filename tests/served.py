"""The dashboard as ``border-incidents serve`` runs it, over the six made-up incidents."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from page_world import fill_store

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Served:
    """A running dashboard."""

    address: str
    store: Path
    process: subprocess.Popen[str]
    first: str
    """The line that says where it is."""

    def end(self) -> list[str]:
        """All lines it has written, after it has ended."""
        self.process.terminate()
        printed, said = self.process.communicate(timeout=60)
        return [self.first, *printed.splitlines(), *said.splitlines()]


@contextmanager
def serve(folder: Path, **environment: str) -> Iterator[Served]:
    """A dashboard over a store in a folder, on a free port of this machine, from when it answers."""
    store = folder / "incidents.sqlite"
    fill_store(store).close()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "geo.cli", "serve", "--no-browser", "--port", str(port), "--store", str(store)]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            assert process.stderr
            yield Served(f"http://127.0.0.1:{port}", store, process, process.stderr.readline().rstrip("\n"))
        finally:
            process.kill()
