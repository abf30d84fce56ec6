"""The foot of an embedded dashboard: what it shows, whose it is, and the way to the whole of it."""

from __future__ import annotations

from typing import Any

from geo.settings import read_option
from geo.ui.head import say_as_of, say_past
from geo.ui.parts import slot
from geo.ui.scene import Scene
from geo.ui.share import public_address
from geo.ui.state import change_link


def foot_slot() -> str:
    """The slot of the foot, which is empty in a page that no other page holds."""
    return slot("foot", describe_foot, closed=lambda _: change_link(incident=None))


def describe_foot(scene: Scene) -> dict[str, Any]:
    """Whose data it is, and of when; the heading is that of the page's head."""
    words, publisher = scene.words, read_option("BORDER_INCIDENTS_PUBLISHER")
    source = say_past(scene) or _name_source(scene)
    return {
        "source": f"{words.name(publisher)}. {source}" if publisher else source,
        "open": words("embed.open"),
        "close": words("action.close"),
        "base": public_address(),
    }


def _name_source(scene: Scene) -> str:
    words, papers = scene.words, scene.shared.papers(scene.snapshot)
    outlets = words.count("count.outlets", papers.outlets)
    return words("embed.source", as_of=say_as_of(papers.latest, words), outlets=outlets)
