"""``add``: files, folders, addresses and standard input into the store, one line per article."""

from __future__ import annotations

import argparse
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from geo.cli.progress import open_progress
from geo.cli.streams import open_source, report_error, write_line, write_note
from geo.errors import ArticleError, UsageError
from geo.fetch import fetch_page
from geo.ingest import INPUT, Ended, queue_sources, work
from geo.pipeline import load_tools
from geo.settings import byte_limit
from geo.store import Document, Store, open_store


def run(arguments: argparse.Namespace) -> int:
    """Queue everything named and read all that is queued; 3 when something could not be read."""
    if not (arguments.sources or arguments.resume):
        raise UsageError("name what is to be added, or --resume what an earlier add left")
    store = open_store(arguments.store)
    tools = load_tools(arguments.border, store.aliases(arguments.border))
    named = [*_queue(store, arguments.sources)]
    teller = _Teller(store, named, tells_all=arguments.resume)
    with open_progress(store.documents.count().pending) as progress:

        def tell(ended: Ended) -> None:
            with progress.aside():
                teller.take(ended)
            progress.step(quarantined=ended.error is not None)

        work(store, tools, jobs=arguments.jobs, fetch=fetch_page, progress=tell)
    teller.finish()
    write_note(teller.sum_up())
    return 3 if teller.counts["errors"] else 0


def _queue(store: Store, sources: Iterable[str]) -> Iterable[int | ArticleError]:
    """Numbers of the documents named, in their order, and what is not there."""
    given = {}
    if "-" in sources:
        with open_source("-") as stream:
            given[INPUT] = stream.read(byte_limit() + 1)
    sources = [INPUT if source == "-" else source for source in sources]
    return queue_sources(store, sources, time=datetime.now(UTC), given=given)


class _Teller:
    """Prints what became of the documents named, in the order they were named, as far as it is known."""

    def __init__(self, store: Store, named: Iterable[int | ArticleError], *, tells_all: bool) -> None:
        self._store = store
        self._left: deque[int] = deque()
        self._known: dict[int, Ended | Document] = {}
        self._tells_all = tells_all
        self.counts: Counter[str] = Counter()
        for one in named:
            if isinstance(one, ArticleError):
                self._report(one)
            else:
                self._left.append(one)
        self._times = Counter(self._left)
        self._look_up()

    def take(self, ended: Ended) -> None:
        """Tell of a document that has just ended, or keep it until its turn."""
        number = ended.document.number
        if self._times[number]:
            self._known[number] = ended
            self._tell_known()
        elif self._tells_all:
            self._tell(ended)
        else:
            self.counts["others"] += 1

    def finish(self) -> None:
        """Tell of the rest, which other processes have read."""
        self._look_up()

    def sum_up(self) -> str:
        """What was done, in a sentence."""
        counts = self.counts
        others = f"; {counts['others']:,} left from before were read as well" if counts["others"] else ""
        return (
            f"{counts['added']:,} articles added with {counts['incidents']:,} incidents, "
            f"{counts['there']:,} were there already, {counts['errors']:,} could not be read{others}"
        )

    def _look_up(self) -> None:
        """Learn from the store what ended before, or elsewhere."""
        for number, document in self._store.documents.get([*{*self._left}]).items():
            if document.state != "pending":
                self._known.setdefault(number, document)
        self._tell_known()

    def _tell_known(self) -> None:
        while self._left and self._left[0] in self._known:
            number = self._left.popleft()
            known = self._known.pop(number)
            self._tell(known)
            self._times[number] -= 1
            if self._times[number]:  # named once more: then it is there already
                self._known[number] = known if isinstance(known, Document) else _as_kept(known)

    def _tell(self, known: Ended | Document) -> None:
        if isinstance(known, Document) and known.article_id is not None:
            self._write(known.article_id, (), ("already_there",))
        elif isinstance(known, Document):
            self._report(ArticleError(known.message or "", known.code or ""))
        elif known.error:
            self._report(known.error)
        elif known.added:
            flags = (*known.added.flags, "already_there") if known.added.already_there else known.added.flags
            self._write(known.added.article.id, [incident.id for incident in known.added.incidents], flags)

    def _write(self, article_id: str, incidents: Sequence[str], flags: Sequence[str]) -> None:
        """Id, incident ids and flags, separated by tabs; a dash where there is none."""
        write_line("\t".join((article_id, ",".join(incidents) or "-", ",".join(flags) or "-")))
        self.counts["there" if "already_there" in flags else "added"] += 1
        self.counts["incidents"] += len(incidents)

    def _report(self, error: ArticleError) -> None:
        report_error(error)
        self.counts["errors"] += 1


def _as_kept(ended: Ended) -> Document:
    """A document that has just ended, as the store has it now."""
    if ended.error:
        return replace(ended.document, body=None, code=ended.error.code, message=str(ended.error))
    return replace(ended.document, body=None, article_id=ended.added.article.id if ended.added else None)
