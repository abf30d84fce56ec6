// @ts-check
/**
 * How an open page learns of newer data: it asks for the key of the newest, a few bytes, while somebody can see it.
 * Each page asks at moments of its own, so that a crowd neither asks nor is drawn anew all at once.
 */

import { isPlaying } from "./playing.js";

/**
 * @typedef {object} Look
 * @property {string} url answers with the key of the newest data
 * @property {number} every_s
 * @property {string} key of the data shown
 */

/** Share of the time between two looks by which it is now shorter, now longer. */
const SPREAD = 0.25;
/** While the server is away, the time between two looks grows up to this. */
const LONGEST_S = 300;
/** How soon a page that comes into sight looks. */
const SOON_S = 2;
/** A reader who drags, selects or plays is left alone for as long at a time. */
const BUSY_S = 0.5;
const PATIENCE_MS = 10_000;

const state = {
  /** @type {Look | null} */
  look: null,
  /** Newer data that the page has been asked for, lest it be asked for twice. */
  asked: "",
  failures: 0,
  timer: 0,
  pressed: false,
  renew: () => {},
};

/** From now on the page that shows this data calls ``renew`` when there is newer. @param {Look | null} look @param {() => void} renew */
export function lookForNews(look, renew) {
  const isSame = state.look?.url === look?.url && state.look?.every_s === look?.every_s;
  Object.assign(state, { look, renew });
  if (!isSame) wait(look ? look.every_s * (Math.random() + SPREAD) : 0);
}

/** @param {number} seconds */
function wait(seconds) {
  clearTimeout(state.timer);
  if (state.look && !document.hidden) state.timer = window.setTimeout(lookNow, seconds * 1000);
}

/** Some time near the one given. @param {number} seconds */
const about = (seconds) => seconds * (1 - SPREAD + 2 * SPREAD * Math.random());

async function lookNow() {
  const { look } = state;
  if (!look) return;
  if (state.pressed || isPlaying()) return wait(BUSY_S);
  try {
    const answer = await fetch(look.url, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) throw new Error(String(answer.status));
    state.failures = 0;
    hear(await answer.text());
  } catch {
    state.failures += 1;
  }
  wait(about(Math.min(look.every_s * 2 ** state.failures, Math.max(LONGEST_S, look.every_s))));
}

/** @param {string} key of the newest data */
function hear(key) {
  const shown = state.look?.key ?? key;
  if (key === shown || Number(key) < Number(shown) || key === state.asked) return;
  state.asked = key;
  state.renew();
}

document.addEventListener("visibilitychange", () => wait(Math.min(SOON_S, state.look?.every_s ?? 0) * Math.random()));
for (const [kind, pressed] of /** @type {[string, boolean][]} */ ([["pointerdown", true], ["pointerup", false], ["pointercancel", false]])) {
  addEventListener(kind, () => (state.pressed = pressed), { capture: true });
}
