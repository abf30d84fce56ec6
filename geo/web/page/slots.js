// @ts-check
/**
 * The slots that Streamlit keeps for our parts: empty elements that name the part they are for. Whenever one comes to
 * the page, at its start or when a tab or a popover is opened, its part is put into it.
 */

/** @typedef {(component: import("./part.js").Component<{part: string}>) => (() => void) | void} Render */
/** @typedef {Record<string, {render: Render}>} Parts */

/** Elements that have their part, with what to do when they go. @type {Map<HTMLElement, (() => void) | void>} */
const filled = new Map();

/**
 * Fills every slot there is and every one that comes.
 * @param {Parts} parts by the kind of slot they are for
 * @param {(part: string, name: string, value: any) => void} act tells Python what the reader did in a part
 */
export function fillSlots(parts, act) {
  const fill = () => {
    for (const [slot, leave] of filled) {
      if (slot.isConnected) continue;
      filled.delete(slot);
      leave?.();
    }
    for (const slot of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-part]"))) {
      if (!filled.has(slot)) filled.set(slot, fillSlot(slot, parts, act));
    }
  };
  fill();
  const isOurs = (/** @type {MutationRecord} */ { target }) => target instanceof Element && target.closest("[data-part]");
  new MutationObserver((records) => records.every(isOurs) || fill()).observe(document.body, { childList: true, subtree: true });
}

/** @param {HTMLElement} slot @param {Parts} parts @param {(part: string, name: string, value: any) => void} act */
function fillSlot(slot, parts, act) {
  const { part = "", kind = part } = slot.dataset;
  return parts[kind]?.render({
    data: { part },
    parentElement: slot,
    setTriggerValue: (name, value) => act(part, name, value),
  });
}
