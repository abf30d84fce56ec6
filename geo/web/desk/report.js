// @ts-check
/** The reports of the incident: one is read, with every place, date and figure where it stands. */

import { h } from "../page/dom.js";
import { placeCard } from "../page/place-card.js";

/** @typedef {[string, string, number]} Piece text, the keys of what it says, and where in the article it begins */

/**
 * @typedef {object} Report
 * @property {string} id
 * @property {string} title
 * @property {string} source
 * @property {string | null} url
 * @property {string[]} labels
 * @property {string} lang
 * @property {Piece[][]} text
 * @property {string} cut
 * @property {any[]} cards
 * @property {number[]} card_of
 * @property {any} sought
 * @property {any} edit
 * @property {boolean} copy
 * @property {boolean} mine
 * @property {boolean} since whether it came after the incident was checked
 */

/** @param {import("./item.js").Item} item @param {Record<string, string>} words @param {{report: number, card: [number, number], picked: import("./spans.js").Words | null, hidden: boolean}} open */
export function reportOf({ reports }, words, open) {
  const report = reports[open.report];
  if (!report) return h("p.no-figures", null, words.no_report);
  const card = report.cards[open.card[0]];
  return [
    reports.length > 1 && tabsOf(reports, words, open.report),
    h(
      "div.report-head",
      null,
      h("p.report-source", null, report.url ? h("a", { href: report.url, target: "_blank", rel: "noopener noreferrer" }, report.source) : h("span", null, report.source), report.labels.map((label) => h("span.label", null, label)), report.copy && h("span.label", null, words.copy), report.since && h("span.label", null, words.since_report)),
      h("h2.report-title", { lang: report.lang, dir: "auto" }, report.title),
    ),
    legendOf(words),
    bodyOf(report, open.card[1]),
    report.cut && h("p.article-cut", null, report.cut),
    card && cardOf(card, report, words),
    open.picked && report.edit && pickOf(open.picked, open.hidden, words),
  ];
}

/** @param {Report[]} reports @param {Record<string, string>} words @param {number} read */
const tabsOf = (reports, words, read) =>
  h(
    "div.report-tabs",
    { role: "group", "aria-label": words.reports },
    reports.map(({ source }, n) => h("button", { type: "button", "data-do": "report", "data-n": n, "aria-pressed": String(n === read) }, source)),
  );

/** @param {Record<string, string>} words */
const legendOf = (words) =>
  h(
    "p.report-legend",
    { "aria-hidden": "true" },
    h("span", null, h("i.says-figure", null, words.mark_claim)),
    h("span", null, h("i.says-place", null, words.mark_place)),
    h("span", null, h("i.says-day", null, words.mark_day)),
    h("span", null, h("i.says-other", null, words.mark_other)),
    h("span", null, h("i.says-withheld", null, words.mark_withheld)),
  );

/** @param {Report} report @param {number} at number of the name whose card is open */
function bodyOf(report, at) {
  let count = 0;
  return h(
    "div.article-text.report-text",
    { lang: report.lang },
    report.text.map((paragraph) => h("p", { dir: "auto" }, paragraph.map((piece) => pieceOf(piece, report, at, () => count++)))),
  );
}

/**
 * Of all that a piece says, a claim of this incident comes before its place, and this before any other name.
 * @param {Piece} piece @param {Report} report @param {number} at @param {() => number} next
 */
function pieceOf(piece, report, at, next) {
  const [text, keys, start] = piece;
  if (!keys) return h("span", { "data-at": start }, text);
  const told = keys.split(" ");
  const of = (/** @type {string} */ letter) => told.find((key) => key[0] === letter);
  const quoted = [of("q") && "says-quote", of("v") && "says-withheld"].filter(Boolean).join(" ");
  const claim = of("c");
  if (claim) {
    return h("span", { class: `says-figure ${quoted}`, "data-at": start, "data-marks": keys, role: "button", tabindex: 0, "data-do": "claim", "data-n": claim.slice(1) }, text);
  }
  const name = of("t");
  const card = name ? report.card_of[Number(name.slice(1))] ?? -1 : -1;
  if (card >= 0) {
    const number = next();
    const { role, role_name: label, open: left } = report.cards[card];
    const kind = of("p") ? "says-place" : `role role-${role}`;
    return h(
      "span",
      { class: `name ${kind} ${left ? "left-open" : ""} ${quoted}`, "data-at": start, "data-marks": keys, role: "button", tabindex: 0, "data-do": "name", "data-card": card, "data-name": number, "aria-expanded": String(number === at), "aria-haspopup": "dialog", title: label },
      text,
    );
  }
  const kind = of("d") ? "says-day" : of("f") ? "says-other" : "";
  return h("span", { class: `${kind} ${quoted}`, "data-at": start, "data-marks": keys }, text);
}

/** What may be done with words that were selected. @param {import("./spans.js").Words} chosen @param {boolean} hidden whether readers do not see them @param {Record<string, string>} words */
export const pickOf = (chosen, hidden, words) =>
  h(
    "div.pick",
    { role: "toolbar", "aria-label": `${words.chosen}: ${chosen.words}` },
    h("button", { type: "button", "data-do": "pick-claim" }, words.claim_from),
    h("button", { type: "button", "data-do": hidden ? "pick-reveal" : "pick-withhold" }, hidden ? words.reveal : words.withhold),
  );

/** @param {any} card @param {Report} report @param {Record<string, string>} words */
const cardOf = (card, report, words) => placeCard(card, { close: words.close, others: words.others, edit: report.edit, sought: report.sought });
