// @ts-check
/** Every word on the map, in the order of its right to stand there. */

import { FONTS } from "./tokens.js";
import { boxAt, contains, placeOnScreen } from "./geometry.js";
import { EXACT, NEAR } from "./points.js";
import { textSize } from "./labels.js";
import { inSight } from "./basemap.js";
import { reachOf } from "./scene.js";
import { nameIn } from "./words.js";
import { Sheet } from "./sheet.js";
import { NOTHING, writeShades } from "./shading.js";
import { placeScale, writeFigure, writeLineName } from "./callouts.js";

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./geometry.js").Point} Point */
/** @typedef {import("./scene.js").Item} Item */

/**
 * @typedef {object} Lettering
 * @property {import("./labels.js").Label[]} labels
 * @property {Point[]} towns dots
 * @property {import("./callouts.js").Callout | null} figure
 * @property {import("./callouts.js").Callout | null} line
 * @property {import("./callouts.js").Scale | null} scale
 */

/**
 * The reserved boxes first, then the chosen mark, exact places, areas, crossings, the total's provinces, towns,
 * countries.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./geometry.js").View} view
 * @param {import("./scene.js").State} state
 * @param {import("./scene.js").Scene} scene
 * @returns {Lettering}
 */
export function letter(ctx, view, state, scene) {
  const sheet = new Sheet(ctx, view, state, scene);
  if (scene.shading) return letterShades(sheet, scene.shading);
  const figure = writeFigure(sheet);
  const line = scene.density ? backed(writeLineName(sheet)) : writeLineName(sheet);
  const scale = placeScale(sheet);
  writeMarks(sheet);
  writeCrossings(sheet);
  writeTotalProvinces(sheet);
  const towns = writeTowns(sheet);
  writeCountries(sheet);
  return { labels: sheet.labels, towns, figure, line, scale };
}

/**
 * The line's name first, which must always stand; then the provinces; a total's figure only on unshaded ground.
 * @param {Sheet} sheet @param {import("./shading.js").Shading} shading @returns {Lettering}
 */
function letterShades(sheet, shading) {
  const shaded = shading.shades.filter(({ shade }) => shade !== NOTHING).map(({ area }) => sheet.cellsOfAreas([area]));
  const line = backed(sheet.busy.without(shaded, () => writeLineName(sheet)) ?? writeLineName(sheet));
  const scale = placeScale(sheet);
  writeMarks(sheet);
  writeShades(sheet, shading);
  writeCrossings(sheet);
  const figure = sheet.busy.without(shaded, () => writeFigure(sheet));
  shaded.forEach((cells) => sheet.busy.takeCells(cells));
  writeCountries(sheet);
  return { labels: sheet.labels, towns: [], figure, line, scale };
}

/** @param {import("./callouts.js").Callout | null} callout @returns {import("./callouts.js").Callout | null} */
const backed = (callout) =>
  callout && { ...callout, lines: callout.lines.map((label) => ({ ...label, backed: true })) };

/** More names than this help nobody, and cost time. */
const MOST_LABELS = 160;

/** @param {Sheet} sheet */
function writeMarks(sheet) {
  const { clusters, discs } = sheet.scene;
  const rank = (/** @type {Item} */ item) => (item.chosen ? 0 : item.precision === EXACT ? 1 : 2);
  [...clusters, ...discs]
    .filter((item) => !item.faint && (item.places?.length ?? 1) === 1)
    .sort((a, b) => rank(a) - rank(b) || b.count - a.count)
    .slice(0, MOST_LABELS)
    .forEach((item) => writeMark(sheet, item));
}

/** The name beside the mark or disc, else beside its plate. @param {Sheet} sheet @param {Item} item */
function writeMark(sheet, item) {
  const { theme, lang, say, marks } = sheet.state;
  const name = nameIn(marks.places[item.place], lang);
  const text = item.precision === NEAR ? say("near", { place: name }) : name;
  const font = item.chosen ? FONTS.chosen : item.precision === EXACT ? FONTS.place : FONTS.area;
  const word = { text, font, fill: theme.ink };
  const { x, y, radius, plate } = item;
  if (sheet.writeBeside(word, { x, y, radius: plate ? radius : reachOf(item) }) || !plate) return;
  const { x0, y0, x1, y1 } = plate.box;
  sheet.writeBeside(word, { x: (x0 + x1) / 2, y: (y0 + y1) / 2, radius: (x1 - x0) / 2 + 1 });
}

/** From this scale on there is room for the names of crossings that nothing is said of, between shaded provinces. */
const MANY_NAMES = 2 ** 7.5;

/** @param {Sheet} sheet */
function writeCrossings(sheet) {
  const { shading, density, crossings } = sheet.scene;
  const fill = sheet.state.theme.second;
  const onShade = Boolean(shading ?? density);
  for (const { x, y, name, state } of crossings) {
    if (shading && !state && sheet.view.scale < MANY_NAMES) continue;
    sheet.writeBeside({ text: name, font: FONTS.crossing, fill, backed: onShade }, { x, y, radius: 6.5 });
  }
}

/** Names of the provinces that a total covers, in its colour, inside them. @param {Sheet} sheet */
function writeTotalProvinces(sheet) {
  const { total, provinces } = sheet.scene;
  if (!total || total.faint) return;
  const { theme, lang } = sheet.state;
  const { category } = total.record;
  const fill = category === "shelling" ? theme.ink : theme.events[category]; // shelling's gold is never for text
  const plated = new Set(provinces.map((item) => item.area));
  for (const area of total.areas) {
    const word = { text: nameIn(area, lang), font: FONTS.total, fill };
    const box = plated.has(area) ? null : findInside(sheet, word, area);
    if (box) sheet.write(box, word);
  }
}

/**
 * @param {Sheet} sheet
 * @param {{text: string, font: string}} word
 * @param {import("./basemap.js").Area} area
 * @returns {Box | null}
 */
function findInside(sheet, { text, font }, area) {
  if (!area.middle) return null;
  const { view, busy, taken } = sheet;
  const { w, h } = textSize(sheet.ctx, text, font);
  const cells = sheet.cellsOfAreas([area]);
  const [cx, cy] = placeOnScreen(view, area.middle[1], area.middle[0]);
  const free = [0, 14, -14, 28, -28, 42, -42]
    .flatMap((dy) => [0, 14, -14, 30, -30, 50, -50].map((dx) => [cx + dx, cy + dy]))
    .filter(([x, y]) => cells[busy.cellAt(x, y)])
    .map(([x, y]) => boxAt(x - w / 2, y - h / 2, w, h))
    .filter((box) => contains(view.frame, box) && taken.isFree(box) && sheet.line.isFree(box));
  return free.find((box) => sheet.strokes.isFree(box)) ?? free[0] ?? null;
}

/** Px between towns, and between a town and a mark. */
const TOWNS_APART = 60;
const TOWN_FROM_MARK = 14;

/** @param {Sheet} sheet @returns {Point[]} dots of the towns whose names found room */
function writeTowns(sheet) {
  const { ground, lang, theme } = sheet.state;
  const zoom = Math.log2(sheet.view.scale);
  const least = zoom < 5 ? 1 : zoom < 6.75 ? 2 : 3;
  /** @type {Point[]} */
  const dots = [];
  const isNear = (/** @type {Point} */ [x, y], /** @type {{x: number, y: number}} */ other, /** @type {number} */ px) =>
    Math.hypot(other.x - x, other.y - y) < px;
  for (const town of ground.record.towns) {
    const [x, y] = placeOnScreen(sheet.view, town.lat, town.lon);
    if (town.rank > least || !sheet.taken.isFree(boxAt(x - 5, y - 5, 10, 10))) continue;
    if (dots.some((dot) => isNear(dot, { x, y }, TOWNS_APART))) continue;
    if (sheet.scene.clusters.some((item) => isNear([x, y], item, TOWN_FROM_MARK))) continue;
    const word = { text: nameIn(town, lang), font: FONTS.town, fill: theme.third };
    if (!sheet.writeBeside(word, { x, y, radius: 4.5 })) continue;
    sheet.take(boxAt(x - 4, y - 4, 8, 8));
    dots.push([x, y]);
  }
  return dots;
}

/** Px between the capitals of a country's name; Arabic letters join and take none. */
const CAPITALS_APART = 2.2;

/** @param {Sheet} sheet */
function writeCountries(sheet) {
  const { ground, lang, theme, stood } = sheet.state;
  for (const land of ground.lands) {
    if (!inSight(land, sheet.view) || !land.name) continue;
    const text = nameIn(land, lang).toLocaleUpperCase(lang);
    const spacing = /[A-Z]/.test(text) ? CAPITALS_APART : 0;
    const { w, h } = textSize(sheet.ctx, text, FONTS.country, spacing);
    const cells = sheet.cellsOfAreas([land]);
    const middle = sheet.middleOf(cells);
    const before = stood.get(text);
    const box = middle && sheet.busy.findFree({ w: w + 12, h: h + 8 }, middle, { within: cells, before });
    if (!box || !standsOn(sheet, cells, box)) continue;
    stood.set(text, box);
    sheet.write(box, { text, font: FONTS.country, fill: theme.third, spacing }, 6);
  }
}

/**
 * @param {Sheet} sheet
 * @param {Uint8Array} cells
 * @param {Box} box
 * @returns {boolean} whether both ends stand on the cells
 */
const standsOn = (sheet, cells, { x0, y0, x1, y1 }) =>
  [x0 + 4, x1 - 4].every((x) => cells[sheet.busy.cellAt(x, (y0 + y1) / 2)]);
