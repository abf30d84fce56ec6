// @ts-check
/** Words on the map: eight positions round a mark, the first free one, else none. */

import { overlaps } from "./geometry.js";

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {CanvasRenderingContext2D} Context */

/**
 * @typedef {object} Label
 * @property {string} text
 * @property {string} font
 * @property {string} fill
 * @property {number} x left edge
 * @property {number} y middle
 * @property {number} [spacing] px between letters
 * @property {string} [halo] colour of the ground it stands on, where that is not land
 * @property {boolean} [backed] on a plate of land, where the ground has any shade
 * @property {boolean} [faint] drawn faint while an incident is open
 */

const LINE_HEIGHT = 1.25;
/** Opacity of the plate behind a word on shaded ground. */
const BACKING = 0.86;
const ARABIC = /\p{Script=Arabic}/u;

/** @type {Map<string, number>} */
const widths = new Map();

/** @param {Context} ctx @param {string} text @param {string} font @param {number} [spacing] @returns {number} px */
export function textWidth(ctx, text, font, spacing = 0) {
  const key = `${font}|${spacing}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > 5000) widths.clear();
  ctx.font = font;
  const width = ctx.measureText(text).width + spacing * text.length;
  widths.set(key, width);
  return width;
}

/** Forget measures taken before the fonts had come. */
export const forgetWidths = () => widths.clear();

/** @param {string} font @returns {number} px */
export const fontSize = (font) => parseFloat(font.match(/([\d.]+)px/)?.[1] ?? "12");

/** The taken boxes of a map, and what would rather not be covered. */
export class Taken {
  constructor() {
    /** @type {Box[]} */
    this.boxes = [];
  }

  /** @param {Box} box */
  add(box) {
    this.boxes.push(box);
  }

  /** @param {Box[]} boxes @returns {Taken} all but these */
  without(boxes) {
    const rest = new Taken();
    const corners = new Set(boxes.map(({ x0, y0 }) => `${Math.round(x0)},${Math.round(y0)}`));
    rest.boxes = this.boxes.filter(
      ({ x0, y0 }) =>
        !corners.has(`${Math.round(x0)},${Math.round(y0)}`) &&
        !corners.has(`${Math.round(x0 + 1)},${Math.round(y0 + 1)}`),
    );
    return rest;
  }

  /** @param {Box} box */
  isFree(box) {
    return !this.boxes.some((other) => overlaps(box, other));
  }
}

/** Unit offsets of the eight positions, best first. */
const POSITIONS = [
  [1, 0],
  [-1, 0],
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
  [0, -1],
  [0, 1],
];

/**
 * Where a label can stand beside a mark. Ground that `avoid` refuses is used only when nothing else is free.
 * @param {Taken} taken
 * @param {{x: number, y: number, radius: number}} mark
 * @param {{w: number, h: number}} size
 * @param {{inside: Box, avoid?: (box: Box) => boolean}} ground
 * @returns {Box | null}
 */
export function findPosition(taken, { x, y, radius }, { w, h }, { inside, avoid = () => false }) {
  let second = null;
  for (const [dx, dy] of POSITIONS) {
    const reach = dx && dy ? radius * 0.75 : radius;
    const left = dx > 0 ? x + reach + 2 : dx < 0 ? x - reach - 2 - w : x - w / 2;
    const top = dy > 0 ? y + (dx ? 0 : radius) : dy < 0 ? y - h - (dx ? 0 : radius) : y - h / 2;
    const box = { x0: left, y0: top, x1: left + w, y1: top + h };
    if (box.x0 < inside.x0 || box.y0 < inside.y0 || box.x1 > inside.x1 || box.y1 > inside.y1) continue;
    if (!taken.isFree(box)) continue;
    if (!avoid(box)) return box;
    second ??= box;
  }
  return second;
}

/**
 * @param {Context} ctx
 * @param {string} text
 * @param {string} font
 * @param {number} [spacing]
 * @returns {{w: number, h: number}}
 */
export const textSize = (ctx, text, font, spacing = 0) => ({
  w: textWidth(ctx, text, font, spacing),
  h: fontSize(font) * LINE_HEIGHT,
});

/**
 * @param {Context} ctx @param {string} halo colour of the ground @param {Label} label
 */
export function drawLabel(ctx, halo, { text, font, fill, x, y, spacing = 0, halo: ground = halo, backed }) {
  ctx.font = font;
  if (backed) drawBacking(ctx, ground, x, y, ctx.measureText(text).width, fontSize(font));
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.letterSpacing = `${spacing}px`;
  ctx.direction = ARABIC.test(text) ? "rtl" : "ltr";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = ground;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = fill;
  ctx.fillText(text, x, y);
  ctx.letterSpacing = "0px";
}

/**
 * @param {Context} ctx @param {string} colour @param {number} x @param {number} y middle
 * @param {number} width @param {number} size px
 */
function drawBacking(ctx, colour, x, y, width, size) {
  const alpha = ctx.globalAlpha;
  ctx.globalAlpha = alpha * BACKING;
  ctx.fillStyle = colour;
  ctx.fillRect(x - 3, y - size * 0.62, width + 6, size * 1.24);
  ctx.globalAlpha = alpha;
}
