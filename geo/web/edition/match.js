// @ts-check
/** Which incidents a filter leaves: geo/snapshot/matching.py in the browser. */

import { coverageOf, endOf, findBearers } from "./facts.js";
import { LISTS } from "./link.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./link.js").Filter} Filter */

const HIDDEN = "withdrawn";
const [PROVINCE, LINE] = [3, 4];
const EARTH_KM = 6371.0088;

/**
 * @typedef {object} World
 * @property {Facts} facts
 * @property {import("./facts.js").Marks} marks
 * @property {import("./spelling.js").Spelling} spelling
 * @property {(text: string) => Uint8Array} search incidents that words stand in
 * @property {Map<string, [number, number]>} points latitude and longitude of crossings, by id
 */

/** For each incident whether the filter leaves it. @param {World} world @param {Filter} filter @returns {Uint8Array} */
export const match = (world, filter) => allOf(world, [...findParts(world, filter).values()]);

/** @param {World} world @param {Uint8Array[]} masks @returns {Uint8Array} */
export function allOf({ facts }, masks) {
  const all = new Uint8Array(facts.count).fill(1);
  for (const mask of masks) for (let i = 0; i < all.length; i++) all[i] &= mask[i];
  return all;
}

/** One bit for each incident, lowest first, as the map reads it. @param {Uint8Array} matched */
export function encodeMask(matched) {
  const bits = new Uint8Array(Math.ceil(matched.length / 8));
  matched.forEach((is, i) => (bits[i >> 3] |= is << (i & 7)));
  return bits;
}

/** @param {Uint8Array} mask @returns {number} */
export const countOf = (mask) => mask.reduce((sum, is) => sum + is, 0);

/** For each limit, by its key in the link: the incidents it leaves. @param {World} world @param {Filter} filter
 * @returns {Map<string, Uint8Array>} */
export function findParts(world, filter) {
  const { facts } = world;
  /** @type {Map<string, Uint8Array>} */
  const parts = new Map();
  for (const key of LISTS) {
    if (filter.lists[key].length) parts.set(key, findBearers(facts.labels[key], spelled(world, key, filter.lists[key])));
  }
  if (!filter.lists.status.length) parts.set("status", findBearers(facts.labels.status, [HIDDEN]).map((is) => 1 - is));
  if (filter.from !== null || filter.to !== null) parts.set("from", matchDates(facts, filter));
  const { border_km: near, located_km: sure, killed, wounded } = filter.numbers;
  if (near !== null) parts.set("border_km", where(facts.distance_km, (km) => km !== null && km <= near));
  if (filter.km) parts.set("km", matchStretch(world, filter.km));
  if (sure !== null) parts.set("located_km", where(facts.uncertainty_km, (km) => km !== null && km <= sure));
  if (killed !== null) parts.set("killed", where(findLeast(facts, "killed"), (least) => least >= killed));
  if (wounded !== null) parts.set("wounded", where(findLeast(facts, "wounded"), (least) => least >= wounded));
  if (filter.within) parts.set("within_km", matchWithin(world, filter.within));
  if (filter.q) parts.set("q", world.search(filter.q));
  return parts;
}

/** Values of a list as they are compared. @param {World} world @param {string} key @param {string[]} values */
export function spelled({ facts, spelling }, key, values) {
  if (!facts.labels[key].keys) return values;
  return values.map((value) => (key === "language" ? value.toLowerCase() : spelling.key(value)));
}

/** @template T @param {ArrayLike<T>} column @param {(value: T) => boolean} fits */
const where = (column, fits) => Uint8Array.from(column, (value) => (fits(value) ? 1 : 0));

/** Incidents that lasted on some day of the range; an undated one is on none. @param {Facts} facts @param {Filter} filter */
function matchDates(facts, { from, to }) {
  return Uint8Array.from(facts.start, (start, i) => {
    const end = endOf(facts, i);
    return start !== null && end !== null && (from === null || end >= from) && (to === null || start <= to) ? 1 : 0;
  });
}

/** Lowest figure said of each incident, -1 for none; a total for it alone, at several places, is its figure.
 * @param {Facts} facts @param {"killed" | "wounded"} metric @returns {number[]} */
export function findLeast(facts, metric) {
  const least = (metric === "killed" ? facts.killed_low : facts.wounded_low).map((low) => low ?? -1);
  for (const total of facts.totals) {
    const low = metric === "killed" ? total.low : total.wounded_low;
    if (coverageOf(total) === 1 && low !== null) least[total.incidents[0]] = low;
  }
  return least;
}

/** Incidents that the ribbon draws on a stretch of the line; one at a town is not at its province as well.
 * @param {World} world @param {[number, number]} stretch */
function matchStretch({ facts, marks }, stretch) {
  const [first, last] = stretch.map(Math.fround); // the marks carry no more digits
  const placed = (/** @type {number} */ i) => Number.isFinite(marks.km[i]) && marks.precision[i] <= LINE;
  const exact = new Uint8Array(facts.count);
  for (let i = 0; i < marks.count; i++) if (placed(i) && marks.precision[i] < PROVINCE) exact[marks.incident[i]] = 1;
  const found = new Uint8Array(facts.count);
  for (let i = 0; i < marks.count; i++) {
    if (!placed(i) || (marks.precision[i] >= PROVINCE && exact[marks.incident[i]])) continue;
    const end = Number.isFinite(marks.kmEnd[i]) ? Math.max(marks.km[i], marks.kmEnd[i]) : marks.km[i];
    if (marks.km[i] <= last && end >= first) found[marks.incident[i]] = 1;
  }
  return found;
}

/** Incidents with a point no farther than so many kilometres from a place. @param {World} world @param {[string, number]} within */
function matchWithin(world, [place, distance]) {
  const { facts, marks } = world;
  const found = new Uint8Array(facts.count);
  const point = pointOf(world, place);
  if (!point) return found;
  for (let i = 0; i < marks.count; i++) {
    if (measureBetween(point, [marks.lat[i], marks.lon[i]]) <= distance) found[marks.incident[i]] = 1;
  }
  return found;
}

/** Latitude and longitude of a place that some incident names, or of a crossing. @param {World} world @param {string} place
 * @returns {[number, number] | null} */
export function pointOf({ facts, marks, points }, place) {
  const i = marks.spot.findIndex((spot, at) => facts.spots.id[spot] === place && Number.isFinite(marks.lat[at]));
  return i < 0 ? (points.get(place) ?? null) : [marks.lat[i], marks.lon[i]];
}

/** Great-circle distance in km; NaN without coordinates. @param {[number, number]} a @param {[number, number]} b */
function measureBetween([latA, lonA], [latB, lonB]) {
  const rad = Math.PI / 180;
  const half =
    Math.sin(((latB - latA) * rad) / 2) ** 2 +
    Math.cos(latA * rad) * Math.cos(latB * rad) * Math.sin(((lonB - lonA) * rad) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(1, half)));
}
