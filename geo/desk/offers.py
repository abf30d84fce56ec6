"""What may be done with the incident under review, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.desk.scene import DeskScene
from geo.desk.state import kept
from geo.errors import NotAllowed
from geo.model import Incident, Revision
from geo.review.rights import may
from geo.review.sign_off import check_second, persons_needed

KEYS = {
    "accept": "a", "edit": "e", "merge": "m", "split": "s", "background": "b", "reject": "r", "publish": "p",
    "undo": "u", "news": "n",
}  # fmt: skip
"""One key for each act."""
_RIGHTS = {"accept": "review", "background": "edit", "news": "edit"}


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
