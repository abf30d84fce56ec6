"""How fast many articles come into a store, by one process that reads and writes, and by two that read beside a writer.

Both runs add the same articles, one after the other on the same machine, and must come to the same digest. The rates
are those of the whole command after its start: from the first documents done to the last, joining and every fsync
included. Reading alone, without a store, is measured beside them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

from geo.ingest import queue_sources, work
from geo.ingest.reading import read_document
from geo.pipeline import load_tools
from geo.store import name_holder, open_store

from .serving import ROOT
from .wire import WORDS, write_lines

ARTICLES, QUICK_ARTICLES = 100_000, 2_000
READ_ALONE = 1_000
"""Articles read without a store; the rate does not depend on how many."""
BORDER = "AF-PK"
FIRST_S = 0.1
"""What is told within so short a time is the first transaction, which comes after the start."""


def measure(count: int) -> dict[str, float]:
    """All figures of adding so many articles."""
    with TemporaryDirectory() as folder:
        wire = Path(folder) / "wire.jsonl"
        write_lines(wire, count)
        alone = _read_alone(wire, Path(folder) / "alone.sqlite", min(count, READ_ALONE))
        one, two = (_add(wire, Path(folder) / f"{jobs}.sqlite", jobs) for jobs in (1, 2))
    if one.pop("digest") != two.pop("digest"):
        raise RuntimeError("two processes came to another outcome than one")
    rates = one["articles_per_second"], two["articles_per_second"]
    return {
        "articles": count,
        "words_of_an_article": WORDS,
        "read_alone_per_second": alone,
        **{f"jobs_1_{name}": value for name, value in one.items()},
        **{f"jobs_2_{name}": value for name, value in two.items()},
        "jobs_2_percent_of_twice_jobs_1": 100 * rates[1] / (2 * rates[0]),
    }


def _read_alone(wire: Path, path: Path, count: int) -> float:
    """Articles per second of one process that reads and keeps nothing, after a tenth of them to warm up."""
    store, tools = open_store(path), load_tools(BORDER)
    for _ in islice(queue_sources(store, [str(wire)], time=datetime.now(UTC)), count):
        pass
    documents = store.documents.take(name_holder(), most=count)
    store.close()
    for document in documents[: count // 10]:
        read_document(document, tools, time=datetime.now(UTC))
    started = time.perf_counter()
    for document in documents:
        read_document(document, tools, time=datetime.now(UTC))
    return len(documents) / (time.perf_counter() - started)


def _add(wire: Path, path: Path, jobs: int) -> dict[str, float]:
    """What a process of its own measures of itself while it adds the articles."""
    command = [sys.executable, "-m", "tests.benchmarks.jobs", str(wire), str(path), str(jobs)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(wire: str, path: str, jobs: str) -> None:
    """Add a file of articles, and print what it took."""
    store, tools = open_store(path), load_tools(BORDER)
    started = time.perf_counter()
    queued = sum(1 for _ in queue_sources(store, [wire], time=datetime.now(UTC)))
    queuing_s = time.perf_counter() - started
    moments: list[float] = []
    work(store, tools, jobs=int(jobs), progress=lambda _: moments.append(time.perf_counter()))
    whole_s = time.perf_counter() - started
    first = sum(moment - moments[0] < FIRST_S for moment in moments)
    cpu_s = sum(sum(getrusage(who)[:2]) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    figures = {
        "digest": store.digest(),
        "queued_per_second": queued / queuing_s,
        "articles_per_second": (queued - first) / (moments[-1] - moments[first - 1]),
        "seconds_with_start_and_queue": whole_s,
        "cpu_ms_of_an_article": 1000 * cpu_s / queued,
    }
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
