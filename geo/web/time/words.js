// @ts-check
/** The words of the timeline, by the keys of the page's own words; English where the page hands over none. */

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */

/** @type {Record<string, string>} */
const ENGLISH_TIME = {
  "time.title": "When, and where along the line",
  "time.note": "Each block is one incident. Below: {from} (south-west) to {to} (north-east)",
  "time.note_bars": "Height counts incidents. Below: {from} (south-west) to {to} (north-east)",
  "time.side": "Filled: {first}. Open: {second}",
  "time.all": "All data",
  "time.per_day": "per day",
  "time.per_week": "per week",
  "time.per_month": "per month",
  "time.per_year": "per year",
  "time.whole_border": "Whole border",
  "time.one_total": "{date}: one total",
  "time.shut": "{crossing}: shut, no later report",
  "time.shut_until": "{crossing}: shut {date}",
  "time.partly_open": "{crossing}: partly open from {date}",
  "time.from": "From",
  "time.to": "To",
  "time.window": "Years and months shown",
  "time.stretch": "Stretch of the line",
  "time.stretch_from": "From, along the line",
  "time.stretch_to": "To, along the line",
  "time.whole_line": "All of the line",
  "time.marks": "Incidents along the line",
  "time.undated": "Date unknown",
  "time.failed": "The timeline's data could not be loaded. Reload the page to try again.",
  "play.start": "Play",
  "play.stop": "Stop",
  "summary.incidents.one": "{n} incident in {period}.",
  "summary.incidents.other": "{n} incidents in {period}.",
  "list.count.one": "{n} incident",
  "list.count.other": "{n} incidents",
  "table.date": "Date",
  "event.clash": "Armed clash",
  "event.strike": "Air or drone strike",
  "event.shelling": "Shelling",
  "event.bombing": "Bombing",
  "event.raid": "Raid or ambush",
  "event.crossings": "Crossings and talks",
  "event.other": "Other",
  "precision.exact": "Named place",
  "precision.near": "Near a place",
  "precision.adm2": "District only",
  "precision.adm1": "Province only",
  "precision.line": "Along the line",
};

const ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
ENGLISH_MONTHS.forEach((name, i) => (ENGLISH_TIME[`month.short.${i + 1}`] = name));

/**
 * A speaker of the given words, English where they are silent; a key without a word of its own gives an empty text.
 * @param {Record<string, string> | undefined} words
 * @returns {Say}
 */
export function timeWordsIn(words) {
  return (key, values = {}) => {
    const text = words?.[key] ?? ENGLISH_TIME[key] ?? "";
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  };
}

/** A sentence that has a form for one and one for more. @param {Say} say @param {string} stem @param {number} n
 * @param {Record<string, string | number>} [values] */
export const sayCount = (say, stem, n, values = {}) => say(`${stem}.${n === 1 ? "one" : "other"}`, { n, ...values });
