// @ts-check
/** What is taken on the map and what is free, on a coarse grid, so that words stand on empty ground. */

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./geometry.js").View} View */

const CELL = 6;

/** Reading a canvas back is slow, and most of what is read stays the same while only the dates change.
 * @type {Map<string, Uint8Array>} */
const kept = new Map();
let keptFor = "";
const MOST_KEPT = 160;

export class Space {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.columns = Math.ceil(view.width / CELL);
    this.rows = Math.ceil(view.height / CELL);
    this.taken = new Uint8Array(this.columns * this.rows);
    /** @type {Uint32Array | null} */
    this.sums = null;
  }

  /**
   * The cells that a drawing touches; asked again under the same key while the view stays, the same cells.
   * @param {string} key
   * @param {(ctx: CanvasRenderingContext2D, view: View) => void} draw in a context for the given (coarse) view
   * @returns {Uint8Array}
   */
  cellsOf(key, draw) {
    const { scale, left, top, width, height } = this.view;
    const place = [scale, left, top, width, height].join();
    if (place !== keptFor || kept.size > MOST_KEPT) kept.clear();
    keptFor = place;
    const cells = kept.get(key) ?? this.rasterise(draw);
    kept.set(key, cells);
    return cells;
  }

  /** @param {(ctx: CanvasRenderingContext2D, view: View) => void} draw @returns {Uint8Array} */
  rasterise(draw) {
    const ctx = scratch(this.columns, this.rows);
    draw(ctx, { ...this.view, ratio: 1 / CELL });
    const { data } = ctx.getImageData(0, 0, this.columns, this.rows);
    const cells = new Uint8Array(this.columns * this.rows);
    for (let i = 0; i < cells.length; i++) cells[i] = data[i * 4 + 3] > 20 ? 1 : 0;
    return cells;
  }

  /** @param {Uint8Array} cells */
  takeCells(cells) {
    for (let i = 0; i < cells.length; i++) this.taken[i] |= cells[i];
    this.sums = null;
  }

  /**
   * Does something as if some cells were taken.
   * @template T @param {Uint8Array[]} cells @param {() => T} act @returns {T}
   */
  without(cells, act) {
    const before = this.taken.slice();
    cells.forEach((more) => this.takeCells(more));
    const done = act();
    for (const more of cells) for (let i = 0; i < more.length; i++) if (more[i] && !before[i]) this.taken[i] = 0;
    this.sums = null;
    return done;
  }

  /** @param {Box} box */
  takeBox(box) {
    const [c0, r0, c1, r1] = this.clamp(box);
    for (let r = r0; r < r1; r++) this.taken.fill(1, r * this.columns + c0, r * this.columns + c1);
    this.sums = null;
  }

  /** @param {Box} box @returns {boolean} whether nothing stands there */
  isFree(box) {
    const sums = (this.sums ??= sumUp(this.taken, this.columns, this.rows));
    const [c0, r0, c1, r1] = this.clamp(box);
    const width = this.columns + 1;
    return sums[r1 * width + c1] - sums[r0 * width + c1] - sums[r1 * width + c0] + sums[r0 * width + c0] === 0;
  }

  /**
   * The free box of a size nearest to a point, inside the map's frame.
   * @param {{w: number, h: number}} size
   * @param {[number, number]} near
   * @param {{within?: Uint8Array, margin?: number, cost?: (x: number, y: number) => number, before?: Box}} [options]
   *   `within`: cells the middle must lie in; `before`: where it stood in the last picture, kept if it can be
   * @returns {Box | null}
   */
  findFree({ w, h }, near, { within, margin = 10, cost = () => 0, before } = {}) {
    const { x0, y0, x1, y1 } = this.view.frame;
    if (before && Math.abs(before.x1 - before.x0 - w) < 1 && this.isFree(before)) return before;
    let best = null;
    let least = Infinity;
    for (let y = y0 + margin; y + h <= y1 - margin; y += CELL) {
      for (let x = x0 + margin; x + w <= x1 - margin; x += CELL) {
        const far = Math.hypot(x + w / 2 - near[0], y + h / 2 - near[1]) + cost(x, y);
        if (far >= least) continue;
        if (within && !within[this.cellAt(x + w / 2, y + h / 2)]) continue;
        const box = { x0: x, y0: y, x1: x + w, y1: y + h };
        if (!this.isFree(box)) continue;
        best = box;
        least = far;
      }
    }
    return best;
  }

  /**
   * The point deep inside some cells that is nearest to a given one.
   * @param {Uint8Array} cells @param {[number, number]} near @param {number} depth px from the cells' edge
   * @param {(x: number, y: number) => boolean} accepts
   * @returns {[number, number] | null}
   */
  nearestInside(cells, near, depth, accepts) {
    const sums = sumUp(cells, this.columns, this.rows);
    const d = Math.ceil(depth / CELL);
    const side = 2 * d + 1;
    const width = this.columns + 1;
    let best = null;
    let least = Infinity;
    for (let r = d; r < this.rows - d; r++) {
      for (let c = d; c < this.columns - d; c++) {
        const [r0, r1, c0, c1] = [r - d, r + d + 1, c - d, c + d + 1];
        const full = sums[r1 * width + c1] - sums[r0 * width + c1] - sums[r1 * width + c0] + sums[r0 * width + c0];
        if (full < side * side) continue;
        const [x, y] = [(c + 0.5) * CELL, (r + 0.5) * CELL];
        const far = Math.hypot(x - near[0], y - near[1]);
        if (far < least && accepts(x, y)) [best, least] = [/** @type {[number, number]} */ ([x, y]), far];
      }
    }
    return best;
  }

  /** @param {number} x @param {number} y */
  cellAt(x, y) {
    return Math.floor(y / CELL) * this.columns + Math.floor(x / CELL);
  }

  /** @param {Box} box @returns {[number, number, number, number]} first column and row, and one past the last */
  clamp({ x0, y0, x1, y1 }) {
    const limit = (/** @type {number} */ v, /** @type {number} */ most) => Math.max(0, Math.min(most, v));
    return [
      limit(Math.floor(x0 / CELL), this.columns),
      limit(Math.floor(y0 / CELL), this.rows),
      limit(Math.ceil(x1 / CELL), this.columns),
      limit(Math.ceil(y1 / CELL), this.rows),
    ];
  }
}

/** Summed areas: how many cells are taken left of and above each corner. */
function sumUp(/** @type {Uint8Array} */ cells, /** @type {number} */ columns, /** @type {number} */ rows) {
  const width = columns + 1;
  const sums = new Uint32Array(width * (rows + 1));
  for (let r = 0; r < rows; r++) {
    let row = 0;
    for (let c = 0; c < columns; c++) {
      row += cells[r * columns + c];
      sums[(r + 1) * width + c + 1] = sums[r * width + c + 1] + row;
    }
  }
  return sums;
}

/** @type {HTMLCanvasElement | null} */
let scratchCanvas = null;

/**
 * @param {number} width
 * @param {number} height
 * @returns {CanvasRenderingContext2D} an empty small canvas that is read back
 */
function scratch(width, height) {
  scratchCanvas ??= document.createElement("canvas");
  scratchCanvas.width = width;
  scratchCanvas.height = height;
  const ctx = scratchCanvas.getContext("2d", { willReadFrequently: true });
  if (!ctx) throw new Error("this browser has no canvas");
  return ctx;
}
