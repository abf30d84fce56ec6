// @ts-check
/** The legend "How sure is the place?", drawn with the same strokes as the map. */

import { themeNamed } from "./tokens.js";
import { AREA_HATCH, drawCrossing, drawDisc, drawHatch, drawShape, TOTAL_HATCH } from "./shapes.js";
import { wordsIn } from "./words.js";

/** @typedef {import("./tokens.js").Theme} Theme */
/** @typedef {CanvasRenderingContext2D} Context */

const WIDTH = 44;
const HEIGHT = 18;

/** The wavy outline of the province swatches. */
const PROVINCE_SWATCH = [
  [9, 4],
  [17, 2.5],
  [22, 4.5],
  [29, 3],
  [36, 5.5],
  [34, 10],
  [35, 14],
  [26, 14.5],
  [20, 13],
  [13, 15],
  [8, 12],
];
const STRETCH_SWATCH = [
  [7, 14],
  [12, 11],
  [18, 9.5],
  [24, 9.5],
  [30, 7],
  [37, 5.5],
];

/** @type {[string, (ctx: Context, theme: Theme) => void][]} */
const ENTRIES = [
  ["legend_exact", (ctx, theme) => drawShape(ctx, theme, "clash", 22, 9, { size: 10 })],
  [
    "legend_near",
    (ctx, theme) => drawDisc(ctx, theme, { x: 22, y: 9, radius: 7, category: "bombing", district: false }),
  ],
  [
    "legend_adm2",
    (ctx, theme) => drawDisc(ctx, theme, { x: 22, y: 9, radius: 7.4, category: "clash", district: true }),
  ],
  ["legend_adm1", (ctx, theme) => drawArea(ctx, theme.events.strike, { ...AREA_HATCH, pitch: 4.5 }, 1.3)],
  ["legend_line", drawStretch],
  [
    "legend_total",
    (ctx, theme) => drawArea(ctx, theme.events.clash, { ...TOTAL_HATCH, pitch: 5.5, opacity: 0.75 }, 1.4),
  ],
  ["legend_crossing", (ctx, theme) => drawCrossing(ctx, theme, 22, 9, "shut")],
];

/** @param {number[][]} points @returns {Path2D} */
function pathThrough(points) {
  const path = new Path2D();
  points.forEach(([x, y]) => path.lineTo(x, y));
  return path;
}

/** @param {Context} ctx @param {string} colour @param {import("./shapes.js").Hatch} hatch @param {number} edge */
function drawArea(ctx, colour, hatch, edge) {
  const path = pathThrough(PROVINCE_SWATCH);
  path.closePath();
  ctx.save();
  ctx.clip(path);
  drawHatch(ctx, { x0: 0, y0: 0, x1: WIDTH, y1: HEIGHT }, { ...hatch, colour });
  ctx.restore();
  ctx.strokeStyle = colour;
  ctx.lineWidth = edge;
  ctx.lineJoin = "round";
  ctx.stroke(path);
}

/** @param {Context} ctx @param {Theme} theme */
function drawStretch(ctx, theme) {
  const path = pathThrough(STRETCH_SWATCH);
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme.events.clash;
  ctx.globalAlpha = 0.35;
  ctx.lineWidth = 7;
  ctx.stroke(path);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([5, 3]);
  ctx.stroke(path);
}

/**
 * Fills an element with the legend: a title and a list of seven entries. The element's own style lays them out.
 * @param {HTMLElement} element
 * @param {import("./tokens.js").ThemeName} themeName
 * @param {Record<string, string>} [words]
 */
export function renderLegend(element, themeName, words) {
  const say = wordsIn(words);
  const theme = themeNamed(themeName);
  const title = document.createElement("div");
  title.className = "legend-title";
  title.textContent = say("legend_title");
  const list = document.createElement("ul");
  list.className = "legend-list";
  for (const [key, draw] of ENTRIES) {
    const entry = document.createElement("li");
    const text = document.createElement("span");
    text.textContent = say(key);
    entry.append(swatch(theme, draw), text);
    list.append(entry);
  }
  element.classList.remove("map-key");
  element.classList.add("map-legend");
  element.replaceChildren(title, list);
}

/** @param {Theme} theme @param {(ctx: Context, theme: Theme) => void} draw @returns {HTMLCanvasElement} */
function swatch(theme, draw) {
  const canvas = document.createElement("canvas");
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  canvas.width = WIDTH * ratio;
  canvas.height = HEIGHT * ratio;
  canvas.style.width = `${WIDTH}px`;
  canvas.style.height = `${HEIGHT}px`;
  canvas.setAttribute("aria-hidden", "true");
  const ctx = canvas.getContext("2d");
  if (ctx) {
    ctx.scale(ratio, ratio);
    draw(ctx, theme);
  }
  return canvas;
}
