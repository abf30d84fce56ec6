// @ts-check
/** The list beside the map, as geo/ui/cards.py describes it. */

import { countLoosened } from "./counts.js";
import { valueAt } from "./facts.js";
import { noFilter } from "./link.js";
import { countOf, match } from "./match.js";
import { nameLimit } from "./sidebar.js";
import { writeWhen } from "./sentences.js";

/** @typedef {import("./edition.js").Scene} Scene */

export const CARDS_AT_ONCE = 24;
const LONGEST_TITLE = 240;
const LONGEST_QUOTE = 60;
const ORDERS = ["newest", "disputed"];
export const ALL = "all";
/** @type {Record<string, string>} */
const LOOSER = { from: "any_date", province: "any_province", type: "any_event", border_km: "any_distance", km: "any_stretch" };

/** @param {Scene} scene @param {string} channel @returns {import("../page/cards.js").Cards} */
export function describeCards(scene, channel) {
  const { words, order, manner } = scene;
  const wanted = manner.cards || CARDS_AT_ONCE;
  return {
    channel,
    count: words.count("list.count", order.length),
    orders: ORDERS.map((name) => [name, words.say(`list.${name}`), name === manner.order ? 1 : 0]),
    cards: order.slice(0, wanted).map((i) => describeCard(scene, i)),
    more: order.length > wanted ? words.say("filter.more", { n: words.number(order.length - wanted) }) : null,
    empty: order.length ? null : describeNothing(scene),
  };
}

/** @param {Scene} scene @param {number} i @returns {import("../page/cards.js").Card} */
function describeCard(scene, i) {
  const { facts, texts, words } = scene;
  const figures = valueAt(texts.figures, i);
  const status = words.say(`status.${statusOf(scene, i)}`);
  return {
    id: facts.ids[i],
    i,
    c: kindOf(scene, i),
    d: writeDays(scene, i, { year: scene.namesYears }),
    t: cutTitle(texts.title[i]),
    p: texts.place[i],
    pv: provinceOf(scene, i),
    n: countSources(scene, i),
    f: figures,
    s: words.join([...(figures.length ? [] : [words.say("claim.none")]), status]),
  };
}

/** The category that an incident is drawn by. @param {Scene} scene @param {number} i */
export const kindOf = ({ facts }, i) => facts.categories[facts.category[i]];

/** @param {Scene} scene @param {number} i */
export function statusOf({ facts }, i) {
  const { names, sets, of } = facts.labels.status;
  return names[sets[of[i]][0]];
}

/** Code and name of the one province that an incident was in. @param {Scene} scene @param {number} i
 * @returns {[string, string] | null} */
export function provinceOf(scene, i) {
  const { names, sets, of } = scene.facts.labels.province;
  const found = sets[of[i]];
  return found.length === 1 ? [names[found[0]], scene.nameOf("province", names[found[0]])] : null;
}

/** @param {Scene} scene @param {number} i @param {{year?: boolean, short?: boolean}} [how] */
export function writeDays({ facts, texts, words }, i, how) {
  const start = facts.start[i];
  const dated = valueAt(texts.dated, i);
  if (start !== null && dated === "month") return words.monthOf(start);
  if (start !== null && dated === "year") return words.yearOf(start);
  return words.days(start, start === null ? null : start + facts.length[i], how);
}

/** A title that a list can hold, cut between words. @param {string} title */
export function cutTitle(title) {
  const letters = [...title];
  if (letters.length <= LONGEST_TITLE) return title;
  const cut = letters.slice(0, LONGEST_TITLE).join("");
  return `${cut.slice(0, cut.lastIndexOf(" ")) || cut}…`;
}

/** @param {Scene} scene @param {number} i */
function countSources({ texts, words }, i) {
  const [independent, copies] = valueAt(texts.sources, i);
  if (!copies) return words.count("list.sources", independent);
  return words.join([words.count("list.independent", independent), words.count("list.copies", copies)]);
}

/** What is said when nothing matches, and a way out for each limit. @param {Scene} scene
 * @returns {import("../page/cards.js").Empty} */
function describeNothing(scene) {
  const { words, edition, filter } = scene;
  const limits = countLoosened(edition.world, filter);
  const all = countOf(match(edition.world, noFilter()));
  return {
    title: words.say("empty.title"),
    text: `${sayNothing(scene, limits.map(([key]) => key))} ${words.say("empty.not_proof")}`,
    loosen: words.say("empty.loosen"),
    ways: [
      ...limits.map(([key, n]) => /** @type {[string, string, string]} */ ([key, writeWay(scene, key), n ? words.count("list.count", n) : words.number(0)])),
      [ALL, words.say("empty.clear"), words.count("list.count", all)],
    ],
  };
}

/** @param {Scene} scene @param {string[]} limits */
function sayNothing(scene, limits) {
  const { words, filter } = scene;
  const where = words.join(filter.lists.province.map((code) => scene.nameOf("province", code)));
  const named = {
    what: words.join(filter.lists.type.map((kind) => words.say(`event.${kind}`))).toLowerCase() || words.say("empty.incident"),
    where: where ? words.say("place.in", { place: where }) : "",
    when: writeWhen(scene),
    text: quoteOf(scene),
  };
  const key = filter.q ? "mention" : limits.some((limit) => !LOOSER[limit]) ? "limited" : "none";
  return words.say(`empty.${key}`, named).split(/\s+/).filter(Boolean).join(" ");
}

/** @param {Scene} scene */
const quoteOf = ({ filter }) => (filter.q.length <= LONGEST_QUOTE ? filter.q : `${filter.q.slice(0, LONGEST_QUOTE)}…`);

/** One limit, as the button that lifts it names it. @param {Scene} scene @param {string} key */
function writeWay(scene, key) {
  if (key === "q") return scene.words.say("empty.without_words", { text: quoteOf(scene) });
  return scene.words.say(LOOSER[key] ? `empty.${LOOSER[key]}` : "empty.without", { what: nameLimit(scene, key) });
}
