// @ts-check
/** Where the labels of areas stand: on a disc's rim, in a province, beside the line. */

import { FONTS, SIZE } from "./tokens.js";
import { boxAt, boxOnScreen, contains, placeOnScreen, toScreen } from "./geometry.js";
import { fontSize, textSize } from "./labels.js";
import { nameIn } from "./words.js";

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./basemap.js").Area} Area */
/** @typedef {import("./labels.js").Taken} Taken */
/** @typedef {import("./scene.js").Item} Item */
/** @typedef {import("./scene.js").Plate} Plate */
/** @typedef {import("./scene.js").State} State */

/** A plate on the disc's rim (top, right, left, bottom), else 16 to 26 px off with a leader; null when nothing is free.
 * @param {Item} item @param {Taken} taken @returns {Plate | null} */
export function plateOnRim({ x, y, radius, count }, taken) {
  const side = count > 1 ? SIZE.ring * 2 : SIZE.plate;
  for (const off of [0, 16, 21, 26]) {
    const ways = off
      ? [
          [1, 0],
          [0.7, -0.7],
          [0.7, 0.7],
          [-1, 0],
          [-0.7, -0.7],
          [-0.7, 0.7],
          [0, -1],
          [0, 1],
        ]
      : [
          [0, -1],
          [1, 0],
          [-1, 0],
          [0, 1],
        ];
    for (const [dx, dy] of ways) {
      const reach = radius + (off ? off : 0);
      const box = boxAt(x + dx * reach - side / 2, y + dy * reach - side / 2, side, side);
      if (!taken.isFree(box)) continue;
      taken.add(boxAt(box.x0 - 1, box.y0 - 1, side + 2, side + 2));
      return { box, leader: off ? [x + dx * radius, y + dy * radius] : null };
    }
  }
  return null;
}

/** Px between the spots tried for a province's plate. */
const PLATE_STEP = 22;

/** The province's name on a plate: at its middle, else elsewhere in it, else just outside with a leader.
 * @param {CanvasRenderingContext2D} ctx @param {View} view @param {State} state @param {Item} item @param {Taken} taken
 * @returns {Plate | null} */
export function provincePlate(ctx, view, state, item, taken) {
  const { area, count } = item;
  if (!area?.middle) return null;
  const name = nameIn(area, state.lang);
  const text = count > 1 ? `${name} ${count}` : name;
  const [w, h] = [textSize(ctx, text, FONTS.plate).w + 27, fontSize(FONTS.plate) + 7];
  const [cx, cy] = placeOnScreen(view, area.middle[1], area.middle[0]);
  const spots = spotsRound(boxOnScreen(area.box, view), [cx, cy]);
  const plateAt = (/** @type {[number, number]} */ [x, y]) => boxAt(x - w / 2, y - h / 2, w, h);
  const inArea = (/** @type {[number, number]} */ [x, y]) =>
    ctx.isPointInPath(area.path, (x + view.left) / view.scale, (y + view.top) / view.scale, "evenodd");
  const free = spots.filter((at) => contains(view.frame, plateAt(at)) && taken.isFree(plateAt(at)));
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  const within = free.find(inArea);
  const spot = within ?? free[0];
  if (!spot) return null;
  const box = plateAt(spot);
  taken.add(box);
  Object.assign(item, { x: spot[0], y: spot[1] });
  return { box, leader: within ? null : nearestCorner(view, area, spot), text };
}

/**
 * @param {View} view
 * @param {Area} area
 * @param {[number, number]} near
 * @returns {[number, number]} of the area's outline
 */
function nearestCorner(view, area, [x, y]) {
  const corners = area.rings.flat().map(([lon, lat]) => placeOnScreen(view, lat, lon));
  const far = (/** @type {[number, number]} */ corner) => Math.hypot(corner[0] - x, corner[1] - y);
  return corners.reduce((a, b) => (far(b) < far(a) ? b : a));
}

/** Spots on and a little round a box, nearest to a point first. @param {Box} box @param {[number, number]} near
 * @returns {[number, number][]} */
function spotsRound({ x0, y0, x1, y1 }, [cx, cy]) {
  /** @type {[number, number][]} */
  const spots = [];
  const columns = Math.ceil(Math.min(x1 - x0, 600) / 2 / PLATE_STEP) + 2;
  const rows = Math.ceil(Math.min(y1 - y0, 600) / 2 / PLATE_STEP) + 2;
  for (let c = -columns; c <= columns; c++)
    for (let r = -rows; r <= rows; r++) spots.push([cx + c * PLATE_STEP, cy + r * PLATE_STEP]);
  return spots.sort((a, b) => Math.hypot(a[0] - cx, a[1] - cy) - Math.hypot(b[0] - cx, b[1] - cy));
}

/** A plate beside the line for what happened along all of it. @param {CanvasRenderingContext2D} ctx @param {View} view
 * @param {State} state @param {Item} item @param {Taken} taken @returns {Plate | null} */
export function linePlate(ctx, view, state, item, taken) {
  const name = state.say("whole_border");
  const text = item.count > 1 ? `${name} ${item.count}` : name;
  const [w, h] = [textSize(ctx, text, FONTS.plate).w + 27, fontSize(FONTS.plate) + 7];
  for (const [wx, wy] of item.stretch ?? []) {
    const [x, y] = toScreen(view, wx, wy);
    for (const left of [x + 22, x - 22 - w]) {
      const box = boxAt(left, y - h / 2, w, h);
      if (!contains(view.frame, box) || !taken.isFree(box)) continue;
      taken.add(box);
      return { box, leader: [x, y], text };
    }
  }
  return null;
}
