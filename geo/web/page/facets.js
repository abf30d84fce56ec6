// @ts-check
/** Filters by rows: mark, box or dot, name, bar and count; a row is a checkbox, or one of several of which one holds. */

import { h, onActions, show } from "./dom.js";
import { eventMark, sureness } from "./marks.js";
import { mount } from "./part.js";

/** A row: value, label, count, whether it is chosen. @typedef {[string, string, number, 0 | 1]} Row */

/**
 * @typedef {object} Section
 * @property {string} key field of the filter
 * @property {string} title
 * @property {"event" | "sureness" | "box" | "dot"} mark dot: one choice holds at a time
 * @property {{title?: string, rows: Row[]}[]} groups
 * @property {boolean} [folded] only its title shows until it is opened
 * @property {string} [any] what a folded section says of its choice
 * @property {string} [hint] what the choice means
 * @property {string} [find] name of the field that looks for a choice in a long list
 * @property {string} [none] what is said when nothing is found there
 */

/** What is seldom needed, behind one button. @typedef {{title: string, note: string, sections: Section[]}} Further */

/**
 * @typedef {object} Facets
 * @property {Section[]} sections
 * @property {Further | null} [further]
 * @property {string} more "{n} more"
 * @property {string} fewer
 * @property {string} [enter] label of what opens a province, "All about {province}"
 */

/** Name of the disclosure among what the reader has opened. */
const FURTHER = "further";
/** A choice is looked for when the reader has not typed for so long. */
const TYPING_MS = 220;
/** Rows of a group shown before "more". */
const SHOWN = 5;
const LONGEST_BAR = 38;

/** @type {WeakMap<HTMLElement, Set<string>>} sections and groups that the reader has opened */
const opened = new WeakMap();
/** @type {WeakMap<HTMLElement, Set<string>>} sections that opened by themselves, for what was chosen in them */
const shown = new WeakMap();

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("facets", component, drawFacets);

/** @param {HTMLElement} root @param {Facets} data @param {import("./part.js").Send} send */
function drawFacets(root, data, send) {
  const open = opened.get(root) ?? new Set();
  opened.set(root, open);
  openChosen(root, data, open);
  const draw = () =>
    show(root, [
      ...data.sections.map((section) => sectionOf(section, data, open)),
      data.further ? furtherOf(data.further, data, open) : null,
    ]);
  draw();
  onActions(root, {
    choose: ({ dataset }) => send("chosen", [dataset.field, dataset.value]),
    enter: ({ dataset }) => send("entered", dataset.value),
    open: ({ dataset }) => {
      const name = dataset.name ?? "";
      if (!open.delete(name)) open.add(name);
      draw();
    },
  });
  onTyping(root, (field, text) => send("sought", [field, text]));
}

/**
 * Opens what something was chosen in, once; whoever shuts it again finds it shut.
 * @param {HTMLElement} root @param {Facets} data @param {Set<string>} open
 */
function openChosen(root, { sections, further }, open) {
  const before = shown.get(root) ?? new Set();
  const chosen = [...sections, ...(further?.sections ?? [])].filter(({ folded }) => folded === false).map(({ key }) => key);
  if (further?.sections.some(({ folded }) => !folded)) chosen.push(FURTHER);
  for (const key of chosen) if (!before.has(key)) open.add(key);
  shown.set(root, new Set(chosen));
}

/** @param {HTMLElement} root @param {(field: string, text: string) => void} seek */
function onTyping(root, seek) {
  let waiting = 0;
  root.oninput = ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => seek(target.dataset.field ?? "", target.value), TYPING_MS);
  };
}

/** @param {Further} further @param {Facets} facets @param {Set<string>} open */
function furtherOf({ title, note, sections }, facets, open) {
  const isOpen = open.has(FURTHER);
  return h(
    "section.facets.further",
    { "data-key": FURTHER, "aria-label": title },
    foldOf({ name: FURTHER, title, note, isOpen }),
    isOpen && sections.map((section) => sectionOf(section, facets, open, "h3")),
  );
}

/** @param {Section} section @param {Facets} facets @param {Set<string>} open @param {"h2" | "h3"} [level] */
function sectionOf(section, facets, open, level = "h2") {
  const counts = section.groups.flatMap(({ rows }) => rows.map(([, , count]) => count));
  const most = Math.max(1, ...counts);
  const some = section.groups.some(({ rows }) => rows.some(([, , , on]) => on));
  const folds = section.folded !== undefined;
  const isOpen = !folds || open.has(section.key);
  return h(
    "section.facets",
    { "data-key": section.key, "aria-label": section.title, class: `facets ${some ? "some-chosen" : ""}` },
    folds
      ? foldOf({ name: section.key, title: section.title, note: section.any ?? "", isOpen, level })
      : h(level, null, section.title),
    isOpen && section.hint && h("p.facet-hint", null, section.hint),
    isOpen && section.find && findOf(section),
    isOpen && section.groups.map((group, i) => groupOf(section, group, { most, facets, open, name: `${section.key}-${i}` })),
  );
}

/** The title of what can be opened. @param {{name: string, title: string, note: string, isOpen: boolean, level?: string}} fold */
const foldOf = ({ name, title, note, isOpen, level = "h2" }) =>
  h(
    level,
    null,
    h(
      "button",
      { type: "button", class: "fold", "data-do": "open", "data-name": name, "aria-expanded": isOpen ? "true" : "false" },
      h("span", null, title),
      h("span.fold-note", null, `${note} `, h("span", { "aria-hidden": "true" }, isOpen ? "▴" : "▾")),
    ),
  );

/** @param {Section} section */
const findOf = ({ key, title, find }) =>
  h("input", {
    type: "search",
    class: "facet-find",
    "data-key": "find",
    "data-field": key,
    placeholder: find,
    "aria-label": `${title}: ${find}`,
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 80,
  });

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
    { role: section.mark === "dot" ? "radiogroup" : "group", "aria-label": title ?? section.title },
    title && h("h3", null, title),
    rows.length === 0 && section.none && h("p.facet-hint", { role: "status" }, section.none),
    seen.map((row) => (facets.enter && section.key === "provinces" ? pairOf(section, row, most, facets.enter) : rowOf(section, row, most))),
    (hidden > 0 || open.has(name)) &&
      h(
        "button",
        { type: "button", class: "more", "data-do": "open", "data-name": name },
        hidden > 0 ? facets.more.replace("{n}", String(hidden)) : facets.fewer,
      ),
  );
}

/** A province's row, and beside it what opens the province. @param {Section} section @param {Row} row @param {number} most @param {string} enter */
const pairOf = (section, row, most, enter) =>
  h(
    "div.facet-pair",
    { "data-key": `pair-${row[0]}` },
    rowOf(section, row, most),
    h("button", { type: "button", class: "facet-enter", "data-do": "enter", "data-value": row[0], "aria-label": enter.replace("{province}", row[1]) }, "›"),
  );

/** @param {Section} section @param {Row} row @param {number} most */
function rowOf({ key, mark }, [value, label, count, on], most) {
  const bar = count ? Math.max(4, Math.round((count / most) * LONGEST_BAR)) : 0;
  return h(
    "button",
    {
      type: "button",
      class: `facet facet-${mark}${count ? "" : " none"}`,
      role: mark === "dot" ? "radio" : "checkbox",
      "aria-checked": on ? "true" : "false",
      "aria-label": `${label}, ${count}`,
      "data-do": "choose",
      "data-field": key,
      "data-value": value,
      "data-key": value,
    },
    mark === "event" && eventMark(value),
    mark === "sureness" && sureness(value),
    (mark === "box" || mark === "dot") && h("span", { class: mark }),
    h("span.facet-name", null, label),
    h("span.facet-bar", null, h("i", { style: `width:${bar}px` })),
    h("span.facet-count", null, count),
  );
}
