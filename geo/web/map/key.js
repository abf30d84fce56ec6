// @ts-check
/** The legend of a shaded layer: what the colours mean, by which rule was counted, and what is not shown. */

import { themeNamed } from "./tokens.js";
import { drawHatch } from "./shapes.js";
import { rampStep } from "./classes.js";
import { roundKm } from "./density.js";
import { METRICS, renderChoices } from "./layers.js";
import { NO_FIGURE_HATCH } from "./shading.js";
import { figureIn, wordsIn } from "./words.js";

/** @typedef {import("./layers.js").LayerName} LayerName */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").State} State */

/**
 * A legend as plain data, for the page to draw as well.
 * @typedef {object} Key
 * @property {LayerName} layer
 * @property {string[]} ranges of the classes
 * @property {("none" | "unknown" | "zero")[]} others shades that are no class
 * @property {string[]} notes
 */

/** Totals that are named one by one. */
const MOST_SHARED = 3;
/** Provinces without an outline that are named one by one. */
const MOST_UNMAPPED = 4;

/** @param {State} state @param {Scene} scene @returns {Key | null} null for the layer of the incidents themselves */
export function describeKey(state, { shading, density }) {
  if (shading) {
    const others = /** @type {Key["others"]} */ (
      shading.metric === "incidents" ? ["none"] : ["none", "unknown", "zero"]
    );
    return { layer: state.layer, ranges: shading.ranges, others, notes: [...notesOnProvinces(state, shading)] };
  }
  if (!density) return null;
  return { layer: state.layer, ranges: density.ranges, others: [], notes: [...notesOnDensity(state, density)] };
}

/** @param {State} state @param {import("./shading.js").Shading} shading @returns {Generator<string>} */
function* notesOnProvinces({ say }, { metric, tally, unmapped }) {
  if (metric === "incidents") yield say("key_rule_incidents", { n: figureIn(tally.several) });
  else yield say("key_rule_losses");
  const shared = tally.shared.filter(({ provinces }) => provinces.length > 1);
  if (shared.length) yield say("key_shared", { totals: listTotals(say, shared) });
  const line = tally.shared.filter(({ provinces }) => provinces.length < 2);
  if (line.length) yield say("key_shared_line", { figure: figureIn(sumOf(line)) });
  if (tally.nowhere) yield say("key_nowhere", { n: figureIn(tally.nowhere) });
  if (unmapped.length) yield say("key_unmapped", { names: listUnmapped(unmapped) });
}

/** "32 (9 provinces), 26 (3 provinces), and 4 more". @param {import("./words.js").Say} say
 * @param {import("./provinces.js").Shared[]} shared */
function listTotals(say, shared) {
  const named = shared
    .slice(0, MOST_SHARED)
    .map(({ figure, provinces }) => say("key_total", { figure: figureIn(figure), n: figureIn(provinces.length) }));
  const rest = shared.length - MOST_SHARED;
  return [...named, ...(rest > 0 ? [say("more", { n: figureIn(rest) })] : [])].join(", ");
}

/** @param {[string, number][]} unmapped */
function listUnmapped(unmapped) {
  const names = unmapped.slice(0, MOST_UNMAPPED).map(([name, value]) => `\u2068${name}\u2069 ${figureIn(value)}`);
  return [...names, ...(unmapped.length > MOST_UNMAPPED ? ["…"] : [])].join(", ");
}

/** @param {import("./provinces.js").Shared[]} shared */
const sumOf = (shared) => shared.reduce((sum, { figure }) => sum + figure, 0);

/** @param {State} state @param {import("./density.js").Density} density @returns {Generator<string>} */
function* notesOnDensity({ say }, { km, shown, matching, left }) {
  yield say("key_circle", { km: figureIn(roundKm(km)) });
  yield say("key_shown", { n: figureIn(shown), all: figureIn(matching) });
  const why = Object.entries(left).filter(([, n]) => n);
  if (why.length)
    yield say("key_left_out", { why: why.map(([kind, n]) => `${say(`left_${kind}`)} ${figureIn(n)}`).join(", ") });
}

/**
 * Fills an element with the legend of a shaded layer. What can hold the focus stays where it is.
 * @param {HTMLElement} element @param {import("./tokens.js").ThemeName} themeName
 * @param {Record<string, string> | undefined} words @param {Key} key @param {(layer: LayerName) => void} choose
 */
export function renderKey(element, themeName, words, key, choose) {
  const say = wordsIn(words);
  const theme = themeNamed(themeName);
  const isDensity = key.layer === "density";
  if (!element.querySelector(":scope > .key-body"))
    element.replaceChildren(piece("legend-title"), piece("key-metrics"), piece("key-body"));
  const [title, metrics, body] = /** @type {HTMLElement[]} */ ([...element.children]);
  title.textContent = say("key_density");
  title.hidden = !isDensity;
  metrics.hidden = isDensity;
  metrics.setAttribute("aria-label", say("key_metric"));
  const choices = METRICS.map(([name, layer]) => /** @type {[string, LayerName]} */ ([say(`metric_${name}`), layer]));
  renderChoices(metrics, choices, key.layer, choose);
  const classes = piece("key-classes");
  classes.append(...key.ranges.map((range, i) => classSwatch(range, theme.ramp[rampStep(i, key.ranges.length)])));
  const others = piece("key-others");
  others.append(...key.others.map((kind) => otherSwatch(theme, kind, say(`key_${kind}`))));
  element.classList.add("map-legend", "map-key");
  const shades = piece("key-shades");
  shades.append(classes, others);
  const notes = piece("key-notes");
  notes.append(...key.notes.map((note) => piece("key-note", note)));
  body.replaceChildren(shades, notes);
}

/** @param {string} className @param {string} [text] @returns {HTMLElement} */
function piece(className, text = "") {
  const element = document.createElement("div");
  element.className = className;
  element.textContent = text;
  return element;
}

/** @param {string} range @param {string} colour */
function classSwatch(range, colour) {
  const swatch = piece("key-class", range);
  swatch.style.setProperty("--shade", colour);
  return swatch;
}

const OTHER_WIDTH = 18;
const OTHER_HEIGHT = 11;

/** @param {import("./tokens.js").Theme} theme @param {string} kind @param {string} text */
function otherSwatch(theme, kind, text) {
  const canvas = document.createElement("canvas");
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  Object.assign(canvas, { width: OTHER_WIDTH * ratio, height: OTHER_HEIGHT * ratio });
  canvas.style.width = `${OTHER_WIDTH}px`;
  canvas.style.height = `${OTHER_HEIGHT}px`;
  canvas.setAttribute("aria-hidden", "true");
  const ctx = canvas.getContext("2d");
  const whole = { x0: 0, y0: 0, x1: OTHER_WIDTH, y1: OTHER_HEIGHT };
  if (ctx) {
    ctx.scale(ratio, ratio);
    ctx.fillStyle = kind === "zero" ? theme.rule : theme.land;
    ctx.fillRect(0, 0, OTHER_WIDTH, OTHER_HEIGHT);
    if (kind === "unknown") drawHatch(ctx, whole, { ...NO_FIGURE_HATCH, pitch: 4, colour: theme.third });
    ctx.strokeStyle = theme.strongRule;
    ctx.strokeRect(0.5, 0.5, OTHER_WIDTH - 1, OTHER_HEIGHT - 1);
  }
  const entry = piece("key-other");
  const words = document.createElement("span");
  words.textContent = text;
  entry.append(canvas, words);
  return entry;
}
