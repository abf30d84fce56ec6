// @ts-check
/** Play: one day at a time, the period moving through the window, or growing from its first day. */

import { shiftInto } from "./axis.js";

/** @typedef {import("./times.js").Days} Days */

const MS_PER_STEP = 400;

export class Player {
  /** @param {(period: Days) => void} step @param {(on: boolean) => void} told */
  constructor(step, told) {
    this.step = step;
    this.told = told;
    this.timer = 0;
  }

  get on() {
    return this.timer !== 0;
  }

  /**
   * Starts from a period. It moves to the window's end; a period that fills the window, or `cumulative`, grows instead.
   * Under reduced motion one call is one step.
   * @param {Days} period @param {Days} window @param {{cumulative?: boolean}} how
   */
  start(period, window, { cumulative = false }) {
    this.stop();
    const days = periods(period, window, cumulative);
    const advance = () => {
      const next = days.next();
      if (next.done) return this.stop();
      this.step(next.value);
    };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      advance();
      this.told(false);
      return;
    }
    this.timer = window ? globalThis.setInterval(advance, MS_PER_STEP) : 0;
    this.told(true);
    advance();
  }

  stop() {
    if (!this.on) return;
    clearInterval(this.timer);
    this.timer = 0;
    this.told(false);
  }
}

/** The periods that play goes through. @param {Days} period @param {Days} window @param {boolean} cumulative
 * @returns {Generator<Days>} */
function* periods(period, window, cumulative) {
  if (cumulative || period.to - period.from >= 0.9 * (window.to - window.from)) {
    for (let to = period.from; to <= period.to; to++) yield { from: period.from, to };
    return;
  }
  const length = period.to - period.from;
  const begin = period.to >= window.to ? window.from - 1 : period.from;
  for (let from = begin + 1; from + length <= window.to; from++) yield shiftInto({ from, to: from + length }, window);
}
