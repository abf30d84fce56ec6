// @ts-check
/** The timeline and the ribbon (geo/web/time) as a part of the page. */

import { renderTime } from "../time/time.js";
import { wordsOf } from "./known.js";
import { mount, rootOf } from "./part.js";

/** @typedef {import("../time/time.js").TimeCommand & {data_url: string}} TimeData */
/** @typedef {{timeline: import("../time/time.js").Timeline, send: import("./part.js").Send, command: TimeData}} Shown */

/** @type {WeakMap<HTMLElement, Shown>} */
const shown = new WeakMap();

/** What a page carries in itself, in place of the server's data. @type {import("../time/source.js").TimeSource | undefined} */
let carried;

/** Takes the data that a page carries in itself. @param {import("../time/source.js").TimeSource} source */
export function carryTimes(source) {
  carried = source;
}

/** @param {import("./part.js").Component<{part: string}>} component */
export function render(component) {
  const leave = mount("time", component, drawTime);
  const root = rootOf(component.parentElement, "time");
  return () => {
    leave();
    setTimeout(() => root.isConnected || end(root)); // Streamlit also leaves a part that it is about to mount again
  };
}

/** Lets the timeline go with its part: it listens to the session's channel until then. @param {HTMLElement} root */
function end(root) {
  shown.get(root)?.timeline.destroy();
  shown.delete(root);
}

/** @param {HTMLElement} root @param {TimeData} data @param {import("./part.js").Send} send */
function drawTime(root, data, send) {
  const known = shown.get(root) ?? begin(root, data);
  Object.assign(known, { send, command: data });
  wordsOf(data.lang ?? "en").then((words) => {
    if (known.command === data) known.timeline.show({ ...data, words: words.time });
  });
}

/** @param {HTMLElement} root @param {TimeData} data */
function begin(root, data) {
  /** @type {Shown} */
  const kept = {
    timeline: renderTime(root, {
      data_url: data.data_url,
      source: carried,
      onDates: (from, to) => kept.send("dated", [from, to]),
      onStretch: (stretch) => kept.send("stretched", stretch ?? []),
    }),
    send: () => {},
    command: data,
  };
  shown.set(root, kept);
  return kept;
}
