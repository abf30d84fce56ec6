// @ts-check
/** What of the line the map shows. */

/** South, west, north, east. @typedef {[number, number, number, number]} Bounds */

/** Parts of a straight piece of the line that are looked at one by one. */
const PARTS = 8;
/** A share of the line from which on the map shows all of it. */
const ALL = 0.98;

/** Kilometres of the line inside the map's box; none when all of it, or nothing, is.
 * @param {import("../map/source.js").LineRecord} line @param {Bounds | null} bounds @returns {[number, number][]} */
export function rangesInView({ coordinates, km }, bounds) {
  if (!bounds) return [];
  const [south, west, north, east] = bounds;
  /** @type {[number, number][]} */
  const ranges = [];
  for (let i = 0; i + 1 < coordinates.length; i++) {
    const [[lon, lat], [nextLon, nextLat]] = [coordinates[i], coordinates[i + 1]];
    for (let part = 0; part < PARTS; part++) {
      const middle = (part + 0.5) / PARTS;
      const [x, y] = [lon + (nextLon - lon) * middle, lat + (nextLat - lat) * middle];
      if (x < west || x > east || y < south || y > north) continue;
      const at = (/** @type {number} */ share) => km[i] + (km[i + 1] - km[i]) * share;
      const [from, to] = [at(part / PARTS), at((part + 1) / PARTS)];
      const last = ranges[ranges.length - 1];
      if (last && from - last[1] < 0.01) last[1] = to;
      else ranges.push([from, to]);
    }
  }
  const shown = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  return shown >= ALL * km[km.length - 1] ? [] : ranges;
}
