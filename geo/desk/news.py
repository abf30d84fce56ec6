"""What others did while a page of the desk was open: who did what, in words."""

from __future__ import annotations

from geo.desk.scene import DeskScene
from geo.desk.state import keep, kept

_MOST_TOLD, _MOST_READ = 3, 500


def note_news(scene: DeskScene) -> None:
    """Note what has come since the page was drawn last, but for what this editor did."""
    seen = kept("seen")
    keep("seen", scene.revision)
    if seen is None or seen == scene.revision:
        return
    told = scene.shared.store.revisions(after=seen, most=_MOST_READ)
    keep("news", [one for one in told if one.who != scene.person.name][-200:])


def say_news(scene: DeskScene) -> str:
    """How much came in, and what was done by whom last; empty when there is nothing new."""
    words, told = scene.words, kept("news", [])
    new = sum(one.what.startswith("incident:") and one.before is None for one in told)
    people = list(dict.fromkeys(one.who for one in reversed(told) if one.who != "machine"))[:_MOST_TOLD]
    said = [words.count("desk.news.new", new)] if new else []
    said += [words("desk.news.changed", who=words.name(name)) for name in people]
    return " ".join(said)
