// @ts-check
/** What a reader moves: the two ends of the chosen period, the period itself, and the window of the axis above. */

import { clamp, dayAt, edgeAt, shiftInto } from "./axis.js";
import { monthEnd, monthStart } from "./calendar.js";
import { handleKeys } from "./keys.js";
import { daysInWords } from "../map/words.js";
import { windowBox } from "./overview.js";
import { periodSpan } from "./picture.js";

/** @typedef {import("./times.js").Days} Days */
/** @typedef {import("./picture.js").Scene} Scene */
/** @typedef {import("./state.js").State} State */
/** @typedef {"from" | "to" | "period" | "new" | "window" | "window-from" | "window-to"} Grip */

/**
 * @typedef {object} Drag
 * @property {Grip} grip
 * @property {number} x where it began
 * @property {Days} period
 * @property {Days} window
 * @property {number} day under the pointer when it began
 * @property {boolean} moved
 */

/** Pixels that a finger may tremble before it drags. */
const STILL = 4;
/** Days of a bigger step. */
const BIG_STEP = 7;
const PAGE_DAYS = 30;
/** Pixels at the window's box that resize it. */
const EDGE = { mouse: 6, touch: 16 };
/** Pixels across a handle that take hold of it. */
const HANDLE = { mouse: 20, touch: 44 };
/** Pixels of a handle's hold that reach into the period, which can itself be dragged. */
const INWARD = 6;

/** A handle taken by pointer needs no ring. @type {FocusOptions & {focusVisible?: boolean}} */
const BY_POINTER = { preventScroll: true, focusVisible: false };

export class Controls {
  /** @param {HTMLElement} stage @param {import("./time.js").Timeline} timeline */
  constructor(stage, timeline) {
    this.stage = stage;
    this.timeline = timeline;
    this.window = slider("time-window");
    this.from = slider("time-handle time-from");
    this.to = slider("time-handle time-to");
    stage.append(this.window, this.from, this.to);
    /** @type {Drag | null} */
    this.drag = null;
    stage.addEventListener("pointerdown", (event) => this.press(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    stage.addEventListener("pointerup", (event) => this.lift(event));
    stage.addEventListener("pointercancel", () => this.cancel());
    stage.addEventListener("pointerleave", () => timeline.leave());
    stage.addEventListener("keydown", (event) => this.key(event));
    stage.addEventListener("focusout", () => timeline.release());
  }

  /** Puts the handles where the picture has the ends. @param {Scene} scene @param {State} state */
  place(scene, state) {
    const { layout, axis, strip } = scene;
    const { x0, x1 } = periodSpan(state, axis);
    const reach = this.touch ? HANDLE.touch : HANDLE.mouse;
    const tall = { top: layout.histogramTop - 2, height: layout.laneFoot - layout.histogramTop + 2 };
    const left = clamp(x0 - reach + INWARD, 0, layout.width - reach);
    const right = clamp(x1 - INWARD, 0, layout.width - reach);
    setBox(this.from, { left, width: reach, ...tall, pill: x0 - left });
    setBox(this.to, { left: right, width: reach, ...tall, pill: x1 - right });
    const box = windowBox(strip, state.window, layout.overviewTop);
    setBox(this.window, { left: box.x0, width: box.x1 - box.x0, top: box.y0, height: box.y1 - box.y0 });
    this.say(state);
  }

  /** @param {State} state */
  say({ period, window, extent, say, lang }) {
    const words = (/** @type {Days} */ { from, to }) => daysInWords(from, to, lang) ?? "";
    describe(
      this.from,
      say("time.from"),
      window.from,
      period.to,
      period.from,
      words({ from: period.from, to: period.from }),
    );
    describe(this.to, say("time.to"), period.from, window.to, period.to, words({ from: period.to, to: period.to }));
    describe(this.window, say("time.window"), extent.from, extent.to, window.from, words(window));
  }

  /** @param {PointerEvent} event */
  press(event) {
    const { scene, state } = this.timeline;
    if (!scene || !state || event.button !== 0) return;
    const { x, y } = this.at(event);
    this.touch = event.pointerType === "touch";
    const grip = this.gripAt(scene, state, event, x, y);
    if (!grip) return;
    const axis = grip.startsWith("window") ? scene.strip : scene.axis;
    this.timeline.play(false);
    this.drag = { grip, x, period: state.period, window: state.window, day: dayAt(axis, x), moved: false };
    this.stage.setPointerCapture(event.pointerId);
    const held = { from: this.from, to: this.to, window: this.window }[/** @type {"from"} */ (grip.split("-")[0])];
    held?.focus(BY_POINTER);
    if (!held) event.preventDefault();
  }

  /** What a pointer takes hold of. @param {Scene} scene @param {State} state @param {PointerEvent} event
   * @param {number} x @param {number} y @returns {Grip | null} */
  gripAt(scene, state, event, x, y) {
    if (event.target === this.from) return "from";
    if (event.target === this.to) return "to";
    const { layout, axis } = scene;
    if (x < axis.left - 8 || y > layout.laneFoot) return null;
    if (y >= layout.histogramTop - 2) {
      const { x0, x1 } = periodSpan(state, axis);
      const all = state.period.from <= state.window.from && state.period.to >= state.window.to;
      return x >= x0 && x <= x1 && !all ? "period" : "new";
    }
    const box = windowBox(scene.strip, state.window, layout.overviewTop);
    const edge = this.touch ? EDGE.touch : EDGE.mouse;
    const inner = Math.min(edge / 2, (box.x1 - box.x0) / 4);
    if (Math.abs(x - box.x0) <= edge && x < box.x0 + inner) return "window-from";
    if (Math.abs(x - box.x1) <= edge && x > box.x1 - inner) return "window-to";
    return "window";
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { drag } = this;
    const { x, y } = this.at(event);
    if (!drag) {
      const { scene, state } = this.timeline;
      this.stage.dataset.grip = (scene && state && this.gripAt(scene, state, event, x, y)) ?? "";
      return this.timeline.point(x, y, event);
    }
    if (Math.abs(x - drag.x) > STILL) drag.moved = true;
    if (!drag.moved) return;
    this.timeline.leave();
    this.pull(drag, x);
  }

  /** Moves what is held to a pixel. @param {Drag} drag @param {number} x */
  pull({ grip, period, window, day, x: began }, x) {
    const { scene, state, timeline } = { ...this.timeline, timeline: this.timeline };
    if (!scene || !state) return;
    const { axis, strip } = scene;
    const edge = clamp(edgeAt(axis, x), state.window.from, state.window.to + 1);
    if (grip === "from") timeline.setPeriod({ from: Math.min(edge, period.to), to: period.to });
    if (grip === "to") timeline.setPeriod({ from: period.from, to: Math.max(edge - 1, period.from) });
    if (grip === "new") {
      const now = clamp(dayAt(axis, x), state.window.from, state.window.to);
      timeline.setPeriod({ from: Math.min(day, now), to: Math.max(day, now) });
    }
    if (grip === "period") {
      const by = edgeAt(axis, x) - edgeAt(axis, began);
      timeline.setPeriod(shiftInto({ from: period.from + by, to: period.to + by }, state.window));
    }
    const by = dayAt(strip, x) - day;
    if (grip === "window") this.shiftWindow(period, window, by);
    if (grip === "window-from") timeline.setWindow({ from: window.from + by, to: window.to }, period);
    if (grip === "window-to") timeline.setWindow({ from: window.from, to: window.to + by }, period);
  }

  /** Moves the window, and the chosen period with it. @param {Days} period @param {Days} window @param {number} by days */
  shiftWindow(period, window, by) {
    const { state } = this.timeline;
    if (!state) return;
    const moved = shiftInto({ from: window.from + by, to: window.to + by }, state.extent);
    const shift = moved.from - window.from;
    this.timeline.setWindow(moved, { from: period.from + shift, to: period.to + shift });
  }

  /** @param {PointerEvent} event */
  lift(event) {
    const { drag } = this;
    this.drag = null;
    if (!drag) return;
    const { x, y } = this.at(event);
    if (drag.moved) return this.timeline.release();
    if (drag.grip === "window") {
      const middle = (drag.window.from + drag.window.to) >> 1;
      if (drag.day < drag.window.from || drag.day > drag.window.to)
        this.shiftWindow(drag.period, drag.window, drag.day - middle);
      this.timeline.release();
    } else this.timeline.click(x, y, event);
  }

  cancel() {
    const { drag } = this;
    this.drag = null;
    if (drag?.moved) this.timeline.setWindow(drag.window, drag.period);
    this.timeline.release();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { state } = this.timeline;
    if (!state || event.altKey || event.ctrlKey || event.metaKey) return;
    const done =
      event.target === this.window
        ? this.keyWindow(event, state)
        : event.target === this.from || event.target === this.to
          ? this.keyEnd(event, state, event.target === this.from)
          : false;
    if (event.key === "Escape") this.timeline.leave();
    if (done) {
      event.preventDefault();
      this.timeline.releaseSoon();
    }
  }

  /** @param {KeyboardEvent} event @param {State} state @param {boolean} isFrom @returns {boolean} */
  keyEnd(event, { period, window }, isFrom) {
    const day = isFrom ? period.from : period.to;
    const [least, most] = isFrom ? [window.from, period.to] : [period.from, window.to];
    const target = handleKeys(event, day, { step: event.shiftKey ? BIG_STEP : 1, page: PAGE_DAYS, least, most });
    if (target === null) return false;
    if (isFrom) this.timeline.setPeriod({ from: clamp(target, window.from, period.to), to: period.to });
    else this.timeline.setPeriod({ from: period.from, to: clamp(target, period.from, window.to) });
    return true;
  }

  /** Arrows move by a month, with Shift by a year; plus and minus show fewer and more days.
   * @param {KeyboardEvent} event @param {State} state @returns {boolean} */
  keyWindow(event, { period, window, extent }) {
    const zoom = { "+": 1, "=": 1, "-": -1, _: -1 }[event.key];
    if (zoom) {
      const by = Math.round((window.to - window.from + 1) / (zoom > 0 ? -4 : 2));
      this.timeline.setWindow(
        { from: Math.min(period.from, window.from - by), to: Math.max(period.to, window.to + by) },
        period,
      );
      return true;
    }
    const months = handleKeys(event, 0, { step: event.shiftKey ? 12 : 1, page: 12, least: -Infinity, most: Infinity });
    if (months === null) return false;
    const toEnd = months < 0 ? extent.from - window.from : extent.to - window.to;
    this.shiftWindow(period, window, Number.isFinite(months) ? monthShift(window.from, months) : toEnd);
    return true;
  }

  /** @param {PointerEvent} event */
  at(event) {
    const box = this.stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** Whether the reader's finger is the pointer. */
  touch = matchMedia("(pointer: coarse)").matches;
}

/** Days from a day to the same place some months on. @param {number} day @param {number} months */
const monthShift = (day, months) =>
  Math.min(monthStart(day, months) + day - monthStart(day), monthEnd(day, months)) - day;

/** @param {string} className */
function slider(className) {
  const element = document.createElement("div");
  element.className = className;
  element.tabIndex = 0;
  element.setAttribute("role", "slider");
  element.setAttribute("aria-orientation", "horizontal");
  return element;
}

/** @param {HTMLElement} element @param {string} label @param {number} least @param {number} most @param {number} now
 * @param {string} text */
function describe(element, label, least, most, now, text) {
  const values = { label, valuemin: least, valuemax: most, valuenow: now, valuetext: text };
  for (const [name, value] of Object.entries(values)) element.setAttribute(`aria-${name}`, String(value));
}

/** @param {HTMLElement} element @param {{left: number, width: number, top: number, height: number, pill?: number}} box */
function setBox(element, { left, width, top, height, pill }) {
  Object.assign(element.style, { left: `${left}px`, width: `${width}px`, top: `${top}px`, height: `${height}px` });
  if (pill !== undefined) element.style.setProperty("--pill", `${pill}px`);
}
