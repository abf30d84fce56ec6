// @ts-check
/** Where the timeline's data comes from: the map's addresses and the times file beside them. */

import { sourceAt } from "../map/source.js";

/** `crossing_history`: what reports say of each crossing, by place id.
 * @typedef {import("../map/source.js").Marks & {crossing_history?: Record<string, import("./closures.js").History>}} TimeMarks */

/**
 * @typedef {object} TimeSource
 * @property {() => Promise<import("../map/source.js").Basemap & {countries?: string[]}>} basemap
 * @property {(rev: number, lang?: string) => Promise<TimeMarks>} marks words in a language, English by default
 * @property {(query: string, rev: number) => Promise<Uint8Array | null>} mask
 * @property {(rev: number) => Promise<ArrayBuffer>} times
 */

/** The server's addresses under `url`. @param {string} url @returns {TimeSource} */
export function timeSourceAt(url) {
  return {
    ...sourceAt(url),
    async times(rev) {
      const address = `${url}/times?rev=${rev}`;
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.arrayBuffer();
    },
  };
}
