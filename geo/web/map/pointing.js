// @ts-check
/** Pointer and keyboard on the map: what is under the pointer, its description, the list of a stack, the buttons. */

import { PRECISIONS } from "./points.js";
import { daysInWords, figureIn, nameIn } from "./words.js";
import { describeShade, NOTHING } from "./shading.js";
import { densityAt, findPeaks, roundKm } from "./density.js";
import { placeOnScreen } from "./geometry.js";
import { SIZE } from "./tokens.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").State} State */
/** @typedef {import("./geometry.js").View} View */

/**
 * A thing that a pointer can hit or a key can reach.
 * @typedef {object} Target
 * @property {number} x canvas px
 * @property {number} y
 * @property {number} radius
 * @property {number[]} marks empty for a count bubble
 * @property {number} count
 * @property {string} [title] of a crossing
 * @property {import("./shading.js").Shade} [shade] of a province
 * @property {string[]} [lines] what is said of it, where it stands for no marks
 */

const SLACK = { mouse: 3, touch: 10 };

/** Everything with a spot of its own: marks, plates, bubbles, the total's figure, crossings.
 * @param {Scene} scene
 * @param {State} state
 * @param {import("./lettering.js").Lettering} lettering
 * @param {View} view
 * @returns {Target[]} */
export function targetsOf(scene, state, { figure }, view) {
  const { say } = state;
  const marks = scene.clusters.map(({ x, y, radius, marks, count }) => ({
    x,
    y,
    radius: Math.max(radius, 8),
    marks,
    count,
  }));
  const plates = [...scene.discs, ...scene.provinces, ...scene.bands].flatMap(({ plate, marks, count }) => {
    if (!plate) return [];
    const { x0, y0, x1, y1 } = plate.box;
    return [{ x: (x0 + x1) / 2, y: (y0 + y1) / 2, radius: (x1 - x0) / 2, marks, count }];
  });
  const bubbles = scene.bubbles.map(({ x, y, radius, count }) => ({ x, y, radius, marks: [], count }));
  const crossings = scene.crossings.map(({ x, y, name, state }) => {
    return { x, y, radius: 6, marks: [], count: 0, title: `${name} · ${say(`crossing_${state ?? "unknown"}`)}` };
  });
  const total =
    figure && scene.total?.marks.length
      ? [{ x: figure.lines[0].x + 30, y: figure.lines[0].y, radius: 24, marks: scene.total.marks, count: 1 }]
      : [];
  const shades = (scene.shading?.shades ?? [])
    .filter(({ shade }) => shade !== NOTHING)
    .map((shade) => shadeTarget(state, scene, shade));
  const peaks = scene.density ? peakTargets(state, scene.density, view) : [];
  return [...marks, ...plates, ...bubbles, ...total, ...crossings, ...shades, ...peaks];
}

/** Where incidents lie most densely, with the nearest town on the map; for the keyboard.
 * @param {State} state @param {import("./density.js").Density} density @param {View} view @returns {Target[]} */
function peakTargets({ say, lang, ground }, density, view) {
  const towns = ground.record.towns.map((town) => ({ town, at: placeOnScreen(view, town.lat, town.lon) }));
  return findPeaks(density).map(({ x, y, value }) => {
    const far = (/** @type {{at: [number, number]}} */ { at }) => Math.hypot(at[0] - x, at[1] - y);
    const nearest = towns.length ? towns.reduce((a, b) => (far(b) < far(a) ? b : a)) : null;
    const here = say("density_here", { n: figureIn(Math.round(value)), km: figureIn(roundKm(density.km)) });
    const lines = nearest ? [say("near", { place: nameIn(nearest.town, lang) }), here] : [here];
    return { x, y, radius: -Infinity, marks: [], count: Math.round(value), lines };
  });
}

/** A province of a shaded layer; a pointer finds it anywhere inside, a key at its words.
 * @param {State} state @param {Scene} scene @param {import("./shading.js").Shade} shade @returns {Target} */
function shadeTarget(state, { shading }, shade) {
  const lines = shading ? describeShade(state, shading, shade) : [];
  return { x: shade.x, y: shade.y, radius: -Infinity, marks: [], count: shade.incidents, shade, lines };
}

/**
 * The nearest target under a point, else the disc, stretch or province there.
 * @param {CanvasRenderingContext2D} ctx @param {View} view @param {Scene} scene @param {Target[]} targets
 * @param {{x: number, y: number, touch: boolean}} point
 * @returns {Target | null}
 */
export function targetAt(ctx, view, scene, targets, { x, y, touch }) {
  const slack = touch ? SLACK.touch : SLACK.mouse;
  let best = null;
  let least = Infinity;
  for (const target of targets) {
    const far = Math.hypot(target.x - x, target.y - y) - target.radius;
    if (far < slack && far < least) [best, least] = [target, far];
  }
  return best ?? areaAt(ctx, view, scene, x, y);
}

/**
 * What a shaded layer says at a point: the province there, or how dense incidents are.
 * @param {CanvasRenderingContext2D} ctx @param {View} view @param {Scene} scene @param {State} state
 * @param {number} x @param {number} y @returns {Target | null}
 */
export function shadedAt(ctx, view, scene, state, x, y) {
  const { shading, density } = scene;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  const [wx, wy] = [(x + view.left) / view.scale, (y + view.top) / view.scale];
  const shade = shading?.shades.find(({ area }) => ctx.isPointInPath(area.path, wx, wy, "evenodd"));
  if (shade) return shadeTarget(state, scene, shade);
  const here = density ? Math.round(densityAt(density, x, y)) : 0;
  if (!density || !here) return null;
  const text = state.say("density_here", { n: figureIn(here), km: figureIn(roundKm(density.km)) });
  return { x, y, radius: 0, marks: [], count: here, title: text };
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {View} view
 * @param {Scene} scene
 * @param {number} x
 * @param {number} y
 * @returns {Target | null}
 */
function areaAt(ctx, view, scene, x, y) {
  const here = (/** @type {{marks: number[], count: number}} */ { marks, count }) => ({
    x,
    y,
    radius: 0,
    marks,
    count,
  });
  const disc = scene.discs.findLast((item) => Math.hypot(item.x - x, item.y - y) <= item.radius);
  if (disc) return here(disc);
  const [wx, wy] = [(x + view.left) / view.scale, (y + view.top) / view.scale];
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.lineWidth = SIZE.clusterMouse / view.scale;
  const band = scene.bands.find(({ path }) => path && ctx.isPointInStroke(path, wx, wy));
  if (band) return here(band);
  const province = scene.provinces.find(({ area }) => area && ctx.isPointInPath(area.path, wx, wy, "evenodd"));
  if (province) return here(province);
  const total = scene.total?.areas.some(({ path }) => ctx.isPointInPath(path, wx, wy, "evenodd"));
  return total && scene.total?.marks.length ? here({ marks: scene.total.marks, count: 1 }) : null;
}

/**
 * One mark in words: headline if the page has it, else what, where, when; and how sure the place is.
 * @param {State} state @param {number} i @returns {{title: string, detail: string, category: string}}
 */
export function describeMark({ points, marks, lang, say }, i) {
  const place = marks.places[points.place[i]];
  const category = marks.categories[points.category[i]] ?? "other";
  const what = say(`category_${category}`);
  const name = place ? nameIn(place, lang) : "";
  const when = daysInWords(points.start[i], points.end[i], lang) ?? say("undated");
  const title = marks.titles?.[points.incident[i]] ?? what;
  const sure = say(`precision_${PRECISIONS[points.precision[i]]}`);
  return { title, detail: [title === what ? "" : what, name, when, sure].filter(Boolean).join(" · "), category };
}

/** A target in one sentence, for a screen reader. @param {State} state @param {Target} target */
export function describeTarget(state, { marks, count, title, lines }) {
  if (lines) return lines.join(". ");
  if (title) return title.replace(" · ", ", ");
  if (!marks.length) return state.say("incidents", { n: count });
  const first = describeMark(state, marks[0]);
  const words = `${first.title}, ${first.detail.replaceAll(" · ", ", ")}`;
  return count === 1 ? words : `${state.say("incidents", { n: count })}: ${words}`;
}

const MOST_IN_TIP = 3;

/** The box beside the pointer. @param {State} state @param {Target} target @returns {HTMLElement[]} */
export function tipContent(state, { marks, count, title: name, lines }) {
  if (lines) return lines.map((text, i) => line(i ? "tip-detail" : "tip-title", text));
  if (name) return name.split(" · ").map((text, i) => line(i ? "tip-detail" : "tip-title", text));
  if (!marks.length) return [line("tip-title", state.say("incidents", { n: count }))];
  const shown = marks.slice(0, MOST_IN_TIP).flatMap((i) => {
    const { title, detail } = describeMark(state, i);
    return [line("tip-title", title), line("tip-detail", detail)];
  });
  const rest = count - MOST_IN_TIP;
  return rest > 0 ? [...shown, line("tip-detail", state.say("more", { n: rest }))] : shown;
}

/** @param {string} className @param {string} text @returns {HTMLElement} */
function line(className, text) {
  const element = document.createElement("div");
  element.className = className;
  element.dir = "auto";
  element.textContent = text;
  return element;
}

const MOST_IN_LIST = 50;

/**
 * The incidents of a stack, to choose from.
 * @param {State} state @param {Target} target @param {(mark: number) => void} choose
 * @returns {HTMLElement[]}
 */
export function stackList(state, { marks, count }, choose) {
  const newest = [...marks].sort((a, b) => state.points.start[b] - state.points.start[a]);
  const buttons = newest.slice(0, MOST_IN_LIST).map((i) => {
    const { title, detail, category } = describeMark(state, i);
    const button = document.createElement("button");
    button.type = "button";
    button.style.setProperty("--edge", state.theme.events[category]);
    button.append(line("tip-title", title), line("tip-detail", detail));
    button.addEventListener("click", () => choose(i));
    return button;
  });
  const rest = count - MOST_IN_LIST;
  const head = line("stack-title", state.say("incidents", { n: count }));
  return [head, ...buttons, ...(rest > 0 ? [line("tip-detail", state.say("more", { n: rest }))] : [])];
}
