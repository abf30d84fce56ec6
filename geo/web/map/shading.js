// @ts-check
/** Provinces shaded by what is counted in them: which shade each has, its strokes, and its words. */

import { FONTS } from "./tokens.js";
import { boxAt, boxOnScreen, contains, drawInWorld, drawOnScreen, placeOnScreen } from "./geometry.js";
import { drawHatch } from "./shapes.js";
import { textSize } from "./labels.js";
import { inSight } from "./basemap.js";
import { classOf, rampStep, rangesOf, roundBreaks } from "./classes.js";
import { tallyProvinces } from "./provinces.js";
import { figureIn, nameIn } from "./words.js";

/** @typedef {import("./basemap.js").Area} Area */
/** @typedef {import("./layers.js").Metric} Metric */
/** @typedef {import("./provinces.js").ProvinceTally} ProvinceTally */
/** @typedef {import("./scene.js").State} State */

/** Shades that are no class: nothing reported; reported, but without a figure; reported as none. */
export const NOTHING = -3;
export const UNKNOWN = -2;
export const ZERO = -1;

/**
 * A province and what is counted in it.
 * @typedef {object} Shade
 * @property {string} code
 * @property {Area} area
 * @property {number} incidents
 * @property {number} value what it is shaded by
 * @property {number} told incidents that give a figure for it alone
 * @property {boolean} more whether figures for several provinces hold some of its own
 * @property {number} shade a class, or what there is in its stead
 * @property {number} x middle of its words on the canvas, or of the province
 * @property {number} y
 * @property {boolean} written
 */

/**
 * @typedef {object} Shading
 * @property {Metric} metric
 * @property {number[]} breaks
 * @property {string[]} ranges
 * @property {Shade[]} shades
 * @property {[string, number][]} unmapped provinces without an outline, with their values
 * @property {ProvinceTally} tally
 */

/** @param {import("./geometry.js").View} view @param {State} state @param {Metric} metric @returns {Shading} */
export function shadeProvinces(view, state, metric) {
  const tally = tallyProvinces(state, metric === "incidents" ? null : metric, state.losses);
  const values = metric === "incidents" ? tally.incidents : tally.figure;
  const breaks = roundBreaks(mostAnywhere(state, metric));
  const several = new Set(tally.shared.flatMap(({ provinces }) => provinces));
  const at = new Map(tally.codes.map((code, i) => [code, i]));
  const shades = [...state.ground.provinces.values()].map((area) => {
    const i = at.get(area.code) ?? -1;
    const [incidents, value, told] = i < 0 ? [0, 0, 0] : [tally.incidents[i], values[i], tally.told[i]];
    const [x, y] = area.middle ? placeOnScreen(view, area.middle[1], area.middle[0]) : [-99, -99];
    const more = several.has(area.code);
    const unknown = metric !== "incidents" && (!told || (more && !value));
    const shade = !incidents ? NOTHING : unknown ? UNKNOWN : classOf(breaks, value);
    return { code: area.code, area, incidents, value, told, more, shade, x, y, written: false };
  });
  /** @type {[string, number][]} */
  const unmapped = tally.codes.flatMap((code, i) =>
    values[i] > 0 && !state.ground.provinces.has(code) ? [[state.marks.provinces?.[code] ?? code, values[i]]] : [],
  );
  return { metric, breaks, ranges: rangesOf(breaks), shades, unmapped, tally };
}

/** @type {WeakMap<import("./points.js").Points, Map<string, number>>} */
const mostKnown = new WeakMap();

/**
 * The largest value of a province at any date: it sets the classes, so that no colour changes its meaning while the
 * dates move.
 * @param {State} state @param {Metric} metric @returns {number}
 */
function mostAnywhere({ points, marks, losses }, metric) {
  const known = mostKnown.get(points) ?? new Map();
  mostKnown.set(points, known);
  if (!known.has(metric)) {
    const all = { points, marks, filter: { mask: null, from: null, to: null } };
    const tally = tallyProvinces(all, metric === "incidents" ? null : metric, losses);
    known.set(metric, Math.max(0, ...(metric === "incidents" ? tally.incidents : tally.figure)));
  }
  return known.get(metric);
}

/** Colour of a shade. @param {import("./tokens.js").Theme} theme @param {number} shade @param {number} count classes */
export const shadeColour = (theme, shade, count) => (shade < 0 ? theme.land : theme.ramp[rampStep(shade, count)]);

/** Colour of words on a shade. @param {import("./tokens.js").Theme} theme @param {number} shade @param {number} count */
export const inkOn = (theme, shade, count) => (shade < 0 ? theme.second : theme.onRamp[rampStep(shade, count)]);

/** The hatch of a province with incidents but no figure. */
export const NO_FIGURE_HATCH = { up: true, pitch: 7, width: 1, opacity: 0.55 };

/**
 * @param {CanvasRenderingContext2D} ctx @param {import("./geometry.js").View} view @param {State} state
 * @param {Shading} shading
 */
export function paintShades(ctx, view, { theme }, { shades, breaks }) {
  for (const { area, shade } of shades) {
    if (shade === NOTHING || !inSight(area, view)) continue;
    drawInWorld(ctx, view);
    if (shade >= 0) {
      ctx.fillStyle = shadeColour(theme, shade, breaks.length);
      ctx.fill(area.path, "evenodd");
      continue;
    }
    ctx.save();
    ctx.clip(area.path, "evenodd");
    drawOnScreen(ctx, view);
    if (shade === UNKNOWN) {
      const { x0, y0, x1, y1 } = boxOnScreen(area.box, view);
      const seen = {
        x0: Math.max(x0, 0),
        y0: Math.max(y0, 0),
        x1: Math.min(x1, view.width),
        y1: Math.min(y1, view.height),
      };
      drawHatch(ctx, seen, { ...NO_FIGURE_HATCH, colour: theme.third, phase: [view.left, view.top] });
    } else {
      ctx.fillStyle = theme.rule;
      ctx.fillRect(0, 0, view.width, view.height);
    }
    ctx.restore();
  }
  drawOnScreen(ctx, view);
}

/** Px from line to line. */
const LINE_PX = 14;

/**
 * Name and figure in each province that has a value and room, else the figure alone, the largest value first.
 * @param {import("./sheet.js").Sheet} sheet @param {Shading} shading
 */
export function writeShades(sheet, { shades, breaks }) {
  const { theme, lang } = sheet.state;
  for (const item of [...shades].sort((a, b) => b.value - a.value)) {
    if (item.shade === NOTHING || item.shade === UNKNOWN || !inSight(item.area, sheet.view)) continue;
    const fill = item.shade === ZERO ? theme.ink : inkOn(theme, item.shade, breaks.length);
    const halo = item.shade === ZERO ? theme.rule : shadeColour(theme, item.shade, breaks.length);
    const style = { font: FONTS.area, fill, halo };
    const text = `${item.value.toLocaleString("en-US")}${item.more ? "+" : ""}`;
    const figure = { text, font: FONTS.shade, fill, halo };
    for (const names of waysToWrite(nameIn(item.area, lang))) {
      const lines = [...names.map((text) => ({ text, ...style })), figure];
      const sizes = lines.map(({ text, font }) => textSize(sheet.ctx, text, font));
      const size = { w: Math.max(...sizes.map(({ w }) => w)), h: LINE_PX * names.length + sizes[names.length].h };
      const box = findRoom(sheet, item, size);
      if (!box) continue;
      const middle = (box.x0 + box.x1) / 2;
      const top = box.y0 + LINE_PX / 2;
      lines.forEach((line, i) => sheet.labels.push({ ...line, x: middle - sizes[i].w / 2, y: top + i * LINE_PX }));
      sheet.take(box);
      Object.assign(item, { x: middle, y: (box.y0 + box.y1) / 2, written: true });
      break;
    }
  }
}

/** A name in a line, in two, or left out. @param {string} name @returns {string[][]} */
function waysToWrite(name) {
  const words = name.split(" ");
  const half = Math.ceil(words.length / 2);
  return [[name], ...(half < words.length ? [[words.slice(0, half).join(" "), words.slice(half).join(" ")]] : []), []];
}

/** Steps from a province's middle at which its words may stand. */
const ACROSS = [0, 12, -12, 26, -26, 44, -44, 66, -66];
const DOWN = [0, 10, -10, 22, -22, 36, -36, 54, -54];

/** @param {import("./sheet.js").Sheet} sheet @param {Shade} item @param {{w: number, h: number}} size */
function findRoom(sheet, { area, code }, { w, h }) {
  if (!area.middle) return null;
  const { view, busy, taken, state } = sheet;
  const cells = sheet.cellsOfAreas([area]);
  const key = `shade ${code} ${Math.round(h)} ${Math.round(w / 8)}`;
  const before = state.stood.get(key);
  const [cx, cy] = placeOnScreen(view, area.middle[1], area.middle[0]);
  const inside = (/** @type {import("./geometry.js").Box} */ { x0, y0, x1, y1 }) =>
    [x0 - 3, (x0 + x1) / 2, x1 + 3].every((x) =>
      [y0 + 2, (y0 + y1) / 2, y1 - 2].every((y) => cells[busy.cellAt(x, y)]),
    );
  const around = DOWN.flatMap((dy) => ACROSS.map((dx) => [cx + dx, cy + dy]));
  around.sort((a, b) => Math.hypot(a[0] - cx, (a[1] - cy) * 1.4) - Math.hypot(b[0] - cx, (b[1] - cy) * 1.4));
  if (before) around.unshift([(before.x0 + before.x1) / 2, (before.y0 + before.y1) / 2]);
  for (const [x, y] of around) {
    const box = boxAt(x - w / 2, y - h / 2, w, h);
    if (!contains(view.frame, box) || !inside(box) || !taken.isFree(box) || !sheet.line.isFree(box)) continue;
    state.stood.set(key, box);
    return box;
  }
  return null;
}

/** What is said of a province beside the pointer and to a screen reader. @param {State} state @param {Shading} shading
 * @param {Shade} item @returns {string[]} its name first */
export function describeShade({ lang, say }, { metric, tally }, { area, code, incidents, value, told, shade }) {
  const lines = [nameIn(area, lang), say("shade_incidents", { n: figureIn(incidents) })];
  if (metric === "incidents") return shade === NOTHING ? [lines[0], say("key_none")] : lines;
  if (shade === NOTHING) return [lines[0], say("key_none")];
  if (shade === UNKNOWN) lines.push(say("key_unknown"));
  else lines.push(say(`shade_${metric}`, { n: figureIn(value) }), say("shade_told", { n: figureIn(told) }));
  const shared = tally.shared.filter(({ provinces }) => provinces.length > 1 && provinces.includes(code));
  if (shared.length)
    lines.push(
      say("shade_shared", {
        n: shared
          .map(({ figure }) => figureIn(figure))
          .slice(0, 3)
          .join(", "),
      }),
    );
  return lines;
}
