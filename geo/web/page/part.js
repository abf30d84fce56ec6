// @ts-check
/** What Streamlit hands a part of the page, and the element that the part may fill. */

/**
 * @template D
 * @typedef {object} Component
 * @property {D} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: any) => void} setTriggerValue tells Python once
 */

/**
 * The part's own element, the same one at every call.
 * @param {HTMLElement} parent @param {string} name
 * @returns {HTMLElement}
 */
export function rootOf(parent, name) {
  const known = parent.querySelector(`:scope > .part-${name}`);
  if (known) return /** @type {HTMLElement} */ (known);
  const root = document.createElement("div");
  root.className = `part part-${name}`;
  parent.append(root);
  return root;
}
