// @ts-check
/** A page that waits for what is still to come asks for it again: soon at first, then rarer, and not for ever. */

const FIRST_MS = 250, LONGEST_MS = 5000, GROWTH = 1.25, MOST_LOOKS = 120;

const state = { timer: 0, looks: 0, of: "" };

/**
 * Asks again after a while, as long as there is something to wait for.
 * @param {string} of names what is waited for; what comes nearer is asked for as soon as at first; empty for nothing
 * @param {import("../page/part.js").Send} send
 */
export function lookAgain(of, send) {
  clearTimeout(state.timer);
  if (of !== state.of) Object.assign(state, { of, looks: 0 });
  if (!of || state.looks >= MOST_LOOKS) return;
  const look = () => {
    if (document.hidden) {
      state.timer = window.setTimeout(look, LONGEST_MS);
      return;
    }
    state.looks += 1;
    send("looked", state.looks);
  };
  state.timer = window.setTimeout(look, Math.min(FIRST_MS * GROWTH ** state.looks, LONGEST_MS));
}
