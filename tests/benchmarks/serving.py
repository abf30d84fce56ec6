"""The apps that are measured, each a process of its own on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def run(command: Sequence[str], *, folder: Path, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process until the block ends."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=settings, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def serve_app(script: Path, *, folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Address and process id of a Streamlit app, up and answering; it takes the settings of the folder it is run in."""
    port = free_port()
    command = [
        sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port),
        "--server.address", "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats", "false",
    ]  # fmt: skip
    log = Path(environment["BENCHMARK_LOG"])
    with run(command, folder=folder, log=log, **environment) as process:
        await_answer(f"http://127.0.0.1:{port}/_stcore/health", process, log)
        yield f"http://127.0.0.1:{port}/", process.pid


def await_answer(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the address answers; raises RuntimeError with the log when the process ends or never does."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise RuntimeError(f"{address} does not answer:\n{log.read_text(errors='replace')[-2000:]}")


def peak_memory_mb(pid: int) -> float:
    """The most memory a running process has held, by the kernel's count."""
    return _memory_mb(pid, "VmHWM:")


def memory_mb(pid: int) -> float:
    """The memory a running process holds now."""
    return _memory_mb(pid, "VmRSS:")


def _memory_mb(pid: int, figure: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(figure):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} has no memory figures")


def busy_share() -> float:
    """Share of all cores that is in use while this process only waits, over two seconds."""

    def read() -> tuple[int, int]:
        times = [int(ticks) for ticks in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
        return sum(times), times[3] + times[4]

    before = read()
    time.sleep(2)
    total, idle = (after - at_first for after, at_first in zip(read(), before, strict=True))
    return 1 - idle / total
