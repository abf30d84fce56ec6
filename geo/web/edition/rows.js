// @ts-check
/** The table of incidents, as geo/ui/table.py describes it. */

import { valueAt } from "./facts.js";
import { cutTitle, kindOf, provinceOf, writeDays } from "./list.js";
import { rank } from "./summary.js";

/** @typedef {import("./edition.js").Scene} Scene */

export const ROWS = 50;
const COLUMNS = ["date", "mark", "incident", "place", "precision", "distance", "killed", "range", "claims", "sources"];
const NUMERIC = new Set(["distance", "killed", "claims", "sources"]);
const FALLING_FIRST = new Set(["date", "killed", "range", "claims", "sources"]);
const DRAWN = new Set(["exact", "near", "adm2", "adm1", "line", "total", "border"]);

/** @param {Scene} scene @param {number} [rows] of one page @returns {import("../page/table.js").TableData} */
export function describeTable(scene, rows = ROWS) {
  const { words, manner } = scene;
  const order = sortIncidents(scene);
  const page = rows === ROWS ? Math.min(manner.tablePage, Math.max(0, Math.ceil(order.length / ROWS) - 1)) : 0;
  const shown = order.slice(page * rows, (page + 1) * rows);
  const longest = longestOf(scene);
  const place = { first: words.number(page * rows + 1), last: words.number(page * rows + shown.length), n: words.number(order.length) };
  return {
    caption: words.count("list.count", order.length),
    columns: COLUMNS.map((key) => [key, words.say(key === "mark" ? "filter.type" : `table.${key}`), NUMERIC.has(key)]),
    sort: manner.sort,
    sort_label: words.say("table.sort"),
    down: manner.down,
    rows: shown.map((i) => describeRow(scene, i, longest)),
    place: words.say("table.page", place),
    previous: words.say("table.previous"),
    next: words.say("table.next"),
    has_previous: page > 0,
    has_next: (page + 1) * rows < order.length,
    empty: words.say("empty.title"),
  };
}

/** The manner after a column's head was pressed. @param {import("./edition.js").Manner} manner @param {string} column */
export const sortBy = (manner, column) => ({
  ...manner,
  sort: column,
  down: column === manner.sort ? !manner.down : FALLING_FIRST.has(column),
  tablePage: 0,
});

/** @param {Scene} scene */
function longestOf({ facts, matched }) {
  const highs = facts.killed_high.map((high, i) => (matched[i] ? (high ?? -1) : -1));
  return Math.max(1, highs.reduce((a, b) => Math.max(a, b), 1), ...facts.totals.map(({ high }) => high ?? -1));
}

/** @param {Scene} scene @param {number} i @param {number} longest @returns {import("../page/table.js").TableRow} */
function describeRow(scene, i, longest) {
  const { facts, texts, words } = scene;
  const [low, high, open] = valueAt(texts.toll, i);
  const sure = valueAt(texts.sure, i);
  const brief = texts.brief[i];
  const distance = facts.distance_km[i];
  return {
    id: facts.ids[i],
    d: writeDays(scene, i, { short: true, year: scene.namesYears }),
    c: kindOf(scene, i),
    cl: words.say(`event.${kindOf(scene, i)}`),
    t: cutTitle(texts.title[i]),
    p: typeof brief === "number" ? [...texts.place[i]].slice(0, brief).join("") : brief,
    pv: provinceOf(scene, i),
    s: sure,
    sl: words.say(DRAWN.has(sure) ? `precision.${sure}` : "precision.not_drawn"),
    km: distance === null ? "–" : words.say("unit.km", { n: words.number(roundHalfEven(distance)) }),
    k: writeToll(low, high, open, words),
    r: low === null || high === null ? null : [shareOf(low, longest), shareOf(high, longest), open ? 1 : 0],
    n: texts.claims[i],
    m: valueAt(texts.sources, i)[0],
    o: i === scene.opened ? 1 : 0,
  };
}

/** @param {number | null} low @param {number | null} high @param {boolean} open @param {import("./words.js").Words} words */
function writeToll(low, high, open, words) {
  if (low === null || high === null) return "–";
  const last = words.number(high).replace(/(\d)(\D*)$/, open ? "$1+$2" : "$1$2");
  return low === high ? last : words.say("qualifier.range", { low: words.number(low), high: last });
}

/** Where a toll stands on the scale; its root, since tolls are few and small or rare and large.
 * @param {number} value @param {number} longest */
const shareOf = (value, longest) => Math.round(Math.sqrt(value / Math.max(1, longest)) * 1000) / 1000;

/** As Python rounds. @param {number} value */
function roundHalfEven(value) {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 ? floor + 1 : floor;
}

/** Indices of the incidents found by one column; equal ones newest first, those without a value last.
 * @param {Scene} scene @returns {number[]} */
function sortIncidents(scene) {
  const { facts, matched, manner: { sort, down } } = scene;
  const found = rank(facts, matched, "newest");
  if (sort === "date") return down ? found : found.reverse();
  if (sort === "range" && down) return rank(facts, matched, "disputed");
  const values = valuesOf(scene, sort);
  const known = found.filter((i) => values[i] !== null);
  const sign = down ? -1 : 1;
  known.sort((a, b) => sign * compare(values[a], values[b]) || a - b);
  return [...known, ...found.filter((i) => values[i] === null)];
}

/** @param {any} a @param {any} b */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** @param {Scene} scene @param {string} sort @returns {(number | string | null)[]} */
function valuesOf(scene, sort) {
  const { facts, texts, edition } = scene;
  const first = firstSpots(facts, edition.world.marks);
  if (sort === "mark") return facts.category;
  if (sort === "incident") return texts.title.map((title) => title.toLowerCase());
  if (sort === "place") return first.map((spot) => valueAt(facts.spots.name, spot));
  if (sort === "precision") return first.map((spot) => facts.spots.precision[spot]);
  if (sort === "distance") return facts.distance_km;
  if (sort === "killed") return facts.killed_high;
  if (sort === "claims") return texts.claims;
  if (sort === "sources") return facts.ids.map((_, i) => valueAt(texts.sources, i)[0]);
  /** @type {number[]} */
  const places = [];
  rank(facts, new Uint8Array(facts.count).fill(1), "disputed").forEach((i, place) => (places[i] = -place));
  return places;
}

/** Spot of the first mark of each incident. @param {import("./facts.js").Facts} facts @param {import("./facts.js").Marks} marks */
function firstSpots({ count }, marks) {
  const spots = new Array(count).fill(0);
  for (let m = marks.count - 1; m >= 0; m--) spots[marks.incident[m]] = marks.spot[m];
  return spots;
}
