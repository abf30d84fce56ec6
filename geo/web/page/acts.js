// @ts-check
/**
 * What the reader does, on its way to Python: told again with each further act until Python says that it has heard it,
 * for of several values that come before it looks, Streamlit keeps the last.
 */

/** @typedef {[number, string, string, any]} Act its number, the part it was done in, what was done, and its value */

/** @type {Act[]} */
let waiting = [];
let count = 0;
/** @type {(acts: Act[]) => void} */
let deliver = () => {};

/** Where acts are handed over. @param {(acts: Act[]) => void} how */
export function deliverBy(how) {
  deliver = how;
}

/** Tells Python of an act. @param {string} part @param {string} name @param {any} value */
export function act(part, name, value) {
  count += 1;
  waiting.push([count, part, name, value]);
  deliver(waiting);
}

/** Python has heard of all acts up to this one; it counts from nothing where the session is a new one. @param {number} last */
export function forgetActs(last) {
  waiting = waiting.filter(([number]) => number > last);
}
