// @ts-check
/** The foot of an embedded dashboard: what it shows, whose it is, and the way to the whole of it. */

import { isEmbedded, linkOfToday, onAddress } from "./address.js";
import { h, onActions, show } from "./dom.js";
import { given, mount } from "./part.js";

/** @typedef {{source: string, open: string, close: string, base: string}} Foot */

/** @type {WeakSet<HTMLElement>} */
const following = new WeakSet();

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("foot", component, drawFoot);

/** @param {HTMLElement} root @param {Foot} data @param {import("./part.js").Send} send */
function drawFoot(root, data, send) {
  if (!isEmbedded()) return;
  const opened = document.documentElement.classList.contains("embedded-map") && given("incident");
  show(
    root,
    h(
      "div.foot",
      { role: "contentinfo" },
      h(
        "p.foot-says",
        null,
        h("strong", { dir: "auto" }, opened ? opened.title : given("head").title),
        opened && h("button", { type: "button", class: "plain", "data-do": "close" }, data.close),
        h("span", null, data.source),
      ),
      h("a.foot-open", { href: linkOfToday(data.base), target: "_blank", rel: "noopener" }, data.open),
    ),
  );
  onActions(root, { close: () => send("closed", true) });
  if (!following.has(root)) onAddress(root, () => followAddress(root));
  following.add(root);
  root.dataset.base = data.base;
}

/** @param {HTMLElement} root */
const followAddress = (root) => root.querySelector("a")?.setAttribute("href", linkOfToday(root.dataset.base ?? ""));
