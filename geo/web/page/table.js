// @ts-check
/** The table of incidents: a real one, sorted and paged on the server. */

import { h, onActions, show } from "./dom.js";
import { eventMark, sureness } from "./marks.js";
import { mount } from "./part.js";
import { placeName } from "./place-name.js";

/**
 * @typedef {object} TableRow
 * @property {string} id
 * @property {string} d days
 * @property {string} c kind of event
 * @property {string} cl kind of event in words
 * @property {string} t title
 * @property {string} p place
 * @property {[string, string] | null} pv code and name of its province
 * @property {string} s precision
 * @property {string} sl precision in words
 * @property {string} km
 * @property {string} k killed in words
 * @property {[number, number, 0 | 1] | null} r killed: low and high as shares of the longest, whether open
 * @property {number} n claims
 * @property {number} m sources
 * @property {0 | 1} o whether it is the selected one
 */

/**
 * @typedef {object} TableData
 * @property {string} caption
 * @property {[string, string, boolean][]} columns key, label, whether it holds numbers
 * @property {string} sort
 * @property {string} sort_label
 * @property {boolean} down
 * @property {TableRow[]} rows
 * @property {string} place "1–50 of 126"
 * @property {string} previous
 * @property {string} next
 * @property {boolean} has_previous
 * @property {boolean} has_next
 * @property {string} empty
 */

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("table", component, drawTable);

/** @param {HTMLElement} root @param {TableData} data @param {import("./part.js").Send} send */
function drawTable(root, data, send) {
  show(root, data.rows.length ? [tableOf(data), pagerOf(data)] : h("p.no-rows", null, data.empty));
  onActions(root, {
    sort: ({ dataset }) => send("sorted", dataset.value),
    open: ({ dataset }) => send("opened", dataset.id),
    enter: ({ dataset }) => send("entered", dataset.value),
    page: ({ dataset }) => send("paged", Number(dataset.value)),
  });
}

/** The roles are those of a table; a phone sets its rows as blocks, which would lose them. @param {TableData} data */
const tableOf = (data) =>
  h(
    "div.table-scroll",
    null,
    h(
      "table.incidents",
      { role: "table" },
      h("caption", null, data.caption),
      h(
        "thead",
        { role: "rowgroup", "data-label": data.sort_label },
        h("tr", { role: "row" }, data.columns.map((column) => headOf(column, data))),
      ),
      h("tbody", { role: "rowgroup" }, data.rows.map((row) => rowOf(row, data))),
    ),
  );

/** @param {[string, string, boolean]} column @param {TableData} data */
const headOf = ([key, label, numeric], { sort, down }) =>
  h(
    "th",
    {
      scope: "col",
      role: "columnheader",
      class: `col-${key}${numeric ? " number" : ""}`,
      "aria-sort": key === sort ? (down ? "descending" : "ascending") : null,
    },
    h(
      "button",
      { type: "button", "data-do": "sort", "data-value": key },
      key === "mark" ? h("span.unseen", null, label) : label,
      key === sort ? h("span", { "aria-hidden": "true" }, down ? " ↓" : " ↑") : key === "mark" && h("span", { "aria-hidden": "true" }, "↕"),
    ),
  );

/** @param {TableRow} row @param {TableData} data */
function rowOf(row, { columns }) {
  const cell = (/** @type {string} */ key, /** @type {string} */ tag, /** @type {import("./dom.js").Child[]} */ ...children) =>
    h(tag, { role: "cell", "data-label": columns.find(([name]) => name === key)?.[1] }, children);
  return h(
    "tr",
    { role: "row", "data-key": row.id, "data-do": "open", "data-id": row.id, class: row.o ? "chosen" : null },
    cell("date", "td.days", row.d),
    cell("mark", "td.mark-cell", eventMark(row.c), h("span.unseen", null, row.cl)),
    cell("incident", "td.title", h("button", { type: "button", "data-do": "open", "data-id": row.id, dir: "auto" }, row.t)),
    cell("place", "td.place", placeName(row.p, row.pv)),
    cell("precision", "td.sure", h("div", null, sureness(row.s, row.c), h("span", null, row.sl))),
    cell("distance", "td.number.far", row.km),
    cell("killed", "td.number.killed", row.k),
    cell("range", "td.range", row.r && rangeOf(row.r)),
    cell("claims", "td.number.told", row.n),
    cell("sources", "td.number.told", row.m),
  );
}

const RANGE_WIDTH = 90;

/** @param {[number, number, 0 | 1]} range */
function rangeOf([low, high, open]) {
  const [from, to] = [4 + low * (RANGE_WIDTH - 8), 4 + high * (RANGE_WIDTH - 8)];
  return h(
    "svg",
    { class: "range-line", viewBox: `0 0 ${RANGE_WIDTH} 12`, "aria-hidden": "true" },
    h("line", { class: "axis", x1: 0, x2: RANGE_WIDTH, y1: 6, y2: 6 }),
    to > from && h("line", { class: "span", x1: from, x2: to, y1: 6, y2: 6 }),
    h("circle", { class: "low", cx: from, cy: 6, r: 3.2 }),
    (to > from || open === 1) && h("circle", { class: open ? "open" : "low", cx: to, cy: 6, r: 3 }),
  );
}

/** @param {TableData} data */
const pagerOf = (data) =>
  h(
    "nav.pager",
    { "aria-label": data.caption },
    h("button", { type: "button", "data-do": "page", "data-value": -1, disabled: !data.has_previous }, data.previous),
    h("span", null, data.place),
    h("button", { type: "button", "data-do": "page", "data-value": 1, disabled: !data.has_next }, data.next),
  );
