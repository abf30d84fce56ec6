"""Every word on a map, in the order of its right to stand there (lettering.js, callouts.js)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.pictures import tokens
from geo.pictures.fonts import Font, text_width, wrap_text
from geo.pictures.ground import Area
from geo.pictures.labels import (
    AREA,
    CHOSEN,
    COUNTRY,
    FIGURE,
    FIGURES,
    LINE,
    NOTE,
    PLACE,
    SMALL,
    TOTAL,
    WHAT,
    WHERE,
    Callout,
    Label,
    Lettering,
    Scale,
)  # fmt: skip
from geo.pictures.marks import EXACT, NEAR
from geo.pictures.scene import Item, Scene, reach_of
from geo.pictures.shading import Shade
from geo.pictures.space import Cells, Space, Taken, find_beside
from geo.pictures.totals import Scope, Total
from geo.pictures.view import Box, Point

_LEADING = 1.25


def letter(scene: Scene) -> Lettering:
    """The line's name first, which must always stand; then figure, scale, marks, areas, crossings, towns, countries."""
    sheet = _Sheet(scene)
    sheet.write_figure()
    sheet.write_line_name()
    sheet.place_scale()
    sheet.write_marks()
    sheet.write_crossings()
    sheet.write_total_provinces()
    sheet.write_towns()
    sheet.write_countries()
    return sheet.done


def letter_shades(scene: Scene, shades: Sequence[Shade]) -> Lettering:
    """The line's name, scale, and in each province its number with its name where there is room."""
    told = sorted((shade for shade in shades if shade.incidents), key=lambda shade: -shade.incidents)
    sheet = _Sheet(scene)
    sheet.write_line_name(off=[shade.area for shade in told])
    sheet.place_scale()
    for shade in told:
        sheet.write_shade(shade)
    return sheet.done


_BESIDE_LINE = ((38, 8), (38, -20), (30, 26), (-38, 8), (-38, -20))
"""Where the line's name may stand as seen from a point of the line, best first."""
_BEST_SHARE, _LEFT_COST = 0.4, 0.35
"""The name stands best two fifths up the line that is in view, and rather on its right."""
_NOTE_WIDTH = 150.0
_LENGTHS_KM = (2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
_LONGEST_SCALE = 90.0
_MOST_LABELS = 160
_TOWNS_APART, _TOWN_FROM_MARK = 60.0, 14.0
_CAPITALS_APART = 2.2


class _Sheet:
    """The map as a sheet to write on: what stands where, and the words so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.world, self.view = scene, scene.world, scene.view
        self.words, self.taken, self.busy = scene.world.words, Taken(scene.taken.boxes), Space(self.view)
        self.line, self.strokes = Space(self.view), Space(self.view)
        self.done = Lettering()
        self.total_cells: Cells | None = None
        self._fill()

    def _fill(self) -> None:
        line = self.busy.cells_of_paths([self.world.ground.line])
        for space in (self.busy, self.line, self.strokes):
            space.take_cells(line)
        total = self.scene.total
        if total:
            self.total_cells = self._cells_of(total.areas)
            self.strokes.take_cells(self.busy.cells_of_paths(total.outline))
            self.busy.take_cells(self.total_cells)
        for item in self.scene.provinces:
            if item.area:
                self.busy.take_cells(self._cells_of([item.area]))
        for box in self.taken.boxes:
            self.busy.take(box)
        for disc in self.scene.discs:
            if not disc.faint:
                self.busy.take(Box.around(*disc.at, disc.radius))
                self.strokes.take(Box.around(*disc.at, disc.radius * 0.8))

    def _cells_of(self, areas: Sequence[Area]) -> Cells:
        return self.busy.cells_of_rings(ring for area in areas for ring in area.rings)

    def take(self, box: Box) -> None:
        """Let nothing else stand in a box."""
        self.taken.add(box)
        self.busy.take(box)

    def _size(self, text: str, font: Font) -> Point:
        return text_width(text, font, rtl=self.words.rtl), font.size * _LEADING

    def _write(self, box: Box, text: str, font: Font, fill: str, spacing: float = 0.0, inset: float = 0.0) -> None:
        self.take(box)
        self.done.labels.append(Label(text, font, fill, box.x0 + inset, (box.y0 + box.y1) / 2, spacing))

    def _write_beside(self, text: str, font: Font, fill: str, at: Point, radius: float) -> bool:
        size = self._size(text, font)
        box = find_beside(self.taken, at, radius, size, inside=self.view.frame, avoid=self.strokes)
        if box:
            self._write(box, text, font, fill)
        return box is not None

    # ---- the total's figure and the line's name --------------------------------------------------------------------

    def write_figure(self) -> None:
        """The total's figure, once, on free ground."""
        total = self.scene.total
        if total is None or total.faint or not total.scope.figures or self.total_cells is None:
            return
        lines = self._figure_lines(total.scope)
        middle = self.busy.middle_of(self.total_cells)
        w, h = self._block_size(lines, 1.22)
        box = middle and self.busy.find_free((w + 16, h + 12), middle, margin=14, cost=lambda tops: tops * 0.3)
        if not box:
            return
        self.take(box)
        labels = self._block(lines, box.x0 + 8, box.y0 + 6, w, 1.22)
        leader = self._lead_into(self.total_cells, box)
        self.done.callouts.append(Callout(labels, leader, dot=bool(leader)))

    def _figure_lines(self, scope: Scope) -> list[tuple[str, Font, str]]:
        say, count = self.words, len(scope.figures)
        rival = say("map.rival_claims", n=say.running(count)) if count > 1 else say("map.counted_once")
        first, last = scope.figures[:-1], scope.figures[-1]
        figure = (
            f"{', '.join(map(say.isolate, first))} {say('map.or')} {say.isolate(last)}" if first else say.isolate(last)
        )
        comma = "،" if say.rtl else ","
        what = wrap_text(f"{scope.what}{comma} {scope.when}" if scope.when else scope.what, WHAT, 240, rtl=say.rtl)
        small = [line for text in (f"{scope.where}:", rival) for line in wrap_text(text, WHERE, 210, rtl=say.rtl)]
        return [
            (figure, FIGURE, tokens.INK),
            *((line, WHAT, tokens.INK) for line in what),
            *((line, WHERE, tokens.SECOND) for line in small),
        ]

    def _lead_into(self, cells: Cells, box: Box) -> tuple[Point, ...]:
        """A leader from a box of words into the cells they speak of, clear of marks."""
        end = self.busy.nearest_inside(
            cells, (box.middle[0], box.y1), 14, lambda point: self.taken.is_free(Box.around(*point, 8))
        )
        if end is None:
            return ()
        self.take(Box.around(*end, 6))
        x = max(box.x0 + 20, min(box.x1 - 40, end[0] - 60))
        if end[1] > box.y1:
            start = (x, box.y1 - 1)
        elif end[1] < box.y0:
            start = (x, box.y0 + 1)
        else:
            start = (box.x1 if end[0] > box.x1 else box.x0, box.middle[1])
        return start, (end[0], start[1]), end

    def write_line_name(self, off: Sequence[Area] = ()) -> None:
        """The line's name and what is disputed about it, beside the line, and not on some areas where that can be."""
        ground, say = self.world.ground, self.words
        name = ground.line_names.get(say.language) or ground.line_names.get("en", "")
        note = ground.line_note if say.language == "en" else (say("map.line.note"),) if ground.line_note else ()
        wrapped = [line for text in note for line in wrap_text(text, NOTE, _NOTE_WIDTH, rtl=say.rtl)]
        lines = [(name, LINE, tokens.INK), *((line, NOTE, tokens.SECOND) for line in wrapped)]
        w, h = self._block_size(lines, 1.2)
        before, size = self.busy.taken, (w + 8, h + 6)
        self.busy.take_cells(self._cells_of(off))
        spot = self._beside_line(*size)
        self.busy.give_back(before)
        spot = spot or self._beside_line(*size)
        if spot is None:
            return
        box, at, right = spot
        self.take(box)
        edge = (box.x0 + 1 if right else box.x1 - 1, box.y0 + 11)
        labels = self._block(lines, box.x0 + 4, box.y0 + 3, w, 1.2)
        self.done.callouts.append(Callout(labels, (edge, at), dot=False))

    def _beside_line(self, w: float, h: float) -> tuple[Box, Point, bool] | None:
        inner = self.view.frame.grow(-8)
        points = [
            (x, y)
            for x, y in self.view.project(self.world.ground.line).tolist()
            if inner.x0 < x < inner.x1 and inner.y0 < y < inner.y1
        ]
        ways = [
            (abs(i / len(points) - _BEST_SHARE) + (0 if dx > 0 else _LEFT_COST), at, dx, dy)
            for i, at in enumerate(points)
            for dx, dy in _BESIDE_LINE
        ]
        for _, at, dx, dy in sorted(ways, key=lambda way: way[0]):
            box = Box.at(at[0] + dx if dx > 0 else at[0] + dx - w, at[1] + dy - 10, w, h)
            end = (box.x0 if dx > 0 else box.x1, box.y0 + 10)
            if self.view.frame.holds(box) and self.busy.is_free(box) and self._is_clear(at, end):
                return box, at, dx > 0
        return None

    def _is_clear(self, a: Point, b: Point) -> bool:
        """Whether a leader between two points meets nothing."""
        steps = ((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])) for t in (0, 0.25, 0.5, 0.75, 1))
        return all(self.taken.is_free(Box.around(*step, 4)) for step in steps)

    def _block_size(self, lines: Sequence[tuple[str, Font, str]], leading: float) -> Point:
        rtl = self.words.rtl
        return (
            max(text_width(text, font, rtl=rtl) for text, font, _ in lines),
            sum(font.size * leading for _, font, _ in lines),
        )

    def _block(
        self, lines: Sequence[tuple[str, Font, str]], x: float, top: float, width: float, leading: float
    ) -> tuple[Label, ...]:
        """Lines set under each other, flush with the side that the language begins at."""
        labels = []
        for text, font, fill in lines:
            height = font.size * leading
            left = x + width - text_width(text, font, rtl=True) if self.words.rtl else x
            labels.append(Label(text, font, fill, left, top + height / 2))
            top += height
        return tuple(labels)

    # ---- scale and names -------------------------------------------------------------------------------------------

    def place_scale(self) -> None:
        """A length in km on free ground at the foot of the map."""
        view = self.view
        lat = view.lat_at(view.height / 2)
        km = next((n for n in _LENGTHS_KM if view.reach(n, lat) <= _LONGEST_SCALE), None)
        if km is None:
            return
        text, length = self.words("unit.km", n=self.words.isolate(str(km))), view.reach(km, lat)
        w = length + 8 + text_width(text, SMALL, rtl=self.words.rtl)
        for y in (view.height - 14, view.height - 32):
            for x in np.arange(14, view.width - 10 - w, 12).tolist():
                box = Box.at(x - 4, y - 10, w + 8, 17)
                if self.busy.is_free(box):
                    self.take(box)
                    self.done.scale = Scale(x, y, length, text)
                    return

    def write_marks(self) -> None:
        """Names of places that marks or discs stand for alone."""
        named = [
            *(_Named(g.tally.chosen, g.precision, g.tally.count, g.spots[0], g.at, reach_of(g), None)
              for g in self.scene.clusters if len(g.spots) == 1 and not self.world.is_faint(g.tally)),
            *(_Named(d.tally.chosen, d.precision, d.tally.count, d.spot, d.at, d.radius, d)
              for d in self.scene.discs if not d.faint),
        ]  # fmt: skip
        named.sort(key=lambda item: (0 if item.chosen else 1 if item.precision == EXACT else 2, -item.count))
        for item in named[:_MOST_LABELS]:
            self._write_mark(item)

    def _write_mark(self, item: _Named) -> None:
        """The name beside the mark or disc, else beside its plate."""
        name = self.world.name_of(item.spot)
        text = self.words("map.near", place=self.words.name(name)) if item.precision == NEAR else name
        font = CHOSEN if item.chosen else PLACE if item.precision == EXACT else AREA
        if self._write_beside(text, font, tokens.INK, item.at, item.radius):
            return
        plate = item.disc.plate if item.disc else None
        if plate:
            reach = (plate.box.x1 - plate.box.x0) / 2 + 1
            self._write_beside(text, font, tokens.INK, plate.box.middle, reach)

    def write_crossings(self) -> None:
        """Names of crossings."""
        for gate in self.scene.gates:
            self._write_beside(gate.name, SMALL, tokens.SECOND, gate.at, 6.5)

    def write_total_provinces(self) -> None:
        """Names of the provinces that a total covers, in its colour, inside them."""
        total = self.scene.total
        if total is None or total.faint:
            return
        plated = {item.area.code for item in self.scene.provinces if item.area}
        for area in total.areas:
            if area.code not in plated:
                self._write_inside(total, area)

    def _write_inside(self, total: Total, area: Area) -> None:
        category = total.scope.category
        fill = tokens.INK if category == "shelling" else tokens.EVENTS[category]  # shelling's gold is never for text
        text = area.name_in(self.words.language)
        if area.middle is None:
            return
        (w, h), cells = self._size(text, TOTAL), self._cells_of([area])
        cx, cy = self.view.place(*area.middle)
        boxes = [
            Box.at(cx + dx - w / 2, cy + dy - h / 2, w, h)
            for dy in (0, 14, -14, 28, -28, 42, -42)
            for dx in (0, 14, -14, 30, -30, 50, -50)
            if self.busy.holds(cells, cx + dx, cy + dy)
        ]
        free = [b for b in boxes if self.view.frame.holds(b) and self.taken.is_free(b) and self.line.is_free(b)]
        box = next((box for box in free if self.strokes.is_free(box)), free[0] if free else None)
        if box:
            self._write(box, text, TOTAL, fill)

    def write_shade(self, shade: Shade) -> None:
        """The number of a province and its name, at its middle; the number alone where there is less room."""
        area = shade.area
        cells = self._cells_of([area])
        at = self.view.place(*area.middle) if area.middle else (-1.0, -1.0)
        if not self.busy.holds(cells, *at):
            at = self.busy.middle_of(cells) or at
        number, name = f"{shade.incidents:,}", area.name_in(self.words.language)
        for lines in ([(number, FIGURES, -7.0), (name, SMALL, 7.0)], [(number, FIGURES, 0.0)]):
            boxes = [self._box_at(text, font, at[0], at[1] + dy) for text, font, dy in lines]
            inside = len(lines) == 1 or all(self.busy.holds(cells, x, at[1]) for x in (boxes[1].x0, boxes[1].x1))
            if inside and all(self.view.frame.holds(box) and self.taken.is_free(box) for box in boxes):
                for box, (text, font, _) in zip(boxes, lines, strict=True):
                    self.take(box)
                    self.done.labels.append(Label(text, font, shade.ink, box.x0, box.middle[1], halo=shade.fill))
                return

    def _box_at(self, text: str, font: Font, x: float, y: float) -> Box:
        w, h = self._size(text, font)
        return Box.at(x - w / 2, y - h / 2, w, h)

    def write_towns(self) -> None:
        """Dots and names of the towns that find room."""
        zoom = self.view.zoom
        least = 1 if zoom < 5 else 2 if zoom < 6.75 else 3
        for town in self.world.ground.towns:
            at = self.view.place(town.lat, town.lon)
            if town.rank > least or not self.taken.is_free(Box.around(*at, 5)):
                continue
            if _is_near(at, self.done.towns, _TOWNS_APART) or _is_near(at, self._spots, _TOWN_FROM_MARK):
                continue
            if self._write_beside(town.name_in(self.words.language), SMALL, tokens.THIRD, at, 4.5):
                self.take(Box.around(*at, 4))
                self.done.towns.append(at)

    @property
    def _spots(self) -> list[Point]:
        return [group.at for group in self.scene.clusters]

    def write_countries(self) -> None:
        """Names of countries, in capitals where the script has them."""
        for land in self.world.ground.lands:
            text = land.name_in(self.words.language).upper()
            if not text or not self.view.box_of(land.box).overlaps(self.view.frame):
                continue
            spacing = _CAPITALS_APART if text.isascii() else 0.0
            w, h = self._size(text, COUNTRY)
            w += spacing * len(text)
            cells = self._cells_of([land])
            middle = self.busy.middle_of(cells)
            box = middle and self.busy.find_free((w + 12, h + 8), middle, within=cells)
            if box and all(self.busy.holds(cells, x, box.middle[1]) for x in (box.x0 + 4, box.x1 - 4)):
                self._write(box, text, COUNTRY, tokens.THIRD, spacing, inset=6)


@dataclass(frozen=True, slots=True)
class _Named:
    """A mark or disc that has a name."""

    chosen: bool
    precision: int
    count: int
    spot: int
    at: Point
    radius: float
    disc: Item | None


def _is_near(at: Point, others: Sequence[Point], distance: float) -> bool:
    return any(float(np.hypot(at[0] - x, at[1] - y)) < distance for x, y in others)
