// @ts-check
/** The numbers of the sentence above the map, and the order of the list: geo/snapshot/counting.py in the browser. */

import { coverageOf, endOf } from "./facts.js";
import { tallyBearers } from "./facts.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./facts.js").Total} Total */

/** A day that makes more than this share of the gap makes most of it. */
const MOST = 0.5;

/** First day, last day, and whether it is one night. @typedef {{start: number, end: number, night: boolean}} Gap */

/**
 * @typedef {object} Summary
 * @property {number} incidents
 * @property {string | null} province with most of them
 * @property {number} inProvince
 * @property {number | null} killedLow
 * @property {number | null} killedHigh
 * @property {boolean} moreThan
 * @property {Gap | null} gap
 */

/** Dead of each incident, those of a total for it alone included; high is -1 where nobody gives a number.
 * @typedef {{low: number[], high: number[], open: number[]}} Dead */

/** @typedef {{low: number, high: number, open: number, start: number | null, end: number | null, precise: number}} Toll */

/** @param {Facts} facts @param {Uint8Array} matched @returns {Summary} */
export function summarise(facts, matched) {
  const provinces = [...tallyBearers(facts.labels.province, matched)].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const dead = countDead(facts);
  const counted = chooseTotals(facts, matched, dead);
  const tolls = listTolls(facts, matched, dead, counted);
  const sum = (/** @type {"low" | "high"} */ name) =>
    tolls.length ? tolls.reduce((total, toll) => total + (name === "low" ? Math.max(0, toll.low) : toll.high), 0) : null;
  return {
    incidents: matched.reduce((n, is) => n + is, 0),
    province: provinces[0]?.[0] ?? null,
    inProvince: provinces[0]?.[1] ?? 0,
    killedLow: sum("low"),
    killedHigh: sum("high"),
    moreThan: tolls.some(({ open }) => open),
    gap: findGap(tolls),
  };
}

/** Indices of the matched incidents in the order of the list. @param {Facts} facts @param {Uint8Array} matched
 * @param {"newest" | "disputed"} by @returns {number[]} */
export function rank(facts, matched, by) {
  const order = by === "newest" ? [...facts.ids.keys()] : orderByGap(facts);
  return order.filter((i) => matched[i]);
}

/** @type {WeakMap<Facts, number[]>} */
const orders = new WeakMap();

/** All incidents, the widest gap first, then the newest. @param {Facts} facts */
function orderByGap(facts) {
  const known = orders.get(facts);
  if (known) return known;
  const dead = countDead(facts);
  const gap = dead.high.map((high, i) => (high < 0 ? 0 : high - Math.max(0, dead.low[i])));
  for (const total of totalsOfSeveral(facts)) {
    for (const i of total.incidents) gap[i] = Math.max(gap[i], (total.high ?? 0) - Math.max(total.low ?? 0, 0));
  }
  const order = [...gap.keys()].sort((a, b) => gap[b] - gap[a] || a - b);
  orders.set(facts, order);
  return order;
}

/** @param {Facts} facts @returns {Dead} */
function countDead({ killed_low: lows, killed_high: highs, killed_open: opens, totals }) {
  const [low, high, open] = [lows.map((n) => n ?? -1), highs.map((n) => n ?? -1), [...opens].map(Number)];
  for (const total of totals) {
    if (coverageOf(total) !== 1 || total.high === null) continue;
    const [i] = total.incidents;
    low[i] = total.low ?? -1;
    high[i] = Math.max(high[i], total.high);
    open[i] |= total.open;
  }
  return { low, high, open };
}

/** @param {Facts} facts */
const totalsOfSeveral = ({ totals }) => totals.filter((total) => coverageOf(total) > 1 && total.high !== null);

/**
 * Totals that count in place of the incidents they cover: all of them are in the selection, and it gives more than they
 * do one by one; of two that share incidents the one that adds more.
 * @param {Facts} facts @param {Uint8Array} matched @param {Dead} dead @returns {Total[]}
 */
function chooseTotals(facts, matched, dead) {
  const gains = totalsOfSeveral(facts)
    .filter(({ incidents }) => incidents.some((i) => matched[i]))
    .map((total) => ({ total, gain: (total.high ?? 0) - sumOf(total.incidents, dead.high) }))
    .sort((a, b) => b.gain - a.gain || (a.total.id < b.total.id ? -1 : 1));
  /** @type {Set<number>} */
  const taken = new Set();
  /** @type {Total[]} */
  const counted = [];
  for (const { total, gain } of gains) {
    const whole = !total.outside && total.incidents.every((i) => matched[i]);
    if (!whole || gain <= 0 || total.incidents.some((i) => taken.has(i))) continue;
    counted.push(total);
    total.incidents.forEach((i) => taken.add(i));
  }
  return counted;
}

/** @param {number[]} indices @param {number[]} column -1 is none */
const sumOf = (indices, column) => indices.reduce((sum, i) => sum + Math.max(0, column[i]), 0);

/** @param {Facts} facts @param {Uint8Array} matched @param {Dead} dead @param {Total[]} totals @returns {Toll[]} */
function listTolls(facts, matched, dead, totals) {
  const covered = new Set(totals.flatMap(({ incidents }) => incidents));
  const alone = dead.high.flatMap((high, i) => (matched[i] && high >= 0 && !covered.has(i) ? [i] : []));
  return [
    ...alone.map((i) => ({
      low: dead.low[i],
      high: dead.high[i],
      open: dead.open[i],
      start: facts.start[i],
      end: endOf(facts, i),
      precise: facts.precise[i],
    })),
    ...totals.map((total) => ({
      low: Math.min(Math.max(total.low ?? -1, sumOf(total.incidents, dead.low)), total.high ?? 0),
      high: total.high ?? 0,
      open: total.open,
      ...daysOfTotal(facts, total),
    })),
  ];
}

/** First and last day of what a total covers, and whether they are known to the day. @param {Facts} facts @param {Total} total */
function daysOfTotal(facts, { incidents }) {
  if (incidents.some((i) => facts.start[i] === null)) return { start: null, end: null, precise: 0 };
  return {
    start: Math.min(...incidents.map((i) => facts.start[i] ?? 0)),
    end: Math.max(...incidents.map((i) => endOf(facts, i) ?? 0)),
    precise: incidents.every((i) => facts.precise[i]) ? 1 : 0,
  };
}

/** The day or night with most of the difference. @param {Toll[]} tolls @returns {Gap | null} */
function findGap(tolls) {
  const all = tolls.reduce((sum, { low, high }) => sum + high - Math.max(0, low), 0);
  /** @type {Map<string, Gap & {sum: number}>} */
  const nights = new Map();
  for (const { low, high, start, end, precise } of tolls) {
    if (!precise || start === null || end === null || end - start > 1) continue;
    const night = nights.get(`${start} ${end}`) ?? { start, end, night: end - start === 1, sum: 0 };
    night.sum += high - Math.max(0, low);
    nights.set(`${start} ${end}`, night);
  }
  /** @type {(Gap & {sum: number}) | null} */
  let best = null;
  for (const night of nights.values()) if (!best || night.sum > best.sum) best = night;
  if (!all || !best || best.sum <= MOST * all) return null;
  const { start, end, night } = best;
  return { start, end, night };
}
