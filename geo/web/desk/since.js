// @ts-check
/** What was reported since an incident was checked: each report, what it would change, and the panel that takes it over. */

import { h } from "../page/dom.js";

/**
 * A line of a value, and whether the other side says it too.
 * @typedef {[string, boolean]} Line
 */

/**
 * @typedef {object} Since
 * @property {string[]} articles ids of all that came, which are named when something is done
 * @property {{n: number | null, source: string, title: string, figures: string[]}[]} reports `n` is its number among those to read
 * @property {{field: string, label: string, shown: Line[], told: Line[], alike: boolean, edited: boolean}[]} differs
 * @property {boolean} published
 */

/** @param {Since} since @param {Record<string, string>} words @param {number} read number of the report that is open */
export const sinceOf = ({ reports, differs }, words, read) =>
  h(
    "section.item-since",
    { "aria-labelledby": "since-title" },
    h("h2.item-head", { id: "since-title" }, words.since),
    h("ul.since-reports", null, reports.map((report) => h("li", null, reportOf(report, read)))),
    differs.length ? tableOf(differs, words) : h("p.note", null, words.since_same),
  );

/** @param {Since["reports"][number]} report @param {number} read */
function reportOf({ n, source, title, figures }, read) {
  const said = [
    h("b", null, h("bdi", null, source)),
    title && h("span.since-title", { dir: "auto" }, title),
    h("small", null, figures.map((figure) => h("span", { dir: "auto" }, figure))),
  ];
  return n === null ? h("div", null, said) : h("button", { type: "button", "data-do": "report", "data-n": n, "data-show": "", "aria-pressed": String(n === read) }, said);
}

/** @param {Since["differs"]} differs @param {Record<string, string>} words */
const tableOf = (differs, words) =>
  h(
    "table.since-fields",
    null,
    h("thead", null, h("tr", null, h("th", { scope: "col" }, h("span.unseen", null, words.since_field)), h("th", { scope: "col" }, words.since_shown), h("th", { scope: "col" }, words.since_told))),
    h(
      "tbody",
      null,
      differs.map(({ field, label, shown, told, alike }) =>
        h("tr", { "data-key": field }, h("th", { scope: "row" }, label), h("td", null, linesOf(shown, "s")), h("td", null, alike ? words.since_alike : linesOf(told, "b"))),
      ),
    ),
  );

/** What the other side does not say stands out. @param {Line[]} lines @param {"s" | "b"} tag */
const linesOf = (lines, tag) => lines.map(([line, isCommon]) => h("div", { dir: "auto" }, isCommon ? line : h(tag, null, line)));

/** What is not shown yet; where nothing is new, what is left. @param {Line[]} told */
const newIn = (told) => (told.some(([, isCommon]) => !isCommon) ? told.filter(([, isCommon]) => !isCommon) : told).map(([line]) => line);

/** The panel. What was ticked stays so when more comes in. @param {import("./item.js").Item} item @param {Record<string, string>} words */
export function newsOf({ id, since }, words) {
  if (!since) return null;
  const open = /** @type {HTMLFormElement | null} */ (document.querySelector(`form[data-of="${CSS.escape(id)}"]`));
  const wasTicked = (/** @type {string} */ field) => /** @type {HTMLInputElement | null | undefined} */ (open?.querySelector(`[value="${field}"]`))?.checked;
  const { differs, published } = since;
  return h(
    "form",
    { "data-form": "news", "data-of": id },
    h("h2", null, words.news_title),
    differs.length > 0 &&
      h(
        "ul.choices",
        null,
        differs.map(({ field, label, told, alike, edited }) =>
          h(
            "li",
            { "data-key": field },
            h("label", null, h("input", { type: "checkbox", name: "field", value: field, checked: wasTicked(field) ?? !edited }), h("span", null, h("b", null, label), h("small", null, alike ? h("span", null, words.since_alike) : newIn(told).map((line) => h("span", { dir: "auto" }, line)), edited && h("span", null, words.news_edited)))),
          ),
        ),
      ),
    published && h("label", null, h("span", null, words.reason), h("input", { name: "reason", maxlength: 2000, required: true, dir: "auto", autocomplete: "off", "aria-describedby": "news-note" })),
    h("p.note", { id: "news-note" }, [published && words.news_correction, words.news_note].filter(Boolean).join(" ")),
    h(
      "div.panel-end",
      null,
      differs.length > 0 && [h("button.desk-press", { name: "take", value: "some" }, words.news_some), h("button", { class: "desk-box", name: "take", value: "all" }, words.news_all)],
      h("button", { class: differs.length ? "desk-box" : "desk-press", name: "take", value: "none" }, words.news_none),
      h("button", { type: "button", class: "desk-box", "data-do": "shut" }, words.cancel),
    ),
  );
}

/**
 * What is taken over; the articles that were seen are named, so that nothing is taken unseen.
 * @param {FormData} told @param {import("./item.js").Item} item
 * @returns {(Record<string, unknown> & {act: string}) | "unticked" | null}
 */
export function readNews(told, { since }) {
  if (!since) return null;
  const take = told.get("take");
  const fields = told.getAll("field").map(String);
  if (take === "some" && fields.length === 0) return "unticked";
  return { act: "news", articles: since.articles, fields: take === "all" ? null : take === "some" ? fields : [], reason: String(told.get("reason") ?? "").trim() };
}
