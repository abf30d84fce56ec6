// @ts-check
/** The filters, each choice with its count, as geo/ui/sidebar.py and geo/ui/facets.py describe them. */

import { spelled } from "./match.js";

/** @typedef {import("./edition.js").Scene} Scene */
/** @typedef {import("../page/facets.js").Section} Section */
/** @typedef {import("../page/facets.js").Row} Row */

/** Field of a section by key of the link; the page's parts call the lists so. @type {Record<string, string>} */
const FIELDS = {
  country: "countries", province: "provinces", type: "types", actor: "actors", claimant: "claimants",
  precision: "precisions", side: "sides", status: "statuses", source: "sources", language: "languages",
};
/** @type {Record<string, string>} */
export const KEY_OF = Object.fromEntries(Object.entries(FIELDS).map(([key, field]) => [field, key]));
const KINDS = ["clash", "strike", "shelling", "bombing", "raid", "crossings"];
const SURE = ["exact", "near", "adm2", "adm1", "line", "total", "border"];
const WITHIN = "within";
const LONG_LIST = 12;
const MOST_ROWS = 40;
/** Actors that are parties of claims: links may name them, lists show the names only. */
const PARTY = /^(?:(?:forces|group|state):.+|people|objects|militants)$/;

/** @param {Scene} scene @returns {import("../page/facets.js").Facets} */
export const describeFacets = (scene) => ({
  sections: [describeTypes(scene), describeProvinces(scene), describeDistance(scene)],
  further: null,
  ...wordsOf(scene),
});

/** @param {Scene} scene @returns {import("../page/facets.js").Facets} */
export const describeMore = (scene) => ({
  sections: [describePrecisions(scene), ...describeList(scene, "claimant")],
  further: describeFurther(scene),
  ...wordsOf(scene),
});

/** @param {Scene} scene */
const wordsOf = ({ words }) => ({ more: words.say("filter.more"), fewer: words.say("filter.fewer") });

/** @param {Scene} scene @param {string} key @param {string} value @param {string} name @returns {Row} */
function rowOf(scene, key, value, name) {
  const chosen = scene.filter.lists[key].includes(value);
  return [value, name, scene.countOf(key, nameIn(scene, key, value)), chosen ? 1 : 0];
}

/** The spelling that a value is counted by. @param {Scene} scene @param {string} key @param {string} value */
function nameIn(scene, key, value) {
  const { names, keys = names } = scene.facts.labels[key];
  const [spelt] = spelled(scene.edition.world, key, [value]);
  return names[keys.indexOf(spelt)] ?? value;
}

/** @param {Row[]} rows @returns {Row[]} by count, then name */
const sorted = (rows) => rows.sort((a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1));

/** @param {Scene} scene @returns {Section} */
function describeTypes(scene) {
  const seldom = scene.countOf("type", "other") || scene.filter.lists.type.includes("other") ? ["other"] : [];
  const rows = [...KINDS, ...seldom].map((kind) => rowOf(scene, "type", kind, scene.words.say(`event.${kind}`)));
  return { key: FIELDS.type, title: scene.words.say("filter.type"), mark: "event", groups: [{ rows }] };
}

/** @param {Scene} scene @returns {Section} */
function describePrecisions(scene) {
  const seldom = ["country", "unknown"].filter(
    (value) => scene.countOf("precision", value) || scene.filter.lists.precision.includes(value),
  );
  const rows = [...SURE, ...seldom].map((value) => rowOf(scene, "precision", value, scene.words.say(`precision.${value}`)));
  return { key: FIELDS.precision, title: scene.words.say("filter.precision"), mark: "sureness", groups: [{ rows }] };
}

/** Provinces under their countries, those of the border first. @param {Scene} scene @returns {Section} */
function describeProvinces(scene) {
  const { words, edition } = scene;
  const near = edition.papers.countries;
  const codes = new Set([...scene.counts.by.province.keys(), ...scene.filter.lists.province]);
  const rows = [...codes].map((code) => rowOf(scene, "province", code, scene.nameOf("province", code)));
  const countryOf = (/** @type {Row} */ row) => row[0].split("-")[0];
  const groups = near.map((country) => ({
    title: scene.nameOf("country", country),
    rows: sorted(rows.filter((row) => countryOf(row) === country)),
  }));
  const far = rows
    .filter((row) => !near.includes(countryOf(row)))
    .map(([code, name, n, on]) => /** @type {Row} */ ([code, words.join([name, scene.nameOf("country", code.split("-")[0])]), n, on]));
  if (far.length) groups.push({ title: words.say("filter.elsewhere"), rows: sorted(far) });
  return { key: FIELDS.province, title: words.say("filter.province"), mark: "box", groups };
}

/** @param {Scene} scene @returns {Section} */
function describeDistance(scene) {
  const { words, filter, facts } = scene;
  const chosen = filter.numbers.border_km;
  const choices = [...new Set([...facts.choices.border_km, ...(chosen === null ? [] : [chosen])])].sort((a, b) => a - b);
  const rows = choices.map((km) => {
    const n = km === chosen ? scene.counts.matched : scene.countOf("border_km", String(km));
    return /** @type {Row} */ ([String(km), words.say("filter.within_km", { n: words.isolate(String(km)) }), n, km === chosen ? 1 : 0]);
  });
  const any = /** @type {Row} */ (["", words.say("filter.distance.any"), scene.countOf("border_km", ""), chosen === null ? 1 : 0]);
  return { key: "border_km", title: words.say("filter.distance"), mark: "dot", groups: [{ rows: [any, ...rows] }] };
}

/** All that is seldom needed. @param {Scene} scene @returns {import("../page/facets.js").Further} */
function describeFurther(scene) {
  const sections = [
    ...describeList(scene, "country"),
    ...describeList(scene, "side"),
    ...describeList(scene, "actor", (name) => PARTY.test(name)),
    ...["killed", "wounded", "located_km"].map((key) => describeNumber(scene, key)),
    ...describeWithin(scene),
    ...describeList(scene, "language"),
    ...describeList(scene, "source"),
    ...describeList(scene, "status"),
  ];
  const chosen = sections.filter(({ folded }) => !folded).length;
  const { words } = scene;
  const note = chosen ? words.say("filter.chosen", { n: words.number(chosen) }) : "";
  return { title: words.say("filter.further"), note, sections };
}

/** A folded section; none while there is nothing to choose. @param {Scene} scene @param {string} key
 * @param {(name: string) => boolean} [hide] @returns {Section[]} */
function describeList(scene, key, hide = () => false) {
  const { words, manner } = scene;
  const chosen = scene.filter.lists[key];
  const spelt = new Set(chosen.map((value) => nameIn(scene, key, value)));
  const shown = [...scene.counts.by[key].keys()].filter((name) => !hide(name) && !spelt.has(name));
  const rows = [...shown, ...chosen].map((value) => rowOf(scene, key, value, scene.nameOf(key, value)));
  if (!rows.length) return [];
  const note = chosen.length ? words.number(chosen.length) : words.say("filter.any_of", { n: words.number(rows.length) });
  const found = rows.length > LONG_LIST ? { find: words.say("filter.find"), none: words.say("filter.none") } : {};
  const sought = scene.edition.world.spelling.key(manner.sought[FIELDS[key]] ?? "");
  return [
    {
      key: FIELDS[key], title: words.say(`filter.${key}`), mark: "box", folded: !chosen.length, any: note, ...found,
      groups: [{ rows: findRows(scene, sorted(rows), sought) }],
    },
  ];
}

/** The choices that are chosen, and the first of those that have what is looked for in them.
 * @param {Scene} scene @param {Row[]} rows @param {string} sought */
function findRows(scene, rows, sought) {
  const { spelling } = scene.edition.world;
  const has = (/** @type {string} */ text) => spelling.key(text).includes(sought);
  return rows.filter((row) => row[3] || has(row[1]) || has(row[0])).filter((row, place) => row[3] || place < MOST_ROWS);
}

/** Limits of which one holds. @param {Scene} scene @param {string} key @returns {Section} */
function describeNumber(scene, key) {
  const { words, facts } = scene;
  const chosen = scene.filter.numbers[key];
  const choices = [...new Set([...facts.choices[key], ...(chosen === null ? [] : [chosen])])].sort((a, b) => a - b);
  /** @type {Row[]} */
  const rows = [["", words.say("filter.any"), scene.countOf(key, ""), chosen === null ? 1 : 0]];
  for (const number of choices) {
    const count = number === chosen ? scene.counts.matched : scene.countOf(key, String(number));
    rows.push([String(number), writeLimit(scene, key, number), count, number === chosen ? 1 : 0]);
  }
  return {
    key, title: words.say(`filter.${key}`), mark: "dot", hint: words.say(`filter.${key}.hint`), folded: chosen === null,
    any: chosen === null ? words.say("filter.any") : writeLimit(scene, key, chosen), groups: [{ rows }],
  };
}

/** @param {Scene} scene @param {string} key @param {number} number */
function writeLimit({ words }, key, number) {
  const figure = Number.isInteger(number) ? words.number(number) : words.isolate(String(number));
  return words.say(key.endsWith("_km") ? "filter.within_km" : "filter.at_least", { n: figure });
}

/** The place that a link measures distances from. @param {Scene} scene @returns {Section[]} */
function describeWithin(scene) {
  const { words, filter } = scene;
  if (!filter.within) return [];
  const rows = [/** @type {Row} */ ([filter.within[0], writeWithin(scene, filter.within), scene.counts.matched, 1])];
  return [{ key: WITHIN, title: words.say("filter.within"), mark: "box", folded: false, any: words.number(1), groups: [{ rows }] }];
}

/** @param {Scene} scene @param {[string, number]} within */
function writeWithin({ words, facts }, [place, distance]) {
  const spot = facts.spots.id.indexOf(place);
  const name = (spot < 0 ? null : facts.spots.name.values[facts.spots.name.of[spot]]) ?? place;
  return words.say("filter.near_place", { place: words.name(name), n: words.isolate(String(distance)) });
}

/** A limit that is set, by its key in the link, as a reader knows it. @param {Scene} scene @param {string} key */
export function nameLimit(scene, key) {
  const { words, filter } = scene;
  if (key === "within_km" && filter.within) return writeWithin(scene, filter.within);
  const number = filter.numbers[key] ?? null;
  if (number !== null && key !== "border_km") return words.join([words.say(`filter.${key}`), writeLimit(scene, key, number)]);
  return words.has(`filter.${key}`) ? words.say(`filter.${key}`) : key;
}

/**
 * The filter after a row was pressed: a value of a list more or less, another number or none.
 * @param {import("./link.js").Filter} filter @param {string} field @param {string} value
 * @returns {import("./link.js").Filter}
 */
export function choose(filter, field, value) {
  if (field === WITHIN) return { ...filter, within: null };
  if (Object.hasOwn(filter.numbers, field)) {
    return { ...filter, numbers: { ...filter.numbers, [field]: value ? Number(value) : null } };
  }
  const key = KEY_OF[field];
  const chosen = filter.lists[key];
  const changed = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  return { ...filter, lists: { ...filter.lists, [key]: changed } };
}
