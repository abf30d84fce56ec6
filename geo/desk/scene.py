"""One redraw of the desk: who looks, what is open, and what is found of it, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from geo.desk.state import State, kept
from geo.desk.words import desk_words
from geo.filters import Link
from geo.model import Incident
from geo.people import Person
from geo.review.queue import Queue, Waiting, Why, read_queue
from geo.ui.scene import Scene
from geo.ui.shared import Shared
from geo.wording.words import Words

MOST_WAITING = 200
"""Incidents of the queue that are listed; those after them come up as these are done."""


@dataclass(frozen=True)
class DeskScene:
    """What is shown, to whom, and from what."""

    shared: Shared
    person: Person
    state: State

    @cached_property
    def words(self) -> Words:
        """The editor's language."""
        return desk_words(self.state.lang)

    @cached_property
    def snapshot_scene(self) -> Scene:
        """The same as the dashboard's pages see it, for what they describe."""
        snapshot = self.shared.snapshot()
        return Scene(shared=self.shared, snapshot=snapshot, link=Link(incident=self.state.incident), words=self.words)

    @cached_property
    def revision(self) -> int:
        """Number of the newest revision."""
        return self.shared.store.data_revision()

    @cached_property
    def queue(self) -> Queue:
        """What waits for a person, what matters most first, of the reason that the editor chose."""
        why = kept("why")
        return read_queue(self.shared.store, self.shared.snapshot(), most=MOST_WAITING, why=(why,) if why else ())

    @cached_property
    def counts(self) -> Mapping[Why, int]:
        """How many wait for each reason, whatever reason was chosen."""
        return (
            read_queue(self.shared.store, self.shared.snapshot(), most=1).counts if kept("why") else self.queue.counts
        )

    @property
    def waiting(self) -> Sequence[Waiting]:
        """The part of it that is listed."""
        return self.queue.waiting

    @cached_property
    def incident(self) -> Incident | None:
        """The incident under review: the one that was opened, else the first that waits."""
        id_ = self.state.incident or (self.waiting[0].id if self.waiting else None)
        if not id_:
            return None
        return self.shared.store.incident(id_)
