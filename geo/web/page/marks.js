// @ts-check
/** Small pictures beside words: the shape of a kind of event, and how sure a place is. */

import { h } from "./dom.js";

/** Shapes on a field of 16 by 16. @type {Record<string, () => HTMLElement>} */
const SHAPES = {
  clash: () => h("circle", { cx: 8, cy: 8, r: 5.2 }),
  strike: () => h("path", { d: "M1.8 3.2h12.4L8 14z" }),
  shelling: () => h("rect", { x: 3.2, y: 3.2, width: 9.6, height: 9.6 }),
  bombing: () => h("path", { d: "M8 1.2 14.8 8 8 14.8 1.2 8z" }),
  raid: () => h("path", { d: "M2 2.8h5.4L14 8l-6.6 5.2H2L6.4 8z" }),
  crossings: () => h("rect", { x: 2, y: 6, width: 12, height: 4.2 }),
  other: () => h("circle", { cx: 8, cy: 8, r: 4.4, class: "ring" }),
};

/** @param {string} category @returns {HTMLElement} */
export const eventMark = (category) =>
  h("svg", { class: `mark event-${category}`, viewBox: "0 0 16 16", "aria-hidden": "true" }, shapeOf(category)());

/** @param {string} category */
export const shapeOf = (category) => SHAPES[category] ?? SHAPES.other;

const PROVINCE = "M2.5 4.5 9 2.6l4.5 1.8 6-1.4 6.2 2.4-1.6 4 .8 3.6-7.6.6-5-1.2-5.6 1.6-4.2-2.8z";
const STRETCH = "M2 12.4c4.6-3.6 6.6-3.9 11-4 4.6-.1 8-1.6 12-4.2";

/** Lines of a hatch inside the box of an area. @param {number} pitch @param {boolean} down */
function hatch(pitch, down) {
  const lines = [];
  for (let x = -12; x < 40; x += pitch) lines.push(down ? `M${x} 0l16 16` : `M${x} 16l16-16`);
  return lines.join("");
}

let clips = 0;

/** @param {() => HTMLElement} outline @param {number} pitch @param {boolean} down */
function hatched(outline, pitch, down) {
  const id = `clip-${(clips += 1)}`;
  const clip = document.createElementNS("http://www.w3.org/2000/svg", "clipPath");
  clip.id = id;
  clip.append(outline());
  return [clip, h("g", { "clip-path": `url(#${id})` }, h("path", { class: "hatch", d: hatch(pitch, down) }))];
}

const disc = (/** @type {string} */ kind) => h("circle", { class: kind, cx: 14, cy: 8, r: 6 });
const province = (/** @type {string} */ kind) => h("path", { class: kind, d: PROVINCE });

/** Pictures on a field of 28 by 16. @type {Record<string, (category?: string) => import("./dom.js").Child[]>} */
const SURENESS = {
  exact: (category) => [
    category ? h("g", { transform: "translate(6 0)" }, shapeOf(category)()) : h("circle", { cx: 14, cy: 8, r: 4 }),
  ],
  near: () => [disc("disc")],
  adm2: () => [...hatched(() => disc("plain"), 4, false), disc("dashed")],
  adm1: () => [...hatched(() => province("plain"), 4, false), province("outline")],
  line: () => [h("path", { class: "band", d: STRETCH }), h("path", { class: "border", d: STRETCH })],
  total: () => [...hatched(() => province("plain"), 6.5, true), province("outline")],
};

/**
 * How sure a place is, in ink, or in the colour and shape of a kind of event.
 * @param {string} precision @param {string} [category]
 */
export const sureness = (precision, category) =>
  h(
    "svg",
    {
      class: `sureness${category ? ` event-${category}` : ""}`,
      viewBox: "0 0 28 16",
      "aria-hidden": "true",
      "data-key": `${precision}-${category ?? ""}`,
    },
    ...(SURENESS[precision]?.(category) ?? []),
  );
