// @ts-check
/** The head of the desk: its pages, what was said last, who is signed in, the languages. */

import { h, onActions, show } from "../page/dom.js";
import { mount } from "../page/part.js";

/**
 * @typedef {object} Head
 * @property {string} brand
 * @property {string} kicker
 * @property {[string, string, string][]} pages name, label, count
 * @property {string} open name of the page that is open
 * @property {string} label of the list of pages
 * @property {string} name who is signed in
 * @property {string} role
 * @property {string} sign_out
 * @property {string} language
 * @property {string} lang
 * @property {[string, string][]} languages
 * @property {[string, string] | null} said tone and sentence
 * @property {string} news
 * @property {string} close
 */

/** @param {import("../page/part.js").Component<{part: string}>} component */
export const render = (component) => mount("desk-head", component, drawHead);

/** @param {HTMLElement} root @param {Head} data @param {import("../page/part.js").Send} send */
function drawHead(root, data, send) {
  show(root, h("header.desk-head", null, brandOf(data), pagesOf(data), personOf(data)), saidOf(data));
  onActions(root, {
    go: (link) => send("went", link.dataset.page),
    speak: ({ dataset }) => send("spoke", dataset.code),
    dismiss: () => send("dismissed", true),
  });
  const click = root.onclick;
  root.onclick = (event) => {
    if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (/** @type {Element} */ (event.target).closest("a[data-do]")) event.preventDefault();
    click?.call(root, /** @type {any} */ (event));
  };
}

/** @param {Head} data */
const brandOf = ({ brand, kicker }) => h("p.desk-brand", null, h("b", null, brand), h("span", null, kicker));

/** @param {Head} data */
const pagesOf = ({ pages, open, label, lang }) =>
  h(
    "nav.desk-pages",
    { "aria-label": label },
    pages.map(([page, name, count]) =>
      h(
        "a",
        { href: `?page=${page}${lang === "en" ? "" : `&lang=${lang}`}`, "data-do": "go", "data-page": page, "aria-current": page === open ? "page" : null },
        name,
        count && h("span.desk-count", null, count),
      ),
    ),
  );

/** @param {Head} data */
const personOf = (data) =>
  h(
    "div.desk-person",
    null,
    h(
      "nav.languages",
      { "aria-label": data.language },
      data.languages
        .filter(([code]) => code !== data.lang)
        .map(([code, name]) => h("button", { type: "button", "data-do": "speak", "data-code": code, lang: code }, name)),
    ),
    h("p", null, h("b", null, h("bdi", null, data.name)), h("span", null, data.role)),
    h("form", { method: "post", action: "/sign-out" }, h("button.desk-plain", null, data.sign_out)),
  );

/** @param {Head} data */
const saidOf = ({ said, news, close }) =>
  h(
    "div.desk-says",
    { role: "status" },
    said &&
      h(
        "p",
        { class: `desk-said of-${said[0]}`, "data-key": "said" },
        h("span", { dir: "auto" }, said[1]),
        h("button", { type: "button", "data-do": "dismiss", "aria-label": close }, "×"),
      ),
    news && h("p.desk-news", { "data-key": "news" }, news),
  );
