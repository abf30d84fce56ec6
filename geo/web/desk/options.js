// @ts-check
/** The settings in effect, to be read; and the people, whom a command manages. */

import { h, show } from "../page/dom.js";
import { mount } from "../page/part.js";

/**
 * @typedef {object} Options
 * @property {string} title
 * @property {string} lead
 * @property {string[]} columns
 * @property {[string, string, string][]} rows name, value, meaning
 * @property {string} people_title
 * @property {string} people_lead
 * @property {string[]} people_columns
 * @property {[string, string][]} people name and role
 */

/** @param {import("../page/part.js").Component<{part: string}>} component */
export const render = (component) => mount("desk-options", component, drawOptions);

/** @param {HTMLElement} root @param {Options} data */
function drawOptions(root, data) {
  show(
    root,
    h(
      "div.desk-sheet.of-one",
      null,
      h("h1", null, data.title),
      h("p.desk-lead", null, data.lead),
      tableOf(data.columns, data.rows, "settings"),
      h("h2", null, data.people_title),
      h("p.note", null, data.people_lead),
      tableOf(data.people_columns, data.people, "people"),
    ),
  );
}

/** @param {string[]} columns @param {string[][]} rows @param {string} kind */
const tableOf = (columns, rows, kind) =>
  h(
    `table.desk-table.of-${kind}`,
    null,
    h("thead", null, h("tr", null, columns.map((column) => h("th", { scope: "col" }, column)))),
    h("tbody", null, rows.map(([name, ...rest]) => h("tr", { "data-key": name }, h("th", { scope: "row" }, h("bdi", null, name)), rest.map((value) => h("td", { dir: "auto" }, value))))),
  );
