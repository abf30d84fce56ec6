// @ts-check
/** Counts of what a filter leaves, made once for each filter, so that moving dates never looks at a mark again. */

import { ABSENT, isFirstMark, isWholeBorder, STRETCH } from "./times.js";

/** @typedef {import("./times.js").Times} Times */
/** @typedef {import("./times.js").Days} Days */

/** Event categories as they are stacked, from the foot. */
export const STACK = ["clash", "shelling", "strike", "raid", "bombing", "crossings", "other"];

/** Rows of the ribbon's density picture. */
export const DENSITY_ROWS = 36;

/**
 * @typedef {object} Tally
 * @property {number} first day of index 0
 * @property {number} days
 * @property {Uint32Array} perDay incidents that begin on a day: `days` times one entry per category of STACK
 * @property {Uint32Array} begun incidents that have begun before day i
 * @property {Uint32Array} over incidents that have ended before day i
 * @property {number} undated
 * @property {Uint32Array} blocks first marks of incidents by first day
 * @property {Uint32Array} ribbon marks on the ribbon by first day
 * @property {Uint32Array} density marks on the line by day and row; row 0 is kilometre 0
 * @property {number} longest most days that a mark of `ribbon` lasts beyond its first
 * @property {(incident: number) => boolean} matches whether the filter leaves an incident on the ribbon
 */

/** Kilometres by incident that a total's box stands for. @typedef {Map<number, [number, number]>} Held */

/** Days that the file can hold; one beyond stands as the nearest. */
const [FIRST_DAY, LAST_DAY] = [1, 65535];

/** Kilometres by which a province may reach out of a total that names a stretch of it. */
const HELD_MARGIN_KM = 5;

/** Whether a stretch lies in the box of its incident's total. @param {Times} times @param {number} i
 * @param {[number, number] | undefined} range */
const isHeld = ({ km, kmEnd }, i, range) =>
  range !== undefined &&
  km[i] >= range[0] - HELD_MARGIN_KM &&
  Math.max(km[i], kmEnd[i] || 0) <= range[1] + HELD_MARGIN_KM;

/** @param {Uint8Array | null} mask @param {number} n */
export const inMask = (mask, n) => mask === null || ((mask[n >> 3] >> (n & 7)) & 1) === 1;

/**
 * @param {Times} times
 * @param {{mask: Uint8Array | null, wide: Uint8Array | null}} masks `wide`: without a limit along the line, for the ribbon
 * @param {string[]} categories in the file's order
 * @param {{extent: Days, lengthKm: number, held: Held}} world
 * @returns {Tally}
 */
export function tallyMarks(times, { mask, wide }, categories, { extent, lengthKm, held }) {
  const days = extent.to - extent.from + 1;
  const tally = {
    first: extent.from,
    days,
    perDay: new Uint32Array(days * STACK.length),
    begun: new Uint32Array(days + 1),
    over: new Uint32Array(days + 1),
    undated: countUndated(times, mask),
    blocks: new Uint32Array(times.order.length),
    ribbon: new Uint32Array(times.order.length),
    density: new Uint32Array(days * DENSITY_ROWS),
    longest: 0,
    matches: (/** @type {number} */ incident) => inMask(wide, incident),
  };
  const stack = categories.map((name) => (STACK.includes(name) ? STACK.indexOf(name) : STACK.length - 1));
  fill(tally, times, { mask, wide }, { stack, lengthKm, held });
  for (let day = 1; day <= days; day++) {
    tally.begun[day] += tally.begun[day - 1];
    tally.over[day] += tally.over[day - 1];
  }
  return tally;
}

/** @param {Times} times @param {Uint8Array | null} mask */
function countUndated(times, mask) {
  let undated = 0;
  for (let i = 0; i < times.count; i++)
    if (times.start[i] === 0 && isFirstMark(times, i) && inMask(mask, times.incident[i])) undated++;
  return undated;
}

/**
 * @param {Tally} tally @param {Times} times @param {{mask: Uint8Array | null, wide: Uint8Array | null}} masks
 * @param {{stack: number[], lengthKm: number, held: Held}} world
 */
function fill(tally, times, { mask, wide }, { stack, lengthKm, held }) {
  const { start, end, incident, category, standing, km, kmEnd } = times;
  const { first, perDay, begun, over, blocks, ribbon, density } = tally;
  let [blockCount, ribbonCount] = [0, 0];
  for (const i of times.order) {
    if (!inMask(wide, incident[i])) continue;
    const day = start[i] - first;
    const lasts = Math.max(0, end[i] - start[i]);
    if (isFirstMark(times, i) && inMask(mask, incident[i])) {
      perDay[day * STACK.length + (stack[category[i]] ?? STACK.length - 1)]++;
      begun[day + 1]++;
      over[day + lasts + 1]++;
      blocks[blockCount++] = i;
    }
    if (standing[i] === ABSENT || (standing[i] === STRETCH && isHeld(times, i, held.get(incident[i])))) continue;
    ribbon[ribbonCount++] = i;
    tally.longest = Math.max(tally.longest, lasts);
    if (isWholeBorder(times, i)) continue;
    const middle = kmEnd[i] > km[i] ? (km[i] + kmEnd[i]) / 2 : km[i];
    const row = Math.min(DENSITY_ROWS - 1, Math.max(0, Math.floor((middle / lengthKm) * DENSITY_ROWS)));
    density[day * DENSITY_ROWS + row]++;
  }
  tally.blocks = blocks.subarray(0, blockCount);
  tally.ribbon = ribbon.subarray(0, ribbonCount);
}

/** Incidents that take place on any of the days, as the map counts them. @param {Tally} tally @param {Days} days */
export function countBetween(tally, { from, to }) {
  const at = (/** @type {number} */ day) => Math.min(tally.days, Math.max(0, day - tally.first));
  return tally.begun[at(Math.max(to, FIRST_DAY) + 1)] - tally.over[at(Math.min(from, LAST_DAY))];
}

/** First and last day on which an incident that the filter leaves begins; null when none does.
 * @param {Tally} tally @param {Times} times @returns {Days | null} */
export function datedDays({ blocks }, { start }) {
  return blocks.length ? { from: start[blocks[0]], to: start[blocks[blocks.length - 1]] } : null;
}

/** Incidents that begin on the days, by category of STACK. @param {Tally} tally @param {Days} days */
export function countBegun(tally, { from, to }) {
  const counts = new Array(STACK.length).fill(0);
  const last = Math.min(tally.days - 1, to - tally.first);
  for (let day = Math.max(0, from - tally.first); day <= last; day++)
    for (let k = 0; k < STACK.length; k++) counts[k] += tally.perDay[day * STACK.length + k];
  return counts;
}

/** Position in a list of marks (by first day) of the first that begins on `day` or later.
 * @param {Uint32Array} marks @param {Uint16Array} start @param {number} day */
export function firstFrom(marks, start, day) {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[marks[middle]] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
