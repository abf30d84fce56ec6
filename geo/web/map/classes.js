// @ts-check
/** Classes of a map that is shaded by numbers: few, with round bounds that stay while the dates move. */

/** Most classes: a reader tells no more shades of one colour apart. */
export const MOST_CLASSES = 5;

/**
 * Lower bounds of the classes for numbers up to the largest there is.
 *
 * They grow by a constant factor, as the numbers of incidents in provinces do, and are rounded to 1, 2 or 5 and
 * noughts: quantiles would put all of a quiet month into one class. Up to five, each whole number is a class.
 * @param {number} most @param {number} [least] bound of the first class
 * @returns {number[]} ascending
 */
export function roundBreaks(most, least = 1) {
  if (least === 1 && most <= MOST_CLASSES) return [1, 2, 3, 4, 5].slice(0, Math.max(1, Math.floor(most)));
  const breaks = [least];
  while (breaks.length < MOST_CLASSES) {
    const wanted = least * (most / least) ** (breaks.length / MOST_CLASSES);
    const next = Math.max(roundNumber(wanted), roundAfter(breaks[breaks.length - 1]));
    if (next > most) break;
    breaks.push(next);
  }
  return breaks;
}

/** 1, 2 or 5 and noughts, in steps; step 0 is 1. @param {number} step */
const roundAt = (step) => Number(`${[1, 2, 5][((step % 3) + 3) % 3]}e${Math.floor(step / 3)}`);

/** The nearest such number, by ratio. @param {number} wanted */
function roundNumber(wanted) {
  const step = Math.floor(Math.log10(wanted) * 3);
  const near = [step - 1, step, step + 1, step + 2].map(roundAt);
  const far = (/** @type {number} */ n) => Math.abs(Math.log(n / wanted));
  return near.reduce((a, b) => (far(b) < far(a) ? b : a));
}

/** The next larger such number. @param {number} n */
function roundAfter(n) {
  let step = Math.floor(Math.log10(n) * 3) - 1;
  while (roundAt(step) <= n) step++;
  return roundAt(step);
}

/** The class of a number, counted from 0; -1 below the first. @param {number[]} breaks @param {number} value */
export function classOf(breaks, value) {
  let found = breaks.length - 1;
  while (found >= 0 && value < breaks[found]) found--;
  return found;
}

/** Which colour of the ramp a class has: few classes spread over all of it. @param {number} index @param {number} count */
export const rampStep = (index, count) =>
  count === 1 ? MOST_CLASSES >> 1 : Math.round((index * (MOST_CLASSES - 1)) / (count - 1));

/** "1", "2–4", "20+" of each class of whole numbers. @param {number[]} breaks @returns {string[]} */
export const rangesOf = (breaks) =>
  breaks.map((low, i) => {
    if (i === breaks.length - 1) return `${shortNumber(low)}+`;
    const high = breaks[i + 1] - 1;
    return high === low ? shortNumber(low) : `${shortNumber(low)}–${shortNumber(high)}`;
  });

/** "0.2–0.5", "0.5–1", "1+" of each class of a measure. @param {number[]} breaks @returns {string[]} */
export const measuresOf = (breaks) =>
  breaks.map((low, i) =>
    i === breaks.length - 1 ? `${shortNumber(low)}+` : `${shortNumber(low)}–${shortNumber(breaks[i + 1])}`,
  );

/** @param {number} n @returns {string} 0.5, 999, 1k, 1.9k, 20k */
const shortNumber = (n) => (n < 1000 ? String(Math.round(n * 10) / 10) : `${Math.floor(n / 100) / 10}k`);
