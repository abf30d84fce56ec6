// @ts-check
/** From what reports say of a crossing, day by day, to the spans in which it was shut or partly open. */

/** State of a crossing from a day on, oldest first. @typedef {[number, string][]} History */

/**
 * Days over which a crossing was not open.
 * @typedef {object} Closure
 * @property {string} crossing place id, as in the basemap's crossings
 * @property {"shut" | "partly"} state
 * @property {number} start first day, since 1970-01-01
 * @property {number} last last day that is sure: the last report's, or the day before the state changed
 * @property {number | null} end the day before the state changed; null when no report says that it did
 */

/** @param {Record<string, History>} histories by place id @returns {Closure[]} */
export const findClosures = (histories) =>
  Object.entries(histories).flatMap(([crossing, history]) => spansOf(crossing, history));

/** @param {string} crossing @param {History} history @returns {Closure[]} */
function spansOf(crossing, history) {
  /** @type {Closure[]} */
  const spans = [];
  let before = "open";
  for (const [day, state] of history) {
    const current = spans[spans.length - 1];
    if (state === before) {
      if (state !== "open" && current) current.last = day;
      continue;
    }
    if (before !== "open" && current) current.end = current.last = Math.max(current.start, day - 1);
    if (state === "shut" || state === "partly") spans.push({ crossing, state, start: day, last: day, end: null });
    before = state;
  }
  return spans;
}
