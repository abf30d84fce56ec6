// @ts-check
/** The words of a language, fetched once: what the map and the timeline say. English they have themselves. */

const WORDS = "/border-incidents/assets/words/";
const KINDS = ["clash", "strike", "shelling", "bombing", "raid", "crossings", "other"];
const POINTS = ["exact", "near", "adm2", "adm1", "line"];

/** Words of the layers, of which the map's own name is the page's with "_" for ".". */
const SHADED = [
  ...["layers", "density_here"],
  ...["incidents", "provinces", "density"].map((name) => `layer_${name}`),
  ...["incidents", "killed", "wounded"].flatMap((name) => [`metric_${name}`, `shade_${name}`]),
  ...["metric", "density", "none", "unknown", "zero", "rule_incidents", "rule_losses"].map((name) => `key_${name}`),
  ...["shared", "total", "shared_line", "nowhere", "unmapped", "circle", "shown", "left_out"].map(
    (name) => `key_${name}`,
  ),
  ...["near", "adm2", "adm1", "line", "nowhere"].map((name) => `left_${name}`),
  ...["shade_told", "shade_shared"],
];

/** Key of the page's words by the map's own name for it (geo/web/map/words.js). */
const OF_THE_MAP = {
  ...byName(KINDS, (kind) => [`category_${kind}`, `event.${kind}`]),
  ...byName(POINTS, (kind) => [`precision_${kind}`, `map.legend.${kind}`]),
  ...byName(["title", ...POINTS, "total"], (kind) => [`legend_${kind}`, `map.legend.${kind}`]),
  ...byName(["open", "shut", "unknown"], (state) => [`crossing_${state}`, `map.legend.${state}`]),
  ...byName(
    ["failed", "more", "near", "or", "rival_claims", "counted_once", "choose", "zoom_in", "zoom_out"],
    (name) => [name, `map.${name}`],
  ),
  ...byName(SHADED, (name) => [name, `map.${name.replace("_", ".")}`]),
  crossing_partly: "map.crossing_partly",
  legend_crossing: "map.legend.shut",
  map: "map.label",
  incidents: "map.cluster",
  line_note: "map.line.note",
  whole_border: "time.whole_border",
  undated: "time.undated",
  close: "action.close",
};

/** @param {string[]} names @param {(name: string) => [string, string]} pair */
function byName(names, pair) {
  return Object.fromEntries(names.map(pair));
}

/** @typedef {{map: Record<string, string>, time: Record<string, string>}} Known */

/** @type {Known} */
const NONE = { map: {}, time: {} };
/** @type {Map<string, Promise<Known>>} */
const fetched = new Map();

/** @param {string} lang @returns {Promise<Known>} */
export function wordsOf(lang) {
  if (lang === "en") return Promise.resolve(NONE);
  const known = fetched.get(lang) ?? fetchWords(lang);
  fetched.set(lang, known);
  return known;
}

/** Takes the words that a page carries in itself, in place of the server's. @param {string} lang @param {Record<string, string>} words */
export function knowWords(lang, words) {
  fetched.set(lang, Promise.resolve(wordsFrom(words)));
}

/** @param {Record<string, string>} words by the page's keys @returns {Known} */
const wordsFrom = (words) => ({
  map: Object.fromEntries(Object.entries(OF_THE_MAP).map(([name, key]) => [name, words[key]])),
  time: words,
});

/** @param {string} lang @returns {Promise<Known>} */
async function fetchWords(lang) {
  try {
    const answer = await fetch(`${WORDS}${lang}.json`);
    return wordsFrom(await answer.json());
  } catch {
    fetched.delete(lang);
    return NONE;
  }
}
