// @ts-check
/** What is shown large while days play: the day reached, and what its period holds. */

import { daysInWords } from "../map/words.js";
import { shortDay, shortDays, yearOf } from "./calendar.js";
import { countBetween } from "./tally.js";
import { sayCount } from "./words.js";

/** `title`: the day; `days`: the period in short; `count`: of its incidents.
 * @typedef {{title: string, days: string, count: string}} Now */

/** @param {import("./state.js").State} state @returns {Now} */
export function describeNow({ period, tally, say, lang }) {
  return {
    title: daysInWords(period.to, period.to, lang) ?? "",
    days: periodInShort(period, say),
    count: sayCount(say, "list.count", countBetween(tally, period)),
  };
}

/** "11–12 Oct 2025", "30 Dec 2024 – 2 Jan 2025". @param {import("./times.js").Days} days @param {import("./words.js").Say} say */
function periodInShort({ from, to }, say) {
  if (yearOf(from) === yearOf(to)) return `${shortDays({ from, to }, say)} ${yearOf(to)}`;
  return `${shortDay(from, say)} ${yearOf(from)} – ${shortDay(to, say)} ${yearOf(to)}`;
}
