// @ts-check
/** What stands under the pointer, and the small box that says so. */

import { daysInWords } from "../map/words.js";
import { unitInWords } from "./calendar.js";
import { columnAt, markOfBlock } from "./histogram.js";
import { MARK_SIZE } from "./ribbon-paint.js";
import { describeRule } from "./ribbon-words.js";
import { sayCount } from "./words.js";

/** @typedef {import("./picture.js").Scene} Scene */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("../map/geometry.js").Box} Box */

/**
 * @typedef {object} Target
 * @property {number[]} marks nearest first; empty when it is no incident
 * @property {string} title
 * @property {string[]} details
 * @property {import("./times.js").Days} [days] a bin's days
 */

const PRECISION_NAMES = ["exact", "near", "adm2", "adm1", "line"];
const MOST_NAMED = 3;
const REACH = { mouse: MARK_SIZE / 2 + 2, touch: 18 };

/** @param {Scene} scene @param {State} state @param {number} x @param {number} y @param {boolean} touch
 * @returns {Target | null} */
export function targetAt(scene, state, x, y, touch) {
  const { layout, axis, columns } = scene;
  if (x < axis.left - 6 || x > axis.left + axis.width + 6) return null;
  if (y < layout.histogramTop || y > layout.laneFoot) return null;
  if (y > layout.histogramFoot + 3) return onRibbon(scene, state, x, y, touch);
  const found = columnAt(axis, columns, layout.histogramFoot, { x, y });
  if (!found) return null;
  const mark = columns.blocks ? markOfBlock(state, columns.bins, found.bin, found.level) : null;
  if (mark !== null) return marksTarget(state, [mark]);
  const [from, next] = columns.bins.edges.slice(found.bin, found.bin + 2);
  const days = { from, to: next - 1 };
  const count = sayCount(state.say, "list.count", found.total);
  return { marks: [], title: unitInWords(days, columns.bins.unit, state.say), details: [count], days };
}

/** @param {Scene} scene @param {State} state @param {number} x @param {number} y @param {boolean} touch */
function onRibbon({ ribbon }, state, x, y, touch) {
  const reach = touch ? REACH.touch : REACH.mouse;
  const near = ribbon.points
    .map((point) => ({ mark: point.mark, distance: Math.hypot(point.x - x, point.y - y) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance);
  const areas = ribbon.stretches.filter((box) => holds(box, x, y, 1));
  const marks = [...near, ...areas].map(({ mark }) => mark);
  if (marks.length) return marksTarget(state, marks);
  const total = ribbon.totals.find((box) => holds(box, x, y, 1));
  if (total) return totalTarget(state, total.scope);
  const rule = ribbon.rules.find(({ x0, x2, y: at }) => x >= x0 - 3 && x <= x2 && Math.abs(y - at) <= 4);
  return rule ? { marks: [], title: describeRule(rule, state.say), details: [] } : null;
}

/** @param {Box} box @param {number} x @param {number} y @param {number} margin */
const holds = ({ x0, x1, y0, y1 }, x, y, margin) =>
  x >= x0 - margin && x <= x1 + margin && y >= y0 - margin && y <= y1 + margin;

/** @param {State} state @param {number[]} marks @returns {Target} */
export function marksTarget(state, marks) {
  const [first, ...others] = marks;
  const details = [describeMark(state, first)];
  for (const mark of others.slice(0, MOST_NAMED - 1)) details.push(titleOf(state, mark));
  if (others.length >= MOST_NAMED) details.push(`+ ${others.length - MOST_NAMED + 1}`);
  return { marks, title: titleOf(state, first), details };
}

/** @param {State} state @param {number} mark */
export function titleOf({ marks, times, categories, say }, mark) {
  return marks.titles?.[times.incident[mark]] || say(`event.${categories[times.category[mark]]}`);
}

/** @param {State} state @param {number} mark */
function describeMark({ times, categories, border, say, lang }, mark) {
  const parts = [
    daysInWords(times.start[mark], times.end[mark], lang) ?? say("time.undated"),
    say(`event.${categories[times.category[mark]]}`),
    say(`precision.${PRECISION_NAMES[times.precision[mark]] ?? ""}`),
    border.countries[times.side[mark] - 1] ?? "",
  ];
  return parts.filter(Boolean).join(" · ");
}

/** @param {State} state @param {import("../map/source.js").ScopeRecord} scope @returns {Target} */
export function totalTarget({ times, tally }, scope) {
  const mark = tally.blocks.find((i) => scope.incidents.includes(times.incident[i]));
  const figures = scope.figures.join(" / ");
  return {
    marks: mark === undefined ? [] : [mark],
    title: [figures, scope.what].filter(Boolean).join(" "),
    details: [scope.when, scope.where].filter(Boolean),
  };
}

export class Tip {
  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.stage = stage;
    this.box = document.createElement("div");
    this.box.className = "time-tip";
    this.box.hidden = true;
    stage.append(this.box);
  }

  /** Shows the target beside a point, inside the stage. @param {Target} target @param {number} x @param {number} y
   * @param {boolean} rtl */
  show({ title, details }, x, y, rtl) {
    const line = (/** @type {string} */ text, /** @type {string} */ className) => {
      const element = document.createElement("div");
      element.className = className;
      element.textContent = text;
      return element;
    };
    this.box.dir = rtl ? "rtl" : "ltr";
    this.box.replaceChildren(line(title, "tip-title"), ...details.map((text) => line(text, "tip-detail")));
    this.box.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const left = x + 14 + width > this.stage.clientWidth ? x - 14 - width : x + 14;
    this.box.style.left = `${Math.max(0, left)}px`;
    this.box.style.top = `${y - height - 10 < 0 ? y + 16 : y - height - 10}px`;
  }

  hide() {
    this.box.hidden = true;
  }
}
