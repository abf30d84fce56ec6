// @ts-check
/** What the reader does on the map, told to the page over a BroadcastChannel; and what the page tells the map. */

import { layerNamed } from "./layers.js";
import { describeTarget, shadedAt, stackList, targetAt, targetsOf, tipContent } from "./pointing.js";

/** @typedef {import("./pointing.js").Target} Target */
/** @typedef {import("./layer.js").IncidentMap} IncidentMap */
/** @typedef {import("./scene.js").State} State */

/** Buttons laid over the marks for the keyboard; more would be no help. */
const MOST_BUTTONS = 300;
/** Zoom steps that a click on a cluster takes. */
const ZOOM_STEP = 2;

export class Reader {
  /** @param {IncidentMap} layer */
  constructor(layer) {
    this.layer = layer;
    /** @type {Target[]} */
    this.targets = [];
    /** @type {BroadcastChannel | undefined} */
    this.channel = undefined;
    /** The legend last told. @type {string | undefined} */
    this.saidKey = undefined;
    /** Incident last told of. @type {number | null} */
    this.told = null;
    const { map } = layer;
    const box = map.getContainer();
    map.on("mousemove", (/** @type {any} */ event) => this.hover(event));
    map.on("mouseout movestart", () => this.leave());
    map.on("click", (/** @type {any} */ event) => this.click(event));
    map.on("moveend", () => layer.sizing || this.post({ type: "view", view: this.view(), moved: layer.placed }));
    box.addEventListener("focusin", () => this.layButtons());
    box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.escape());
    scrollZoomOnlyWhenFocused(map, box);
  }

  /** @param {string | undefined} name */
  listen(name) {
    if (!name || this.channel?.name === name) return;
    this.channel?.close();
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = (message) => this.hear(message.data);
    this.post({ type: "ready" });
  }

  /** @param {any} message */
  hear(message) {
    const { layer } = this;
    if (message?.type === "dates") {
      layer.furniture.showNow(message.now ?? null);
      layer.showDates(message.from ?? null, message.to ?? null);
    }
    if (message?.type === "playing" && !message.on) this.stopped();
    if (message?.type === "show") layer.show(message);
    if (message?.type === "layer") layer.showLayer(layerNamed(message.layer));
    if (message?.type === "describe") this.post({ type: "key", key: layer.key });
    if (message?.type === "hover") this.point(message.incident ?? null);
  }

  stopped() {
    this.layer.furniture.showNow(null);
    this.layer.redraw({ ground: false });
  }

  /** @param {object} message */
  post(message) {
    this.channel?.postMessage(message);
  }

  /** @returns {[number, number, number]} */
  view() {
    const { lat, lng } = this.layer.map.getCenter();
    return [round(lat, 4), round(lng, 4), round(this.layer.map.getZoom(), 2)];
  }

  /** South, west, north, east of what is shown. @returns {[number, number, number, number]} */
  bounds() {
    const box = this.layer.map.getBounds();
    return [box.getSouth(), box.getWest(), box.getNorth(), box.getEast()];
  }

  /**
   * @param {import("./scene.js").Scene} scene
   * @param {State} state
   * @param {import("./lettering.js").Lettering} lettering
   * @param {import("./geometry.js").View} view
   */
  drew(scene, state, lettering, view) {
    this.targets = targetsOf(scene, state, lettering, view);
    const box = this.layer.map.getContainer();
    if (box.contains(document.activeElement) && document.activeElement !== box) this.layButtons();
    else this.layer.furniture.buttons.replaceChildren();
    this.post({ type: "drawn", ...this.layer.drawn, bounds: this.bounds() });
    this.tellKey();
  }

  /** Tells the page the legend of a shaded layer, whenever it says something else. */
  tellKey() {
    const said = JSON.stringify(this.layer.key);
    if (said === this.saidKey) return;
    this.saidKey = said;
    this.post({ type: "key", key: this.layer.key });
  }

  /** @param {any} event @returns {Target | null} */
  under(event) {
    const { view, scene, state, canvases } = this.layer;
    if (!view || !scene || !state) return null;
    const [x, y] = [event.containerPoint.x + view.frame.x0, event.containerPoint.y + view.frame.y0];
    const touch = event.originalEvent?.pointerType === "touch";
    const target = targetAt(canvases.data, view, scene, this.targets, { x, y, touch });
    return target ?? shadedAt(canvases.data, view, scene, state, x, y);
  }

  /** @param {any} event */
  hover(event) {
    const target = this.under(event);
    const { furniture, state, map } = this.layer;
    map.getContainer().style.cursor = target && !target.title ? "pointer" : "";
    if (!target || !state || !furniture.stack.hidden) return this.leave();
    furniture.showTip(tipContent(state, target), event.containerPoint.x, event.containerPoint.y);
    this.outline(target.shade?.code);
    this.tell(target);
  }

  /** Tells the page which incident is under the pointer, once. @param {Target | null} target */
  tell(target) {
    const incident = target?.marks.length === 1 ? (this.layer.state?.points.incident[target.marks[0]] ?? null) : null;
    if (incident === this.told) return;
    this.told = incident;
    this.post({ type: "hover", incident, id: this.idOf(incident), from: "map" });
  }

  /** Draws the outline of the province that is pointed at. @param {string} [code] */
  outline(code) {
    const { state } = this.layer;
    if (!state || state.pointed === code) return;
    state.pointed = code;
    this.layer.redraw({ ground: false });
  }

  leave() {
    this.layer.furniture.tip.hidden = true;
    this.outline();
    this.tell(null);
  }

  /** @param {any} event */
  click(event) {
    const target = this.under(event);
    this.layer.furniture.closeStack();
    if (target && !target.title) this.choose(target);
  }

  /** Selects the one incident; opens the list of several at one place; else zooms in. @param {Target} target */
  choose(target) {
    const { state, map, view, furniture } = this.layer;
    if (!state || !view) return;
    if (target.shade) return this.post({ type: "select", province: target.shade.code });
    const incidents = new Set(target.marks.map((i) => state.points.incident[i]));
    if (incidents.size === 1) return this.select(target.marks[0]);
    const [x, y] = [target.x - view.frame.x0, target.y - view.frame.y0];
    const places = new Set(target.marks.map((i) => state.points.place[i]));
    if (target.marks.length && (places.size === 1 || map.getZoom() >= map.getMaxZoom() - 0.01)) {
      return furniture.showStack(
        stackList(state, target, (i) => this.select(i)),
        x,
        y,
      );
    }
    map.setView(map.containerPointToLatLng([x, y]), Math.min(map.getZoom() + ZOOM_STEP, map.getMaxZoom()));
  }

  /** @param {number} mark */
  select(mark) {
    const { state, furniture, map } = this.layer;
    if (!furniture.stack.hidden) map.getContainer().focus();
    furniture.closeStack();
    furniture.tip.hidden = true;
    const incident = state?.points.incident[mark];
    if (incident === undefined) return;
    this.post({ type: "select", incident, id: this.idOf(incident) });
  }

  /** @param {number | null} incident @returns {string | null} */
  idOf(incident) {
    return incident === null ? null : (this.layer.state?.marks.incident_ids?.[incident] ?? null);
  }

  /** Shows the description of an incident that the page points at. @param {number | null} incident */
  point(incident) {
    const { state, furniture, view } = this.layer;
    const target = state && this.targets.find(({ marks }) => marks.some((i) => state.points.incident[i] === incident));
    if (!target || !view || !state) return this.leave();
    furniture.showTip(tipContent(state, target), target.x - view.frame.x0, target.y - view.frame.y0);
  }

  escape() {
    this.post({ type: "play", on: false });
    this.layer.furniture.closeStack();
    this.leave();
    this.layer.map.getContainer().focus();
  }

  /** Real buttons over the marks in reading order, laid while the keyboard is on the map. */
  layButtons() {
    const { state, view, furniture } = this.layer;
    if (!state || !view) return;
    const held = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.target;
    const { x0, y0, x1, y1 } = view.frame;
    const seen = this.targets.filter(({ x, y, title }) => !title && x >= x0 && x <= x1 && y >= y0 && y <= y1);
    const ordered = seen
      .sort((a, b) => Math.round(a.y / 24) - Math.round(b.y / 24) || a.x - b.x)
      .slice(0, MOST_BUTTONS);
    if (
      held !== undefined &&
      ordered.length === furniture.buttons.childElementCount &&
      this.buttonsOf === this.layer.drawn.draws
    )
      return;
    this.buttonsOf = this.layer.drawn.draws;
    const buttons = ordered.map((target) => this.button(target, state, view));
    furniture.buttons.replaceChildren(...buttons);
    if (held) buttons.find((button) => button.dataset.target === held)?.focus();
  }

  /** @param {Target} target @param {import("./scene.js").State} state @param {import("./geometry.js").View} view */
  button(target, state, view) {
    const button = document.createElement("button");
    const reach = Math.max(12, target.radius + 3, target.shade ? 22 : 0);
    const [x, y] = [target.x - view.frame.x0, target.y - view.frame.y0];
    button.type = "button";
    button.dataset.target = target.shade
      ? `p${target.shade.code}`
      : target.marks.length
        ? `m${target.marks[0]}`
        : `b${Math.round(x)}-${Math.round(y)}`;
    button.setAttribute("aria-label", describeTarget(state, target));
    Object.assign(button.style, {
      left: `${x - reach}px`,
      top: `${y - 12}px`,
      width: `${reach * 2}px`,
      height: "24px",
    });
    button.addEventListener("focus", () => {
      this.layer.furniture.showTip(tipContent(state, target), x, y);
      this.outline(target.shade?.code);
      this.layer.furniture.live.textContent = describeTarget(state, target);
    });
    button.addEventListener("blur", () => (this.layer.furniture.tip.hidden = true));
    button.addEventListener("click", () => this.choose(target));
    return button;
  }
}

/** @param {number} value @param {number} digits */
const round = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;

/** The wheel scrolls the page until the reader has clicked into the map, or holds Ctrl.
 * @param {any} map @param {HTMLElement} box */
function scrollZoomOnlyWhenFocused(map, box) {
  map.scrollWheelZoom.disable();
  box.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  box.addEventListener("focusout", () => map.scrollWheelZoom.disable());
  box.addEventListener("wheel", (event) => event.ctrlKey && map.scrollWheelZoom.enable(), {
    passive: true,
    capture: true,
  });
}
