"""The strokes of a map, in the order of the browser's (geo/web/map/paint.js): hatch, edges, outlines, bands, line,
discs, crossings, marks, words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from PIL import Image

from geo.pictures import tokens
from geo.pictures.ground import Area
from geo.pictures.labels import SMALL, Callout, Label, Lettering, Scale
from geo.pictures.lettering import letter, letter_shades
from geo.pictures.marks import DISTRICT
from geo.pictures.pen import Line, Pen
from geo.pictures.scene import PLATE_FONT, Item, Plate, Scene
from geo.pictures.shading import Shading
from geo.pictures.shapes import (
    AREA_HATCH,
    TOTAL_HATCH,
    curve,
    draw_arcs,
    draw_crossing,
    draw_disc,
    draw_ring,
    draw_selection,
    draw_shape,
)
from geo.pictures.tokens import EVENTS, OPENED_OTHERS
from geo.pictures.view import Box, Floats, View


def paint_map(scene: Scene, *, width: int, height: int, ratio: float, finer: int = 2) -> Image.Image:
    """The map of a scene, ``ratio`` pixels to a unit."""
    pen = Pen(width, height, ratio, tokens.OTHER_LAND, finer)
    _paint_land(pen, scene)
    _paint_areas(pen, scene)
    _paint_edges(pen, scene)
    _paint_outlines(pen, scene)
    _paint_bands(pen, scene)
    line = scene.view.project(scene.world.ground.line)
    pen.stroke([line], tokens.INK, 1.5, dash=(6, 3.5))
    for disc in scene.discs:
        draw_disc(
            pen,
            disc.tally.category,
            disc.at,
            disc.radius,
            district=disc.precision == DISTRICT,
            alpha=_alpha(disc.faint),
        )
    for gate in scene.gates:
        draw_crossing(pen, gate.at, gate.state)
    for item in (*scene.discs, *scene.provinces, *scene.bands):
        if item.plate:
            _paint_plate(pen, scene, item, item.plate)
    _paint_marks(pen, scene)
    _paint_words(pen, scene, letter(scene))
    return pen.finish()


def paint_shades(scene: Scene, shading: Shading, *, width: int, height: int, ratio: float, finer: int) -> Image.Image:
    """The map of provinces shaded by their incidents, ``ratio`` pixels to a unit."""
    pen = Pen(width, height, ratio, tokens.OTHER_LAND, finer)
    view, ground = scene.view, scene.world.ground
    _paint_land(pen, scene)
    line = view.project(ground.line)
    for shade in shading.shades:
        if shade.incidents and view.box_of(shade.area.box).overlaps(view.frame):
            pen.fill(_project(view, shade.area.rings), shade.fill)
    rings = _project(view, chain.from_iterable(area.rings for area in ground.provinces.values()))
    pen.stroke_beside(rings, tokens.STRONG_RULE, 1.2, off=line, wide=4)
    pen.stroke_beside(_project(view, ground.edges), tokens.COUNTRY_EDGE, 0.9, off=line, wide=4)
    pen.stroke([line], tokens.LAND, 5)
    pen.stroke([line], tokens.INK, 1.5, dash=(6, 3.5))
    for gate in scene.gates:
        draw_crossing(pen, gate.at, gate.state)
    _paint_words(pen, scene, letter_shades(scene, shading.shades))
    return pen.finish()


def _alpha(faint: bool) -> float:
    return OPENED_OTHERS if faint else 1.0


def _project(view: View, rings: Iterable[Floats]) -> list[Floats]:
    return [view.project(ring) for ring in rings]


def _in_sight(areas: Iterable[Area], view: View) -> list[Area]:
    return [area for area in areas if view.box_of(area.box).overlaps(view.frame)]


def _paint_land(pen: Pen, scene: Scene) -> None:
    view, ground = scene.view, scene.world.ground
    known = view.box_of(ground.known)
    seen = view.frame
    water = Box(max(known.x0, seen.x0), max(known.y0, seen.y0), min(known.x1, seen.x1), min(known.y1, seen.y1))
    pen.rectangle(water, tokens.SEA)
    for land in _in_sight(ground.lands, view):
        pen.fill(_project(view, land.rings), tokens.LAND if land.in_border else tokens.OTHER_LAND)


def _paint_areas(pen: Pen, scene: Scene) -> None:
    """Hatched areas, under the province edges."""
    view, total = scene.view, scene.total
    phase = (view.left, view.top)
    if total:
        colour, alpha = EVENTS[total.scope.category], _alpha(total.faint)
        for area in _in_sight(total.areas, view):
            pen.hatch(_project(view, area.rings), TOTAL_HATCH, colour, phase=phase, alpha=alpha)
    if scene.bubbles:
        return
    for item in scene.provinces:
        if item.area:
            colour, alpha = EVENTS[item.tally.category], _alpha(item.faint)
            pen.hatch(_project(view, item.area.rings), AREA_HATCH, colour, phase=phase, alpha=alpha)


def _paint_edges(pen: Pen, scene: Scene) -> None:
    """Province and country edges; the ground under the line stays clean, so that its dashes stand alone."""
    view, ground = scene.view, scene.world.ground
    line = view.project(ground.line)
    provinces = _in_sight(ground.provinces.values(), view)
    rings = _project(view, chain.from_iterable(area.rings for area in provinces))
    pen.stroke_beside(rings, tokens.PROVINCE_EDGE, 1.2, off=line, wide=4)
    pen.stroke_beside(_project(view, ground.edges), tokens.COUNTRY_EDGE, 0.9, off=line, wide=4)


def _paint_outlines(pen: Pen, scene: Scene) -> None:
    view, total = scene.view, scene.total
    if total:
        colour = EVENTS[total.scope.category]
        pen.stroke(_project(view, total.outline), colour, 1.4, alpha=_alpha(total.faint))
    if scene.bubbles:
        return
    for item in scene.provinces:
        if item.area:
            colour = EVENTS[item.tally.category]
            pen.stroke(_project(view, item.area.rings), colour, 1.3, alpha=_alpha(item.faint))


def _paint_bands(pen: Pen, scene: Scene) -> None:
    view, total = scene.view, scene.total
    if total and total.band is not None:
        pen.stroke([view.project(total.band)], EVENTS[total.scope.category], 13, alpha=0.2 * _alpha(total.faint))
    for item in scene.bands:
        if item.path is not None:
            width, alpha = (6.0, 0.35) if item.whole else (13.0, 0.5)
            colour = EVENTS[item.tally.category]
            pen.stroke([view.project(item.path)], colour, width, alpha=alpha * _alpha(item.faint))


def _paint_plate(pen: Pen, scene: Scene, item: Item, plate: Plate) -> None:
    """The label of an area: paper with an edge in the colour of the type, the shape or a ring, a province's name."""
    tally, box, alpha = item.tally, plate.box, _alpha(item.faint)
    colour = EVENTS[tally.category]
    if plate.leader:
        pen.line([plate.leader, box.middle], colour, 1.2, alpha)
    if tally.chosen and not plate.text:
        draw_selection(pen, box.middle, 14)
    if not plate.text and tally.count > 1:
        draw_ring(pen, tally.by_category, box.middle, tokens.RING, alpha=alpha)
        return
    pen.plate(box, tokens.PAPER, colour, alpha=alpha)
    if not plate.text:
        draw_shape(pen, tally.category, box.middle, size=9, alpha=alpha)
        return
    _paint_name(pen, scene, item, plate)
    if tally.chosen:
        pen.outline(box.grow(3), tokens.ACCENT, 2)


def _paint_name(pen: Pen, scene: Scene, item: Item, plate: Plate) -> None:
    tally, alpha = item.tally, _alpha(item.faint)
    at = (plate.box.x0 + 11, plate.box.middle[1])
    types = [min(n, 1) for n in tally.by_category]
    if sum(types) > 1:
        draw_arcs(pen, types, at, middle=4, width=2.6, alpha=alpha)
    else:
        draw_shape(pen, tally.category, at, size=9.5, alpha=alpha)
    line = Line(plate.text, PLATE_FONT, pen.faint(tokens.INK, alpha), rtl=scene.world.words.rtl)
    pen.write(line, plate.box.x0 + 20, at[1] + 0.5)


def _paint_marks(pen: Pen, scene: Scene) -> None:
    for bubble in scene.bubbles:
        draw_ring(pen, bubble.tally.by_category, bubble.at, bubble.radius)
    for group in sorted(scene.clusters, key=lambda group: group.tally.chosen):
        tally, alpha = group.tally, _alpha(scene.world.is_faint(group.tally))
        if tally.chosen:
            draw_selection(pen, group.at, tokens.RING + 4 if tally.count > 1 else tokens.SELECTED_RING)
        if tally.count > 1:
            draw_ring(pen, tally.by_category, group.at, tokens.RING, alpha=alpha)
        else:
            draw_shape(pen, tally.category, group.at, halo=tokens.HALO, alpha=alpha)


def _paint_words(pen: Pen, scene: Scene, lettering: Lettering) -> None:
    rtl = scene.world.words.rtl
    for town in lettering.towns:
        pen.disc(town, 2.5, tokens.THIRD)
        pen.disc(town, 1.4, tokens.LAND)
    for callout in lettering.callouts:
        _paint_leader(pen, callout)
    if lettering.scale:
        _paint_scale(pen, lettering.scale, rtl=rtl)
    for label in chain(chain.from_iterable(callout.labels for callout in lettering.callouts), lettering.labels):
        _paint_label(pen, label, rtl=rtl)


def _paint_label(pen: Pen, label: Label, *, rtl: bool) -> None:
    line = Line(label.text, label.font, label.fill, rtl=rtl, halo=label.halo, spacing=label.spacing)
    pen.write(line, label.x, label.y)


def _paint_leader(pen: Pen, callout: Callout) -> None:
    if not callout.leader:
        return
    pen.line(curve(callout.leader), tokens.SECOND, 1)
    if callout.dot:
        pen.disc(callout.leader[-1], 2.2, tokens.SECOND)


def _paint_scale(pen: Pen, scale: Scale, *, rtl: bool) -> None:
    x, y, end = scale.x, scale.y, scale.x + scale.length
    rule = [(x, y - 4), (x, y), (end, y), (end, y - 4)]
    pen.line(rule, tokens.LAND, 4)
    pen.line(rule, tokens.SECOND, 1)
    pen.write(Line(scale.text, SMALL, tokens.SECOND, rtl=rtl, halo=tokens.LAND), end + 6, y - 1)
