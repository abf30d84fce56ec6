// @ts-check
/** How many incidents each further choice would leave: geo/snapshot/matching.py, ``count_facets``. */

import { tallyBearers } from "./facts.js";
import { loosenFilter } from "./link.js";
import { allOf, countOf, findLeast, findParts, match } from "./match.js";

/**
 * @typedef {object} Counts
 * @property {Record<string, Map<string, number>>} by key of the link, then value; "" is any where it takes a number
 * @property {number} matched
 * @property {Uint8Array} mask
 */

/** @param {import("./match.js").World} world @param {import("./link.js").Filter} filter @returns {Counts} */
export function countChoices(world, filter) {
  const { facts } = world;
  const parts = findParts(world, filter);
  const mask = allOf(world, [...parts.values()]);
  const others = (/** @type {string} */ key) =>
    parts.has(key) ? allOf(world, [...parts].filter(([name]) => name !== key).map(([, part]) => part)) : mask;
  /** @type {Record<string, Map<string, number>>} */
  const by = {};
  for (const [key, labels] of Object.entries(facts.labels)) by[key] = tallyBearers(labels, others(key));
  for (const [key, column] of Object.entries(columnsOf(facts))) {
    by[key] = countNumbers(facts.choices[key], column, others(key), key.endsWith("_km"));
  }
  return { by, matched: countOf(mask), mask };
}

/** How many incidents there are without each limit that is set. @param {import("./match.js").World} world
 * @param {import("./link.js").Filter} filter @returns {[string, number][]} */
export const countLoosened = (world, filter) =>
  loosenFilter(filter).map(([key, looser]) => [key, countOf(match(world, looser))]);

/** @param {import("./facts.js").Facts} facts @returns {Record<string, (number | null)[]>} */
const columnsOf = (facts) => ({
  border_km: facts.distance_km,
  located_km: facts.uncertainty_km,
  killed: findLeast(facts, "killed"),
  wounded: findLeast(facts, "wounded"),
});

/** @param {number[]} choices @param {(number | null)[]} column @param {Uint8Array} mask @param {boolean} atMost
 * @returns {Map<string, number>} */
function countNumbers(choices, column, mask, atMost) {
  const counts = new Map(choices.map((choice) => [String(choice), 0]));
  column.forEach((value, i) => {
    if (!mask[i] || value === null) return;
    for (const choice of choices) {
      if (atMost ? value <= choice : value >= choice) counts.set(String(choice), (counts.get(String(choice)) ?? 0) + 1);
    }
  });
  return counts.set("", countOf(mask));
}
