"""``add``, ``watch`` and the desk at once on one SQLite store: none errs, nothing is lost or doubled, and sums hold."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from geo.store import Counts, open_store
from tests.fetch.web import Web, run_web
from tests.jobs_world import ROOT, Watcher, make_wire
from tests.watching.newsroom import publish

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds processes by /proc")

ADD = """
import sys
from geo.cli import add, main
from tests.fetch.web import Web
web = Web()
web.port = int(sys.argv[1])
add.fetch_page = web.fetcher().fetch_page
sys.exit(main(["add", *sys.argv[2:]]))
"""
"""The command on the web of this test: whoever comes to a page first fetches it."""
ARTICLES, PAGES, TEXTS = 40, 8, 8
DESK = """
import sys, threading
from datetime import UTC, datetime
from geo.articles import make_article
from geo.errors import ConflictError
from geo.ingest import Attendant, hand_text, queue_found
from geo.people import Person
from geo.review import acts
from geo.store import open_store
from geo.store.waiting import find_told
store, person = open_store(sys.argv[1]), Person(name="Omar", role="editor")
attendant, pause = Attendant(store, "AF-PK"), threading.Event()
for n in range(int(sys.argv[2])):
    now = datetime.now(UTC)
    text = make_article(f"A roadside bomb killed {n + 3} soldiers in Wana on {n + 1} May 2024, the army said.")
    (number,) = queue_found(iter([hand_text(text, person.name)]), store, time=now)
    attendant.attend([number])
    while (document := store.documents.get([number])[number]).state == "pending":
        pause.wait(0.02)
    for incident in store.load_incidents(find_told(store, [document.article_id])[document.article_id]):
        acts.accept(store, incident.id, person=person, version=incident.version, time=now)
attendant.close()
"""
"""An editor who hands over one text after the other, and accepts what each tells as soon as it is read."""


@pytest.fixture
def web() -> Iterator[Web]:
    """A feed and its pages."""
    with run_web() as running:
        publish(running, *range(PAGES))
        yield running


def test_add_watch_and_the_desk_work_at_once_on_one_store(tmp_path: Path, web: Web) -> None:
    path = str(tmp_path / "incidents.sqlite")
    wire, store = make_wire(tmp_path, ARTICLES), open_store(path)
    commands = (
        ("-c", ADD, str(web.port), str(wire), "--jobs", "2", "--store", path),
        ("-m", "tests.watching.newsroom", path, str(web.port), "once"),
        ("-c", DESK, path, str(TEXTS)),
    )
    with Watcher(store) as watcher:
        processes = [subprocess.Popen([sys.executable, *one], cwd=ROOT, stdout=PIPE, stderr=PIPE) for one in commands]
        said = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    assert len(said[0][0].splitlines()) == ARTICLES and b"Traceback" not in b"".join(err for _, err in said)
    assert store.documents.count() == Counts(done=ARTICLES + PAGES + TEXTS)
    assert len(store.load_articles()) == ARTICLES + PAGES + TEXTS and store.check() == []
    queued = [seen.queued for seen in watcher.seen]
    assert queued == sorted(queued) and queued[-1] == ARTICLES + PAGES + TEXTS
    accepted = [revision for revision in store.revisions() if revision.who == "Omar"]
    assert len(accepted) == TEXTS
    store.close()
