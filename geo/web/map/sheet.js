// @ts-check
/** The map as a sheet to write on: what stands where, what words would rather not cover, and the words so far. */

import { boxAt, drawInWorld, drawOnScreen } from "./geometry.js";
import { findPosition, textSize } from "./labels.js";
import { Space } from "./space.js";

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").State} State */
/** @typedef {import("./basemap.js").Area} Area */
/** @typedef {CanvasRenderingContext2D} Context */

export class Sheet {
  /** @param {Context} ctx @param {View} view @param {State} state @param {Scene} scene */
  constructor(ctx, view, state, scene) {
    this.ctx = ctx;
    this.view = view;
    this.state = state;
    this.scene = scene;
    this.taken = scene.taken;
    /** @type {import("./labels.js").Label[]} */
    this.labels = [];
    /** Everything that is drawn: free-standing words keep off it. */
    this.busy = new Space(view);
    /** The border line, which no province name may cover. */
    this.line = new Space(view);
    /** The line and the outline of the total, which a word covers only where nothing else is free. */
    this.strokes = new Space(view);
    this.totalCells = scene.total ? this.cellsOfAreas(scene.total.areas) : null;
    this.fill();
  }

  fill() {
    const { scene, state } = this;
    const line = this.busy.cellsOf("line", (ctx, view) => strokeWide(ctx, view, state.ground.linePath, 5));
    for (const space of [this.busy, this.line, this.strokes]) space.takeCells(line);
    if (scene.total) this.strokes.takeCells(this.cellsOfOutline(scene.total));
    if (this.totalCells) this.busy.takeCells(this.totalCells);
    for (const { area } of scene.provinces) if (area) this.busy.takeCells(this.cellsOfAreas([area]));
    for (const box of this.taken.boxes) this.busy.takeBox(box);
    for (const { x, y, radius, faint } of scene.discs) {
      if (!faint) this.busy.takeBox(boxAt(x - radius, y - radius, radius * 2, radius * 2));
    }
  }

  /** @param {import("./scene.js").Total} total */
  cellsOfOutline({ record, outline }) {
    return this.busy.cellsOf(`outline ${record.id}`, (ctx, view) => strokeWide(ctx, view, outline, 2));
  }

  /** @param {Area[]} areas */
  cellsOfAreas(areas) {
    return this.busy.cellsOf(areas.map((area) => area.code).join(), (ctx, view) => fillAreas(ctx, view, areas));
  }

  /** @param {Box} box */
  take(box) {
    this.taken.add(box);
    this.busy.takeBox(box);
  }

  /**
   * Writes a word in a box that is then taken.
   * @param {Box} box
   * @param {{text: string, font: string, fill: string, spacing?: number}} word
   * @param {number} [inset] px between the box's edge and the word
   */
  write(box, word, inset = 0) {
    this.take(box);
    this.labels.push({ ...word, x: box.x0 + inset, y: (box.y0 + box.y1) / 2 });
  }

  /**
   * Writes a word beside a mark.
   * @param {{text: string, font: string, fill: string, backed?: boolean}} word
   * @param {{x: number, y: number, radius: number}} mark
   * @returns {boolean} whether there was room
   */
  writeBeside(word, mark) {
    const size = textSize(this.ctx, word.text, word.font);
    const avoid = (/** @type {Box} */ box) => !this.strokes.isFree(box);
    const box = findPosition(this.taken, mark, size, { inside: this.view.frame, avoid });
    if (box) this.write(box, word);
    return box !== null;
  }

  /**
   * Whether a leader between two points meets nothing.
   * @param {[number, number]} from
   * @param {[number, number]} to
   */
  isClear([x0, y0], [x1, y1]) {
    return [0, 0.25, 0.5, 0.75, 1].every((t) => {
      const [x, y] = [x0 + t * (x1 - x0), y0 + t * (y1 - y0)];
      return this.taken.isFree(boxAt(x - 4, y - 4, 8, 8));
    });
  }

  /**
   * Middle of some cells inside the frame.
   * @param {Uint8Array} cells
   * @returns {[number, number] | null}
   */
  middleOf(cells) {
    const { busy, view } = this;
    const { x0, y0, x1, y1 } = view.frame;
    const size = view.width / busy.columns;
    let [n, sumX, sumY] = [0, 0, 0];
    for (let i = 0; i < cells.length; i++) {
      if (!cells[i]) continue;
      const [x, y] = [((i % busy.columns) + 0.5) * size, (Math.floor(i / busy.columns) + 0.5) * size];
      if (x < x0 || x > x1 || y < y0 || y > y1) continue;
      [n, sumX, sumY] = [n + 1, sumX + x, sumY + y];
    }
    return n ? [sumX / n, sumY / n] : null;
  }
}

/** @param {Context} ctx @param {View} view @param {Path2D} path @param {number} px */
function strokeWide(ctx, view, path, px) {
  drawInWorld(ctx, view);
  ctx.lineWidth = px / view.scale;
  ctx.stroke(path);
  drawOnScreen(ctx, view);
}

/** @param {Context} ctx @param {View} view @param {{path: Path2D}[]} areas */
function fillAreas(ctx, view, areas) {
  drawInWorld(ctx, view);
  for (const { path } of areas) ctx.fill(path, "evenodd");
  drawOnScreen(ctx, view);
}
