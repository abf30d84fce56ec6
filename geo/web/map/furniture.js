// @ts-check
/** What stands on the map's box: legend, zoom buttons, credit, tooltip, the list of a stack, a notice. */

import { renderKey } from "./key.js";
import { renderSwitch } from "./layers.js";
import { renderLegend } from "./legend.js";

/** @typedef {import("./geometry.js").Box} Box */

/** From this size of the map's box on the legend stands inside it. */
const LEGEND_WIDTH = 720;
const LEGEND_HEIGHT = 380;

export class Furniture {
  /** @param {any} map @param {boolean | "auto"} legend */
  constructor(map, legend) {
    this.map = map;
    this.legendWanted = legend;
    /** @type {string | undefined} */
    this.dressedFor = undefined;
    /** @type {string | undefined} */
    this.shownKey = undefined;
    this.box = map.getContainer();
    this.box.classList.add("incident-map");
    this.layers = this.add("incident-layers");
    this.legend = this.add("incident-legend");
    this.now = this.add("incident-now", { "aria-hidden": "true" });
    this.credit = this.add("incident-credit");
    this.notice = this.add("incident-notice", { role: "alert" });
    this.live = this.add("incident-live", { "aria-live": "polite" });
    this.tip = this.add("incident-tip", { "aria-hidden": "true" });
    this.stack = this.add("incident-stack", { role: "dialog" });
    this.buttons = this.add("incident-buttons", { role: "group" });
    for (const element of [this.layers, this.legend, this.stack, this.credit]) stopMap(element);
  }

  /** @param {string} className @param {Record<string, string>} [attributes] @returns {HTMLElement} */
  add(className, attributes = {}) {
    const element = document.createElement("div");
    element.className = className;
    element.hidden = /-(tip|stack|notice|legend|now)$/.test(className);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    this.box.append(element);
    return element;
  }

  /**
   * Theme, language and words.
   * @param {import("./scene.js").State} state
   * @param {import("./layer.js").Command} command
   * @param {string} credit
   */
  dress({ theme, say, lang }, { theme: themeName = "light", words, rtl = false }, credit) {
    this.notice.hidden = true;
    const asked = JSON.stringify([themeName, lang, rtl, words]);
    if (asked === this.dressedFor) return;
    this.dressedFor = asked;
    this.box.dataset.theme = themeName;
    this.box.setAttribute("aria-label", say("map"));
    this.box.setAttribute("role", "region");
    for (const [name, value] of Object.entries(theme))
      if (typeof value === "string") this.box.style.setProperty(`--map-${name}`, value);
    for (const [selector, key] of [
      [".leaflet-control-zoom-in", "zoom_in"],
      [".leaflet-control-zoom-out", "zoom_out"],
    ]) {
      const button = this.box.querySelector(selector);
      button?.setAttribute("aria-label", say(key));
      button?.setAttribute("title", say(key));
    }
    for (const element of [this.layers, this.legend, this.now, this.tip, this.stack]) {
      element.lang = lang;
      element.dir = rtl ? "rtl" : "ltr";
    }
    this.credit.textContent = credit;
    this.stack.setAttribute("aria-label", say("choose"));
    this.buttons.setAttribute("aria-label", say("choose"));
    this.shownKey = undefined;
  }

  /**
   * The switch between layers, and the legend of the one that is shown.
   * @param {import("./scene.js").State} state @param {import("./layer.js").Command} command
   * @param {import("./key.js").Key | null} key @param {(layer: import("./layers.js").LayerName) => void} choose
   */
  explain({ layer, say }, { theme = "light", words }, key, choose) {
    const shown = JSON.stringify([layer, key]);
    if (shown === this.shownKey) return;
    this.shownKey = shown;
    this.box.dataset.layer = layer;
    renderSwitch(this.layers, layer, say, choose);
    if (key) renderKey(this.legend, theme, words, key, choose);
    else renderLegend(this.legend, theme, words);
  }

  /** Sizes of what changes with the layer, to tell whether it has taken another. */
  sizes() {
    return [this.layers, this.legend].map(({ offsetWidth, offsetHeight }) => `${offsetWidth} ${offsetHeight}`).join();
  }

  /** @param {import("./words.js").Say} say */
  fail(say) {
    this.notice.textContent = say("failed");
    this.notice.hidden = false;
  }

  /** Boxes that nothing may be drawn under, in px of the map's box or, with a view, of its canvas.
   * @param {import("./geometry.js").View} [view] @returns {Box[]} */
  boxes(view) {
    const { x: width, y: height } = this.map.getSize();
    this.legend.hidden = !(this.legendWanted === "auto"
      ? width >= LEGEND_WIDTH && height >= LEGEND_HEIGHT
      : this.legendWanted);
    const [dx, dy] = view ? [view.frame.x0, view.frame.y0] : [0, 0];
    const boxes = [
      this.box.querySelector(".leaflet-control-zoom"),
      this.legend.hidden ? null : this.legend,
      this.layers,
      this.now.hidden ? null : this.now,
      this.credit,
    ].flatMap((element) => (element ? [element.getBoundingClientRect()] : []));
    const corner = this.box.getBoundingClientRect();
    return boxes.map((box) => ({
      x0: box.left - corner.left + dx - 4,
      y0: box.top - corner.top + dy - 4,
      x1: Math.min(box.right - corner.left, width) + dx + 4,
      y1: box.bottom - corner.top + dy + 4,
    }));
  }

  /** The day that play has reached, large; null when nothing plays. @param {import("../time/now.js").Now | null} now */
  showNow(now) {
    this.now.hidden = !now;
    if (!now) return;
    const title = document.createElement("strong");
    title.textContent = now.title;
    this.now.replaceChildren(title, `${now.days}: ${now.count}`);
  }

  /** @param {HTMLElement[]} content @param {number} x px of the map's box @param {number} y */
  showTip(content, x, y) {
    this.tip.replaceChildren(...content);
    this.tip.hidden = false;
    this.putBeside(this.tip, x, y);
  }

  /** @param {HTMLElement[]} content @param {number} x @param {number} y */
  showStack(content, x, y) {
    this.tip.hidden = true;
    this.stack.replaceChildren(...content);
    this.stack.hidden = false;
    this.putBeside(this.stack, x, y);
    this.stack.querySelector("button")?.focus();
  }

  closeStack() {
    this.stack.hidden = true;
  }

  /** @param {HTMLElement} element @param {number} x @param {number} y */
  putBeside(element, x, y) {
    const { x: width, y: height } = this.map.getSize();
    const left = x + 16 + element.offsetWidth > width ? Math.max(4, x - 16 - element.offsetWidth) : x + 16;
    const top = Math.max(4, Math.min(height - element.offsetHeight - 4, y - 12));
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
  }
}

/** Keeps clicks and the wheel on an element from reaching the map. @param {HTMLElement} element */
function stopMap(element) {
  for (const event of ["click", "dblclick", "mousedown", "pointerdown", "touchstart", "wheel"]) {
    element.addEventListener(event, (e) => e.stopPropagation(), { passive: true });
  }
}
