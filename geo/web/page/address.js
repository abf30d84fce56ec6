// @ts-check
/** The address of what is seen, for others: to open it, to hold it in a page of theirs, to fetch its files. */

import { given } from "./part.js";

/** Keys of a link that say how it is shown, not which incidents. */
const OF_THE_VIEW = new Set(["view", "incident", "layer", "tab", "rev", "asof", "embed", "embed_options"]);
/** Keys of an address that are not of the link. */
const OF_THE_FRAME = new Set(["embed", "embed_options"]);
const CHANGED = "border-incidents:address";

/** The keys and values of the address line but some. @param {Iterable<string>} left keys left out */
function partsBut(left) {
  const out = new Set(left);
  return location.search.slice(1).split("&").filter((part) => part && !out.has(part.split("=")[0]));
}

/** @param {string} base address at which readers reach the dashboard; empty: the one in the address line */
const rootOf = (base) => (base ? base.replace(/\/?$/, "/") : location.origin + location.pathname);

/** @param {string} root @param {string[]} parts */
const join = (root, parts) => (parts.length ? `${root}?${parts.join("&")}` : root);

/** The address that opens what is seen, and tells from which data. @param {string} base */
export function linkFrom(base) {
  const parts = partsBut([...OF_THE_FRAME, "rev"]);
  const isPast = parts.some((part) => part.startsWith("asof="));
  return join(rootOf(base), isPast ? parts : [...parts, `rev=${given("session").rev}`]);
}

/** The same with the data of whichever day it is opened. @param {string} base */
export const linkOfToday = (base) => join(rootOf(base), partsBut([...OF_THE_FRAME, "rev", "asof"]));

/** The address that a frame in another page shows. @param {string} base @param {"whole" | "map"} kind */
export function frameFrom(base, kind) {
  const isOfAnotherTab = /(?:^|[?&])tab=(?!article|province)/.test(location.search);
  const left = kind === "map" && isOfAnotherTab ? ["tab"] : [];
  return join(rootOf(base), [...partsBut([...OF_THE_FRAME, "rev", ...left]), `embed=${kind === "map" ? "map" : "true"}`]);
}

/** Where a file of what is found is had. @param {string} base @param {string} path @param {boolean} whole whether it follows the map too */
export function fileFrom(base, path, whole) {
  return join(new URL(path, rootOf(base)).href, partsBut(whole ? [...OF_THE_FRAME, "tab", "rev", "asof"] : OF_THE_VIEW));
}

/** Whether the dashboard stands in another page, in whole or as the bare map. */
export const isEmbedded = () => document.documentElement.classList.contains("embedded");

/** Tells all that show an address that it is another now. */
export const addressChanged = () => document.dispatchEvent(new Event(CHANGED));

/** Calls back whenever the address has changed, while an element is in the page. @param {Element} element @param {() => void} heard */
export function onAddress(element, heard) {
  const hear = () => (element.isConnected ? heard() : document.removeEventListener(CHANGED, hear));
  document.addEventListener(CHANGED, hear);
}
