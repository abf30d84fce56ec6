// @ts-check
/** Where the parts of the timeline stand, in CSS pixels of its stage. */

import { FONTS } from "../map/tokens.js";
import { textWidth } from "./lettering.js";

/**
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {number} left of the axis
 * @property {number} plotWidth
 * @property {number} overviewTop
 * @property {number} histogramTop
 * @property {number} histogramFoot
 * @property {number} ribbonTop
 * @property {number} ribbonFoot kilometre 0
 * @property {number} laneFoot foot of the lane "Whole border"
 * @property {number} axisY middle of the dates' line
 */

const RIGHT = 9;
const MOST_GUTTER = 0.34;

/** Parts from the top down. */
const HEIGHTS = { overview: 40, histogram: 55, gap: 9, lane: 17, axis: 20 };
const RIBBON = { narrow: 140, wide: 123 };
const NARROW = 520;

/** @param {number} width @param {number} gutter px that the words at the left need @returns {Layout} */
export function layParts(width, gutter) {
  const left = Math.round(Math.min(gutter, width * MOST_GUTTER));
  const histogramTop = HEIGHTS.overview;
  const histogramFoot = histogramTop + HEIGHTS.histogram;
  const ribbonTop = histogramFoot + HEIGHTS.gap;
  const ribbonFoot = ribbonTop + (width < NARROW ? RIBBON.narrow : RIBBON.wide);
  const laneFoot = ribbonFoot + HEIGHTS.lane;
  return {
    width,
    height: laneFoot + HEIGHTS.axis,
    left,
    plotWidth: Math.max(40, width - left - RIGHT),
    overviewTop: 1,
    histogramTop,
    histogramFoot,
    ribbonTop,
    ribbonFoot,
    laneFoot,
    axisY: laneFoot + 12,
  };
}

/** Pixels that the words at the left need. @param {CanvasRenderingContext2D} ctx @param {import("./state.js").State} state */
export function gutterOf(ctx, { say, border }) {
  const width = (/** @type {string} */ text) => textWidth(ctx, text, FONTS.scale);
  const names = [say("time.whole_border"), say("time.all"), ...border.lanes.map(({ name }) => name)];
  const counts = Math.max(...["time.per_day", "time.per_week", "time.per_month"].map((key) => width(say(key)))) + 30;
  return Math.ceil(Math.max(counts, ...names.map(width)) + 12);
}
