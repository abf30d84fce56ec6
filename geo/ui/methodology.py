"""The Methodology tab: how the incidents were read, what is missing, where everything comes from."""

from __future__ import annotations

from typing import Any

from geo.ui.corrections import corrections_address
from geo.ui.parts import slot
from geo.ui.scene import Scene
from geo.ui.state import tab_of
from geo.wording.methodology import describe_methodology


def methodology_slot() -> str:
    """The slot of the tab's text."""
    return slot("prose", _describe)


def _describe(scene: Scene) -> dict[str, Any] | None:
    shown = tab_of(scene.link) == "methodology"
    return describe_methodology(scene.words, corrections_address(scene.words)) if shown else None
