"""What may be done with the incident under review, by whom, and with which others it may be one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from geo.desk.scene import DeskScene
from geo.desk.state import kept
from geo.errors import NotAllowed
from geo.filters import Filter
from geo.model import Incident, Revision
from geo.review.rights import may
from geo.review.sign_off import check_second, persons_needed
from geo.snapshot import match
from geo.wording.naming import category_of, write_days, write_place, write_title

KEYS = {
    "accept": "a", "edit": "e", "merge": "m", "split": "s", "background": "b", "reject": "r", "publish": "p",
    "undo": "u", "news": "n",
}  # fmt: skip
"""One key for each act."""
_RIGHTS = {"accept": "review", "background": "edit", "news": "edit"}
_NEAR_DAYS = 3
_MOST_CANDIDATES = 12


def describe_acts(
    scene: DeskScene, incident: Incident, history: Sequence[Revision], *, has_news: bool = False
) -> list[dict[str, Any]]:
    """Each act: its name, key and label, and why it cannot be done now; empty when it can.

    News come first. Most incidents have none: the act is ``away`` then, known by its key alone.
    """
    names = [_name_for(name, incident) for name in KEYS]
    acts = [_describe_act(scene, incident, history, name, key) for name, key in zip(names, KEYS.values(), strict=True)]
    away = {"not": acts[-1]["not"] or scene.words("desk.not.news"), "away": True}
    return [acts[-1], *acts[:-1]] if has_news else [*acts[:-1], {**acts[-1], **away}]


def _name_for(name: str, incident: Incident) -> str:
    return "restore" if name == "reject" and incident.status == "withdrawn" else name


def _describe_act(
    scene: DeskScene, incident: Incident, history: Sequence[Revision], name: str, key: str
) -> dict[str, Any]:
    words = scene.words
    label = f"desk.act.{name}"
    if name == "edit" and incident.status == "published":
        label = "desk.act.correct"
    if name == "background" and incident.background:
        label = "desk.act.foreground"
    return {"act": name, "key": key, "label": words(label), "not": _why_not(scene, incident, history, name)}


def _why_not(scene: DeskScene, incident: Incident, history: Sequence[Revision], name: str) -> str:
    """Why an act cannot be done now, in words; ``geo.review`` has the last word."""
    words, published = scene.words, incident.status == "published"
    right = "correct" if published and name not in ("undo", "accept", "publish") else _RIGHTS.get(name, name)
    if not may(scene.person, right):
        return words(f"desk.not.{'publisher' if may(scene.person, 'edit') else 'viewer'}")
    if name == "accept" and incident.status not in ("draft", "imported", "lead", "reviewed"):
        return words("desk.not.accept")
    if name == "publish":
        return _why_not_publish(scene, incident, history)
    if name == "split" and len(incident.articles) < 2:
        return words("desk.not.split")
    if name == "background" and published:
        return words("desk.not.background")
    if name == "undo" and not kept("undo", []) and (not history or history[-1].who == "machine"):
        return words("desk.not.undo")
    if incident.status == "withdrawn" and name in ("edit", "merge", "split", "background"):
        return words("desk.not.withdrawn")
    return ""


def _why_not_publish(scene: DeskScene, incident: Incident, history: Sequence[Revision]) -> str:
    if incident.status != "reviewed":
        return scene.words("desk.not.published" if incident.status == "published" else "desk.not.reviewed")
    try:
        check_second(scene.person, history, persons_needed())
    except NotAllowed:
        return scene.words("desk.not.second")
    return ""


def list_candidates(scene: DeskScene, incident: Incident) -> list[dict[str, Any]]:
    """Incidents that may be the same: of nearly the same days, in the same provinces."""
    provinces = tuple(sorted({place.adm1 for place in incident.places if place.adm1}))
    start, end = incident.dates.start, incident.dates.end or incident.dates.start
    if not provinces or start is None or end is None:
        return []
    days = timedelta(days=_NEAR_DAYS)
    snapshot = scene.snapshot_scene.snapshot
    found = match(snapshot, Filter(start=start - days, end=end + days, provinces=provinces)).nonzero()[0].tolist()
    ids = [snapshot.ids[index] for index in found if snapshot.ids[index] != incident.id][:_MOST_CANDIDATES]
    return [_describe_candidate(scene, other) for other in scene.shared.store.load_incidents(ids)]


def _describe_candidate(scene: DeskScene, other: Incident) -> dict[str, Any]:
    words = scene.words
    known = [place.distance_to_border_km for place in other.places if place.distance_to_border_km is not None]
    return {
        "id": other.id,
        "version": other.version,
        "c": category_of(other),
        "t": write_title(other, words),
        "d": write_days(other, words, short=True),
        "p": write_place(other, (), min(known, default=None), scene.shared.gazetteer, words),
        "n": words.count("list.sources", len(other.articles)),
    }
