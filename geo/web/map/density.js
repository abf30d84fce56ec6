// @ts-check
/**
 * Where incidents lie close together: a smooth surface at the map's own scale, made of those whose spot is named.
 *
 * A report that names only a district, a province or a stretch of the line is left out and counted: a surface would
 * put it somewhere nobody said. One near a place is taken in while its circle is no wider than the smoothing.
 */

import { DISTRICT, EXACT, LINE, NEAR, PROVINCE } from "./points.js";
import { NEAR_KM } from "./tokens.js";
import { drawOnScreen, kmToPixels } from "./geometry.js";
import { classOf, measuresOf, rampStep, roundBreaks } from "./classes.js";
import { eachIncident } from "./provinces.js";

/** @typedef {import("./scene.js").State} State */
/** @typedef {import("./geometry.js").View} View */

/** Px of the surface's cells. */
const GRAIN = 2;
/** Cells that one smoothing pass reaches to each side; three passes come close to a bell. */
const REACH = 8;
const PASSES = 3;
const SPAN = 2 * REACH + 1;
/** Cells under three passes as high as their top: each direction holds (3 n^2 + 1) / 4 of n^3 parts there. */
const PLATEAU = ((4 * SPAN ** PASSES) / (3 * SPAN ** 2 + 1)) ** 2;
/**
 * Px of the circle that a value speaks of: a bell that is one high holds as much as a plateau of this radius, so
 * that one incident alone makes one at its own spot.
 */
export const CIRCLE_PX = GRAIN * Math.sqrt(PLATEAU / Math.PI);
/** The lowest value that is tinted: one incident alone is seen as far as its slope says anything. */
const FAINTEST = 0.2;

/**
 * @typedef {object} Density
 * @property {Float32Array} values incidents in the circle round each cell, nearer ones weighing more
 * @property {number} columns
 * @property {number} rows
 * @property {number[]} breaks
 * @property {string[]} ranges
 * @property {number} km radius of the circle
 * @property {number} matching incidents that pass
 * @property {number} shown those that the surface is made of, in view or not
 * @property {Record<"near" | "adm2" | "adm1" | "line" | "nowhere", number>} left incidents left out, by how sure their place is
 */

/** @param {View} view @param {State} state @returns {Density} */
export function measureDensity(view, state) {
  const columns = Math.ceil(view.width / GRAIN);
  const rows = Math.ceil(view.height / GRAIN);
  const grid = new Float32Array(columns * rows);
  const km = CIRCLE_PX / kmToPixels(view, 1, middleLat(view));
  const counted = countOnSurface(grid, columns, rows, view, state, km);
  const values = smooth(grid, columns, rows);
  const breaks = roundBreaks(mostInView(view, state, km), FAINTEST);
  return { values, columns, rows, breaks, ranges: measuresOf(breaks), km, ...counted };
}

/** @param {View} view degrees */
function middleLat(view) {
  const north = Math.PI * (1 - (2 * ((view.frame.y0 + view.frame.y1) / 2 + view.top)) / (256 * view.scale));
  return (Math.atan(Math.sinh(north)) * 180) / Math.PI;
}

/** Whether a mark has a spot that the surface may stand on. @param {State} state @param {number} i @param {number} km */
const isLocated = ({ points, marks }, i, km) =>
  points.x[i] === points.x[i] &&
  (points.precision[i] === EXACT ||
    (points.precision[i] === NEAR && (marks.places[points.place[i]]?.radius_km || NEAR_KM) <= km));

/**
 * @param {Float32Array} grid filled with incidents by cell, each at every spot it names
 * @param {number} columns @param {number} rows @param {View} view @param {State} state @param {number} km
 */
function countOnSurface(grid, columns, rows, view, state, km) {
  const { points, filter } = state;
  const { x, y, precision } = points;
  const k = view.scale / GRAIN;
  const [left, top] = [view.left / GRAIN, view.top / GRAIN];
  const leftOut = { near: 0, adm2: 0, adm1: 0, line: 0, nowhere: 0 };
  let matching = 0;
  let shown = 0;
  eachIncident(points, filter, (first, end) => {
    let located = false;
    let best = 255;
    for (let i = first; i < end; i++) {
      best = Math.min(best, precision[i]);
      if (!isLocated(state, i, km)) continue;
      located = true;
      const column = Math.floor(x[i] * k - left);
      const row = Math.floor(y[i] * k - top);
      if (column >= 0 && column < columns && row >= 0 && row < rows) grid[row * columns + column]++;
    }
    matching++;
    if (located) shown++;
    else leftOut[leftOutAs(best)]++;
  });
  return { matching, shown, left: leftOut };
}

/** @param {number} precision @returns {keyof Density["left"]} */
function leftOutAs(precision) {
  if (precision === NEAR) return "near";
  if (precision === DISTRICT) return "adm2";
  if (precision === PROVINCE) return "adm1";
  return precision === LINE ? "line" : "nowhere";
}

/**
 * Spreads each cell's count over a bell whose top is one.
 * @param {Float32Array} grid @param {number} columns @param {number} rows @returns {Float32Array}
 */
function smooth(grid, columns, rows) {
  let [from, to] = [grid, new Float32Array(grid.length)];
  for (let pass = 0; pass < PASSES; pass++) {
    for (let row = 0; row < rows; row++) slide(from, to, row * columns, 1, columns);
    for (let column = 0; column < columns; column++) slide(to, from, column, columns, rows);
  }
  for (let i = 0; i < from.length; i++) from[i] *= PLATEAU;
  return from;
}

/**
 * Running mean along one row or column.
 * @param {Float32Array} from @param {Float32Array} to @param {number} start @param {number} step @param {number} count
 */
function slide(from, to, start, step, count) {
  const share = 1 / SPAN;
  let sum = 0;
  for (let i = 0; i < Math.min(REACH, count); i++) sum += from[start + i * step];
  for (let i = 0; i < count; i++) {
    if (i + REACH < count) sum += from[start + (i + REACH) * step];
    if (i > REACH) sum -= from[start + (i - REACH - 1) * step];
    to[start + i * step] = Math.max(sum, 0) * share;
  }
}

/** @type {{points: object | null, place: string, most: number}} */
const mostSeen = { points: null, place: "", most: 0 };

/** The highest value that the view has at any date: colours keep their meaning while the dates move.
 * @param {View} view @param {State} state @param {number} km */
function mostInView(view, state, km) {
  const place = [view.scale, view.left, view.top, view.width, view.height].join();
  if (mostSeen.points === state.points && mostSeen.place === place) return mostSeen.most;
  const columns = Math.ceil(view.width / GRAIN);
  const rows = Math.ceil(view.height / GRAIN);
  const grid = new Float32Array(columns * rows);
  countOnSurface(grid, columns, rows, view, { ...state, filter: { mask: null, from: null, to: null } }, km);
  const most = smooth(grid, columns, rows).reduce((a, b) => (b > a ? b : a), 0);
  Object.assign(mostSeen, { points: state.points, place, most });
  return most;
}

/** @type {HTMLCanvasElement | undefined} */
let surface;

/** @param {CanvasRenderingContext2D} ctx @param {View} view @param {State} state @param {Density} density */
export function paintDensity(ctx, view, { theme }, { values, columns, rows, breaks }) {
  surface ??= document.createElement("canvas");
  if (surface.width !== columns || surface.height !== rows) Object.assign(surface, { width: columns, height: rows });
  const brush = surface.getContext("2d");
  if (!brush) return;
  const image = brush.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = breaks.map((_, i) => pixelOf(theme.ramp[rampStep(i, breaks.length)]));
  for (let i = 0; i < values.length; i++) {
    if (values[i] < FAINTEST) continue;
    pixels[i] = colours[classOf(breaks, values[i])];
  }
  brush.putImageData(image, 0, 0);
  drawOnScreen(ctx, view);
  ctx.imageSmoothingEnabled = true;
  ctx.drawImage(surface, 0, 0, columns * GRAIN, rows * GRAIN);
}

/** A colour as a little-endian pixel. @param {string} hex "#RRGGBB" */
const pixelOf = (hex) => {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
};

/** No finer than the smoothing is. @param {number} km @returns {number} */
export const roundKm = (km) =>
  km >= 20 ? Math.round(km / 5) * 5 : km >= 3 ? Math.round(km) : Math.round(km * 10) / 10;

/** Incidents in the circle round a point of the canvas. @param {Density} density @param {number} x @param {number} y */
export function densityAt({ values, columns, rows }, x, y) {
  const [column, row] = [Math.floor(x / GRAIN), Math.floor(y / GRAIN)];
  return column >= 0 && column < columns && row >= 0 && row < rows ? values[row * columns + column] : 0;
}

/** Cells of a block in which one peak is looked for. */
const BLOCK = 16;
/** Peaks that a key can reach; more would be no help. */
const MOST_PEAKS = 24;

/**
 * Where the surface is higher than all round it, the highest first, in px of the canvas.
 * @param {Density} density @returns {{x: number, y: number, value: number}[]}
 */
export function findPeaks({ values, columns, rows, breaks }) {
  const across = Math.ceil(columns / BLOCK);
  const down = Math.ceil(rows / BLOCK);
  const best = new Int32Array(across * down).fill(-1);
  for (let row = 0, i = 0; row < rows; row++) {
    const start = Math.floor(row / BLOCK) * across;
    for (let column = 0; column < columns; column++, i++) {
      const block = start + Math.floor(column / BLOCK);
      if (values[i] >= breaks[0] && (best[block] < 0 || values[i] > values[best[block]])) best[block] = i;
    }
  }
  const peaks = [...best].filter((i, block) => i >= 0 && isHighest(best, values, block, across, down));
  return peaks
    .sort((a, b) => values[b] - values[a])
    .slice(0, MOST_PEAKS)
    .map((i) => ({ x: (i % columns) * GRAIN, y: Math.floor(i / columns) * GRAIN, value: values[i] }));
}

/** @param {Int32Array} best @param {Float32Array} values @param {number} block @param {number} across @param {number} down */
function isHighest(best, values, block, across, down) {
  const [row, column] = [Math.floor(block / across), block % across];
  for (let r = Math.max(0, row - 1); r <= Math.min(down - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(across - 1, column + 1); c++) {
      const other = best[r * across + c];
      if (other >= 0 && values[other] > values[best[block]]) return false;
    }
  }
  return true;
}
