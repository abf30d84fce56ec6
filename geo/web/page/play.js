// @ts-check
/** The button that plays the chosen period day by day; the timeline does the playing. */

import { listen, tell } from "./channel.js";
import { h, onActions, show } from "./dom.js";
import { mount } from "./part.js";

/**
 * @typedef {object} Play
 * @property {string} channel
 * @property {string} start
 * @property {string} stop
 */

const TRIANGLE = "M9 6.5v11l8.5-5.5z";
const BARS = "M8 7h3v10H8zM13 7h3v10h-3z";

/** @type {WeakMap<HTMLElement, {on: boolean}>} */
const states = new WeakMap();

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("play", component, drawPlay);

/** @param {HTMLElement} root @param {Play} data */
function drawPlay(root, data) {
  let state = states.get(root);
  if (!state) {
    const made = { on: false };
    states.set(root, (state = made));
    listen(data.channel, (message) => {
      if (message?.type !== "playing") return;
      made.on = Boolean(message.on);
      draw(root, data, made.on);
    });
  }
  const { on } = state;
  draw(root, data, on);
  onActions(root, { play: () => tell(data.channel, { type: "play", on: !state.on, cumulative: false }) });
}

/** @param {HTMLElement} root @param {Play} data @param {boolean} on */
function draw(root, { start, stop }, on) {
  const label = on ? stop : start;
  show(
    root,
    h(
      "button",
      { type: "button", class: "play", "data-do": "play", "aria-label": label, title: label },
      h("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, h("path", { d: on ? BARS : TRIANGLE })),
    ),
  );
}
