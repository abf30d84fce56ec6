// @ts-check
/** Rival claims: incident by incident, who says what, on one scale, with the sentence behind it; or by period. */

import { h, onActions, show } from "./dom.js";
import { eventMark } from "./marks.js";
import { mount } from "./part.js";
import { choicesOf, periodsOf } from "./periods.js";

/**
 * @typedef {object} Line
 * @property {string} who
 * @property {string} figure
 * @property {[number, number, 0 | 1] | null} bar low and high as shares of the longest of its incident
 * @property {string} quote
 * @property {string} source
 */

/**
 * @typedef {object} Rivals
 * @property {string} id
 * @property {string} c kind of event
 * @property {string} d days
 * @property {string} t title
 * @property {string} p place
 * @property {{what: string, lines: Line[]}[]} groups
 */

/**
 * @typedef {object} Claims
 * @property {import("./periods.js").Choice[]} views step that each view asks for, label, whether it is shown
 * @property {ClaimsData} [rivals] incident by incident
 * @property {import("./periods.js").Periods} [periods]
 */

/**
 * @typedef {object} ClaimsData
 * @property {string} intro
 * @property {Rivals[]} incidents
 * @property {string[]} columns what each column of a group holds, for a screen reader
 * @property {string} place
 * @property {string} previous
 * @property {string} next
 * @property {boolean} has_previous
 * @property {boolean} has_next
 * @property {string} empty
 */

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("rivals", component, drawClaims);

/** @param {HTMLElement} root @param {Claims} data @param {import("./part.js").Send} send */
function drawClaims(root, { views, rivals, periods }, send) {
  const pages = periods ?? rivals;
  show(
    root,
    h("div.claim-views", null, choicesOf("", "step", views)),
    periods && periodsOf(periods),
    rivals && [h("p.intro", null, rivals.incidents.length ? rivals.intro : rivals.empty), rivals.incidents.map((incident) => rivalsOf(incident, rivals))],
    pages && (pages.has_previous || pages.has_next) && pagerOf(pages),
  );
  onActions(root, {
    open: ({ dataset }) => send("opened", dataset.id),
    page: ({ dataset }) => send("paged", Number(dataset.value)),
    step: ({ dataset }) => send("stepped", dataset.value),
    count: ({ dataset }) => send("counted", dataset.value),
    date: ({ dataset }) => send("dated", (dataset.days ?? "").split(" ")),
  });
}

/** @param {Rivals} incident @param {ClaimsData} data */
const rivalsOf = ({ id, c, d, t, p, groups }, { columns }) =>
  h(
    "section.rivals",
    { "data-key": id },
    h(
      "header",
      null,
      eventMark(c),
      h(
        "div",
        null,
        h("p.card-top", null, h("span", null, d)),
        h("h2", { dir: "auto" }, h("button", { type: "button", "data-do": "open", "data-id": id }, t)),
        h("p.card-place", null, p),
      ),
    ),
    h(
      "table.rival-table",
      null,
      h("thead.unseen", null, h("tr", null, columns.map((column) => h("th", { scope: "col" }, column)))),
      groups.map(({ what, lines }) => h("tbody", null, h("tr", null, h("th", { scope: "rowgroup", colspan: 4 }, what)), lines.map(lineOf))),
    ),
  );

/** @param {Line} line */
const lineOf = ({ who, figure, bar, quote, source }) =>
  h(
    "tr",
    null,
    h("td.who", null, h("bdi", null, who)),
    h("td.figure", null, figure),
    h("td.scale", null, bar && scaleOf(bar)),
    h("td.says", null, h("span", { dir: "auto" }, quote), h("small", null, source)),
  );

/** @param {[number, number, 0 | 1]} bar */
const scaleOf = ([low, high, open]) =>
  h(
    "div.claim-bar",
    { "aria-hidden": "true" },
    h("i", { style: `width:${Math.round(low * 1000) / 10}%` }),
    (high > low || open === 1) &&
      h("i", { class: open ? "open" : "range", style: `width:${open ? 14 : Math.round((high - low) * 1000) / 10}%` }),
  );

/** @param {{place: string, previous: string, next: string, has_previous: boolean, has_next: boolean}} data */
const pagerOf = (data) =>
  h(
    "nav.pager",
    { "aria-label": data.place },
    h("button", { type: "button", "data-do": "page", "data-value": -1, disabled: !data.has_previous }, data.previous),
    h("span", null, data.place),
    h("button", { type: "button", "data-do": "page", "data-value": 1, disabled: !data.has_next }, data.next),
  );
