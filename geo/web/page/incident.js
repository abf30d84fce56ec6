// @ts-check
/** One incident, opened: rival claims side by side, the sentence behind each, places and why, sources. */

import { h, onActions, show, withBold } from "./dom.js";
import { eventMark } from "./marks.js";
import { mount } from "./part.js";
import { placeName } from "./place-name.js";

/**
 * What one party says of one thing.
 * @typedef {object} Cell
 * @property {string} before "more than", "at least"
 * @property {string} figure
 * @property {string} after "and 30 wounded"
 * @property {[number, number, 0 | 1] | null} bar low and high as shares of the longest; whether it has no upper end
 * @property {string} who the claimant in the report's words
 * @property {string} quote the sentence
 * @property {string} source outlet and date
 * @property {string[]} notes
 * @property {number} [n] its number among the claims of the incident, where the words that make it stand beside it
 */

/**
 * @typedef {object} Opened
 * @property {string} back
 * @property {string} position
 * @property {string} next
 * @property {string} previous
 * @property {string | null} next_id
 * @property {string | null} previous_id
 * @property {string} category
 * @property {string} kind
 * @property {string} title
 * @property {string} dates
 * @property {string} place
 * @property {[string, string] | null} pv code and name of its province
 * @property {string[]} labels
 * @property {string} flags what a careful reader should know of how it was read
 * @property {{text: string, source: string, lang: string} | null} lead
 * @property {{name: string, detail: string}[]} parties
 * @property {{what: string, cells: Cell[][], others: Cell[]}[]} rows one list of cells a party, then those of all others
 * @property {string} no_figures said when there are no rows
 * @property {string} places_title
 * @property {{name: string, text: string, not: string}[]} places
 * @property {string} sources_title
 * @property {{outlet: string, url: string | null, date: string, copy: string}[]} sources `copy` says that it repeats another
 * @property {string} read label of the reports' list
 * @property {[string, string][]} articles id and headline of each report
 * @property {string} correction
 * @property {string} samples
 */

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("incident", component, drawIncident);

/** @param {HTMLElement} root @param {Opened} data @param {import("./part.js").Send} send */
function drawIncident(root, data, send) {
  show(root, barOf(data), headOf(data), claimsOf(data), placesOf(data), sourcesOf(data));
  onActions(root, {
    back: () => send("closed", true),
    go: ({ dataset }) => send("opened", dataset.id),
    read: ({ dataset }) => send("read", dataset.id),
    enter: ({ dataset }) => send("entered", dataset.value),
  });
}

/** @param {Opened} data */
const barOf = (data) =>
  h(
    "div.list-bar",
    null,
    h("button", { type: "button", class: "back", "data-do": "back" }, h("span.arrow", { "aria-hidden": "true" }, "←"), ` ${data.back}`),
    h(
      "span.steps",
      null,
      data.position,
      step(data.previous_id, data.previous, "‹"),
      step(data.next_id, data.next, "›"),
    ),
  );

/** @param {string | null} id @param {string} label @param {string} sign */
const step = (id, label, sign) =>
  h("button", { type: "button", "data-do": "go", "data-id": id, disabled: !id, "aria-label": label }, sign);

/** @param {Opened} data */
const headOf = (data) => [
  h("p.incident-kind", null, eventMark(data.category), h("span", null, data.kind), h("span", null, data.dates)),
  h("h2.incident-title", { dir: "auto" }, data.title),
  data.place && h("p.incident-place", null, placeName(data.place, data.pv)),
  h("p.labels", null, data.labels.map((label) => h("span.label", null, label))),
  data.flags && h("p.incident-flags", null, data.flags),
  data.lead &&
    h(
      "blockquote.lead",
      null,
      h("p", { lang: data.lead.lang, dir: "auto" }, data.lead.text),
      h("footer", null, data.lead.source),
    ),
];

/** @param {Pick<Opened, "parties" | "rows" | "no_figures">} data */
export function claimsOf({ parties, rows, no_figures: none }) {
  if (!rows.length) return none && h("p.no-figures", null, none);
  return h(
    "div.claims",
    { role: "table", style: `--parties:${parties.length}`, class: `claims of-${Math.min(parties.length, 4)}` },
    h(
      "div.claim-row.claim-head",
      { role: "row" },
      parties.map(({ name, detail }) =>
        h("div.claim-cell", { role: "columnheader" }, h("b", null, name), detail && h("span", null, h("bdi", null, detail))),
      ),
    ),
    rows.map(({ what, cells, others }) => [
      h("div.claim-what", { role: "row" }, h("span", { role: "rowheader" }, what)),
      cells.some((claims) => claims.length) &&
        h("div.claim-row", { role: "row" }, cells.map((claims) => h("div.claim-cell", { role: "cell" }, claims.length ? claims.map(claimOf) : h("span.no-claim", null, "–")))),
      others.length > 0 &&
        h("div.claim-row.claim-others", { role: "row" }, others.map((claim) => h("div.claim-cell", { role: "cell" }, claimOf(claim)))),
    ]),
  );
}

/** @param {Cell} claim */
const claimOf = (claim) =>
  h(
    "div.claim",
    claim.n === undefined ? null : { "data-marks": `c${claim.n}`, tabindex: 0 },
    h("p.claim-figure", null, claim.before && h("span", null, claim.before), h("b", null, claim.figure), claim.after && h("span", null, claim.after)),
    claim.bar && barLine(claim.bar),
    claim.quote && h("p.claim-quote", { dir: "auto" }, claim.quote),
    h("p.claim-source", null, claim.source, claim.notes.map((note) => h("span.label", null, note))),
  );

/** @param {[number, number, 0 | 1]} bar */
const barLine = ([low, high, open]) =>
  h(
    "div.claim-bar",
    { "aria-hidden": "true" },
    h("i", { style: `width:${percent(low)}` }),
    (high > low || open === 1) &&
      h("i", { class: open ? "open" : "range", style: `width:${percent(open ? Math.max(0.12, 1 - low) * 0.35 : high - low)}` }),
  );

/** @param {number} share */
const percent = (share) => `${Math.round(share * 1000) / 10}%`;

/** @param {Opened} data */
const placesOf = ({ places, places_title: title }) =>
  places.length > 0 &&
  h(
    "section.incident-section",
    null,
    h("h3", null, title),
    h(
      "dl.places",
      null,
      places.map(({ name, text, not }) => [
        h("dt", null, h("bdi", null, name)),
        h("dd", null, withBold(text), not && [" ", h("span.not-chosen", null, not)]),
      ]),
    ),
  );

/** @param {Opened} data */
const sourcesOf = (data) =>
  h(
    "section.incident-section",
    null,
    h("h3", null, data.sources_title),
    h(
      "p.sources",
      null,
      data.sources.map(({ outlet, url, date, copy }) =>
        h(
          "span.source",
          null,
          url ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, h("bdi", null, outlet)) : h("bdi", null, outlet),
          ` ${date}`,
          copy && ` (${copy})`,
        ),
      ),
    ),
    h(
      "ul.reports",
      { "aria-label": data.read },
      data.articles.map(([id, title]) =>
        h(
          "li",
          { "data-key": id },
          h("button", { type: "button", "data-do": "read", "data-id": id }, h("span", null, `${data.read}: `), h("bdi", null, title)),
        ),
      ),
    ),
    h("p.correction", null, data.correction),
    data.samples && h("p.correction", null, data.samples),
  );
