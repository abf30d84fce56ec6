// @ts-check
/** The button that plays the chosen days, and how they play; the timeline does the playing. */

import { listen, tell } from "./channel.js";
import { h, onActions, show } from "./dom.js";
import { mount } from "./part.js";
import { stopByEscape } from "./playing.js";

/**
 * @typedef {object} Play
 * @property {string} channel
 * @property {"button" | "manner" | "bar"} kind the bar is both
 * @property {Record<"start" | "stop" | "manner" | "moving" | "moving_long" | "cumulative" | "cumulative_long" | "speed", string>} words
 * @property {[number, string][]} speeds how many times as fast, and its name
 */

const TRIANGLE = "M9 6.5v11l8.5-5.5z";
const BARS = "M8 7h3v10H8zM13 7h3v10h-3z";

/** What all parts of this kind on the page share. */
const state = { channel: "", on: false, cumulative: false, speed: 1, ear: () => {} };
/** @type {Map<HTMLElement, Play>} */
const drawn = new Map();

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("play", component, drawPlay);

stopByEscape(() => ask(false));

/** @param {HTMLElement} root @param {Play} data */
function drawPlay(root, data) {
  drawn.set(root, data);
  if (state.channel !== data.channel) hear(data.channel);
  draw(root, data);
  onActions(root, {
    play: () => ask(!state.on),
    manner: ({ dataset }) => change({ cumulative: dataset.value === "cumulative" }),
    speed: ({ dataset }) => change({ speed: Number(dataset.value) }),
  });
}

/** @param {string} channel */
function hear(channel) {
  state.ear();
  state.channel = channel;
  state.ear = listen(channel, (message) => {
    if (message?.type !== "playing") return;
    state.on = Boolean(message.on);
    drawAll();
  });
}

/** @param {boolean} on */
function ask(on) {
  const { channel, cumulative, speed } = state;
  tell(channel, { type: "play", on, cumulative, speed });
}

/** @param {Partial<typeof state>} manner */
function change(manner) {
  Object.assign(state, manner);
  if (state.on) ask(true);
  drawAll();
}

function drawAll() {
  for (const [root, data] of drawn) {
    if (root.isConnected) draw(root, data);
    else drawn.delete(root);
  }
}

/** @param {HTMLElement} root @param {Play} data */
function draw(root, data) {
  const { kind } = data;
  show(
    root,
    h(`div.play-${kind}`, null, kind !== "manner" && button(data), kind !== "button" && [manner(data), speeds(data)]),
  );
}

/** @param {Play} data */
function button({ words }) {
  const label = state.on ? words.stop : words.start;
  return h(
    "button",
    { type: "button", class: "play", "data-do": "play", "aria-label": label, title: label },
    h("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, h("path", { d: state.on ? BARS : TRIANGLE })),
  );
}

/** @param {Play} data */
function manner({ words }) {
  return h(
    "div.play-choice",
    { role: "group", "aria-label": words.manner },
    choice("manner", "moving", words.moving, { on: !state.cumulative, title: words.moving_long }),
    choice("manner", "cumulative", words.cumulative, { on: state.cumulative, title: words.cumulative_long }),
  );
}

/** @param {Play} data */
function speeds({ words, speeds: all }) {
  const buttons = all.map(([speed, name]) => choice("speed", String(speed), name, { on: state.speed === speed }));
  return h("div.play-choice", { role: "group", "aria-label": words.speed }, buttons);
}

/** @param {string} action @param {string} value @param {string} name @param {{on: boolean, title?: string}} how */
const choice = (action, value, name, { on, title }) =>
  h("button", { type: "button", "data-do": action, "data-value": value, "aria-pressed": String(on), title }, name);
