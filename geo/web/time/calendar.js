// @ts-check
/** Days since 1970-01-01, months and years; and their names in the reader's language, Gregorian, in Latin digits. */

/** @typedef {import("./times.js").Days} Days */
/** @typedef {import("./words.js").Say} Say */

const MS_PER_DAY = 86_400_000;

/** @param {number} day */
const dateOf = (day) => new Date(day * MS_PER_DAY);
/** @param {number} year @param {number} month 0 is January; may run over @param {number} [date] */
export const dayOf = (year, month, date = 1) => Math.round(Date.UTC(year, month, date) / MS_PER_DAY);
/** @param {number} day */
export const yearOf = (day) => dateOf(day).getUTCFullYear();
/** @param {number} day @returns {number} 0 is January */
export const monthOf = (day) => dateOf(day).getUTCMonth();
/** @param {number} day @returns {number} 1 to 31 */
export const dateInMonth = (day) => dateOf(day).getUTCDate();

/** First day of the month `shift` months from a day's own. @param {number} day @param {number} [shift] */
export const monthStart = (day, shift = 0) => dayOf(yearOf(day), monthOf(day) + shift);
/** Last day of the month `shift` months from a day's own. @param {number} day @param {number} [shift] */
export const monthEnd = (day, shift = 0) => monthStart(day, shift + 1) - 1;
/** The Monday of a day's week. @param {number} day */
export const weekStart = (day) => day - ((day + 3) % 7);

/** @typedef {"day" | "week" | "month" | "year"} Unit */

/** First day of the unit that holds a day. @param {number} day @param {Unit} unit */
export function unitStart(day, unit) {
  if (unit === "day") return day;
  if (unit === "week") return weekStart(day);
  return unit === "month" ? monthStart(day) : dayOf(yearOf(day), 0);
}

/** First day of the next unit. @param {number} first first day of a unit @param {Unit} unit */
export function nextUnit(first, unit) {
  if (unit === "day") return first + 1;
  if (unit === "week") return first + 7;
  return unit === "month" ? monthStart(first, 1) : dayOf(yearOf(first) + 1, 0);
}

/** A month's short name. @param {number} month 0 is January @param {Say} say */
export const monthName = (month, say) => say(`month.short.${month + 1}`);

/** "1 Nov". @param {number} day @param {Say} say */
export const shortDay = (day, say) => `${dateInMonth(day)} ${monthName(monthOf(day), say)}`;

/** A range of figures, kept left to right in a line of Arabic letters. @param {number} from @param {number} to */
const figures = (from, to) => `\u2066${from}–${to}\u2069`;

/** "11–12 Oct", "30 Sep – 2 Oct". @param {Days} days @param {Say} say */
export function shortDays({ from, to }, say) {
  if (to <= from) return shortDay(from, say);
  if (monthStart(from) === monthStart(to))
    return `${figures(dateInMonth(from), dateInMonth(to))} ${monthName(monthOf(to), say)}`;
  return `${shortDay(from, say)} – ${shortDay(to, say)}`;
}

/** What stands before the bins of a table: the day, the week's days, the month, or the year.
 * @param {Days} days @param {Unit} unit @param {Say} say */
export function unitInWords({ from, to }, unit, say) {
  if (unit === "year") return String(yearOf(from));
  if (unit === "month") return `${monthName(monthOf(from), say)} ${yearOf(from)}`;
  return `${shortDays({ from, to }, say)} ${yearOf(to)}`;
}
