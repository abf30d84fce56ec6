// @ts-check
/** The box that the timeline is drawn in: its canvas, the fading picture over it, and the colours of what stands on it. */

/** @typedef {import("../map/tokens.js").Theme} Theme */

const FADE_MS = 120;

export class Stage {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.box = document.createElement("div");
    this.box.className = "time-stage";
    this.box.dir = "ltr";
    const canvas = hiddenCanvas("time-canvas");
    this.ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.ghost = hiddenCanvas("time-ghost");
    this.box.append(canvas, this.ghost);
    root.append(this.box);
  }

  get width() {
    return this.box.clientWidth;
  }

  /** Makes the canvas as large as the picture, in the screen's own pixels. @param {number} width @param {number} height */
  size(width, height) {
    const { canvas } = this.ctx;
    const ratio = Math.min(3, globalThis.devicePixelRatio || 1);
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      this.box.style.height = `${height}px`;
    }
    this.ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** Lets the picture that stands now fade while the next one is drawn under it. */
  fade() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const { canvas } = this.ctx;
    this.ghost.width = canvas.width;
    this.ghost.height = canvas.height;
    this.ghost.style.cssText = canvas.style.cssText;
    this.ghost.getContext("2d")?.drawImage(canvas, 0, 0);
    this.ghost.animate([{ opacity: 0.8 }, { opacity: 0 }], { duration: FADE_MS, fill: "forwards" });
  }

  /** Hands the theme's colours to the style sheet. @param {Theme} theme */
  dress(theme) {
    for (const [name, value] of Object.entries(theme))
      if (typeof value === "string") this.root.style.setProperty(`--time-${name}`, value);
  }
}

/** @param {string} className */
function hiddenCanvas(className) {
  const canvas = document.createElement("canvas");
  canvas.className = className;
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}
