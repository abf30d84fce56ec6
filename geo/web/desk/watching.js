// @ts-check
/** How an open page of the desk learns of what others did: it asks for the newest revision while somebody can see it. */

/** @typedef {{url: string, every_s: number, key: string}} Look */

const state = {
  /** @type {Look | null} */
  look: null,
  asked: "",
  timer: 0,
  renew: () => {},
  end: () => {},
};

/** @param {Look} look @param {() => void} renew there is something newer @param {() => void} end the session is over */
export function watchStore(look, renew, end) {
  const begins = !state.look;
  Object.assign(state, { look, renew, end });
  document.querySelector(".desk-ended")?.remove();
  if (begins) wait();
}

function wait() {
  clearTimeout(state.timer);
  if (state.look && !document.hidden) state.timer = window.setTimeout(lookNow, state.look.every_s * 1000);
}

async function lookNow() {
  const { look } = state;
  if (!look) return;
  try {
    const answer = await fetch(look.url, { cache: "no-store", redirect: "error" });
    if (answer.status === 401) state.end();
    else if (answer.ok) hear(await answer.text());
  } catch {
    // the server is away; it is asked again
  }
  wait();
}

/** @param {string} key */
function hear(key) {
  if (document.querySelector(".desk-ended")) state.renew(); // signed in again beside this page
  if (key === state.look?.key || key === state.asked) return;
  state.asked = key;
  state.renew();
}

document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(state.timer) : lookNow()));
