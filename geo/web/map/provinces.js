// @ts-check
/**
 * Incidents and losses by province, from the marks that the map holds.
 *
 * An incident counts once in each province that it names, as it does beside the filters. Its losses count in a
 * province only when it names that one alone: a figure for several provinces is never shared out, nor is one for a
 * stretch of the line.
 */

import { LINE, passes } from "./points.js";

/** @typedef {import("./points.js").Points} Points */
/** @typedef {import("./points.js").Filter} Filter */
/** @typedef {import("./source.js").Marks} Marks */

/** @typedef {{codes: string[], ofPlace: Int32Array}} ProvinceIndex `ofPlace`: index into the codes, -1 for none */

/** @type {WeakMap<Marks, ProvinceIndex>} */
const indexed = new WeakMap();

/** @param {Marks} marks @returns {ProvinceIndex} */
export function indexProvinces(marks) {
  const known = indexed.get(marks);
  if (known) return known;
  const codes = [...new Set(marks.places.flatMap(({ adm1 }) => adm1 ?? []))];
  const at = new Map(codes.map((code, i) => [code, i]));
  const index = { codes, ofPlace: Int32Array.from(marks.places, ({ adm1 }) => at.get(adm1 ?? "") ?? -1) };
  indexed.set(marks, index);
  return index;
}

/**
 * Calls back for each incident that passes, with its first mark and the one after its last.
 * @param {Points} points @param {Filter} filter @param {(first: number, end: number) => void} visit
 */
export function eachIncident(points, filter, visit) {
  const { count, incident, start, end } = points;
  for (let first = 0; first < count;) {
    const n = incident[first];
    let next = first + 1;
    while (next < count && incident[next] === n) next++;
    if (passes(filter, n, start[first], end[first])) visit(first, next);
    first = next;
  }
}

/** A figure that belongs to no one province. @typedef {{figure: number, provinces: string[]}} Shared */

/**
 * @typedef {object} ProvinceTally
 * @property {string[]} codes
 * @property {Float64Array} incidents by province
 * @property {Float64Array} figure losses by the lowest claims, added up
 * @property {Float64Array} told how many incidents give a figure for this province alone
 * @property {number} matching incidents that pass
 * @property {number} several those that name several provinces, counted in each
 * @property {number} nowhere those that name none
 * @property {Shared[]} shared the largest first
 */

/**
 * @param {{points: Points, marks: Marks, filter: Filter}} state
 * @param {"killed" | "wounded" | null} metric of which losses; null counts incidents only
 * @param {import("./losses.js").Losses | null} losses
 * @returns {ProvinceTally}
 */
export function tallyProvinces({ points, marks, filter }, metric, losses) {
  const { codes, ofPlace } = indexProvinces(marks);
  const { place, incident, precision } = points;
  const figures = metric && losses ? losses[metric] : null;
  const columns = () => new Float64Array(codes.length);
  /** @type {ProvinceTally} */
  const tally = {
    codes, incidents: columns(), figure: columns(), told: columns(), matching: 0, several: 0, nowhere: 0, shared: [],
  }; // prettier-ignore
  /** @type {number[]} */
  const named = [];
  eachIncident(points, filter, (first, end) => {
    let alongLine = false;
    named.length = 0;
    for (let i = first; i < end; i++) {
      const province = ofPlace[place[i]] ?? -1;
      if (province < 0) alongLine ||= precision[i] === LINE;
      else if (!named.includes(province)) named.push(province);
    }
    tally.matching++;
    if (!named.length) tally.nowhere++;
    else if (named.length > 1) tally.several++;
    for (const province of named) tally.incidents[province]++;
    const figure = figures ? figures[incident[first]] : -1;
    if (!(figure >= 0)) return;
    if (named.length === 1 && !alongLine) {
      tally.told[named[0]]++;
      tally.figure[named[0]] += figure;
    } else if (figure > 0) tally.shared.push({ figure, provinces: named.map((province) => codes[province]) });
  });
  if (metric && figures) addTotals(tally, { points, marks, filter }, metric, figures);
  tally.shared.sort((a, b) => b.figure - a.figure);
  return tally;
}

/**
 * Figures for several incidents together count in place of those incidents, where they say more; one that holds an
 * incident outside the selection says nothing of the selection.
 * @param {ProvinceTally} tally @param {{points: Points, marks: Marks, filter: Filter}} state
 * @param {"killed" | "wounded"} metric @param {Int32Array} figures
 */
function addTotals(tally, { points, marks, filter }, metric, figures) {
  const totals = marks.totals ?? [];
  if (!totals.length) return;
  const days = daysOfIncidents(points);
  const inside = totals.filter(({ incidents }) =>
    incidents.every((n) => passes(filter, n, days[n * 2], days[n * 2 + 1])),
  );
  const own = (/** @type {number[]} */ incidents) => incidents.reduce((sum, n) => sum + Math.max(figures[n], 0), 0);
  const gains = inside.map((total) => ({ total, gain: total[metric] - own(total.incidents) }));
  const taken = new Set();
  for (const { total, gain } of gains.sort((a, b) => b.gain - a.gain)) {
    if (gain <= 0 || total.incidents.some((n) => taken.has(n))) continue;
    total.incidents.forEach((n) => taken.add(n));
    const province = total.adm1.length === 1 ? tally.codes.indexOf(total.adm1[0]) : -1;
    if (province < 0) tally.shared.push({ figure: total[metric], provinces: total.adm1 });
    else {
      tally.told[province]++;
      tally.figure[province] += gain;
    }
  }
}

/** @type {WeakMap<Points, Uint16Array>} */
const daysKnown = new WeakMap();

/** First and last day of each incident, one after the other. @param {Points} points @returns {Uint16Array} */
function daysOfIncidents(points) {
  const known = daysKnown.get(points);
  if (known) return known;
  const days = new Uint16Array(points.incidents * 2);
  for (let i = 0; i < points.count; i++) days.set([points.start[i], points.end[i]], points.incident[i] * 2);
  daysKnown.set(points, days);
  return days;
}
