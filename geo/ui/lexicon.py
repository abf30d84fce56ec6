"""What the parts in the browser need and what seldom changes: it travels once, not with every redraw."""

from __future__ import annotations

from functools import cache

from geo.ui.map_tab import layer_words
from geo.ui.parts import show_constant
from geo.ui.scene import Scene
from geo.ui.words import Words, read_words

_OF_THE_TIMELINE = (
    "time.",
    "month.short.",
    "event.",
    "precision.",
    "list.count.",
    "play.",
    "summary.incidents.",
    "table.date",
)


def show_lexicon(scene: Scene) -> None:
    """Hand map and timeline their words, and the stretches of the provinces along the line."""
    stretches = {code: list(ends) for code, ends in scene.shared.border.stretches.items()}
    layer = {} if scene.words.language == "en" else layer_words(scene.words)
    show_constant("lexicon", {"words": timeline_words(scene.words), "layer": layer, "stretches": stretches})


@cache
def timeline_words(words: Words) -> dict[str, str]:
    """The words of the timeline; English it has itself."""
    if words.language == "en":
        return {}
    return {key: text for key, text in read_words(words.language).items() if key.startswith(_OF_THE_TIMELINE)}
