// @ts-check
/** The timeline's picture: laid out when the data, the window or the width changes, painted at every step of a drag. */

import { drawSelection } from "../map/shapes.js";
import { FONTS } from "../map/tokens.js";
import { axisTicks, binDays, dayWidth, dayX, unitFor } from "./axis.js";
import { blockOf, drawColumns, drawCounts, layColumns, OUTSIDE } from "./histogram.js";
import { gutterOf, layParts } from "./layout.js";
import { drawText, textWidth } from "./lettering.js";
import { drawOverview } from "./overview.js";
import { layRibbon } from "./ribbon.js";
import { drawBrush, drawLanes, drawRibbon } from "./ribbon-paint.js";
import { drawWords, placeWords } from "./ribbon-words.js";
import { countCells, drawShades } from "./shades.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Painting} Painting */
/** @typedef {import("./axis.js").Axis} Axis */

/**
 * Everything that stays while the reader moves the chosen period.
 * @typedef {object} Scene
 * @property {import("./layout.js").Layout} layout
 * @property {Axis} axis
 * @property {Axis} strip axis of the overview
 * @property {import("./histogram.js").Columns} columns
 * @property {import("./ribbon.js").Frame} frame
 * @property {import("./ribbon.js").Ribbon} ribbon
 * @property {import("./ribbon-words.js").Words[]} words
 * @property {import("./shades.js").Shades | null} shades
 */

/** Part of the accent colour behind the chosen period. */
const TINT = 0.07;

/** @param {CanvasRenderingContext2D} ctx @param {State} state @param {number} width @returns {Scene} */
export function layScene(ctx, state, width) {
  const layout = layParts(width, gutterOf(ctx, state));
  const place = { left: layout.left, width: layout.plotWidth };
  const axis = { ...place, ...state.window };
  const frame = {
    top: layout.ribbonTop,
    foot: layout.ribbonFoot,
    laneFoot: layout.laneFoot,
    lengthKm: state.border.lengthKm,
  };
  const bins = binDays(state.tally, axis, unitFor(dayWidth(axis)));
  const ribbon = layRibbon(state, axis, frame);
  return {
    layout,
    axis,
    strip: { ...place, ...state.extent },
    columns: layColumns(bins, layout.histogramFoot - layout.histogramTop - 6),
    frame,
    ribbon,
    words: placeWords(ctx, state, axis, frame, ribbon),
    shades: ribbon.dense ? countCells(state, axis) : null,
  };
}

/** @param {Painting} painting @param {Scene} scene */
export function paintScene(painting, scene) {
  const { ctx, theme, state } = painting;
  const { layout, axis, strip, columns, frame, ribbon } = scene;
  ctx.clearRect(0, 0, layout.width, layout.height);
  paintTint(painting, scene);
  drawOverview(painting, strip, layout.overviewTop);
  drawText(ctx, {
    text: state.say("time.all"),
    x: 0,
    y: layout.overviewTop + 12,
    font: FONTS.scale,
    colour: theme.second,
  });
  const per = { text: state.say(`time.per_${columns.bins.unit}`), x: 0, y: layout.histogramFoot - 20 };
  drawText(ctx, { ...per, font: FONTS.scale, colour: theme.second });
  drawLanes(painting, axis, frame);
  twice(painting, scene, () => {
    drawColumns(painting, axis, columns, layout.histogramFoot);
    if (scene.shades) drawShades(ctx, theme.second, scene.shades, axis, frame);
  });
  drawCounts(painting, axis, columns, layout.histogramFoot);
  within(ctx, axis.left - 8, axis.left + axis.width + 8, layout, () => drawRibbon(painting, ribbon));
  drawBrush(painting, axis, frame);
  paintTicks(painting, scene);
  paintEdges(painting, scene);
  drawWords(painting, scene.words);
  paintChosen(painting, scene);
}

/** Left and right of the chosen period. @param {State} state @param {Axis} axis */
export function periodSpan({ period }, axis) {
  return {
    x0: Math.max(axis.left, dayX(axis, period.from)),
    x1: Math.min(axis.left + axis.width, dayX(axis, period.to + 1)),
  };
}

/** @param {Painting} painting @param {Scene} scene */
function paintTint({ ctx, theme, state }, { axis, layout }) {
  const { period, extent } = state;
  if (period.from <= extent.from && period.to >= extent.to) return;
  const { x0, x1 } = periodSpan(state, axis);
  ctx.globalAlpha = TINT;
  ctx.fillStyle = theme.accent;
  ctx.fillRect(x0, layout.histogramTop, x1 - x0, layout.laneFoot - layout.histogramTop);
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x0 @param {number} x1 @param {import("./layout.js").Layout} layout
 * @param {() => void} paint */
function within(ctx, x0, x1, layout, paint) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x0, 0, x1 - x0, layout.height);
  ctx.clip();
  paint();
  ctx.restore();
}

/** Paints faint outside the chosen period and full inside. @param {Painting} painting @param {Scene} scene
 * @param {() => void} paint */
function twice({ ctx, state }, { axis, layout }, paint) {
  const { x0, x1 } = periodSpan(state, axis);
  for (const [left, right] of [
    [axis.left, x0],
    [x1, axis.left + axis.width],
  ]) {
    if (right <= left) continue;
    ctx.globalAlpha = OUTSIDE;
    within(ctx, left, right, layout, paint);
  }
  ctx.globalAlpha = 1;
  within(ctx, x0, x1, layout, paint);
}

/** Dates below the ribbon; one that would touch the one before is left out. @param {Painting} painting @param {Scene} scene */
function paintTicks({ ctx, theme, state }, { axis, layout }) {
  const right = axis.left + axis.width;
  let free = axis.left - 4;
  for (const { day, text, strong } of axisTicks(axis, state.period.from, state.say)) {
    const font = strong ? FONTS.bigCount : FONTS.scale;
    const isDate = /^\d{1,2}$/.test(text);
    const width = textWidth(ctx, text, font);
    const at = dayX(axis, day) + (isDate ? dayWidth(axis) / 2 : 0);
    const x = isDate ? at - width / 2 : at + 4;
    ctx.fillStyle = theme.strongRule;
    ctx.fillRect(Math.round(at), layout.laneFoot, 1, 4);
    if (x < free || x + width > right + 6) continue;
    free = x + width + 8;
    drawText(ctx, { text, x, y: layout.axisY, font, colour: strong ? theme.ink : theme.second });
  }
}

/** The two lines of the chosen period; their handles are elements. @param {Painting} painting @param {Scene} scene */
function paintEdges({ ctx, theme, state }, { axis, layout }) {
  const { x0, x1 } = periodSpan(state, axis);
  ctx.fillStyle = theme.accent;
  for (const x of [x0, x1])
    ctx.fillRect(x - 0.75, layout.histogramTop - 2, 1.5, layout.laneFoot - layout.histogramTop + 2);
}

/** Rings round what is pointed at, here or on the map, and round what is selected. @param {Painting} painting @param {Scene} scene */
function paintChosen(painting, scene) {
  const { theme, state } = painting;
  const { selected, pointed } = state;
  const quiet = { ...theme, accent: theme.second };
  if (pointed >= 0 && pointed !== selected) paintIncident({ ...painting, theme: quiet }, scene, pointed);
  if (selected >= 0) paintIncident(painting, scene, selected);
}

/** @param {Painting} painting @param {Scene} scene @param {number} incident */
function paintIncident({ ctx, theme, state }, { axis, layout, columns, ribbon }, incident) {
  const { times } = state;
  for (const { mark, x, y } of ribbon.points) if (times.incident[mark] === incident) drawSelection(ctx, theme, x, y, 9);
  const boxes = [
    ...ribbon.stretches.filter(({ mark }) => times.incident[mark] === incident),
    ...ribbon.totals.filter(({ scope }) => scope.incidents.includes(incident)),
  ];
  const first = state.tally.blocks.find((mark) => times.incident[mark] === incident);
  const block = first === undefined ? null : blockOf(axis, columns, layout.histogramFoot, state, first);
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1.6;
  for (const { x0, x1, y0, y1 } of block ? [...boxes, block] : boxes)
    ctx.strokeRect(x0 - 1.5, y0 - 1.5, x1 - x0 + 3, y1 - y0 + 3);
}
