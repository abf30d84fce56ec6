// @ts-check
/** A report, opened: its text with every place name marked by its role, and a card that says what a name was taken for. */

import { h, onActions, show } from "./dom.js";
import { mount } from "./part.js";
import { placeCard, settleCard } from "./place-card.js";

/** Text, number of its card or -1, and letters: d in a date, f in a figure. @typedef {string | [string, number, string]} Piece */

/**
 * @typedef {object} ArticleData
 * @property {string} id
 * @property {string} back
 * @property {string} title
 * @property {string} source
 * @property {string[]} labels
 * @property {string} samples
 * @property {string} lang
 * @property {Piece[][]} text
 * @property {string} cut
 * @property {{title: string, roles: [string, string][], marks: [string, string][]}} legend
 * @property {import("./place-card.js").Card[]} cards
 * @property {string} close
 * @property {string} others
 * @property {string} said what came of the last correction
 * @property {import("./place-card.js").Editing | null} edit null where nobody may write
 * @property {[number, import("./place-card.js").Choice[]] | null} sought name and places last searched for
 */

/** What is open in a part: the card, and which of its names it stands at. @typedef {{article: string, card: number, name: number}} Open */

/** @type {WeakMap<HTMLElement, Open>} */
const opened = new WeakMap();

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("article", component, drawArticle);

/** @param {HTMLElement} root @param {ArticleData} data @param {import("./part.js").Send} send */
function drawArticle(root, data, send) {
  const before = opened.get(root);
  if (before?.article !== data.id) {
    opened.set(root, { article: data.id, card: -1, name: -1 });
    root.scrollTop = 0;
  }
  const draw = () => {
    const open = /** @type {Open} */ (opened.get(root));
    const card = data.cards[open.card];
    show(root, barOf(data), headOf(data), legendOf(data), bodyOf(data, open), data.cut && h("p.article-cut", null, data.cut), card && placeCard(card, data));
    if (card) settleCard(root, nameAt(root, open.name));
  };
  const close = () => {
    const { name, card } = /** @type {Open} */ (opened.get(root));
    if (card < 0) return;
    opened.set(root, { article: data.id, card: -1, name: -1 });
    draw();
    nameAt(root, name)?.focus({ preventScroll: true });
  };
  draw();
  onActions(root, {
    back: () => send("closed", true),
    close,
    choose: ({ dataset }) => {
      const who = /** @type {HTMLInputElement | null} */ (root.querySelector(".place-card [name=who]"))?.value ?? "";
      send("corrected", { k: data.cards[opened.get(root)?.card ?? -1]?.k, place: dataset.place ?? null, who });
      close();
    },
    name: (target) => {
      const name = Number(target.dataset.name);
      if (opened.get(root)?.name === name) return close();
      opened.set(root, { article: data.id, card: Number(target.dataset.card), name });
      draw();
      /** @type {HTMLElement | null} */ (root.querySelector(".place-card"))?.focus({ preventScroll: true });
    },
  });
  root.onkeydown = (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === " ") && target.matches(".name")) {
      event.preventDefault();
      target.click();
    }
  };
  root.onsubmit = (event) => {
    event.preventDefault();
    const query = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("query") ?? "");
    if (query.trim()) send("sought", { k: data.cards[opened.get(root)?.card ?? -1]?.k, query });
  };
  shutOutside(root, close);
}

/** @type {WeakMap<HTMLElement, (event: Event) => void>} */
const outside = new WeakMap();

/** A press beside card and names closes the card. @param {HTMLElement} root @param {() => void} close */
function shutOutside(root, close) {
  const known = outside.get(root);
  if (known) root.removeEventListener("pointerdown", known);
  const shut = (/** @type {Event} */ event) => {
    if (!(/** @type {Element} */ (event.target).closest(".place-card, .name"))) close();
  };
  outside.set(root, shut);
  root.addEventListener("pointerdown", shut);
}

/** @param {HTMLElement} root @param {number} name @returns {HTMLElement | null} */
const nameAt = (root, name) => root.querySelector(`.name[data-name="${name}"]`);

/** @param {ArticleData} data */
const barOf = ({ back }) =>
  h(
    "div.list-bar",
    null,
    h("button", { type: "button", class: "back", "data-do": "back" }, h("span.arrow", { "aria-hidden": "true" }, "←"), ` ${back}`),
  );

/** @param {ArticleData} data */
const headOf = ({ title, source, labels, samples, lang, said }) => [
  title && h("h2.incident-title.of-report", { lang, dir: "auto" }, title),
  h("p.article-source", null, source, labels.map((label) => h("span.label", null, label))),
  samples && h("p.article-samples", null, samples),
  h("p.article-said", { role: "status" }, said),
];

/** @param {ArticleData} data */
const legendOf = ({ legend: { title, roles, marks } }) =>
  h(
    "div.article-legend",
    null,
    h("span.legend-name", null, title),
    roles.map(([role, label]) => h("span", { class: `role role-${role}` }, label)),
    marks.map(([mark, label]) => h("span", { class: `in-${mark}` }, label)),
  );

/** @param {ArticleData} data @param {Open} open */
function bodyOf({ text, cards, lang }, open) {
  let count = 0;
  return h(
    "div.article-text",
    { lang },
    text.map((paragraph) => h("p", { dir: "auto" }, paragraph.map((piece) => pieceOf(piece, cards, open, () => count++)))),
  );
}

/**
 * A name is no real button: those would break its line, and part it from a letter that is joined to it.
 * @param {Piece} piece @param {ArticleData["cards"]} cards @param {Open} open @param {() => number} next
 */
function pieceOf(piece, cards, open, next) {
  if (typeof piece === "string") return piece;
  const [text, card, marks] = piece;
  const kinds = [...marks].map((mark) => `in-${mark}`).join(" ");
  if (card < 0) return h("span", { class: kinds }, text);
  const { role, role_name: label, open: left } = cards[card];
  const name = next();
  return h(
    "span",
    {
      class: `name role role-${role} ${left ? "left-open " : ""}${kinds}`.trim(),
      role: "button",
      tabindex: 0,
      "data-do": "name",
      "data-card": card,
      "data-name": name,
      "aria-expanded": open.name === name ? "true" : "false",
      "aria-haspopup": "dialog",
      title: label,
    },
    text,
  );
}
