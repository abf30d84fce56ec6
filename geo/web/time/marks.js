// @ts-check
/** The ribbon's marks for the keyboard: one stop of the tabulator, and arrows from mark to mark. */

import { marksTarget, totalTarget } from "./tip.js";

/** @typedef {import("./picture.js").Scene} Scene */
/** @typedef {import("./state.js").State} State */
/** @typedef {{key: string, x: number, y: number, target: () => import("./tip.js").Target}} Stop */

export class MarkButtons {
  /** @param {HTMLElement} stage @param {import("./time.js").Timeline} timeline */
  constructor(stage, timeline) {
    this.timeline = timeline;
    this.box = document.createElement("div");
    this.box.className = "time-marks";
    this.box.setAttribute("role", "group");
    this.button = document.createElement("button");
    this.button.type = "button";
    /** @type {Stop[]} by day */
    this.stops = [];
    this.at = "";
    this.box.append(this.button);
    stage.append(this.box);
    this.button.addEventListener("focus", () => this.go(this.now()));
    this.button.addEventListener("blur", () => timeline.leave());
    this.button.addEventListener("click", () => this.choose());
    this.button.addEventListener("keydown", (event) => this.key(event));
  }

  /** Follows the picture. @param {Scene} scene @param {State} state */
  lay({ ribbon, axis }, state) {
    this.box.setAttribute("aria-label", state.say("time.marks"));
    this.stops = stopsOf(ribbon, state, axis).sort((a, b) => a.x - b.x || b.y - a.y);
    this.box.hidden = !this.stops.length;
    const now = this.now();
    if (now) this.put(now);
  }

  now() {
    return this.stops.find(({ key }) => key === this.at) ?? this.stops[0];
  }

  /** @param {Stop} stop */
  put({ key, x, y, target }) {
    this.at = key;
    Object.assign(this.button.style, { left: `${x - 12}px`, top: `${y - 12}px` });
    const { title, details } = target();
    this.button.setAttribute("aria-label", [title, ...details].join(". "));
  }

  /** @param {Stop | undefined} stop */
  go(stop) {
    if (!stop) return;
    this.put(stop);
    const target = stop.target();
    this.timeline.tip.show(target, stop.x, stop.y, this.timeline.state?.rtl ?? false);
    this.timeline.tell(target.marks[0] ?? null);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const now = this.now();
    const next = now && this.nextStop(event.key, now);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    this.go(next);
    this.timeline.twin.speak(this.button.getAttribute("aria-label") ?? ""); // a new name of what has the focus is not read
  }

  /** Left and right go by day, up and down to what is next along the line. @param {string} key @param {Stop} now
   * @returns {Stop | undefined} */
  nextStop(key, now) {
    const i = this.stops.indexOf(now);
    if (key === "ArrowRight") return this.stops[i + 1] ?? now;
    if (key === "ArrowLeft") return this.stops[i - 1] ?? now;
    if (key === "Home") return this.stops[0];
    if (key === "End") return this.stops[this.stops.length - 1];
    if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
    const sign = key === "ArrowUp" ? -1 : 1;
    const far = (/** @type {Stop} */ { x, y }) => Math.abs(x - now.x) + 3 * Math.abs(y - now.y);
    const ahead = this.stops.filter((stop) => sign * (stop.y - now.y) > 1);
    return ahead.sort((a, b) => far(a) - far(b))[0] ?? now;
  }

  choose() {
    const [mark] = this.now()?.target().marks ?? [];
    const incident = mark === undefined ? undefined : this.timeline.state?.times.incident[mark];
    if (incident !== undefined) this.timeline.select(incident);
  }
}

/** @param {import("./ribbon.js").Ribbon} ribbon @param {State} state
 * @param {import("./axis.js").Axis} axis @returns {Stop[]} */
function stopsOf({ points, stretches, totals }, state, { left, width }) {
  const stops = [
    ...points.map(({ mark, x, y }) => ({ key: `m${mark}`, x, y, target: () => marksTarget(state, [mark]) })),
    ...stretches.map(({ mark, ...box }) => ({
      key: `m${mark}`,
      ...middleOf(box),
      target: () => marksTarget(state, [mark]),
    })),
    ...totals.map(({ scope, ...box }) => ({
      key: scope.id,
      ...middleOf(box),
      target: () => totalTarget(state, scope),
    })),
  ];
  return stops.map((stop) => ({ ...stop, x: Math.max(left, Math.min(left + width, stop.x)) }));
}

/** @param {import("../map/geometry.js").Box} box */
const middleOf = ({ x0, x1, y0, y1 }) => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 });
