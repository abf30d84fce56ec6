// @ts-check
/** The points file, and the one pass that finds which marks a reader's filter leaves. */

import { worldX, worldY } from "./geometry.js";

const MAGIC = 0x31504942; // "BIP1"

export const EXACT = 0;
export const NEAR = 1;
export const DISTRICT = 2;
export const PROVINCE = 3;
export const LINE = 4;

export const PRECISIONS = ["exact", "near", "adm2", "adm1", "line", "country", "unknown"];

/**
 * A mark is one (incident, place) pair; all arrays have `count` entries.
 * @typedef {object} Points
 * @property {number} count
 * @property {number} incidents
 * @property {Float32Array} x world units; NaN when the mark has no point
 * @property {Float32Array} y
 * @property {Uint32Array} incident
 * @property {Uint32Array} place
 * @property {Uint16Array} start days since 1970-01-01; 0 is unknown
 * @property {Uint16Array} end
 * @property {Uint8Array} category
 * @property {Uint8Array} precision
 */

/** @param {ArrayBuffer} buffer @returns {Points} */
export function readPoints(buffer) {
  const [magic, count, incidents] = new Uint32Array(buffer, 0, 4);
  if (magic !== MAGIC) throw new Error("not a points file");
  let offset = 16;
  /** @template T @param {new (b: ArrayBuffer, o: number, n: number) => T} Kind @param {number} bytes */
  const take = (Kind, bytes) => {
    const values = new Kind(buffer, offset, count);
    offset += Math.ceil((count * bytes) / 4) * 4;
    return values;
  };
  const lon = take(Float32Array, 4);
  const lat = take(Float32Array, 4);
  const [incident, place] = [take(Uint32Array, 4), take(Uint32Array, 4)];
  const [start, end] = [take(Uint16Array, 2), take(Uint16Array, 2)];
  const [category, precision] = [take(Uint8Array, 1), take(Uint8Array, 1)];
  return { count, incidents, x: lon.map(worldX), y: lat.map(worldY), incident, place, start, end, category, precision };
}

/** Days that the file can hold; one beyond stands as the nearest, and the mask says whether its incident is meant. */
const [FIRST_DAY, LAST_DAY] = [1, 65535];

/** @param {number} day */
const inReach = (day) => Math.min(Math.max(day, FIRST_DAY), LAST_DAY);

/**
 * What the reader asked for.
 * @typedef {object} Filter
 * @property {Uint8Array | null} mask bit i, lowest first: incident i matches everything but the dates; null is all
 * @property {number | null} from first day; null is no limit
 * @property {number | null} to last day
 */

/**
 * Marks that the filter leaves: placed ones inside the window, and areas by place.
 * @typedef {object} Found
 * @property {Uint32Array} placed indices of marks with a point; the first `inView` entries count
 * @property {number} inView
 * @property {Uint32Array} areas indices of marks that are a province or a stretch; the first `areaCount` entries count
 * @property {number} areaCount
 * @property {number} matching marks that pass the filter, wherever they are
 */

/** Room for the answers of {@link findVisible}, made once. @param {number} count @returns {Found} */
export const roomFor = (count) => ({
  placed: new Uint32Array(count),
  inView: 0,
  areas: new Uint32Array(count),
  areaCount: 0,
  matching: 0,
});

/**
 * One pass over all marks. A mark that lasts several days is there on each of them; one without a date is there
 * only while no date is asked for.
 * @param {Points} points
 * @param {Filter} filter
 * @param {import("./geometry.js").Box} window in world units
 * @param {Found} room
 * @returns {Found} room, filled
 */
export function findVisible(points, filter, window, room) {
  const { count, x, y, incident, start, end, precision } = points;
  const { mask } = filter;
  const dated = filter.from != null || filter.to != null;
  const from = inReach(filter.from ?? FIRST_DAY);
  const to = inReach(filter.to ?? LAST_DAY);
  const { x0, y0, x1, y1 } = window;
  let inView = 0;
  let areaCount = 0;
  let matching = 0;
  for (let i = 0; i < count; i++) {
    if (dated && (end[i] < from || start[i] > to || start[i] === 0)) continue;
    if (mask !== null) {
      const n = incident[i];
      if (((mask[n >> 3] >> (n & 7)) & 1) === 0) continue;
    }
    matching++;
    const sure = precision[i];
    if (sure <= DISTRICT) {
      if (x[i] >= x0 && x[i] <= x1 && y[i] >= y0 && y[i] <= y1) room.placed[inView++] = i;
    } else if (sure <= LINE) room.areas[areaCount++] = i;
  }
  return Object.assign(room, { inView, areaCount, matching });
}

/**
 * Whether an incident passes the filter, by its first mark.
 * @param {Filter} filter @param {number} incident @param {number} start @param {number} end
 */
export function passes(filter, incident, start, end) {
  const { mask, from, to } = filter;
  if (mask !== null && ((mask[incident >> 3] >> (incident & 7)) & 1) === 0) return false;
  if (from == null && to == null) return true;
  return start !== 0 && end >= inReach(from ?? FIRST_DAY) && start <= inReach(to ?? LAST_DAY);
}
