"""Which part of the world a map shows: what a link asks for, else as close as all incidents allow (fitting.js)."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from geo.pictures.marks import EXACT, NEAR, PROVINCE
from geo.pictures.scene import World
from geo.pictures.tokens import DISTRICT_KM, NEAR_KM
from geo.pictures.totals import list_scopes
from geo.pictures.view import Box, Floats, View, box_around, view_at

Asked = tuple[float, float, float]
"""Latitude, longitude and zoom, as a link has them."""

_PADDING = 26.0
"""Units round the outermost mark or province."""
_STEP = 0.125
_MOST_ZOOM = 9.0
_KM_OF_UNIT = 156.543
"""Kilometres to a world unit on the equator."""
_LARGEST_KM = 300.0
"""A disc larger than that may reach out of the map."""
_BROWSER = (785.0, 434.0)
"""Size of the browser's map; a link's zoom is meant for about that."""


def choose_view(world: World, asked: Asked | None, *, width: float, height: float) -> View:
    """The view of a map in units; all that a link's view shows in the browser is in it."""
    if asked is None:
        return _fit(_content(world), width, height)
    smaller = min(1.0, width / _BROWSER[0], height / _BROWSER[1])
    lat, lon, zoom = asked
    return view_at(lat, lon, zoom + math.log2(smaller), width=width, height=height)


def cut_to_known(view: View, known: Box) -> View:
    """The part of a view, from its left to its right, in which water can be told from land; itself if that is none."""
    seen = view.box_of(known)
    x0, x1 = max(0.0, seen.x0), min(view.width, seen.x1)
    return replace(view, left=view.left + x0, width=x1 - x0) if x1 > x0 else view


def _content(world: World) -> Box:
    """What must be seen: places and provinces that incidents name; the line when there is nothing else."""
    ground, snapshot, home = world.ground, world.snapshot, world.ground.home
    spots = world.chosen.world
    inside = (spots >= (home.x0, home.y0)).all(axis=1) & (spots <= (home.x1, home.y1)).all(axis=1)
    reach = _reach_of_discs(world)[:, None]
    corners = [spots[inside] - reach[inside], spots[inside] + reach[inside]]
    named = np.unique(snapshot.marks.spot[world.chosen.areas])
    codes = {snapshot.spots.adm1[spot] for spot in named if snapshot.spots.precision[spot] == PROVINCE}
    for scope in list_scopes(snapshot, world.words):
        if world.matched[list(scope.incidents)].any():
            codes.update(scope.adm1)
    boxes = [ground.provinces[code].box for code in sorted(filter(None, codes)) if code in ground.provinces]
    corners += [np.array([(box.x0, box.y0), (box.x1, box.y1)]) for box in boxes]
    together = np.vstack(corners)
    return box_around(together if len(together) else ground.line)


def _reach_of_discs(world: World) -> Floats:
    """Radius of what each placed mark is drawn as, in world units; 0 of a named place."""
    spots, spot = world.snapshot.spots, world.snapshot.marks.spot[world.chosen.placed]
    precision = spots.precision[spot]
    usual = np.where(precision == NEAR, NEAR_KM, DISTRICT_KM)
    km = np.where(precision == EXACT, 0.0, np.where(spots.radius_km[spot] > 0, spots.radius_km[spot], usual))
    reach: Floats = np.minimum(km, _LARGEST_KM) / (_KM_OF_UNIT * np.cos(np.radians(np.clip(spots.lat[spot], -80, 80))))
    return reach


def _fit(content: Box, width: float, height: float) -> View:
    across = max(width - 2 * _PADDING, 1) / max(content.x1 - content.x0, 1e-6)
    down = max(height - 2 * _PADDING, 1) / max(content.y1 - content.y0, 1e-6)
    zoom = min(_MOST_ZOOM, math.floor(math.log2(min(across, down)) / _STEP) * _STEP)
    (x, y), scale = content.middle, 2.0**zoom
    return View(scale, x * scale - width / 2, y * scale - height / 2, width, height)
