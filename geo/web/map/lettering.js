// @ts-check
/** Every word on the map in the order of its right to stand there, the total's figure, and the line's name. */

import { FONTS } from "./tokens.js";
import { boxAt, contains, drawInWorld, drawOnScreen, kmToPixels, placeOnScreen, toScreen } from "./geometry.js";
import { EXACT, NEAR } from "./points.js";
import { findPosition, fontSize, textSize, textWidth } from "./labels.js";
import { inSight } from "./basemap.js";
import { reachOf } from "./scene.js";
import { nameIn, numberInWords } from "./words.js";
import { Space } from "./space.js";

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").State} State */
/** @typedef {import("./labels.js").Label} Label */
/** @typedef {CanvasRenderingContext2D} Context */

/** @typedef {{lines: Label[], leader: [number, number][] | null, dot: boolean}} Callout lines of text with a leader to the ground */

/**
 * @typedef {object} Lettering
 * @property {Label[]} labels
 * @property {[number, number][]} towns dots
 * @property {Callout | null} figure
 * @property {Callout | null} line
 * @property {{x: number, y: number, length: number, text: string} | null} scale
 */

/** @param {Context} ctx @param {View} view @param {State} state @param {Scene} scene @returns {Lettering} */
export function letter(ctx, view, state, scene) {
  const writer = new Writer(ctx, view, state, scene);
  const figure = writer.figure();
  const line = writer.lineName();
  const scale = writer.scale();
  writer.marks();
  writer.crossings();
  writer.totalProvinces();
  const towns = writer.towns();
  writer.countries();
  return { labels: writer.labels, towns, figure, line, scale };
}

class Writer {
  /** @param {Context} ctx @param {View} view @param {State} state @param {Scene} scene */
  constructor(ctx, view, state, scene) {
    this.ctx = ctx;
    this.view = view;
    this.state = state;
    this.scene = scene;
    this.taken = scene.taken;
    /** @type {Label[]} */
    this.labels = [];
    this.busy = new Space(view);
    this.lines = new Space(view);
    const lineCells = this.busy.cellsOf("line", (c, v) => strokeWide(c, v, state.ground.linePath, 5));
    this.lines.takeCells(lineCells);
    /** What a word would rather not cover: the line, and the outline of the total. */
    this.strokes = new Space(view);
    this.strokes.takeCells(lineCells);
    if (scene.total) this.strokes.takeCells(this.cellsOfOutline(scene.total));
    this.busy.takeCells(lineCells);
    this.totalCells = scene.total ? this.cellsOfAreas(scene.total.areas) : null;
    if (this.totalCells) this.busy.takeCells(this.totalCells);
    for (const { area } of scene.provinces) if (area) this.busy.takeCells(this.cellsOfAreas([area]));
    this.taken.boxes.forEach((box) => this.busy.takeBox(box));
    scene.discs.filter((item) => !item.faint).forEach(({ x, y, radius }) => this.busy.takeBox(boxAt(x - radius, y - radius, radius * 2, radius * 2)));
  }

  /** @param {import("./scene.js").Total} total */
  cellsOfOutline({ record, outline }) {
    return this.busy.cellsOf(`outline ${record.id}`, (c, v) => strokeWide(c, v, outline, 2));
  }

  /** @param {import("./basemap.js").Area[]} areas */
  cellsOfAreas(areas) {
    return this.busy.cellsOf(areas.map((area) => area.code).join(), (c, v) => fillAreas(c, v, areas));
  }

  /** @param {Box} box */
  take(box) {
    this.taken.add(box);
    this.busy.takeBox(box);
  }

  /**
   * @param {string} text @param {{x: number, y: number, radius: number}} mark @param {string} font @param {string} fill
   * @returns {boolean} whether there was room
   */
  beside(text, mark, font, fill) {
    const size = textSize(this.ctx, text, font);
    const avoid = (/** @type {Box} */ box) => !this.strokes.isFree(box);
    const box = findPosition(this.taken, mark, size, { inside: this.view.frame, avoid });
    if (!box) return false;
    this.take(box);
    this.labels.push({ text, font, fill, x: box.x0, y: (box.y0 + box.y1) / 2 });
    return true;
  }

  /** Names of the chosen mark, then exact places, then areas. */
  marks() {
    const { clusters, discs } = this.scene;
    const { places } = this.state.marks;
    const { theme, lang, say } = this.state;
    const items = [...clusters, ...discs].filter((item) => !item.faint && (item.places?.length ?? 1) === 1);
    const rank = (/** @type {import("./scene.js").Item} */ item) => (item.chosen ? 0 : item.precision === EXACT ? 1 : 2);
    for (const item of items.sort((a, b) => rank(a) - rank(b) || b.count - a.count).slice(0, MOST_LABELS)) {
      const name = nameIn(places[item.place], lang);
      const text = item.precision === NEAR ? say("near", { place: name }) : name;
      const font = item.chosen ? FONTS.chosen : item.precision === EXACT ? FONTS.place : FONTS.area;
      const mark = { x: item.x, y: item.y, radius: item.plate ? item.radius : reachOf(item) };
      if (this.beside(text, mark, font, theme.ink) || !item.plate) continue;
      const { x0, y0, x1, y1 } = item.plate.box;
      this.beside(text, { x: (x0 + x1) / 2, y: (y0 + y1) / 2, radius: (x1 - x0) / 2 + 1 }, font, theme.ink);
    }
  }

  crossings() {
    const { theme } = this.state;
    for (const { x, y, name } of this.scene.crossings) this.beside(name, { x, y, radius: 6.5 }, FONTS.crossing, theme.second);
  }

  /** Names of the provinces that a total covers, in its colour. */
  totalProvinces() {
    const { total, provinces } = this.scene;
    if (!total || total.faint) return;
    const plated = new Set(provinces.map((item) => item.area));
    for (const area of total.areas) {
      if (plated.has(area) || !area.middle) continue;
      const [x, y] = placeOnScreen(this.view, area.middle[1], area.middle[0]);
      const box = this.inside(nameIn(area, this.state.lang), FONTS.total, [x, y], this.cellsOfAreas([area]));
      if (!box) continue;
      this.take(box);
      const fill = inkOf(this.state.theme, total.record.category);
      this.labels.push({ text: nameIn(area, this.state.lang), font: FONTS.total, fill, x: box.x0, y: (box.y0 + box.y1) / 2 });
    }
  }

  /** @param {string} text @param {string} font @param {[number, number]} middle @param {Uint8Array} cells @returns {Box | null} */
  inside(text, font, [cx, cy], cells) {
    const { w, h } = textSize(this.ctx, text, font);
    const ways = [0, 14, -14, 28, -28, 42, -42].flatMap((dy) => [0, 14, -14, 30, -30, 50, -50].map((dx) => [cx + dx, cy + dy]));
    const free = ways.filter(([x, y]) => cells[this.busy.cellAt(x, y)]).map(([x, y]) => boxAt(x - w / 2, y - h / 2, w, h))
      .filter((box) => contains(this.view.frame, box) && this.taken.isFree(box) && this.lines.isFree(box));
    return free.find((box) => this.strokes.isFree(box)) ?? free[0] ?? null;
  }

  /** @returns {[number, number][]} dots of the towns whose names found room */
  towns() {
    const { ground, lang, theme } = this.state;
    const zoom = Math.log2(this.view.scale);
    const rank = zoom < 5 ? 1 : zoom < 6.75 ? 2 : 3;
    /** @type {[number, number][]} */
    const dots = [];
    for (const town of ground.record.towns) {
      if (town.rank > rank) continue;
      const [x, y] = placeOnScreen(this.view, town.lat, town.lon);
      const crowded = [...dots.map((dot) => [...dot, 60]), ...this.scene.clusters.map((item) => [item.x, item.y, 14])];
      if (!this.taken.isFree(boxAt(x - 5, y - 5, 10, 10)) || crowded.some(([cx, cy, far]) => Math.hypot(cx - x, cy - y) < far)) continue;
      if (!this.beside(nameIn(town, lang), { x, y, radius: 4.5 }, FONTS.town, theme.third)) continue;
      this.take(boxAt(x - 4, y - 4, 8, 8));
      dots.push([x, y]);
    }
    return dots;
  }

  countries() {
    const { ground, lang, theme } = this.state;
    for (const land of ground.lands) {
      if (!inSight(land, this.view) || !land.name) continue;
      const text = nameIn(land, lang).toLocaleUpperCase(lang);
      const spacing = /[A-Z]/.test(text) ? 2.2 : 0;
      const { w, h } = textSize(this.ctx, text, FONTS.country, spacing);
      const cells = this.cellsOfAreas([land]);
      const middle = middleOf(cells, this.busy, this.view.frame);
      const before = this.state.stood.get(land.code ?? text);
      const box = middle && this.busy.findFree({ w: w + 12, h: h + 8 }, middle, { within: cells, before });
      if (!box || !within(cells, this.busy, box)) continue;
      this.state.stood.set(land.code ?? text, box);
      this.take(box);
      this.labels.push({ text, font: FONTS.country, fill: theme.third, x: box.x0 + 6, y: (box.y0 + box.y1) / 2, spacing });
    }
  }

  /** The total's figure, once, on free ground. @returns {Callout | null} */
  figure() {
    const { total } = this.scene;
    if (!total || total.faint || !total.record.figures.length || !this.totalCells) return null;
    const { theme } = this.state;
    const lines = this.figureLines(total.record);
    const w = Math.max(...lines.map(({ text, font }) => textWidth(this.ctx, text, font)));
    const heights = lines.map(({ font }) => fontSize(font) * 1.22);
    const h = heights.reduce((sum, height) => sum + height, 0);
    const middle = middleOf(this.totalCells, this.busy, this.view.frame);
    const cost = (/** @type {number} */ _, /** @type {number} */ y) => (y - this.view.frame.y0) * 0.3;
    const before = this.state.stood.get(`figure ${total.record.id}`);
    const box = middle && this.busy.findFree({ w: w + 16, h: h + 12 }, middle, { margin: 14, cost, before });
    if (!box) return null;
    this.state.stood.set(`figure ${total.record.id}`, box);
    this.take(box);
    const foot = /** @type {[number, number]} */ ([(box.x0 + box.x1) / 2, box.y1]);
    const free = (/** @type {number} */ x, /** @type {number} */ y) => this.taken.isFree(boxAt(x - 8, y - 8, 16, 16));
    const end = this.busy.nearestInside(this.totalCells, foot, 14, free);
    const laid = stack(lines, heights, box.x0 + 8, box.y0 + 6);
    if (!end) return { lines: laid, leader: null, dot: false };
    this.take(boxAt(end[0] - 6, end[1] - 6, 12, 12));
    const start = startOfLeader(box, end);
    return { lines: laid.map((line) => ({ ...line, fill: line.fill || theme.ink })), leader: bend(start, end), dot: true };
  }

  /** @param {import("./source.js").ScopeRecord} record @returns {{text: string, font: string, fill: string}[]} */
  figureLines({ figures, what, when, where }) {
    const { theme, say, lang } = this.state;
    const count = figures.length;
    const rival = count > 1 ? say("rival_claims", { n: numberInWords(count, lang) }) : say("counted_once");
    const text = count > 1 ? `${figures.slice(0, -1).join(", ")} ${say("or")} ${figures[count - 1]}` : figures[0];
    const small = wrap(this.ctx, `${where}:`, FONTS.where, 210).concat(wrap(this.ctx, rival, FONTS.where, 210));
    return [
      { text, font: FONTS.figure, fill: theme.ink },
      ...wrap(this.ctx, `${what}, ${when}`, FONTS.what, 240).map((line) => ({ text: line, font: FONTS.what, fill: theme.ink })),
      ...small.map((line) => ({ text: line, font: FONTS.where, fill: theme.second })),
    ];
  }

  /** The line's name and what is disputed about it, beside the line with a leader. @returns {Callout | null} */
  lineName() {
    const { theme, lang, ground } = this.state;
    const { names, note } = ground.record.line;
    const own = this.state.say("line_note");
    const notes = own ? own.split("\n") : [note ?? []].flat();
    const lines = [{ text: names[lang] ?? names.en, font: FONTS.line, fill: theme.ink }]
      .concat(notes.map((text) => ({ text, font: FONTS.note, fill: theme.second })));
    const w = Math.max(...lines.map(({ text, font }) => textWidth(this.ctx, text, font)));
    const heights = lines.map(({ font }) => fontSize(font) * 1.2);
    const h = heights.reduce((sum, height) => sum + height, 0);
    const spot = this.besideLine({ w: w + 8, h: h + 6 });
    if (!spot) return null;
    this.take(spot.box);
    const level = spot.box.y0 + 3 + heights[0] / 2;
    const edge = spot.right ? spot.box.x0 + 1 : spot.box.x1 - 1;
    return { lines: stack(lines, heights, spot.box.x0 + 4, spot.box.y0 + 3), leader: [[edge, level], spot.at], dot: false };
  }

  /** @param {{w: number, h: number}} size @returns {{box: Box, at: [number, number], right: boolean} | null} */
  besideLine({ w, h }) {
    const { frame } = this.view;
    const points = this.state.ground.line.points.map(([x, y]) => toScreen(this.view, x, y))
      .filter(([x, y]) => x > frame.x0 + 8 && x < frame.x1 - 8 && y > frame.y0 + 8 && y < frame.y1 - 8);
    const before = this.state.stood.get("line");
    const ways = points.flatMap((at, i) => BESIDE_LINE.map(([dx, dy]) => ({ at, dx, dy, far: Math.abs(i / points.length - 0.4) })));
    let best = null;
    let least = Infinity;
    for (const { at, dx, dy, far } of ways) {
      const right = dx > 0;
      const box = boxAt(right ? at[0] + dx : at[0] + dx - w, at[1] + dy - 10, w, h);
      const same = before && Math.hypot(before.x0 - box.x0, before.y0 - box.y0) < 1;
      const cost = same ? -1 : far + (right ? 0 : 0.35);
      if (cost >= least || !contains(frame, box) || !this.busy.isFree(box)) continue;
      if (!this.isClear(at, [right ? box.x0 : box.x1, box.y0 + 10])) continue;
      best = { box, at, right };
      least = cost;
    }
    if (best) this.state.stood.set("line", best.box);
    return best;
  }

  /** Whether a leader between two points meets nothing. @param {[number, number]} from @param {[number, number]} to */
  isClear([x0, y0], [x1, y1]) {
    return [0, 0.25, 0.5, 0.75, 1].every((t) => {
      const [x, y] = [x0 + t * (x1 - x0), y0 + t * (y1 - y0)];
      return this.taken.isFree(boxAt(x - 4, y - 4, 8, 8));
    });
  }

  /** @returns {Lettering["scale"]} a length in km on free ground at the foot of the map */
  scale() {
    const { frame } = this.view;
    const lat = latAt(this.view, (frame.y0 + frame.y1) / 2);
    const km = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].findLast((n) => kmToPixels(this.view, n, lat) <= 90);
    if (!km) return null;
    const text = this.state.say("scale", { n: km });
    const length = kmToPixels(this.view, km, lat);
    const w = length + 8 + textWidth(this.ctx, text, FONTS.scale);
    for (const y of [frame.y1 - 14, frame.y1 - 32]) {
      for (let x = frame.x0 + 14; x + w < frame.x1 - 10; x += 12) {
        const box = boxAt(x - 4, y - 10, w + 8, 17);
        if (!this.busy.isFree(box)) continue;
        this.take(box);
        return { x, y, length, text };
      }
    }
    return null;
  }
}

const MOST_LABELS = 160;

/** Where the line's name may stand as seen from a point of the line, best first. */
const BESIDE_LINE = [[38, 8], [38, -20], [30, 26], [-38, 8], [-38, -20]];

/** The colour of a type for words: shelling's gold is too pale for them. @param {import("./tokens.js").Theme} theme
 * @param {string} category */
const inkOf = (theme, category) => (category === "shelling" ? theme.ink : theme.events[category]);

/** @param {View} view @param {number} y */
const latAt = (view, y) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + view.top)) / (256 * view.scale)))) * 180) / Math.PI;

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

/** Middle of the cells inside the frame. @param {Uint8Array} cells @param {Space} space @param {Box} frame @returns {[number, number] | null} */
function middleOf(cells, space, frame) {
  let [n, sumX, sumY] = [0, 0, 0];
  const size = space.view.width / space.columns;
  for (let i = 0; i < cells.length; i++) {
    if (!cells[i]) continue;
    const [x, y] = [((i % space.columns) + 0.5) * size, (Math.floor(i / space.columns) + 0.5) * size];
    if (x < frame.x0 || x > frame.x1 || y < frame.y0 || y > frame.y1) continue;
    [n, sumX, sumY] = [n + 1, sumX + x, sumY + y];
  }
  return n ? [sumX / n, sumY / n] : null;
}

/** @param {Uint8Array} cells @param {Space} space @param {Box} box @returns {boolean} whether both ends stand on the cells */
const within = (cells, space, box) =>
  [box.x0 + 4, box.x1 - 4].every((x) => cells[space.cellAt(x, (box.y0 + box.y1) / 2)]);

/** @param {Context} ctx @param {string} text @param {string} font @param {number} most px @returns {string[]} */
function wrap(ctx, text, font, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (textWidth(ctx, longer, font) <= most || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** @param {{text: string, font: string, fill: string}[]} lines @param {number[]} heights @param {number} x @param {number} top @returns {Label[]} */
function stack(lines, heights, x, top) {
  let y = top;
  return lines.map((line, i) => {
    y += heights[i];
    return { ...line, x, y: y - heights[i] / 2 };
  });
}

/** @param {Box} box @param {[number, number]} end @returns {[number, number]} where the leader leaves the text */
function startOfLeader(box, end) {
  const x = Math.max(box.x0 + 20, Math.min(box.x1 - 40, end[0] - 60));
  if (end[1] > box.y1) return [x, box.y1 - 1];
  if (end[1] < box.y0) return [x, box.y0 + 1];
  return [end[0] > box.x1 ? box.x1 : box.x0, (box.y0 + box.y1) / 2];
}

/** A leader that leaves level and arrives upright. @param {[number, number]} start @param {[number, number]} end @returns {[number, number][]} */
const bend = (start, end) => [start, [end[0], start[1]], end];
