// @ts-check
/** Days since 1970-01-01 and their dates. */

const MS_PER_DAY = 86_400_000;
const ISO = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** Year, month (1 to 12) and day. @typedef {{year: number, month: number, day: number}} Calendar */

/** @param {number} day @returns {Calendar} */
export function dateOf(day) {
  const date = new Date(day * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** @param {number} year @param {number} month @param {number} day @returns {number} */
export function dayOf(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // Date.UTC takes the years below 100 for 1900 and on
  return Math.round(date.getTime() / MS_PER_DAY);
}

/** The day of an ISO date; null for anything else. @param {string} written @returns {number | null} */
export function readDay(written) {
  if (!ISO.test(written)) return null;
  const [year, month, day] = written.split("-").map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1) return null;
  const found = dayOf(year, month, day);
  return writeDay(found) === written ? found : null;
}

/** @param {number} day @returns {string} ISO */
export function writeDay(day) {
  const { year, month, day: of } = dateOf(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(of).padStart(2, "0")}`;
}

/** @param {number} day @returns {number} first day of its month */
export function firstOfMonth(day) {
  const { year, month } = dateOf(day);
  return dayOf(year, month, 1);
}

/** @param {number} day @returns {number} last day of its month */
export function lastOfMonth(day) {
  const { year, month } = dateOf(day);
  return dayOf(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - 1;
}
