// @ts-check
/** The languages of the page, each by its own name, and on small screens the button that opens the filters. */

import { h, onActions, show } from "./dom.js";
import { mount } from "./part.js";

/**
 * @typedef {object} Languages
 * @property {string} label
 * @property {string} lang
 * @property {[string, string][]} languages code and own name
 * @property {string} filters label of the button that opens the filters
 */

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("languages", component, drawLanguages);

/** @param {HTMLElement} root @param {Languages} data @param {import("./part.js").Send} send */
function drawLanguages(root, data, send) {
  show(
    root,
    h(
      "nav.languages",
      { "aria-label": data.label },
      data.languages
        .filter(([code]) => code !== data.lang)
        .map(([code, name]) => h("button", { type: "button", "data-do": "speak", "data-code": code, lang: code }, name)),
    ),
    h("button", { type: "button", class: "filters-button", "data-do": "filters", "aria-expanded": areFiltersOpen() }, data.filters),
  );
  onActions(root, {
    speak: ({ dataset }) => send("spoken", dataset.code),
    filters: () => openFilters(true),
  });
}

const areFiltersOpen = () => String(document.documentElement.classList.contains("filters-open"));

/** @param {boolean} open */
function openFilters(open) {
  document.documentElement.classList.toggle("filters-open", open);
  /** @type {HTMLElement | null} */
  const button = document.querySelector(".filters-button");
  button?.setAttribute("aria-expanded", String(open));
  const sidebar = document.querySelector('section[data-testid="stSidebar"]');
  if (!open) return sidebar?.contains(document.activeElement) && button?.focus({ preventScroll: true });
  const shut = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const stays = event instanceof KeyboardEvent ? event.key !== "Escape" : sidebar?.contains(target);
    if (stays && !(event instanceof MouseEvent && target.closest(".filters-done, .facet-enter"))) return;
    document.removeEventListener("click", shut, true);
    document.removeEventListener("keydown", shut, true);
    openFilters(false);
  };
  setTimeout(() => {
    document.addEventListener("click", shut, true);
    document.addEventListener("keydown", shut, true);
  });
  /** @type {HTMLElement | null} */ (sidebar?.querySelector("input"))?.focus({ preventScroll: true });
}
