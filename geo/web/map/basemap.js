// @ts-check
/** Land, provinces and the line: what lies under the incidents. */

import {
  boxOnScreen,
  drawInWorld,
  drawOnScreen,
  openPath,
  overlaps,
  ringsBox,
  ringsPath,
  readLine,
  worldX,
  worldY,
} from "./geometry.js";

/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./tokens.js").Theme} Theme */
/** @typedef {import("./source.js").Basemap} Basemap */
/** @typedef {CanvasRenderingContext2D} Context */

/**
 * A polygon ready to draw.
 * @typedef {object} Area
 * @property {string} code
 * @property {string} name
 * @property {Record<string, string>} [names]
 * @property {Path2D} path world units
 * @property {import("./geometry.js").Box} box world units
 * @property {import("./geometry.js").Ring[]} rings
 * @property {[number, number] | null} middle where its name stands, [lon, lat]
 * @property {boolean} inBorder
 */

/**
 * @typedef {object} Ground
 * @property {Area[]} lands
 * @property {Map<string, Area>} provinces by ISO 3166-2 code
 * @property {import("./geometry.js").Line} line
 * @property {Path2D} linePath
 * @property {Path2D} edgePath edges between countries, the line left out
 * @property {Basemap} record
 * @property {import("./geometry.js").Box} home the two countries' box
 */

/** @param {Basemap} record @returns {Ground} */
export function readGround(record) {
  const lands = record.land.map((land) => area(land.code, land, land.in_border, null));
  const provinces = record.provinces.map((province) => area(province.adm1, province, true, province.label));
  const line = readLine(record.line);
  const home = lands.filter((land) => land.inBorder).map((land) => land.box);
  return {
    lands,
    line,
    record,
    provinces: new Map(provinces.map((province) => [province.code, province])),
    linePath: openPath(line.points),
    edgePath: edgesPath(record),
    home: {
      x0: Math.min(...home.map((box) => box.x0)),
      y0: Math.min(...home.map((box) => box.y0)),
      x1: Math.max(...home.map((box) => box.x1)),
      y1: Math.max(...home.map((box) => box.y1)),
    },
  };
}

/**
 * @param {string} code
 * @param {{name: string, names?: Record<string, string>, rings: import("./geometry.js").Ring[]}} record
 * @param {boolean} inBorder @param {[number, number] | null} middle @returns {Area}
 */
const area = (code, { name, names, rings }, inBorder, middle) => ({
  code,
  name,
  names,
  rings,
  inBorder,
  middle,
  path: ringsPath(rings),
  box: ringsBox(rings),
});

/** @param {Basemap} record @returns {Path2D} */
function edgesPath(record) {
  const path = new Path2D();
  for (const edge of record.edges) path.addPath(openPath(edge.map(([lon, lat]) => [worldX(lon), worldY(lat)])));
  return path;
}

/** @param {Area} area @param {View} view */
export const inSight = (area, view) =>
  overlaps(boxOnScreen(area.box, view), { x0: 0, y0: 0, x1: view.width, y1: view.height });

/**
 * Where water may be told from land; beyond it the basemap knows nothing.
 * @param {View} view
 * @param {Basemap["bounds"]} bounds
 */
function knownGround(view, bounds) {
  if (!bounds) return { x0: 0, y0: 0, x1: view.width, y1: view.height };
  const [[south, west], [north, east]] = bounds;
  return boxOnScreen({ x0: worldX(west), y0: worldY(north), x1: worldX(east), y1: worldY(south) }, view);
}

/** @param {Context} ctx @param {View} view @param {Theme} theme @param {Ground} ground */
export function drawLand(ctx, view, theme, ground) {
  drawOnScreen(ctx, view);
  ctx.fillStyle = theme.otherLand;
  ctx.fillRect(0, 0, view.width, view.height);
  ctx.fillStyle = theme.sea;
  const { x0, y0, x1, y1 } = knownGround(view, ground.record.bounds);
  ctx.fillRect(x0, y0, x1 - x0, y1 - y0);
  drawInWorld(ctx, view);
  for (const land of ground.lands) {
    if (!inSight(land, view)) continue;
    ctx.fillStyle = land.inBorder ? theme.land : theme.otherLand;
    ctx.fill(land.path, "evenodd");
  }
}

/**
 * Province and country edges. The ground under the line is wiped clean, so that its dashes stand alone.
 * @param {Context} ctx @param {View} view @param {Theme} theme @param {Ground} ground
 */
export function drawEdges(ctx, view, theme, ground) {
  drawOnScreen(ctx, view);
  ctx.clearRect(0, 0, view.width, view.height);
  drawInWorld(ctx, view);
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme.provinceEdge;
  ctx.lineWidth = 1.2 / view.scale;
  for (const province of ground.provinces.values()) if (inSight(province, view)) ctx.stroke(province.path);
  ctx.strokeStyle = theme.countryEdge;
  ctx.lineWidth = 0.9 / view.scale;
  ctx.stroke(ground.edgePath);
  ctx.globalCompositeOperation = "destination-out";
  ctx.lineWidth = 4 / view.scale;
  ctx.stroke(ground.linePath);
  ctx.globalCompositeOperation = "source-over";
}

/**
 * Clears the ground under the line, so that its dashes stand out from any shade.
 * @param {Context} ctx @param {View} view @param {Theme} theme @param {Ground} ground
 */
export function clearLine(ctx, view, theme, ground) {
  drawInWorld(ctx, view);
  ctx.strokeStyle = theme.land;
  ctx.lineWidth = 5 / view.scale;
  ctx.lineJoin = "round";
  ctx.stroke(ground.linePath);
  drawOnScreen(ctx, view);
}

/**
 * The border itself: dashed, as it is disputed.
 * @param {Context} ctx
 * @param {View} view
 * @param {Theme} theme
 * @param {Ground} ground
 */
export function drawLine(ctx, view, theme, ground) {
  drawInWorld(ctx, view);
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.5 / view.scale;
  ctx.lineJoin = "round";
  ctx.lineCap = "butt";
  ctx.setLineDash([6 / view.scale, 3.5 / view.scale]);
  ctx.stroke(ground.linePath);
  ctx.setLineDash([]);
  drawOnScreen(ctx, view);
}
