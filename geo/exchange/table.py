"""What every export is made of: the incidents that were asked for, the totals for several places, and their papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TypeAlias, overload

from geo import __version__
from geo.copies import drop_repeated
from geo.errors import StoreError
from geo.exchange.contract import Json, incident_as_record
from geo.exchange.rights import find_kept_back, name_terms
from geo.model import WHOLE_INCIDENT, Article, Claim, Correction, Incident, IncidentPlace, Scope, Source, Toll
from geo.store import Past, Store
from geo.store.released import NAMES_WITHHELD
from geo.store.stream import open_stream
from geo.text import display_text
from geo.totals import TOLLED_METRICS, count_totals

LICENCE = "CC BY 4.0"
"""Of the data this project writes; the articles stay their publishers'."""
ATTRIBUTION = "Places: GeoNames (CC BY 4.0). Boundaries: made with Natural Earth. The line shown is disputed."
NOT_CHECKED = "read by machine, not checked"
CHECKED = "checked by a person"
IMPORTED = "coded by another database, not checked here"

REVIEWED = ("reviewed", "published")
_ATTEMPTS = 5
_AT_ONCE = 5_000
"""Incidents that are held in memory at once, about 40 MB."""
TOO_FAST = "{} changes faster than it can be exported; try again in a moment"
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF))
_BOUNDS = ("low", "best", "high")


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What one export holds, all of one data revision."""

    incidents: Sequence[Incident]
    """Newest first."""
    scopes: Sequence[Scope] = ()
    """Totals for several places of which at least one incident is among these."""
    articles: dict[str, Article] = field(default_factory=dict)
    """By id: all that report these incidents and totals."""
    query: str = ""
    """The filter, as a link has it; empty for all incidents."""
    asked: str = ""
    """The filter in words; empty for all incidents, or where nobody put it into words."""
    kept_back: int = 0
    """How many incidents were asked for that may not leave this machine; none of them is among these."""
    revision: int
    """Data revision."""
    time: datetime
    """When it was exported, UTC."""
    corrections: Mapping[str, Sequence[Correction]] = field(default_factory=dict)
    """What was corrected of incidents since they were published, newest first, by their ids."""

    def corrections_of(self, incident: Incident) -> list[str]:
        """When an incident was corrected and why, newest first: "2025-10-12: the army counts nine"."""
        found = self.corrections.get(incident.id, ())
        return [safe_line(f"{one.time.astimezone(UTC).date()}: {one.reason}") for one in found]

    def articles_of(self, incident: Incident) -> list[Article]:
        """The articles that report an incident, first report first."""
        return [self.articles[id_] for id_ in incident.articles if id_ in self.articles]

    def sources_of(self, incident: Incident) -> list[Source]:
        """The outlets and pages an incident is known from, each once."""
        return list(dict.fromkeys(source for article in self.articles_of(incident) for source in article.sources))

    def copied_sources_of(self, incident: Incident) -> list[Source]:
        """Those of its sources that only repeat the text of another."""
        articles = self.articles_of(incident)
        own = {source for article in articles if article.id not in incident.copied for source in article.sources}
        return [source for source in self.sources_of(incident) if source not in own]

    def sources_of_scope(self, scope: Scope) -> list[Source]:
        """The outlets and pages that give a total."""
        ids = dict.fromkeys(claim.article_id for claim in scope.claims)
        articles = [self.articles[id_] for id_ in ids if id_ in self.articles]
        return list(dict.fromkeys(source for article in articles for source in article.sources))

    def scopes_of(self, incident: Incident) -> Sequence[Scope]:
        """The totals that cover an incident."""
        return self.scopes_by_incident.get(incident.id, ())

    def is_checked(self, scope: Scope) -> bool:
        """A total is checked when every incident of it that was selected is."""
        statuses = [self._statuses[id_] for id_ in scope.incidents if id_ in self._statuses]
        return bool(statuses) and all(status in REVIEWED for status in statuses)

    def review_of_scope(self, scope: Scope) -> str:
        """Whether a person has checked a total, in words."""
        return CHECKED if self.is_checked(scope) else NOT_CHECKED

    @property
    def ids(self) -> Sequence[str]:
        """Of the incidents, in their order."""
        return self.incidents.ids if isinstance(self.incidents, StoredIncidents) else [i.id for i in self.incidents]

    @cached_property
    def scopes_by_incident(self) -> Mapping[str, Sequence[Scope]]:
        """Totals by the incidents they cover."""
        found: dict[str, list[Scope]] = {}
        for scope in self.scopes:
            for id_ in scope.incidents:
                found.setdefault(id_, []).append(scope)
        return found

    @cached_property
    def _statuses(self) -> Mapping[str, str]:
        """Status of every incident that a total covers."""
        if not self.scopes:
            return {}
        return {i.id: i.status for i in self.incidents if i.id in self.scopes_by_incident}


_Selected: TypeAlias = tuple[Sequence[Incident], Sequence[Scope], Sequence[Article]]


class StoredIncidents(Sequence[Incident]):
    """Incidents that stay in the store until they are looked at, some at a time: a third of a million take 2 GB."""

    def __init__(self, store: Store, ids: Sequence[str], revision: int) -> None:
        self._store, self.ids, self._revision = store, ids, revision

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Incident: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Incident]: ...
    def __getitem__(self, index: int | slice) -> Incident | Sequence[Incident]:
        """One incident, or several that again stay in the store."""
        if isinstance(index, slice):
            return StoredIncidents(self._store, self.ids[index], self._revision)
        return self._store.load_incidents([self.ids[index]])[0]

    def __iter__(self) -> Iterator[Incident]:
        """All of them as they were at the revision of the selection; raises StoreError when the store has moved on."""
        with open_stream(self._store) as stream:
            if stream.revision != self._revision:
                raise StoreError(TOO_FAST.format(self._store.name))
            yield from stream.incidents(self.ids)


def select_incidents(
    store: Store,
    ids: Sequence[str] | None = None,
    *,
    query: str = "",
    asked: str = "",
    time: datetime,
    local: bool = False,
) -> Selection:
    """Incidents of a store in the order of ``ids``, with what belongs to them; all but withdrawn ones when None.

    Those that may not leave this machine (``geo.exchange.rights``) are left out, unless the selection stays ``local``.
    Many are left in the store until they are looked at, and their articles come without their texts.
    """
    for _ in range(_ATTEMPTS):
        revision = store.data_revision()
        asked_for = _list_shown(store) if ids is None else ids
        kept_back = frozenset() if local else find_kept_back(store)
        wanted = [id_ for id_ in asked_for if id_ not in kept_back] if kept_back else asked_for
        many = len(wanted) > _AT_ONCE
        selected = (
            _select_many(store, wanted, revision, ids is None and not kept_back) if many else _select_few(store, wanted)
        )
        if store.data_revision() == revision:
            incidents, scopes, articles = selected
            return Selection(
                incidents=incidents,
                scopes=scopes,
                articles={article.id: article for article in articles},
                query=query,
                asked=asked,
                kept_back=len(asked_for) - len(wanted),
                revision=revision,
                time=time,
                corrections=_group(store.corrections()),
            )
    raise StoreError(TOO_FAST.format(store.name))


def select_past(
    store: Store, ids: Sequence[str], past: Past, *, query: str = "", asked: str = "", time: datetime
) -> Selection:
    """Incidents as they were at an earlier revision, with what belonged to them, all held in memory.

    The caller has left out of ``ids`` what may not leave this machine.
    """
    incidents = store.load_incidents(ids, past)
    shown = {incident.id for incident in incidents}
    scopes = [scope for scope in store.scopes(past) if not shown.isdisjoint(scope.incidents)]
    wanted = [*(id_ for i in incidents for id_ in i.articles), *(c.article_id for s in scopes for c in s.claims)]
    articles = store.load_articles([id_ for id_ in dict.fromkeys(wanted) if id_ not in past.articles])
    return Selection(
        incidents=incidents,
        scopes=scopes,
        articles={article.id: article for article in articles},
        query=query,
        asked=asked,
        revision=past.revision,
        time=time,
        corrections=_group(one for one in store.corrections() if past.time is not None and one.time <= past.time),
    )


def _group(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    found: dict[str, list[Correction]] = {}
    for correction in corrections:
        found.setdefault(correction.incident_id, []).append(correction)
    return found


def _list_shown(store: Store) -> list[str]:
    """Ids of all incidents that are not withdrawn, newest first."""
    with open_stream(store) as stream:
        return list(stream.shown_ids())


def _select_few(store: Store, ids: Sequence[str]) -> _Selected:
    incidents = store.load_incidents(ids)
    scopes = _scopes_of(store, {incident.id for incident in incidents})
    wanted = [*(id_ for i in incidents for id_ in i.articles), *(c.article_id for s in scopes for c in s.claims)]
    return incidents, scopes, store.load_articles(list(dict.fromkeys(wanted)))


def _select_many(store: Store, ids: Sequence[str], revision: int, every: bool) -> _Selected:
    chosen = set(ids)
    scopes = _scopes_of(store, chosen)
    if every:
        wanted = sorted(store.read_columns({"article": ("id",)}, ordered=False).tables["article"]["id"])
    else:
        columns = store.read_columns({"incident_article": ("incident_id", "article_id")}, ordered=False)
        pairs = zip(*columns.tables["incident_article"].values(), strict=True)
        reported = {article for incident, article in pairs if incident in chosen}
        wanted = sorted(reported | {claim.article_id for scope in scopes for claim in scope.claims})
    batches = (store.load_articles(wanted[start : start + _AT_ONCE]) for start in range(0, len(wanted), _AT_ONCE))
    articles = [replace(article, text="") for batch in batches for article in batch]
    return StoredIncidents(store, ids, revision), scopes, articles


def describe_selection(selection: Selection) -> dict[str, str]:
    """The papers of an export: what it holds, of when, under which licence and how to cite it."""
    day = selection.time.date().isoformat()
    return {
        "title": "Border incidents",
        "filter": selection.query or "all incidents",
        **({"filter_in_words": selection.asked} if selection.asked else {}),
        "data_revision": str(selection.revision),
        "exported": selection.time.isoformat(timespec="seconds"),
        "licence": LICENCE,
        "citation": f"Border Incidents {__version__}, data revision {selection.revision}, exported {day}.",
        "attribution": attribution_of(selection),
        **({"names": "Names of victims are withheld; each letter of one stands as █."} if _masks(selection) else {}),
        "reading": f"An incident marked {NOT_CHECKED!r} was taken from its sources by a program. Figures are claims of "
        "those who made them. A record of kind 'total' is one figure for several places and is counted once.",
    }


def _masks(selection: Selection) -> bool:
    """Whether the name of a victim is masked in it."""
    return any(flag == NAMES_WITHHELD for article in selection.articles.values() for flag in article.flags)


def attribution_of(selection: Selection) -> str:
    """Whose data a selection holds, and under which terms."""
    outlets = {source.outlet for article in selection.articles.values() for source in article.sources}
    return " ".join([ATTRIBUTION, *name_terms(outlets)])


def review_of(incident: Incident) -> str:
    """Whether a person has checked an incident, in words."""
    if incident.status in REVIEWED:
        return CHECKED
    return IMPORTED if incident.status == "imported" else NOT_CHECKED


def provinces_of(incident: Incident) -> list[str]:
    """ISO 3166-2 codes of an incident's places, each once."""
    return list(dict.fromkeys(place.adm1 for place in incident.places if place.adm1))


def distance_of(incident: Incident) -> float | None:
    """Kilometres from the border to the nearest place of an incident; None when no place has a point."""
    known = [place.distance_to_border_km for place in incident.places if place.distance_to_border_km is not None]
    return min(known, default=None)


def stored_as_record(incident: Incident, selection: Selection) -> Json:
    """An incident as ``list --json`` gives it: the contract's record, and what the store knows beside it."""
    record = incident_as_record(incident)
    places, claims = record["places"], record["claims"]
    return {
        **record,
        "title": incident.title,
        "status": incident.status,
        "review": review_of(incident),
        "corrections": selection.corrections_of(incident),
        "provinces": provinces_of(incident),
        "distance_to_border_km": distance_of(incident),
        "articles": list(incident.articles),
        "sources": _describe_sources(incident, selection),
        "scopes": [scope.id for scope in selection.scopes if incident.id in scope.incidents],
        "places": [{**a, **_join(b)} for a, b in zip(_records(places), incident.places, strict=True)],
        "claims": [{**a, "article": b.article_id} for a, b in zip(_records(claims), incident.claims, strict=True)],
    }


def claim_phrases(incident: Incident) -> list[str]:
    """The claims of an incident as lines of text, each once: a copied article makes none a second time."""
    return [claim_phrase(claim) for claim in drop_repeated(incident.claims, incident.copied)]


def claim_phrase(claim: Claim) -> str:
    """One claim as a line of text: who, what, whom."""
    who = claim.claimant or "the report"
    whom = f" ({claim.subject_party})" if claim.subject_party else ""
    unit = "" if claim.unit == "people" else f" {claim.unit}"
    marks = "".join([", superseded"] * (claim.status == "superseded") + [", part"] * (claim.subset_of is not None))
    figure = "denied" if claim.stance == "denies" else "no comment" if claim.stance == "no_comment" else _figure(claim)
    return safe_line(f"{who} [{claim.claimant_party}]: {figure}{unit} {claim.metric}{whom}{marks}")


def safe_line(text: str) -> str:
    """The text on one line without control characters, bidi overrides and what XML cannot hold."""
    if text.isprintable() and "  " not in text:
        return text.strip()  # as nearly all text is
    return " ".join(display_text(text).translate(_NO_CHARACTERS).split())


def _figure(claim: Claim) -> str:
    low, high = claim.low, claim.high
    if low is None:
        return f"up to {high}" if high is not None else claim.qualifier or "a number"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def toll_cells(totals: Mapping[str, Toll]) -> dict[str, int | None]:
    """``killed_low`` to ``wounded_high`` of the totals of an incident or scope; None where nothing is known."""
    tolls = {metric: totals.get(metric, Toll()) for metric in TOLLED_METRICS}
    return {f"{metric}_{name}": getattr(toll, name) for metric, toll in tolls.items() for name in _BOUNDS}


def toll_of_scope(scope: Scope) -> dict[str, Toll]:
    """The toll of a total by the coding rules of an incident, from the claims made for all its places together."""
    return count_totals([replace(claim, scope=WHOLE_INCIDENT) for claim in scope.claims])


def _scopes_of(store: Store, shown: Set[str]) -> list[Scope]:
    """In the order of the page, so that rival figures stand in the same one."""
    return [scope for scope in store.scopes() if not shown.isdisjoint(scope.incidents)]


def _describe_sources(incident: Incident, selection: Selection) -> list[Json]:
    copied = selection.copied_sources_of(incident)
    return [{**_source(source), "copied": source in copied} for source in selection.sources_of(incident)]


def _source(source: Source) -> Json:
    day = source.published.isoformat() if source.published else None
    return {"outlet": source.outlet, "url": source.url, "published": day}


def _join(place: IncidentPlace) -> Json:
    return {
        "distance_to_border_km": place.distance_to_border_km,
        "side": place.side,
        "nearest_crossing": place.nearest_crossing,
    }


def _records(value: object) -> Iterator[Json]:
    """The records in a list of the contract."""
    yield from value if isinstance(value, list) else ()
