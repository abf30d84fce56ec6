// @ts-check
/** Adding articles: a text that was pasted, an address, files; and what was read of them, as soon as it is. */

import { h, onActions, show } from "../page/dom.js";
import { eventMark } from "../page/marks.js";
import { mount } from "../page/part.js";
import { lookAgain } from "./looking.js";

/**
 * @typedef {object} Add
 * @property {boolean} may
 * @property {{title: string, not: string, waits: boolean, incidents: {id: string, c: string, t: string, d: string, p: string}[]}[]} results
 * @property {string} left how many are still to be read; empty for none
 * @property {number} done grows with each article, so that the form is emptied
 * @property {Record<string, string>} words
 */

/** @param {import("../page/part.js").Component<{part: string}>} component */
export const render = (component) => mount("desk-add", component, drawAdd);

/** @type {WeakMap<HTMLElement, number>} */
const emptied = new WeakMap();

/** @param {HTMLElement} root @param {Add} data @param {import("../page/part.js").Send} send */
function drawAdd(root, data, send) {
  const { words, may, results, left, done } = data;
  show(root, h("div.desk-sheet", null, h("div.add-forms", null, h("h1", null, words.title), h("p.desk-lead", null, may ? words.lead : words.may_not), pasteOf(words, may), addressOf(words, may)), h("div.add-results", { role: "status" }, resultsOf(results, left, words))));
  if ((emptied.get(root) ?? done) !== done) for (const form of root.querySelectorAll("form")) form.reset();
  emptied.set(root, done);
  if (may) nameUpload(words.choose);
  lookAgain(left && `${left} ${done}`, send);
  onActions(root, { open: ({ dataset }) => send("opened", dataset.id) });
  root.onsubmit = (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    send(form.dataset.form ?? "", Object.fromEntries(new FormData(form)));
  };
}

/** Frames in which Streamlit's box for files may come. */
const PATIENCE = 60;

/** Streamlit's box for files speaks English, and says that its section is nothing while it can be reached. @param {string} label @param {number} [frames] */
function nameUpload(label, frames = PATIENCE) {
  const button = document.querySelector(".st-key-upload [data-testid=stFileUploaderDropzone] button");
  if (!button) return frames > 0 && requestAnimationFrame(() => nameUpload(label, frames - 1));
  button.setAttribute("aria-label", label);
  button.closest("section")?.removeAttribute("tabindex");
  button.closest("section")?.removeAttribute("aria-label");
}

/** @param {Record<string, string>} words @param {boolean} may */
const pasteOf = (words, may) =>
  h(
    "form.desk-form",
    { "data-form": "pasted" },
    h("h2", null, words.paste),
    h(
      "fieldset",
      { disabled: !may },
      h("legend.unseen", null, words.paste),
      h("label", null, h("span", null, words.text), h("textarea", { name: "text", rows: 10, required: true, dir: "auto" })),
      h("div.form-row", null, h("label", null, h("span", null, words.headline), h("input", { name: "title", maxlength: 500, dir: "auto" })), h("label", null, h("span", null, words.publisher), h("input", { name: "publisher", maxlength: 200, dir: "auto" }))),
      h("div.form-row", null, h("label", null, h("span", null, words.published), h("input", { name: "published", type: "date" })), h("label", null, h("span", null, words.url), h("input", { name: "url", type: "url", maxlength: 2000, dir: "ltr" }))),
      h("div.panel-end", null, h("button.desk-press", null, words.read)),
    ),
  );

/** @param {Record<string, string>} words @param {boolean} may */
const addressOf = (words, may) =>
  h(
    "form.desk-form",
    { "data-form": "fetched" },
    h("h2", null, words.address),
    h(
      "fieldset",
      { disabled: !may },
      h("legend.unseen", null, words.address),
      h("div.form-seek", null, h("label", null, h("span", null, words.url), h("input", { name: "address", type: "url", required: true, maxlength: 2000, dir: "ltr", placeholder: "https://" })), h("button.desk-press", null, words.fetch)),
      h("p.note", null, words.fetch_note),
    ),
    h("h2", null, words.files),
    h("p.note", null, words.files_note),
  );

/** @param {Add["results"]} results @param {string} left @param {Record<string, string>} words */
const resultsOf = (results, left, words) => [
  h("h2", null, words.results),
  results.length === 0 && h("p.note", null, words.results_none),
  left && h("p.add-left", null, left),
  results.map(({ title, not, waits, incidents }, n) =>
    h(
      "section.add-result",
      { "data-key": `${n}-${title}` },
      h("h3", { dir: "auto" }, title),
      not ? h("p.desk-not", null, not) : incidents.length === 0 && h("p.add-told", null, waits ? words.waits : words.no_incident),
      h(
        "ul",
        null,
        incidents.map(({ id, c, t, d, p }) =>
          h("li", { "data-key": id }, h("button", { type: "button", "data-do": "open", "data-id": id }, eventMark(c), h("span", null, h("b", { dir: "auto" }, t), h("small", null, [d, p].filter(Boolean).map((part) => h("span", null, part)))), h("i", null, words.review))),
        ),
      ),
    ),
  ),
];
