// @ts-check
/** A province, opened: its numbers, its months, its crossings, figures it shares with others, and its incidents. */

import { askForMore, cardOf } from "./cards.js";
import { h, onActions, show } from "./dom.js";
import { eventMark } from "./marks.js";
import { mount } from "./part.js";
import { cellOf } from "./periods.js";

/**
 * @typedef {object} Months
 * @property {string} title
 * @property {number[]} counts one a month
 * @property {[number, number]} window first and last month in view
 * @property {[number, string][]} years the month each begins with
 * @property {string} most
 * @property {string} marked
 */

/**
 * @typedef {object} Province
 * @property {string} code
 * @property {string} back
 * @property {string} name
 * @property {string} country
 * @property {string} period
 * @property {[string, string][]} figures set large: figure, what it counts
 * @property {string} note what else the figures hold
 * @property {string} none said when nothing is found
 * @property {string} types_title
 * @property {[string, string, number][]} types kind, name, count
 * @property {string} who_title
 * @property {string[]} who_columns
 * @property {[string, (import("./periods.js").Cell | null)[]][]} who party, then a cell a column
 * @property {Months | null} months
 * @property {string} crossings_title
 * @property {[string, string, string][]} crossings state, name, the state in words
 * @property {string} no_crossing
 * @property {string} totals_title
 * @property {[string, string, string, string, string][]} totals incident, figure, with whom, days, whether the sum holds it
 * @property {string} count
 * @property {import("./cards.js").Card[]} cards
 * @property {string | null} more
 */

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("province", component, drawProvince);

/** @param {HTMLElement} root @param {Province} data @param {import("./part.js").Send} send */
function drawProvince(root, data, send) {
  const more = () => send("wanted", data.cards.length);
  show(root, headOf(data), data.none ? h("p.province-none", null, data.none) : numbersOf(data), monthsOf(data.months), crossingsOf(data), totalsOf(data), listOf(data));
  onActions(root, {
    back: () => send("closed", true),
    open: ({ dataset }) => send("opened", dataset.id),
    enter: ({ dataset }) => dataset.value !== data.code && send("entered", dataset.value),
    more,
  });
  askForMore(root, more);
}

/** @param {Province} data */
const headOf = ({ back, period, name, country }) => [
  h(
    "div.list-bar",
    null,
    h("button", { type: "button", class: "back", "data-do": "back" }, h("span.arrow", { "aria-hidden": "true" }, "←"), ` ${back}`),
    h("span", null, period),
  ),
  h("p.incident-kind", null, h("span", null, country)),
  h("h2.incident-title", null, h("bdi", null, name)),
];

/** @param {Province} data */
const numbersOf = ({ figures, note, types, types_title: typesTitle, who, who_title: whoTitle, who_columns: columns }) => [
  h("dl.province-figures", null, figures.map(([figure, what]) => h("div", null, h("dt", null, what), h("dd", null, figure)))),
  note && h("p.province-note.shared", null, note),
  section(typesTitle, h("ul.province-types", null, types.map((type) => typeOf(type, Math.max(...types.map(([, , n]) => n)))))),
  who.length > 0 &&
    section(
      whoTitle,
      h(
        "table.province-who",
        null,
        h("thead", null, h("tr", null, h("td", null), columns.map((column) => h("th", { scope: "col" }, column)))),
        h("tbody", null, who.map(([party, cells]) => h("tr", null, h("th", { scope: "row" }, party), cells.map((cell) => h("td", null, cell ? cellOf(cell) : "–"))))),
      ),
    ),
];

/** @param {string} title @param {...import("./dom.js").Child} children */
const section = (title, ...children) => h("section.incident-section", null, h("h3", null, title), children);

/** @param {[string, string, number]} type @param {number} most */
const typeOf = ([kind, name, count], most) =>
  h(
    "li",
    null,
    eventMark(kind),
    h("span", null, name),
    h("i", { class: `event-${kind}`, style: `width:${Math.max(1, Math.round((count / most) * 100))}%`, "aria-hidden": "true" }),
    h("b", null, count),
  );

/** Units of the sparkline: a month is 10 wide. */
const [MONTH, HEIGHT, FOOT] = [10, 64, 18];

/** @param {Months | null} months */
function monthsOf(months) {
  if (!months) return null;
  const { title, counts, window: [from, to], years, most, marked } = months;
  const tallest = Math.max(1, ...counts);
  const label = [title, most, marked].filter(Boolean).join(". ");
  return section(
    title,
    h(
      "svg",
      { class: "province-months", viewBox: `0 0 ${counts.length * MONTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
      to >= from && h("rect", { class: "window", x: from * MONTH, y: 0, width: (to - from + 1) * MONTH, height: HEIGHT }),
      counts.map((count, i) => {
        const height = count ? Math.max(2, (count / tallest) * (HEIGHT - 4)) : 0;
        return height > 0 && h("rect", { class: i >= from && i <= to ? "in" : "out", x: i * MONTH + 1, y: HEIGHT - height, width: MONTH - 2, height });
      }),
      h("line", { class: "foot", x1: 0, x2: counts.length * MONTH, y1: HEIGHT, y2: HEIGHT }),
    ),
    h(
      "div.province-years",
      { "aria-hidden": "true", style: `height:${FOOT}px` },
      years.map(([at, year]) => h("span", { style: `left:${((at / counts.length) * 100).toFixed(2)}%` }, year)),
    ),
    h("p.province-note", null, [most, marked].filter(Boolean).map((note) => h("span", null, note))),
  );
}

/** @param {Province} data */
const crossingsOf = ({ crossings, crossings_title: title, no_crossing: none }) =>
  section(
    title,
    crossings.length
      ? h("ul.province-crossings", null, crossings.map(([state, name, told]) => h("li", null, gateOf(state), h("b", null, h("bdi", null, name)), h("span", null, told))))
      : h("p.province-note", null, none),
  );

/** As the map draws them: level bar shut, upright open, a short one partly, empty unknown. @param {string} state */
const gateOf = (state) =>
  h(
    "svg",
    { class: `gate gate-${state}`, viewBox: "0 0 16 16", "aria-hidden": "true" },
    h("circle", { cx: 8, cy: 8, r: 5.6 }),
    state === "shut" && h("line", { x1: 4.8, x2: 11.2, y1: 8, y2: 8 }),
    state === "open" && h("line", { x1: 8, x2: 8, y1: 4.8, y2: 11.2 }),
    state === "partly" && h("line", { x1: 5.7, x2: 10.3, y1: 10.3, y2: 5.7 }),
  );

/** @param {Province} data */
const totalsOf = ({ totals, totals_title: title }) =>
  totals.length > 0 &&
  section(
    title,
    h(
      "ul.province-totals",
      null,
      totals.map(([id, figure, others, days, held]) =>
        h("li", null, h("button", { type: "button", "data-do": "open", "data-id": id }, h("b", null, figure), h("span", null, others)), h("small", null, `${days} · ${held}`)),
      ),
    ),
  );

/** @param {Province} data */
const listOf = ({ count, cards, more }) =>
  section(
    count,
    h(
      "ol.cards",
      null,
      cards.map(cardOf),
      more && h("li.more-cards", null, h("button", { type: "button", class: "more", "data-do": "more" }, more)),
    ),
  );
