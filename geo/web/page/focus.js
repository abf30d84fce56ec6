// @ts-check
/** Where the keyboard goes when what had its focus has gone: into what has opened, or back to what it was opened from. */

/** Frames in which a tab that has just been chosen may come to show. */
const PATIENCE = 30;
/** First thing to use in a report, in an incident, in the list. */
const ENTRIES = ".part-article .back, .part-incident .back, .part-cards .card button, .part-cards button";

/** What is open by a link: the report, else the incident; nothing is "". @param {string} link */
export function openedIn(link) {
  const asked = new URLSearchParams(link);
  const [kind, report] = (asked.get("tab") ?? "").split("article:");
  return kind ? (asked.get("incident") ?? "") : (report ?? asked.get("incident") ?? "");
}

/**
 * Takes the focus on, unless it is still somewhere.
 * @param {Element | null} held what had it before the page was drawn anew
 * @param {string} was id of what was open then
 */
export function followFocus(held, was) {
  if (!held || held === document.body || (held.isConnected && !held.matches(":disabled"))) return;
  seek(was, PATIENCE);
}

/** @param {string} was @param {number} frames */
function seek(was, frames) {
  const target = was ? (shown(`button[data-id="${CSS.escape(was)}"]`) ?? shown(ENTRIES)) : shown(ENTRIES);
  if (target) target.focus();
  else if (frames > 0) requestAnimationFrame(() => seek(was, frames - 1));
}

/** The first that can be seen. @param {string} selector @returns {HTMLElement | undefined} */
const shown = (selector) =>
  /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]).find((element) => element.checkVisibility({ visibilityProperty: true }));
