// @ts-check
/** Play: the chosen days move through the data, or grow from their first day, in steps that end within a minute. */

/** @typedef {import("./times.js").Days} Days */
/** `data`: first and last day of what the filter leaves. @typedef {{period: Days, window: Days, data: Days}} Stand */
/** `speed`: how many times as fast. @typedef {{cumulative?: boolean, speed?: number}} Manner */

/**
 * What a play goes through.
 * @typedef {object} Plan
 * @property {Stand} stand where it was asked for
 * @property {number | null} first day that stays the first; null when the days move
 * @property {number} length days, where they move
 * @property {number} to last day shown now
 * @property {number} end last day of all
 * @property {number} step days
 * @property {number} tick milliseconds in which so many go by
 */

/** One day takes so long; of many days, so many as make a step take half of it. */
const DAY_MS = 400;
/** The longest that a play may take at its own speed. */
const MOST_MS = 60_000;
/** Days that a step, or a moving window, may have: what a reader calls a day, a week, a month, a quarter, a year. */
const LENGTHS = [1, 2, 3, 7, 14, 30, 61, 91, 182, 365];
/** From this part of the axis on chosen days are all there is: they cannot move, so a part of them does. */
const ALL = 0.9;
/** Part of the axis that moves when all of it is chosen. */
const MOVING_PART = 1 / 12;

export class Player {
  /** @param {(period: Days) => void} step @param {(on: boolean) => void} told */
  constructor(step, told) {
    this.step = step;
    this.told = told;
    this.on = false;
    this.timer = 0;
    /** @type {Plan | null} */
    this.plan = null;
  }

  /**
   * Goes on where the last play stopped, else begins; played to its end, or in another manner, it begins where that began.
   * Under reduced motion one call is one step.
   * @param {Stand} stand @param {Manner} manner
   */
  start(stand, { cumulative = false, speed = 1 }) {
    const last = this.plan && same(daysOf(this.plan), stand.period) ? this.plan : null;
    const goesOn = last && last.to < last.end && (last.first !== null) === cumulative;
    this.plan = goesOn ? last : planPlay({ ...stand, period: last?.stand.period ?? stand.period }, cumulative);
    cancelAnimationFrame(this.timer);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.stepOnce(this.plan);
    this.on = true;
    this.told(true);
    this.run(this.plan, (this.plan.step / this.plan.tick) * speed);
  }

  /** Day after day as often as the screen is drawn, so that what moves fast moves smoothly. @param {Plan} plan @param {number} pace days a millisecond */
  run(plan, pace) {
    const [begun, from] = [performance.now(), plan.to];
    const advance = () => {
      if (plan.to >= plan.end) return this.stop();
      this.timer = requestAnimationFrame(advance);
      const to = Math.min(plan.end, from + 1 + Math.floor((performance.now() - begun) * pace));
      if (to > plan.to) this.show(plan, to);
    };
    advance();
  }

  /** @param {Plan} plan */
  stepOnce(plan) {
    if (plan.to < plan.end) this.show(plan, Math.min(plan.end, plan.to + plan.step));
    this.on = false;
    this.told(false);
  }

  /** @param {Plan} plan @param {number} to */
  show(plan, to) {
    plan.to = to;
    this.step(daysOf(plan));
  }

  stop() {
    if (!this.on) return;
    cancelAnimationFrame(this.timer);
    this.on = false;
    this.told(false);
  }
}

/** @param {Plan} plan @returns {Days} */
const daysOf = ({ first, length, to }) => ({ from: first ?? to - length + 1, to });

/** @param {Days} a @param {Days} b */
const same = (a, b) => a.from === b.from && a.to === b.to;

/** @param {Days} days */
const lengthOf = ({ from, to }) => to - from + 1;

/** From which day to which, and in what steps. @param {Stand} stand @param {boolean} cumulative @returns {Plan} */
export function planPlay(stand, cumulative) {
  return cumulative ? planGrowth(stand) : planMove(stand);
}

/** The chosen days again from their first; what is empty before the data is not waited for. @param {Stand} stand @returns {Plan} */
function planGrowth(stand) {
  const { period, data } = stand;
  const begin = data.from > period.to ? period.from : Math.max(period.from, data.from);
  return { stand, first: period.from, length: 0, to: begin - 1, end: period.to, ...pace(period.to - begin + 1) };
}

/** The chosen days through the rest of the axis, or, once they are at its end, through all of it. @param {Stand} stand
 * @returns {Plan} */
function planMove(stand) {
  const { period, window } = stand;
  const reach = meet(window, stand.data);
  const all = lengthOf(period) > ALL * lengthOf(window);
  const length = all ? partOf(lengthOf(reach)) : lengthOf(period);
  const again = all || period.to >= reach.to || period.from < window.from;
  const begin = again ? Math.min(reach.from, window.to - length + 1) + length - 1 : period.to;
  const end = Math.max(reach.to, begin);
  const { step, tick } = pace(end - begin);
  return { stand, first: null, length, to: again ? begin - step : begin, end, step, tick };
}

/** Days that both hold; the outer ones where they do not meet. @param {Days} outer @param {Days} inner @returns {Days} */
function meet(outer, inner) {
  const both = { from: Math.max(outer.from, inner.from), to: Math.min(outer.to, inner.to) };
  return both.from > both.to ? outer : both;
}

/** @param {number} days */
const partOf = (days) => LENGTHS.filter((length) => length <= days * MOVING_PART).pop() ?? 1;

/** @param {number} days to go through @returns {{step: number, tick: number}} */
function pace(days) {
  if (days * DAY_MS <= MOST_MS) return { step: 1, tick: DAY_MS };
  const tick = DAY_MS / 2;
  const step = LENGTHS.find((length) => Math.ceil(days / length) * tick <= MOST_MS);
  return { step: step ?? Math.ceil((days * tick) / MOST_MS), tick };
}
