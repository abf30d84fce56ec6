// @ts-check
/** What is to be drawn, and where: marks, discs with their plates, provinces, bands, crossings and the one total. */

import { DISTRICT_KM, NEAR_KM, SIZE } from "./tokens.js";
import { boxAt, kmToPixels, pointAtKm, toScreen } from "./geometry.js";
import { EXACT, NEAR } from "./points.js";
import { countOnGrid, groupByPlace, mergeNear } from "./clusters.js";
import { tallyOf } from "./tally.js";
import { findTotal } from "./totals.js";
import { areaItems } from "./areas.js";
import { linePlate, plateOnRim, provincePlate } from "./plates.js";
import { Taken } from "./labels.js";
import { inSight } from "./basemap.js";
import { metricOf } from "./layers.js";
import { shadeProvinces } from "./shading.js";
import { measureDensity } from "./density.js";
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
 * @property {import("./layers.js").LayerName} layer
 * @property {import("./losses.js").Losses | null} losses where the layer asks for them
 * @property {string} [pointed] code of the province that pointer or keyboard are on
 * @property {Map<string, Box>} stood where words stood in the last picture of this view, so that they do not jump
 */

/** @typedef {{box: Box, leader: [number, number] | null, text?: string}} Plate */
/**
 * A thing on the map that stands for some marks.
 * @typedef {object} Item
 * @property {number} x
 * @property {number} y
 * @property {number} radius px in which a pointer finds it
 * @property {number} count of marks
 * @property {number[]} marks the first of them, to be listed
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
/**
 * One figure for several areas.
 * @typedef {object} Total
 * @property {ScopeRecord} record
 * @property {Area[]} areas
 * @property {Path2D} outline
 * @property {Path2D | null} band
 * @property {boolean} faint
 * @property {number[]} marks one mark of its incident
 */

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
 * @property {import("./shading.js").Shading} [shading] of provinces, in place of the incidents
 * @property {import("./density.js").Density} [density] in place of the incidents
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
    ? countOnGrid(state.points, found.placed, found.inView, view, {
        cell: SIZE.gridCell,
        categories: state.marks.categories.length,
      })
    : [];
  const clusters = mergeNear(groups, state.touch ? SIZE.clusterTouch : SIZE.clusterMouse).map((group) =>
    clusterItem(state, group),
  );
  clusters.forEach((item) => taken.add(roundBox({ ...item, radius: reachOf(item) })));
  bubbles.forEach((item) => taken.add(roundBox(item)));
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
  const faint = [
    ...clusters.filter((item) => item.faint).map(roundBox),
    ...[...discs, ...provinces].flatMap((item) => (item.faint && item.plate ? item.plate.box : [])),
  ];
  return {
    provinces: drawnProvinces,
    bands,
    discs,
    clusters,
    bubbles,
    crossings: crossings.laid,
    total: findTotal(state, found),
    taken: state.opened ? taken.without(faint) : taken,
  };
}

/**
 * A shaded layer: of the incidents only the chosen one, so that it is not lost, and the crossings as they are.
 * @param {View} view @param {State} state @param {import("./points.js").Found} found @param {Box[]} reserved
 * @returns {Scene}
 */
export function layOutShaded(view, state, found, reserved) {
  const taken = new Taken();
  reserved.forEach((box) => taken.add(box));
  const chosen = found.placed.subarray(0, found.inView).filter((i) => state.points.incident[i] === state.selected);
  const groups = groupByPlace(state.points, chosen, chosen.length, view);
  const clusters = mergeNear(groups, SIZE.clusterMouse).map((group) => clusterItem(state, group));
  const discs = groups.filter((group) => group.precision !== EXACT).map((group) => discItem(view, state, group));
  clusters.forEach((item) => taken.add(roundBox({ ...item, radius: reachOf(item) })));
  discs.forEach((item) => (item.plate = plateOnRim(item, taken)));
  const crossings = new Crossings(view, state, taken);
  crossings.layNews();
  crossings.layQuiet();
  const metric = metricOf(state.layer);
  const total = metric && metric !== "incidents" ? findTotal(state, found, metric) : null;
  return {
    ...{ provinces: [], bands: [], bubbles: [], clusters, discs, crossings: crossings.laid, total, taken },
    ...(metric ? { shading: shadeProvinces(view, state, metric) } : { density: measureDensity(view, state) }),
  };
}

/** How far a mark reaches with the ring it wears when chosen. @param {Item} item @returns {number} px */
export const reachOf = ({ chosen, count, radius }) =>
  chosen ? (count > 1 ? SIZE.ring + 5 : SIZE.selectedRing + 2) : radius;

/** @param {{x: number, y: number, radius: number}} item @returns {Box} */
const roundBox = ({ x, y, radius }) => boxAt(x - radius, y - radius, radius * 2, radius * 2);

/** @param {State} state @param {import("./clusters.js").Group & {places: number[]}} group @returns {Item} */
function clusterItem(state, group) {
  const radius = group.marks.length > 1 ? SIZE.ring : SIZE.mark / 2 + SIZE.halo;
  return { ...group, ...tallyOf(state, group.marks), radius };
}

/** @param {View} view @param {State} state @param {import("./clusters.js").Group} group @returns {Item} */
function discItem(view, state, group) {
  const place = state.marks.places[group.place];
  const km = place.radius_km || (group.precision === NEAR ? NEAR_KM : DISTRICT_KM);
  const radius = Math.max(SIZE.discMin, kmToPixels(view, km, place.lat ?? 0));
  return { ...group, ...tallyOf(state, group.marks), radius };
}

/** Px between crossings: far out only the known and the important ones stand, so that the line stays a line. */
const CROSSINGS_APART = { far: 46, near: 14 };
const NEAR_ZOOM = 7.5;

/**
 * What was said of each crossing up to a day, by place id; without one, or without a history, as it is now.
 * @param {import("./source.js").Marks} marks @param {number | null} day @returns {Record<string, string | undefined>}
 */
function statesAt({ crossings, crossing_history: histories }, day) {
  if (day == null || !histories) return crossings;
  const states = Object.entries(histories).map(([id, said]) => [id, said.findLast(([since]) => since <= day)?.[1]]);
  return Object.fromEntries(states);
}

/** Crossings on the line; one that a mark covers slides along it. */
class Crossings {
  /** @param {View} view @param {State} state @param {Taken} taken */
  constructor(view, { ground, marks, lang, filter }, taken) {
    this.view = view;
    this.ground = ground;
    this.states = statesAt(marks, filter.to);
    this.lang = lang;
    this.taken = taken;
    /** @type {Crossing[]} */
    this.laid = [];
  }

  /** Those that incidents say something of. */
  layNews() {
    const news = this.ground.record.crossings.filter(({ id }) => this.states[id]);
    news.forEach((crossing) => this.lay(crossing, CROSSINGS_APART.near));
  }

  /** The others, where there is room; far out only the main ones, if the basemap says which these are. */
  layQuiet() {
    const far = Math.log2(this.view.scale) < NEAR_ZOOM;
    const { crossings } = this.ground.record;
    const ranked = crossings.some(({ rank }) => rank);
    const quiet = crossings.filter(({ id, rank }) => !this.states[id] && (!far || !ranked || rank === 1));
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
    this.laid.push({ x, y, state: this.states[crossing.id], name: nameIn(crossing, this.lang) });
  }
}
