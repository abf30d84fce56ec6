// @ts-check
/** The brush along the line: a stretch chosen by dragging beside the ribbon, or by the keys of its two ends. */

import { clamp } from "./axis.js";
import { kmY } from "./ribbon.js";
import { handleKeys } from "./keys.js";

/** First and last kilometre. @typedef {[number, number]} Stretch */
/** @typedef {import("./picture.js").Scene} Scene */
/** @typedef {import("./state.js").State} State */
/** @typedef {"low" | "high" | "new"} Hold */

/** Kilometres of a step by key, of a bigger one, and of a page. */
const STEP_KM = 10;
const BIG_STEP_KM = 50;
const PAGE_KM = 100;
/** The shortest stretch: a finger's breadth of the ribbon. */
const LEAST_KM = 5;
/** A crossing so near says where an end is. */
const NEAR_KM = 20;
/** Pixels that a pointer may tremble before it drags. */
const STILL = 3;
/** Pixels of an end's hold: along the line, and across it where a finger may be the pointer. */
const HOLD = { tall: 24, wide: 30, touch: 44 };
/** Quiet after the last key before the server is told. */
const REST_MS = 350;

export class Brush {
  /** @param {HTMLElement} stage @param {import("./time.js").Timeline} timeline */
  constructor(stage, timeline) {
    this.stage = stage;
    this.timeline = timeline;
    this.names = part("div", "time-names");
    this.low = part("div", "time-end time-low");
    this.high = part("div", "time-end time-high");
    this.clear = /** @type {HTMLButtonElement} */ (part("button", "time-whole"));
    this.clear.type = "button";
    stage.append(this.names, this.low, this.high, this.clear);
    /** @type {{hold: Hold, y: number, km: number, before: Stretch | null, moved: boolean} | null} */
    this.drag = null;
    /** Whether the page does not know yet what the reader has chosen. */
    this.unsaid = false;
    for (const [element, hold] of /** @type {[HTMLElement, Hold][]} */ ([
      [this.names, "new"],
      [this.low, "low"],
      [this.high, "high"],
    ]))
      this.listen(element, hold);
    this.clear.addEventListener("click", () => {
      this.set(null);
      this.low.focus();
      this.release();
    });
    this.clear.addEventListener("pointerdown", (event) => event.stopPropagation());
  }

  /** @param {HTMLElement} element @param {Hold} hold */
  listen(element, hold) {
    if (hold !== "new") {
      element.tabIndex = 0;
      element.setAttribute("role", "slider");
      element.setAttribute("aria-orientation", "vertical");
      element.addEventListener("keydown", (event) => this.key(event, hold));
      element.addEventListener("blur", () => this.release());
    }
    element.addEventListener("pointerdown", (event) => this.press(event, element, hold));
    element.addEventListener("pointermove", (event) => this.move(event));
    element.addEventListener("pointerup", () => this.lift());
    element.addEventListener("pointercancel", () => this.cancel());
  }

  /** Whether the reader is choosing a stretch just now, so that an older one from the page must wait. */
  get isHeld() {
    return this.drag !== null || this.unsaid;
  }

  /** Puts ends and button where the picture has them. @param {Scene} scene @param {State} state */
  place({ axis, frame, layout }, state) {
    const [low, high] = state.stretch ?? [0, state.border.lengthKm];
    const touch = matchMedia("(pointer: coarse)").matches;
    const [tall, wide] = touch ? [HOLD.touch, HOLD.touch] : [HOLD.tall, HOLD.wide];
    setBox(this.names, { left: 0, top: frame.top, width: axis.left - 14, height: frame.foot - frame.top });
    const left = clamp(axis.left - wide / 2 + 4, 0, axis.left);
    // each lies outside the stretch, so that both can be taken however short it is
    setBox(this.low, { left, top: kmY(frame, low) - 1, width: wide, height: tall });
    setBox(this.high, { left, top: kmY(frame, high) + 1 - tall, width: wide, height: tall });
    this.stage.classList.toggle("brushed", state.stretch !== null);
    setBox(this.clear, { left: 0, top: layout.laneFoot + 1, width: axis.left - 14, height: 18 });
    this.say(state, low, high);
  }

  /** @param {State} state @param {number} low @param {number} high */
  say({ border, say }, low, high) {
    const [from, to] = [low / border.lengthKm, high / border.lengthKm];
    describe(this.low, say("time.stretch_from"), [0, from, to], placeOn(border, low));
    describe(this.high, say("time.stretch_to"), [from, to, 1], placeOn(border, high));
    this.clear.textContent = `× ${say("time.whole_line")}`;
    this.names.title = say("time.stretch");
  }

  /** @param {PointerEvent} event @param {HTMLElement} element @param {Hold} hold */
  press(event, element, hold) {
    const { state } = this.timeline;
    if (!state || event.button !== 0) return;
    event.stopPropagation(); // the stage would choose days
    if (hold === "new") event.preventDefault();
    this.timeline.play(false);
    this.drag = { hold, y: event.clientY, km: this.kmAt(event), before: state.stretch, moved: false };
    element.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { drag } = this;
    const { state } = this.timeline;
    if (!drag || !state) return;
    event.stopPropagation();
    drag.moved ||= Math.abs(event.clientY - drag.y) > STILL;
    if (!drag.moved) return;
    const [low, high] = drag.before ?? [0, state.border.lengthKm];
    const km = this.kmAt(event);
    this.set(
      drag.hold === "new" ? [drag.km, km] : drag.hold === "low" ? [Math.min(km, high), high] : [low, Math.max(km, low)],
    );
  }

  lift() {
    const { drag } = this;
    this.drag = null;
    if (drag?.hold === "new" && !drag.moved) this.chooseLane(drag.km);
    this.release();
  }

  cancel() {
    if (this.drag?.moved) this.set(this.drag.before);
    this.drag = null;
    this.release();
  }

  /** The stretch of the province beside the pointer; a second time all of the line again. @param {number} km */
  chooseLane(km) {
    const { state } = this.timeline;
    const lane = state?.border.lanes.find(({ from, to }) => km >= from && km <= to);
    if (!lane || !state) return;
    const wanted = this.tidy([lane.from, lane.to], state);
    this.set(wanted && state.stretch && String(wanted) === String(state.stretch) ? null : wanted);
  }

  /** @param {KeyboardEvent} event @param {"low" | "high"} hold */
  key(event, hold) {
    const { state } = this.timeline;
    if (!state || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = state.border.lengthKm;
    const [low, high] = state.stretch ?? [0, all];
    const isLow = hold === "low";
    const [least, most] = isLow ? [0, high - LEAST_KM] : [low + LEAST_KM, all];
    const reach = { step: event.shiftKey ? BIG_STEP_KM : STEP_KM, page: PAGE_KM, least, most };
    const km = handleKeys(event, isLow ? low : high, reach);
    const clears = event.key === "Delete" || event.key === "Backspace" || (event.key === "Escape" && state.stretch);
    if (km === null && !clears) return;
    event.preventDefault();
    if (clears) this.set(null);
    else if (km !== null) this.set(isLow ? [clamp(km, least, most), high] : [low, clamp(km, least, most)]);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.release(), REST_MS);
  }

  /** @param {PointerEvent} event */
  kmAt(event) {
    const { scene, state } = this.timeline;
    if (!scene || !state) return 0;
    const { top, foot } = scene.frame;
    const y = event.clientY - this.stage.getBoundingClientRect().top;
    return clamp(((foot - y) / (foot - top)) * state.border.lengthKm, 0, state.border.lengthKm);
  }

  /** Whole kilometres in order; null when they are all there are. @param {Stretch} stretch @param {State} state
   * @returns {Stretch | null} */
  tidy([a, b], { border: { lengthKm } }) {
    const [low, high] = [Math.floor(Math.min(a, b)), Math.ceil(Math.max(a, b))];
    if (low <= 1 && high >= lengthKm - 1) return null;
    return high - low >= LEAST_KM ? [low, high] : [Math.max(0, high - LEAST_KM), Math.max(LEAST_KM, high)];
  }

  /** @param {Stretch | null} wanted */
  set(wanted) {
    const { state } = this.timeline;
    if (!state) return;
    const stretch = wanted && this.tidy(wanted, state);
    if (String(stretch) === String(state.stretch)) return;
    state.stretch = stretch;
    this.unsaid = true;
    this.timeline.redraw();
  }

  /** Tells the page what the reader has settled on. */
  release() {
    clearTimeout(this.resting);
    if (!this.unsaid || this.drag) return;
    this.unsaid = false;
    this.timeline.options.onStretch?.(this.timeline.state?.stretch ?? null);
  }
}

/** Where an end is, in names: the province, and a crossing that is near. @param {import("./state.js").Border} border
 * @param {number} km */
function placeOn({ lanes, crossings }, km) {
  const lane = lanes.find(({ from, to }) => km >= from && km <= to);
  const [near] = [...crossings.values()]
    .filter((crossing) => Math.abs(crossing.km - km) <= NEAR_KM)
    .sort((a, b) => Math.abs(a.km - km) - Math.abs(b.km - km));
  return [lane?.name, near?.name].filter(Boolean).join(", ");
}

/** Values in hundredths of the line: its length as measured is never said. @param {HTMLElement} element
 * @param {string} label @param {[number, number, number]} shares least, now, most @param {string} text */
function describe(element, label, shares, text) {
  const [valuemin, valuenow, valuemax] = shares.map((share) => Math.round(share * 100));
  const values = { label, valuemin, valuenow, valuemax, valuetext: text };
  for (const [name, value] of Object.entries(values)) element.setAttribute(`aria-${name}`, String(value));
}

/** @param {HTMLElement} element @param {{left: number, top: number, width: number, height: number}} box */
function setBox(element, { left, top, width, height }) {
  Object.assign(element.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}

/** @param {string} tag @param {string} className */
function part(tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}
