"""Large jobs, with real processes that are really killed: nothing is lost, and the outcome is that of one process."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.ingest import crew, queue_sources, work
from geo.pipeline import load_tools
from geo.store import Counts, NewDocument, Store, open_store
from tests.jobs_world import POISON, TAR, Job, Watcher, digest_one_by_one, is_running, make_wire, poison, wait_until
from tests.postgres import Postgres, run_postgres
from tests.store.worlds import NOON

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds processes by /proc")

ARTICLES = 200
KILLS = 5
BETWEEN_KILLS = 20
"""Articles that are done between two kills: a process that has just started is killed as well as one in full swing."""


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of made-up articles."""
    return make_wire(tmp_path_factory.mktemp("wire"), ARTICLES)


@pytest.fixture(scope="module")
def digest(wire: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a single process makes of them, one by one."""
    return digest_one_by_one(wire, tmp_path_factory.mktemp("alone"))


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Where the store of this test is."""
    return str(tmp_path / "incidents.sqlite")


@pytest.fixture
def mortal() -> Iterator[Postgres]:
    """A PostgreSQL server of this test's own, which keeps what it said it kept."""
    with run_postgres(settings={}) as server:
        yield server


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_outcome_is_the_same_for_any_number_of_processes(wire: Path, digest: str, path: str, jobs: int) -> None:
    """And so are the lines: one an article, in the order of the file."""
    status, lines, _ = Job(str(wire), "--jobs", str(jobs), store=path).finish()
    store = open_store(path)
    assert (status, len(lines), store.digest(), store.check()) == (0, ARTICLES, digest, [])
    assert store.documents.count() == Counts(done=ARTICLES)
    numbers = store.documents.get(range(1, ARTICLES + 1))
    assert [line.split("\t")[0] for line in lines] == [numbers[n].article_id for n in sorted(numbers)]


def test_workers_then_the_parent_are_killed_and_nothing_is_lost(wire: Path, digest: str, path: str) -> None:
    """At every moment each document is done, quarantined or pending, as another process sees it."""
    store = open_store(path)
    with Watcher(store) as watcher:
        _kill_again_and_again(Job(str(wire), "--jobs", "2", store=path), store)
        assert 0 < store.documents.count().done < ARTICLES
        status, lines, _ = Job("--resume", "--jobs", "2", store=path).finish()
    assert (status, store.documents.count()) == (0, Counts(done=ARTICLES))
    assert (store.digest(), store.check()) == (digest, [])
    assert {seen.queued for seen in watcher.seen} <= {0, ARTICLES}
    done = [seen.done for seen in watcher.seen]
    assert done == sorted(done) and len(lines) < ARTICLES


def test_the_database_is_killed_as_well(wire: Path, digest: str, mortal: Postgres) -> None:
    """What PostgreSQL said it kept is there when it is back, and the job goes on from it."""
    address = mortal.address(mortal.make_database())
    store = open_store(address)
    _kill_again_and_again(Job(str(wire), "--jobs", "2", store=address), store, kills=2)
    second = Job("--resume", "--jobs", "2", store=address)
    before = store.documents.count().done
    assert wait_until(lambda: store.documents.count().done > before + BETWEEN_KILLS)
    mortal.kill()
    status, _, said = second.finish()
    assert status == 1 and "Traceback" not in said and "does not answer" in said
    mortal.start()
    assert store.documents.count().queued == ARTICLES
    status, _, _ = Job("--resume", "--jobs", "2", store=address).finish()
    assert (status, store.documents.count()) == (0, Counts(done=ARTICLES))
    assert (store.digest(), store.check()) == (digest, [])


def test_an_interrupt_gives_back_what_was_not_read(wire: Path, digest: str, path: str) -> None:
    """Ctrl-C ends all processes, and the same command goes on from there."""
    store = open_store(path)
    job = Job(str(wire), "--jobs", "2", store=path)
    assert wait_until(lambda: store.documents.count().done > 0)
    workers = job.workers()
    job.process.send_signal(signal.SIGINT)
    status, _, said = job.finish()
    assert status == 130 and "Traceback" not in said
    assert wait_until(lambda: not any(map(is_running, workers)))
    left = store.documents.get(range(1, ARTICLES + 1)).values()
    assert {document.attempts for document in left if document.state == "pending"} == {0}
    status, lines, _ = Job(str(wire), store=path).finish()
    assert (status, len(lines), store.digest()) == (0, ARTICLES, digest)
    assert sum(line.endswith("already_there") for line in lines) == sum(d.state == "done" for d in left)


def test_a_document_that_ends_its_process_is_put_aside_and_the_others_go_on(
    wire: Path, digest: str, path: str, tmp_path: Path
) -> None:
    """After two deaths it is known which of them does it."""
    bad = _poison_wire(wire, tmp_path)
    status, lines, said = Job(str(bad), "--jobs", "2", store=path, settings=poison(tmp_path)).finish()
    store = open_store(path)
    (aside,) = store.documents.list_quarantined()
    assert (aside.part, aside.code, status, len(lines)) == (100, "crash", 3, ARTICLES)
    assert str(aside.message) in said and "line 100" in said
    assert store.digest() == digest


def test_a_document_that_ends_the_only_process_is_put_aside_when_it_is_tried_again(
    wire: Path, digest: str, path: str, tmp_path: Path
) -> None:
    """The second time it is read by a process of its own."""
    bad = _poison_wire(wire, tmp_path)
    settings = poison(tmp_path)
    status, _, _ = Job(str(bad), store=path, settings=settings).finish()
    assert status == -signal.SIGSEGV
    status, _, _ = Job("--resume", store=path, settings=settings).finish()
    store = open_store(path)
    assert (status, store.documents.count()) == (3, Counts(done=ARTICLES, quarantined=1))
    assert store.digest() == digest


def test_a_document_that_takes_for_ever_is_put_aside(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process is ended, and another reads the rest."""
    for name, value in poison(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(crew, "LONGEST_READ_S", 5.0)
    texts = ["Two were killed at Torkham on 3 March 2025.", f"{TAR} at Torkham.", "Three were killed in Khost."]
    store = open_store(path)
    store.documents.queue([NewDocument(source=f"text {n}", body=text.encode()) for n, text in enumerate(texts)])
    assert work(store, load_tools(), jobs=2) == Counts(done=2, quarantined=1)
    (aside,) = store.documents.list_quarantined()
    assert (aside.source, aside.code) == ("text 1", "timeout")


def test_a_file_that_was_changed_after_it_was_queued_is_put_aside(tmp_path: Path, path: str) -> None:
    """It is not read as something it was not when a person named it; named again, it is a new document."""
    file = tmp_path / "tuesday.txt"
    file.write_text("Three soldiers were killed at Torkham on 3 March 2025, officials said.")
    store = open_store(path)
    list(queue_sources(store, [str(file)], time=NOON))
    file.write_text("Two soldiers were killed at Torkham on 3 March 2025, officials said.")
    assert work(store, load_tools()) == Counts(quarantined=1)
    (aside,) = store.documents.list_quarantined()
    assert aside.code == "changed" and "changed after it was queued" in str(aside.message)
    list(queue_sources(store, [str(file)], time=NOON))
    assert work(store, load_tools()) == Counts(done=1, quarantined=1)


def test_two_add_to_one_store_at_once(wire: Path, digest: str, path: str, tmp_path: Path) -> None:
    """Both name the same articles and more; each article is added once, and each command tells of all it named."""
    open_store(path).close()
    more = tmp_path / "more.txt"
    more.write_text("A bomb killed five people in Quetta on 9 November 2024, police said.")
    jobs = [Job(str(wire), "--jobs", "2", store=path), Job(str(wire), str(more), store=path)]
    ended = [job.finish() for job in jobs]
    assert [(status, len(lines)) for status, lines, _ in ended] == [(0, ARTICLES), (0, ARTICLES + 1)]
    store = open_store(path)
    assert (store.documents.count(), store.check()) == (Counts(done=ARTICLES + 1), [])
    told = [line for _, lines, _ in ended for line in lines]
    assert sum(not line.endswith("already_there") for line in told) <= ARTICLES + 1
    assert not [said for _, _, said in ended if "Traceback" in said]


def _kill_again_and_again(job: Job, store: Store, *, kills: int = KILLS) -> None:
    """Kill a worker whenever some articles are done, at last the parent; its workers end without being told."""
    for kill in range(1, kills + 1):
        done = kill * BETWEEN_KILLS
        assert wait_until(lambda done=done: store.documents.count().done >= done, while_=job.is_running)  # type: ignore[misc]
        job.kill_workers(1 + kill % 2)
    left = job.kill()
    assert wait_until(lambda: not any(map(is_running, left)))


def _poison_wire(wire: Path, folder: Path) -> Path:
    """The same articles, with a deadly one among them."""
    lines = wire.read_text().splitlines()
    lines.insert(99, json.dumps({"id": "deadly", "text": f"{POISON} at Torkham, officials said."}))
    bad = folder / "bad.jsonl"
    bad.write_text("\n".join(lines) + "\n")
    return bad
