// @ts-check
/**
 * The parts of the page: where each stands, and how it gets what it shows.
 *
 * Streamlit keeps an empty slot for each part, which is filled once (slots.js). What the parts show comes for all of them
 * together, in one packed message (packet.js), so that little crosses the wire and all of them change in the same moment.
 */

import { followFocus, openedIn } from "./focus.js";

/**
 * What Streamlit hands a part.
 * @template D
 * @typedef {object} Component
 * @property {D} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: any) => void} setTriggerValue tells Python once
 */

/** @typedef {(name: string, value: any) => void} Send tells Python what the reader did */

/** @type {Map<string, {root: HTMLElement, draw: () => void}>} */
const mounted = new Map();
/** @type {Map<string, any>} */
const latest = new Map();

/**
 * Puts a part in its place; it is drawn now, if there is something to show, and whenever there is something else.
 * @template D
 * @param {string} name class of its element
 * @param {Component<{part: string}>} component
 * @param {(root: HTMLElement, data: D, send: Send) => void} draw
 * @returns {() => void} for when it goes
 */
export function mount(name, { data: { part }, parentElement, setTriggerValue }, draw) {
  const root = rootOf(parentElement, name);
  mounted.set(part, { root, draw: () => draw(root, latest.get(part), setTriggerValue) });
  drawPart(part);
  return () => {
    if (mounted.get(part)?.root === root) mounted.delete(part);
  };
}

/** Hands every part what it is to show; one that is given nothing is emptied. @param {Record<string, any>} packet */
export function give(packet) {
  const was = openedIn(latest.get("session")?.link ?? "");
  latest.clear();
  for (const [part, data] of Object.entries(packet)) latest.set(part, data);
  for (const part of mounted.keys()) drawPart(part);
  followFocus(was);
}

/** @param {string} part */
function drawPart(part) {
  const place = mounted.get(part);
  if (latest.has(part)) place?.draw();
  else place?.root.replaceChildren();
}

/** What a part was last given. @param {string} part @returns {any} */
export const given = (part) => latest.get(part);

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
