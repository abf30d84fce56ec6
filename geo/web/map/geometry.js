// @ts-check
/** Web Mercator, paths and stretches of the line. World units: 0 to 256 over the whole world, as Leaflet at zoom 0. */

/** @typedef {[number, number]} Point */
/** @typedef {{x0: number, y0: number, x1: number, y1: number}} Box */

/**
 * Where a canvas looks: screen = world * scale - (left, top), in CSS pixels.
 * @typedef {object} View
 * @property {number} scale
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {number} ratio device pixels per CSS pixel
 * @property {Box} frame the part of the canvas that is inside the map's box
 */

/** @typedef {[number, number][]} Ring closed list of [lon, lat]; rings of one shape fill by the even-odd rule */

/** @param {number} lon */
export const worldX = (lon) => ((lon + 180) / 360) * 256;

/** @param {number} lat */
export function worldY(lat) {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 256;
}

/** @param {View} view @param {number} wx @param {number} wy @returns {Point} */
export const toScreen = (view, wx, wy) => [wx * view.scale - view.left, wy * view.scale - view.top];

/** @param {View} view @param {number} lat @param {number} lon @returns {Point} */
export const placeOnScreen = (view, lat, lon) => toScreen(view, worldX(lon), worldY(lat));

/** Metres to a pixel at zoom 0 on the equator. */
const METRES = 156543.03392804097;

/** @param {View} view @param {number} km @param {number} lat */
export const kmToPixels = (view, km, lat) => ((km * 1000) / (METRES * Math.cos((lat * Math.PI) / 180))) * view.scale;

/** Lets a context draw in world units. @param {CanvasRenderingContext2D} ctx @param {View} view */
export function drawInWorld(ctx, view) {
  const k = view.scale * view.ratio;
  ctx.setTransform(k, 0, 0, k, -view.left * view.ratio, -view.top * view.ratio);
}

/** Lets a context draw in CSS pixels of the canvas. @param {CanvasRenderingContext2D} ctx @param {View} view */
export const drawOnScreen = (ctx, view) => ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);

/** @param {Ring[]} rings @returns {Path2D} in world units; fill it with "evenodd" */
export function ringsPath(rings) {
  const path = new Path2D();
  for (const ring of rings) {
    ring.forEach(([lon, lat], i) =>
      i ? path.lineTo(worldX(lon), worldY(lat)) : path.moveTo(worldX(lon), worldY(lat)),
    );
    path.closePath();
  }
  return path;
}

/** @param {Ring[]} rings @returns {Box} in world units */
export function ringsBox(rings) {
  const box = emptyBox();
  for (const [lon, lat] of rings.flat()) stretchBox(box, worldX(lon), worldY(lat));
  return box;
}

/** @returns {Box} */
export const emptyBox = () => ({ x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity });

/** @param {Box} box @param {number} x @param {number} y */
export function stretchBox(box, x, y) {
  if (x < box.x0) box.x0 = x;
  if (x > box.x1) box.x1 = x;
  if (y < box.y0) box.y0 = y;
  if (y > box.y1) box.y1 = y;
}

/** @param {Box} a @param {Box} b */
export const overlaps = (a, b) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

/** @param {Box} outer @param {Box} inner */
export const contains = (outer, inner) =>
  inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 && inner.y1 <= outer.y1;

/** @param {number} x @param {number} y @param {number} w @param {number} h @returns {Box} */
export const boxAt = (x, y, w, h) => ({ x0: x, y0: y, x1: x + w, y1: y + h });

/** @param {Box} box @param {View} view @returns {Box} world box on the screen */
export function boxOnScreen(box, view) {
  const [x0, y0] = toScreen(view, box.x0, box.y0);
  const [x1, y1] = toScreen(view, box.x1, box.y1);
  return { x0, y0, x1, y1 };
}

/**
 * One outline round several areas of one topology: edges that two of them share fall away.
 * @param {Ring[][]} areas @returns {Path2D} in world units
 */
export function outlineOf(areas) {
  const times = new Map();
  for (const [a, b] of edgesOf(areas)) times.set(edgeKey(a, b), (times.get(edgeKey(a, b)) || 0) + 1);
  const path = new Path2D();
  let open = false;
  for (const [a, b, first] of edgesOf(areas)) {
    const outer = times.get(edgeKey(a, b)) === 1;
    if (outer && (!open || first)) path.moveTo(worldX(a[0]), worldY(a[1]));
    if (outer) path.lineTo(worldX(b[0]), worldY(b[1]));
    open = outer;
  }
  return path;
}

/** @param {Ring[][]} areas @returns {Generator<[Point, Point, boolean]>} edges; true at the first of a ring */
function* edgesOf(areas) {
  for (const ring of areas.flat()) {
    for (let i = 1; i < ring.length; i++) yield [ring[i - 1], ring[i], i === 1];
  }
}

/** @param {Point} a @param {Point} b */
const edgeKey = (a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? `${a}|${b}` : `${b}|${a}`);

/**
 * A border line with its kilometre marks, in world units.
 * @typedef {object} Line
 * @property {Point[]} points
 * @property {number[]} km
 */

/** @param {{coordinates: [number, number][], km: number[]}} record @returns {Line} */
export const readLine = (record) => ({
  points: record.coordinates.map(([lon, lat]) => [worldX(lon), worldY(lat)]),
  km: record.km,
});

/** @param {Line} line @param {number} km @returns {Point} the point at a kilometre, clamped to the ends */
export function pointAtKm(line, km) {
  const last = line.km.length - 1;
  let i = line.km.findIndex((mark) => mark > km);
  if (i < 0) i = last;
  if (i === 0) i = 1;
  const span = line.km[i] - line.km[i - 1];
  const t = span ? Math.min(1, Math.max(0, (km - line.km[i - 1]) / span)) : 0;
  const [a, b] = [line.points[i - 1], line.points[i]];
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
}

/** The stretch between two kilometres. @param {Line} line @param {number} from @param {number} to @returns {Point[]} */
export function stretchOf(line, from, to) {
  const inner = line.points.filter((_, i) => line.km[i] > from && line.km[i] < to);
  return [pointAtKm(line, from), ...inner, pointAtKm(line, to)];
}

/** @param {Point[]} points @returns {Path2D} */
export function openPath(points) {
  const path = new Path2D();
  points.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
  return path;
}
