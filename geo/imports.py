"""Files of other databases into the store: one file is one change, so that it is kept whole or not at all.

A row that cannot be read is left out and named; a file that is wrong as a whole changes nothing. A row that is there
already changes nothing; a newer version of it replaces what its database said, and keeps what a person changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from geo.errors import DataError, UsageError
from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.importing import LeftOut, Read, read_reports
from geo.exchange.coded.scheme import Scheme, Terms
from geo.model import Incident, IncidentPlace, Reading
from geo.pipeline import Tools, join_places, tell_incident
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
    terms = Terms(atlas=Atlas(tools.gazetteer), border=tools.border)
    place_joiner = _Joiner(tools)
    imported = Imported()
    reports = read_reports(stream, scheme, terms, largest=largest_import())
    try:
        with store.change(who=who, time=time) as change:
            for batch in _batches(_pass_read(reports, imported)):
                _import_batch(change, [place_joiner.join(read) for read in batch], scheme, imported)
    except DataError as error:
        raise DataError(f"{error}; nothing was imported") from error
    return imported


class _Joiner:
    """Joins the places of reports with provinces and border; a file names each place many times."""

    def __init__(self, tools: Tools) -> None:
        self._border = tools.border
        self._joined: dict[str, IncidentPlace] = {}

    def join(self, read: Read) -> Read:
        incident = read.told.incident
        places = tuple(self._join(incident, place) for place in incident.places)
        return replace(read, told=read.told._replace(incident=replace(incident, places=places)))

    def _join(self, incident: Incident, place: IncidentPlace) -> IncidentPlace:
        key = repr(place)
        if key not in self._joined:
            (self._joined[key],) = join_places(replace(incident, places=(place,)), self._border).places
        return self._joined[key]


def _pass_read(reports: Iterator[Read | LeftOut], imported: Imported) -> Iterator[Read]:
    for report in reports:
        if isinstance(report, LeftOut):
            imported.left_out.append(report)
        else:
            yield report


def _batches(reads: Iterator[Read]) -> Iterator[list[Read]]:
    while batch := list(islice(reads, _BATCH)):
        yield batch


def _import_batch(change: Change, batch: Sequence[Read], scheme: Scheme, imported: Imported) -> None:
    known = change.imported_rows([read.row.id for read in batch])
    new = [read for read in batch if read.row.id not in known]
    reason = f"imported from {scheme.title}"
    if new:
        change.keep_imported([read.row for read in new], reason=reason)
        change.add_imported([read.told.article for read in new], [read.told.incident for read in new], reason=reason)
    imported.added += len(new)
    for read in batch:
        before = known.get(read.row.id)
        if before is None:
            continue
        if (before.columns, before.cells) == (read.row.columns, read.row.cells):
            imported.unchanged += 1
            continue
        change.keep_imported([read.row], reason=f"a newer version from {scheme.title}")
        _tell_again(change, read, scheme)
        imported.changed += 1


def _tell_again(change: Change, read: Read, scheme: Scheme) -> None:
    """Show what the newer version says, but for what a person changed."""
    told, article = read.told.incident, read.told.article
    shown_id = change.incidents_of([told.id]).get(told.id)
    shown = change.shown(shown_id) if shown_id else None
    if shown is None:
        return
    if not change.holds(article.id):
        change.add_article(article, Reading(article_id=article.id, language="en"))
    reports = change.reports_of(shown.id)
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
