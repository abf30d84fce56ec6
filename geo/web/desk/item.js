// @ts-check
/** The incident under review: why it waits, its place, what each party claims, who answers for it. */

import { h, withBold } from "../page/dom.js";
import { claimsOf } from "../page/incident.js";
import { eventMark, sureness } from "../page/marks.js";
import { releaseOf } from "./panels.js";

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {number} version
 * @property {string} category
 * @property {string} kind
 * @property {string} dates
 * @property {string} title
 * @property {string} place
 * @property {string[]} why
 * @property {string[]} labels
 * @property {string} flags
 * @property {{text: string, source: string, lang: string} | null} lead
 * @property {any[]} parties
 * @property {any[]} rows
 * @property {string} no_figures
 * @property {(import("./locator.js").Spot & {sure: string, far: string, near: string, role: string})[]} spots
 * @property {{name: string, text: string, not: string}[]} reasons
 * @property {import("./report.js").Report[]} reports
 * @property {import("./since.js").Since | null} since what was reported since it was checked
 * @property {import("./bar.js").Act[]} acts
 * @property {import("./panels.js").Candidate[]} candidates near in days and province
 * @property {{query: string, title: string, items: import("./panels.js").Candidate[], more: string} | null} found what was searched for
 * @property {import("./form.js").FormData_} form
 * @property {import("./panels.js").Release} release
 * @property {[string, string, string][]} history when, who, what
 * @property {string} sign_off
 */

export const itemOf = {
  /** @param {Item} item @param {Record<string, string>} words */
  top: (item, words) => [
    h("p.incident-kind", null, eventMark(item.category), h("span", null, item.kind), h("span", null, item.dates)),
    h("h1.item-title", { dir: "auto" }, item.title),
    h("p.labels", null, item.labels.map((label) => h("span.label", null, label))),
    item.why.length > 0 && h("ul.item-why", { "aria-label": words.why }, item.why.map((reason) => h("li", null, reason))),
    item.flags && h("p.incident-flags", null, item.flags),
  ],

  /** @param {Item} item @param {Record<string, string>} words */
  rest: (item, words) => [
    spotsOf(item, words),
    h("h2.item-head", null, words.claims),
    item.rows.length ? claimsOf(item) : h("p.no-figures", null, item.no_figures),
    item.sign_off && h("p.item-sign", null, item.sign_off),
    releaseOf(item.release, words),
    historyOf(item, words),
  ],
};

/** @param {Item} item @param {Record<string, string>} words */
const spotsOf = ({ spots, reasons, category }, words) => [
  h(
    "ul.item-spots",
    { "aria-label": words.places },
    spots.map((spot, n) =>
      h(
        "li",
        { tabindex: 0, "data-marks": `p${n}` },
        sureness(spot.precision, category),
        h("span", null, h("b", null, spot.name), h("small", null, [spot.sure, spot.far, spot.near, spot.role].filter(Boolean).map((part) => h("span", null, part)))),
      ),
    ),
  ),
  reasons.length > 0 &&
    h(
      "details.item-reasons",
      null,
      h("summary", null, words.why_places),
      h(
        "dl.places",
        null,
        reasons.map(({ name, text, not }) => [
          h("dt", null, h("bdi", null, name)),
          h("dd", null, withBold(text), not && [" ", h("span.not-chosen", null, not)]),
        ]),
      ),
    ),
];

/** @param {Item} item @param {Record<string, string>} words */
const historyOf = ({ history }, words) =>
  history.length > 0 &&
  h(
    "details.item-history",
    null,
    h("summary", null, words.history),
    h("ol", null, history.map(([when, who, what]) => h("li", null, h("span", null, when), h("b", null, h("bdi", null, who)), h("span", { dir: "auto" }, what)))),
  );
