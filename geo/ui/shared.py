"""What all readers of one process share: store, border, names of places, the snapshot, and records lately shown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Any, Generic, TypeVar

from geo.borders import Border
from geo.exchange.cutting import cut_kept_back
from geo.exchange.rights import find_kept_back, is_shared
from geo.gazetteer import Gazetteer
from geo.model import Article, Incident, Scope
from geo.pipeline import Tools, load_tools
from geo.settings import read_option
from geo.snapshot import Snapshot, SnapshotKeeper
from geo.store import Store, open_store
from geo.wording.papers import Papers, read_papers

T = TypeVar("T")

_RECORDS_KEPT = 4_000
_ARTICLES_KEPT = 1_000
_STATES_KEPT, _LINKS_KEPT = 4, 64
"""States of the data that readers see at a time, and revisions that their links were made at."""


class Kept(Generic[T]):
    """Values lately made, by what they are of; the oldest go first."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._values: OrderedDict[tuple[object, ...], T] = OrderedDict()

    def get(self, key: tuple[object, ...]) -> T | None:
        """The value of a key; None when it is not kept."""
        return self._values.get(key)

    def keep(self, key: tuple[object, ...], value: T) -> None:
        """Keep a value."""
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)


@dataclass(eq=False)
class Shared:
    """The data behind the page."""

    store: Store
    tools: Tools
    keeper: SnapshotKeeper
    whole: Store | None = None
    """The store as its editors have it, where who looks may also correct; None where nobody may."""
    cards: Kept[dict[str, Any]] = field(default_factory=lambda: Kept(_RECORDS_KEPT), repr=False)
    """Described cards of the list, by revision, language, whether years are named, and index."""
    _records: Kept[Incident] = field(default_factory=lambda: Kept(_RECORDS_KEPT), repr=False)
    _scopes: Kept[dict[str, list[Scope]]] = field(default_factory=lambda: Kept(_STATES_KEPT), repr=False)
    _articles: Kept[Article] = field(default_factory=lambda: Kept(_ARTICLES_KEPT), repr=False)
    _since: Kept[tuple[int, int]] = field(default_factory=lambda: Kept(_LINKS_KEPT), repr=False)
    _public: Kept[Snapshot] = field(default_factory=lambda: Kept(1), repr=False)
    _papers: Kept[Papers] = field(default_factory=lambda: Kept(_STATES_KEPT), repr=False)

    @property
    def editing(self) -> Store | None:
        """The store that corrections are written to; None where nobody may write."""
        store = self.whole or self.store
        return None if store.read_only or store.released else store

    @property
    def border(self) -> Border:
        """The border in view."""
        return self.tools.border

    @property
    def gazetteer(self) -> Gazetteer:
        """Names of places."""
        return self.tools.gazetteer

    def snapshot(self) -> Snapshot:
        """The store as it is now, in columns."""
        return self.keeper.current()

    def incidents(self, snapshot: Snapshot, indices: Sequence[int]) -> list[Incident]:
        """The records of incidents of a snapshot, in their order; one changed since then comes as it is now."""
        ids = [snapshot.ids[index] for index in indices]
        found = {id_: self._records.get((snapshot.key, id_)) for id_ in ids}
        missing = [id_ for id_, incident in found.items() if incident is None]
        for incident in self.store.load_incidents(missing, snapshot.past) if missing else ():
            found[incident.id] = incident
            self._records.keep((snapshot.key, incident.id), incident)
        return [incident for incident in found.values() if incident is not None]

    def scopes_of(self, snapshot: Snapshot, incident: Incident) -> list[Scope]:
        """The figures for several places that an incident is part of."""
        by_incident = self._scopes.get((snapshot.key,))
        if by_incident is None:
            by_incident = {}
            for scope in self.store.scopes(snapshot.past):
                for id_ in scope.incidents:
                    by_incident.setdefault(id_, []).append(scope)
            self._scopes.keep((snapshot.key,), by_incident)
        return by_incident.get(incident.id, [])

    def articles(self, ids: Iterable[str]) -> list[Article]:
        """Articles by their ids, each once; the many that are asked for again come from memory."""
        state = self.store.state() if self.store.released else ""
        found = {id_: self._articles.get((state, id_)) for id_ in ids}
        missing = [id_ for id_, article in found.items() if article is None]
        for article in self.store.load_articles(missing) if missing else ():
            found[article.id] = article
            self._articles.keep((state, article.id), article)
        return [article for article in found.values() if article is not None]

    def papers(self, snapshot: Snapshot) -> Papers:
        """What all incidents of a snapshot were read from."""
        papers = self._papers.get((snapshot.key,))
        if papers is None:
            papers = read_papers(self.store, snapshot.revision)
            self._papers.keep((snapshot.key,), papers)
        return papers

    def public(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot without what may not leave this machine, for what is shown of a link elsewhere."""
        key = (snapshot.key, find_kept_back(self.store))
        found = self._public.get(key)
        if found is None:
            found = cut_kept_back(snapshot, self.store)
            self._public.keep(key, found)
        return found

    def count_since(self, revision: int, until: int | None = None) -> tuple[int, int]:
        """How many incidents have changed since an earlier revision, and how many are new; up to one, or to now."""
        newest = until or self.snapshot().revision
        state = self.store.state() if self.store.released else ""
        since = self._since.get((revision, newest, state))
        if since is None:
            without = find_kept_back(self.store) if is_shared() else frozenset()
            counted = revision < newest
            since = self.store.count_since(revision, without=without, until=newest) if counted else (0, 0)
            self._since.keep((revision, newest, state), since)
        return since


class _Once(Generic[T]):
    """A value made by the first who asks, while the others wait."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make, self._lock = cache(make), Lock()
        self.cache_clear = self._make.cache_clear

    def __call__(self) -> T:
        with self._lock:
            return self._make()


@_Once
def open_shared() -> Shared:
    """The store as it leaves the newsroom, opened once for the process; whole beside it where nobody else looks."""
    read_only = bool(read_option("BORDER_INCIDENTS_READ_ONLY"))
    whole = open_store(read_only=read_only)  # which brings its tables up to date
    if read_only or is_shared():
        whole.close()
    store = open_store(read_only=True, released=True)
    tools = load_tools(read_option("BORDER_INCIDENTS_BORDER"))
    keeper = SnapshotKeeper(store, tools.border, cut=cut_kept_back if is_shared() else None, writer=whole)
    return Shared(store=store, tools=tools, keeper=keeper, whole=None if read_only or is_shared() else whole)
