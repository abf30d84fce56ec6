// @ts-check
/** The words of the page in one language, with numbers and days as that language sets them: geo/wording/words.py. */

import { dateOf, firstOfMonth, lastOfMonth } from "./days.js";

const RIGHT_TO_LEFT = new Set(["ur", "ps", "fa"]);
const IN_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** @typedef {Record<string, string | number>} Values */

export class Words {
  /** @param {string} language @param {Record<string, string>} words by key */
  constructor(language, words) {
    this.language = language;
    this.words = words;
    this.rtl = RIGHT_TO_LEFT.has(language);
  }

  /** The words of a key, its placeholders filled. @param {string} key @param {Values} [values] */
  say(key, values) {
    const text = this.words[key] ?? "";
    return values ? text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? "")) : text;
  }

  /** @param {string} key */
  has(key) {
    return Object.hasOwn(this.words, key);
  }

  /** The words of a count: ``stem.one`` or ``stem.other``. @param {string} stem @param {number} n @param {Values} [values] */
  count(stem, n, values = {}) {
    return this.say(`${stem}.${n === 1 ? "one" : "other"}`, { ...values, n: this.number(n) });
  }

  /** A number in figures. @param {number} n */
  number(n) {
    return this.isolate(groupThousands(n));
  }

  /** A number in running text: English writes small ones in words. @param {number} n */
  running(n) {
    return this.language === "en" && n >= 0 && n < IN_WORDS.length ? IN_WORDS[n] : this.number(n);
  }

  /** Figures that keep their order in either direction. @param {string} figures */
  isolate(figures) {
    return this.rtl ? `\u2066${figures}\u2069` : figures;
  }

  /** A name that may be in another script, kept from turning what stands beside it. @param {string} name */
  name(name) {
    return this.rtl ? `\u2068${name}\u2069` : name;
  }

  /** A list of names as the language sets it. @param {string[]} names */
  join(names) {
    return names.join(this.rtl ? "، " : ", ");
  }

  /** The month of a day. @param {number} day @param {boolean} [short] */
  month(day, short = false) {
    return this.say(short ? `month.short.${dateOf(day).month}` : `month.${dateOf(day).month}`);
  }

  /** @param {number} day */
  yearOf(day) {
    return this.isolate(String(dateOf(day).year));
  }

  /** A day: "11 October 2025". @param {number} day @param {{short?: boolean, year?: boolean}} [how] */
  day(day, { short = false, year = true } = {}) {
    const named = `${this.isolate(String(dateOf(day).day))} ${this.month(day, short)}`;
    return year ? `${named} ${this.yearOf(day)}` : named;
  }

  /**
   * A stretch of days, saying nothing twice: "11–12 October 2025".
   * @param {number | null} start @param {number | null} end @param {{short?: boolean, year?: boolean}} [how]
   */
  days(start, end, { short = false, year = true } = {}) {
    const [first, last] = [start ?? end, end ?? start];
    if (first === null || last === null) return this.say("time.undated");
    if (first === last) return this.day(first, { short, year });
    const [from, to] = [dateOf(first), dateOf(last)];
    if (from.year === to.year && from.month === to.month) {
      const both = `${this.isolate(`${from.day}–${to.day}`)} ${this.month(first, short)}`;
      return year ? `${both} ${this.yearOf(first)}` : both;
    }
    const opening = this.day(first, { short, year: year && from.year !== to.year });
    return `${opening} – ${this.day(last, { short, year })}`;
  }

  /** A period as a heading names it: "October 2025", "2025". @param {number} start @param {number} end */
  period(start, end) {
    if (firstOfMonth(start) !== start || lastOfMonth(end) !== end) return this.days(start, end);
    const [from, to] = [dateOf(start), dateOf(end)];
    if (from.year === to.year && from.month === to.month) return this.monthOf(start);
    if (from.year === to.year && from.month === 1 && to.month === 12) return this.yearOf(start);
    return this.say("date.to", { start: this.monthOf(start), end: this.monthOf(end) });
  }

  /** The month of a day with its year. @param {number} day */
  monthOf(day) {
    return `${this.month(day)} ${this.yearOf(day)}`;
  }
}

/** @param {number} n */
const groupThousands = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
