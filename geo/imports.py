"""Files of other databases into the store: one file is one change, so that it is kept whole or not at all.

A row that cannot be read is left out and named; a file that is wrong as a whole changes nothing. A row that is there
already changes nothing; a newer version of it replaces what its database said, and keeps what a person changed.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from geo.borders import Border
from geo.errors import DataError, UsageError
from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.importing import LeftOut, Read, read_report, read_rows
from geo.exchange.coded.scheme import Scheme, Terms
from geo.exchange.features import read_features
from geo.model import ImportedRow, Incident, IncidentPlace, Reading
from geo.pipeline import Tools, is_settled, join_border, tell_incident
from geo.settings import read_option
from geo.store import Change, Store

_BATCH = 2_000
"""Rows held in memory at once."""


@dataclass(slots=True)
class Imported:
    """What became of a file."""

    added: int = 0
    """Rows that are new."""
    changed: int = 0
    """Rows that replaced another version."""
    unchanged: int = 0
    """Rows that were there already."""
    left_out: list[LeftOut] = field(default_factory=list)
    """Rows that could not be read, and why."""


def largest_import() -> int:
    """Bytes of the largest file that is imported; raises UsageError when the option is no number."""
    written = read_option("BORDER_INCIDENTS_LARGEST_IMPORT_MB")
    try:
        return int(float(written) * 1_000_000)
    except ValueError as error:
        raise UsageError(f"BORDER_INCIDENTS_LARGEST_IMPORT_MB is {written!r}, not a number of megabytes") from error


def import_file(
    store: Store, stream: BinaryIO, scheme: Scheme, tools: Tools, *, who: str = "machine", time: datetime
) -> Imported:
    """Import a file of a coded database; all of it in one change, but for the rows that are named as left out.

    Raises DataError, and changes nothing, when the file as a whole is wrong.
    """
    importer = _Importer(scheme, tools)
    read = read_features if scheme.name == "geojson" else read_rows
    rows = read(stream, scheme, largest=largest_import())
    try:
        with store.change(who=who, time=time) as change:
            while batch := list(islice(rows, _BATCH)):
                importer.take(change, batch)
    except DataError as error:
        raise DataError(f"{error}; nothing was imported") from error
    return importer.imported


class _Importer:
    """Takes the rows of one file into a change, and keeps account."""

    def __init__(self, scheme: Scheme, tools: Tools) -> None:
        self._scheme = scheme
        self._terms = Terms(atlas=Atlas(tools.gazetteer), border=tools.border)
        self._joiner = _Joiner(tools.border)
        self.imported = Imported()

    def take(self, change: Change, batch: Sequence[tuple[int, ImportedRow | LeftOut]]) -> None:
        """Keep what is new or newer among these rows."""
        ids = [row.id for _, row in batch if isinstance(row, ImportedRow)]
        known, there = change.imported_rows(ids), change.find_shown(ids)
        new: list[Read] = []
        for line, row in batch:
            if isinstance(row, ImportedRow) and _is_there(row, known.get(row.id), there):
                self.imported.unchanged += 1
                continue
            read = row if isinstance(row, LeftOut) else read_report(line, row, self._scheme, self._terms)
            if isinstance(read, LeftOut):
                self.imported.left_out.append(read)
            elif read.row.id in known:
                self._replace(change, self._joiner.join(read))
            else:
                new.append(self._joiner.join(read))
        self._add(change, new)

    def _add(self, change: Change, new: Sequence[Read]) -> None:
        if new:
            reason = f"imported from {self._scheme.title}"
            change.keep_imported([read.row for read in new], reason=reason)
            articles, incidents = zip(*(read.told for read in new), strict=True)
            change.add_imported(articles, incidents, reason=reason)
        self.imported.added += len(new)

    def _replace(self, change: Change, read: Read) -> None:
        change.keep_imported([read.row], reason=f"a newer version from {self._scheme.title}")
        _tell_again(change, read, self._scheme)
        self.imported.changed += 1


class _Joiner:
    """Joins the places of reports with the border; a file names each place many times."""

    def __init__(self, border: Border) -> None:
        self._border = border
        self._joined: dict[str, IncidentPlace] = {}

    def join(self, read: Read) -> Read:
        """The report with how its places lie to the border; the row, or its point, has told their provinces."""
        incident = read.told.incident
        joined = replace(incident, places=tuple(map(self._join, incident.places)))
        return replace(read, told=read.told._replace(incident=joined))

    def _join(self, place: IncidentPlace) -> IncidentPlace:
        key = repr(place)
        if key not in self._joined:
            self._joined[key] = join_border(place, self._border)
        return self._joined[key]


def _is_there(row: ImportedRow, before: ImportedRow | None, there: Set[str]) -> bool:
    """Whether the store has this very row, or knows its incident from elsewhere, and better than a list does."""
    if before is None:
        return row.id in there
    return (before.columns, before.cells) == (row.columns, row.cells)


def _tell_again(change: Change, read: Read, scheme: Scheme) -> None:
    """Show what the newer version says, but for what a person changed, and nothing of what one has checked."""
    told, article = read.told.incident, read.told.article
    shown_id = change.incidents_of([told.id]).get(told.id)
    shown = change.shown(shown_id) if shown_id else None
    if shown is None:
        return
    if not change.holds(article.id):
        change.add_article(article, Reading(article_id=article.id, language="en"))
    reports = change.reports_of(shown.id)
    if is_settled(shown, reports):
        change.tell_again(told)
        return
    was = tell_incident(change, reports, shown)
    change.tell_again(told)
    now = tell_incident(change, [told if report.id == told.id else report for report in reports], shown)
    kept = _keep_edits(was, shown, now)
    if replace(kept, version=shown.version) != shown:
        change.show(kept, reason=f"a newer version of the row from {scheme.title}")


def _keep_edits(was: Incident, shown: Incident, now: Incident) -> Incident:
    """What the reports tell now, with every field that a person changed as the person left it."""
    edited = {
        field_.name: getattr(shown, field_.name)
        for field_ in fields(Incident)
        if field_.name != "version" and getattr(shown, field_.name) != getattr(was, field_.name)
    }
    return replace(now, **edited)
