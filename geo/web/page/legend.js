// @ts-check
/** The map's legend below the map, for screens where it does not fit inside. */

import { renderLegend } from "../map/legend.js";
import { mount } from "./part.js";

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("legend", component, drawLegend);

/** @param {HTMLElement} root @param {{theme: "light" | "dark", words: Record<string, string>}} data */
function drawLegend(root, data) {
  let box = root.querySelector("div");
  if (!box) root.append((box = document.createElement("div")));
  renderLegend(box, data.theme, data.words);
}
