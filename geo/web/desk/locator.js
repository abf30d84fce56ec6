// @ts-check
/** A small map of where an incident happened, as sure as the report is: drawn once, without controls, as an SVG. */

import { shapeOf } from "../page/marks.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 480;
const HEIGHT = 216;
const KM_PER_DEGREE = 111.2;
/** Kilometres across at least: enough to see the line and a town. */
const LEAST_KM = 250;

/**
 * @typedef {object} Spot
 * @property {string} name
 * @property {string} precision
 * @property {number | null} lat
 * @property {number | null} lon
 * @property {number} radius_km
 * @property {string | null} adm1
 * @property {[number | null, number | null]} km
 */
/** @typedef {[number, number]} Point longitude, latitude; or x, y */
/** @typedef {{land: {in_border: boolean, rings: Point[][]}[], provinces: {adm1: string, label: Point, names: Record<string, string>, rings: Point[][]}[], line: {coordinates: Point[], km: number[]}, towns: {names: Record<string, string>, lat: number, lon: number, rank: number}[], crossings: {lat: number, lon: number}[]}} Basemap */

/** @type {Promise<Basemap> | null} */
let fetched = null;

/** @param {string} url @returns {Promise<Basemap>} */
function fetchBasemap(url) {
  fetched ??= fetch(url).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  });
  fetched.catch(() => (fetched = null));
  return fetched;
}

/**
 * Puts the map into its place; without a place on a map the place stays empty.
 * @param {HTMLElement} place @param {string} url of the basemap @param {Spot[]} spots @param {string} category @param {string} lang
 */
export async function drawLocator(place, url, spots, category, lang) {
  const wanted = JSON.stringify([spots, category, lang]);
  if (place.dataset.shown === wanted) return;
  place.dataset.shown = wanted;
  place.replaceChildren();
  const map = await fetchBasemap(url).catch(() => null);
  if (!map || place.dataset.shown !== wanted) return;
  const extent = extentOf(map, spots);
  place.hidden = !extent;
  if (extent) place.append(draw(map, spots, category, lang, extent));
}

/** Outer points of all spots: what must be seen. @param {Basemap} map @param {Spot[]} spots @returns {Point[] | null} */
function extentOf(map, spots) {
  const points = spots.flatMap((spot) => pointsOf(map, spot));
  return points.length ? points : null;
}

/** @param {Basemap} map @param {Spot} spot @returns {Point[]} */
function pointsOf(map, spot) {
  if (spot.precision === "adm1") return provinceOf(map, spot)?.rings.flat() ?? [];
  if (spot.precision === "line") return stretchOf(map, spot);
  if (spot.lat === null || spot.lon === null) return [];
  const r = (spot.precision === "exact" ? 8 : spot.radius_km * 1.4) / KM_PER_DEGREE;
  return [
    [spot.lon - r, spot.lat - r],
    [spot.lon + r, spot.lat + r],
  ];
}

/** @param {Basemap} map @param {Spot} spot */
const provinceOf = (map, { adm1 }) => map.provinces.find((province) => province.adm1 === adm1);

/** @param {Basemap} map @param {Spot} spot @returns {Point[]} */
function stretchOf({ line }, { km: [from, to] }) {
  if (from === null || to === null) return line.coordinates;
  return line.coordinates.filter((_, i) => line.km[i] >= from - 1 && line.km[i] <= to + 1);
}

/** @param {Point[]} points */
function projection(points) {
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
  const lon = (Math.min(...lons) + Math.max(...lons)) / 2;
  const lat = (Math.min(...lats) + Math.max(...lats)) / 2;
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const across = Math.max(LEAST_KM / KM_PER_DEGREE, (Math.max(...lons) - Math.min(...lons)) * squeeze * 1.35);
  const high = (Math.max(...lats) - Math.min(...lats)) * 1.35;
  const scale = Math.min(WIDTH / across, HEIGHT / Math.max(high, 0.01));
  /** @param {Point} point @returns {Point} */
  const put = ([x, y]) => [WIDTH / 2 + (x - lon) * squeeze * scale, HEIGHT / 2 - (y - lat) * scale];
  return { put, kmPx: scale / KM_PER_DEGREE };
}

/** @param {Basemap} map @param {Spot[]} spots @param {string} category @param {string} lang @param {Point[]} extent */
function draw(map, spots, category, lang, extent) {
  const { put, kmPx } = projection(extent);
  const root = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: `locator event-${category}`, "aria-hidden": "true" });
  const hatch = `hatch-${(hatches += 1)}`;
  root.append(patternOf(hatch));
  for (const { in_border: own, rings } of map.land) root.append(area(rings, put, own ? "land" : "land other"));
  for (const { rings } of map.provinces) root.append(area(rings, put, "province"));
  for (const spot of spots) root.append(...under(map, spot, put, kmPx, hatch));
  for (const { rings } of map.land) root.append(area(rings, put, "country"));
  root.append(s("path", { class: "line", d: pathOf(map.line.coordinates, put) }));
  for (const { lat, lon } of map.crossings) root.append(crossing(put([lon, lat])));
  /** @type {{x: number, y: number, width: number}[]} */
  const taken = [];
  root.append(...spots.flatMap((spot) => over(spot, category, put, taken)));
  taken.push({ x: 0, y: HEIGHT - 12, width: 150 }); // the scale's
  root.append(...townsOf(map, put, lang, taken), ...provincesOf(map, put, lang, taken), ...scaleOf(kmPx));
  return root;
}

let hatches = 0;

/** @param {string} id */
function patternOf(id) {
  const pattern = s("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  pattern.append(s("path", { class: "hatch", d: "M0 0v6" }));
  return pattern;
}

/** Areas and discs, below the line. @param {Basemap} map @param {Spot} spot @param {(point: Point) => Point} put @param {number} kmPx @param {string} hatch */
function under(map, spot, put, kmPx, hatch) {
  if (spot.precision === "line") return [s("path", { class: "band", d: pathOf(stretchOf(map, spot), put) })];
  if (spot.precision === "adm1") {
    const rings = provinceOf(map, spot)?.rings ?? [];
    return [area(rings, put, "hatched", `url(#${hatch})`)];
  }
  if (spot.lat === null || spot.lon === null || spot.precision === "exact") return [];
  const [cx, cy] = put([spot.lon, spot.lat]);
  const disc = { cx, cy, r: Math.max(9, spot.radius_km * kmPx) };
  if (spot.precision === "near") return [s("circle", { class: "disc", ...disc })];
  return [s("circle", { class: "district", fill: `url(#${hatch})`, ...disc })];
}

/** Shapes and names. @param {Spot} spot @param {string} category @param {(point: Point) => Point} put @param {{x: number, y: number, width: number}[]} taken */
function over(spot, category, put, taken) {
  if (spot.lat === null || spot.lon === null) return [];
  const [x, y] = put([spot.lon, spot.lat]);
  const name = spot.name.split(/[,،]/)[0];
  const marks = spot.precision === "exact" ? [shape(category, x, y)] : [];
  return free(taken, x, y, name) ? [...marks, text(x, y, name, "name")] : marks;
}

/** Only a named place has a mark on its point. @param {string} category @param {number} x @param {number} y */
function shape(category, x, y) {
  const mark = s("g", { class: "spot", transform: `translate(${x - 8} ${y - 8})` });
  mark.append(shapeOf(category)());
  return mark;
}

/** Whether a name has room, which it then takes. @param {{x: number, y: number, width: number}[]} taken @param {number} x @param {number} y @param {string} name */
function free(taken, x, y, name) {
  const width = name.length * 6.4 + 14;
  const box = { x: x > WIDTH - width - 12 ? x - width : x, y, width };
  const meets = taken.some((other) => Math.abs(other.y - y) < 15 && box.x < other.x + other.width && other.x < box.x + width);
  if (!meets) taken.push(box);
  return !meets;
}

/** @param {Basemap} map @param {(point: Point) => Point} put @param {string} lang @param {{x: number, y: number, width: number}[]} taken */
function townsOf(map, put, lang, taken) {
  return [...map.towns]
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ names, lat, lon }) => {
      const [x, y] = put([lon, lat]);
      const name = names[lang] ?? names.en;
      const inside = x > 8 && x < WIDTH - 8 && y > 10 && y < HEIGHT - 10;
      return inside && free(taken, x, y, name) ? [s("circle", { class: "town", cx: x, cy: y, r: 2 }), text(x, y, name, "town-name")] : [];
    });
}

/** Names of provinces, where there is room. @param {Basemap} map @param {(point: Point) => Point} put @param {string} lang @param {{x: number, y: number, width: number}[]} taken */
const provincesOf = (map, put, lang, taken) =>
  map.provinces.flatMap(({ names, label }) => {
    const [x, y] = put(label);
    const name = names[lang] ?? names.en;
    const inside = x > 40 && x < WIDTH - 60 && y > 14 && y < HEIGHT - 14;
    return inside && free(taken, x - 24, y, name) ? [text(x - 24, y, name, "town-name province-name")] : [];
  });

/** @param {number} x @param {number} y @param {string} said @param {string} kind */
function text(x, y, said, kind) {
  const width = said.length * 6.4 + 14;
  const flips = x > WIDTH - width - 12;
  const label = s("text", { class: kind, x: flips ? x - 10 : x + 10, y: y + 4, "text-anchor": flips ? "end" : "start", direction: "ltr" });
  label.textContent = said;
  return label;
}

/** @param {Point} point */
const crossing = ([cx, cy]) => s("circle", { class: "crossing", cx, cy, r: 3 });

/** @param {number} kmPx */
function scaleOf(kmPx) {
  const km = [200, 100, 50, 25, 10].find((length) => length * kmPx < 110) ?? 10;
  const [x, y] = [12, HEIGHT - 12];
  return [s("path", { class: "scale", d: `M${x} ${y - 4}v4h${km * kmPx}v-4` }), text(x + km * kmPx - 4, y - 2, `${km} km`, "town-name")];
}

/** @param {Point[][]} rings @param {(point: Point) => Point} put @param {string} kind @param {string} [fill] */
const area = (rings, put, kind, fill) => s("path", { class: kind, d: rings.map((ring) => `${pathOf(ring, put)}Z`).join(""), ...(fill ? { fill } : {}) });

/** @param {Point[]} points @param {(point: Point) => Point} put */
const pathOf = (points, put) => points.map((point, i) => `${i ? "L" : "M"}${put(point).map((n) => n.toFixed(1)).join(" ")}`).join("");

/** @param {string} tag @param {Record<string, string | number>} attributes @returns {SVGElement} */
function s(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
