// @ts-check
/** What was corrected of published incidents: when, by whom, what, and why. */

import { h, onActions, show } from "../page/dom.js";
import { mount } from "../page/part.js";

/**
 * @typedef {object} Corrections
 * @property {string} title
 * @property {string} lead
 * @property {string} none
 * @property {{n: number, id: string, when: string, who: string, title: string, changes: [string, string, string][], reason: string}[]} items
 * @property {string} to
 */

/** @param {import("../page/part.js").Component<{part: string}>} component */
export const render = (component) => mount("desk-corrections", component, drawCorrections);

/** @param {HTMLElement} root @param {Corrections} data @param {import("../page/part.js").Send} send */
function drawCorrections(root, { title, lead, none, items, to }, send) {
  show(
    root,
    h(
      "div.desk-sheet.of-one",
      null,
      h("h1", null, title),
      h("p.desk-lead", null, lead),
      items.length === 0 && h("p.note", null, none),
      h(
        "ol.desk-corrections",
        null,
        items.map(({ n, id, when, who, title: about, changes, reason }) =>
          h(
            "li",
            { "data-key": n },
            h("p.queue-when", null, h("span", null, when), h("span", null, h("bdi", null, who))),
            h("h2", { dir: "auto" }, h("button", { type: "button", "data-do": "open", "data-id": id }, about)),
            h("dl", null, changes.map(([field, before, after]) => [h("dt", null, field), h("dd", null, h("del", { dir: "auto" }, before), h("span.desk-to", { "aria-hidden": "true" }, to), h("ins", { dir: "auto" }, after))])),
            h("p.desk-reason", { dir: "auto" }, reason),
          ),
        ),
      ),
    ),
  );
  onActions(root, { open: ({ dataset }) => send("opened", dataset.id) });
}
