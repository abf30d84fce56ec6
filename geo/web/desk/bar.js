// @ts-check
/** What may be done with the incident under review, and the key of each. */

import { h } from "../page/dom.js";

/** @typedef {{act: string, key: string, label: string, not: string, away?: boolean}} Act `not` says why it cannot be done now; one that is `away` has no button */

/** Acts that ask for more before they are done. */
export const PANELS = ["edit", "merge", "split", "reject", "news"];

/** @param {{acts: Act[]}} item @param {Record<string, string>} words @param {string} panel @param {string} told */
export const barOf = ({ acts }, words, panel, told) => [
  h("p.bar-told", { role: "status" }, told),
  h(
    "div.bar-acts",
    { role: "toolbar", "aria-label": words.acts },
    acts.filter(({ away }) => !away).map(({ act, key, label, not }) =>
      h(
        "button",
        { type: "button", class: `act act-${act}`, "data-do": "act", "data-act": act, "aria-disabled": not ? "true" : null, "aria-expanded": PANELS.includes(act) ? String(panel === act) : null, "aria-keyshortcuts": key, title: not || null },
        h("span", null, label),
        h("kbd", { "aria-hidden": "true" }, key),
      ),
    ),
    h("button", { type: "button", class: "act act-help", "data-do": "help", "aria-keyshortcuts": "?", "aria-label": words.help }, h("kbd", { "aria-hidden": "true" }, "?")),
  ),
];

/** @param {Act[]} acts @param {Record<string, string>} words @param {boolean} on */
export const helpOf = (acts, words, on) =>
  h(
    "div.help-veil",
    null,
    h(
      "div.help",
      { role: "dialog", "aria-modal": "true", "aria-label": words.help },
      h("div.help-top", null, h("h2", null, words.help), h("button", { type: "button", "data-do": "help", class: "help-close", "aria-label": words.close }, "×")),
      h("dl", null, [...acts.map(({ key, label }) => [key, label]), ["j", words.next], ["k", words.previous], ["Esc", words.shut], ["?", words.help]].map(([key, label]) => [h("dt", null, h("kbd", null, key)), h("dd", null, label)])),
      h("p", null, words.keys_note),
      h("button", { type: "button", class: "desk-box", "data-do": "keys", "aria-pressed": String(on) }, on ? words.keys_off : words.keys_on),
    ),
  );
