// @ts-check
/** A line of words beside a control: its title and what is chosen, or the ends of its scale. */

import { h, onActions, show } from "./dom.js";
import { mount } from "./part.js";

/**
 * @typedef {object} Label
 * @property {string} kind "brand", "title", "scale", or "done" for the button that shuts the filters' drawer
 * @property {string} [title]
 * @property {string} [note]
 * @property {string} [live] class of a note that others change while days are dragged
 * @property {string} [action] label of the button at the end
 * @property {string[]} [ticks]
 * @property {string[]} [counts] how many incidents each tick would leave
 */

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("label", component, drawLabel);

/** @param {HTMLElement} root @param {Label} data @param {import("./part.js").Send} send */
function drawLabel(root, data, send) {
  const { kind, title, note, live, action, ticks = [], counts = [] } = data;
  show(
    root,
    h(
      "div",
      { class: `label-line label-${kind}` },
      title && h(kind === "brand" ? "strong" : "h2", null, title),
      note && h("span", { class: live ?? "label-note" }, note),
      action &&
        (kind === "done"
          ? h("button", { type: "button", class: "filters-done" }, action)
          : h("button", { type: "button", class: "plain", "data-do": "act" }, action)),
      ticks.map((tick, i) => h("span", null, tick, counts[i] && h("small", null, counts[i]))),
    ),
  );
  onActions(root, { act: () => send("acted", true) });
}
