// @ts-check
/** Where the keyboard goes when what had its focus has gone: into what has opened, or back to what it was opened from. */

/** Frames in which a tab that has just been chosen may come to show. */
const PATIENCE = 30;
/** First thing to use in what is opened beside the map, else in the list. */
const ENTRIES = ".part-article .back, .part-incident .back, .part-province .back, .part-cards .card button, .part-cards button";

/** What is open by a link: the report or province, else the incident; nothing is "". @param {string} link */
export function openedIn(link) {
  const asked = new URLSearchParams(link);
  const [kind, id] = (asked.get("tab") ?? "").split(":");
  return (["article", "province"].includes(kind) && id) || (asked.get("incident") ?? "");
}

/** What last had the focus: a tab that closes takes it away before the page is drawn anew. @type {Element | null} */
let held = null;
document.addEventListener("focusin", ({ target }) => (held = /** @type {Element} */ (target)));

/** Takes the focus on when what had it has gone. @param {string} was id of what was open before */
export function followFocus(was) {
  const free = document.activeElement === document.body || document.activeElement?.matches(":disabled");
  if (!held || !free || (held.isConnected && held.checkVisibility() && !held.matches(":disabled"))) return;
  held = null;
  seek(was, PATIENCE);
}

/** @param {string} was @param {number} frames */
function seek(was, frames) {
  const id = CSS.escape(was);
  const target = (was && shown(`button[data-id="${id}"], .province-name[data-value="${id}"]`)) || shown(ENTRIES);
  if (target) target.focus();
  else if (frames > 0) requestAnimationFrame(() => seek(was, frames - 1));
}

/**
 * Keeps what has the focus, where it can be seen, in its place on the screen, whatever comes before it.
 * @returns {() => void} to be called once that has come
 */
export function holdPlace() {
  const element = document.activeElement;
  const { top = -1, bottom = -1 } = element?.closest("[data-part]") ? element.getBoundingClientRect() : {};
  if (!element || top < 0 || bottom > innerHeight) return () => {};
  return () => {
    const moved = element.isConnected ? element.getBoundingClientRect().top - top : 0;
    if (moved) scrollerOf(element).scrollBy({ top: moved, behavior: "instant" });
  };
}

/** What scrolls an element up and down. @param {Element} element @returns {Element} */
function scrollerOf(element) {
  const parent = element.parentElement;
  if (!parent) return document.documentElement;
  const scrolls = parent.scrollHeight > parent.clientHeight && /auto|scroll/.test(getComputedStyle(parent).overflowY);
  return scrolls ? parent : scrollerOf(parent);
}

/** The first that can be seen. @param {string} selector @returns {HTMLElement | undefined} */
const shown = (selector) =>
  /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]).find((element) => element.checkVisibility({ visibilityProperty: true }));
