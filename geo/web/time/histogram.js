// @ts-check
/** Incidents by day, week, month or year: one block each while blocks can be told apart, else bars. */

import { FONTS } from "../map/tokens.js";
import { countTicks, dayAt, dayWidth, dayX } from "./axis.js";
import { firstFrom, STACK } from "./tally.js";
import { drawText } from "./lettering.js";

/** @typedef {import("./axis.js").Axis} Axis */
/** @typedef {import("./axis.js").Bins} Bins */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Painting} Painting */
/** @typedef {import("../map/geometry.js").Box} Box */

/** What lies outside the chosen period stands back to this. */
export const OUTSIDE = 0.34;

const TALLEST_BLOCK = 7.5;
const LEAST_BLOCK = 3.2;
const WIDEST_BLOCK = 12;
/** Pixels from figure to figure at the left. */
const LEAST_BETWEEN = 11;

/**
 * @typedef {object} Columns
 * @property {Bins} bins
 * @property {boolean} blocks whether each incident has a block of its own
 * @property {number} unit px of height of one incident
 */

/** @param {Bins} bins @param {number} height px @returns {Columns} */
export function layColumns(bins, height) {
  const unit = Math.min(TALLEST_BLOCK, height / Math.max(1, bins.most));
  return { bins, blocks: unit >= LEAST_BLOCK, unit };
}

/** Left and right of a bin's column. @param {Axis} axis @param {Bins} bins @param {number} b */
function columnSpan(axis, { edges }, b) {
  const [x0, x1] = [dayX(axis, edges[b]), dayX(axis, edges[b + 1])];
  const gap = x1 - x0 > 3.5 ? 1.2 : 0.5;
  const width = x1 - x0 - gap;
  return width > WIDEST_BLOCK && edges[b + 1] - edges[b] === 1
    ? { x: (x0 + x1 - WIDEST_BLOCK) / 2, width: WIDEST_BLOCK }
    : { x: x0 + gap / 2, width };
}

/** @param {Painting} painting @param {Axis} axis @param {Columns} columns @param {number} foot */
export function drawColumns({ ctx, theme }, axis, { bins, blocks, unit }, foot) {
  const n = STACK.length;
  for (let b = 0; b + 1 < bins.edges.length; b++) {
    const { x, width } = columnSpan(axis, bins, b);
    let y = foot;
    for (let k = 0; k < n; k++) {
      const count = bins.counts[b * n + k];
      if (!count) continue;
      ctx.fillStyle = theme.events[STACK[k]];
      if (!blocks) ctx.fillRect(x, y - count * unit, width, count * unit);
      else for (let i = 0; i < count; i++) ctx.fillRect(x, y - (i + 1) * unit + 1, width, unit - 1);
      y -= count * unit;
    }
  }
}

/** The foot line, and round numbers at the left. @param {Painting} painting @param {Axis} axis @param {Columns} columns
 * @param {number} foot */
export function drawCounts({ ctx, theme }, axis, { bins, unit }, foot) {
  ctx.fillStyle = theme.ink;
  ctx.fillRect(axis.left, foot, axis.width, 1);
  let above = -Infinity;
  for (const count of countTicks(bins.most).reverse()) {
    const y = foot - count * unit + Math.min(unit, TALLEST_BLOCK) / 2;
    if (y - above < LEAST_BETWEEN) continue; // the figures would cover each other
    above = y;
    drawText(ctx, {
      text: countText(count),
      x: axis.left - 8,
      y,
      font: FONTS.scale,
      colour: theme.third,
      align: "right",
    });
  }
}

/** @param {number} count */
const countText = (count) => (count < 10_000 ? String(count) : `${Math.round(count / 1000)}k`);

/** The bin under a pixel, and which of its incidents. @param {Axis} axis @param {Columns} columns @param {number} foot
 * @param {{x: number, y: number}} at @returns {{bin: number, level: number, total: number} | null} */
export function columnAt(axis, { bins, unit }, foot, { x, y }) {
  const day = dayAt(axis, x);
  const bin = bins.edges.findIndex((edge, i) => edge <= day && day < (bins.edges[i + 1] ?? -1));
  if (bin < 0 || y > foot + 2) return null;
  const n = STACK.length;
  let total = 0;
  for (let k = 0; k < n; k++) total += bins.counts[bin * n + k];
  const level = Math.floor((foot - y) / unit);
  return level < total && total > 0 ? { bin, level: Math.max(0, level), total } : null;
}

/** The mark whose block stands at a level of a bin, from the foot. @param {State} state @param {Bins} bins
 * @param {number} bin @param {number} level @returns {number | null} */
export function markOfBlock({ times, tally, categories }, { edges }, bin, level) {
  const { blocks } = tally;
  const marks = blocks.subarray(
    firstFrom(blocks, times.start, edges[bin]),
    firstFrom(blocks, times.start, edges[bin + 1]),
  );
  const rank = (/** @type {number} */ i) => stackRank(categories[times.category[i]]);
  return [...marks].sort((a, b) => rank(a) - rank(b) || a - b)[level] ?? null;
}

/** @param {string} category */
const stackRank = (category) => (STACK.indexOf(category) + STACK.length) % STACK.length;

/** The blocks of an incident. @param {Axis} axis @param {Columns} columns @param {number} foot
 * @param {State} state @param {number} mark @returns {Box | null} */
export function blockOf(axis, columns, foot, state, mark) {
  const { bins, blocks, unit } = columns;
  const day = state.times.start[mark];
  const bin = bins.edges.findIndex((edge, i) => edge <= day && day < (bins.edges[i + 1] ?? -1));
  if (!blocks || bin < 0 || dayWidth(axis) <= 0) return null;
  for (let level = 0; level < bins.most; level++) {
    if (markOfBlock(state, bins, bin, level) !== mark) continue;
    const { x, width } = columnSpan(axis, bins, bin);
    return { x0: x, x1: x + width, y0: foot - (level + 1) * unit + 1, y1: foot - level * unit };
  }
  return null;
}
