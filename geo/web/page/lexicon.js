// @ts-check
/** The unseen part that brings what seldom changes. */

import { keepLexicon } from "./known.js";

/** @param {import("./part.js").Component<import("./known.js").Lexicon>} component */
export function render({ data }) {
  keepLexicon(data);
}
