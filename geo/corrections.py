"""An editor says what a name means: kept as an alias, and the article in which it was met is read again.

Incidents keep their ids, and those that a person has reviewed stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from geo.errors import UsageError
from geo.model import Alias, Article, Incident, Reading
from geo.pipeline import (
    ask_for_places,
    is_settled,
    join_reading,
    keep_edits,
    load_tools,
    put_report,
    read_article,
    show_report,
    tell_incident,
)
from geo.store import Change, Store
from geo.text import editor_name, match_key

NAMESPACE = UUID("6f0a7a52-51c8-5d0e-9d53-0c8f5f6f2a12")
"""Namespace of the ids of aliases."""


def correct_name(  # noqa: PLR0913  who says what of which name, and where
    store: Store, article: Article, name: str, place_id: str | None, *, border: str, who: str, time: datetime
) -> Alias:
    """Keep what a name of an article means (None: no place), and read the article again; all of it or nothing.

    Raises UsageError when the gazetteer has no such place, or the name holds no letter.
    """
    known = store.reading(article.id)
    alias = make_alias(
        name, place_id, language=known.language if known else article.language or "", border=border, who=who,
        time=time, article_id=article.id,
    )  # fmt: skip
    if place_id is not None and load_tools(border).gazetteer.place(place_id) is None:
        raise UsageError(f"the gazetteer has no place {place_id!r}")
    others = (other for other in store.aliases(border) if other.id != alias.id)
    tools = ask_for_places(load_tools(border, (*others, alias)), store)
    reading = join_reading(read_article(article, tools), tools.border)
    with store.change(who=alias.who, time=time) as change:
        change.keep_alias(alias, reason=f"corrected in article {article.id}")
        tell_again(change, reading, reason=f"read again: {alias.name_key} was corrected")
    return alias


def make_alias(  # noqa: PLR0913  the fields of an alias
    name: str, place_id: str | None, *, language: str, border: str, who: str, time: datetime, article_id: str
) -> Alias:
    """An alias; it has the id of any other for the same name, language and border."""
    key = match_key(name)
    if not key:
        raise UsageError(f"{name!r} is no name")
    return Alias(
        id=str(uuid5(NAMESPACE, f"{border}/{language}/{key}")),
        name_key=key,
        language=language,
        border=border,
        place_id=place_id,
        who=editor_name(who),
        time=time,
        article_id=article_id,
    )


def tell_again(change: Change, reading: Reading, *, reason: str) -> None:
    """Put what an article tells now in place of what it told before."""
    before = change.reports_in(reading.article_id)
    reading = _keep_ids([report for report, _ in before], reading)
    known, told = {report.id for report, _ in before}, {report.id for report in reading.incidents}
    change.replace_reading(reading)
    for position, report in enumerate(reading.incidents):
        if report.id in known:
            change.tell_again(report)
        else:
            _show_new(change, report, position)
    for position, scope in enumerate(reading.scopes):
        change.add_scope(scope, article_id=reading.article_id, position=position)
    for id_ in dict.fromkeys(id_ for _, id_ in before):
        gone = [report.id for report, shown in before if shown == id_ and report.id not in told]
        _show_again(change, id_, gone, reason=reason)


def _keep_ids(before: Sequence[Incident], reading: Reading) -> Reading:
    """The reading, its incidents under the ids they had: by id, else by the sentence that reports them."""
    ids = dict(_pair(before, reading.incidents))
    return replace(
        reading,
        incidents=tuple(replace(incident, id=ids.get(incident.id, incident.id)) for incident in reading.incidents),
        scopes=tuple(
            replace(scope, incidents=tuple(ids.get(id_, id_) for id_ in scope.incidents)) for scope in reading.scopes
        ),
    )


def _pair(before: Sequence[Incident], now: Iterable[Incident]) -> Iterator[tuple[str, str]]:
    """New id and old id of each incident that is told in the same sentence, and has a new id."""
    now = list(now)
    same = {incident.id for incident in before} & {incident.id for incident in now}
    left = [incident for incident in before if incident.id not in same]
    for incident in now:
        match = next((old for old in left if incident.id not in same and old.quote == incident.quote), None)
        if match is not None:
            left.remove(match)
            yield incident.id, match.id


def _show_new(change: Change, report: Incident, position: int) -> None:
    """Show what the article did not tell before; what was withdrawn for not being told comes back."""
    before = change.shown(report.id)
    if before is None or change.decisions_about(report.id):
        show_report(change, report, position)
    elif before.status == "withdrawn":
        put_report(change, report, before, position=position, reason="told again")
    else:
        change.add_report(report, incident_id=report.id, position=position)


def _show_again(change: Change, id_: str, gone: Sequence[str], *, reason: str) -> None:
    """Show an incident as its reports tell it now, unless a person has checked or rejected it; untold, it is withdrawn.

    What a person changed of one that is still a draft stays as the person left it.
    """
    shown = change.shown(id_)
    if shown is None or shown.status == "imported" or is_settled(shown, change.reports_of(id_)):
        return
    for report_id in gone:
        change.forget_report(report_id)
    told = change.reports_of(id_)
    again = (
        keep_edits(shown, tell_incident(change, told, shown))
        if told
        else replace(shown, status="withdrawn", version=shown.version + 1)
    )
    if replace(again, version=shown.version) != shown:
        change.show(again, reason=reason)
