// @ts-check
/** Where everything on the ribbon stands: kilometre along the line against date, south-west at the foot. */

import { dayX } from "./axis.js";
import { rangeOfTotal } from "./state.js";
import { firstFrom } from "./tally.js";
import { isWholeBorder, POINT } from "./times.js";

/** @typedef {import("./axis.js").Axis} Axis */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./times.js").Days} Days */

/**
 * @typedef {object} Frame
 * @property {number} top px
 * @property {number} foot px, kilometre 0
 * @property {number} laneFoot px, foot of the lane "Whole border" below
 * @property {number} lengthKm
 */

/** A mark at a point of the line; `y0` to `y1` is the range that its place allows.
 * @typedef {{mark: number, days: Days, x: number, x0: number, x1: number, y: number, y0: number, y1: number}} Point */
/** A mark somewhere on a stretch, or, in the last lane, on the whole border.
 * @typedef {{mark: number, days: Days, x0: number, x1: number, y0: number, y1: number, whole: boolean}} Stretch */
/** One figure for many places.
 * @typedef {{scope: import("../map/source.js").ScopeRecord, days: Days, x0: number, x1: number, y0: number, y1: number}} Total */
/** A crossing that is not open: solid from x0 to x1, and open-ended to x2; `begins` when its first day is shown.
 * @typedef {{closure: import("./closures.js").Closure, name: string, y: number, x0: number, x1: number, x2: number,
 begins: boolean}} Rule */

/**
 * @typedef {object} Ribbon
 * @property {boolean} dense too many marks: they are drawn as shades
 * @property {Point[]} points
 * @property {Stretch[]} stretches
 * @property {Total[]} totals
 * @property {Rule[]} rules
 */

/** More marks than this are drawn as shades: single shapes would only cover each other. */
const MOST_MARKS = 500;
const LEAST_WIDTH = 7;
/** Pixels between two rules that say the same. */
const RULE_ROOM = 5;
/** Days after which a last report says nothing of a crossing any more. */
const STALE_DAYS = 180;
/** Days before the window in which a long mark may have begun. */
const LOOK_BACK = 92;

/** @param {Frame} frame @param {number} km */
export const kmY = ({ top, foot, lengthKm }, km) =>
  foot - (Math.max(0, Math.min(lengthKm, km)) / lengthKm) * (foot - top);

/** @param {State} state @param {Axis} axis @param {Frame} frame @returns {Ribbon} */
export function layRibbon(state, axis, frame) {
  const marks = marksBetween(state, axis);
  return {
    dense: marks === null,
    points: (marks ?? []).filter((i) => state.times.standing[i] === POINT).map((i) => layPoint(state, axis, frame, i)),
    stretches: packLane(
      (marks ?? []).filter((i) => state.times.standing[i] !== POINT).map((i) => layStretch(state, axis, frame, i)),
      frame,
    ),
    totals: state.marks.scopes.flatMap((scope) => layTotal(state, axis, frame, scope)),
    rules: thinOut(state.closures.flatMap((closure) => layRule(state, axis, frame, closure))),
  };
}

/** Marks on the days of the axis; null when they are too many to draw one by one.
 * @param {State} state @param {Days} days @returns {number[] | null} */
function marksBetween({ times, tally }, { from, to }) {
  const { ribbon } = tally;
  const back = Math.min(LOOK_BACK, tally.longest);
  const end = firstFrom(ribbon, times.start, to + 1);
  if (end - firstFrom(ribbon, times.start, from) > MOST_MARKS) return null;
  const found = [];
  for (let p = firstFrom(ribbon, times.start, from - back); p < end; p++)
    if (times.end[ribbon[p]] >= from || times.start[ribbon[p]] >= from) found.push(ribbon[p]);
  return found.length > MOST_MARKS ? null : found;
}

/** First and last day of a mark. @param {State} state @param {number} i @returns {Days} */
const daysOf = ({ times }, i) => ({ from: times.start[i], to: Math.max(times.start[i], times.end[i]) });

/** Pixels of some days, at least wide enough to see. @param {Axis} axis @param {Days} days @param {number} [least] */
function span(axis, { from, to }, least = 0) {
  const [x0, x1] = [dayX(axis, from), dayX(axis, to + 1)];
  const lacking = Math.max(0, least - (x1 - x0)) / 2;
  return { x0: x0 - lacking, x1: x1 + lacking };
}

/** @param {State} state @param {Axis} axis @param {Frame} frame @param {number} i @returns {Point} */
function layPoint(state, axis, frame, i) {
  const { km, kmEnd } = state.times;
  const last = kmEnd[i] > km[i] ? kmEnd[i] : km[i];
  const days = daysOf(state, i);
  const { x0, x1 } = span(axis, days);
  const [y0, y1] = [kmY(frame, last), kmY(frame, km[i])];
  return { mark: i, days, x: (x0 + x1) / 2, x0, x1, y: (y0 + y1) / 2, y0, y1 };
}

/** @param {State} state @param {Axis} axis @param {Frame} frame @param {number} i @returns {Stretch} */
function layStretch(state, axis, frame, i) {
  const { km, kmEnd } = state.times;
  const days = daysOf(state, i);
  const whole = isWholeBorder(state.times, i);
  if (whole) return { mark: i, days, ...span(axis, days, LEAST_WIDTH), y0: frame.foot, y1: frame.laneFoot, whole };
  const last = kmEnd[i] > km[i] ? kmEnd[i] : km[i];
  return {
    mark: i,
    days,
    ...span(axis, days, LEAST_WIDTH),
    y0: kmY(frame, last) - 1,
    y1: kmY(frame, km[i]) + 1,
    whole,
  };
}

/** Gives bars of the last lane that share days a row each. @param {Stretch[]} stretches @param {Frame} frame */
function packLane(stretches, { foot, laneFoot }) {
  const whole = stretches.filter((stretch) => stretch.whole).sort((a, b) => a.x0 - b.x0);
  /** @type {number[]} */
  const ends = [];
  const rows = whole.map(({ x0, x1 }) => {
    const free = ends.findIndex((end) => end <= x0 + 0.5);
    const row = free < 0 ? ends.length : free;
    ends[row] = x1;
    return row;
  });
  const height = (laneFoot - foot - 4) / Math.max(2, ends.length);
  const middle = (foot + laneFoot - height * ends.length) / 2;
  whole.forEach((stretch, i) => {
    stretch.y0 = middle + rows[i] * height + Math.min(1, height / 6);
    stretch.y1 = middle + (rows[i] + 1) * height;
  });
  return stretches;
}

/** @param {State} state @param {Axis} axis @param {Frame} frame @param {import("../map/source.js").ScopeRecord} scope
 * @returns {Total[]} */
function layTotal({ border, tally }, axis, frame, scope) {
  const days = { from: scope.start, to: Math.max(scope.start, scope.end) };
  const range = rangeOfTotal(scope, border);
  if (!scope.start || days.to < axis.from || days.from > axis.to || !range) return [];
  if (!scope.incidents.some((incident) => tally.matches(incident))) return [];
  return [{ scope, days, ...span(axis, days, LEAST_WIDTH), y0: kmY(frame, range[1]), y1: kmY(frame, range[0]) }];
}

/** Leaves out rules that would lie on one another and say the same: of a whole border shut at once, one every few pixels.
 * @param {Rule[]} rules @returns {Rule[]} */
function thinOut(rules) {
  /** @type {Rule[]} */
  const kept = [];
  for (const rule of rules)
    if (!kept.some((other) => Math.abs(other.y - rule.y) < RULE_ROOM && sameSpan(other, rule))) kept.push(rule);
  return kept;
}

/** @param {Rule} a @param {Rule} b */
const sameSpan = (a, b) => a.closure.state === b.closure.state && a.x0 === b.x0 && a.x1 === b.x1 && a.x2 === b.x2;

/** @param {State} state @param {Axis} axis @param {Frame} frame @param {import("./closures.js").Closure} closure
 * @returns {Rule[]} */
function layRule({ border }, axis, frame, closure) {
  const crossing = border.crossings.get(closure.crossing);
  const end = closure.end ?? Math.min(axis.to, closure.last + STALE_DAYS);
  if (!crossing || closure.start > axis.to || end < axis.from) return [];
  const at = (/** @type {number} */ day) => dayX(axis, Math.max(axis.from, Math.min(axis.to + 1, day)));
  const [x0, x1, x2] = [at(closure.start), at(closure.last + 1), at(end + 1)];
  return [
    {
      closure,
      name: crossing.name,
      y: Math.round(kmY(frame, crossing.km)),
      x0,
      x1: Math.min(x1, x2),
      x2,
      begins: closure.start >= axis.from,
    },
  ];
}
