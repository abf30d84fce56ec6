// @ts-check
/**
 * Finds the incidents that words stand in: titles, places in all their languages, who was involved, who says so, and
 * what the edition quotes. The reports themselves are not in it.
 */

import { valueAt } from "./facts.js";

/** Labels whose names are searched. */
const NAMED = ["actor", "source", "claimant"];

/**
 * @param {import("./facts.js").Facts} facts @param {import("./facts.js").Marks} marks
 * @param {import("./spelling.js").Spelling} spelling
 * @param {{title: string[], place: string[], names: Record<string, Record<string, string>>, spots: () => {label?: string, names?: Record<string, string>}[], details: () => string[]}} told
 * @returns {(text: string) => Uint8Array}
 */
export function makeSearch(facts, marks, spelling, told) {
  /** @type {string[] | undefined} */
  let keys;
  return (text) => {
    keys ??= listKeys(facts, marks, spelling, told);
    const words = spelling.search(text).split(" ").filter(Boolean);
    return Uint8Array.from(keys, (key) => (words.every((word) => key.includes(word)) ? 1 : 0));
  };
}

/** All that is searched of each incident. @type {(...told: Parameters<typeof makeSearch>) => string[]} */
function listKeys(facts, marks, spelling, { title, place, names, spots, details }) {
  const spotNames = spots().map(({ label = "", names: others = {} }) => [label, ...Object.values(others)].join("\n"));
  const places = Array.from({ length: facts.count }, () => "");
  for (let m = 0; m < marks.count; m++) places[marks.incident[m]] += `\n${spotNames[marks.spot[m]] ?? ""}`;
  const quoted = details();
  return facts.ids.map((_, i) => {
    const borne = NAMED.flatMap((key) => namesOf(facts.labels[key], i).map((name) => names[key]?.[name] ?? name));
    return spelling.search([title[i], place[i], places[i], ...borne, quoted[i] ?? ""].join("\n"));
  });
}

/** @param {import("./facts.js").Labels} labels @param {number} i */
const namesOf = ({ names, sets, of }, i) => valueAt({ values: sets, of }, i).map((code) => names[code]);
