// @ts-check
/** The head of the page: where, what, when, as of when, and the summary, which a screen reader is told too. */

import { h, onActions, show, withBold } from "./dom.js";
import { mount } from "./part.js";

/**
 * @typedef {object} Head
 * @property {string} kicker
 * @property {string} as_of
 * @property {string} as_of_short
 * @property {string} title
 * @property {string} summary **bold** marks figures
 * @property {string[]} notices what of the link was ignored
 * @property {string} [since] what has changed since the link was made
 * @property {string} [turn] label of the button that shows the data as of then, or today's again
 * @property {boolean} [past] whether the data is as of then
 * @property {string} news how many incidents have come while the page was open; empty for none
 * @property {string} samples that the reports are samples; empty when they are not
 * @property {string} close
 */

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("head", component, drawHead);

/** @param {HTMLElement} root @param {Head} data @param {import("./part.js").Send} send */
function drawHead(root, data, send) {
  show(
    root,
    h(
      "header",
      { class: "page-head" },
      h(
        "div.kicker-line",
        null,
        h("span.kicker", null, data.kicker),
        h("p.news", { role: "status", "aria-live": "polite", "aria-atomic": "true" }, data.news && [h("span", null, data.news), cross(data)]),
        h("span.as-of", null, h("span.long", null, data.as_of), h("span.short", null, data.as_of_short)),
      ),
      h("div.title-line", null, h("h1", null, data.title), data.samples && h("p.samples", null, data.samples)),
      h("p.summary", { role: "status", "aria-live": "polite", "aria-atomic": "true" }, withBold(data.summary)),
      data.notices.length > 0 && h("div.notice", { role: "alert" }, h("div", null, data.notices.map((notice) => h("p", null, notice))), close(data)),
      data.since &&
        h(
          "div.notice",
          { role: "status" },
          h("p", null, data.since),
          h("span.turns", null, h("button", { type: "button", class: "turn", "data-do": "turn" }, data.turn), !data.past && close(data)),
        ),
    ),
  );
  onActions(root, { dismiss: () => send("dismissed", true), turn: () => send("turned", true) });
}

/** @param {Head} data */
const cross = (data) => h("button", { type: "button", "data-do": "dismiss", "aria-label": data.close, title: data.close }, "×");

/** @param {Head} data */
const close = (data) => h("button", { type: "button", class: "plain", "data-do": "dismiss" }, data.close);
