// @ts-check
/**
 * The slots that Streamlit keeps for our parts: empty elements that name the part they are for. Whenever one comes to
 * the page, at its start or when a tab or a popover is opened, its part is put into it.
 */

import * as article from "./article.js";
import * as cards from "./cards.js";
import * as claims from "./claims.js";
import * as facets from "./facets.js";
import * as foot from "./foot.js";
import * as head from "./head.js";
import * as incident from "./incident.js";
import * as label from "./label.js";
import * as languages from "./languages.js";
import * as legend from "./legend.js";
import * as play from "./play.js";
import * as prose from "./prose.js";
import * as province from "./province.js";
import * as share from "./share.js";
import * as table from "./table.js";
import * as time from "./time.js";

/** @typedef {(component: import("./part.js").Component<{part: string}>) => (() => void) | void} Render */

/** @type {Record<string, {render: Render}>} */
const PARTS = {
  article, cards, claims, facets, foot, head, incident, label, languages, legend, play, prose, province, share, table, time,
};

/** Elements that have their part, with what to do when they go. @type {Map<HTMLElement, (() => void) | void>} */
const filled = new Map();

/**
 * Fills every slot there is and every one that comes.
 * @param {(part: string, name: string, value: any) => void} act tells Python what the reader did in a part
 */
export function fillSlots(act) {
  const fill = () => {
    for (const [slot, leave] of filled) {
      if (slot.isConnected) continue;
      filled.delete(slot);
      leave?.();
    }
    for (const slot of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-part]"))) {
      if (!filled.has(slot)) filled.set(slot, fillSlot(slot, act));
    }
  };
  fill();
  const isOurs = (/** @type {MutationRecord} */ { target }) => target instanceof Element && target.closest("[data-part]");
  new MutationObserver((records) => records.every(isOurs) || fill()).observe(document.body, { childList: true, subtree: true });
}

/** @param {HTMLElement} slot @param {(part: string, name: string, value: any) => void} act */
function fillSlot(slot, act) {
  const { part = "", kind = part } = slot.dataset;
  return PARTS[kind]?.render({
    data: { part },
    parentElement: slot,
    setTriggerValue: (name, value) => act(part, name, value),
  });
}
