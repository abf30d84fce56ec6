// @ts-check
/** The timeline and the ribbon (geo/web/time) as a part of the page. */

import { renderTime } from "../time/time.js";
import { lexiconNow, onLexicon } from "./known.js";
import { rootOf } from "./part.js";

/** @typedef {import("../time/time.js").TimeCommand & {data_url: string}} TimeData */

/** @type {WeakMap<HTMLElement, {timeline: import("../time/time.js").Timeline, send: (name: string, value: any) => void, command: TimeData}>} */
const shown = new WeakMap();

/** @param {import("./part.js").Component<TimeData>} component */
export function render({ data, parentElement, setTriggerValue }) {
  const root = rootOf(parentElement, "time");
  const known = shown.get(root) ?? begin(root, data);
  known.send = setTriggerValue;
  known.command = data;
  known.timeline.show({ ...lexiconNow(), ...data });
}

/** @param {HTMLElement} root @param {TimeData} data */
function begin(root, data) {
  const timeline = renderTime(root, {
    data_url: data.data_url,
    onDates: (from, to) => kept.send("dated", [from, to]),
  });
  const kept = { timeline, send: (/** @type {string} */ _name, /** @type {any} */ _value) => {}, command: data };
  shown.set(root, kept);
  onLexicon(() => timeline.show({ ...kept.command, ...lexiconNow() }));
  return kept;
}
