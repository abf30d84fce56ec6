// @ts-check
/** The columns that an edition filters, counts and sorts by: geo/edition/facts.py. */

/** Different values, and for each incident which one it has. @template T @typedef {{values: T[], of: number[]}} Coded */

/**
 * What incidents bear of one kind.
 * @typedef {object} Labels
 * @property {string[]} names
 * @property {string[]} [keys] how names are compared, where not as they are
 * @property {number[][]} sets indices of names that some incident bears together
 * @property {number[]} of set of each incident
 */

/**
 * What is claimed of several incidents or places together; counted once.
 * @typedef {object} Total
 * @property {string} id
 * @property {number[]} incidents those of this edition
 * @property {number} outside how many more it covers
 * @property {number | null} low dead if every lowest claim is right
 * @property {number | null} high
 * @property {0 | 1} open
 * @property {number | null} wounded_low
 * @property {number} claims
 * @property {number} places
 */

/**
 * Where incidents were, a row for each incident at each of its spots.
 * @typedef {object} Marks
 * @property {number} count
 * @property {Uint32Array} incident
 * @property {Uint32Array} spot
 * @property {Float32Array} lon NaN when the spot has no point
 * @property {Float32Array} lat
 * @property {Float32Array} km first kilometre along the line; NaN when it is not on it
 * @property {Float32Array} kmEnd
 * @property {Uint8Array} precision
 */

/**
 * @typedef {object} Facts
 * @property {number} count
 * @property {string[]} ids newest first, the undated last
 * @property {string[]} categories
 * @property {number[]} category
 * @property {(number | null)[]} start day since 1970-01-01
 * @property {number[]} length days from the first to the last
 * @property {(0 | 1)[]} precise known to the day or the night
 * @property {(0 | 1)[]} background
 * @property {(number | null)[]} killed_low
 * @property {(number | null)[]} killed_high
 * @property {(0 | 1)[]} killed_open
 * @property {(number | null)[]} wounded_low
 * @property {(number | null)[]} distance_km
 * @property {(number | null)[]} uncertainty_km
 * @property {Record<string, Labels>} labels by key of the link
 * @property {Total[]} totals
 * @property {{id: (string | null)[], name: Coded<string | null>, precision: number[]}} spots
 * @property {Record<string, string[]>} types
 * @property {Record<string, number[]>} choices numbers that readers choose from, by key of the link
 */

const HEADER = 16;

/** @param {ArrayBuffer} points @param {ArrayBuffer} times @returns {Marks} */
export function readMarks(points, times) {
  const [, count] = new Uint32Array(points, 0, 4);
  const words = (/** @type {ArrayBuffer} */ file, /** @type {number} */ column) => HEADER + column * count * 4;
  const halves = Math.ceil((count * 2) / 4) * 4;
  const bytes = Math.ceil(count / 4) * 4;
  return {
    count,
    lon: new Float32Array(points, words(points, 0), count),
    lat: new Float32Array(points, words(points, 1), count),
    incident: new Uint32Array(points, words(points, 2), count),
    spot: new Uint32Array(points, words(points, 3), count),
    precision: new Uint8Array(points, words(points, 4) + 2 * halves + bytes, count),
    km: new Float32Array(times, words(times, 0), count),
    kmEnd: new Float32Array(times, words(times, 1), count),
  };
}

/** The value of a coded column. @template T @param {Coded<T>} column @param {number} i @returns {T} */
export const valueAt = ({ values, of }, i) => values[of[i]];

/** Last day of an incident. @param {Facts} facts @param {number} i @returns {number | null} */
export function endOf({ start, length }, i) {
  const first = start[i];
  return first === null ? null : first + length[i];
}

/** First and last day of all that is dated. @param {Facts} facts @returns {[number, number] | null} */
export function daysOf(facts) {
  let [first, last] = [Infinity, -Infinity];
  facts.start.forEach((start, i) => {
    if (start === null) return;
    first = Math.min(first, start);
    last = Math.max(last, start + facts.length[i]);
  });
  return first <= last ? [first, last] : null;
}

/** How many incidents a total covers, wherever they are. @param {Total} total */
export const coverageOf = ({ incidents, outside }) => incidents.length + outside;

/**
 * Which incidents bear at least one of some values.
 * @param {Labels} labels @param {string[]} wanted as they are compared
 * @returns {Uint8Array}
 */
export function findBearers({ names, keys = names, sets, of }, wanted) {
  const codes = new Set(wanted.map((value) => keys.indexOf(value)).filter((code) => code >= 0));
  const fits = sets.map((set) => set.some((code) => codes.has(code)));
  return Uint8Array.from(of, (set) => (fits[set] ? 1 : 0));
}

/** How many of the matched incidents bear each value; values that none bears are left out.
 * @param {Labels} labels @param {Uint8Array} matched @returns {Map<string, number>} */
export function tallyBearers({ names, sets, of }, matched) {
  const bySet = new Uint32Array(sets.length);
  for (let i = 0; i < of.length; i++) bySet[of[i]] += matched[i];
  const counts = new Uint32Array(names.length);
  sets.forEach((set, i) => set.forEach((code) => (counts[code] += bySet[i])));
  return new Map(names.map((name, code) => /** @type {[string, number]} */ ([name, counts[code]])).filter(([, n]) => n));
}
