// @ts-check
/** Words on the timeline's canvas: halo, direction, and room for each. */

/** @typedef {import("../map/geometry.js").Box} Box */

/**
 * @typedef {object} Text
 * @property {string} text
 * @property {number} x
 * @property {number} y middle of the line
 * @property {string} font
 * @property {string} colour
 * @property {"left" | "right" | "center"} [align]
 * @property {string} [halo] colour behind the letters
 */

/** Letters that run from right to left; a line with one of them is read so. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

/** @param {CanvasRenderingContext2D} ctx @param {Text} text */
export function drawText(ctx, { text, x, y, font, colour, align = "left", halo }) {
  ctx.font = font;
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.direction = RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
  if (halo) {
    ctx.strokeStyle = halo;
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.strokeText(text, x, y + 0.5);
  }
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y + 0.5);
}

/** @param {CanvasRenderingContext2D} ctx @param {string} text @param {string} font */
export function textWidth(ctx, text, font) {
  ctx.font = font;
  return ctx.measureText(text).width;
}

/** @param {Box} a @param {Box} b */
export const overlap = (a, b) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
