// @ts-check
/** A place in words, in which the name of its province opens the province. */

import { h } from "./dom.js";

/**
 * @param {string} text "Spin Boldak, Kandahar, 6 km from the line"
 * @param {[string, string] | null | undefined} province its code, and its name as it stands in the text
 * @returns {import("./dom.js").Child[]}
 */
export function placeName(text, province) {
  const at = province ? text.lastIndexOf(province[1]) : -1;
  if (!province || at < 0) return [text];
  const [code, name] = province;
  return [
    text.slice(0, at),
    h("button", { type: "button", class: "province-name", "data-do": "enter", "data-value": code }, name),
    text.slice(at + name.length),
  ];
}
