"""What a map shows, and where: marks, discs with plates, provinces, bands, crossings, the one total (scene.js)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import numpy as np

from geo.pictures.bands import sum_bands
from geo.pictures.fonts import Font, text_width
from geo.pictures.ground import Area, Ground, Spot
from geo.pictures.marks import (
    EXACT,
    LINE,
    NEAR,
    Bools,
    Bubble,
    Chosen,
    Codes,
    Group,
    Tally,
    count_on_grid,
    group_by_spot,
    merge_near,
    see_marks,
    tally_groups,
)
from geo.pictures.space import Taken
from geo.pictures.tokens import (
    DISC_MIN,
    DISTRICT_KM,
    GRID_ABOVE,
    HALO,
    MARK,
    MOST_SPOTS,
    NEAR_KM,
    PLATE,
    RING,
    SELECTED_RING,
)
from geo.pictures.totals import Total, choose_total, leave_totals_out, list_scopes
from geo.pictures.view import Box, Floats, Point, View
from geo.snapshot import Snapshot, describe_crossings, describe_spot
from geo.wording.words import Words

PLATE_FONT = Font("sans", 550, 11.5)

_SEEN_BEYOND = 24.0
"""Units beyond the frame in which marks are still drawn."""


@dataclass(frozen=True, eq=False)
class World:
    """All that a picture is drawn from."""

    snapshot: Snapshot
    ground: Ground
    matched: Bools
    chosen: Chosen
    words: Words
    opened: int | None
    """Index of the incident that is open: the others are faint."""
    until: date | None
    """Last day asked for: crossings are as they were then."""
    layer: str = "incidents"
    """What is shown of them: each by itself, or the provinces shaded by how many name them."""

    def spot(self, index: int) -> dict[str, Any]:
        """What is told of a spot."""
        return cast("dict[str, Any]", describe_spot(self.snapshot, index))

    def name_of(self, index: int) -> str:
        """Name of a spot in the reader's language."""
        spot = self.spot(index)
        return str(spot["names"].get(self.words.language) or spot["label"])

    def is_faint(self, tally: Tally) -> bool:
        """Whether something stands back behind the opened incident."""
        return self.opened is not None and not tally.chosen


@dataclass(slots=True)
class Plate:
    """The label of an area."""

    box: Box
    leader: Point | None
    text: str = ""


@dataclass(kw_only=True, slots=True)
class Item:
    """A disc, province or stretch of the line."""

    tally: Tally
    precision: int
    spot: int
    at: Point = (0.0, 0.0)
    radius: float = 0.0
    faint: bool = False
    plate: Plate | None = None
    area: Area | None = None
    path: Floats | None = None
    """World units."""
    whole: bool = False
    """All of the line."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A crossing as it is drawn."""

    at: Point
    state: str | None
    name: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Scene:
    """Everything on a map but its words."""

    world: World
    view: View
    clusters: list[Group]
    discs: list[Item]
    provinces: list[Item]
    bands: list[Item]
    bubbles: list[Bubble]
    gates: list[Gate]
    total: Total | None
    taken: Taken


def reach_of(group: Group) -> float:
    """How far a mark reaches, with the ring it wears when chosen, in units."""
    several = group.tally.count > 1
    if group.tally.chosen:
        return RING + 5 if several else SELECTED_RING + 2
    return RING if several else MARK / 2 + HALO


def lay_scene(world: World, view: View, reserved: Sequence[Box] = ()) -> Scene:
    """Lay out what a view shows; ``reserved`` boxes stay free of plates and words."""
    taken = Taken(reserved)
    rows, at = see_marks(world.chosen, view, _SEEN_BEYOND)
    dense = len(rows) > GRID_ABOVE or len(np.unique(world.snapshot.marks.spot[rows])) > MOST_SPOTS
    groups = [] if dense else group_by_spot(world.snapshot, rows, at, world.opened)
    bubbles = count_on_grid(world.snapshot, rows, at, view) if dense else []
    clusters = merge_near(groups)
    for group in clusters:
        if not world.is_faint(group.tally):
            taken.add(Box.around(*group.at, reach_of(group)))
    for bubble in bubbles:
        taken.add(Box.around(*bubble.at, bubble.radius))
    gates = _Gates(world, view, taken)
    gates.lay_news()
    discs = sorted((_disc(world, view, group) for group in groups if group.precision != EXACT), key=lambda d: -d.radius)
    for disc in discs:
        disc.plate = _plate_on_rim(view, disc, taken)
    scopes = list_scopes(world.snapshot, world.words)
    rows = leave_totals_out(world.snapshot, world.chosen.areas, scopes)
    provinces, bands = _lay_areas(world, rows)
    provinces = [item for item in provinces if item.area and _in_sight(item.area, view)]
    for item in provinces:
        item.plate = _province_plate(world, view, item, taken)
    for item in bands:
        if item.whole:
            item.plate = _line_plate(world, view, item, taken)
    gates.lay_quiet()
    return Scene(
        world=world, view=view, clusters=clusters, discs=discs,
        provinces=[item for item in provinces if item.plate] if dense else provinces,
        bands=bands, bubbles=bubbles, gates=gates.laid,
        total=choose_total(scopes, world.matched, world.ground, world.opened), taken=taken,
    )  # fmt: skip


def lay_ground(world: World, view: View) -> Scene:
    """A view without its incidents, for provinces that are shaded: the crossings as they are."""
    taken = Taken()
    gates = _Gates(world, view, taken)
    gates.lay_news()
    gates.lay_quiet()
    return Scene(
        world=world, view=view, clusters=[], discs=[], provinces=[], bands=[], bubbles=[], gates=gates.laid, total=None,
        taken=taken,
    )  # fmt: skip


def _in_sight(area: Area, view: View) -> bool:
    return view.box_of(area.box).overlaps(view.frame)


def _disc(world: World, view: View, group: Group) -> Item:
    spot = world.spot(group.spots[0])
    km = spot["radius_km"] or (NEAR_KM if group.precision == NEAR else DISTRICT_KM)
    return Item(
        tally=group.tally, precision=group.precision, spot=group.spots[0], at=group.at,
        radius=max(DISC_MIN, view.reach(km, spot["lat"] or 0.0)), faint=world.is_faint(group.tally),
    )  # fmt: skip


# ---- areas ---------------------------------------------------------------------------------------------------------


def _lay_areas(world: World, rows: Codes) -> tuple[list[Item], list[Item]]:
    """Provinces and stretches of the line that marks name, one to a place; many stretches in sum."""
    snapshot, ground = world.snapshot, world.ground
    spots, group = np.unique(snapshot.marks.spot[rows], return_inverse=True)
    tallies = tally_groups(snapshot, rows, group.reshape(-1), len(spots), world.opened) if len(spots) else []
    provinces: dict[str, Item] = {}
    bands: list[Item] = []
    for spot, tally in zip(spots.tolist(), tallies, strict=True):
        item = Item(tally=tally, precision=int(snapshot.spots.precision[spot]), spot=spot, faint=world.is_faint(tally))
        if item.precision == LINE:
            bands.append(item)
            continue
        item.area = ground.provinces.get(snapshot.spots.adm1[spot] or "")
        if item.area is not None:
            provinces.setdefault(f"{item.area.code} {spot}", item)
    return list(provinces.values()), _lay_bands(world, bands)


def _lay_bands(world: World, items: list[Item]) -> list[Item]:
    """Stretches of the line that can be drawn; more than can be told apart are drawn in sum."""
    ground, spots = world.ground, world.snapshot.spots
    whole = [item for item in items if spots.whole[item.spot]]
    for item in whole:
        item.whole, item.path = True, ground.line
    ends = {item.spot: (float(spots.km[item.spot]), float(spots.km_end[item.spot])) for item in items}
    stretches = [item for item in items if not spots.whole[item.spot] and np.isfinite(ends[item.spot]).all()]
    runs = sum_bands([(*ends[item.spot], item.tally) for item in stretches if not item.tally.chosen])
    single = stretches if runs is None else [item for item in stretches if item.tally.chosen]
    for item in single:
        item.path = ground.stretch(*ends[item.spot])
    summed = [
        Item(tally=tally, precision=LINE, spot=-1, path=ground.stretch(first, last), faint=world.is_faint(tally))
        for first, last, tally in runs or ()
    ]
    return [*summed, *single, *whole]


# ---- plates --------------------------------------------------------------------------------------------------------

_ON_RIM = ((0, -1), (1, 0), (-1, 0), (0, 1))
_BESIDE = ((1, 0), (0.7, -0.7), (0.7, 0.7), (-1, 0), (-0.7, -0.7), (-0.7, 0.7), (0, -1), (0, 1))
_PLATE_STEP = 22.0


def _plate_on_rim(view: View, item: Item, taken: Taken) -> Plate | None:
    """A plate on the disc's rim (top, right, left, bottom), else 16 to 26 units off with a leader."""
    side = RING * 2 if item.tally.count > 1 else PLATE
    x, y = item.at
    for off in (0, 16, 21, 26):
        for dx, dy in _BESIDE if off else _ON_RIM:
            reach = item.radius + off
            box = Box.around(x + dx * reach, y + dy * reach, side / 2)
            if view.frame.holds(box) and taken.is_free(box):
                taken.add(box.grow(1))
                return Plate(box, (x + dx * item.radius, y + dy * item.radius) if off else None)
    return None


def _named(world: World, name: str, item: Item) -> tuple[str, float, float]:
    """Words of a plate, its width and height."""
    text = f"{name} {item.tally.count}" if item.tally.count > 1 else name
    return text, text_width(text, PLATE_FONT, rtl=world.words.rtl) + 27, PLATE_FONT.size + 7


def _province_plate(world: World, view: View, item: Item, taken: Taken) -> Plate | None:
    """The province's name on a plate: at its middle, else elsewhere in it, else just outside with a leader."""
    area = item.area
    if area is None or area.middle is None:
        return None
    text, w, h = _named(world, area.name_in(world.words.language), item)
    middle = view.place(*area.middle)
    free = [
        spot
        for spot in _spots_round(view.box_of(area.box), middle)
        if view.frame.holds(_plate_at(spot, w, h)) and taken.is_free(_plate_at(spot, w, h))
    ]
    within = next((spot for spot in free if _holds(view, area, spot)), None)
    spot = within or (free[0] if free else None)
    if spot is None:
        return None
    taken.add(_plate_at(spot, w, h))
    item.at = spot
    return Plate(_plate_at(spot, w, h), None if within else _nearest_corner(view, area, spot), text)


def _plate_at(spot: Point, w: float, h: float) -> Box:
    return Box.at(spot[0] - w / 2, spot[1] - h / 2, w, h)


def _spots_round(box: Box, near: Point) -> list[Point]:
    """Spots on and a little round a box, nearest to a point first."""
    columns = math.ceil(min(box.x1 - box.x0, 600) / 2 / _PLATE_STEP) + 2
    rows = math.ceil(min(box.y1 - box.y0, 600) / 2 / _PLATE_STEP) + 2
    steps = [(c * _PLATE_STEP, r * _PLATE_STEP) for c in range(-columns, columns + 1) for r in range(-rows, rows + 1)]
    return [(near[0] + dx, near[1] + dy) for dx, dy in sorted(steps, key=lambda step: math.hypot(*step))]


def _holds(view: View, area: Area, spot: Point) -> bool:
    """Whether a spot lies in an area, by the even-odd rule."""
    x, y = ((spot[0] + view.left) / view.scale, (spot[1] + view.top) / view.scale)
    crossed = 0
    for ring in area.rings:
        (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
        spans = (y0 > y) != (y1 > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            crossed += int((spans & (x < x0 + (y - y0) / (y1 - y0) * (x1 - x0))).sum())
    return crossed % 2 == 1


def _nearest_corner(view: View, area: Area, near: Point) -> Point:
    corners = view.project(np.vstack(area.rings))
    x, y = corners[np.hypot(*(corners - near).T).argmin()]
    return float(x), float(y)


def _line_plate(world: World, view: View, item: Item, taken: Taken) -> Plate | None:
    """A plate beside the line for what happened along all of it."""
    text, w, h = _named(world, world.words("precision.border"), item)
    for x, y in view.project(cast("Floats", item.path)).tolist():
        for left in (x + 22, x - 22 - w):
            box = Box.at(left, y - h / 2, w, h)
            if view.frame.holds(box) and taken.is_free(box):
                taken.add(box)
                return Plate(box, (x, y), text)
    return None


# ---- crossings -----------------------------------------------------------------------------------------------------

_NEAR_ZOOM = 7.5
_APART = 14.0
"""Units between crossings."""
_SLIDES = (0, 9, -9, 16, -16, 24, -24)


class _Gates:
    """Crossings on the line; one that a mark covers slides along it."""

    def __init__(self, world: World, view: View, taken: Taken) -> None:
        self._world, self._view, self._taken = world, view, taken
        self._states = describe_crossings(world.snapshot, world.until)
        self.laid: list[Gate] = []

    def lay_news(self) -> None:
        """Those that incidents say something of."""
        for crossing in self._world.ground.crossings:
            if self._states.get(crossing.id):
                self._lay(crossing)

    def lay_quiet(self) -> None:
        """The others, where there is room; far out only the main ones."""
        far = self._view.zoom < _NEAR_ZOOM
        for crossing in self._world.ground.crossings:
            if not self._states.get(crossing.id) and (not far or crossing.rank == 1):
                self._lay(crossing)

    def _lay(self, crossing: Spot) -> None:
        spots = [self._at(crossing, slide) for slide in _SLIDES]
        x, y = spots[0]
        if any(math.hypot(gate.at[0] - x, gate.at[1] - y) < _APART for gate in self.laid):
            return
        spot = next((spot for spot in spots if self._taken.is_free(Box.around(*spot, 6))), None)
        if spot is None:
            return
        self._taken.add(Box.around(*spot, 7))
        name = crossing.name_in(self._world.words.language)
        self.laid.append(Gate(spot, self._states.get(crossing.id), name))

    def _at(self, crossing: Spot, slide: float) -> Point:
        ground = self._world.ground
        km = crossing.km + slide / self._view.reach(1, crossing.lat)
        x, y = (float(np.interp(km, ground.km, ground.line[:, axis])) for axis in (0, 1))
        return x * self._view.scale - self._view.left, y * self._view.scale - self._view.top
