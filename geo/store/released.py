"""The store as it leaves the newsroom: limits of incidents and names of victims are applied as each record is read.

Whatever asks a released store (pages, exports, editions, feeds, pictures, searches, earlier states) gets nothing else,
and needs not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from geo.model import Article, Claim, Correction, FieldChange, Flag, ImportedRow, Incident, Reading, Scope, Source, Span
from geo.store import tables
from geo.store.limits import Limits, limit_incident, limit_scope
from geo.store.past import Past
from geo.store.releases import load_names

MASK = "█"
"""Stands for each character of a name that is withheld, so that all offsets hold."""
NAMES_WITHHELD = Flag(code="names_withheld", detail="Names of victims are withheld.")
TEXT_WITHHELD = Flag(code="text_withheld", detail="The text is withheld, for it tells of something that is held back.")
_BETWEEN = r"[\s\u200c]+"
"""What parts the words of a name, whatever the line it stands in."""
_BATCH = 500
"""Ids in one question, as in ``geo.store.rows``."""

Names = Mapping[str, Sequence[tuple[Span, str]]]
"""Names of victims by article, and where they stand in its text."""


class Whole:
    """Lets everything through, as it is: a store that does not leave the newsroom."""

    key = ""
    """Names what leaves, beside the data revision."""

    def incidents(self, found: Sequence[Incident]) -> list[Incident]:
        """Those of the incidents that may leave, as far as they may."""
        return list(found)

    def reports(self, found: Sequence[Incident], incident_id: str) -> list[Incident]:
        """What articles told of an incident, limited as the incident is."""
        return list(found)

    def articles(self, found: Sequence[Article]) -> list[Article]:
        """Those of the articles that may leave."""
        return list(found)

    def reading(self, found: Reading) -> Reading | None:
        """What was read out of an article, without what may not leave of it."""
        return found

    def scopes(self, found: Sequence[Scope]) -> list[Scope]:
        """Those of the figures for several places that may leave."""
        return list(found)

    def past(self, past: Past) -> Past:
        """An earlier state, limited as today."""
        return past

    def imported(self, found: Mapping[str, ImportedRow]) -> dict[str, ImportedRow]:
        """Rows of other databases' files whose incidents leave whole."""
        return dict(found)

    def corrections(self, found: Iterable[Correction]) -> list[Correction]:
        """Corrections of incidents that leave whole."""
        return list(found)

    def copied(self, found: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """Which articles of incidents are copies, of those whose articles may be named."""
        return dict(found)

    def list_gone(self) -> frozenset[str]:
        """Ids of incidents of which nothing may leave, and of their reports."""
        return frozenset()

    def find_there(self, ids: Iterable[str]) -> set[str]:
        """Those of these ids that incidents have."""
        return set(ids)


class Screen(Whole):
    """Lets through what may leave, within one transaction."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        self._connection = connection
        self.limits = limits
        self.key = limits.key

    def incidents(self, found: Sequence[Incident]) -> list[Incident]:
        """Those of the incidents that may leave, as far as they may."""
        shown = [self._limit(incident, incident.id) for incident in found if not self.limits.hides(incident)]
        names = load_names(self._connection, list({id_ for incident in shown for id_ in incident.articles}))
        return [mask_incident(incident, names) for incident in shown] if names else shown

    def reports(self, found: Sequence[Incident], incident_id: str) -> list[Incident]:
        """What articles told of an incident, limited as the incident is."""
        limited = [self._limit(report, incident_id) for report in found if not self._is_gone(report.id, incident_id)]
        kept = [report for report in limited if report.articles]
        if self.limits.shown is not None and incident_id not in self.find_shown([incident_id]):
            return []
        names = load_names(self._connection, [id_ for report in kept for id_ in report.articles])
        return [mask_incident(report, names) for report in kept]

    def articles(self, found: Sequence[Article]) -> list[Article]:
        """Those of the articles that may leave: names of victims masked, no word of one that would give away more."""
        limits = self.limits
        if limits.shown is not None:
            told = self.find_told([article.id for article in found])
            found = [article for article in found if article.id in told]
        names = load_names(self._connection, [article.id for article in found])
        return [
            silence(article) if article.id in limits.silent else mask_article(article, names.get(article.id, ()))
            for article in found
            if article.id not in limits.gone
        ]

    def reading(self, found: Reading) -> Reading | None:
        """What was read out of an article, without what may not leave of it."""
        limits = self.limits
        if found.article_id in limits.gone:
            return None
        if found.article_id in limits.silent:
            found = replace(found, toponyms=(), flags=())
        names = load_names(self._connection, [found.article_id])
        mine = [name for _, name in names.get(found.article_id, ())]
        shown = self.find_shown_reports([report.id for report in found.incidents])
        told = [self._limit(report, report.id) for report in found.incidents if not self._is_gone(report.id)]
        return replace(
            found,
            toponyms=tuple(
                replace(r, toponym=replace(r.toponym, text=MASK * len(r.toponym.text)))
                if any(r.toponym.text in name for name in mine)
                else r
                for r in found.toponyms
            ),
            incidents=tuple(mask_incident(report, names) for report in told if shown is None or report.id in shown),
            scopes=tuple(self.scopes(found.scopes)),
        )

    def scopes(self, found: Sequence[Scope]) -> list[Scope]:
        """Those of the figures for several places that may leave."""
        limits = self.limits
        limited = (limit_scope(scope, limits) for scope in found)
        kept = [scope for scope in limited if scope is not None]
        if limits.shown is not None:
            shown = self.find_shown([id_ for scope in kept for id_ in scope.incidents])
            cut = (replace(scope, incidents=tuple(id_ for id_ in scope.incidents if id_ in shown)) for scope in kept)
            kept = [scope for scope in cut if scope.incidents]
        names = load_names(self._connection, list({c.article_id for scope in kept for c in scope.claims}))
        if not names:
            return list(kept)
        return [replace(s, claims=tuple(_mask_claim(claim, names) for claim in s.claims)) for s in kept]

    def past(self, past: Past) -> Past:
        """An earlier state, limited as today."""
        then = [incident for incident in past.incidents.values() if incident is not None]
        shown = {incident.id: incident for incident in self.incidents(then)}
        scopes = {scope.id: scope for scope in self.scopes([scope for scope in past.scopes.values() if scope])}
        return replace(
            past,
            incidents={id_: shown.get(id_) for id_ in past.incidents},
            scopes={id_: scopes.get(id_) for id_ in past.scopes},
        )

    def imported(self, found: Mapping[str, ImportedRow]) -> dict[str, ImportedRow]:
        """Rows of other databases' files whose incidents leave whole, without names of victims."""
        c, told = tables.report.c, {}
        for batch in _batches(list(found)):
            query = select(c.id, c.incident_id, c.article_id).where(c.id.in_(batch))
            told.update({id_: (incident_id, article_id) for id_, incident_id, article_id in
                         self._connection.execute(query)})  # fmt: skip
        limited = self.limits.by_incident
        kept = {id_: row for id_, row in found.items() if id_ not in limited and told.get(id_, ("",))[0] not in limited}
        shown = self.find_shown_reports(list(kept))
        names = load_names(self._connection, [article_id for _, article_id in told.values()])
        return {
            id_: _mask_row(row, names.get(told[id_][1], ())) if id_ in told else row
            for id_, row in kept.items()
            if shown is None or id_ in shown
        }

    def corrections(self, found: Iterable[Correction]) -> list[Correction]:
        """Corrections of incidents that leave whole, without who made them; also of those that were withdrawn.

        Whatever was corrected had been published, and readers who saw it are told that it was withdrawn.
        """
        known = [correction for correction in found if correction.incident_id not in self.limits.by_incident]
        if self.limits.shown is not None:
            shown = self.find_shown([correction.incident_id for correction in known], also=("withdrawn",))
            known = [correction for correction in known if correction.incident_id in shown]
        articles = self.articles_of([correction.incident_id for correction in known])
        names = load_names(self._connection, list({id_ for ids in articles.values() for id_ in ids}))
        return [_mask_correction(c, names, articles.get(c.incident_id, ())) for c in known]

    def articles_of(self, incident_ids: Sequence[str]) -> dict[str, list[str]]:
        """Ids of the articles that report each of these incidents."""
        c, found = tables.incident_article.c, dict[str, list[str]]()
        for batch in _batches(incident_ids):
            query = select(c.incident_id, c.article_id).where(c.incident_id.in_(batch))
            for incident_id, article_id in self._connection.execute(query):
                found.setdefault(incident_id, []).append(article_id)
        return found

    def list_gone(self) -> frozenset[str]:
        """Ids of incidents of which nothing may leave, and of their reports."""
        delayed = {id_ for id_, limit in self.limits.by_incident.items() if limit.delayed}
        if self.limits.shown is None:
            return frozenset(delayed)
        c = tables.incident.c
        hidden = self._connection.execute(select(c.id).where(c.status.not_in(self._statuses))).scalars()
        return frozenset(delayed.union(hidden))

    def find_there(self, ids: Iterable[str]) -> set[str]:
        """Those of these ids that incidents have."""
        c = tables.incident.c
        queries = (select(c.id).where(c.id.in_(batch)) for batch in _batches(list(ids)))
        return {id_ for query in queries for id_ in self._connection.execute(query).scalars()}

    def copied(self, found: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """Which articles of incidents are copies, of those whose articles may be named."""
        limits = self.limits.by_incident
        return {id_: ids for id_, ids in found.items() if id_ not in limits or "sources" not in limits[id_].hidden}

    def find_shown(self, ids: Sequence[str], *, also: Sequence[str] = ()) -> set[str]:
        """Those of these incidents whose status leaves, or is one of ``also``."""
        c, statuses = tables.incident.c, [*self._statuses, *also]
        queries = (select(c.id).where(c.id.in_(batch), c.status.in_(statuses)) for batch in _batches(ids))
        return {id_ for query in queries for id_ in self._connection.execute(query).scalars()}

    def find_shown_reports(self, ids: Sequence[str]) -> set[str] | None:
        """Those of these reports that belong to an incident whose status leaves; None when all do."""
        if self.limits.shown is None:
            return None
        report, incident = tables.report.c, tables.incident.c
        query = select(report.id).join(tables.incident, incident.id == report.incident_id)
        query = query.where(incident.status.in_(self._statuses))
        few = (query.where(report.id.in_(batch)) for batch in _batches(ids))
        return {id_ for one in few for id_ in self._connection.execute(one).scalars()}

    def find_told(self, article_ids: Sequence[str] | None = None) -> set[str]:
        """Those of these articles, or of all, that tell of an incident whose status leaves."""
        incident, joined = tables.incident.c, tables.incident_article.c
        query = select(joined.article_id).join(tables.incident, incident.id == joined.incident_id).distinct()
        query = query.where(incident.status.in_(self._statuses))
        few = [query] if article_ids is None else [query.where(joined.article_id.in_(b)) for b in _batches(article_ids)]
        return {id_ for one in few for id_ in self._connection.execute(one).scalars()}

    @property
    def _statuses(self) -> list[str]:
        return sorted(self.limits.shown or ())

    def _limit(self, incident: Incident, id_: str) -> Incident:
        limit = self.limits.by_incident.get(id_) or self.limits.by_incident.get(incident.id)
        return limit_incident(incident, limit) if limit else incident

    def _is_gone(self, *ids: str) -> bool:
        return any(id_ in self.limits.by_incident and self.limits.by_incident[id_].delayed for id_ in ids)


def silence(article: Article) -> Article:
    """An article of which no word leaves: outlet and day stay."""
    return replace(
        article, text="", title=None, url=None, sha256="", retrieved=None, flags=(TEXT_WITHHELD,),
        sources=tuple(dict.fromkeys(Source(outlet=s.outlet, published=s.published) for s in article.sources)),
    )  # fmt: skip


def mask_article(article: Article, found: Sequence[tuple[Span, str]]) -> Article:
    """An article with the names of its victims masked, wherever they stand."""
    if not found:
        return article
    names = tuple(name for _, name in found)
    text = article.text
    for span, _ in found:
        text = text[: span.start] + MASK * (span.end - span.start) + text[span.end :]
    sources = (replace(source, url=mask_url(source.url, names)) for source in article.sources)
    return replace(
        article,
        text=mask_names(text, names),
        title=article.title and mask_names(article.title, names),
        url=mask_url(article.url, names),
        sources=tuple(sources),
        sha256="",  # with it a guess at the name could be proved
        flags=(*article.flags, NAMES_WITHHELD),
    )


def mask_incident(incident: Incident, names: Names) -> Incident:
    """An incident with the names of victims masked that its articles give."""
    mine = tuple(name for id_ in incident.articles for _, name in names.get(id_, ()))
    if not mine:
        return incident
    actors = (
        replace(a, name=mask_names(a.name, mine), aliases=tuple(mask_names(alias, mine) for alias in a.aliases))
        for a in incident.actors
    )
    return replace(
        incident,
        title=mask_names(incident.title, mine),
        actors=tuple(actors),
        claims=tuple(_mask_claim(claim, names) for claim in incident.claims),
        tags=tuple(mask_names(tag, mine) for tag in incident.tags),
        flags=tuple(replace(flag, detail=mask_names(flag.detail, mine)) for flag in incident.flags),
    )


def mask_names(text: str, names: Iterable[str]) -> str:
    """The text with every whole occurrence of a name masked at equal length."""
    for name in sorted(set(names), key=len, reverse=True):
        if name and name.casefold() in text.casefold():
            text = _pattern(name).sub(lambda found: MASK * len(found.group()), text)
    return text


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    words = _BETWEEN.join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _mask_claim(claim: Claim, names: Names) -> Claim:
    mine = [name for _, name in names.get(claim.article_id, ())]
    if not mine:
        return claim
    return replace(claim, subject=mask_names(claim.subject, mine), claimant=mask_names(claim.claimant, mine))


def _mask_row(row: ImportedRow, found: Sequence[tuple[Span, str]]) -> ImportedRow:
    names = [name for _, name in found]
    return replace(row, cells=tuple(mask_names(cell, names) for cell in row.cells)) if names else row


def mask_url(url: str | None, names: Sequence[str]) -> str | None:
    """An address, unless it spells a name."""
    plain = re.sub(r"\W+", "", url or "").casefold()
    return None if any(re.sub(r"\W+", "", name).casefold() in plain for name in names) else url


def _mask_correction(correction: Correction, names: Names, articles: Sequence[str]) -> Correction:
    mine = [name for id_ in articles for _, name in names.get(id_, ())]
    changes = (
        FieldChange(field=c.field, before=mask_json(c.before, mine), after=mask_json(c.after, mine))
        for c in correction.changes
    )
    return replace(correction, who="", changes=tuple(changes), reason=mask_names(correction.reason, mine))


def mask_json(value: Any, names: Sequence[str]) -> Any:
    """The same of every text in a JSON value."""
    if isinstance(value, str):
        return mask_names(value, names)
    if isinstance(value, Mapping):
        return {key: mask_json(item, names) for key, item in value.items()}
    return [mask_json(item, names) for item in value] if isinstance(value, list | tuple) else value


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
