"""The words of a map once they have found their places, and the fonts they are set in."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.pictures import tokens
from geo.pictures.fonts import Font
from geo.pictures.view import Point

CHOSEN, PLACE, AREA = Font("sans", 650, 12), Font("sans", 600, 12), Font("sans", 500, 11.5)
SMALL, TOTAL, COUNTRY = Font("sans", 400, 11), Font("sans", 550, 11.5), Font("sans", 400, 12.5)
FIGURE, WHAT, WHERE = Font("serif", 600, 24), Font("sans", 600, 12), Font("sans", 400, 11.5)
FIGURES = Font("sans", 650, 13)
LINE, NOTE = Font("italic", 600, 13), Font("italic", 400, 12)


@dataclass(frozen=True, slots=True)
class Label:
    """A line of words from its left edge, at the height of its middle."""

    text: str
    font: Font
    fill: str
    x: float
    y: float
    spacing: float = 0.0
    halo: str = tokens.LAND


@dataclass(frozen=True, slots=True)
class Callout:
    """Lines of words with a leader to the ground, which ends in a dot where it means an area."""

    labels: tuple[Label, ...]
    leader: tuple[Point, ...]
    dot: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """A length to measure by."""

    x: float
    y: float
    length: float
    text: str


@dataclass(slots=True)
class Lettering:
    """All words of a map."""

    labels: list[Label] = field(default_factory=list)
    towns: list[Point] = field(default_factory=list)
    callouts: list[Callout] = field(default_factory=list)
    scale: Scale | None = None
