// @ts-check
/** What is to be drawn, and where: marks, discs with their plates, provinces, bands, crossings and the one total. */

import { DISTRICT_KM, FONTS, NEAR_KM, SIZE } from "./tokens.js";
import { boxAt, boxOnScreen, contains, kmToPixels, openPath, outlineOf, placeOnScreen, pointAtKm, stretchOf, toScreen } from "./geometry.js";
import { EXACT, NEAR, PROVINCE, passes } from "./points.js";
import { countOnGrid, groupByPlace, mergeNear } from "./clusters.js";
import { bubbleRadius } from "./shapes.js";
import { fontSize, Taken, textSize } from "./labels.js";
import { inSight } from "./basemap.js";
import { nameIn } from "./words.js";

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./basemap.js").Area} Area */
/** @typedef {import("./source.js").ScopeRecord} ScopeRecord */

/**
 * Everything a drawing depends on.
 * @typedef {object} State
 * @property {import("./points.js").Points} points
 * @property {import("./source.js").Marks} marks
 * @property {import("./basemap.js").Ground} ground
 * @property {import("./points.js").Filter} filter
 * @property {import("./tokens.js").Theme} theme
 * @property {string} lang
 * @property {import("./words.js").Say} say
 * @property {number} selected incident; -1 is none
 * @property {boolean} opened
 * @property {boolean} touch
 * @property {Map<string, Box>} stood where words stood in the last picture of this view, so that they do not jump
 */

/** @typedef {{box: Box, leader: [number, number] | null, text?: string}} Plate */
/**
 * A thing on the map that stands for some marks.
 * @typedef {object} Item
 * @property {number} x
 * @property {number} y
 * @property {number} radius px in which a pointer finds it
 * @property {number[]} marks
 * @property {number} place
 * @property {number} precision
 * @property {string} category the most frequent, then the latest
 * @property {number[]} byCategory
 * @property {boolean} chosen
 * @property {boolean} faint
 * @property {Plate | null} [plate]
 * @property {number[]} [places]
 * @property {Area} [area]
 * @property {Path2D} [path]
 * @property {import("./geometry.js").Point[]} [stretch]
 * @property {boolean} [whole] along all of the line
 */
/** @typedef {{x: number, y: number, state: string | undefined, name: string}} Crossing */
/** @typedef {{record: ScopeRecord, areas: Area[], outline: Path2D, band: Path2D | null, faint: boolean, marks: number[]}} Total */

/**
 * @typedef {object} Scene
 * @property {Item[]} provinces
 * @property {Item[]} bands
 * @property {Item[]} discs
 * @property {Item[]} clusters
 * @property {import("./clusters.js").Bubble[]} bubbles
 * @property {Crossing[]} crossings
 * @property {Total | null} total
 * @property {Taken} taken
 */

/**
 * @param {CanvasRenderingContext2D} ctx for measuring
 * @param {View} view @param {State} state @param {import("./points.js").Found} found
 * @param {Box[]} reserved boxes of the furniture
 * @returns {Scene}
 */
export function layOut(ctx, view, state, found, reserved) {
  const taken = new Taken();
  reserved.forEach((box) => taken.add(box));
  const dense = found.inView > SIZE.gridAbove;
  const areas = areaItems(state, found);
  const groups = dense ? [] : groupByPlace(state.points, found.placed, found.inView, view);
  const bubbles = dense
    ? countOnGrid(state.points, found.placed, found.inView, view, { cell: SIZE.gridCell, categories: state.marks.categories.length })
    : [];
  const clusters = mergeNear(groups, state.touch ? SIZE.clusterTouch : SIZE.clusterMouse).map((group) => clusterItem(state, group));
  [...clusters, ...bubbles.map(({ x, y, count }) => ({ x, y, radius: bubbleRadius(count) }))].forEach((item) => taken.add(roundBox(item)));
  const crossings = new Crossings(view, state, taken);
  crossings.layNews();
  const discs = groups.filter((group) => group.precision !== EXACT).map((group) => discItem(view, state, group));
  discs.sort((a, b) => b.radius - a.radius).forEach((item) => (item.plate = plateOnRim(item, taken)));
  const provinces = areas.filter((item) => item.area && inSight(item.area, view));
  provinces.forEach((item) => (item.plate = provincePlate(ctx, view, state, item, taken)));
  const bands = areas.filter((item) => item.path);
  bands.filter((item) => item.whole).forEach((item) => (item.plate = linePlate(ctx, view, state, item, taken)));
  crossings.layQuiet();
  const drawnProvinces = dense ? provinces.filter((item) => item.plate) : provinces;
  const faint = [...clusters.filter((item) => item.faint).map(roundBox), ...[...discs, ...provinces].flatMap((item) => (item.faint && item.plate ? item.plate.box : []))];
  return {
    provinces: drawnProvinces, bands, discs, clusters, bubbles, crossings: crossings.laid,
    total: findTotal(state, found), taken: state.opened ? taken.without(faint) : taken,
  };
}

/** @param {{x: number, y: number, radius: number}} item @returns {Box} */
const roundBox = ({ x, y, radius }) => boxAt(x - radius, y - radius, radius * 2, radius * 2);

/** @param {State} state @param {number[]} marks @returns {{category: string, byCategory: number[], chosen: boolean, faint: boolean}} */
export function summarise({ points, marks: { categories }, selected, opened }, marks) {
  const byCategory = categories.map(() => 0);
  const latest = categories.map(() => 0);
  let chosen = false;
  for (const i of marks) {
    const c = points.category[i];
    byCategory[c]++;
    latest[c] = Math.max(latest[c], points.start[i]);
    chosen ||= points.incident[i] === selected;
  }
  const best = categories.reduce((a, _, c) => (byCategory[c] - byCategory[a] || latest[c] - latest[a]) > 0 ? c : a, 0);
  return { category: categories[best], byCategory, chosen, faint: opened && !chosen };
}

/** @param {State} state @param {import("./clusters.js").Group & {places: number[]}} group @returns {Item} */
function clusterItem(state, group) {
  const radius = group.marks.length > 1 ? SIZE.ring : SIZE.mark / 2 + SIZE.halo;
  return { ...group, ...summarise(state, group.marks), radius };
}

/** @param {View} view @param {State} state @param {import("./clusters.js").Group} group @returns {Item} */
function discItem(view, state, group) {
  const place = state.marks.places[group.place];
  const km = place.radius_km || (group.precision === NEAR ? NEAR_KM : DISTRICT_KM);
  const radius = Math.max(SIZE.discMin, kmToPixels(view, km, place.lat ?? 0));
  return { ...group, ...summarise(state, group.marks), radius };
}

/** Provinces and stretches of the line that some mark names, one item to a place. @param {State} state
 * @param {import("./points.js").Found} found @returns {Item[]} */
function areaItems(state, found) {
  const { points, marks, ground } = state;
  const totals = totalsByIncident(marks.scopes);
  /** @type {Map<number, number[]>} */
  const byPlace = new Map();
  for (let k = 0; k < found.areaCount; k++) {
    const i = found.areas[k];
    if (partOfTotal(state, i, totals.get(points.incident[i]))) continue;
    const known = byPlace.get(points.place[i]);
    known ? known.push(i) : byPlace.set(points.place[i], [i]);
  }
  const items = [];
  for (const [index, members] of byPlace) {
    const place = marks.places[index];
    const base = { x: 0, y: 0, radius: 0, marks: members, place: index, precision: points.precision[members[0]], ...summarise(state, members) };
    if (base.precision === PROVINCE) {
      const area = ground.provinces.get(place.adm1 ?? "");
      if (area) items.push({ ...base, area });
      continue;
    }
    const [from, to] = place.border_km ?? [0, ground.line.km[ground.line.km.length - 1]];
    const stretch = stretchOf(ground.line, from, to);
    items.push({ ...base, stretch, path: openPath(stretch), whole: !place.border_km });
  }
  return items;
}

/** @type {WeakMap<ScopeRecord[], Map<number, ScopeRecord>>} */
const totalsKnown = new WeakMap();

/** @param {ScopeRecord[]} scopes @returns {Map<number, ScopeRecord>} */
function totalsByIncident(scopes) {
  const known = totalsKnown.get(scopes);
  if (known) return known;
  const totals = new Map(scopes.flatMap((scope) => scope.incidents.map((n) => [n, scope])));
  totalsKnown.set(scopes, totals);
  return totals;
}

/** Whether a mark is one of the places that a total is for: they are drawn as one area, never one by one.
 * @param {State} state @param {number} i @param {ScopeRecord | undefined} scope */
function partOfTotal({ points, marks }, i, scope) {
  if (!scope) return false;
  if (points.precision[i] !== PROVINCE) return Boolean(scope.border_km);
  return scope.adm1.includes(marks.places[points.place[i]].adm1 ?? "");
}

/** Px between crossings: far out only the known and the important ones stand, so that the line stays a line. */
const CROSSINGS_APART = { far: 46, near: 14 };
const NEAR_ZOOM = 7.5;

/** Crossings on the line; one that a mark covers slides along it. */
class Crossings {
  /** @param {View} view @param {State} state @param {Taken} taken */
  constructor(view, { ground, marks, lang }, taken) {
    this.view = view;
    this.ground = ground;
    this.marks = marks;
    this.lang = lang;
    this.taken = taken;
    /** @type {Crossing[]} */
    this.laid = [];
  }

  /** Those that incidents say something of. */
  layNews() {
    const news = this.ground.record.crossings.filter(({ id }) => this.marks.crossings[id]);
    news.forEach((crossing) => this.lay(crossing, CROSSINGS_APART.near));
  }

  /** The others, where there is room; far out only the main ones, if the basemap says which these are. */
  layQuiet() {
    const far = Math.log2(this.view.scale) < NEAR_ZOOM;
    const { crossings } = this.ground.record;
    const ranked = crossings.some(({ rank }) => rank);
    const quiet = crossings.filter(({ id, rank }) => !this.marks.crossings[id] && (!far || !ranked || rank === 1));
    quiet.forEach((crossing) => this.lay(crossing, far && !ranked ? CROSSINGS_APART.far : CROSSINGS_APART.near));
  }

  /** @param {import("./source.js").CrossingRecord} crossing @param {number} apart px */
  lay(crossing, apart) {
    const at = (/** @type {number} */ px) =>
      toScreen(this.view, ...pointAtKm(this.ground.line, crossing.km + px / kmToPixels(this.view, 1, crossing.lat)));
    const [px, py] = at(0);
    if (this.laid.some(({ x, y }) => Math.hypot(px - x, py - y) < apart)) return;
    const spot = [0, 9, -9, 16, -16, 24, -24].map(at).find(([x, y]) => this.taken.isFree(boxAt(x - 6, y - 6, 12, 12)));
    if (!spot) return;
    const [x, y] = spot;
    this.taken.add(boxAt(x - 7, y - 7, 14, 14));
    this.laid.push({ x, y, state: this.marks.crossings[crossing.id], name: nameIn(crossing, this.lang) });
  }
}

/** A plate on the disc's rim (top, right, left, bottom), else 16 to 26 px off it with a leader; null when nothing is free.
 * @param {Item} item @param {Taken} taken @returns {Plate | null} */
function plateOnRim({ x, y, radius, marks }, taken) {
  const side = marks.length > 1 ? SIZE.ring * 2 : SIZE.plate;
  for (const off of [0, 16, 21, 26]) {
    const ways = off ? [[1, 0], [0.7, -0.7], [0.7, 0.7], [-1, 0], [-0.7, -0.7], [-0.7, 0.7], [0, -1], [0, 1]] : [[0, -1], [1, 0], [-1, 0], [0, 1]];
    for (const [dx, dy] of ways) {
      const reach = radius + (off ? off : 0);
      const box = boxAt(x + dx * reach - side / 2, y + dy * reach - side / 2, side, side);
      if (!taken.isFree(box)) continue;
      taken.add(boxAt(box.x0 - 1, box.y0 - 1, side + 2, side + 2));
      return { box, leader: off ? [x + dx * radius, y + dy * radius] : null };
    }
  }
  return null;
}

/** Px between the spots tried for a province's plate. */
const PLATE_STEP = 22;

/** The province's name on a plate: at its middle, else elsewhere in it, else just outside with a leader.
 * @param {CanvasRenderingContext2D} ctx @param {View} view @param {State} state @param {Item} item @param {Taken} taken
 * @returns {Plate | null} */
function provincePlate(ctx, view, state, item, taken) {
  const { area, marks } = item;
  if (!area?.middle) return null;
  const name = nameIn(area, state.lang);
  const text = marks.length > 1 ? `${name} ${marks.length}` : name;
  const [w, h] = [textSize(ctx, text, FONTS.plate).w + 27, fontSize(FONTS.plate) + 7];
  const [cx, cy] = placeOnScreen(view, area.middle[1], area.middle[0]);
  const spots = spotsRound(boxOnScreen(area.box, view), [cx, cy]);
  const plateAt = (/** @type {[number, number]} */ [x, y]) => boxAt(x - w / 2, y - h / 2, w, h);
  const inArea = (/** @type {[number, number]} */ [x, y]) =>
    ctx.isPointInPath(area.path, (x + view.left) / view.scale, (y + view.top) / view.scale, "evenodd");
  const free = spots.filter((at) => contains(view.frame, plateAt(at)) && taken.isFree(plateAt(at)));
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  const within = free.find(inArea);
  const spot = within ?? free[0];
  if (!spot) return null;
  const box = plateAt(spot);
  taken.add(box);
  Object.assign(item, { x: spot[0], y: spot[1] });
  return { box, leader: within ? null : nearestCorner(view, area, spot), text };
}

/** @param {View} view @param {Area} area @param {[number, number]} near @returns {[number, number]} of the area's outline */
function nearestCorner(view, area, [x, y]) {
  const corners = area.rings.flat().map(([lon, lat]) => placeOnScreen(view, lat, lon));
  const far = (/** @type {[number, number]} */ corner) => Math.hypot(corner[0] - x, corner[1] - y);
  return corners.reduce((a, b) => (far(b) < far(a) ? b : a));
}

/** Spots on and a little round a box, nearest to a point first. @param {Box} box @param {[number, number]} near
 * @returns {[number, number][]} */
function spotsRound({ x0, y0, x1, y1 }, [cx, cy]) {
  /** @type {[number, number][]} */
  const spots = [];
  const columns = Math.ceil(Math.min(x1 - x0, 600) / 2 / PLATE_STEP) + 2;
  const rows = Math.ceil(Math.min(y1 - y0, 600) / 2 / PLATE_STEP) + 2;
  for (let c = -columns; c <= columns; c++) for (let r = -rows; r <= rows; r++) spots.push([cx + c * PLATE_STEP, cy + r * PLATE_STEP]);
  return spots.sort((a, b) => Math.hypot(a[0] - cx, a[1] - cy) - Math.hypot(b[0] - cx, b[1] - cy));
}

/** A plate beside the line for what happened along all of it. @param {CanvasRenderingContext2D} ctx @param {View} view
 * @param {State} state @param {Item} item @param {Taken} taken @returns {Plate | null} */
function linePlate(ctx, view, state, item, taken) {
  const name = state.say("whole_border");
  const text = item.marks.length > 1 ? `${name} ${item.marks.length}` : name;
  const [w, h] = [textSize(ctx, text, FONTS.plate).w + 27, fontSize(FONTS.plate) + 7];
  for (const [wx, wy] of item.stretch ?? []) {
    const [x, y] = toScreen(view, wx, wy);
    for (const left of [x + 22, x - 22 - w]) {
      const box = boxAt(left, y - h / 2, w, h);
      if (!contains(view.frame, box) || !taken.isFree(box)) continue;
      taken.add(box);
      return { box, leader: [x, y], text };
    }
  }
  return null;
}

/** @type {WeakMap<ScopeRecord, Path2D>} */
const outlines = new WeakMap();

/** The one total that is drawn: the chosen incident's, else the latest. @param {State} state
 * @param {import("./points.js").Found} found @returns {Total | null} */
function findTotal({ points, marks, filter, selected, opened, ground }, found) {
  const passing = marks.scopes.filter((scope) => scope.incidents.some((n) => passes(filter, n, scope.start, scope.end)));
  const own = passing.find((scope) => scope.incidents.includes(selected));
  const latest = passing.reduce((a, b) => (!a || b.end > a.end ? b : a), /** @type {ScopeRecord | null} */ (null));
  const record = own ?? latest;
  if (!record) return null;
  const areas = record.adm1.flatMap((code) => ground.provinces.get(code) ?? []);
  const outline = outlines.get(record) ?? outlineOf(areas.map((area) => area.rings));
  outlines.set(record, outline);
  const band = record.border_km ? openPath(stretchOf(ground.line, ...record.border_km)) : null;
  const first = [...found.areas.subarray(0, found.areaCount)].find((i) => record.incidents.includes(points.incident[i]));
  return { record, areas, outline, band, faint: opened && !own, marks: first === undefined ? [] : [first] };
}

