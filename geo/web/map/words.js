// @ts-check
/** The words on the map; a page in another language hands over its own. */

/** @type {Record<string, string>} */
const ENGLISH = {
  map: "Map of incidents",
  zoom_in: "Zoom in",
  zoom_out: "Zoom out",
  failed: "The map's data could not be loaded. Reload the page to try again.",
  incidents: "{n} incidents",
  more: "and {n} more",
  near: "near {place}",
  or: "or",
  rival_claims: "{n} rival claims, counted once",
  counted_once: "counted once",
  scale: "{n} km",
  close: "Close",
  choose: "Choose an incident",
  undated: "date not known",
  whole_border: "Whole border",
  /** What is said beside the line's name, its lines parted by "\n"; empty: as the basemap says it. */
  line_note: "",
  category_clash: "Armed clash",
  category_strike: "Air or drone strike",
  category_shelling: "Shelling",
  category_bombing: "Bombing",
  category_raid: "Raid or ambush",
  category_crossings: "Crossings and talks",
  category_other: "Other event",
  precision_exact: "named place",
  precision_near: "somewhere inside the circle",
  precision_adm2: "somewhere in the district",
  precision_adm1: "somewhere in the province",
  precision_line: "somewhere along the line",
  crossing_open: "Crossing, open",
  crossing_shut: "Crossing, shut",
  crossing_partly: "Crossing, partly open",
  crossing_unknown: "Crossing",
  layers: "The map shows",
  layer_incidents: "Incidents",
  layer_provinces: "By province",
  layer_density: "Density",
  metric_incidents: "Incidents",
  metric_killed: "Killed",
  metric_wounded: "Wounded",
  key_metric: "What the shades count",
  key_density: "Density of incidents",
  key_none: "None reported",
  key_unknown: "No figure of its own",
  key_zero: "0 claimed",
  key_rule_incidents: "Each incident counts once in every province it names. In several provinces: {n}.",
  key_rule_losses: "Lowest claims, added up. A figure for several provinces is not shared out.",
  key_shared: "+ More in totals for several: {totals}",
  key_total: "{figure} ({n} provinces)",
  key_shared_line: "Along the line, or no province named: {figure}",
  key_nowhere: "Incidents that name no province: {n}",
  key_unmapped: "Without an outline here: {names}",
  key_circle: "Incidents within about {km} km, nearer ones weighing more",
  key_shown: "Shown: {n} of {all}, those whose spot is named",
  key_left_out: "Not shown, as nobody said the spot: {why}",
  left_near: "near a place",
  left_adm2: "district only",
  left_adm1: "province only",
  left_line: "along the line",
  left_nowhere: "country or unknown",
  shade_incidents: "Incidents: {n}",
  shade_killed: "Killed, lowest claims: {n}",
  shade_wounded: "Wounded, lowest claims: {n}",
  shade_told: "Incidents with a figure for this province alone: {n}",
  shade_shared: "Totals for several provinces, not shared out: {n}",
  density_here: "About {n} incidents within {km} km",
  legend_title: "How sure is the place?",
  legend_exact: "Named town or site",
  legend_near: "Near it, inside the circle",
  legend_adm2: "Somewhere in the district",
  legend_adm1: "Somewhere in the province",
  legend_line: "Somewhere along the line",
  legend_total: "One total for the area",
  legend_crossing: "Crossing, shut",
};

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */

/**
 * A speaker of the given words, English where they are silent.
 * @param {Record<string, string> | undefined} words
 * @returns {Say}
 */
export function wordsIn(words) {
  return (key, values = {}) => {
    const text = words?.[key] ?? ENGLISH[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  };
}

/**
 * A small number as English writes it in running text; digits in other languages.
 * @param {number} n @param {string} lang
 */
export const numberInWords = (n, lang) => (lang.startsWith("en") && NUMBERS[n]) || String(n);

/** A number in figures, which keep their order in a line that runs right to left. @param {number} n */
export const figureIn = (n) => `\u2066${n.toLocaleString("en-US")}\u2069`;

const DAY_MS = 86_400_000;

/**
 * A day or a stretch of days in words ("11–12 October 2025"), Gregorian and in Latin digits in every language.
 * @param {number} start days since 1970-01-01; 0 is unknown
 * @param {number} end
 * @param {string} lang
 * @returns {string | null}
 */
export function daysInWords(start, end, lang) {
  if (!start) return null;
  const locale = lang.startsWith("en") ? "en-GB" : `${lang}-u-ca-gregory-nu-latn`;
  const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const first = new Date(start * DAY_MS);
  return end > start ? format.formatRange(first, new Date(end * DAY_MS)) : format.format(first);
}

/**
 * The name in the reader's language, else the plain one.
 * @param {{name?: string, label?: string, names?: Record<string, string>}} place @param {string} lang
 */
export const nameIn = (place, lang) => place.names?.[lang] || place.label || place.name || "";
