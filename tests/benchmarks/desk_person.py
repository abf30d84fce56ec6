"""One person at a store, as a process of their own: ``ROLE ADDRESS SECONDS NUMBER``, ROLE being viewer or editor.

It writes ``ready``, waits for a line, and at its end writes what it met with as JSON.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from geo.errors import BorderIncidentsError, ConflictError
from geo.people import Person
from geo.review import acts
from geo.snapshot.rows import WANTED
from geo.store import Store, open_store

REST_S = (0.5, 1.5)
"""Between two things that one person does, quicker than most people are."""
SNAPSHOT_S = 2.0
"""Between two snapshots of a dashboard whose store changes all the time."""
SHOWN = 20
"""Incidents of one page of the list."""


class Visit:
    """What one person met with."""

    def __init__(self, store: Store, number: int) -> None:
        self.store, self.dice = store, random.Random(number)
        self.dashboard, self._next_snapshot = number == 0, 0.0
        self.ids = store.read_columns({"incident": ("id",)}).tables["incident"]["id"]
        self.revision = store.data_revision()
        self.took: dict[str, list[float]] = defaultdict(list)
        """Milliseconds by what was done."""
        self.errors: list[str] = []
        self.conflicts = 0

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        except ConflictError:  # another editor was first, and both were told so
            self.conflicts += 1
        except BorderIncidentsError as error:
            self.errors.append(str(error))
        self.took[what].append((time.perf_counter() - begun) * 1000)

    def view(self) -> None:
        """Look whether there is news, page through the list, open an incident down to its report."""
        with self.timed("read"):
            newest = self.store.data_revision()
        if newest != self.revision:
            with self.timed("read"):
                self.store.count_since(self.revision)
            self.revision = newest
            self._take_snapshot()
        with self.timed("read"):
            page = self.store.load_incidents(self.dice.sample(self.ids, min(SHOWN, len(self.ids))))
        with self.timed("read"):
            self._open(page[0].id)

    def _take_snapshot(self) -> None:
        """As the process of a dashboard does for all its readers; the first viewer stands for it."""
        if self.dashboard and time.monotonic() > self._next_snapshot:
            with self.timed("snapshot"):
                self.store.read_columns(WANTED, ordered=False)
            self._next_snapshot = time.monotonic() + SNAPSHOT_S

    def _open(self, id_: str) -> None:
        incident = self.store.incident(id_)
        if incident:
            self.store.reports_of(id_)
            self.store.corrections(id_)
            self.store.load_articles(incident.articles)
            self.store.reading(incident.articles[0])

    def edit(self) -> None:
        """Accept an incident or change its title, by the acts of the desk."""
        person = Person(name=f"editor {self.dice.random()}", role="editor")
        with self.timed("read"):
            seen = self.store.incident(self.dice.choice(self.ids))
        if seen is None:
            return
        given = {"person": person, "version": seen.version, "time": datetime.now(UTC)}
        with self.timed("write"):
            if self.dice.random() < 0.5:
                acts.accept(self.store, seen.id, **given)
            else:
                acts.edit(self.store, seen.id, {"title": f"{seen.title[:80]} ({seen.version})"}, **given)


def main(arguments: Sequence[str]) -> None:
    """Act until the time is over."""
    role, address, seconds, number = arguments
    with closing(open_store(address, read_only=role == "viewer")) as store:
        visit = Visit(store, int(number))
        act: Callable[[], None] = visit.view if role == "viewer" else visit.edit
        visit.view()  # the first of a process pays for what all others find ready
        visit.took.clear()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        end = time.monotonic() + float(seconds)
        while time.monotonic() < end:
            act()
            time.sleep(visit.dice.uniform(*REST_S))
    told = {"took": visit.took, "errors": visit.errors, "conflicts": visit.conflicts}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
