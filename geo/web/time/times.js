// @ts-check
/** The times file: when and where along the line each mark is, and the order and weight of marks in it. */

const TIMES_MAGIC = 0x31544942; // "BIT1"

const WHOLE_BORDER = 1;
const FIRST_MARK = 2;

/** Sides of the line as the file numbers them. */
export const SIDE_NONE = 0;
export const SIDE_FIRST = 1;
export const SIDE_SECOND = 2;

/** How a mark stands on the ribbon: not at all, as a stretch of the line, or as a point of it. */
export const ABSENT = 0;
export const STRETCH = 1;
export const POINT = 2;

/** Index of the first precision that is an area (province), and of the last that has a place on the line. */
const PROVINCE_PRECISION = 3;
const LINE_PRECISION = 4;

/**
 * A mark is one (incident, place) pair; all arrays have `count` entries.
 * @typedef {object} Times
 * @property {number} count
 * @property {number} incidents one more than the highest incident index
 * @property {Float32Array} km first kilometre along the line; NaN when the mark is not on the ribbon
 * @property {Float32Array} kmEnd last kilometre; NaN or the same for a point
 * @property {Uint32Array} incident
 * @property {Uint16Array} start days since 1970-01-01; 0 is unknown
 * @property {Uint16Array} end
 * @property {Uint8Array} category
 * @property {Uint8Array} precision
 * @property {Uint8Array} side 0 none, 1 first country, 2 second
 * @property {Uint8Array} flags
 * @property {Uint32Array} order indices of dated marks by first day
 * @property {Uint8Array} standing ABSENT, STRETCH or POINT by mark
 * @property {Days | null} extent first and last day that is dated; null when none is
 */

/** First and last day, both included. @typedef {{from: number, to: number}} Days */

/** @param {Times} times @param {number} i */
export const isWholeBorder = (times, i) => (times.flags[i] & WHOLE_BORDER) !== 0;

/** @param {Times} times @param {number} i */
export const isFirstMark = (times, i) => (times.flags[i] & FIRST_MARK) !== 0;

/** @param {ArrayBuffer} buffer @returns {Omit<Times, "order" | "standing" | "extent">} */
function readColumns(buffer) {
  const [magic, count] = new Uint32Array(buffer, 0, 4);
  if (magic !== TIMES_MAGIC) throw new Error("not a times file");
  let offset = 16;
  /** @template T @param {new (b: ArrayBuffer, o: number, n: number) => T} Kind @param {number} bytes */
  const column = (Kind, bytes) => {
    const values = new Kind(buffer, offset, count);
    offset += Math.ceil((count * bytes) / 4) * 4;
    return values;
  };
  const [km, kmEnd, incident] = [column(Float32Array, 4), column(Float32Array, 4), column(Uint32Array, 4)];
  const [start, end] = [column(Uint16Array, 2), column(Uint16Array, 2)];
  const [category, precision] = [column(Uint8Array, 1), column(Uint8Array, 1)];
  const [side, flags] = [column(Uint8Array, 1), column(Uint8Array, 1)];
  const incidents = incident.reduce((most, n) => Math.max(most, n + 1), 0);
  return { count, incidents, km, kmEnd, incident, start, end, category, precision, side, flags };
}

/** @param {ArrayBuffer} buffer @returns {Times} */
export function readTimes(buffer) {
  const columns = readColumns(buffer);
  const order = orderByStart(columns.start);
  return { ...columns, order, standing: standings(columns), extent: extentOf(columns, order) };
}

/** Indices of dated marks by first day: a counting sort, for there are few days and many marks.
 * @param {Uint16Array} start @returns {Uint32Array} */
function orderByStart(start) {
  const next = new Uint32Array(65537);
  for (const day of start) next[day + 1]++;
  const undated = next[1];
  for (let day = 1; day < next.length; day++) next[day] += next[day - 1];
  const order = new Uint32Array(start.length);
  for (let i = 0; i < start.length; i++) order[next[start[i]]++] = i;
  return order.subarray(undated);
}

/**
 * How each mark stands on the ribbon. An incident that has a town is not drawn as its province as well.
 * @param {Pick<Times, "count" | "incidents" | "km" | "incident" | "precision" | "flags">} columns
 */
function standings({ count, incidents, km, incident, precision, flags }) {
  const standing = new Uint8Array(count);
  const best = new Uint8Array(incidents);
  for (let i = 0; i < count; i++) {
    const placed = precision[i] <= LINE_PRECISION && Number.isFinite(km[i]);
    if (!placed && (flags[i] & WHOLE_BORDER) === 0) continue;
    standing[i] = placed && precision[i] < PROVINCE_PRECISION ? POINT : STRETCH;
    best[incident[i]] = Math.max(best[incident[i]], standing[i]);
  }
  for (let i = 0; i < count; i++) if (standing[i] < best[incident[i]]) standing[i] = ABSENT;
  return standing;
}

/** @param {Pick<Times, "start" | "end">} columns @param {Uint32Array} order @returns {Days | null} */
function extentOf({ start, end }, order) {
  if (!order.length) return null;
  let last = 0;
  for (const i of order) last = Math.max(last, end[i], start[i]);
  return { from: start[order[0]], to: last };
}
