"""The Methodology tab: how the incidents were read, what is missing, where everything comes from."""

from __future__ import annotations

from typing import Any

from geo.ui.parts import show_part
from geo.ui.scene import Scene
from geo.ui.state import tab_of
from geo.wording.methodology import describe_methodology


def show_methodology() -> None:
    """Show the text of the tab."""
    show_part("prose", _describe)


def _describe(scene: Scene) -> dict[str, Any] | None:
    return describe_methodology(scene.words) if tab_of(scene.link) == "methodology" else None
