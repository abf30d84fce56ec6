// @ts-check
/** The keys of a slider. */

/** Where a key takes a value; null when it is none of a slider's keys. @param {KeyboardEvent} event @param {number} value
 * @param {{step: number, page: number, least: number, most: number}} reach @returns {number | null} */
export function handleKeys({ key }, value, { step, page, least, most }) {
  if (key === "ArrowRight" || key === "ArrowUp") return value + step;
  if (key === "ArrowLeft" || key === "ArrowDown") return value - step;
  if (key === "PageUp") return value + page;
  if (key === "PageDown") return value - page;
  if (key === "Home") return least;
  return key === "End" ? most : null;
}
