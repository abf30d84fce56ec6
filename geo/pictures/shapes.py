"""Single symbols, with the strokes of the browser's map (geo/web/map/shapes.js)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.pictures import tokens
from geo.pictures.fonts import Font, text_width
from geo.pictures.pen import Hatch, Line, Pen
from geo.pictures.tokens import EVENTS, SHAPES
from geo.pictures.view import Floats, Point
from geo.taxonomy import CATEGORIES

CORNERS: dict[str, tuple[Point, ...]] = {
    "triangle": ((-0.56, -0.46), (0.56, -0.46), (0, 0.54)),
    "square": ((-0.46, -0.46), (0.46, -0.46), (0.46, 0.46), (-0.46, 0.46)),
    "diamond": ((0, -0.62), (0.62, 0), (0, 0.62), (-0.62, 0)),
    "chevron": ((-0.5, -0.56), (0.04, -0.56), (0.58, 0), (0.04, 0.56), (-0.5, 0.56), (-0.06, 0)),
    "bar": ((-0.52, -0.2), (0.52, -0.2), (0.52, 0.2), (-0.52, 0.2)),
}
"""Corners of the angular shapes, in units of the mark's size."""

AREA_HATCH = Hatch(up=True, pitch=6, width=1.2, opacity=0.7)
"""Somewhere in a district or province."""
TOTAL_HATCH = Hatch(up=False, pitch=10, width=0.9, opacity=0.5)
"""One total for several areas."""
NO_FIGURE_HATCH = Hatch(up=True, pitch=7, width=1, opacity=0.55)
"""A province with incidents, but no figure of its own."""

COUNT = Font("sans", 650, 12)
BIG_COUNT = Font("sans", 650, 11)
_LARGEST_ARC = 60.0
"""Units of the radius from which on a circle is stroked as a path, of which only what is on the sheet costs time."""
_SINGLE_ARCS = 12
"""Incidents up to which a ring has an arc for each."""


def draw_shape(
    pen: Pen, category: str, at: Point, *, size: float = tokens.MARK, halo: float = 0, alpha: float = 1
) -> None:
    """The mark of an event; ``halo`` in the land's colour sets it off."""
    shape = SHAPES.get(category, "open")
    if shape == "open":
        _draw_open(pen, at, size, halo, alpha)
        return
    if shape == "circle":
        if halo:
            pen.disc(at, size * 0.5 + halo, tokens.LAND, alpha)
        pen.disc(at, size * 0.5, EVENTS[category], alpha)
        return
    corners = [(at[0] + dx * size, at[1] + dy * size) for dx, dy in CORNERS[shape]]
    if halo:
        pen.line([*corners, corners[0], corners[1]], tokens.LAND, halo * 2, alpha)
    pen.polygon(corners, EVENTS[category], alpha)


def _draw_open(pen: Pen, at: Point, size: float, halo: float, alpha: float) -> None:
    width = max(1.4, size / 6)
    pen.disc(at, size * 0.4 + (halo + 1 if halo else 0), tokens.LAND, alpha)
    pen.circle(at, size * 0.4, EVENTS["other"], width, alpha=alpha)


def draw_ring(pen: Pen, by_category: Sequence[int], at: Point, radius: float, *, alpha: float = 1) -> None:
    """A ring with one arc to each incident by type (by share when there are many), the count inside."""
    total = sum(by_category)
    pen.disc(at, radius + tokens.HALO, tokens.LAND, alpha)
    draw_arcs(pen, by_category, at, middle=radius - 1.6, width=3.2, alpha=alpha)
    font, text = BIG_COUNT if total > 99 else COUNT, short_count(total)
    line = Line(text, font, pen.faint(tokens.INK, alpha))
    pen.write(line, at[0] - text_width(text, font) / 2, at[1] + 0.5)


def draw_arcs(
    pen: Pen, by_category: Sequence[int], at: Point, *, middle: float, width: float, alpha: float = 1
) -> None:
    """Arcs of a ring; ``middle``: radius of the stroke's middle."""
    total = sum(by_category)
    gap = float(np.degrees(min(0.16, 2 / middle))) if total > 1 else 0.0
    angle = -90.0
    for category, n in zip(CATEGORIES, by_category, strict=True):
        arcs, share = (n, 1) if total <= _SINGLE_ARCS else (min(n, 1), n)
        for _ in range(arcs):
            sweep = 360 * share / total
            turn = (angle + gap / 2, angle + max(sweep - gap / 2, gap))
            pen.arc(at, middle, turn, EVENTS[category], width, alpha)
            angle += sweep


def short_count(n: int) -> str:
    """A count that fits into a ring: "950", "1.2k", "35k"."""
    if n < 1_000:
        return str(n)
    return f"{n / 1_000:.1f}k" if n < 9_950 else f"{round(n / 1_000)}k"


def circle_of(at: Point, radius: float) -> Floats:
    """A circle as a ring of points."""
    turn = np.linspace(0, 2 * np.pi, max(24, min(240, int(radius * 2))), endpoint=False)
    return np.column_stack((at[0] + radius * np.cos(turn), at[1] + radius * np.sin(turn)))


def draw_disc(pen: Pen, category: str, at: Point, radius: float, *, district: bool, alpha: float = 1) -> None:
    """An area of a size to scale: hatched with a dashed edge for a district, else filled with a solid one."""
    colour, circle = EVENTS[category], circle_of(at, radius)
    if district:
        pen.fill([circle], tokens.LAND, 0.86 * alpha)
        pen.hatch([circle], AREA_HATCH, colour, alpha=alpha)
    else:
        pen.fill([circle], colour, 0.17 * alpha)
    width, dash = (1.2, (4.0, 2.5)) if district else (1.4, None)
    if radius < _LARGEST_ARC:
        pen.circle(at, radius, colour, width, alpha=alpha, dash=dash)
    else:
        pen.stroke([np.vstack((circle, circle[:1]))], colour, width, dash=dash, alpha=alpha)


def draw_crossing(pen: Pen, at: Point, state: str | None) -> None:
    """A crossing of the line: level bar shut, upright open, slanting partly open, empty unknown."""
    pen.disc(at, tokens.CROSSING + 1.6, tokens.LAND)
    pen.disc(at, tokens.CROSSING, tokens.SECOND)
    pen.disc(at, tokens.CROSSING - 1.4, tokens.PAPER)
    dx, dy = {"shut": (2.9, 0.0), "open": (0.0, 2.9), "partly": (2.1, -2.1)}.get(state or "", (0.0, 0.0))
    if dx or dy:
        pen.line([(at[0] - dx, at[1] - dy), (at[0] + dx, at[1] + dy)], tokens.INK, 2)


def draw_selection(pen: Pen, at: Point, radius: float = tokens.SELECTED_RING) -> None:
    """The accent ring round what is chosen."""
    pen.circle(at, radius, tokens.LAND, 4.5)
    pen.circle(at, radius, tokens.ACCENT, 2)


def curve(points: Sequence[Point]) -> list[Point]:
    """A path that bends once: from the first point over the second to the third."""
    if len(points) != 3:
        return list(points)
    a, b, c = (np.array(point) for point in points)
    return [tuple(((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c).tolist()) for t in np.linspace(0, 1, 24)]
