// @ts-check
/** Marks that would cover each other, drawn as one. */

import { EXACT } from "./points.js";
import { toScreen } from "./geometry.js";
import { SIZE } from "./tokens.js";

/** @typedef {import("./points.js").Points} Points */
/** @typedef {import("./geometry.js").View} View */

/**
 * All marks of one place and precision.
 * @typedef {object} Group
 * @property {number} place
 * @property {number} precision
 * @property {number} x screen
 * @property {number} y
 * @property {number[]} marks indices into the points
 */

/**
 * @typedef {object} Bubble
 * @property {number} x
 * @property {number} y
 * @property {number} radius
 * @property {number} count incidents
 * @property {number[]} byCategory
 */

/**
 * @param {Points} points @param {Uint32Array} indices @param {number} count @param {View} view
 * @returns {Group[]}
 */
export function groupByPlace(points, indices, count, view) {
  /** @type {Map<number, Group>} */
  const groups = new Map();
  for (let k = 0; k < count; k++) {
    const i = indices[k];
    const key = points.place[i] * 8 + points.precision[i];
    const group = groups.get(key);
    if (group) {
      group.marks.push(i);
      continue;
    }
    const [x, y] = toScreen(view, points.x[i], points.y[i]);
    groups.set(key, { place: points.place[i], precision: points.precision[i], x, y, marks: [i] });
  }
  return [...groups.values()];
}

/** @typedef {Group & {places: number[]}} Cluster */

/** Px between the middles of two rings, or of a ring and a mark, that leave both to be seen. */
const RINGS_APART = SIZE.ring * 2 + 2;
const RING_AND_MARK_APART = SIZE.ring + SIZE.mark / 2 + SIZE.halo;
/** A ring that grows by a merge can touch another one; more rounds than this change nothing that a person sees. */
const MOST_ROUNDS = 4;

/**
 * Exact groups nearer than `distance` pixels become one, which stands where its largest member stands.
 * @param {Group[]} groups @param {number} distance
 * @returns {Cluster[]}
 */
export function mergeNear(groups, distance) {
  let clusters = groups
    .filter((group) => group.precision === EXACT)
    .map((group) => ({ ...group, places: [group.place] }));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const merged = mergeOnce(clusters, distance);
    if (merged.length === clusters.length) break;
    clusters = merged;
  }
  return clusters;
}

/** @param {Cluster[]} clusters @param {number} distance @returns {Cluster[]} */
function mergeOnce(clusters, distance) {
  const cell = Math.max(distance, RINGS_APART);
  /** @type {Map<string, Cluster[]>} */
  const cells = new Map();
  const merged = [];
  for (const cluster of [...clusters].sort((a, b) => b.marks.length - a.marks.length)) {
    const [column, row] = [Math.floor(cluster.x / cell), Math.floor(cluster.y / cell)];
    const near = neighbours(cells, column, row).find((other) => touch(cluster, other, distance));
    if (near) {
      near.marks.push(...cluster.marks);
      near.places.push(...cluster.places);
      continue;
    }
    const kept = { ...cluster, marks: [...cluster.marks], places: [...cluster.places] };
    const key = `${column},${row}`;
    cells.set(key, [...(cells.get(key) ?? []), kept]);
    merged.push(kept);
  }
  return merged;
}

/** @param {Cluster} a @param {Cluster} b @param {number} distance */
function touch(a, b, distance) {
  const rings = Number(a.marks.length > 1) + Number(b.marks.length > 1);
  const apart = [distance, RING_AND_MARK_APART, RINGS_APART][rings];
  return Math.hypot(a.x - b.x, a.y - b.y) < Math.max(apart, distance);
}

/** @template T @param {Map<string, T[]>} cells @param {number} column @param {number} row @returns {T[]} */
function neighbours(cells, column, row) {
  const found = [];
  for (let c = column - 1; c <= column + 1; c++) {
    for (let r = row - 1; r <= row + 1; r++) found.push(...(cells.get(`${c},${r}`) ?? []));
  }
  return found;
}

/**
 * Counts on a grid that is fixed to the world, so that it does not swim when the map moves. An incident with several
 * marks in one cell counts once, as marks of an incident follow each other in the file.
 * @param {Points} points @param {Uint32Array} indices @param {number} count @param {View} view
 * @param {{cell: number, categories: number}} grid
 * @returns {Bubble[]}
 */
export function countOnGrid(points, indices, count, view, { cell, categories }) {
  const column0 = Math.floor(view.left / cell);
  const row0 = Math.floor(view.top / cell);
  const columns = Math.ceil(view.width / cell) + 2;
  const rows = Math.ceil(view.height / cell) + 2;
  const width = categories + 1;
  const counts = new Uint32Array(columns * rows * width);
  const last = new Int32Array(columns * rows).fill(-1);
  const sumX = new Float64Array(columns * rows);
  const sumY = new Float64Array(columns * rows);
  const k = view.scale / cell;
  for (let n = 0; n < count; n++) {
    const i = indices[n];
    const x = points.x[i] * k;
    const y = points.y[i] * k;
    const at = (Math.floor(y) - row0) * columns + Math.floor(x) - column0;
    if (last[at] === points.incident[i]) continue;
    last[at] = points.incident[i];
    counts[at * width]++;
    counts[at * width + 1 + points.category[i]]++;
    sumX[at] += x;
    sumY[at] += y;
  }
  const bubbles = [];
  for (let at = 0; at < columns * rows; at++) {
    const inside = counts[at * width];
    if (!inside) continue;
    const byCategory = [...counts.subarray(at * width + 1, (at + 1) * width)];
    const radius = bubbleRadius(inside);
    const x = keepInCell(sumX[at] / inside, radius / cell) * cell - view.left;
    const y = keepInCell(sumY[at] / inside, radius / cell) * cell - view.top;
    bubbles.push({ x, y, radius, count: inside, byCategory });
  }
  return bubbles;
}

/**
 * A place in cells, moved so far that a circle of a radius stays inside its cell.
 * @param {number} at
 * @param {number} radius
 */
const keepInCell = (at, radius) => Math.min(Math.max(at, Math.floor(at) + radius), Math.floor(at) + 1 - radius);

/** Radius of a count bubble in px: it grows with the logarithm and never leaves its cell. @param {number} count */
const bubbleRadius = (count) => Math.min(SIZE.gridCell / 2 - 1, 9.5 + 3.2 * Math.log10(count));
