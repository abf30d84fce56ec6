// @ts-check
/** What the timeline shows at one moment, and what it needs to draw it. */

/**
 * A province's stretch of the line.
 * @typedef {object} Lane
 * @property {string} name
 * @property {number} from kilometre
 * @property {number} to
 */

/**
 * @typedef {object} State
 * @property {import("./times.js").Times} times
 * @property {import("./tally.js").Tally} tally
 * @property {import("./source.js").TimeMarks} marks
 * @property {import("./closures.js").Closure[]} closures
 * @property {string[]} categories in the file's order
 * @property {import("./times.js").Days} extent whole months that hold every date
 * @property {import("./times.js").Days} window days that the axis shows
 * @property {import("./times.js").Days} period days that the reader has chosen, inside the window
 * @property {Border} border
 * @property {import("./words.js").Say} say
 * @property {string} lang
 * @property {boolean} rtl
 * @property {number} selected incident index; -1 is none
 * @property {[number, number] | null} stretch kilometres that the reader has chosen; null is all of the line
 * @property {[number, number][]} chosen kilometres of the provinces that the reader has chosen
 * @property {[number, number][]} seen kilometres in the map's box; none when it shows all of the line
 * @property {number} pointed incident that the map or the page points at; -1 is none
 */

/**
 * @typedef {object} Border
 * @property {number} lengthKm of the line as measured: for the scale only, never to be shown
 * @property {string[]} countries names of the two, in the order of the file's sides
 * @property {Lane[]} lanes from the south-west
 * @property {import("../map/source.js").LineRecord} line
 * @property {Map<string, [number, number]>} stretches kilometres by province
 * @property {Map<string, {km: number, name: string}>} crossings by place id
 */

/** @typedef {{ctx: CanvasRenderingContext2D, theme: import("../map/tokens.js").Theme, state: State}} Painting */

/** @typedef {import("./source.js").TimeSource} TimeSource */
/** @typedef {Awaited<ReturnType<TimeSource["basemap"]>>} Basemap */

import { nameIn } from "../map/words.js";

/**
 * The line as the ribbon needs it: the provinces of the country that has more of them on the line are its lanes.
 * @param {Basemap} basemap @param {Record<string, [number, number]>} stretches kilometres by province
 * @param {string} lang @returns {Border}
 */
export function describeBorder(basemap, stretches, lang) {
  const provinces = basemap.provinces.filter(({ adm1 }) => stretches[adm1]);
  const countries = basemap.countries ?? [...new Set(provinces.map(({ country }) => country))].sort();
  const count = (/** @type {string} */ code) => provinces.filter(({ country }) => country === code).length;
  const [most] = [...countries].sort((a, b) => count(b) - count(a));
  const lanes = provinces
    .filter(({ country }) => country === most)
    .map(({ adm1, name, names }) => {
      const [from, to] = stretches[adm1];
      return { name: nameIn({ name, names }, lang), from, to };
    });
  return {
    lengthKm: basemap.line.km[basemap.line.km.length - 1] || 1,
    countries: countries.map((code) => nameOfCountry(basemap, code, lang)),
    line: basemap.line,
    lanes: lanes.sort((a, b) => a.from - b.from),
    stretches: new Map(Object.entries(stretches)),
    crossings: new Map(basemap.crossings.map((c) => [c.id, { km: c.km, name: nameIn(c, lang) }])),
  };
}

/** @param {Basemap} basemap @param {string} code @param {string} lang */
function nameOfCountry({ land }, code, lang) {
  const country = land.find((one) => one.code === code);
  return country ? nameIn(country, lang) : code;
}

/** Kilometres that a total's box covers; null when it touches no part of the line.
 * @param {import("../map/source.js").ScopeRecord} scope @param {Border} border @returns {[number, number] | null} */
export function rangeOfTotal({ border_km: named, adm1 }, { stretches }) {
  const ends = named ?? adm1.flatMap((code) => stretches.get(code) ?? []);
  return ends.length ? [Math.min(...ends), Math.max(...ends)] : null;
}

/** Kilometres by incident within which a total's box stands for it: its own stretches there are not drawn beside.
 * @param {import("../map/source.js").Marks} marks @param {Border} border */
export function heldByTotals(marks, border) {
  /** @type {Map<number, [number, number]>} */
  const held = new Map();
  for (const scope of marks.scopes) {
    const range = rangeOfTotal(scope, border);
    if (range) scope.incidents.forEach((incident) => held.set(incident, range));
  }
  return held;
}
