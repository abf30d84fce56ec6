"""The legends: how sure a place is, drawn with the map's own strokes, and what happened (geo/web/map/legend.js)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from geo.pictures import tokens
from geo.pictures.columns import Column
from geo.pictures.fonts import Font, wrap_text
from geo.pictures.pen import Hatch, Pen
from geo.pictures.scene import World
from geo.pictures.shading import Shading
from geo.pictures.shapes import AREA_HATCH, TOTAL_HATCH, draw_crossing, draw_disc, draw_shape
from geo.pictures.tokens import EVENTS
from geo.pictures.view import Box, Point
from geo.taxonomy import CATEGORIES
from geo.wording.words import Words

TITLE = Font("sans", 650, 12.5)
ENTRY = Font("sans", 400, 12)
NOTE = Font("sans", 400, 10.5)

_SWATCH = (44.0, 18.0)
_ROW = 24.0
_PROVINCE = (
    (9, 4), (17, 2.5), (22, 4.5), (29, 3), (36, 5.5), (34, 10), (35, 14), (26, 14.5), (20, 13), (13, 15), (8, 12),
    (9, 4),
)  # fmt: skip
"""The wavy outline of the province swatches."""
_STRETCH = ((7, 14), (12, 11), (18, 9.5), (24, 9.5), (30, 7), (37, 5.5))


def _area(category: str, hatch: Hatch, edge: float) -> Callable[[Pen, Point], None]:
    def draw(pen: Pen, at: Point) -> None:
        ring = np.array(_PROVINCE) + at
        pen.hatch([ring], hatch, EVENTS[category])
        pen.stroke([ring], EVENTS[category], edge)

    return draw


def _stretch(pen: Pen, at: Point) -> None:
    path = np.array(_STRETCH) + at
    pen.stroke([path], EVENTS["clash"], 7, alpha=0.35)
    pen.stroke([path], tokens.INK, 1.5, dash=(5, 3))


def _middle(at: Point) -> Point:
    return at[0] + 22, at[1] + 9


_SURENESS: tuple[tuple[str, Callable[[Pen, Point], None]], ...] = (
    ("exact", lambda pen, at: draw_shape(pen, "clash", _middle(at), size=10)),
    ("near", lambda pen, at: draw_disc(pen, "bombing", _middle(at), 7, district=False)),
    ("adm2", lambda pen, at: draw_disc(pen, "clash", _middle(at), 7.4, district=True)),
    ("adm1", _area("strike", Hatch(AREA_HATCH.up, 4.5, AREA_HATCH.width, AREA_HATCH.opacity), 1.3)),
    ("line", _stretch),
    ("total", _area("clash", Hatch(TOTAL_HATCH.up, 5.5, TOTAL_HATCH.width, 0.75), 1.4)),
    ("shut", lambda pen, at: draw_crossing(pen, _middle(at), "shut")),
)
"""Key of each entry among the words of the map's legend, and how its swatch is drawn."""


def draw_sureness(column: Column, words: Words, top: float) -> float:
    """The legend "How sure is the place?"; the height at which it ends."""
    y = write_title(column, words("map.legend.title"), top)
    for key, draw in _SURENESS:
        draw(column.pen, (column.begin(_SWATCH[0]), y + (_ROW - _SWATCH[1]) / 2))
        y = _write_entry(column.inset(_SWATCH[0] + 8), words(f"map.legend.{key}"), y)
    return y


def draw_shades(column: Column, words: Words, shading: Shading, top: float) -> float:
    """What the shades count, and by which rule; the height at which it ends."""
    y = write_title(column, words("map.layer.provinces"), top)
    for text, fill in ((words("map.key.none"), tokens.LAND), *shading.classes):
        left = column.begin(_SWATCH[0])
        swatch = Box(left + 8, y + 5, left + 36, y + 19)
        column.pen.rectangle(swatch, tokens.STRONG_RULE)
        column.pen.rectangle(swatch.grow(-0.75), fill)
        y = _write_entry(column.inset(_SWATCH[0] + 8), words.isolate(text) if fill in tokens.RAMP else text, y)
    notes = [words("map.key.rule_incidents", n=words.number(shading.several))]
    notes += [words("map.key.nowhere", n=words.number(shading.nowhere))] if shading.nowhere else []
    for line in (line for note in notes for line in wrap_text(note, NOTE, column.width, rtl=column.rtl)):
        column.write(line, NOTE, y + 12, tokens.SECOND)
        y += 14
    return y


def draw_types(column: Column, world: World, top: float) -> float:
    """What happened: shape, name and number of each type that there is; the height at which it ends."""
    words = world.words
    y = write_title(column, words("filter.type"), top)
    for category, count in count_types(world):
        draw_shape(column.pen, category, (column.begin(16) + 8, y + _ROW / 2), size=11)
        column.write_at_end(f"{count:,}", ENTRY, y + _ROW / 2, tokens.SECOND)
        y = _write_entry(column.inset(24), words(f"event.{category}"), y)
    return y


def count_types(world: World) -> list[tuple[str, int]]:
    """How many incidents of each type are matched, those of which there is none left out."""
    counts = np.bincount(world.snapshot.category[world.matched], minlength=len(CATEGORIES)).tolist()
    return [(category, count) for category, count in zip(CATEGORIES, counts, strict=True) if count]


def write_title(column: Column, title: str, top: float) -> float:
    """A small heading; where what it heads begins."""
    column.write(title, TITLE, top + 9)
    return top + 22


def _write_entry(column: Column, text: str, y: float) -> float:
    """The words of an entry beside its swatch, in as many lines as they need."""
    lines = wrap_text(text, ENTRY, column.width, rtl=column.rtl)
    for n, line in enumerate(lines):
        column.write(line, ENTRY, y + _ROW / 2 + n * 15)
    return y + _ROW + (len(lines) - 1) * 15
