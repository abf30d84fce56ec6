// @ts-check
/** What an act needs besides: a reason, the other incident, the other report, what may leave the newsroom. */

import { h } from "../page/dom.js";
import { eventMark } from "../page/marks.js";
import { newsOf, readNews } from "./since.js";

/**
 * @typedef {object} Release
 * @property {string} precision
 * @property {string} not_before
 * @property {string[]} hidden
 * @property {string} reason
 * @property {[string, string][]} precisions
 * @property {[string, string][]} fields
 * @property {boolean} may
 * @property {boolean} limited
 */

/**
 * @typedef {object} Candidate
 * @property {string} id
 * @property {number} version
 * @property {string} c category
 * @property {string} t title
 * @property {string} d days
 * @property {string} p place
 * @property {string} n how many sources
 * @property {string} o outlets
 */

/** @param {string} name @param {import("./item.js").Item} item @param {Record<string, string>} words */
export function panelOf(name, item, words) {
  const panel = { reject: rejectOf, merge: mergeOf, split: splitOf, news: newsOf }[name];
  return panel ? h("div.panel", { role: "group", "aria-label": words[`${name}_title`], "data-key": name }, panel(item, words)) : null;
}

/** @param {import("./item.js").Item} _ @param {Record<string, string>} words */
const rejectOf = (_, words) =>
  h(
    "form",
    { "data-form": "reject" },
    h("h2", null, words.reject_title),
    h("label", null, h("span", null, words.reject_reason), h("textarea", { name: "reason", rows: 2, maxlength: 2000, required: true, dir: "auto" })),
    endOf(words, words.reject_go),
  );

/** @param {import("./item.js").Item} item @param {Record<string, string>} words */
const mergeOf = ({ candidates, found }, words) => {
  const any = candidates.length > 0 || (found?.items.length ?? 0) > 0;
  return [
    h("h2", null, words.merge_title),
    h("form.panel-seek", { "data-form": "same", role: "search" }, h("label", null, h("span", null, words.merge_seek), h("input", { name: "query", type: "search", maxlength: 200, dir: "auto", autocomplete: "off", value: found?.query })), h("button.desk-box", null, words.merge_seek_go)),
    h(
      "form",
      { "data-form": "merge" },
      found && [h("h3", { role: "status" }, found.title), found.items.length ? choicesOf(found.items) : h("p", null, words.merge_found_none), found.more && h("p.note", null, found.more)],
      candidates.length ? [h("h3", null, words.merge_near), choicesOf(candidates)] : !found && h("p", null, words.merge_none),
      any && reasonOf(words),
      endOf(words, any ? words.merge_go : ""),
    ),
  ];
};

/** @param {Candidate[]} candidates */
const choicesOf = (candidates) =>
  h(
    "ul.choices",
    null,
    candidates.map(({ id, c, t, d, p, n, o }) =>
      h("li", { "data-key": id }, h("label", null, h("input", { type: "radio", name: "other", value: id, required: true }), eventMark(c), h("span", null, h("b", { dir: "auto" }, t), h("small", null, [d, p, n, o].filter(Boolean).map((part) => h("span", null, part)))))),
    ),
  );

/** @param {import("./item.js").Item} item @param {Record<string, string>} words */
const splitOf = ({ reports }, words) =>
  h(
    "form",
    { "data-form": "split" },
    h("h2", null, words.split_title),
    h(
      "ul.choices",
      null,
      reports.filter(({ mine }) => mine).map(({ id, title, source }) =>
        h("li", { "data-key": id }, h("label", null, h("input", { type: "radio", name: "article", value: id, required: true }), h("span", null, h("b", { dir: "auto" }, title), h("small", null, h("span", null, h("bdi", null, source)))))),
      ),
    ),
    reasonOf(words),
    endOf(words, words.split_go),
  );

/** @param {Record<string, string>} words */
const reasonOf = (words) => h("label", null, h("span", null, words.reason), h("input", { name: "reason", maxlength: 2000, dir: "auto", autocomplete: "off" }));

/** @param {Record<string, string>} words @param {string} go */
const endOf = (words, go) =>
  h("div.panel-end", null, go && h("button.desk-press", null, go), h("button", { type: "button", class: "desk-box", "data-do": "shut" }, words.cancel));

/** @param {Release} release @param {Record<string, string>} words */
export const releaseOf = (release, words) =>
  h(
    "details.item-release",
    null,
    h("summary", null, words.release, release.limited && h("span.label", null, words.release_limited)),
    h(
      "form",
      { "data-form": "release" },
      h("p.note", null, release.may ? words.release_note : words.release_publisher),
      h(
        "fieldset",
        { disabled: !release.may },
        h("legend.unseen", null, words.release),
        h("label", null, h("span", null, words.release_place), h("select", { name: "precision" }, release.precisions.map(([value, label]) => h("option", { value, selected: value === release.precision }, label)))),
        h("label", null, h("span", null, words.release_after), h("input", { type: "date", name: "not_before", value: release.not_before })),
        h("div.checks", { role: "group", "aria-label": words.release_hide }, h("span", null, words.release_hide), release.fields.map(([value, label]) => h("label", null, h("input", { type: "checkbox", name: "hidden", value, checked: release.hidden.includes(value) }), h("span", null, label)))),
        h("label", null, h("span", null, words.reason), h("input", { name: "reason", maxlength: 2000, dir: "auto", value: release.reason, autocomplete: "off" })),
        h("div.panel-end", null, h("button.desk-press", null, words.release_go)),
      ),
    ),
  );

/**
 * What a panel asks for; null when it is not filled in, "unticked" when none of its choices is ticked.
 * @param {string} kind @param {HTMLFormElement} form @param {import("./item.js").Item} item @param {HTMLElement | null} by the button that was pressed
 * @returns {(Record<string, unknown> & {act: string}) | "unticked" | null}
 */
export function readPanel(kind, form, item, by) {
  const told = new FormData(form, by);
  if (kind === "news") return readNews(told, item);
  const text = (/** @type {string} */ name) => String(told.get(name) ?? "").trim();
  if (kind === "reject") return text("reason") ? { act: "reject", reason: text("reason") } : null;
  if (kind === "split") return { act: "split", article: text("article"), reason: text("reason") };
  if (kind === "release") {
    return { act: "release", precision: text("precision"), not_before: text("not_before"), hidden: told.getAll("hidden").map(String), reason: text("reason") };
  }
  const other = [...(item.found?.items ?? []), ...item.candidates].find(({ id }) => id === text("other"));
  return other ? { act: "merge", other: other.id, other_version: other.version, reason: text("reason") } : null;
}
