// @ts-check
/** The first view: as close as all incidents allow, none of them under the furniture. */

import { findVisible, passes } from "./points.js";
import { emptyBox, overlaps, stretchBox, toScreen, worldX, worldY } from "./geometry.js";

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./scene.js").State} State */

/** Room in px round the outermost edge of a province, and round the outermost mark. */
const PADDING = 10;
const MARK_PADDING = 20;
const STEP = 0.125;
const MOST_ZOOM = 9;
/** Px that a mark with its ring needs clear of the furniture. */
const CLEAR = 12;

/** Px at the foot of the box where the credit stands. */
const FOOT = 16;
/** Shares of the spare room that the content may move by: a little at every size first, then all of it. */
const REACHES = [0.34, 1];
/** Zoom steps tried before the content moves further. */
const STEPS = [4, 16];

const EVERYWHERE = { x0: -Infinity, y0: -Infinity, x1: Infinity, y1: Infinity };
/** Most marks that are checked one by one against the furniture. */
const MOST_CHECKED = 4000;
/** Of a province's corners every so manieth is checked. */
const EACH_CORNER = 6;

/**
 * @param {{x: number, y: number}} size of the map's box in px
 * @param {State} state @param {import("./points.js").Found} room
 * @param {Box[]} reserved furniture, px of the map's box
 * @returns {{center: [number, number], zoom: number}}
 */
export function fitView(size, state, room, reserved) {
  const { points } = state;
  const found = findVisible(points, state.filter, EVERYWHERE, room);
  const spots = [...found.placed.subarray(0, found.inView)].filter((i) =>
    inside(state.ground.home, points.x[i], points.y[i]),
  );
  const content = contentBox(state, found, spots);
  const checked = spots.slice(0, MOST_CHECKED);
  const corners = namedProvinces(state, found).flatMap((area) =>
    area.rings.flat().filter((_, i) => i % EACH_CORNER === 0),
  );
  const clear = { x0: MARK_PADDING, y0: MARK_PADDING, x1: size.x - MARK_PADDING, y1: size.y - FOOT - MARK_PADDING / 2 };
  const stands = (/** @type {number} */ x, /** @type {number} */ y) =>
    inside(clear, x, y) && !covered(reserved, x, y, CLEAR);
  const free = (/** @type {import("./geometry.js").View} */ view) =>
    checked.every((i) => stands(...toScreen(view, points.x[i], points.y[i]))) &&
    !corners.some(([lon, lat]) => covered(reserved, ...toScreen(view, worldX(lon), worldY(lat)), 2));
  const nearest = zoomFor(content, size);
  for (const [round, reach] of REACHES.entries()) {
    for (let zoom = nearest; zoom > nearest - STEPS[round] * STEP; zoom -= STEP) {
      const views = shifts(content, size, zoom, reach).map(([dx, dy]) => viewAt(content, size, zoom, dx, dy));
      const view = views.find(free);
      if (view) return target(view, size, zoom);
    }
  }
  return target(viewAt(content, size, nearest, 0, 0), size, nearest);
}

/** @param {Box} box @param {number} x @param {number} y */
const inside = (box, x, y) => x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1;

/** What the first view must hold; the line when there is nothing else. @param {State} state
 * @param {import("./points.js").Found} found @param {number[]} spots @returns {Box} in world units */
function contentBox(state, found, spots) {
  const { points, ground } = state;
  const box = emptyBox();
  for (const i of spots) stretchBox(box, points.x[i], points.y[i]);
  const take = (/** @type {Box} */ other) => {
    stretchBox(box, other.x0, other.y0);
    stretchBox(box, other.x1, other.y1);
  };
  namedProvinces(state, found).forEach((area) => take(area.box));
  if (box.x0 > box.x1) for (const [x, y] of ground.line.points) stretchBox(box, x, y);
  return box;
}

/** Provinces that a mark or a total names. @param {State} state @param {import("./points.js").Found} found
 * @returns {import("./basemap.js").Area[]} */
function namedProvinces({ points, marks, ground, filter }, found) {
  const places = new Set([...found.areas.subarray(0, found.areaCount)].map((i) => points.place[i]));
  const named = [...places].map((place) => marks.places[place].adm1 ?? "");
  const scopes = marks.scopes.filter((scope) => scope.incidents.some((n) => passes(filter, n, scope.start, scope.end)));
  const codes = new Set([...named, ...scopes.flatMap((scope) => scope.adm1)]);
  return [...codes].flatMap((code) => ground.provinces.get(code) ?? []);
}

/** @param {Box} content @param {{x: number, y: number}} size @returns {number} */
function zoomFor(content, size) {
  const across = Math.max((size.x - 2 * PADDING) / Math.max(content.x1 - content.x0, 1e-6), 1);
  const down = Math.max((size.y - FOOT - 2 * PADDING) / Math.max(content.y1 - content.y0, 1e-6), 1);
  return Math.min(MOST_ZOOM, Math.floor(Math.log2(Math.min(across, down)) / STEP) * STEP);
}

/** Ways to move the content that keep it in the box: none, then away from the corners the furniture stands in.
 * @param {Box} content @param {{x: number, y: number}} size @param {number} zoom @param {number} reach
 * @returns {[number, number][]} */
function shifts(content, size, zoom, reach) {
  const spareX = Math.max(0, (size.x - (content.x1 - content.x0) * 2 ** zoom) / 2 - CLEAR);
  const spareY = Math.max(0, (size.y - FOOT - (content.y1 - content.y0) * 2 ** zoom) / 2 - CLEAR);
  const parts = [0, -0.33, -0.66, -1, 0.33, 0.66, 1];
  return parts
    .flatMap((a) => parts.map((b) => /** @type {[number, number]} */ ([a * reach * spareX, b * reach * spareY])))
    .sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
}

/** @param {Box} content @param {{x: number, y: number}} size @param {number} zoom @param {number} dx @param {number} dy
 * @returns {import("./geometry.js").View} */
function viewAt(content, size, zoom, dx, dy) {
  const scale = 2 ** zoom;
  return {
    scale,
    ratio: 1,
    width: size.x,
    height: size.y,
    frame: { x0: 0, y0: 0, x1: size.x, y1: size.y },
    left: ((content.x0 + content.x1) / 2) * scale - size.x / 2 - dx,
    top: ((content.y0 + content.y1) / 2) * scale - (size.y - FOOT) / 2 - dy,
  };
}

/** @param {Box[]} reserved @param {number} x @param {number} y @param {number} clear px kept free round the point */
const covered = (reserved, x, y, clear) =>
  reserved.some((box) => overlaps(box, { x0: x - clear, y0: y - clear, x1: x + clear, y1: y + clear }));

/** @param {import("./geometry.js").View} view @param {{x: number, y: number}} size @param {number} zoom
 * @returns {{center: [number, number], zoom: number}} */
function target(view, size, zoom) {
  const x = (view.left + size.x / 2) / view.scale;
  const y = (view.top + size.y / 2) / view.scale;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - y / 128))) * 180) / Math.PI;
  return { center: [lat, (x / 256) * 360 - 180], zoom };
}
