// @ts-check
/** The head of the page: title and summary, as geo/ui/head.py writes them. */

import { dateOf, firstOfMonth, lastOfMonth } from "./days.js";

/** @typedef {import("./edition.js").Scene} Scene */

/** @param {Scene} scene @param {string[]} notices @returns {import("../page/head.js").Head} */
export function describeHead(scene, notices) {
  const { kicker, as_of, as_of_short, samples } = scene.edition.papers;
  const close = scene.words.say("action.close");
  return { kicker, as_of, as_of_short, title: writeTitle(scene), summary: writeSummary(scene), notices, samples, close };
}

/** The heading of the page, with its period. @param {Scene} scene */
export const writeTitle = (scene) => scene.words.say("app.title.period", { period: namePeriod(scene) });

/** What happened in sum; stars mark what is set bold. @param {Scene} scene */
export function writeSummary(scene) {
  const { summary, words } = scene;
  if (!summary.incidents) return words.say("summary.nothing", { when: writeWhen(scene) });
  return [writeCount(scene), ...writeToll(scene)].join(" ");
}

/** The period as a sentence has it. @param {Scene} scene */
export function writeWhen(scene) {
  const { words, period: [start, end] } = scene;
  if (start === end) return words.say("period.on", { date: words.day(start) });
  if (isNamed(start, end)) return words.say("period.in", { period: words.period(start, end) });
  const years = start !== end && dateOf(start).year !== dateOf(end).year;
  if (scene.isAllTime && years) return words.say("period.from_to", { start: words.yearOf(start), end: words.yearOf(end) });
  return words.say("period.from_to", { start: words.day(start, { year: years }), end: words.day(end) });
}

/** @param {Scene} scene */
function writeCount(scene) {
  const { words, summary } = scene;
  const when = writeWhen(scene);
  if (summary.province === null) return words.count("summary.counted", summary.incidents, { when });
  const province = scene.nameOf("province", summary.province);
  return words.count("summary.incidents_in", summary.incidents, { when, m: words.running(summary.inProvince), province });
}

/** @param {Scene} scene @returns {string[]} */
function writeToll({ words, summary }) {
  const { killedLow: low, killedHigh: high, moreThan, gap } = summary;
  if (low === null || high === null) return [words.say("summary.no_toll")];
  const form = low === 1 ? "one" : "other";
  if (low === high && !moreThan) return [words.say(`summary.killed_agreed.${form}`, { low: words.number(low) })];
  const highest = `**${words.number(high)}**`;
  const said = moreThan ? words.say("summary.more_than", { n: highest }) : highest;
  const toll = words.say(`summary.killed.${form}`, { low: words.number(low), high: said });
  if (!gap) return [toll];
  return [toll, words.say(gap.night ? "summary.gap_night" : "summary.gap_day", { date: words.days(gap.start, gap.end) })];
}

/** @param {Scene} scene */
function namePeriod(scene) {
  const { words, period: [start, end] } = scene;
  const sameYear = dateOf(start).year === dateOf(end).year;
  if (scene.isAllTime && !sameYear) return words.say("date.to", { start: words.yearOf(start), end: words.yearOf(end) });
  return isNamed(start, end) || sameYear ? words.period(start, end) : words.days(start, end, { short: true });
}

/** Whether a month or a year is the whole period. @param {number} start @param {number} end */
function isNamed(start, end) {
  if (firstOfMonth(start) !== start || lastOfMonth(end) !== end) return false;
  const [from, to] = [dateOf(start), dateOf(end)];
  return from.year === to.year && (from.month === to.month || (from.month === 1 && to.month === 12));
}
