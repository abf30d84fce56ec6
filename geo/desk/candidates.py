"""Incidents that the one under review may be merged with: near ones by themselves, any other by a search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from geo.desk.scene import DeskScene
from geo.desk.state import keep, kept
from geo.filters import Filter
from geo.model import Incident
from geo.snapshot import match
from geo.snapshot.records import NO_DAY
from geo.text import display_text
from geo.wording.naming import category_of, write_days, write_place, write_title

_NEAR_DAYS = 3
_MOST_CANDIDATES = 12
_MOST_OUTLETS = 3
_LONGEST_QUESTION = 200


def seek_candidate(asked: Any) -> None:
    """Remember what an editor searches for; ``asked`` is what the browser sent."""
    if isinstance(asked, dict) and isinstance(asked.get("id"), str) and isinstance(asked.get("query"), str):
        keep("candidate", (asked["id"], asked["query"].strip()[:_LONGEST_QUESTION]))


def list_candidates(scene: DeskScene, incident: Incident) -> list[dict[str, Any]]:
    """Incidents that may be the same: of nearly the same days, in the same provinces."""
    provinces = tuple(sorted({place.adm1 for place in incident.places if place.adm1}))
    start, end = incident.dates.start, incident.dates.end or incident.dates.start
    if not provinces or start is None or end is None:
        return []
    days = timedelta(days=_NEAR_DAYS)
    near = _match(scene, Filter(start=start - days, end=end + days, provinces=provinces))
    return _describe_candidates(scene, [id_ for id_ in near if id_ != incident.id][:_MOST_CANDIDATES])


def describe_found(scene: DeskScene, incident: Incident) -> dict[str, Any] | None:
    """What was searched for, for this incident, and what was found of any date, the nearest in time first.

    An incident is found by words of its title, its reports and its places, in any script, or by its id. None when
    nothing was searched for.
    """
    about, query = kept("candidate", ("", ""))
    if about != incident.id or not query:
        return None
    words, found = scene.words, [id_ for id_ in _search(scene, incident, query) if id_ != incident.id]
    left = len(found) - _MOST_CANDIDATES
    return {
        "query": display_text(query),
        "title": words("desk.merge.found", query=words.name(display_text(query))),
        "items": _describe_candidates(scene, found[:_MOST_CANDIDATES]),
        "more": words("filter.more", n=words.number(left)) if left > 0 else "",
    }


def _search(scene: DeskScene, incident: Incident, query: str) -> list[str]:
    """Ids of the incidents that are found, the nearest to the days of this one first."""
    snapshot = scene.snapshot_scene.snapshot
    named = snapshot.index_of(query)
    if named is not None:
        return [snapshot.ids[named]]
    found, own = match(snapshot, Filter(text=query)).nonzero()[0], snapshot.index_of(incident.id)
    days = snapshot.start[found].astype(np.int64)
    here = NO_DAY if own is None else int(snapshot.start[own])
    far = np.where((days == NO_DAY) | (here == NO_DAY), np.iinfo(np.int64).max, np.abs(days - here))
    return [snapshot.ids[index] for index in found[np.argsort(far, kind="stable")].tolist()]


def _match(scene: DeskScene, wanted: Filter) -> list[str]:
    snapshot = scene.snapshot_scene.snapshot
    return [snapshot.ids[index] for index in match(snapshot, wanted).nonzero()[0].tolist()]


def _describe_candidates(scene: DeskScene, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Incidents as they are now, with the outlets that report them; those that are gone meanwhile are left out."""
    there = {one.id: one for one in scene.shared.store.load_incidents(ids)}
    shown = [there[id_] for id_ in ids if id_ in there and there[id_].status != "withdrawn"]
    first = {id_: None for one in shown for id_ in one.articles[:_MOST_OUTLETS]}
    articles = {one.id: one for one in scene.shared.store.load_articles([*first])}
    return [
        _describe_candidate(scene, one, [articles[id_].publisher for id_ in one.articles if id_ in articles])
        for one in shown
    ]


def _describe_candidate(scene: DeskScene, other: Incident, outlets: Sequence[str | None]) -> dict[str, Any]:
    words = scene.words
    known = [place.distance_to_border_km for place in other.places if place.distance_to_border_km is not None]
    named = list(dict.fromkeys(display_text(outlet) for outlet in outlets if outlet))[:_MOST_OUTLETS]
    return {
        "id": other.id,
        "version": other.version,
        "c": category_of(other),
        "t": write_title(other, words),
        "d": write_days(other, words, short=True),
        "p": write_place(other, (), min(known, default=None), scene.shared.gazetteer, words),
        "n": words.count("list.sources", len(other.articles)),
        "o": words.join([words.name(name) for name in named]) if named else "",
    }
