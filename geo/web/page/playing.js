// @ts-check
/** What of the page goes along while days play: slider and date note. The server hears of days only when play stops. */

const US_PER_DAY = 86_400_000_000;

let on = false;

/** Whether days play just now. */
export const isPlaying = () => on;

/** Follows what the timeline tells. @param {any} message */
export function followPlay(message) {
  if (message?.type === "playing") on = Boolean(message.on);
  if (message?.type === "dates" && message.now) showDays(message);
}

/** @param {{from: number | null, to: number | null, now: import("../time/now.js").Now}} message */
function showDays({ from, to, now }) {
  const note = document.querySelector(".dates-now");
  if (note) note.textContent = now.days;
  const [input] = document.querySelectorAll(".st-key-dates input");
  if (!(input instanceof HTMLInputElement)) return;
  const [least, most] = [Number(input.min), Number(input.max)];
  const part = (/** @type {number | null} */ day, /** @type {number} */ open) =>
    day === null ? open : Math.max(0, Math.min(100, ((day * US_PER_DAY - least) / (most - least)) * 100));
  const page = document.documentElement;
  page.style.setProperty("--play-from", `${part(from, 0)}%`);
  page.style.setProperty("--play-to", `${part(to, 100)}%`);
  page.classList.add("playing");
}

/** The server has said which days are chosen: the slider stands where it puts it. */
export function endFollowing() {
  if (on) return;
  // the slider itself comes with the same redraw, but not always in the same frame
  requestAnimationFrame(() => requestAnimationFrame(() => on || document.documentElement.classList.remove("playing")));
}

/** Escape stops play, wherever the keyboard is. @param {() => void} stop */
export function stopByEscape(stop) {
  addEventListener("keydown", ({ key }) => key === "Escape" && on && stop());
}
