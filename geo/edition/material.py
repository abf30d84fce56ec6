"""What an edition is made of: some incidents of one data revision, with all that is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from geo.edition.facts import Json
from geo.edition.texts import list_details
from geo.exchange.table import Selection
from geo.memory import without_collection
from geo.model import Article, Correction, Incident, Resolution, Scope
from geo.snapshot import Snapshot, count_outside, cut_snapshot
from geo.store import Store
from geo.store.records import load_record
from geo.wording.opened import Told, list_articles
from geo.wording.papers import Papers, gather_papers
from geo.wording.words import Words


@dataclass(frozen=True, kw_only=True, eq=False)
class Material:
    """Incidents by index, newest first, as a reader of one language is told of them."""

    snapshot: Snapshot
    """Of these incidents only."""
    whole: Snapshot
    """Of the store they come from."""
    places: Sequence[int]
    """Where the incidents stand in that."""
    store: Store
    """Where they come from."""
    incidents: Sequence[Incident]
    scopes: Mapping[str, Sequence[Scope]]
    """Figures for several places by id of incident."""
    articles: Mapping[str, Article]
    outside: Mapping[str, int]
    """For each total how many of the incidents it covers are not here."""
    selection: Selection
    """Filter, data revision and time."""
    words: Words
    reports: Mapping[str, Sequence[Incident]]
    """What each article reported, by id of an incident that several tell of."""
    toponyms: Mapping[str, Sequence[Mapping[str, object]]]
    """Records of what was found in an article, by its id."""
    corrections: Mapping[str, Sequence[Correction]]
    """What was corrected of each incident since it was published, newest first."""
    corrections_page: str = ""
    """Address of the page of corrections beside the edition; empty for an edition that stands alone."""

    @cached_property
    def wholly(self) -> Snapshot:
        """The same without the totals that also cover incidents which are not here: they say nothing of the rest."""
        return replace(self.snapshot, totals=tuple(t for t in self.snapshot.totals if not self.outside[t.id]))

    @cached_property
    def details(self) -> Sequence[Json]:
        """What is shown of each incident when it is opened."""
        return list_details(self)

    @cached_property
    def papers(self) -> Papers:
        """The articles in sum."""
        return gather_papers(self.articles.values(), self.snapshot.revision)

    def scopes_of(self, incident: Incident) -> Sequence[Scope]:
        """The figures for several places that an incident is part of."""
        return self.scopes.get(incident.id, ())

    def tell(self, incident: Incident) -> Told:
        """All that is told of an incident."""
        scopes = self.scopes_of(incident)
        ids = list_articles(incident, scopes)
        reports = self.reports.get(incident.id) or [incident]
        return Told(
            incident=incident,
            scopes=scopes,
            articles={id_: self.articles[id_] for id_ in ids if id_ in self.articles},
            reports=reports,
            resolutions=list(self._list_resolutions(reports)),
            corrections=self.corrections.get(incident.id, ()),
        )

    def _list_resolutions(self, reports: Iterable[Incident]) -> Iterator[Resolution]:
        for report in reports:
            found = self.toponyms.get(report.articles[0], ()) if report.articles else ()
            for place in report.places:
                if place.toponym is not None and place.toponym < len(found):
                    yield load_record(Resolution, found[place.toponym])


def gather_material(store: Store, snapshot: Snapshot, selection: Selection, words: Words) -> Material:
    """What belongs to the incidents of a selection, in the order of the snapshot; both are of one data revision."""
    with without_collection():
        position = {id_: index for index, id_ in enumerate(snapshot.ids)}
        found = {position[incident.id]: incident for incident in selection.incidents}
        incidents = [found[index] for index in sorted(found)]
        kept = np.zeros(len(snapshot), dtype=bool)
        kept[sorted(found)] = True
        articles = _load_articles(store, selection)
        return Material(
            snapshot=cut_snapshot(snapshot, kept),
            whole=snapshot,
            store=store,
            places=sorted(found),
            incidents=incidents,
            scopes=_group_scopes(selection.scopes),
            articles=articles,
            outside=count_outside(snapshot, kept),
            selection=selection,
            words=words,
            reports={i.id: _load_reports(store, i) for i in incidents if len(i.articles) > 1},
            toponyms=_load_toponyms(store, articles),
            corrections=_group_corrections(store, found.values()),
        )


def _load_reports(store: Store, incident: Incident) -> list[Incident]:
    """What its articles told of an incident; those that came after a person had checked it left out."""
    return [told for told in store.reports_of(incident.id) if set(told.articles) <= set(incident.articles)]


def _load_articles(store: Store, selection: Selection) -> Mapping[str, Article]:
    """The articles with their texts, which a large selection leaves in the store."""
    told = selection.articles
    bare = [id_ for id_, article in told.items() if not article.text]
    return {**told, **{article.id: article for article in store.load_articles(bare)}}


def _group_scopes(scopes: Iterable[Scope]) -> Mapping[str, Sequence[Scope]]:
    found: dict[str, list[Scope]] = {}
    for scope in scopes:
        for id_ in scope.incidents:
            found.setdefault(id_, []).append(scope)
    return found


def _group_corrections(store: Store, incidents: Iterable[Incident]) -> Mapping[str, Sequence[Correction]]:
    ids, found = {incident.id for incident in incidents}, dict[str, list[Correction]]()
    for correction in store.corrections():
        if correction.incident_id in ids:
            found.setdefault(correction.incident_id, []).append(correction)
    return found


def _load_toponyms(store: Store, articles: Mapping[str, Article]) -> Mapping[str, Sequence[Mapping[str, object]]]:
    columns = store.read_columns({"reading": ("article_id", "toponyms")}, ordered=False).tables["reading"]
    pairs = zip(columns["article_id"], columns["toponyms"], strict=True)
    return {id_: toponyms for id_, toponyms in pairs if id_ in articles}
