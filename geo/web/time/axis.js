// @ts-check
/** The one axis of dates: days to pixels, which days it shows, where its ticks stand, and how days are binned. */

import { dateInMonth, monthEnd, monthName, monthOf, monthStart, nextUnit, unitStart, yearOf } from "./calendar.js";
import { STACK } from "./tally.js";

/** @typedef {import("./times.js").Days} Days */
/** @typedef {import("./calendar.js").Unit} Unit */
/** @typedef {import("./words.js").Say} Say */

/**
 * @typedef {object} Axis
 * @property {number} left px
 * @property {number} width px
 * @property {number} from first day shown
 * @property {number} to last day shown
 */

/** Pixels of one day. @param {Axis} axis */
export const dayWidth = (axis) => axis.width / (axis.to - axis.from + 1);
/** Where a day begins. @param {Axis} axis @param {number} day */
export const dayX = (axis, day) => axis.left + (day - axis.from) * dayWidth(axis);
/** The day under a pixel; may lie outside the axis. @param {Axis} axis @param {number} x */
export const dayAt = (axis, x) => axis.from + Math.floor((x - axis.left) / dayWidth(axis));
/** The day whose beginning is nearest to a pixel. @param {Axis} axis @param {number} x */
export const edgeAt = (axis, x) => axis.from + Math.round((x - axis.left) / dayWidth(axis));

/** @param {number} value @param {number} low @param {number} high */
export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** The same number of days, moved into `outer`, cut where they do not fit. @param {Days} days @param {Days} outer */
export function shiftInto({ from, to }, outer) {
  const length = Math.min(to - from, outer.to - outer.from);
  const start = clamp(from, outer.from, outer.to - length);
  return { from: start, to: start + length };
}

/** Least days that a window may show. */
export const LEAST_WINDOW = 14;

/**
 * The days to show round a chosen period, so that it fills about a third of the axis: whole months where it is long.
 * @param {Days} period @param {Days} extent @returns {Days}
 */
function windowAround(period, extent) {
  const length = period.to - period.from + 1;
  if (length > 0.6 * (extent.to - extent.from + 1)) return extent;
  const margin = Math.max(length, 14);
  const wanted =
    length >= 20
      ? { from: monthStart(period.from - margin + 14), to: monthEnd(period.to + margin - 14) }
      : { from: period.from - margin, to: period.to + margin };
  return shiftInto(wanted, extent);
}

/** Whether a window still suits a period: holds all of it, and shows neither a speck nor nothing beside it.
 * @param {Days} window @param {Days} period @param {Days} extent */
function suits(window, period, extent) {
  const whole = window.from <= extent.from && window.to >= extent.to;
  const share = (period.to - period.from + 1) / (window.to - window.from + 1);
  return period.from >= window.from && period.to <= window.to && share > 0.025 && (whole || share < 0.95);
}

/**
 * Whole months that hold every date of the data, or, without any, the days that are asked for.
 * @param {Days | null} dated @param {{from?: number | null, to?: number | null}} asked @returns {Days}
 */
export function extentOf(dated, { from, to }) {
  const days = dated ?? { from: from ?? to ?? 0, to: to ?? from ?? 0 };
  return { from: monthStart(days.from), to: monthEnd(days.to) };
}

/**
 * The period that is asked for, in the window that was there where it suits, else in one of its own.
 * @param {{from?: number | null, to?: number | null}} asked null is no limit
 * @param {{period: Days, window: Days} | null} before @param {Days} extent
 * @returns {{period: Days, window: Days}}
 */
export function placeDays(asked, before, extent) {
  const from = clamp(asked.from ?? extent.from, extent.from, extent.to);
  const period = { from, to: clamp(asked.to ?? extent.to, from, extent.to) };
  const same = before && before.period.from === period.from && before.period.to === period.to;
  const inside = before && before.window.from >= extent.from && before.window.to <= extent.to;
  if (before && inside && (same || suits(before.window, period, extent))) return { period, window: before.window };
  return { period, window: windowAround(period, extent) };
}

/** @typedef {{day: number, text: string, strong?: boolean}} Tick */

const MONTH_ROOM = 34;
/** Room for a month with its year. */
const MONTH_YEAR_ROOM = 62;
const TEN_DAYS_ROOM = 26;
const YEAR_ROOM = 34;
const LABELLED_DATES = [10, 20];

/**
 * Ticks of the axis. The month in which the period begins is strong and has its year.
 * @param {Axis} axis @param {number} chosen first day of the period @param {Say} say @returns {Tick[]}
 */
export function axisTicks(axis, chosen, say) {
  const month = dayWidth(axis) * 30.4;
  if (month * 6 < MONTH_YEAR_ROOM) return yearTicks(axis);
  const step = month >= MONTH_ROOM ? 1 : month * 3 >= MONTH_YEAR_ROOM ? 3 : 6;
  const ticks = monthTicks(axis, step, monthStart(chosen), say);
  return dayWidth(axis) * 10 < TEN_DAYS_ROOM ? ticks : withDates(axis, ticks);
}

/** @param {Axis} axis @param {number} step months @param {number} strongMonth @param {Say} say @returns {Tick[]} */
function monthTicks(axis, step, strongMonth, say) {
  /** @type {Tick[]} */
  const ticks = [];
  const first = axis.from === monthStart(axis.from) ? axis.from : monthStart(axis.from, 1);
  const named = first <= strongMonth && strongMonth <= axis.to;
  for (let day = first; day <= axis.to; day = monthStart(day, 1)) {
    if (monthOf(day) % step) continue;
    const strong = day === strongMonth;
    const withYear = strong || monthOf(day) === 0 || (!named && !ticks.length);
    const name = monthName(monthOf(day), say);
    ticks.push({ day, text: withYear ? `${name} ${yearOf(day)}` : name, strong });
  }
  return ticks;
}

/** @param {Axis} axis @param {Tick[]} months @returns {Tick[]} */
function withDates(axis, months) {
  const ticks = [...months];
  for (let day = axis.from; day <= axis.to; day++)
    if (LABELLED_DATES.includes(dateInMonth(day))) ticks.push({ day, text: String(dateInMonth(day)) });
  return ticks.sort((a, b) => a.day - b.day);
}

/** Every year, or every second, fifth ... where they crowd. @param {Axis} axis @returns {Tick[]} */
export function yearTicks(axis) {
  const room = dayWidth(axis) * 365.25;
  const step = [1, 2, 5, 10, 20, 50].find((n) => room * n >= YEAR_ROOM) ?? 100;
  const ticks = [];
  for (let day = unitStart(axis.from, "year"); day <= axis.to; day = nextUnit(day, "year"))
    if (day >= axis.from && yearOf(day) % step === 0) ticks.push({ day, text: String(yearOf(day)) });
  const [first] = ticks;
  const spare = first ? dayX(axis, first.day) - axis.left : axis.width;
  if (spare >= YEAR_ROOM) ticks.unshift({ day: axis.from, text: String(yearOf(axis.from)) });
  return ticks;
}

/**
 * @typedef {object} Bins
 * @property {Unit} unit
 * @property {number[]} edges first day of each bin, and of the one after the last
 * @property {Uint32Array} counts incidents by bin and category of STACK
 * @property {number} most incidents in the fullest bin
 */

const LEAST_BIN = 2.4;
/** @type {[Unit, number][]} */
const UNIT_DAYS = [
  ["day", 1],
  ["week", 7],
  ["month", 30.4],
  ["year", 365.25],
];

/** The finest unit whose bins can be told apart. @param {number} pxPerDay @returns {Unit} */
export const unitFor = (pxPerDay) => (UNIT_DAYS.find(([, days]) => days * pxPerDay >= LEAST_BIN) ?? ["year"])[0];

/** @param {import("./tally.js").Tally} tally @param {Days} days @param {Unit} unit @returns {Bins} */
export function binDays(tally, days, unit) {
  const edges = [];
  let edge = unitStart(days.from, unit);
  for (; edge <= days.to; edge = nextUnit(edge, unit)) edges.push(edge);
  edges.push(edge);
  const n = STACK.length;
  const counts = new Uint32Array((edges.length - 1) * n);
  let most = 0;
  for (let b = 0; b < edges.length - 1; b++) {
    const last = Math.min(edges[b + 1] - tally.first, tally.days);
    for (let day = Math.max(0, edges[b] - tally.first); day < last; day++)
      for (let k = 0; k < n; k++) counts[b * n + k] += tally.perDay[day * n + k];
    let total = 0;
    for (let k = 0; k < n; k++) total += counts[b * n + k];
    most = Math.max(most, total);
  }
  return { unit, edges, counts, most };
}

/** One or two round numbers for the height of the histogram. @param {number} most @returns {number[]} */
export function countTicks(most) {
  if (most < 2) return most ? [1] : [];
  const power = 10 ** Math.floor(Math.log10(most / 2));
  const step = [5, 2, 1].map((n) => n * power).find((n) => 2 * n <= most) ?? power;
  return [step, 2 * step];
}
