// @ts-check
/** What came in and what became of it; what could not be read, why, and another try. */

import { h, onActions, show } from "../page/dom.js";
import { mount } from "../page/part.js";
import { lookAgain } from "./looking.js";

/**
 * @typedef {object} Documents
 * @property {string} title
 * @property {string} lead
 * @property {[string, string][]} counts figure and label
 * @property {number} pending how many wait: while some do, the page looks again
 * @property {string} none
 * @property {string[]} columns
 * @property {[number, string, string, string][]} rows number, source, reason, attempts
 * @property {string} retry
 * @property {string} retry_all
 * @property {boolean} may
 */

/** @param {import("../page/part.js").Component<{part: string}>} component */
export const render = (component) => mount("desk-documents", component, drawDocuments);

/** @param {HTMLElement} root @param {Documents} data @param {import("../page/part.js").Send} send */
function drawDocuments(root, data, send) {
  const { title, lead, counts, pending, none, columns, rows, retry, retry_all: all, may } = data;
  show(
    root,
    h(
      "div.desk-sheet.of-one",
      null,
      h("h1", null, title),
      h("p.desk-lead", null, lead),
      h("dl.desk-counts", null, counts.map(([figure, label]) => h("div", null, h("dt", null, label), h("dd", null, figure)))),
      rows.length === 0
        ? h("p.note", null, none)
        : [
            may && h("p", null, h("button", { type: "button", class: "desk-box", "data-do": "retry" }, all)),
            h(
              "table.desk-table.of-documents",
              null,
              h("thead", null, h("tr", null, columns.map((column, n) => h(n === 2 ? "th.number" : "th", { scope: "col" }, column)), h("td", null))),
              h(
                "tbody",
                null,
                rows.map(([number, source, reason, attempts]) =>
                  h("tr", { "data-key": number }, h("th", { scope: "row" }, h("bdi", null, source)), h("td", { dir: "auto" }, reason), h("td.number", null, attempts), h("td", null, may && h("button", { type: "button", class: "desk-box", "data-do": "retry", "data-n": number, "aria-label": `${retry}: ${source}` }, retry))),
                ),
              ),
            ),
          ],
    ),
  );
  lookAgain(pending ? `documents ${pending}` : "", send);
  onActions(root, { retry: ({ dataset }) => send("retried", dataset.n ? Number(dataset.n) : "all") });
}
