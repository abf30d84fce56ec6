// @ts-check
/** Share what you see: the link, code to embed it, the summary, and files. */

import { h, onActions, show } from "./dom.js";
import { given, mount } from "./part.js";

/**
 * @typedef {object} ShareData
 * @property {string} title
 * @property {string} about
 * @property {string} base address at which readers reach the dashboard; empty: the one in the address line
 * @property {string} local_only said when the link works on this machine only
 * @property {{link: string, embed: string, summary: string, copied: string}} labels
 * @property {string} embed_title
 * @property {string} download
 * @property {[string, string, string][]} files label, format, address
 * @property {string} carries
 */

const LOCAL = /^(localhost|127\.|\[?::1\]?|0\.0\.0\.0)/;

/** The address that gives what is seen, and from which data. @param {string} base */
function linkFrom(base) {
  const root = base ? base.replace(/\/?$/, "/") : location.origin + location.pathname;
  const parts = location.search.slice(1).split("&").filter((part) => part && !/^(embed|rev)=/.test(part));
  return `${root}?${[...parts, `rev=${given("session").rev}`].join("&")}`;
}

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("share", component, drawShare);

/** @param {HTMLElement} root @param {ShareData} data */
function drawShare(root, data) {
  const link = linkFrom(data.base);
  const local = LOCAL.test(new URL(link).host);
  show(
    root,
    h("h2", null, data.title),
    h("p", null, data.about),
    h(
      "div.share-link",
      null,
      h("input", { type: "text", readonly: true, value: link, "aria-label": data.labels.link, dir: "ltr" }),
      h("button", { type: "button", class: "primary", "data-do": "link" }, data.labels.link),
    ),
    local && h("p.local-only", { role: "note" }, data.local_only),
    h(
      "div.share-more",
      null,
      h("button", { type: "button", "data-do": "embed" }, data.labels.embed),
      h("button", { type: "button", "data-do": "summary" }, data.labels.summary),
    ),
    data.files.length > 0 && [
      h("h3", null, data.download),
      h(
        "ul.files",
        null,
        data.files.map(([label, format, address]) => h("li", null, h("a", { href: address + filterNow(), download: "" }, h("b", null, label), h("span", null, format)))),
      ),
      h("p.carries", null, data.carries),
    ],
  );
  const field = root.querySelector("input");
  if (field) {
    field.value = link;
    field.onfocus = () => {
      field.value = linkFrom(data.base);
      field.select();
    };
  }
  const copy = (/** @type {HTMLElement} */ button, /** @type {string} */ text) => copyText(button, text, data.labels.copied);
  onActions(root, {
    link: (button) => copy(button, linkFrom(data.base)),
    embed: (button) => copy(button, embedCode(linkFrom(data.base), data.embed_title)),
    summary: (button) => copy(button, summaryNow(linkFrom(data.base))),
  });
}

/** What the head of the page says, and where to see it. @param {string} link */
function summaryNow(link) {
  const lines = [".page-head h1", ".page-head .summary", ".page-head .as-of .long"];
  const said = lines.map((line) => document.querySelector(line)?.textContent ?? "");
  return [...said, link].filter(Boolean).join("\n");
}

/** Keys of a link that say how it is shown, not what. */
const OF_THE_VIEW = new Set(["view", "incident", "layer", "tab", "lang", "rev", "embed"]);

/** The filter of the page as a query. */
function filterNow() {
  const parts = location.search.slice(1).split("&").filter((part) => part && !OF_THE_VIEW.has(part.split("=")[0]));
  return parts.length ? `?${parts.join("&")}` : "";
}

/** @param {string} link @param {string} title */
function embedCode(link, title) {
  const frame = document.createElement("iframe");
  frame.src = `${link}${link.includes("?") ? "&" : "?"}embed=true`;
  frame.title = title;
  frame.loading = "lazy";
  frame.setAttribute("style", "width:100%;height:640px;border:0");
  return frame.outerHTML;
}

/** Copies a text and says so on the button. @param {HTMLElement} button @param {string} text @param {string} copied */
export async function copyText(button, text, copied) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByHand(text);
  }
  button.textContent = copied;
  setTimeout(() => (button.textContent = label), 1600);
}

/** For pages without https, where the clipboard is closed to scripts. @param {string} text */
function copyByHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
