// @ts-check
/** What Streamlit draws on the dashboard: the field for words, the presets and the days in the sidebar, and the tabs. */

import { h, show } from "../page/dom.js";

/** @typedef {import("./edition.js").Scene} Scene */

/** Days of each preset, counted back from the newest incident. @type {[string, number][]} */
const PRESETS = [["day", 1], ["week", 7], ["month", 30]];
export const TABS = ["map", "table", "claims", "methodology"];
/** Words are searched when the reader has not typed for so long. */
const TYPING_MS = 220;

/** @param {string} id @returns {HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Listens once to the controls. @param {{search: (text: string) => void, dates: (from: number | null, to: number | null) => void,
 * drag: (from: number | null, to: number | null) => void, tab: (name: string) => void, newest: () => number}} asked */
export function startControls(asked) {
  let waiting = 0;
  const search = /** @type {HTMLInputElement} */ (byId("search"));
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => asked.search(search.value), TYPING_MS);
  });
  byId("presets").addEventListener("click", ({ target }) => {
    const days = /** @type {HTMLElement} */ (target).closest("button")?.dataset.days;
    if (days === undefined) return;
    asked.dates(Number(days) ? asked.newest() - Number(days) + 1 : null, Number(days) ? asked.newest() : null);
  });
  const days = byId("days");
  days.addEventListener("input", () => {
    const [from, to] = endsOf();
    placeDays(from, to);
    asked.drag(...openEnds(from, to));
  });
  days.addEventListener("change", () => asked.dates(...openEnds(...endsOf())));
  const tabs = byId("tabs");
  tabs.addEventListener("click", ({ target }) => {
    const name = /** @type {HTMLElement} */ (target).closest("button")?.dataset.tab;
    if (name) asked.tab(name);
  });
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = TABS.indexOf(/** @type {HTMLElement} */ (event.target).dataset.tab ?? "");
    const turned = getComputedStyle(tabs).direction === "rtl" ? -step : step;
    const next = TABS[(at + turned + TABS.length) % TABS.length];
    asked.tab(next);
    byId(`tab-${next}`).focus();
  });
}

/** @returns {HTMLInputElement[]} */
const thumbs = () => [...byId("days").querySelectorAll("input")];

/** The days between the two ends of the slider. @returns {[number, number]} */
function endsOf() {
  const [a, b] = thumbs().map(({ value }) => Number(value));
  return a <= b ? [a, b] : [b, a];
}

/** An end of the slider is no limit. @param {number} from @param {number} to @returns {[number | null, number | null]} */
function openEnds(from, to) {
  const [{ min, max }] = thumbs();
  return [from <= Number(min) ? null : from, to >= Number(max) ? null : to];
}

/** Draws the chosen part of the slider, where days are dragged or play. @param {number} from @param {number} to */
export function placeDays(from, to) {
  const [{ min, max }] = thumbs();
  const part = (/** @type {number} */ day) => `${(100 * (day - Number(min))) / Math.max(1, Number(max) - Number(min))}%`;
  byId("days").style.setProperty("--from", part(from));
  byId("days").style.setProperty("--to", part(to));
}

/** @param {Scene} scene @param {string} tab */
export function drawControls(scene, tab) {
  drawSearch(scene);
  drawPresets(scene);
  drawDays(scene);
  for (const name of TABS) {
    const chosen = name === tab;
    byId(`tab-${name}`).setAttribute("aria-selected", String(chosen));
    byId(`tab-${name}`).tabIndex = chosen ? 0 : -1;
    byId(`panel-${name}`).hidden = !chosen;
  }
}

/** @param {Scene} scene */
function drawSearch({ filter }) {
  const search = /** @type {HTMLInputElement} */ (byId("search"));
  if (document.activeElement !== search && search.value !== filter.q) search.value = filter.q;
}

/** @param {Scene} scene */
function drawPresets({ words, filter, dataDays }) {
  const newest = dataDays[1];
  const isChosen = (/** @type {number} */ days) => filter.from === newest - days + 1 && filter.to === newest;
  const all = filter.from === null && filter.to === null;
  const button = (/** @type {string} */ name, /** @type {number} */ days, /** @type {boolean} */ on) =>
    h("button", { type: "button", role: "radio", "aria-checked": String(on), "data-days": days }, h("p", null, words.say(`preset.${name}`)));
  show(byId("presets"), [...PRESETS.map(([name, days]) => button(name, days, isChosen(days))), button("all", 0, all)]);
}

/** @param {Scene} scene */
function drawDays({ words, filter, dataDays: [first, last] }) {
  const [from, to] = [filter.from ?? first, filter.to ?? last].map((day) => Math.min(Math.max(day, first), last));
  const thumb = (/** @type {number} */ day, /** @type {string} */ label) =>
    h("input", { type: "range", min: first, max: Math.max(last, first + 1), "aria-label": label, "aria-valuetext": words.day(day), "data-key": label });
  show(byId("days"), [h("i", null), thumb(from, words.say("time.from")), thumb(to, words.say("time.to"))]);
  thumbs().forEach((input, i) => (input.value = String(i ? to : from)));
  placeDays(from, to);
}
