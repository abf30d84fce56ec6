// @ts-check
/** What waits for a person, what matters most first, and why each is here. */

import { h } from "../page/dom.js";
import { eventMark } from "../page/marks.js";

/**
 * @typedef {object} Queue
 * @property {string} title
 * @property {string} count
 * @property {{id: string, c: string, t: string, d: string, p: string, why: string[], s: string}[]} items
 * @property {string | null} open
 * @property {[string, string]} empty
 * @property {[string, string, string, boolean][]} filters reason, label, count, whether it is chosen
 * @property {string} all
 * @property {boolean} filtered
 * @property {string} more
 */

/** @param {Queue} queue @param {Record<string, string>} words @param {boolean} isOpen on small screens */
export const queueOf = (queue, words, isOpen) => [
  h(
    "button",
    { type: "button", class: "queue-switch", "data-do": "queue", "aria-expanded": String(isOpen) },
    h("b", null, queue.title),
    h("span", null, queue.count),
  ),
  h(
    "div",
    { class: `queue-body ${isOpen ? "is-open" : ""}` },
    h("p.queue-head", null, h("b", null, queue.title), h("span", null, queue.count)),
    queue.filters.length > 1 || queue.filtered ? filtersOf(queue, words) : null,
    queue.items.length
      ? h("ol.queue-list", null, queue.items.map((item) => waitingOf(item, item.id === queue.open)), queue.more && h("li.queue-more", null, queue.more))
      : h("p.queue-none", null, queue.empty[0]),
  ),
];

/** @param {Queue} queue @param {Record<string, string>} words */
const filtersOf = ({ filters, all, filtered }, words) =>
  h(
    "div.queue-filters",
    { role: "group", "aria-label": words.filter },
    h("button", { type: "button", "data-do": "why", "data-code": "", "aria-pressed": String(!filtered) }, all),
    filters.map(([code, label, count, chosen]) =>
      h("button", { type: "button", "data-do": "why", "data-code": code, "aria-pressed": String(chosen) }, label, " ", h("span", null, count)),
    ),
  );

/** @param {Queue["items"][number]} item @param {boolean} isOpen */
const waitingOf = ({ id, c, t, d, p, why, s }, isOpen) =>
  h(
    "li",
    { "data-key": id, class: isOpen ? "queue-item is-open" : "queue-item" },
    h(
      "button",
      { type: "button", "data-do": "open", "data-id": id, "aria-current": isOpen ? "true" : null },
      eventMark(c),
      h(
        "span.queue-words",
        null,
        h("span.queue-when", null, h("span", null, d), s && h("span", null, s)),
        h("span.queue-title", { dir: "auto" }, t),
        h("span.queue-place", null, p),
        h("span.queue-why", null, why.map((reason) => h("span", null, reason))),
      ),
    ),
  );
