// @ts-check
/** Provinces and stretches of the line that marks name, one to a place; where they are many, stretches in sum. */

import { openPath, stretchOf } from "./geometry.js";
import { LINE } from "./points.js";
import { Tally } from "./tally.js";
import { partOfTotal, totalsByIncident } from "./totals.js";

/** @typedef {import("./scene.js").State} State */
/** @typedef {import("./scene.js").Item} Item */
/** @typedef {import("./points.js").Found} Found */

/** More stretches than this hide one another: the line is then cut in cells, each in the category told of it most. */
const MOST_BANDS = 60;
const CELL_KM = 5;

/** @param {State} state @param {Found} found @returns {Item[]} none where the basemap does not know a province */
export function areaItems(state, found) {
  const { tallies, stretches } = sortMarks(state, found);
  const single = [...tallies].sort(([a], [b]) => a - b).flatMap(([place, tally]) => itemOf(state, place, tally));
  return stretches.length ? [...runsOf(state, stretches), ...single] : single;
}

/**
 * Marks by place; those of stretches apart when there are too many of them, but for the selected incident's.
 * @param {State} state @param {Found} found
 * @returns {{tallies: Map<number, Tally>, stretches: number[]}}
 */
function sortMarks(state, found) {
  const { points, marks, selected } = state;
  const totals = totalsByIncident(marks.scopes);
  /** @type {Map<number, Tally>} */
  const tallies = new Map();
  /** @type {number[]} */
  const stretches = [];
  const named = new Set();
  const add = (/** @type {number} */ i) => {
    const tally = tallies.get(points.place[i]) ?? new Tally(state);
    tallies.set(points.place[i], tally);
    tally.add(i);
  };
  const { first } = cellsOf(state);
  for (let k = 0; k < found.areaCount; k++) {
    const i = found.areas[k];
    if (totals.size && partOfTotal(state, i, totals.get(points.incident[i]))) continue;
    if (points.precision[i] !== LINE || first[points.place[i]] < 0 || points.incident[i] === selected) add(i);
    else {
      stretches.push(i);
      if (named.size <= MOST_BANDS) named.add(points.place[i]);
    }
  }
  if (named.size > MOST_BANDS) return { tallies, stretches };
  stretches.forEach(add);
  return { tallies, stretches: [] };
}

/** @param {State} state @param {number} index of the place @param {Tally} tally @returns {Item[]} */
function itemOf({ points, marks, ground }, index, tally) {
  const place = marks.places[index];
  const summary = tally.summary();
  const base = { x: 0, y: 0, radius: 0, place: index, precision: points.precision[summary.marks[0]], ...summary };
  if (base.precision !== LINE) {
    const area = ground.provinces.get(place.adm1 ?? "");
    return area ? [{ ...base, area }] : [];
  }
  const [from, to] = place.border_km ?? [0, lengthOf(ground.line)];
  const stretch = stretchOf(ground.line, from, to);
  return [{ ...base, stretch, path: openPath(stretch), whole: !place.border_km }];
}

/** @param {import("./geometry.js").Line} line */
const lengthOf = ({ km }) => km[km.length - 1];

/**
 * First and last cell of the line that each place covers; -1 for what is no stretch of it.
 * @typedef {{first: Int16Array, last: Int16Array, count: number}} Cells
 */

/** @type {WeakMap<import("./source.js").Marks, Cells>} */
const cellsKnown = new WeakMap();

/** @param {State} state @returns {Cells} */
function cellsOf({ marks, ground }) {
  const known = cellsKnown.get(marks);
  if (known) return known;
  const count = Math.ceil(lengthOf(ground.line) / CELL_KM);
  const cells = { first: new Int16Array(marks.places.length).fill(-1), last: new Int16Array(marks.places.length), count };
  marks.places.forEach(({ border_km: stretch }, place) => {
    if (!stretch) return;
    cells.first[place] = Math.max(0, Math.min(count - 1, Math.floor(stretch[0] / CELL_KM)));
    cells.last[place] = Math.max(cells.first[place], Math.min(count, Math.ceil(stretch[1] / CELL_KM)) - 1);
  });
  cellsKnown.set(marks, cells);
  return cells;
}

/**
 * Many stretches in sum: cells in a row of which the same category is told most are one item.
 * @param {State} state @param {number[]} stretches marks @returns {Item[]}
 */
function runsOf(state, stretches) {
  const { points, marks, ground } = state;
  const { first, last, count } = cellsOf(state);
  const best = mostTold(state, stretches);
  /** @type {{from: number, to: number, tally: Tally}[]} */
  const runs = [];
  const runAt = new Int16Array(count);
  for (let cell = 0; cell < count; cell++) {
    if (best[cell] < 0) continue;
    if (cell && best[cell] === best[cell - 1]) runs[runs.length - 1].to = cell;
    else runs.push({ from: cell, to: cell, tally: new Tally(state) });
    runAt[cell] = runs.length - 1;
  }
  for (const i of stretches) {
    const place = points.place[i];
    for (let run = runAt[first[place]]; run <= runAt[last[place]]; run++) runs[run].tally.add(i);
  }
  return runs.map(({ from, to, tally }) => {
    const summary = tally.summary();
    const stretch = stretchOf(ground.line, from * CELL_KM, (to + 1) * CELL_KM);
    const item = { ...summary, x: 0, y: 0, radius: 0, place: points.place[summary.marks[0]], precision: LINE, stretch };
    return { ...item, category: marks.categories[best[from]], path: openPath(stretch), whole: false };
  });
}

/** The category that most stretches over each cell have; -1 for a cell that none covers.
 * @param {State} state @param {number[]} stretches @returns {Int8Array} */
function mostTold(state, stretches) {
  const { points, marks } = state;
  const { first, last, count } = cellsOf(state);
  const width = marks.categories.length;
  const told = new Int32Array((count + 1) * width);
  for (const i of stretches) {
    const [place, category] = [points.place[i], points.category[i]];
    told[first[place] * width + category]++;
    told[(last[place] + 1) * width + category]--;
  }
  for (let at = width; at < told.length; at++) told[at] += told[at - width];
  return Int8Array.from({ length: count }, (_, cell) => {
    const counts = told.subarray(cell * width, (cell + 1) * width);
    const most = Math.max(...counts);
    return most ? counts.indexOf(most) : -1;
  });
}
