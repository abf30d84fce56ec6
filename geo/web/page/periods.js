// @ts-check
/** Claims by period: a row each, and what every party is said to have lost, lowest and highest, with who says so. */

import { h } from "./dom.js";

/** A figure, the words that bend it, and who says it. @typedef {{figure: string, before: string, after: string, who: string}} End */

/**
 * @typedef {object} Cell
 * @property {End} low
 * @property {End} high
 * @property {[number, number, 0 | 1] | null} bar low and high as shares of the longest; whether nothing bounds it
 */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {[string, string] | null} days first and last day, of a row that is one period
 * @property {string} n number of incidents
 * @property {(Cell | null)[]} all the sum over all parties, where there is one
 * @property {(Cell | null)[]} cells one a party
 * @property {[string, string][]} totals incident that it opens, what is said of a figure for several
 * @property {string} totals_label what stands for them while they are folded
 */

/** Value, label, whether it is the one. @typedef {[string, string, 0 | 1]} Choice */

/**
 * @typedef {object} Periods
 * @property {string} intro
 * @property {Choice[]} steps
 * @property {string} step_label
 * @property {Choice[]} metrics
 * @property {string} metric_label
 * @property {string[]} columns
 * @property {Row[]} rows
 * @property {Row[]} whole one row, of everything found
 * @property {string} place
 * @property {string} previous
 * @property {string} next
 * @property {boolean} has_previous
 * @property {boolean} has_next
 * @property {string} empty
 */

/** @param {Periods} data */
export const periodsOf = (data) =>
  data.rows.length
    ? [
        h("p.intro", null, data.intro),
        h("div.choices", null, choicesOf(data.step_label, "step", data.steps), choicesOf(data.metric_label, "count", data.metrics)),
        tableOf(data),
      ]
    : [h("p.intro", null, data.empty)];

/** A row of choices of which one holds. @param {string} label @param {string} action @param {Choice[]} choices */
export const choicesOf = (label, action, choices) =>
  h(
    "div.choice",
    { role: "group", "aria-label": label },
    label && h("span.choice-label", { "aria-hidden": "true" }, label),
    choices.map(([value, name, on]) =>
      h("button", { type: "button", "data-do": action, "data-value": value, "aria-pressed": on ? "true" : "false" }, name),
    ),
  );

/** @param {Periods} data */
const tableOf = ({ columns, rows, whole }) =>
  h(
    "table.periods",
    null,
    h("thead", null, h("tr", null, columns.map((column, i) => h("th", { scope: "col", class: i === 1 ? "number" : null }, column)))),
    whole.map((row) => bodyOf(row, columns, "whole")),
    rows.map((row) => bodyOf(row, columns, row.days ? row.days[0] : "loose")),
  );

/** @param {Row} row @param {string[]} columns @param {string} key */
function bodyOf(row, columns, key) {
  const cells = [...row.all, ...row.cells];
  return h(
    "tbody",
    { "data-key": key, class: key === "whole" ? "whole" : null },
    h(
      "tr",
      null,
      h("th", { scope: "row" }, row.days ? h("button", { type: "button", "data-do": "date", "data-days": row.days.join(" ") }, row.name) : row.name),
      h("td.number", { "data-label": columns[1] }, row.n),
      cells.map((cell, i) => h("td", { "data-label": columns[i + 2], class: cell ? (i < row.all.length ? "told" : null) : "none" }, cell ? cellOf(cell) : "–")),
    ),
    row.totals.length > 0 && h("tr.period-totals", null, h("td", null), h("td", { colspan: columns.length - 1 }, totalsOf(row))),
  );
}

/** @param {Row} row */
function totalsOf({ totals, totals_label: label }) {
  const list = h("ul", null, totals.map(([id, text]) => h("li", null, h("button", { type: "button", "data-do": "open", "data-id": id }, text))));
  return label ? h("details", null, h("summary", null, label), list) : list;
}

/** @param {Cell} cell */
export function cellOf({ low, high, bar }) {
  const one = low.figure === high.figure && low.who === high.who;
  return [h("div.ends", null, !one && endOf(low), endOf(high)), bar && barOf(bar)];
}

/** @param {End} end */
const endOf = ({ figure, before, after, who }) =>
  h("p.end", null, before && `${before} `, h("b", null, figure), after && ` ${after}`, who && [" ", h("bdi", null, who)]);

/** @param {[number, number, 0 | 1]} bar */
const barOf = ([low, high, open]) =>
  h(
    "div.claim-bar",
    { "aria-hidden": "true" },
    h("i", { style: `width:${percent(low)}` }),
    (high > low || open === 1) && h("i", { class: open ? "open" : "range", style: `width:${percent(Math.max(high - low, 0.06))}` }),
  );

/** @param {number} share */
const percent = (share) => `${Math.round(share * 1000) / 10}%`;
