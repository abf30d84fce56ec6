// @ts-check
/** The drawing of single symbols, in CSS pixels. */

import { FONTS, SHAPES, SIZE } from "./tokens.js";

/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {import("./tokens.js").Theme} Theme */
/** @typedef {import("./geometry.js").Box} Box */

const TURN = Math.PI * 2;

/** Corner points of the angular shapes, in units of the mark's size. @type {Record<string, [number, number][]>} */
const CORNERS = {
  triangle: [
    [-0.56, -0.46],
    [0.56, -0.46],
    [0, 0.54],
  ],
  square: [
    [-0.46, -0.46],
    [0.46, -0.46],
    [0.46, 0.46],
    [-0.46, 0.46],
  ],
  diamond: [
    [0, -0.62],
    [0.62, 0],
    [0, 0.62],
    [-0.62, 0],
  ],
  chevron: [
    [-0.5, -0.56],
    [0.04, -0.56],
    [0.58, 0],
    [0.04, 0.56],
    [-0.5, 0.56],
    [-0.06, 0],
  ],
  bar: [
    [-0.52, -0.2],
    [0.52, -0.2],
    [0.52, 0.2],
    [-0.52, 0.2],
  ],
};

/** @param {string} category @param {number} x @param {number} y @param {number} size @returns {Path2D} */
export function shapePath(category, x, y, size) {
  const shape = SHAPES[category] ?? "open";
  const path = new Path2D();
  if (shape === "circle") path.arc(x, y, size * 0.5, 0, TURN);
  else if (shape === "open") path.arc(x, y, size * 0.4, 0, TURN);
  else CORNERS[shape].forEach(([dx, dy], i) => path[i ? "lineTo" : "moveTo"](x + dx * size, y + dy * size));
  path.closePath();
  return path;
}

/**
 * The solid mark of an event; `halo` in the land's colour sets it off.
 * @param {Context} ctx @param {Theme} theme @param {string} category @param {number} x @param {number} y
 * @param {{size?: number, halo?: number}} [options]
 */
export function drawShape(ctx, theme, category, x, y, { size = SIZE.mark, halo = 0 } = {}) {
  const path = shapePath(category, x, y, size);
  const open = (SHAPES[category] ?? "open") === "open";
  ctx.lineJoin = "round";
  if (halo) {
    ctx.strokeStyle = theme.land;
    ctx.lineWidth = halo * 2 + (open ? 2 : 0);
    ctx.stroke(path);
  }
  ctx.fillStyle = open ? theme.land : theme.events[category];
  ctx.fill(path);
  if (!open) return;
  ctx.strokeStyle = theme.events.other;
  ctx.lineWidth = Math.max(1.4, size / 6);
  ctx.stroke(path);
}

/**
 * A ring with one arc to each incident by type (by share when there are many), the count inside.
 * @param {Context} ctx @param {Theme} theme @param {number[]} byCategory @param {string[]} categories
 * @param {{x: number, y: number, radius: number}} at
 */
export function drawRing(ctx, theme, byCategory, categories, { x, y, radius }) {
  const total = byCategory.reduce((sum, n) => sum + n, 0);
  disc(ctx, x, y, radius + SIZE.halo);
  ctx.fillStyle = theme.land;
  ctx.fill();
  drawArcs(ctx, theme, byCategory, categories, { x, y, middle: radius - 1.6, width: 3.2 });
  ctx.fillStyle = theme.ink;
  ctx.font = total > 99 ? FONTS.bigCount : FONTS.count;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(shortCount(total), x, y + 0.5);
}

/** @param {Context} ctx @param {Theme} theme @param {number[]} byCategory @param {string[]} categories
 * @param {{x: number, y: number, middle: number, width: number}} ring `middle`: radius of the stroke's middle */
function drawArcs(ctx, theme, byCategory, categories, { x, y, middle, width }) {
  const total = byCategory.reduce((sum, n) => sum + n, 0);
  const single = total <= 12;
  const gap = total > 1 ? Math.min(0.16, 2 / middle) : 0;
  let angle = -Math.PI / 2;
  ctx.lineWidth = width;
  ctx.lineCap = "butt";
  byCategory.forEach((n, i) => {
    ctx.strokeStyle = theme.events[categories[i]] ?? theme.events.other;
    const arcs = single ? n : Math.min(n, 1);
    const sweep = (TURN * (single ? 1 : n)) / total;
    for (let k = 0; k < arcs; k++) {
      ctx.beginPath();
      ctx.arc(x, y, middle, angle + gap / 2, angle + Math.max(sweep - gap / 2, gap));
      ctx.stroke();
      angle += sweep;
    }
  });
}

/** @param {number} n @returns {string} "950", "1.2k", "35k" */
export const shortCount = (n) =>
  n < 1000 ? String(n) : n < 9950 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`;

/** @param {Context} ctx @param {number} x @param {number} y @param {number} radius */
function disc(ctx, x, y, radius) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, TURN);
}

/**
 * @typedef {object} Disc
 * @property {number} x
 * @property {number} y
 * @property {number} radius px
 * @property {string} category
 * @property {boolean} district hatched with a dashed edge; else filled with a solid one
 */

/** @param {Context} ctx @param {Theme} theme @param {Disc} area */
export function drawDisc(ctx, theme, { x, y, radius, category, district }) {
  const colour = theme.events[category];
  const alpha = ctx.globalAlpha;
  if (district) {
    disc(ctx, x, y, radius);
    ctx.globalAlpha = alpha * 0.86;
    ctx.fillStyle = theme.land;
    ctx.fill();
    ctx.save();
    ctx.clip();
    drawHatch(
      ctx,
      { x0: x - radius, y0: y - radius, x1: x + radius, y1: y + radius },
      { ...AREA_HATCH, colour, alpha },
    );
    ctx.restore();
  } else {
    disc(ctx, x, y, radius);
    ctx.globalAlpha = alpha * 0.17;
    ctx.fillStyle = colour;
    ctx.fill();
  }
  ctx.globalAlpha = alpha;
  disc(ctx, x, y, radius);
  ctx.strokeStyle = colour;
  ctx.lineWidth = district ? 1.2 : 1.4;
  ctx.setLineDash(district ? [4, 2.5] : []);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** @typedef {{up: boolean, pitch: number, width: number, opacity: number}} Hatch */

/** Somewhere in a district or province. @type {Hatch} */
export const AREA_HATCH = { up: true, pitch: 6, width: 1.2, opacity: 0.7 };
/** One total for several areas. @type {Hatch} */
export const TOTAL_HATCH = { up: false, pitch: 10, width: 0.9, opacity: 0.5 };

/**
 * Slanting lines over a box; the caller clips. `phase` keeps them still on the ground when the map moves.
 * @param {Context} ctx @param {Box} box
 * @param {Hatch & {colour: string, alpha?: number, phase?: [number, number]}} hatch
 */
export function drawHatch(ctx, box, { up, pitch, width, opacity, colour, alpha = 1, phase = [0, 0] }) {
  const step = pitch * Math.SQRT2;
  const sign = up ? 1 : -1;
  const height = box.y1 - box.y0;
  const offset = phase[0] + sign * phase[1];
  const at = (/** @type {number} */ x, /** @type {number} */ y) => x + sign * y + offset;
  const first = Math.floor(Math.min(at(box.x0, box.y0), at(box.x0, box.y1)) / step) * step - offset;
  const last = Math.max(at(box.x1, box.y0), at(box.x1, box.y1)) - offset;
  ctx.beginPath();
  for (let c = first; c <= last; c += step) {
    ctx.moveTo(c - sign * box.y0, box.y0);
    ctx.lineTo(c - sign * (box.y0 + height), box.y1);
  }
  ctx.globalAlpha = alpha * opacity;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
  ctx.globalAlpha = alpha;
}

/**
 * The label of an area: paper with an edge in the colour of the type, the shape (a small ring for several types), and a
 * name where it stands for a province.
 * @param {Context} ctx @param {Theme} theme
 * @param {{box: Box, category: string, byCategory: number[], text?: string, leader?: [number, number] | null}} plate
 * @param {string[]} categories
 */
export function drawPlate(ctx, theme, { box, category, byCategory, text, leader }, categories) {
  const colour = theme.events[category];
  const [cx, cy] = [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2];
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.2;
  if (leader) {
    ctx.beginPath();
    ctx.moveTo(leader[0], leader[1]);
    ctx.lineTo(cx, cy);
    ctx.stroke();
  }
  ctx.beginPath();
  ctx.roundRect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0, 2);
  ctx.fillStyle = theme.paper;
  ctx.fill();
  ctx.stroke();
  if (!text) {
    drawShape(ctx, theme, category, cx, cy, { size: 9 });
    return;
  }
  const types = byCategory.map((n) => Math.min(n, 1));
  if (types.filter(Boolean).length > 1)
    drawArcs(ctx, theme, types, categories, { x: box.x0 + 11, y: cy, middle: 4, width: 2.6 });
  else drawShape(ctx, theme, category, box.x0 + 11, cy, { size: 9.5 });
  ctx.font = FONTS.plate;
  ctx.fillStyle = theme.ink;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(text, box.x0 + 20, cy + 0.5);
}

/** A crossing of the line: level bar shut, upright open, slanting partly open, empty unknown.
 * @param {Context} ctx @param {Theme} theme @param {number} x @param {number} y @param {string | undefined} state */
export function drawCrossing(ctx, theme, x, y, state) {
  disc(ctx, x, y, SIZE.crossing + 1.6);
  ctx.fillStyle = theme.land;
  ctx.fill();
  disc(ctx, x, y, SIZE.crossing - 0.7);
  ctx.fillStyle = theme.paper;
  ctx.fill();
  ctx.strokeStyle = theme.second;
  ctx.lineWidth = 1.4;
  ctx.stroke();
  const [dx, dy] = { shut: [2.9, 0], open: [0, 2.9], partly: [2.1, -2.1] }[state ?? ""] ?? [0, 0];
  if (!dx && !dy) return;
  ctx.beginPath();
  ctx.moveTo(x - dx, y - dy);
  ctx.lineTo(x + dx, y + dy);
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 2;
  ctx.stroke();
}

/** The accent ring round what is chosen. @param {Context} ctx @param {Theme} theme @param {number} x @param {number} y
 * @param {number} [radius] */
export function drawSelection(ctx, theme, x, y, radius = SIZE.selectedRing) {
  disc(ctx, x, y, radius);
  ctx.strokeStyle = theme.land;
  ctx.lineWidth = 4.5;
  ctx.stroke();
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2;
  ctx.stroke();
}
