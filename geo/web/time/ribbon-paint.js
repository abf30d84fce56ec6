// @ts-check
/** The drawing of the ribbon: lanes, marks, totals, and the rules of crossings that are not open. */

import { AREA_HATCH, drawHatch, drawShape, shapePath, TOTAL_HATCH } from "../map/shapes.js";
import { FONTS } from "../map/tokens.js";
import { OUTSIDE } from "./histogram.js";
import { drawText } from "./lettering.js";
import { kmY } from "./ribbon.js";
import { SIDE_FIRST, SIDE_SECOND } from "./times.js";

/** @typedef {import("./axis.js").Axis} Axis */
/** @typedef {import("./ribbon.js").Frame} Frame */
/** @typedef {import("./ribbon.js").Ribbon} Ribbon */
/** @typedef {import("./ribbon.js").Point} Point */
/** @typedef {import("./ribbon.js").Stretch} Stretch */
/** @typedef {import("./ribbon.js").Total} Total */
/** @typedef {import("./ribbon.js").Rule} Rule */
/** @typedef {import("./state.js").Painting} Painting */
/** @typedef {import("../map/geometry.js").Box} Box */
/** @typedef {import("../map/tokens.js").Theme} Theme */

export const MARK_SIZE = 11;
const HALO = 1.4;
/** Pixels from name to name; Arabic letters reach farther up and down. */
const LINE_HEIGHT = { ltr: 10.5, rtl: 12 };
/** Part of the accent colour behind what is chosen. */
const TINT = 0.07;
/** How much of what lies below a total its box hides. */
const UNDER = 0.8;

/** Edges of provinces, and their names at the left, the longest stretch first where names crowd.
 * @param {Painting} painting @param {Axis} axis @param {Frame} frame */
export function drawLanes({ ctx, theme, state }, axis, frame) {
  const { lanes } = state.border;
  ctx.fillStyle = theme.rule;
  const edges = new Set(lanes.flatMap(({ from, to }) => [kmY(frame, from), kmY(frame, to)]));
  for (const y of edges) ctx.fillRect(axis.left - 4, Math.round(y), axis.width + 4, 1);
  ctx.strokeStyle = theme.rule;
  ctx.lineWidth = 1;
  ctx.strokeRect(
    axis.left + 0.5,
    Math.round(frame.top) + 0.5,
    axis.width - 1,
    Math.round(frame.laneFoot - frame.top) - 1,
  );
  ctx.fillStyle = theme.strongRule;
  ctx.fillRect(axis.left - 4, Math.round(frame.foot), axis.width + 4, 1);
  drawChosen({ ctx, theme, state }, axis, frame);
  const names = [
    { text: state.say("time.whole_border"), y: (frame.foot + frame.laneFoot) / 2, weight: Infinity },
    ...lanes.map((lane) => ({
      text: lane.name,
      y: (kmY(frame, lane.from) + kmY(frame, lane.to)) / 2,
      weight: lane.to - lane.from,
    })),
  ];
  for (const { text, y } of spreadNames(names, state.rtl ? LINE_HEIGHT.rtl : LINE_HEIGHT.ltr))
    drawText(ctx, { text, x: axis.left - 8, y, font: FONTS.scale, colour: theme.second, align: "right" });
}

/** The stretches of chosen provinces, and, as a bar beside them, what of the line the map shows.
 * @param {Painting} painting @param {Axis} axis @param {Frame} frame */
function drawChosen({ ctx, theme, state }, axis, frame) {
  const box = (/** @type {[number, number]} */ [from, to]) => [kmY(frame, to), kmY(frame, from) - kmY(frame, to)];
  ctx.fillStyle = theme.accent;
  for (const [y, height] of state.chosen.map(box)) {
    ctx.fillRect(axis.left - 4, y, 4, height);
    ctx.globalAlpha = TINT;
    ctx.fillRect(axis.left, y, axis.width, height);
    ctx.globalAlpha = 1;
  }
  ctx.fillStyle = theme.second;
  for (const [y, height] of state.seen.map(box)) ctx.fillRect(axis.left + axis.width + 2, y, 3, height);
}

/** Lays paper over what is beside the chosen stretch, and its two edges over that.
 * @param {Painting} painting @param {Axis} axis @param {Frame} frame */
export function drawBrush({ ctx, theme, state: { stretch } }, axis, frame) {
  if (!stretch) return;
  const [low, high] = [kmY(frame, stretch[0]), kmY(frame, stretch[1])];
  ctx.fillStyle = theme.paper;
  ctx.globalAlpha = 1 - OUTSIDE;
  ctx.fillRect(axis.left + 1, frame.top + 1, axis.width - 2, high - frame.top - 1);
  ctx.fillRect(axis.left + 1, low, axis.width - 2, frame.laneFoot - low - 1);
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.accent;
  for (const y of [low, high]) ctx.fillRect(axis.left - 4, y - 0.75, axis.width + 4, 1.5);
}

/** Names that do not cover each other; one may move by a few pixels to find room.
 * @template {{y: number, weight: number}} T @param {T[]} names @param {number} height @returns {T[]} */
function spreadNames(names, height) {
  /** @type {T[]} */
  const placed = [];
  for (const name of [...names].sort((a, b) => b.weight - a.weight)) {
    const free = [0, -2, 2, -4, 4]
      .map((shift) => name.y + shift)
      .find((y) => placed.every((other) => Math.abs(other.y - y) >= height));
    if (free !== undefined) placed.push({ ...name, y: free });
  }
  return placed;
}

/** Whether days touch the chosen period. @param {Painting} painting @param {import("./times.js").Days} days */
const isInside = ({ state: { period } }, { from, to }) => to >= period.from && from <= period.to;

/** @param {Painting} painting @param {Ribbon} ribbon */
export function drawRibbon(painting, ribbon) {
  const { ctx } = painting;
  const draw = (/** @type {import("./times.js").Days} */ days, /** @type {() => void} */ paint) => {
    ctx.globalAlpha = isInside(painting, days) ? 1 : OUTSIDE;
    paint();
    ctx.globalAlpha = 1;
  };
  for (const total of [...ribbon.totals].sort((a, b) => b.x1 - b.x0 - (a.x1 - a.x0)))
    draw(total.days, () => drawTotal(painting, total));
  for (const stretch of ribbon.stretches) draw(stretch.days, () => drawStretch(painting, stretch));
  for (const rule of ribbon.rules) drawRule(painting, rule);
  const [inside, outside] = [[], []].map((list) => /** @type {Point[]} */ (list));
  for (const point of ribbon.points) (isInside(painting, point.days) ? inside : outside).push(point);
  for (const point of [...outside, ...inside]) draw(point.days, () => drawPoint(painting, point));
}

/** @param {Painting} painting @param {Point} point */
function drawPoint({ ctx, theme, state }, { mark, x, x0, x1, y, y0, y1 }) {
  const category = state.categories[state.times.category[mark]];
  const colour = theme.events[category] ?? theme.events.other;
  ctx.fillStyle = colour;
  if (y1 - y0 > 1) ctx.fillRect(x - 0.7, y0, 1.4, y1 - y0);
  if (x1 - x0 > MARK_SIZE + 3) ctx.fillRect(x0 + 1, y - 0.7, x1 - x0 - 2, 1.4);
  drawSided(ctx, theme, category, { x, y, side: state.times.side[mark] });
}

/**
 * A shape: filled on the first country's side of the line, open on the second's, tinted where the side is not known;
 * what happens at a crossing is on both, and filled.
 * @param {CanvasRenderingContext2D} ctx @param {Theme} theme @param {string} category
 * @param {{x: number, y: number, side: number, size?: number}} at
 */
export function drawSided(ctx, theme, category, { x, y, side, size = MARK_SIZE }) {
  const paper = { ...theme, land: theme.paper };
  const solid = side === SIDE_FIRST || category === "other" || category === "crossings";
  if (solid) drawShape(ctx, paper, category, x, y, { size, halo: HALO });
  else drawOpen(ctx, theme, category, { x, y, size, tint: side === SIDE_SECOND ? 0 : 0.45 });
  if (category !== "other" || side !== SIDE_FIRST) return;
  ctx.fillStyle = theme.events.other;
  ctx.fill(shapePath(category, x, y, size / 2));
}

/** The shape as an edge inside its own outline. @param {CanvasRenderingContext2D} ctx @param {Theme} theme
 * @param {string} category @param {{x: number, y: number, size: number, tint: number}} at */
function drawOpen(ctx, theme, category, { x, y, size, tint }) {
  const path = shapePath(category, x, y, size);
  const alpha = ctx.globalAlpha;
  ctx.lineJoin = "round";
  ctx.strokeStyle = ctx.fillStyle = theme.paper;
  ctx.lineWidth = HALO * 2;
  ctx.stroke(path);
  ctx.fill(path);
  ctx.save();
  ctx.clip(path);
  ctx.strokeStyle = ctx.fillStyle = theme.events[category] ?? theme.events.other;
  ctx.globalAlpha = alpha * tint;
  ctx.fill(path);
  ctx.globalAlpha = alpha;
  ctx.lineWidth = 3.4;
  ctx.stroke(path);
  ctx.restore();
}

/** @param {Painting} painting @param {Stretch} stretch */
function drawStretch({ ctx, theme, state }, { mark, whole, ...box }) {
  const category = state.categories[state.times.category[mark]];
  const colour = theme.events[category] ?? theme.events.other;
  if (whole) {
    ctx.fillStyle = colour;
    ctx.fillRect(box.x0 + 0.5, box.y0, box.x1 - box.x0 - 1, box.y1 - box.y0);
    return;
  }
  const along = state.times.precision[mark] === 4;
  drawBox(ctx, box, {
    colour,
    hatch: along || state.times.side[mark] === SIDE_SECOND ? null : AREA_HATCH,
    tint: along ? 0.35 : 0,
  });
}

/** @param {Painting} painting @param {Total} total */
function drawTotal({ ctx, theme }, { scope, ...box }) {
  drawBox(ctx, box, {
    colour: theme.events[scope.category] ?? theme.events.other,
    hatch: { ...TOTAL_HATCH, pitch: 6.5, width: 1.1, opacity: 0.7 },
    tint: 0.06,
    under: theme.paper,
  });
}

/** @param {CanvasRenderingContext2D} ctx @param {Path2D} path @param {string} colour @param {number} alpha */
function fillFaint(ctx, path, colour, alpha) {
  ctx.fillStyle = colour;
  ctx.globalAlpha = alpha;
  ctx.fill(path);
}

/** @param {CanvasRenderingContext2D} ctx @param {Box} box
 * @param {{colour: string, hatch: import("../map/shapes.js").Hatch | null, tint: number, under?: string}} look `under`: what hides
 * that which lies below */
function drawBox(ctx, { x0, x1, y0, y1 }, { colour, hatch, tint, under }) {
  const alpha = ctx.globalAlpha;
  const path = new Path2D();
  path.rect(x0 + 0.7, y0 + 0.7, Math.max(2, x1 - x0 - 1.4), Math.max(2, y1 - y0 - 1.4));
  if (under) fillFaint(ctx, path, under, alpha * UNDER);
  fillFaint(ctx, path, colour, alpha * tint);
  ctx.globalAlpha = alpha;
  if (hatch) {
    ctx.save();
    ctx.clip(path);
    drawHatch(ctx, { x0, x1, y0, y1 }, { ...hatch, colour, alpha });
    ctx.restore();
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.4;
  ctx.stroke(path);
}

/** Solid to the last report, dotted after; dashed all along when partly open. @param {Painting} painting @param {Rule} rule */
function drawRule({ ctx, theme }, { closure, y, x0, x1, x2, begins }) {
  const partly = closure.state === "partly";
  const stroke = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number[]} */ dash) => {
    ctx.beginPath();
    ctx.setLineDash(dash);
    ctx.moveTo(from, y + 0.5);
    ctx.lineTo(to, y + 0.5);
    ctx.stroke();
  };
  ctx.strokeStyle = theme.second;
  ctx.lineWidth = 1.3;
  ctx.globalAlpha = 0.85;
  if (partly) stroke(x0, x2, [6, 4]);
  else {
    stroke(x0, x1, []);
    stroke(x1 + 2, Math.max(x1 + 2, x2), [1.5, 4]);
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  if (!begins) return;
  ctx.fillStyle = theme.second;
  ctx.fillRect(x0 - 0.5, y - 2.5, 2, 6);
}
