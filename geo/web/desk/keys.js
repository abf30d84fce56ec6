// @ts-check
/** One key for each act. They do nothing while something is typed, with a modifier held, or when they are switched off. */

const SWITCH = "border-incidents-desk-keys";
const TYPED = "input, textarea, select, [contenteditable], [role=textbox], [role=combobox]";

/** Whether single keys act; each person may switch that off (WCAG 2.1.4). */
export const keysAreOn = () => localStorage.getItem(SWITCH) !== "off";

/** @param {boolean} on */
export function switchKeys(on) {
  if (on) localStorage.removeItem(SWITCH);
  else localStorage.setItem(SWITCH, "off");
}

/** @type {(key: string) => boolean} */
let hear = () => false;

/** From now on keys go here, which says whether it took one. @param {(key: string) => boolean} listener */
export function hearKeys(listener) {
  hear = listener;
}

document.addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey, repeat, isComposing, target } = event;
  if (ctrlKey || metaKey || altKey || repeat || isComposing || event.defaultPrevented) return;
  if (target instanceof Element && target.closest(TYPED) && key !== "Escape") return;
  if (key !== "Escape" && !keysAreOn()) return;
  if (hear(key.length === 1 ? key.toLowerCase() : key)) event.preventDefault();
});
