// @ts-check
/** Filters by rows: mark or box, name, bar and count; a row is a checkbox. */

import { h, onActions, show } from "./dom.js";
import { eventMark, sureness } from "./marks.js";
import { mount } from "./part.js";

/** A row: value, label, count, whether it is chosen. @typedef {[string, string, number, 0 | 1]} Row */

/**
 * @typedef {object} Section
 * @property {string} key field of the filter
 * @property {string} title
 * @property {"event" | "sureness" | "box"} mark
 * @property {{title?: string, rows: Row[]}[]} groups
 * @property {boolean} [folded] only its title shows until it is opened
 * @property {string} [any] what a folded section says of its choice
 */

/**
 * @typedef {object} Facets
 * @property {Section[]} sections
 * @property {string} more "{n} more"
 * @property {string} fewer
 */

/** Rows of a group shown before "more". */
const SHOWN = 5;
const LONGEST_BAR = 38;

/** @type {WeakMap<HTMLElement, Set<string>>} sections and groups that the reader has opened */
const opened = new WeakMap();

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("facets", component, drawFacets);

/** @param {HTMLElement} root @param {Facets} data @param {import("./part.js").Send} send */
function drawFacets(root, data, send) {
  const open = opened.get(root) ?? new Set();
  opened.set(root, open);
  const draw = () =>
    show(
      root,
      data.sections.map((section) => sectionOf(section, data, open)),
    );
  draw();
  onActions(root, {
    choose: ({ dataset }) => send("chosen", [dataset.field, dataset.value]),
    open: ({ dataset }) => {
      const name = dataset.name ?? "";
      if (!open.delete(name)) open.add(name);
      draw();
    },
  });
}

/** @param {Section} section @param {Facets} facets @param {Set<string>} open */
function sectionOf(section, facets, open) {
  const counts = section.groups.flatMap(({ rows }) => rows.map(([, , count]) => count));
  const most = Math.max(1, ...counts);
  const some = section.groups.some(({ rows }) => rows.some(([, , , on]) => on));
  const shut = section.folded && !open.has(section.key);
  return h(
    "section.facets",
    { "data-key": section.key, "aria-label": section.title, class: `facets ${some ? "some-chosen" : ""}` },
    section.folded ? folded(section, !shut) : h("h2", null, section.title),
    !shut && section.groups.map((group, i) => groupOf(section, group, { most, facets, open, name: `${section.key}-${i}` })),
  );
}

/** @param {Section} section @param {boolean} isOpen */
const folded = (section, isOpen) =>
  h(
    "h2",
    null,
    h(
      "button",
      { type: "button", class: "fold", "data-do": "open", "data-name": section.key, "aria-expanded": isOpen },
      h("span", null, section.title),
      h("span.fold-note", null, `${section.any ?? ""} `, h("span", { "aria-hidden": "true" }, isOpen ? "▴" : "▾")),
    ),
  );

/**
 * @param {Section} section @param {{title?: string, rows: Row[]}} group
 * @param {{most: number, facets: Facets, open: Set<string>, name: string}} how
 */
function groupOf(section, { title, rows }, { most, facets, open, name }) {
  const all = open.has(name) || rows.length <= SHOWN + 1 || section.mark !== "box";
  const seen = all ? rows : rows.filter(([, , , on], i) => i < SHOWN || on);
  const hidden = rows.length - seen.length;
  return h(
    "div.facet-group",
    { role: "group", "aria-label": title ?? section.title },
    title && h("h3", null, title),
    seen.map((row) => rowOf(section, row, most)),
    (hidden > 0 || open.has(name)) &&
      h(
        "button",
        { type: "button", class: "more", "data-do": "open", "data-name": name },
        hidden > 0 ? facets.more.replace("{n}", String(hidden)) : facets.fewer,
      ),
  );
}

/** @param {Section} section @param {Row} row @param {number} most */
function rowOf({ key, mark }, [value, label, count, on], most) {
  const bar = count ? Math.max(4, Math.round((count / most) * LONGEST_BAR)) : 0;
  return h(
    "button",
    {
      type: "button",
      class: `facet facet-${mark}${count ? "" : " none"}`,
      role: "checkbox",
      "aria-checked": on ? "true" : "false",
      "aria-label": `${label}, ${count}`,
      "data-do": "choose",
      "data-field": key,
      "data-value": value,
      "data-key": value,
    },
    mark === "event" && eventMark(value),
    mark === "sureness" && sureness(value),
    mark === "box" && h("span.box", null),
    h("span.facet-name", null, label),
    h("span.facet-bar", null, h("i", { style: `width:${bar}px` })),
    h("span.facet-count", null, count),
  );
}
