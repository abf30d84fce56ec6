// @ts-check
/** What the map can show of the incidents, and the switch between these layers. */

/** @typedef {import("./words.js").Say} Say */
/** @typedef {"incidents" | "provinces" | "killed" | "wounded" | "density"} LayerName */
/** @typedef {"incidents" | "killed" | "wounded"} Metric what a province is shaded by */

/** @type {LayerName[]} */
const LAYERS = ["incidents", "provinces", "killed", "wounded", "density"];

/** What a province may be shaded by, and the layer that does it. @type {[Metric, LayerName][]} */
export const METRICS = [
  ["incidents", "provinces"],
  ["killed", "killed"],
  ["wounded", "wounded"],
];

/** The layer of a name, the incidents themselves for any other. @param {string | null | undefined} name */
export const layerNamed = (name) => LAYERS.find((layer) => layer === name) ?? "incidents";

/** @param {LayerName} layer @returns {Metric | null} null for a layer without provinces */
export const metricOf = (layer) => METRICS.find(([, shown]) => shown === layer)?.[0] ?? null;

/** Names on the switch, and the layer that each leads to. @type {[string, LayerName][]} */
const SWITCH = [
  ["layer_incidents", "incidents"],
  ["layer_provinces", "provinces"],
  ["layer_density", "density"],
];

/**
 * Buttons of which one is pressed: reached with Tab, chosen with Enter or Space.
 * @param {HTMLElement} element @param {[string, LayerName][]} choices words and layers
 * @param {LayerName} chosen @param {(layer: LayerName) => void} choose
 */
export function renderChoices(element, choices, chosen, choose) {
  const held = element.contains(document.activeElement) ? document.activeElement?.getAttribute("data-layer") : null;
  const buttons = choices.map(([text, layer]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.dataset.layer = layer;
    button.setAttribute("aria-pressed", String(layer === chosen));
    button.addEventListener("click", () => choose(layer));
    return button;
  });
  element.setAttribute("role", "group");
  element.replaceChildren(...buttons);
  buttons.find((button) => button.dataset.layer === held)?.focus();
}

/** @param {HTMLElement} element @param {LayerName} layer @param {Say} say @param {(layer: LayerName) => void} choose */
export function renderSwitch(element, layer, say, choose) {
  element.setAttribute("aria-label", say("layers"));
  const shown = metricOf(layer) ? "provinces" : layer;
  const words = SWITCH.map(([key, leads]) => /** @type {[string, LayerName]} */ ([say(key), leads]));
  renderChoices(element, words, shown, choose);
}
