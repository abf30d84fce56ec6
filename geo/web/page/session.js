// @ts-check
/**
 * The unseen part that keeps one reader's page together: address line, language, filters drawer, and what the map,
 * the timeline and the slider say to one another and to Python.
 */

import { listen, tell } from "./channel.js";
import { rootOf } from "./part.js";

/**
 * @typedef {object} Session
 * @property {string} channel
 * @property {string} link canonical query string of the page, without the view
 * @property {string | null} view "lat,lon,zoom" that a link asked for; null leaves it to the map
 * @property {string} title of the browser's tab
 * @property {string} lang
 * @property {boolean} rtl
 * @property {boolean} opened whether an incident is open
 */

/** Keys of a link that stand after its view. */
const AFTER_VIEW = new Set(["incident", "layer", "tab", "lang", "rev"]);
const MS_PER_DAY = 86_400_000;

/** @typedef {{ear: () => void, channel: string, view: string | null, asked: string | null, link: string | null}} Kept */

/** @type {Kept} */
const kept = { ear: () => {}, channel: "", view: null, asked: null, link: null };
/** @type {(name: string, value: any) => void} */
let send = () => {};

/** @param {import("./part.js").Component<Session>} component */
export function render({ data, parentElement, setTriggerValue }) {
  rootOf(parentElement, "session");
  send = setTriggerValue;
  dress(data);
  if (kept.channel !== data.channel) hear(data.channel);
  if (data.view !== kept.asked) [kept.asked, kept.view] = [data.view, data.view];
  if (data.link !== kept.link) writeAddress(data.link, kept.link === null);
  kept.link = data.link;
  watchSlider(data.channel);
}

/** @param {Session} data */
function dress({ title, lang, rtl, opened }) {
  const page = document.documentElement;
  page.lang = lang;
  page.dir = "ltr"; // Streamlit's own boxes are laid out for it; the page's are turned by style
  page.classList.toggle("rtl", rtl);
  page.classList.toggle("incident-open", opened);
  document.title = title;
}

/** The address with the view in its place. @param {string} link */
export function withView(link, view = kept.view) {
  const parts = link ? link.split("&").filter((part) => !part.startsWith("view=")) : [];
  if (view) {
    const place = parts.findIndex((part) => AFTER_VIEW.has(part.split("=")[0]));
    parts.splice(place < 0 ? parts.length : place, 0, `view=${view}`);
  }
  return parts.join("&");
}

/** @param {string} link @param {boolean} first */
function writeAddress(link, first) {
  const query = withView(link);
  const others = new URLSearchParams(location.search);
  const embed = others.get("embed") ? "embed=true" : "";
  const wanted = [query, embed].filter(Boolean).join("&");
  const address = location.pathname + (wanted ? `?${wanted}` : "");
  if (address === location.pathname + location.search) return;
  if (first) history.replaceState(history.state, "", address);
  else history.pushState(history.state, "", address);
}

/** @param {string} channel */
function hear(channel) {
  kept.ear();
  kept.channel = channel;
  kept.ear = listen(channel, (message) => {
    if (message?.type === "select") send("selected", message.id);
    if (message?.type === "view" && message.moved) moved(message.view);
    if (message?.type === "dates") showDates(message);
  });
}

/** @param {[number, number, number]} view */
function moved(view) {
  kept.view = view.join(",");
  const address = `${location.pathname}?${withView(location.search.slice(1))}`;
  history.replaceState(history.state, "", address);
}

/** The days that are played or dragged, as the timeline words them. @param {{label?: string}} message */
function showDates({ label }) {
  const place = document.querySelector(".dates-now");
  if (place && label) place.textContent = label;
}

addEventListener("popstate", () => {
  kept.link = null;
  send("navigated", location.search);
});

/** @type {MutationObserver | undefined} */
let watch;

/** While the date slider is dragged the map follows at once; Python is told on release. @param {string} channel */
function watchSlider(channel) {
  const slider = document.querySelector(".st-key-dates");
  if (!slider) return;
  watch?.disconnect();
  watch = new MutationObserver(() => {
    const ends = [...slider.querySelectorAll("input")].map((input) => dayOf(input.getAttribute("aria-valuetext")));
    if (ends.length !== 2 || ends.some((day) => !Number.isFinite(day))) return;
    tell(channel, { type: "dates", from: ends[0], to: ends[1], source: "slider" });
  });
  watch.observe(slider, { attributes: true, subtree: true, attributeFilter: ["aria-valuetext"] });
}

/** Days since 1970-01-01. @param {string | null} iso */
const dayOf = (iso) => Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY;
