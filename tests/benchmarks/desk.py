"""Editors who write and viewers who read at once, each a process of its own, on one file and on a PostgreSQL server."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from geo.store import open_store
from geo.store.backup import back_up, restore
from tests.postgres import SAFE, run_postgres

from .serving import ROOT
from .world import make_store

INCIDENTS = 10_000
ON_FILE = {"editor": 2, "viewer": 8}
ON_SERVER = {"editor": 5, "viewer": 45}
"""50 sessions."""
CONNECTIONS = {**SAFE, "max_connections": "120"}


def measure_file(cache: Path, *, seconds: float, count: int = INCIDENTS) -> dict[str, float]:
    """Two editors and eight viewers on one SQLite file."""
    path = cache / f"desk-{count}.sqlite"
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    make_store(path, count)
    return _measure(str(path), ON_FILE, seconds)


def measure_server(cache: Path, *, seconds: float, count: int = INCIDENTS) -> dict[str, float]:
    """Fifty on a PostgreSQL server that keeps its promises to the disk."""
    path, backup = cache / f"{count}.sqlite", cache / "desk.zip"
    make_store(path, count)
    with closing(open_store(path)) as store, backup.open("wb") as stream:
        back_up(store, stream, time=datetime.now(UTC))
    with run_postgres(settings=CONNECTIONS) as server:
        address = server.address(server.make_database())
        restore(backup, address)
        return _measure(address, ON_SERVER, seconds)


def _measure(address: str, roles: dict[str, int], seconds: float) -> dict[str, float]:
    took, told = run(address, roles, seconds)
    with closing(open_store(address, read_only=True)) as store:
        faults = len(store.check())
    return {
        "persons": sum(roles.values()),
        "seconds": seconds,
        "errors": sum(len(one["errors"]) for one in told),
        "faults_of_the_store": faults,
        "edits_that_came_second": sum(one["conflicts"] for one in told),
        **_describe("read", took["read"]),
        **_describe("write", took["write"]),
        **_describe("snapshot", took["snapshot"]),
    }


def run(address: str, roles: dict[str, int], seconds: float) -> tuple[dict[str, list[float]], list[dict[str, list]]]:  # type: ignore[type-arg]
    """Milliseconds by what was done, and what each person met with."""
    people = [_start(role, address, seconds, number) for role, count in roles.items() for number in range(count)]
    try:
        for person in people:
            _read(person)  # ready
        for person in people:
            assert person.stdin
            person.stdin.write("go\n")
            person.stdin.flush()
        told = [json.loads(_read(person)) for person in people]
    finally:
        for person in people:
            with suppress(ProcessLookupError):
                person.kill()
            person.communicate()
    took: dict[str, list[float]] = defaultdict(list)
    for one in told:
        for what, times in one["took"].items():
            took[what].extend(times)
    return took, told


def _start(role: str, address: str, seconds: float, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.benchmarks.desk_person", role, address, str(seconds), str(number)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _read(person: subprocess.Popen[str]) -> str:
    assert person.stdout
    line = person.stdout.readline()
    if not line:
        raise RuntimeError("a person's process has ended before its time")
    return line


def _describe(what: str, times: Iterable[float]) -> dict[str, float]:
    sorted_times = sorted(times) or [float("nan")]
    return {
        f"{what}s": len(sorted_times),
        f"{what}_median_ms": statistics.median(sorted_times),
        f"{what}_p95_ms": sorted_times[int(len(sorted_times) * 0.95)],
        f"{what}_slowest_ms": sorted_times[-1],
    }
