// @ts-check
/** The map's legend below the map, for screens where it does not fit inside. */

import { renderLegend } from "../map/legend.js";
import { rootOf } from "./part.js";

/** @param {import("./part.js").Component<{theme: "light" | "dark", words: Record<string, string>}>} component */
export function render({ data, parentElement }) {
  const root = rootOf(parentElement, "legend");
  let box = root.querySelector("div");
  if (!box) root.append((box = document.createElement("div")));
  renderLegend(box, data.theme, data.words);
}
