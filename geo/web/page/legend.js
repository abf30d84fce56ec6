// @ts-check
/** The map's legend below the map, for screens where it does not fit inside. */

import { renderKey } from "../map/key.js";
import { renderLegend } from "../map/legend.js";
import { listen, tell } from "./channel.js";
import { mount } from "./part.js";

/** @typedef {{theme: "light" | "dark", words: Record<string, string>, channel: string}} Legend */

/** What the map says of the layer it shows, and the ear that hears it. */
const heard = {
  channel: "",
  ear: () => {},
  /** @type {import("../map/key.js").Key | null} */
  key: null,
  draw: () => {},
};

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("legend", component, drawLegend);

/** @param {HTMLElement} root @param {Legend} data */
function drawLegend(root, data) {
  const box = root.querySelector("div") ?? root.appendChild(document.createElement("div"));
  heard.draw = () => fillLegend(box, data);
  heard.draw();
  if (heard.channel !== data.channel) hear(data.channel);
}

/** @param {string} channel */
function hear(channel) {
  heard.ear();
  heard.channel = channel;
  heard.ear = listen(channel, (message) => {
    if (message?.type !== "key" || JSON.stringify(message.key) === JSON.stringify(heard.key)) return;
    heard.key = message.key;
    heard.draw();
  });
  tell(channel, { type: "describe" });
}

/** @param {HTMLElement} box @param {Legend} data */
function fillLegend(box, { theme, words, channel }) {
  if (heard.key) renderKey(box, theme, words, heard.key, (layer) => tell(channel, { type: "layer", layer }));
  else renderLegend(box, theme, words);
}
