// @ts-check
/** The list of incidents beside the map: what, when, where, who says how many. */

import { listen, tell } from "./channel.js";
import { h, onActions, show } from "./dom.js";
import { eventMark } from "./marks.js";
import { mount } from "./part.js";
import { placeName } from "./place-name.js";

/**
 * @typedef {object} Card
 * @property {string} id
 * @property {number} i index in the data revision, as the map knows it
 * @property {string} c kind of event
 * @property {string} d days
 * @property {string} t title
 * @property {string} p place
 * @property {[string, string] | null} pv code and name of its province
 * @property {string} n number of sources
 * @property {[string, [string, string][]][]} f figures: what was counted, then figure and claimant pairs
 * @property {string} s whether a person has checked it
 */

/**
 * @typedef {object} Cards
 * @property {string} channel
 * @property {string} count
 * @property {[string, string, 0 | 1][]} orders value, label, whether it is the one
 * @property {Card[]} cards
 * @property {string | null} more label of the button for further ones
 * @property {Empty | null} empty what is said when nothing matches
 */

/**
 * @typedef {object} Empty
 * @property {string} title
 * @property {string} text
 * @property {string} loosen
 * @property {[string, string, string][]} ways key, label, what it would show
 */

/** @type {WeakMap<HTMLElement, () => void>} */
const ears = new WeakMap();

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("cards", component, drawCards);

/** @param {HTMLElement} root @param {Cards} data @param {import("./part.js").Send} send */
function drawCards(root, data, send) {
  show(root, data.empty ? nothing(data.empty) : [barOf(data), listOf(data)]);
  onActions(root, {
    order: ({ dataset }) => send("ordered", dataset.value),
    loosen: ({ dataset }) => send("loosened", dataset.value),
    more: () => send("wanted", data.cards.length),
    open: ({ dataset }) => send("opened", dataset.id),
    enter: ({ dataset }) => send("entered", dataset.value),
  });
  pointTogether(root, data.channel);
  askForMore(root, () => send("wanted", data.cards.length));
}

/** @param {Cards} data */
const barOf = (data) =>
  h(
    "div.list-bar",
    null,
    h("h2", null, data.count),
    h(
      "div.orders",
      { role: "group" },
      data.orders.map(([value, label, on]) =>
        h("button", { type: "button", "data-do": "order", "data-value": value, "aria-pressed": on ? "true" : "false" }, label),
      ),
    ),
  );

/** @param {Cards} data */
const listOf = (data) =>
  h(
    "ol.cards",
    { tabindex: "-1" },
    data.cards.map(cardOf),
    data.more && h("li.more-cards", null, h("button", { type: "button", class: "more", "data-do": "more" }, data.more)),
  );

/** @param {Card} card */
export const cardOf = (card) =>
  h(
    "li.card",
    { "data-key": card.id, "data-index": card.i, "data-do": "open", "data-id": card.id },
    eventMark(card.c),
    h(
      "article",
      null,
      h("p.card-top", null, h("span", null, card.d), h("span", null, card.n)),
      h("h3", { dir: "auto" }, h("button", { type: "button", "data-do": "open", "data-id": card.id }, card.t)),
      h("p.card-place", null, placeName(card.p, card.pv)),
      card.f.length > 0 && h("dl.card-figures", null, card.f.map(figuresOf)),
      h("p.card-status", null, card.s),
    ),
  );

/** @param {[string, [string, string][]]} figures */
const figuresOf = ([what, pairs]) => [
  h("dt", null, what),
  h(
    "dd",
    null,
    pairs.map(([figure, who]) => h("span.figure-pair", null, h("b", null, figure), h("span", null, h("bdi", null, who)))),
  ),
];

/** @param {Empty} empty */
const nothing = ({ title, text, loosen, ways }) =>
  h(
    "div.empty",
    null,
    h("h2", null, title),
    h("p", null, text),
    h("p", null, loosen),
    h(
      "ul",
      null,
      ways.map(([key, label, gives]) =>
        h("li", null, h("button", { type: "button", "data-do": "loosen", "data-value": key }, label), h("span", null, gives)),
      ),
    ),
  );

/** A card and its mark on the map light up together. @param {HTMLElement} root @param {string} channel */
function pointTogether(root, channel) {
  if (ears.has(root)) return;
  ears.set(
    root,
    listen(channel, (message) => {
      if (message?.type === "hover" && message.from !== "page") light(root, message.incident);
    }),
  );
  let told = "";
  const point = (/** @type {Element | null} */ card) => {
    const index = card?.getAttribute("data-index") ?? "";
    if (index === told) return;
    told = index;
    const id = card?.getAttribute("data-id") ?? null;
    tell(channel, { type: "hover", incident: index ? Number(index) : null, id, from: "page" });
  };
  const under = (/** @type {Event} */ event) => point(/** @type {Element} */ (event.target).closest?.(".card") ?? null);
  root.addEventListener("mouseover", under);
  root.addEventListener("focusin", under);
  root.addEventListener("mouseleave", () => point(null));
}

/** @param {HTMLElement} root @param {number | null} incident */
function light(root, incident) {
  for (const card of root.querySelectorAll(".card")) {
    card.classList.toggle("pointed", incident !== null && card.getAttribute("data-index") === String(incident));
  }
}

/** @type {WeakMap<HTMLElement, IntersectionObserver>} */
const watches = new WeakMap();

/** Asks for further cards when the end of the list comes into view. @param {HTMLElement} root @param {() => void} ask */
export function askForMore(root, ask) {
  watches.get(root)?.disconnect();
  const end = root.querySelector(".more-cards");
  if (!end) return;
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    ask();
  });
  watch.observe(end);
  watches.set(root, watch);
}
