// @ts-check
/** Words with a leader: the total's figure on free ground, the line's name; and the scale. */

import { FONTS } from "./tokens.js";
import { boxAt, contains, kmToPixels, toScreen } from "./geometry.js";
import { fontSize, textWidth } from "./labels.js";
import { numberInWords } from "./words.js";

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./geometry.js").Point} Point */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./labels.js").Label} Label */
/** @typedef {{text: string, font: string, fill: string}} Word */
/** @typedef {{x: number, y: number, length: number, text: string, backed?: boolean}} Scale */

/**
 * Lines of text with a leader to the ground, which ends in a dot where it means an area.
 * @typedef {object} Callout
 * @property {Label[]} lines
 * @property {Point[] | null} leader
 * @property {boolean} dot
 */

/**
 * The total's figure, written once.
 * @param {Sheet} sheet
 * @returns {Callout | null} null when no free ground is large enough
 */
export function writeFigure(sheet) {
  const { scene, totalCells, view, state, busy } = sheet;
  if (!scene.total || scene.total.faint || !scene.total.record.figures.length || !totalCells) return null;
  const { record } = scene.total;
  const block = blockOf(sheet, figureWords(sheet, record), 1.22);
  const middle = sheet.middleOf(totalCells);
  const size = { w: block.w + 16, h: block.h + 12 };
  const box =
    middle &&
    busy.findFree(size, middle, {
      margin: 14,
      cost: (_, y) => (y - view.frame.y0) * 0.3, // rather above than below, as a headline stands
      before: state.stood.get(`figure ${record.id}`),
    });
  if (!box) return null;
  state.stood.set(`figure ${record.id}`, box);
  sheet.take(box);
  return { lines: block.at(box.x0 + 8, box.y0 + 6), ...leaderInto(sheet, totalCells, box) };
}

/**
 * A leader from a box of words into the cells they speak of, clear of marks.
 * @param {Sheet} sheet
 * @param {Uint8Array} cells
 * @param {Box} box
 * @returns {{leader: Point[] | null, dot: boolean}}
 */
function leaderInto(sheet, cells, box) {
  const free = (/** @type {number} */ x, /** @type {number} */ y) => sheet.taken.isFree(boxAt(x - 8, y - 8, 16, 16));
  const end = sheet.busy.nearestInside(cells, [(box.x0 + box.x1) / 2, box.y1], 14, free);
  if (!end) return { leader: null, dot: false };
  sheet.take(boxAt(end[0] - 6, end[1] - 6, 12, 12));
  const start = startOfLeader(box, end);
  return { leader: [start, [end[0], start[1]], end], dot: true };
}

/** @param {Box} box @param {Point} end @returns {Point} where the leader leaves the words */
function startOfLeader(box, end) {
  const x = Math.max(box.x0 + 20, Math.min(box.x1 - 40, end[0] - 60));
  if (end[1] > box.y1) return [x, box.y1 - 1];
  if (end[1] < box.y0) return [x, box.y0 + 1];
  return [end[0] > box.x1 ? box.x1 : box.x0, (box.y0 + box.y1) / 2];
}

/** @param {Sheet} sheet @param {import("./source.js").ScopeRecord} record @returns {Word[]} */
function figureWords({ ctx, state }, { figures, what, when, where }) {
  const { theme, say, lang } = state;
  const count = figures.length;
  const rival = count > 1 ? say("rival_claims", { n: numberInWords(count, lang) }) : say("counted_once");
  const figure = count > 1 ? `${figures.slice(0, -1).join(", ")} ${say("or")} ${figures[count - 1]}` : figures[0];
  const small = [...wrap(ctx, `${where}:`, FONTS.where, 210), ...wrap(ctx, rival, FONTS.where, 210)];
  return [
    { text: figure, font: FONTS.figure, fill: theme.ink },
    ...wrap(ctx, `${what}, ${when}`, FONTS.what, 240).map((text) => ({ text, font: FONTS.what, fill: theme.ink })),
    ...small.map((text) => ({ text, font: FONTS.where, fill: theme.second })),
  ];
}

/**
 * The line's name and what is disputed about it, beside the line.
 * @param {Sheet} sheet
 * @returns {Callout | null}
 */
export function writeLineName(sheet) {
  const { theme, lang, ground, say } = sheet.state;
  const { names, note } = ground.record.line;
  const own = say("line_note");
  const notes = own ? own.split("\n") : [note ?? []].flat();
  const block = blockOf(
    sheet,
    [
      { text: names[lang] ?? names.en, font: FONTS.line, fill: theme.ink },
      ...notes.map((text) => ({ text, font: FONTS.note, fill: theme.second })),
    ],
    1.2,
  );
  const spot = besideLine(sheet, { w: block.w + 8, h: block.h + 6 });
  if (!spot) return null;
  const { box, at, right } = spot;
  sheet.take(box);
  const edge = /** @type {Point} */ ([right ? box.x0 + 1 : box.x1 - 1, box.y0 + 11]);
  return { lines: block.at(box.x0 + 4, box.y0 + 3), leader: [edge, at], dot: false };
}

/** Where the line's name may stand as seen from a point of the line, best first. */
const BESIDE_LINE = [
  [38, 8],
  [38, -20],
  [30, 26],
  [-38, 8],
  [-38, -20],
];
/** The name stands best two fifths up the line that is in view, and rather on its right. */
const BEST_SHARE = 0.4;
const LEFT_COST = 0.35;

/** @param {Sheet} sheet @param {{w: number, h: number}} size @returns {{box: Box, at: Point, right: boolean} | null} */
function besideLine(sheet, { w, h }) {
  const { frame } = sheet.view;
  const before = sheet.state.stood.get("line");
  const points = sheet.state.ground.line.points
    .map(([x, y]) => toScreen(sheet.view, x, y))
    .filter(([x, y]) => x > frame.x0 + 8 && x < frame.x1 - 8 && y > frame.y0 + 8 && y < frame.y1 - 8);
  const ways = points.flatMap((at, i) =>
    BESIDE_LINE.map(([dx, dy]) => {
      const right = dx > 0;
      const box = boxAt(right ? at[0] + dx : at[0] + dx - w, at[1] + dy - 10, w, h);
      const same = before && Math.hypot(before.x0 - box.x0, before.y0 - box.y0) < 1;
      return { at, right, box, cost: same ? -1 : Math.abs(i / points.length - BEST_SHARE) + (right ? 0 : LEFT_COST) };
    }),
  );
  const fits = (/** @type {{at: Point, right: boolean, box: Box}} */ { at, right, box }) =>
    contains(frame, box) && sheet.busy.isFree(box) && sheet.isClear(at, [right ? box.x0 : box.x1, box.y0 + 10]);
  const spot = ways.sort((a, b) => a.cost - b.cost).find(fits) ?? null;
  if (spot) sheet.state.stood.set("line", spot.box);
  return spot;
}

const LENGTHS_KM = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
const LONGEST_PX = 90;

/**
 * A length in km on free ground at the foot of the map.
 * @param {Sheet} sheet
 * @returns {Scale | null}
 */
export function placeScale(sheet) {
  const { view, state, ctx, busy } = sheet;
  const { frame } = view;
  const lat = latAt(view, (frame.y0 + frame.y1) / 2);
  const km = LENGTHS_KM.findLast((n) => kmToPixels(view, n, lat) <= LONGEST_PX);
  if (!km) return null;
  const text = state.say("scale", { n: km });
  const length = kmToPixels(view, km, lat);
  const w = length + 8 + textWidth(ctx, text, FONTS.scale);
  for (const y of [frame.y1 - 14, frame.y1 - 32]) {
    for (let x = frame.x0 + 14; x + w < frame.x1 - 10; x += 12) {
      const box = boxAt(x - 4, y - 10, w + 8, 17);
      if (!busy.isFree(box)) continue;
      sheet.take(box);
      return { x, y, length, text, backed: Boolean(sheet.scene.shading ?? sheet.scene.density) };
    }
  }
  return null;
}

/** @param {import("./geometry.js").View} view @param {number} y @returns {number} degrees */
function latAt(view, y) {
  const north = Math.PI * (1 - (2 * (y + view.top)) / (256 * view.scale));
  return (Math.atan(Math.sinh(north)) * 180) / Math.PI;
}

/**
 * Lines set under each other: their size, and the lines at a top left corner.
 * @param {Sheet} sheet
 * @param {Word[]} words
 * @param {number} leading line height in font sizes
 */
function blockOf({ ctx }, words, leading) {
  const heights = words.map(({ font }) => fontSize(font) * leading);
  return {
    w: Math.max(...words.map(({ text, font }) => textWidth(ctx, text, font))),
    h: heights.reduce((sum, height) => sum + height, 0),
    at(/** @type {number} */ x, /** @type {number} */ top) {
      let foot = top;
      return words.map((word, i) => ({ ...word, x, y: (foot += heights[i]) - heights[i] / 2 }));
    },
  };
}

/** @param {CanvasRenderingContext2D} ctx @param {string} text @param {string} font @param {number} most px */
function wrap(ctx, text, font, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (textWidth(ctx, longer, font) <= most || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
