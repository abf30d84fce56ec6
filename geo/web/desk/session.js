// @ts-check
/**
 * The unseen part of the desk: it hands all others what they are to show, minds address line and language, looks for what
 * others did meanwhile, and says when the session has ended.
 */

import { act, deliverBy, forgetActs } from "../page/acts.js";
import { h } from "../page/dom.js";
import { unpack } from "../page/packet.js";
import { give } from "../page/part.js";
import { fillSlots } from "../page/slots.js";
import { PARTS } from "./parts.js";
import { watchStore } from "./watching.js";

/**
 * @typedef {object} Session
 * @property {string} link query string of what is open
 * @property {string} title of the browser's tab
 * @property {string} lang
 * @property {boolean} rtl
 * @property {import("./watching.js").Look} look
 * @property {string} upload label of the button that chooses files
 * @property {string} ended said when the session has ended
 * @property {string} again label of the link to the sign-in
 */

const kept = {
  turn: 0,
  begun: false,
  /** @type {string | null} */
  link: null,
};

/** @param {string} name @param {any} value */
const send = (name, value) => act("session", name, value);

/** @param {import("../page/part.js").Component<Uint8Array>} component */
export async function render({ data, setTriggerValue }) {
  const turn = ++kept.turn;
  deliverBy((acts) => setTriggerValue("acted", acts));
  if (!kept.begun) fillSlots(PARTS, act);
  kept.begun = true;
  const packet = await unpack(data);
  if (turn !== kept.turn) return;
  forgetActs(packet.heard);
  /** @type {Session} */
  const session = packet.session;
  const page = document.documentElement;
  page.lang = session.lang;
  page.classList.add("ready");
  page.classList.toggle("rtl", session.rtl);
  page.style.setProperty("--upload-words", JSON.stringify(session.upload)); // Streamlit's own button speaks English only
  document.title = session.title;
  give(packet);
  writeAddress(session.link, kept.link === null);
  watchStore(session.look, () => send("renewed", true), () => sayEnded(session));
}

/** @param {string} link @param {boolean} first */
function writeAddress(link, first) {
  const address = location.pathname + (link ? `?${link}` : "");
  if (link !== kept.link && address !== location.pathname + location.search) {
    if (first) history.replaceState(history.state, "", address);
    else history.pushState(history.state, "", address);
  }
  kept.link = link;
}

addEventListener("popstate", () => {
  kept.link = location.search.slice(1);
  send("navigated", location.search);
});

/** What was typed stays where it is: the sign-in opens beside it. @param {Session} session */
function sayEnded({ ended, again }) {
  if (document.querySelector(".desk-ended")) return;
  const to = encodeURIComponent(location.search);
  const note = h(
    "div.part.desk-ended",
    { role: "alert" },
    h("span", null, ended),
    h("a", { href: `/sign-in${to && `?to=${to}`}`, target: "_blank" }, again),
  );
  document.body.append(note);
}
