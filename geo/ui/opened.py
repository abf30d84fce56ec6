"""The incident that is open, with the way back to the list and on to its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from geo.model import Correction, Incident, Resolution
from geo.ui.cards import open_incident
from geo.ui.parts import slot
from geo.ui.scene import Scene
from geo.ui.state import change_link, open_article, open_province, province_of
from geo.wording.naming import category_of, find_province, name_province, write_days, write_place, write_title
from geo.wording.opened import Told, describe_opened, list_articles


def opened_slot() -> str:
    """The slot of the incident that is open instead of the list."""
    return slot(
        "incident",
        _describe,
        closed=lambda _: change_link(incident=None),
        opened=open_incident,
        read=open_article,
        entered=open_province,
    )


def _describe(scene: Scene) -> dict[str, Any] | None:
    incident = scene.incident
    return None if incident is None or scene.beside != "incident" else describe_incident(scene, incident)


def describe_incident(scene: Scene, incident: Incident) -> dict[str, Any]:
    """All that is shown of an opened incident."""
    words, shared = scene.words, scene.shared
    told = gather_told(scene, incident)
    return {
        **_describe_steps(scene, incident),
        "category": category_of(incident),
        "kind": words(f"event.{category_of(incident)}"),
        "title": write_title(incident, words),
        "dates": write_days(incident, words),
        "place": write_place(incident, told.scopes, scene.distance_of(incident), shared.gazetteer, words),
        "pv": find_province(incident, shared.gazetteer, words),
        **describe_opened(told, shared.gazetteer, words),
    }


def gather_told(scene: Scene, incident: Incident) -> Told:
    """All that is told of an incident: its figures, articles and reports, and what its places were read from."""
    shared = scene.shared
    scopes = shared.scopes_of(scene.snapshot, incident)
    articles = {article.id: article for article in shared.articles(list_articles(incident, scopes))}
    reports = [told for told in shared.store.reports_of(incident.id) if set(told.articles) <= set(incident.articles)]
    return Told(
        incident=incident,
        scopes=scopes,
        articles=articles,
        reports=reports,
        resolutions=list(_list_resolutions(scene, reports)),
        corrections=_list_corrections(scene, incident),
    )


def _list_corrections(scene: Scene, incident: Incident) -> list[Correction]:
    """What was corrected of an incident until the day that is shown."""
    past = scene.snapshot.past
    found = scene.shared.store.corrections(incident.id)
    return [one for one in found if past is None or (past.time is not None and one.time <= past.time)]


def _describe_steps(scene: Scene, incident: Incident) -> dict[str, Any]:
    """The way back to the list, and to the incidents before and after in its order."""
    order, words = scene.order, scene.words
    here = scene.snapshot.index_of(incident.id)
    at = next(iter((order == here).nonzero()[0].tolist()), None)
    ids = scene.snapshot.ids
    after = ids[order[at + 1]] if at is not None and at + 1 < len(order) else None
    before = ids[order[at - 1]] if at else None
    position = words("incident.position", i=words.number((at or 0) + 1), n=words.number(len(order)))
    return {
        "back": _write_back(scene),
        "position": position if at is not None else "",
        "next": words("incident.next"),
        "previous": words("incident.previous"),
        "next_id": after,
        "previous_id": before,
    }


def _write_back(scene: Scene) -> str:
    """The way back: to the province it was opened from, else to the list."""
    words, code = scene.words, province_of(scene.link)
    if code:
        return words("province.back", province=name_province(code, scene.shared.gazetteer, words))
    return words("incident.back", n=words.number(len(scene.order)))


def _list_resolutions(scene: Scene, reports: Sequence[Incident]) -> Iterator[Resolution]:
    """What each place of the incident was read from, article by article."""
    for report in reports:
        reading = scene.shared.store.reading(report.articles[0]) if report.articles else None
        for place in report.places:
            if reading and place.toponym is not None and place.toponym < len(reading.toponyms):
                yield reading.toponyms[place.toponym]
