// @ts-check
/** The four canvases of the map in Leaflet's panes, larger than the map's box so that a drag shows no blank edge. */

/** @typedef {import("./geometry.js").View} View */

/** Part of the map's width and height that is drawn beyond each edge. */
const MARGIN = 0.2;

/** How long what a filter removes takes to fade, in ms. */
const FADE_MS = 120;
/** Pictures that come faster than so many ms one after the other move by themselves, and nothing has to fade. */
const MOVING_MS = 300;

export class Canvases {
  /** @param {any} map */
  constructor(map) {
    this.map = map;
    this.land = contextIn(map, "incident-land", 210);
    this.areas = contextIn(map, "incident-areas", 220);
    this.edges = contextIn(map, "incident-edges", 230);
    this.data = contextIn(map, "incident-data", 450);
    this.all = [this.land, this.areas, this.edges, this.data];
    this.ghost = /** @type {HTMLCanvasElement} */ (this.data.canvas.cloneNode());
    this.data.canvas.after(this.ghost);
    this.changed = -Infinity;
  }

  /** Lets the picture that stands now fade while the next one is drawn under it. */
  fadeOut() {
    const isMoving = performance.now() - this.changed < MOVING_MS;
    this.changed = performance.now();
    if (isMoving || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const { ghost, data } = this;
    const { canvas } = data;
    ghost.width = canvas.width;
    ghost.height = canvas.height;
    ghost.style.cssText = canvas.style.cssText;
    ghost.getContext("2d")?.drawImage(canvas, 0, 0);
    ghost.animate([{ opacity: 0.8 }, { opacity: 0 }], { duration: FADE_MS, fill: "forwards" });
  }

  /** Lays the canvases over what the map shows now. @returns {View} */
  place() {
    const { map } = this;
    const size = map.getSize();
    const [marginX, marginY] = [Math.round(size.x * MARGIN), Math.round(size.y * MARGIN)];
    const [width, height] = [size.x + 2 * marginX, size.y + 2 * marginY];
    const ratio = Math.min(3, globalThis.devicePixelRatio || 1);
    const corner = map.containerPointToLayerPoint([-marginX, -marginY]);
    for (const { canvas } of this.all) {
      if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(height * ratio);
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
      }
      canvas.style.left = `${corner.x}px`;
      canvas.style.top = `${corner.y}px`;
    }
    const origin = map.project(map.getCenter()).subtract([size.x / 2 + marginX, size.y / 2 + marginY]);
    const frame = { x0: marginX, y0: marginY, x1: marginX + size.x, y1: marginY + size.y };
    return { scale: 2 ** map.getZoom(), left: origin.x, top: origin.y, width, height, ratio, frame };
  }
}

/**
 * A canvas in a pane of its own.
 * @param {any} map
 * @param {string} name
 * @param {number} zIndex
 * @returns {CanvasRenderingContext2D}
 */
function contextIn(map, name, zIndex) {
  const pane = map.createPane(name);
  pane.style.zIndex = zIndex;
  pane.style.pointerEvents = "none";
  const canvas = document.createElement("canvas");
  canvas.style.position = "absolute";
  canvas.setAttribute("aria-hidden", "true");
  pane.append(canvas);
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}
