// @ts-check
/** The foot of an edition: which filter, revision and time it has, its licence, and how to cite it. */

import { h, onActions, show } from "../page/dom.js";
import { copyText } from "../page/copy.js";

/** @param {HTMLElement} root @param {import("./edition.js").Papers["about"]} about */
export function drawAbout(root, { title, rows, note, search, citation, copy, copied }) {
  show(
    root,
    h("h2", null, title),
    h("dl", null, rows.map(([name, value]) => [h("dt", null, name), h("dd", { dir: "auto" }, value)])),
    h("p.about-note", null, `${note} ${search}`),
    h("p.about-cite", null, h("span", { dir: "ltr" }, citation), " ", h("button", { type: "button", class: "plain", "data-do": "cite" }, copy)),
  );
  onActions(root, { cite: (button) => copyText(button, citation, copied) });
}
