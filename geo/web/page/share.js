// @ts-check
/** Share what you see: the link with its QR code, how to cite it, code to embed it, its files and its feed. */

import { fileFrom, frameFrom, linkFrom, onAddress } from "./address.js";
import { copyText } from "./copy.js";
import { h, onActions, show } from "./dom.js";
import { given, mount } from "./part.js";

/**
 * @typedef {object} ShareData
 * @property {string} title
 * @property {string} about
 * @property {string} base address at which readers reach the dashboard; empty: the one in the address line
 * @property {string} local_only said when the link works on this machine only
 * @property {{link: string, cite: string, summary: string, copied: string}} labels
 * @property {Citation} citation
 * @property {{address: string, alt: string, failed: string}} qr
 * @property {{title: string, frame: string, kinds: [Kind, string][], code: string, copy: string}} embed `frame`: its title
 * @property {string} [past] said in place of the files where past data is shown
 * @property {string} [download]
 * @property {[string, [string, string, string, boolean][]][]} [files] groups, with use, format, address of each, and whether it follows the map
 * @property {string} [carries]
 * @property {{title: string, about: string, address: string, copy: string}} [feed]
 */

/** @typedef {{form: string, title: string, publisher: string, rev: string, day: string, months: string[]}} Citation */
/** @typedef {"whole" | "map"} Kind */

const LOCAL = /^(localhost|127\.|\[?::1\]?|0\.0\.0\.0)/;
/** Pixels that a frame is high; a CMS sets the width. */
const HEIGHTS = { whole: 720, map: 480 };
/** The map moves many times a second; its code is drawn when it rests. */
const REST_MS = 300;

/** What the reader chose, and what is drawn now. */
const kept = {
  /** @type {Kind} */
  kind: "whole",
  /** @type {ShareData | null} */
  data: null,
  timer: 0,
};
/** @type {WeakSet<HTMLElement>} */
const following = new WeakSet();

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("share", component, drawShare);

/** @param {HTMLElement} root @param {ShareData} data */
function drawShare(root, data) {
  kept.data = data;
  const [cite, embed] = [drawCitation(data), drawEmbed(data)];
  const halves = data.files ? [[cite, embed], [drawFiles(data), drawFeed(data)]] : [[cite], [embed]];
  show(
    root,
    h("h2", null, data.title),
    h("p.about", null, data.about),
    drawLink(data),
    h("div.share-halves", null, halves.map((half) => h("div", null, half))),
    data.past && h("p.past", null, data.past),
  );
  follow(root);
  if (!following.has(root)) onAddress(root, () => follow(root));
  following.add(root);
  for (const field of root.querySelectorAll("input[readonly], textarea")) {
    /** @type {HTMLInputElement} */ (field).onfocus = () => /** @type {HTMLInputElement} */ (field).select();
  }
  answer(root, data);
}

/** @param {ShareData} data */
function drawLink({ base, labels, local_only }) {
  return [
    h(
      "div.share-link",
      null,
      h("input", { type: "text", readonly: true, class: "the-link", "aria-label": labels.link, dir: "ltr" }),
      h("button", { type: "button", class: "primary", "data-do": "link" }, labels.link),
    ),
    LOCAL.test(new URL(linkFrom(base)).host) && h("p.local-only", { role: "note" }, local_only),
  ];
}

/** @param {ShareData} data */
function drawCitation({ labels, qr }) {
  return h(
    "div.share-cite",
    null,
    h("p.citation", { dir: "auto" }),
    h("figure.qr", null, h("img", { alt: qr.alt, width: 112, height: 112 }), h("figcaption", { hidden: true }, qr.failed)),
    h(
      "div.share-more",
      null,
      h("button", { type: "button", "data-do": "cite" }, labels.cite),
      h("button", { type: "button", "data-do": "summary" }, labels.summary),
    ),
  );
}

/** @param {ShareData} data */
function drawEmbed({ embed }) {
  const choice = ([kind, label]) =>
    h("label", null, h("input", { type: "radio", name: "embed", value: kind, checked: kind === kept.kind }), label);
  return h(
    "div.share-embed",
    null,
    h("h3", null, embed.title),
    h("div.embed-kinds", { role: "radiogroup", "aria-label": embed.title }, embed.kinds.map(choice)),
    h("textarea", { readonly: true, rows: 4, dir: "ltr", spellcheck: "false", "aria-label": embed.code }),
    h("button", { type: "button", "data-do": "embed" }, embed.copy),
  );
}

/** @param {ShareData} data */
function drawFiles({ download, files = [], carries }) {
  const file = ([use, format, path, whole]) =>
    h("li", null, h("a", { download: "", href: path, "data-path": path, "data-whole": whole }, h("b", null, use || format), use && h("span", null, format)));
  return [
    h("h3", null, download),
    h("dl.files", null, files.map(([group, all]) => [h("dt", null, group), h("dd", null, h("ul", null, all.map(file)))])),
    h("p.carries", null, carries),
  ];
}

/** @param {ShareData} data */
function drawFeed({ feed }) {
  if (!feed) return null;
  return [
    h("h3", null, feed.title),
    h(
      "div.share-link",
      null,
      h("input", { type: "text", readonly: true, class: "the-feed", "aria-label": feed.title, dir: "ltr" }),
      h("button", { type: "button", "data-do": "feed" }, feed.copy),
    ),
    h("p.carries", null, feed.about),
  ];
}

/** Sets all that holds the address, which changes while the map moves. @param {HTMLElement} root */
function follow(root) {
  const data = kept.data;
  if (!data) return;
  const link = linkFrom(data.base);
  const set = (/** @type {string} */ selector, /** @type {string} */ value) => {
    const field = /** @type {HTMLInputElement | null} */ (root.querySelector(selector));
    if (field && field.value !== value) field.value = value;
  };
  set(".the-link", link);
  set("textarea", embedCode(data));
  if (data.feed) set(".the-feed", fileFrom(data.base, data.feed.address, false));
  const said = root.querySelector(".citation");
  if (said) said.textContent = citationOf(data.citation, link);
  for (const file of /** @type {NodeListOf<HTMLAnchorElement>} */ (root.querySelectorAll("a[data-path]"))) {
    file.href = fileFrom("", file.dataset.path ?? "", file.hasAttribute("data-whole"));
  }
  clearTimeout(kept.timer);
  const image = root.querySelector(".qr img");
  if (image instanceof HTMLImageElement) kept.timer = setTimeout(() => drawCode(image, data.qr.address, link), image.src ? REST_MS : 0);
}

/** @param {HTMLImageElement} image @param {string} path @param {string} link */
function drawCode(image, path, link) {
  const address = `${path}?address=${encodeURIComponent(link)}`;
  if (image.getAttribute("src") === address) return;
  const say = (/** @type {boolean} */ failed) => {
    image.hidden = failed;
    image.nextElementSibling?.toggleAttribute("hidden", !failed);
  };
  image.onload = () => say(false);
  image.onerror = () => say(true);
  image.setAttribute("src", address);
}

/** @param {HTMLElement} root @param {ShareData} data */
function answer(root, data) {
  const copy = (/** @type {HTMLElement} */ button, /** @type {string} */ text) => copyText(button, text, data.labels.copied);
  onActions(root, {
    link: (button) => copy(button, linkFrom(data.base)),
    cite: (button) => copy(button, citationOf(data.citation, linkFrom(data.base))),
    summary: (button) => copy(button, summaryNow(linkFrom(data.base))),
    embed: (button) => copy(button, embedCode(data)),
    feed: (button) => data.feed && copy(button, fileFrom(data.base, data.feed.address, false)),
  });
  root.onchange = ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.name !== "embed") return;
    kept.kind = target.value === "map" ? "map" : "whole";
    follow(root);
  };
}

/** How the view is cited today. @param {Citation} citation @param {string} link */
function citationOf({ form, months, ...fixed }, link) {
  const [today, rtl] = [new Date(), given("session").rtl];
  const figure = (/** @type {number} */ n) => (rtl ? `\u2066${n}\u2069` : String(n));
  const accessed = `${figure(today.getDate())} ${months[today.getMonth()]} ${figure(today.getFullYear())}`;
  /** @type {Record<string, string>} */
  const values = { ...fixed, accessed, link };
  return form.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** What the head of the page says, and where to see it. @param {string} link */
function summaryNow(link) {
  const lines = [".page-head h1", ".page-head .summary", ".page-head .as-of .long"];
  const said = lines.map((line) => document.querySelector(line)?.textContent ?? "");
  return [...said, link].filter(Boolean).join("\n");
}

/** A frame that any page can hold. @param {ShareData} data */
function embedCode({ base, embed }) {
  const frame = document.createElement("iframe");
  frame.setAttribute("src", frameFrom(base, kept.kind));
  frame.title = embed.frame;
  frame.loading = "lazy";
  frame.setAttribute("width", "100%");
  frame.setAttribute("height", String(HEIGHTS[kept.kind]));
  frame.setAttribute("style", "border:0");
  return frame.outerHTML;
}
