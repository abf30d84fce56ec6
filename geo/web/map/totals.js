// @ts-check
/** Figures for many places, counted once: which one is drawn, and which marks belong to one. */

import { openPath, outlineOf, stretchOf } from "./geometry.js";
import { PROVINCE, passes } from "./points.js";

/** @typedef {import("./source.js").ScopeRecord} ScopeRecord */
/** @typedef {import("./scene.js").State} State */
/** @typedef {import("./scene.js").Total} Total */

/** @type {WeakMap<ScopeRecord[], Map<number, ScopeRecord>>} */
const totalsKnown = new WeakMap();

/** @param {ScopeRecord[]} scopes @returns {Map<number, ScopeRecord>} */
export function totalsByIncident(scopes) {
  const known = totalsKnown.get(scopes);
  if (known) return known;
  const totals = new Map(scopes.flatMap((scope) => scope.incidents.map((n) => [n, scope])));
  totalsKnown.set(scopes, totals);
  return totals;
}

/** Whether a mark is one of the places that a total is for: they are drawn as one area, never one by one.
 * @param {State} state @param {number} i @param {ScopeRecord | undefined} scope */
export function partOfTotal({ points, marks }, i, scope) {
  if (!scope) return false;
  if (points.precision[i] !== PROVINCE) return Boolean(scope.border_km);
  return scope.adm1.includes(marks.places[points.place[i]].adm1 ?? "");
}

/** @type {WeakMap<ScopeRecord, Path2D>} */
const outlines = new WeakMap();

/** The one total that is drawn: the chosen incident's, else the latest. @param {State} state
 * @param {import("./points.js").Found} found @param {string} [metric] only a total that counts this
 * @returns {Total | null} */
export function findTotal({ points, marks, filter, selected, opened, ground }, found, metric) {
  const passing = marks.scopes.filter(
    (scope) =>
      (!metric || scope.metric === metric) && scope.incidents.some((n) => passes(filter, n, scope.start, scope.end)),
  );
  const own = passing.find((scope) => scope.incidents.includes(selected));
  const latest = passing.reduce((a, b) => (!a || b.end > a.end ? b : a), /** @type {ScopeRecord | null} */ (null));
  const record = own ?? latest;
  if (!record) return null;
  const areas = record.adm1.flatMap((code) => ground.provinces.get(code) ?? []);
  const outline = outlines.get(record) ?? outlineOf(areas.map((area) => area.rings));
  outlines.set(record, outline);
  const band = record.border_km ? openPath(stretchOf(ground.line, ...record.border_km)) : null;
  const first = found.areas.subarray(0, found.areaCount).find((i) => record.incidents.includes(points.incident[i]));
  return { record, areas, outline, band, faint: opened && !own, marks: first === undefined ? [] : [first] };
}
