// @ts-check
/** The strip "All data": every month of every year, and the window that the axis below shows. */

import { FONTS } from "../map/tokens.js";
import { binDays, dayX, yearTicks } from "./axis.js";
import { STACK } from "./tally.js";
import { drawText } from "./lettering.js";

/** @typedef {import("./axis.js").Axis} Axis */
/** @typedef {import("./state.js").Painting} Painting */

/** Heights in px from the strip's own top. */
const FOOT = 17;
const TALLEST = 14;

/** Draws bars by month, years, and the box round the window. @param {Painting} painting @param {Axis} axis @param {number} top */
export function drawOverview({ ctx, state, theme }, axis, top) {
  const { edges, counts, most } = binDays(state.tally, axis, "month");
  const foot = top + FOOT;
  ctx.fillStyle = theme.strongRule;
  for (let b = 0; b + 1 < edges.length; b++) {
    const total = STACK.reduce((sum, _, k) => sum + counts[b * STACK.length + k], 0);
    if (!total) continue;
    const [x0, x1] = [dayX(axis, edges[b]), dayX(axis, edges[b + 1])];
    const height = Math.max(1, (total / most) * TALLEST);
    ctx.fillRect(x0 + 0.5, foot - height, Math.max(1, x1 - x0 - 1), height);
  }
  ctx.fillRect(axis.left, foot, axis.width, 1);
  for (const { day, text } of yearTicks(axis)) {
    const x = Math.round(dayX(axis, day));
    ctx.fillStyle = theme.strongRule;
    ctx.fillRect(x, foot, 1, 5);
    drawText(ctx, { text, x: x + 4, y: foot + 10, font: FONTS.scale, colour: theme.third });
  }
  drawWindow(ctx, theme, windowBox(axis, state.window, top));
}

/** @param {CanvasRenderingContext2D} ctx @param {import("../map/tokens.js").Theme} theme @param {import("../map/geometry.js").Box} box */
function drawWindow(ctx, theme, box) {
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
}

/** Where the box of the window stands. @param {Axis} axis @param {import("./times.js").Days} window @param {number} top */
export function windowBox(axis, window, top) {
  const x0 = dayX(axis, window.from);
  return { x0, x1: Math.max(x0 + 6, dayX(axis, window.to + 1)), y0: top, y1: top + FOOT + 3 };
}
