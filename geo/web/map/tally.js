// @ts-check
/** Marks of one thing on the map, counted as they come. */

/** @typedef {import("./scene.js").State} State */

/**
 * @typedef {object} Summary
 * @property {number} count
 * @property {number[]} marks the first of them, to be listed
 * @property {string} category the most frequent, then the latest
 * @property {number[]} byCategory
 * @property {boolean} chosen whether the selected incident is among them
 * @property {boolean} faint
 */

/** Marks that are kept one by one; of the others only the count. */
const MOST_KEPT_MARKS = 500;

export class Tally {
  /** @param {State} state */
  constructor({ points, marks, selected, opened }) {
    this.points = points;
    this.categories = marks.categories;
    this.selected = selected;
    this.opened = opened;
    this.count = 0;
    /** @type {number[]} */
    this.marks = [];
    this.byCategory = marks.categories.map(() => 0);
    this.latest = marks.categories.map(() => 0);
    this.chosen = false;
  }

  /** @param {number} i */
  add(i) {
    const category = this.points.category[i];
    this.count++;
    this.byCategory[category]++;
    if (this.points.start[i] > this.latest[category]) this.latest[category] = this.points.start[i];
    if (this.points.incident[i] === this.selected) {
      this.chosen = true;
      this.marks.unshift(i);
    } else if (this.marks.length < MOST_KEPT_MARKS) this.marks.push(i);
  }

  /** @returns {Summary} */
  summary() {
    const { count, marks, categories, byCategory, latest, chosen } = this;
    const later = (/** @type {number} */ a, /** @type {number} */ b) =>
      byCategory[b] - byCategory[a] || latest[b] - latest[a];
    const best = categories.reduce((a, _, b) => (later(a, b) > 0 ? b : a), 0);
    return { count, marks, category: categories[best], byCategory, chosen, faint: this.opened && !chosen };
  }
}

/** @param {State} state @param {number[]} marks @returns {Summary} */
export function tallyOf(state, marks) {
  const tally = new Tally(state);
  marks.forEach((i) => tally.add(i));
  return tally.summary();
}
