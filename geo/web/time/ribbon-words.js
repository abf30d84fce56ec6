// @ts-check
/** Words on the ribbon: which totals there are, and what is known of crossings; each only where it covers nothing. */

import { FONTS } from "../map/tokens.js";
import { shortDay, shortDays, yearOf } from "./calendar.js";
import { drawText, overlap, textWidth } from "./lettering.js";

/** @typedef {import("./axis.js").Axis} Axis */
/** @typedef {import("./ribbon.js").Frame} Frame */
/** @typedef {import("./ribbon.js").Ribbon} Ribbon */
/** @typedef {import("./ribbon.js").Total} Total */
/** @typedef {import("./ribbon.js").Rule} Rule */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Painting} Painting */
/** @typedef {import("../map/geometry.js").Box} Box */

/**
 * A line of words with its place.
 * @typedef {object} Words
 * @property {string} text
 * @property {Box} box
 * @property {string | null} category of a total; null for a crossing
 * @property {{x: number, y0: number, y1: number} | null} leader
 */

const MOST_TOTALS = 3;
const TEXT_HEIGHT = 13;
/** Pixels between two places that are tried. */
const STEP = { along: 8, down: 6 };
/** Days of a window in which a date needs no year. */
const YEAR_SAID = 366;

/** @param {CanvasRenderingContext2D} ctx @param {State} state @param {Axis} axis @param {Frame} frame @param {Ribbon} ribbon
 * @returns {Words[]} */
export function placeWords(ctx, state, axis, frame, ribbon) {
  /** @type {Box[]} */
  const taken = [
    ...ribbon.points.map(({ x, y }) => ({ x0: x - 6, x1: x + 6, y0: y - 5, y1: y + 5 })),
    ...ribbon.totals,
    ...ribbon.stretches.filter(({ whole }) => !whole),
    ...ribbon.rules.map(({ x0, x2, y }) => ({ x0, x1: x2, y0: y - 0.5, y1: y + 1.5 })),
  ];
  /** @type {Words[]} */
  const placed = [];
  const place = (/** @type {Words | undefined} */ words) => {
    if (!words) return;
    placed.push(words);
    taken.push(words.box);
  };
  const largest = [...ribbon.totals].sort((a, b) => b.y1 - b.y0 - (a.y1 - a.y0) || a.x1 - a.x0 - (b.x1 - b.x0));
  for (const total of largest.slice(0, MOST_TOTALS)) place(totalWords(ctx, state, axis, frame, total, taken));
  for (const rule of latestRules(ribbon.rules)) place(ruleWords(ctx, state, axis, rule, taken));
  return placed;
}

/** The latest rule of each crossing. @param {Rule[]} rules */
function latestRules(rules) {
  const latest = new Map();
  for (const rule of [...rules].sort((a, b) => a.x2 - b.x2)) latest.set(rule.closure.crossing, rule);
  return [...latest.values()].sort((a, b) => b.x2 - a.x2 || a.y - b.y);
}

/** @param {CanvasRenderingContext2D} ctx @param {State} state @param {Axis} axis @param {Frame} frame @param {Total} total
 * @param {Box[]} taken @returns {Words | undefined} */
function totalWords(ctx, { say }, axis, frame, total, taken) {
  const year = axis.to - axis.from > YEAR_SAID ? ` ${yearOf(total.days.to)}` : "";
  const text = say("time.one_total", { date: shortDays(total.days, say) + year });
  const width = textWidth(ctx, text, FONTS.total);
  const right = axis.left + axis.width;
  const x = Math.max(axis.left, Math.min(right, (total.x0 + total.x1) / 2));
  const starts = [x + 6, x - 6 - width].filter((x0) => x0 >= axis.left + 2 && x0 + width <= right - 2);
  for (let y = frame.top + 9; y < total.y0 - TEXT_HEIGHT / 2; y += STEP.down) {
    for (const x0 of starts) {
      const box = { x0, x1: x0 + width, y0: y - TEXT_HEIGHT / 2, y1: y + TEXT_HEIGHT / 2 };
      if (taken.some((other) => overlap(box, other))) continue;
      const leader = { x: Math.round(x), y0: y - 5, y1: total.y0 };
      return { text, box, category: total.scope.category, leader };
    }
  }
  return undefined;
}

/** Above or below the open end of the rule, as far right as there is room. @param {CanvasRenderingContext2D} ctx
 * @param {State} state @param {Axis} axis @param {Rule} rule @param {Box[]} taken @returns {Words | undefined} */
function ruleWords(ctx, { say }, axis, rule, taken) {
  const text = describeRule(rule, say);
  const width = textWidth(ctx, text, FONTS.crossing);
  const right = Math.min(rule.x2, axis.left + axis.width) - 5;
  const isOpenEnded = rule.closure.state === "shut" && rule.closure.end === null;
  const least = Math.max(axis.left, isOpenEnded ? rule.x1 : rule.x0) + width + 4;
  for (let x1 = right; x1 >= least; x1 -= STEP.along) {
    for (const y of [rule.y - 7, rule.y + 8]) {
      const box = { x0: x1 - width, x1, y0: y - 6, y1: y + 6 };
      if (!taken.some((other) => overlap(box, other))) return { text, box, category: null, leader: null };
    }
  }
  return undefined;
}

/** @param {Rule} rule @param {import("./words.js").Say} say */
export function describeRule({ closure, name }, say) {
  if (closure.state === "partly")
    return say("time.partly_open", { crossing: name, date: shortDay(closure.start, say) });
  if (closure.end == null) return say("time.shut", { crossing: name });
  return say("time.shut_until", { crossing: name, date: shortDays({ from: closure.start, to: closure.end }, say) });
}

/** @param {Painting} painting @param {Words[]} words */
export function drawWords({ ctx, theme }, words) {
  for (const { text, box, category, leader } of words) {
    if (leader) {
      ctx.fillStyle = theme.second;
      ctx.fillRect(leader.x, leader.y0, 1, leader.y1 - leader.y0);
    }
    // shelling's gold is too light for text
    const colour = !category ? theme.second : category === "shelling" ? theme.ink : theme.events[category];
    const font = category ? FONTS.total : FONTS.crossing;
    drawText(ctx, { text, x: box.x0, y: (box.y0 + box.y1) / 2, font, colour, halo: theme.paper });
  }
}
