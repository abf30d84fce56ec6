// @ts-check
/** The ribbon when marks are too many to stand one by one: the more incidents, the darker. */

import { dayWidth, dayX } from "./axis.js";
import { DENSITY_ROWS } from "./tally.js";

/** @typedef {import("./axis.js").Axis} Axis */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./ribbon.js").Frame} Frame */

const LEAST_CELL = 4;

/**
 * @typedef {object} Shades
 * @property {number} days of a cell
 * @property {number} columns
 * @property {Uint32Array} counts by column and row, row 0 at the foot
 * @property {number} most
 */

/** @param {State} state @param {Axis} axis @returns {Shades} */
export function countCells({ tally }, axis) {
  const days = Math.max(1, Math.ceil(LEAST_CELL / dayWidth(axis)));
  const columns = Math.ceil((axis.to - axis.from + 1) / days);
  const counts = new Uint32Array(columns * DENSITY_ROWS);
  const first = Math.max(axis.from, tally.first);
  const last = Math.min(axis.to, tally.first + tally.days - 1);
  for (let day = first; day <= last; day++) {
    const [column, from] = [Math.floor((day - axis.from) / days), (day - tally.first) * DENSITY_ROWS];
    for (let row = 0; row < DENSITY_ROWS; row++) counts[column * DENSITY_ROWS + row] += tally.density[from + row];
  }
  return { days, columns, counts, most: counts.reduce((most, n) => Math.max(most, n), 0) };
}

/** @param {CanvasRenderingContext2D} ctx @param {string} colour @param {Shades} shades @param {Axis} axis
 * @param {Frame} frame */
export function drawShades(ctx, colour, { days, columns, counts, most }, axis, { top, foot }) {
  const rowY = (/** @type {number} */ row) => Math.round(foot - (row / DENSITY_ROWS) * (foot - top));
  const alpha = ctx.globalAlpha;
  ctx.fillStyle = colour;
  for (let column = 0; column < columns; column++) {
    const x = Math.round(dayX(axis, axis.from + column * days));
    const width = Math.round(dayX(axis, axis.from + (column + 1) * days)) - x;
    for (let row = 0; row < DENSITY_ROWS; row++) {
      const count = counts[column * DENSITY_ROWS + row];
      if (!count) continue;
      ctx.globalAlpha = alpha * (0.12 + 0.8 * Math.sqrt(count / most));
      ctx.fillRect(x, rowY(row + 1), width, rowY(row) - rowY(row + 1));
    }
  }
  ctx.globalAlpha = alpha;
}
