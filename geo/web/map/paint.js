// @ts-check
/** The strokes, in the order: hatch, (province edges), outlines, bands, line, discs, crossings, marks, labels. */

import { FONTS, OPENED_OTHERS, SIZE } from "./tokens.js";
import { boxOnScreen, drawInWorld, drawOnScreen } from "./geometry.js";
import { DISTRICT } from "./points.js";
import {
  AREA_HATCH,
  drawCrossing,
  drawDisc,
  drawHatch,
  drawPlate,
  drawRing,
  drawSelection,
  drawShape,
  TOTAL_HATCH,
} from "./shapes.js";
import { clearLine, drawLine, inSight } from "./basemap.js";
import { drawLabel } from "./labels.js";
import { paintShades } from "./shading.js";
import { paintDensity } from "./density.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").State} State */
/** @typedef {import("./scene.js").Item} Item */
/** @typedef {import("./lettering.js").Lettering} Lettering */
/** @typedef {import("./geometry.js").View} View */
/** @typedef {CanvasRenderingContext2D} Context */

/**
 * Hatched areas, under the province edges.
 * @param {Context} ctx
 * @param {View} view
 * @param {State} state
 * @param {Scene} scene
 */
export function paintAreas(ctx, view, state, scene) {
  drawOnScreen(ctx, view);
  ctx.clearRect(0, 0, view.width, view.height);
  const { total, shading, density } = scene;
  if (shading) return paintShades(ctx, view, state, shading);
  if (density) return paintDensity(ctx, view, state, density);
  const { theme } = state;
  if (total) {
    const colour = theme.events[total.record.category];
    fade(ctx, total.faint, () => total.areas.forEach((area) => hatchArea(ctx, view, area, { ...TOTAL_HATCH, colour })));
  }
  if (scene.bubbles.length) return;
  for (const { area, category, faint } of scene.provinces) {
    if (area) fade(ctx, faint, () => hatchArea(ctx, view, area, { ...AREA_HATCH, colour: theme.events[category] }));
  }
}

/**
 * Everything above the province edges.
 * @param {Context} ctx
 * @param {View} view
 * @param {State} state
 * @param {Scene} scene
 * @param {Lettering} lettering */
export function paintData(ctx, view, state, scene, lettering) {
  const { theme } = state;
  drawOnScreen(ctx, view);
  ctx.clearRect(0, 0, view.width, view.height);
  paintOutlines(ctx, view, state, scene);
  paintBands(ctx, view, state, scene);
  if (scene.shading || scene.density) clearLine(ctx, view, theme, state.ground);
  drawLine(ctx, view, theme, state.ground);
  for (const item of scene.discs) {
    const disc = { ...item, district: item.precision === DISTRICT };
    fade(ctx, item.faint, () => drawDisc(ctx, theme, disc));
  }
  for (const { x, y, state: gate } of scene.crossings) drawCrossing(ctx, theme, x, y, gate);
  for (const item of [...scene.discs, ...scene.provinces, ...scene.bands])
    fade(ctx, item.faint, () => paintPlate(ctx, state, item));
  paintMarks(ctx, state, scene);
  paintWords(ctx, state, lettering);
}

/** @param {Context} ctx @param {boolean} faint @param {() => void} draw */
function fade(ctx, faint, draw) {
  ctx.globalAlpha = faint ? OPENED_OTHERS : 1;
  draw();
  ctx.globalAlpha = 1;
}

/** @param {Context} ctx @param {View} view @param {import("./basemap.js").Area} area
 * @param {import("./shapes.js").Hatch & {colour: string}} hatch */
function hatchArea(ctx, view, area, hatch) {
  if (!inSight(area, view)) return;
  ctx.save();
  drawInWorld(ctx, view);
  ctx.clip(area.path, "evenodd");
  drawOnScreen(ctx, view);
  const box = boxOnScreen(area.box, view);
  const seen = {
    x0: Math.max(box.x0, 0),
    y0: Math.max(box.y0, 0),
    x1: Math.min(box.x1, view.width),
    y1: Math.min(box.y1, view.height),
  };
  drawHatch(ctx, seen, { ...hatch, alpha: ctx.globalAlpha, phase: [view.left, view.top] });
  ctx.restore();
}

/** @param {Context} ctx @param {View} view @param {State} state @param {Scene} scene */
function paintOutlines(ctx, view, state, { total, provinces, bubbles, shading }) {
  const { theme } = state;
  drawInWorld(ctx, view);
  ctx.lineJoin = "round";
  if (total) {
    ctx.strokeStyle = shading ? theme.ink : theme.events[total.record.category];
    ctx.lineWidth = 1.4 / view.scale;
    fade(ctx, total.faint, () => ctx.stroke(total.outline));
  }
  const pointed = shading?.shades.find(({ code }) => code === state.pointed);
  if (pointed) {
    ctx.strokeStyle = theme.ink;
    ctx.lineWidth = 2 / view.scale;
    ctx.stroke(pointed.area.path);
  }
  ctx.lineWidth = 1.3 / view.scale;
  for (const { area, category, faint } of bubbles.length ? [] : provinces) {
    ctx.strokeStyle = theme.events[category];
    if (area) fade(ctx, faint, () => ctx.stroke(area.path));
  }
  drawOnScreen(ctx, view);
}

/** @param {Context} ctx @param {View} view @param {State} state @param {Scene} scene */
function paintBands(ctx, view, { theme }, { total, bands, shading }) {
  const stroke = (
    /** @type {Path2D} */ path,
    /** @type {string} */ category,
    /** @type {number} */ px,
    /** @type {number} */ opacity,
  ) => {
    ctx.globalAlpha *= opacity;
    ctx.strokeStyle = theme.events[category];
    ctx.lineWidth = px / view.scale;
    ctx.stroke(path);
  };
  drawInWorld(ctx, view);
  ctx.lineCap = "butt";
  ctx.lineJoin = "round";
  const { band } = total ?? {};
  if (total && band && !shading) fade(ctx, total.faint, () => stroke(band, total.record.category, 13, 0.2));
  for (const { path, category, whole, faint } of bands) {
    if (path) fade(ctx, faint, () => (whole ? stroke(path, category, 6, 0.35) : stroke(path, category, 13, 0.5)));
  }
  drawOnScreen(ctx, view);
}

/** @param {Context} ctx @param {State} state @param {Item} item */
function paintPlate(ctx, { theme, marks }, { plate, category, byCategory, count, chosen }) {
  if (!plate) return;
  const { box } = plate;
  const [x, y] = [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2];
  if (chosen && !plate.text) drawSelection(ctx, theme, x, y, 14);
  if (plate.text || count === 1) {
    drawPlate(ctx, theme, { ...plate, category, byCategory }, marks.categories);
    if (chosen && plate.text) ringBox(ctx, theme.accent, box);
    return;
  }
  if (plate.leader) {
    ctx.strokeStyle = theme.events[category];
    ctx.lineWidth = 1.2;
    ctx.beginPath();
    ctx.moveTo(...plate.leader);
    ctx.lineTo(x, y);
    ctx.stroke();
  }
  drawRing(ctx, theme, byCategory, marks.categories, { x, y, radius: SIZE.ring });
}

/** @param {Context} ctx @param {string} colour @param {import("./geometry.js").Box} box */
function ringBox(ctx, colour, { x0, y0, x1, y1 }) {
  ctx.beginPath();
  ctx.roundRect(x0 - 3, y0 - 3, x1 - x0 + 6, y1 - y0 + 6, 4);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2;
  ctx.stroke();
}

/** @param {Context} ctx @param {State} state @param {Scene} scene */
function paintMarks(ctx, { theme, marks: { categories } }, { clusters, bubbles }) {
  for (const bubble of bubbles) drawRing(ctx, theme, bubble.byCategory, categories, bubble);
  for (const item of [...clusters].sort((a, b) => Number(a.chosen) - Number(b.chosen))) {
    fade(ctx, item.faint, () => {
      if (item.chosen) drawSelection(ctx, theme, item.x, item.y, item.count > 1 ? SIZE.ring + 4 : SIZE.selectedRing);
      if (item.count > 1) drawRing(ctx, theme, item.byCategory, categories, item);
      else drawShape(ctx, theme, item.category, item.x, item.y, { halo: SIZE.halo });
    });
  }
}

/** @param {Context} ctx @param {State} state @param {Lettering} lettering */
function paintWords(ctx, { theme }, { labels, towns, figure, line, scale }) {
  for (const [x, y] of towns) {
    ctx.beginPath();
    ctx.arc(x, y, 2, 0, Math.PI * 2);
    ctx.fillStyle = theme.land;
    ctx.fill();
    ctx.strokeStyle = theme.third;
    ctx.lineWidth = 1.1;
    ctx.stroke();
  }
  for (const callout of [figure, line]) {
    if (!callout) continue;
    paintLeader(ctx, theme.second, callout);
    callout.lines.forEach((label) => drawLabel(ctx, theme.land, label));
  }
  labels.forEach((label) => drawLabel(ctx, theme.land, label));
  if (scale) paintScale(ctx, theme, scale);
}

/** @param {Context} ctx @param {string} colour @param {import("./callouts.js").Callout} callout */
function paintLeader(ctx, colour, { leader, dot }) {
  if (!leader) return;
  const [start, ...rest] = leader;
  const end = rest[rest.length - 1];
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(...start);
  if (rest.length === 2) ctx.quadraticCurveTo(...rest[0], ...end);
  else ctx.lineTo(...end);
  ctx.stroke();
  if (!dot) return;
  ctx.beginPath();
  ctx.arc(end[0], end[1], 2.2, 0, Math.PI * 2);
  ctx.fillStyle = colour;
  ctx.fill();
}

/** @param {Context} ctx @param {import("./tokens.js").Theme} theme @param {NonNullable<Lettering["scale"]>} scale */
function paintScale(ctx, theme, { x, y, length, text, backed }) {
  ctx.beginPath();
  ctx.moveTo(x, y - 4);
  ctx.lineTo(x, y);
  ctx.lineTo(x + length, y);
  ctx.lineTo(x + length, y - 4);
  ctx.lineJoin = "miter";
  ctx.strokeStyle = theme.land;
  ctx.lineWidth = 4;
  ctx.stroke();
  ctx.strokeStyle = theme.second;
  ctx.lineWidth = 1;
  ctx.stroke();
  const fill = backed ? theme.ink : theme.second;
  drawLabel(ctx, theme.land, { text, font: FONTS.scale, fill, x: x + length + 6, y: y - 1, backed });
}
