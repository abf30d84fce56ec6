// @ts-check
/**
 * The unseen part that keeps one reader's page together: it hands all others what they are to show, minds address line
 * and language, and passes on what map, timeline and slider say to one another and to Python.
 */

import { addressChanged, isEmbedded } from "./address.js";
import { act, deliverBy, forgetActs } from "./acts.js";
import { listen, tell } from "./channel.js";
import { sayWithheld } from "./dom.js";
import { holdPlace } from "./focus.js";
import { wordsOf } from "./known.js";
import { lookForNews } from "./news.js";
import { unpack } from "./packet.js";
import { give, given } from "./part.js";
import { PARTS } from "./parts.js";
import { fillSlots } from "./slots.js";
import { endFollowing, followPlay } from "./playing.js";

/**
 * @typedef {object} Session
 * @property {string} channel
 * @property {string} link canonical query string of the page; the view in it is the one a link asked for
 * @property {number} rev data revision shown
 * @property {string} title of the browser's tab
 * @property {string} lang
 * @property {boolean} rtl
 * @property {number} fit changes when the map is to show all that is found
 * @property {string} withheld what is said in place of a victim's name
 * @property {boolean} opened whether an incident is open
 * @property {import("./news.js").Look | null} look where newer data is asked for; null while an earlier state is shown
 */

/** Keys of a link that stand after its view. */
const AFTER_VIEW = new Set(["incident", "layer", "tab", "lang", "rev", "asof"]);
/** Before a map whose data is no longer to be had asks for newer; a server in trouble is not to be pressed. */
const OUTDATED_MS = 1_000;
const MS_PER_DAY = 86_400_000;

const kept = {
  turn: 0,
  ear: () => {},
  channel: "",
  /** Where the map stands, once the reader or a link has put it somewhere. @type {string | null} */
  view: null,
  /** @type {string | null} */
  asked: null,
  fit: 0,
  /** @type {string | null} */
  link: null,
  /** Key of the data shown. @type {string | undefined} */
  data: undefined,
};
/** @param {string} name @param {any} value */
const send = (name, value) => act("session", name, value);
let begun = false;

/** @param {import("./part.js").Component<Uint8Array>} component */
export async function render({ data, setTriggerValue }) {
  const turn = ++kept.turn;
  deliverBy((acts) => setTriggerValue("acted", acts));
  if (!begun) fillSlots(PARTS, act);
  begun = true;
  const packet = await unpack(data);
  if (turn !== kept.turn) return;
  forgetActs(packet.heard);
  /** @type {Session} */
  const session = packet.session;
  dress(session);
  if (kept.channel !== session.channel) hear(session.channel);
  const isRenewal = session.link === kept.link && session.look?.key !== kept.data;
  kept.data = session.look?.key;
  const settle = isRenewal ? holdPlace() : () => {};
  give(packet);
  settle();
  endFollowing();
  tellMap();
  mindView(session);
  if (session.link !== kept.link) writeAddress(session.link, kept.link === null);
  kept.link = session.link;
  watchSlider(session.channel);
  lookForNews(session.look, () => send("renewed", true));
}

/** @param {Session} session */
function dress({ title, lang, rtl, opened, withheld }) {
  const page = document.documentElement;
  page.lang = lang;
  sayWithheld(withheld);
  page.classList.add("ready");
  page.classList.toggle("rtl", rtl);
  page.classList.toggle("incident-open", opened);
  document.title = title;
}

/** Shows the map what the page shows. */
async function tellMap() {
  const command = given("map");
  if (!command) return;
  const words = await wordsOf(command.lang);
  if (command === given("map")) tell(kept.channel, { type: "show", ...command, words: words.map });
}

/** @param {Session} session */
function mindView({ link, fit }) {
  const asked = link.split("&").find((part) => part.startsWith("view="))?.slice(5) ?? null;
  if (asked !== kept.asked || fit !== kept.fit) [kept.asked, kept.view, kept.fit] = [asked, asked, fit];
}

/** A query with the view in its place. @param {string} query */
function withView(query) {
  const parts = query.split("&").filter((part) => part && !part.startsWith("view="));
  if (kept.view) {
    const place = parts.findIndex((part) => AFTER_VIEW.has(part.split("=")[0]));
    parts.splice(place < 0 ? parts.length : place, 0, `view=${kept.view}`);
  }
  return parts.join("&");
}

/** @param {string} link @param {boolean} first */
function writeAddress(link, first) {
  const frame = location.search.slice(1).split("&").filter((part) => /^embed(_options)?=/.test(part));
  const query = [withView(link), ...frame].filter(Boolean).join("&");
  const address = location.pathname + (query ? `?${query}` : "");
  if (address === location.pathname + location.search) return;
  // In a frame, the way back is that of the page around it.
  if (first || isEmbedded()) history.replaceState(history.state, "", address);
  else history.pushState(history.state, "", address);
  addressChanged();
}

/** @param {string} channel */
function hear(channel) {
  kept.ear();
  kept.channel = channel;
  kept.ear = listen(channel, (message) => {
    followPlay(message);
    if (message?.type === "ready") tellMap();
    if (message?.type === "outdated") setTimeout(() => send("renewed", true), OUTDATED_MS);
    if (message?.type === "drawn") document.documentElement.classList.add("map-drawn");
    if (message?.type === "select" && message.province) send("entered", message.province);
    else if (message?.type === "select") send("selected", message.id ?? message.incident);
    if (message?.type === "layer") send("layered", message.layer);
    if (message?.type === "view" && message.moved) moved(message.view);
  });
}

/** @param {[number, number, number]} view */
function moved(view) {
  kept.view = view.join(",");
  history.replaceState(history.state, "", `${location.pathname}?${withView(location.search.slice(1))}`);
  addressChanged();
}

addEventListener("popstate", () => {
  kept.link = null;
  kept.view = null;
  send("navigated", location.search);
});

/** Streamlit says which theme it shows only when it is asked to draw. */
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(() => send("themed", Date.now()), 50));

/** @type {MutationObserver | undefined} */
let watch;

/** While the date slider is dragged the map follows at once; Python is told on release. @param {string} channel */
function watchSlider(channel) {
  const slider = document.querySelector(".st-key-dates");
  if (!slider) return;
  watch?.disconnect();
  watch = new MutationObserver(() => {
    if (!slider.matches(":focus-within")) return; // what Streamlit sets, the map is told by the packet
    const [from, to] = [...slider.querySelectorAll("input")].map((end) => dayOf(end.getAttribute("aria-valuetext")));
    if (Number.isFinite(from) && Number.isFinite(to)) tell(channel, { type: "dates", from, to, source: "slider" });
  });
  watch.observe(slider, { attributes: true, subtree: true, attributeFilter: ["aria-valuetext"] });
}

/** Days since 1970-01-01. @param {string | null} iso */
const dayOf = (iso) => Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY;
