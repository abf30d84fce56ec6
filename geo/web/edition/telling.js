// @ts-check
/** What is told of incidents one by one: the one that is open, and rival claims. */

import { valueAt } from "./facts.js";
import { cutTitle, kindOf, provinceOf, writeDays } from "./list.js";
import { rank } from "./summary.js";

/** @typedef {import("./edition.js").Scene} Scene */

/** What geo/edition/texts.py writes of each incident; read line by line, when somebody asks.
 * @typedef {Pick<import("../page/incident.js").Opened, "labels" | "flags" | "lead" | "parties" | "rows" | "places" | "sources">
 *   & {groups: import("../page/claims.js").Rivals["groups"]}} Detail */
/** @typedef {(i: number) => Detail} Tell */

export const CLAIMS_AT_ONCE = 12;

/** @param {Scene} scene @param {Tell} tell @returns {import("../page/incident.js").Opened | null} */
export function describeOpened(scene, tell) {
  const { words, texts, opened: i, edition } = scene;
  if (i < 0) return null;
  const { groups: _, ...detail } = tell(i);
  return {
    ...describeSteps(scene),
    category: kindOf(scene, i),
    kind: words.say(`event.${kindOf(scene, i)}`),
    title: texts.title[i],
    dates: writeDays(scene, i),
    place: texts.place[i],
    pv: provinceOf(scene, i),
    no_figures: words.say("claim.none"),
    places_title: words.say("incident.places"),
    sources_title: words.say("incident.sources"),
    read: words.say("article.read"),
    correction: words.say("incident.no_correction"),
    samples: valueAt(texts.samples, i) ? edition.papers.samples : "",
    ...detail,
    articles: [],
  };
}

/** The way back to the list, and to the incidents before and after in its order. @param {Scene} scene */
function describeSteps({ words, order, opened, facts }) {
  const at = order.indexOf(opened);
  const position = { i: words.number(at + 1), n: words.number(order.length) };
  return {
    back: words.say("incident.back", { n: words.number(order.length) }),
    position: at < 0 ? "" : words.say("incident.position", position),
    next: words.say("incident.next"),
    previous: words.say("incident.previous"),
    next_id: at >= 0 && at + 1 < order.length ? facts.ids[order[at + 1]] : null,
    previous_id: at > 0 ? facts.ids[order[at - 1]] : null,
  };
}

/** Rival claims, the most disputed incidents first. @param {Scene} scene @param {Tell} tell
 * @returns {import("../page/claims.js").Claims} */
export function describeClaims(scene, tell) {
  const { words, manner, facts, matched, texts } = scene;
  const order = rank(facts, matched, "disputed");
  const page = Math.min(manner.claimsPage, Math.max(0, Math.ceil(order.length / CLAIMS_AT_ONCE) - 1));
  const shown = order.slice(page * CLAIMS_AT_ONCE, (page + 1) * CLAIMS_AT_ONCE);
  const [first, last] = [page * CLAIMS_AT_ONCE + 1, page * CLAIMS_AT_ONCE + shown.length];
  const incidents = shown.map((i) => ({
    id: facts.ids[i],
    c: kindOf(scene, i),
    d: writeDays(scene, i, { year: scene.namesYears }),
    t: cutTitle(texts.title[i]),
    p: texts.place[i],
    groups: tell(i).groups,
  }));
  const rivals = {
    intro: words.say("claims.intro"),
    incidents: incidents.filter(({ groups }) => groups.length),
    columns: ["claimant", "figure", "range", "quote"].map((key) => words.say(`table.${key}`)),
    place: words.say("table.page", { first: words.number(first), last: words.number(last), n: words.number(order.length) }),
    previous: words.say("table.previous"),
    next: words.say("table.next"),
    has_previous: page > 0,
    has_next: last < order.length,
    empty: words.say("empty.title"),
  };
  return { views: [], rivals };
}
