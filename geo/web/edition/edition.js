// @ts-check
/** What an edition holds, and one moment of it: what the reader asked for and what is found of it. */

import { countChoices } from "./counts.js";
import { daysOf } from "./facts.js";
import { firstOfMonth, lastOfMonth, dateOf } from "./days.js";
import { rank, summarise } from "./summary.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @template T @typedef {import("./facts.js").Coded<T>} Coded */

/**
 * What cards and table say, by incident: geo/edition/texts.py.
 * @typedef {object} Texts
 * @property {string[]} title
 * @property {string[]} place
 * @property {(number | string)[]} brief the place in the table; a number is how many letters of ``place`` it is
 * @property {number[]} claims
 * @property {Coded<"day" | "month" | "year">} dated
 * @property {Coded<[string, [string, string][]][]>} figures
 * @property {Coded<[number, number]>} sources independent ones, copies
 * @property {Coded<[number | null, number | null, boolean]>} toll
 * @property {Coded<string>} sure
 * @property {Coded<0 | 1>} samples
 */

/**
 * What is the same whatever the reader asks for.
 * @typedef {object} Papers
 * @property {string} lang
 * @property {string} border
 * @property {string[]} countries of the border
 * @property {Record<string, [number, number]>} stretches kilometres of each province on the line
 * @property {[number | null, number | null]} asked first and last day that the edition was asked for
 * @property {string} kicker
 * @property {string} as_of
 * @property {string} as_of_short
 * @property {string} samples
 * @property {Record<string, Record<string, string>>} names of values, by key of the link
 * @property {Record<string, string>} variants letters that are compared as others
 * @property {Record<string, string>} legend words of the legend below the map
 * @property {any} prose the Methodology tab
 * @property {{title: string, rows: [string, string][], note: string, search: string, citation: string, copy: string, copied: string}} about
 * @property {[number, number][]} speeds
 */

/**
 * @typedef {object} Edition
 * @property {import("./match.js").World} world
 * @property {Texts} texts
 * @property {Papers} papers
 * @property {import("./words.js").Words} words
 */

/**
 * Small choices that no link carries.
 * @typedef {object} Manner
 * @property {"newest" | "disputed"} order
 * @property {number} cards wanted so far
 * @property {string} sort column of the table
 * @property {boolean} down
 * @property {number} tablePage
 * @property {number} claimsPage
 * @property {Record<string, string>} sought what is looked for in long lists
 */

/** @returns {Manner} */
export const firstManner = () => ({
  order: "disputed", cards: 0, sort: "date", down: true, tablePage: 0, claimsPage: 0, sought: {},
});

/** One moment: each answer is worked out once, when it is first asked for. */
export class Scene {
  /** @param {Edition} edition @param {import("./link.js").Link} link @param {Manner} manner */
  constructor(edition, link, manner) {
    this.edition = edition;
    this.link = link;
    this.manner = manner;
    this.words = edition.words;
    this.facts = edition.world.facts;
    this.texts = edition.texts;
    this.filter = link.filter;
    this.counts = countChoices(edition.world, link.filter);
    this.matched = this.counts.mask;
    this.order = rank(this.facts, this.matched, manner.order);
    this.dataDays = daysOf(this.facts) ?? [0, 1];
    this.period = this.findPeriod();
    this.namesYears = dateOf(this.period[0]).year !== dateOf(this.period[1]).year;
    /** @type {import("./summary.js").Summary | undefined} */
    this.known = undefined;
    this.opened = link.incident === null ? -1 : this.facts.ids.indexOf(link.incident);
  }

  /** Whether no day is asked for, here or of the edition as a whole. */
  get isAllTime() {
    return [this.filter.from, this.filter.to, ...this.edition.papers.asked].every((day) => day === null);
  }

  get summary() {
    return (this.known ??= summarise(this.facts, this.matched));
  }

  /** First and last day of what is asked for. @returns {[number, number]} */
  findPeriod() {
    const [first, last] = [firstOfMonth(this.dataDays[0]), lastOfMonth(this.dataDays[1])];
    const { from, to } = this.filter;
    const [heldFrom, heldTo] = this.edition.papers.asked;
    return [from ?? heldFrom ?? Math.min(first, to ?? first), to ?? heldTo ?? Math.max(last, from ?? last)];
  }

  /** How many incidents a choice would leave. @param {string} key @param {string} value */
  countOf(key, value) {
    return this.counts.by[key]?.get(value) ?? 0;
  }

  /** A value by its name in the reader's language. @param {string} key @param {string} value */
  nameOf(key, value) {
    return this.edition.papers.names[key]?.[value] ?? value;
  }
}
