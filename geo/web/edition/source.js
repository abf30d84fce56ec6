// @ts-check
/** What map and timeline ask for, out of what the file carries in place of a server's addresses. */

import { readLink, writeFilter } from "./link.js";
import { encodeMask, match } from "./match.js";

/** The days that the marks can hold; others stand as the nearest. */
const [FIRST_SENT, LAST_SENT] = [1, 65_535];

/**
 * @param {import("./match.js").World} world
 * @param {{basemap: any, points: ArrayBuffer, times: ArrayBuffer, losses: () => Promise<ArrayBuffer>, marks: any}} carried
 * @returns {import("../time/source.js").TimeSource & import("../map/source.js").Source}
 */
export const sourceFrom = (world, { basemap, points, times, losses, marks }) => ({
  basemap: () => Promise.resolve(basemap),
  points: () => Promise.resolve(points),
  times: () => Promise.resolve(times),
  losses,
  marks: () => Promise.resolve(marks),
  mask: (query) => Promise.resolve(encodeMask(matchMask(world, readLink(query).link.filter))),
});

/** The filter as map and timeline are told it: without its dates, at which they look themselves, unless some incident
 * has a day that the marks cannot hold. @param {import("./match.js").World} world @param {import("./link.js").Filter} filter */
export function maskQuery(world, filter) {
  return writeFilter(beyondReach(world).some(Boolean) ? filter : { ...filter, from: null, to: null });
}

/** @param {import("./match.js").World} world @param {import("./link.js").Filter} filter */
function matchMask(world, filter) {
  const matched = match(world, { ...filter, from: null, to: null });
  if (filter.from === null && filter.to === null) return matched;
  const beyond = beyondReach(world);
  const dated = match(world, filter);
  return matched.map((is, i) => (beyond[i] ? dated[i] : is));
}

/** @param {import("./match.js").World} world */
const beyondReach = ({ facts: { start, length } }) =>
  start.map((day, i) => day !== null && (day <= FIRST_SENT || day + length[i] >= LAST_SENT));
