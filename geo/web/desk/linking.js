// @ts-check
/**
 * What the incident says and the words of the report that say it: to point at one, or reach it with the keyboard, marks
 * the other. Both name it by keys in `data-marks`: c3 the fourth claim, p0 the first place.
 */

const LIT = "lit";
const LINKED = /^[cpq]\d*$/;

/** @param {HTMLElement} root @param {() => HTMLElement | null} report what scrolls with the report in it */
export function linkMarks(root, report) {
  const light = (/** @type {Event} */ event) => {
    const from = /** @type {Element} */ (event.target).closest?.("[data-marks]");
    const keys = keysOf(from);
    if (!keys.length) return event.type === "focusin" ? undefined : lightAll(root, []);
    lightAll(root, keys);
    const place = report();
    if (from && place && !place.contains(from)) bringIntoSight(place, keys);
  };
  root.addEventListener("pointerover", light);
  root.addEventListener("focusin", light);
  root.addEventListener("pointerleave", () => lightAll(root, []));
}

/** @param {Element | null | undefined} element */
const keysOf = (element) => (element?.getAttribute("data-marks") ?? "").split(" ").filter((key) => LINKED.test(key));

/** @param {HTMLElement} root @param {string[]} keys */
function lightAll(root, keys) {
  for (const lit of root.querySelectorAll(`.${LIT}`)) if (!shares(lit, keys)) lit.classList.remove(LIT);
  for (const key of keys) for (const found of root.querySelectorAll(`[data-marks~="${key}"]`)) found.classList.add(LIT);
}

/** @param {Element} element @param {string[]} keys */
const shares = (element, keys) => keysOf(element).some((key) => keys.includes(key));

/** Scrolls the report alone, and only when none of the words can be seen. @param {HTMLElement} place @param {string[]} keys */
function bringIntoSight(place, keys) {
  const found = /** @type {HTMLElement[]} */ (keys.flatMap((key) => [...place.querySelectorAll(`[data-marks~="${key}"]`)]));
  const scrolls = place.scrollHeight > place.clientHeight + 1 && getComputedStyle(place).overflowY === "auto";
  if (!found.length || !scrolls) return;
  const box = place.getBoundingClientRect();
  const isSeen = (/** @type {HTMLElement} */ word) => {
    const { top, bottom } = word.getBoundingClientRect();
    return top >= box.top && bottom <= box.bottom;
  };
  if (found.some(isSeen)) return;
  place.scrollTop += found[0].getBoundingClientRect().top - box.top - place.clientHeight / 3;
}
