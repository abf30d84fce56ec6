// @ts-check
/**
 * An edition in the browser: what the dashboard's server does at each change is done here, and handed to the very parts
 * of the dashboard's page. It asks nobody for anything.
 */

import { startIncidents } from "../map/layer.js";
import { listen, tell } from "../page/channel.js";
import { sayWithheld } from "../page/dom.js";
import { knowWords, wordsOf } from "../page/known.js";
import { give } from "../page/part.js";
import { endFollowing, followPlay } from "../page/playing.js";
import { PARTS } from "../page/parts.js";
import { fillSlots } from "../page/slots.js";
import { carryTimes } from "../page/time.js";
import { drawAbout } from "./about.js";
import { onAddress, readAddress, writeAddress } from "./address.js";
import { drawControls, placeDays, startControls, TABS } from "./controls.js";
import { firstManner, Scene } from "./edition.js";
import { daysOf, readMarks } from "./facts.js";
import { loosenFilter, noFilter, readLink, settleFilter, writeLink } from "./link.js";
import { ALL, CARDS_AT_ONCE, describeCards } from "./list.js";
import { pointOf } from "./match.js";
import { unpackBytes, unpackJson, unpackText } from "./parcel.js";
import { describeTable, sortBy } from "./rows.js";
import { makeSearch } from "./search.js";
import { describeHead, writeTitle } from "./sentences.js";
import { choose, describeFacets, describeMore } from "./sidebar.js";
import { maskQuery, sourceFrom } from "./source.js";
import { Spelling } from "./spelling.js";
import { describeClaims, describeOpened } from "./telling.js";
import { Words } from "./words.js";

/** @typedef {import("./link.js").Link} Link */
/** @typedef {import("./edition.js").Edition} Edition */

const LAYERS = ["incidents", "provinces", "killed", "wounded", "density"];
const PLAY_WORDS = ["start", "stop", "manner", "moving", "moving_long", "cumulative", "cumulative_long", "speed"];
/** Rows of a printed table; the rest is said to be missing. */
const PRINTED_ROWS = 1000;
const FIRST_VIEW_ZOOM = 6;
const LEAFLET = {
  minZoom: 4, maxZoom: 13, zoomSnap: 0.125, zoomDelta: 0.5, wheelPxPerZoomLevel: 120, attributionControl: false,
  zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, zoomControl: false,
};

/** A name of its own for each window, so that two of them do not drive each other. */
const CHANNEL = `edition-${[...crypto.getRandomValues(new Uint32Array(4))].join("-")}`;

/** @type {Link} */
let link = readLink("").link;
/** @type {import("./link.js").Problem[]} */
let problems = [];
let manner = firstManner();
let printing = false;
/** Changes when the map is to show all that is found. */
let fits = 0;

/** Everything the file carries, ready to be asked. */
async function open() {
  const names = ["papers", "words", "facts", "texts", "marks", "basemap"];
  const [papers, said, facts, texts, marks, basemap] = await Promise.all(names.map(unpackJson));
  const [points, times] = await Promise.all(["points", "times"].map(unpackBytes));
  marks.incident_ids = facts.ids;
  marks.titles = texts.title;
  marks.places = listPlaces(marks.places);
  const places = readMarks(points, times);
  const spelling = new Spelling(papers.variants);
  const told = { title: texts.title, place: texts.place, names: papers.names, spots: () => marks.places, details: () => details };
  const search = makeSearch(facts, places, spelling, told);
  const words = new Words(papers.lang, said);
  knowWords(papers.lang, said);
  sayWithheld(said["names.masked"]);
  /** @type {Edition} */
  const edition = { world: { facts, marks: places, spelling, search, points: pointsOf(basemap) }, texts, papers, words };
  const source = sourceFrom(edition.world, { basemap, points, times, losses: () => unpackBytes("losses"), marks });
  return { edition, source, basemap };
}

/** Where the crossings are, from which a link may measure distances. @param {import("../map/source.js").Basemap} basemap
 * @returns {Map<string, [number, number]>} */
const pointsOf = ({ crossings }) => new Map(crossings.map(({ id, lat, lon }) => [id, [lat, lon]]));

/** A line for each incident, which are read when somebody asks for them. @type {string[]} */
let details = [];
const detailsCome = unpackText("details").then((text) => (details = text.split("\n")));
/** @param {number} i */
const tellOf = (i) => JSON.parse(details[i]);

/** Places that come in columns, as a list. @param {{count: number} & Record<string, any>} folded */
function listPlaces({ count, ...columns }) {
  const places = Array.from({ length: count }, () => /** @type {any} */ ({}));
  for (const [name, column] of Object.entries(columns)) {
    if (Array.isArray(column)) places.forEach((place, k) => (place[name] = column[k]));
    else column.at.forEach((/** @type {number} */ at, /** @type {number} */ k) => (places[at][name] = column.values[k]));
  }
  return places;
}

/** @param {Awaited<ReturnType<typeof open>>} opened */
function start({ edition, source, basemap }) {
  const { world } = edition;
  const known = {
    types: world.facts.types,
    incident: (/** @type {string} */ id) => world.facts.ids.includes(id),
    place: (/** @type {string} */ place) => pointOf(world, place) !== null,
    tabs: TABS,
    layers: LAYERS,
  };
  const read = (/** @type {string} */ query) => {
    ({ link, problems } = readLink(query, known));
    link = { ...link, lang: null, rev: null, asof: null, tab: link.tab === TABS[0] ? null : link.tab, layer: link.layer === LAYERS[0] ? null : link.layer };
    manner = { ...firstManner(), order: manner.order };
  };
  read(readAddress());
  carryTimes(source);
  startMap(source, basemap);
  const draw = () => drawPage(edition);
  const change = (/** @type {Partial<Link>} */ changes, { replace = false } = {}) => {
    link = { ...link, ...changes, filter: settleFilter(changes.filter ?? link.filter) };
    writeAddress(writeLink(link), { replace });
    draw();
  };
  listenTo(edition, change, draw);
  onAddress((query) => {
    read(query);
    draw();
  });
  writeAddress(writeLink(link), { replace: true });
  drawAbout(/** @type {HTMLElement} */ (document.getElementById("about")), edition.papers.about);
  draw();
}

/** @typedef {(changes: Partial<Link>, how?: {replace?: boolean}) => void} Change */

/** What the reader does, wherever it is done. @param {Edition} edition @param {Change} change @param {() => void} draw */
function listenTo(edition, change, draw) {
  const { facts } = edition.world;
  const firstPages = () => (manner = { ...manner, cards: 0, tablePage: 0, claimsPage: 0 });
  const filter = (/** @type {Partial<import("./link.js").Filter>} */ changes, /** @type {{replace?: boolean}} */ how = {}) => {
    firstPages();
    change({ filter: { ...link.filter, ...changes } }, how);
  };
  const remember = (/** @type {Partial<import("./edition.js").Manner>} */ changes) => {
    manner = { ...manner, ...changes };
    draw();
  };
  const clear = () => {
    firstPages();
    fits += 1;
    change({ filter: noFilter(), view: null });
  };
  const dates = (/** @type {number | null} */ from, /** @type {number | null} */ to) => filter({ from, to });
  const province = (/** @type {string} */ code) => filter({ lists: { ...link.filter.lists, province: [code] } });
  /** @type {Record<string, (value: any) => void>} */
  const acts = {
    acted: clear,
    chosen: ([field, value]) => {
      firstPages();
      change({ filter: choose(link.filter, field, value) });
    },
    sought: ([field, text]) => remember({ sought: { ...manner.sought, [field]: text } }),
    entered: province,
    opened: (id) => change({ incident: id, tab: null }),
    closed: () => change({ incident: null }),
    ordered: (order) => remember({ order, cards: 0 }),
    wanted: (shown) => remember({ cards: shown + CARDS_AT_ONCE }),
    loosened: (key) => (key === ALL ? clear() : filter(Object.fromEntries(loosenFilter(link.filter))[key])),
    dismissed: () => {
      problems = [];
      draw();
    },
    dated: ([from, to]) => dates(from, to),
    stretched: (km) => filter({ km: km.length ? [Math.min(...km), Math.max(...km)] : null }),
    paged: (pages) => turn(pages, remember),
    sorted: (column) => remember(sortBy(manner, column)),
    selected: (i) => change({ incident: facts.ids[i], tab: null }),
    layered: (layer) => change({ layer: layer === LAYERS[0] ? null : layer }),
  };
  fillSlots(PARTS, (_, name, value) => acts[name]?.(value));
  startControls({
    search: (q) => filter({ q }, { replace: true }),
    dates,
    drag: (from, to) => tell(CHANNEL, { type: "dates", from, to, source: "slider" }),
    tab: (tab) => change({ tab: tab === TABS[0] ? null : tab }),
    newest: () => daysOf(facts)?.[1] ?? 0,
  });
  listen(CHANNEL, (message) => {
    followPlay(message);
    if (message?.type === "dates" && message.source !== "slider") followDays(message, daysOf(facts));
    if (message?.type === "ready") tellMap(edition);
    if (message?.type === "drawn") document.documentElement.classList.add("map-drawn");
    if (message?.type === "select" && message.province) province(message.province);
    else if (message?.type === "select") acts.selected(message.incident);
    if (message?.type === "layer") acts.layered(message.layer);
    if (message?.type === "view" && message.moved) {
      link = { ...link, view: message.view };
      writeAddress(writeLink(link), { replace: true });
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  matchMedia("print").addEventListener("change", ({ matches }) => {
    printing = matches;
    draw();
  });
}

/** The slider goes along with days that are dragged elsewhere, or play. @param {{from: number | null, to: number | null}} days
 * @param {[number, number] | null} all */
function followDays({ from, to }, all) {
  if (all) placeDays(from ?? all[0], to ?? all[1]);
}

/** @param {number} pages @param {(changes: Partial<import("./edition.js").Manner>) => void} remember */
function turn(pages, remember) {
  const name = link.tab === "claims" ? "claimsPage" : "tablePage";
  remember({ [name]: Math.max(0, manner[name] + pages) });
  scrollTo({ top: 0 });
}

/** @param {import("../map/source.js").Source} source @param {any} basemap */
function startMap(source, basemap) {
  const leaflet = /** @type {any} */ (globalThis).L;
  const [lat, lon] = basemap.view ?? [0, 0];
  const map = leaflet.map("map", { ...LEAFLET, center: [lat, lon], zoom: FIRST_VIEW_ZOOM });
  leaflet.control.zoom({ position: "topright" }).addTo(map);
  const layer = startIncidents(map, { source, legend: "auto" });
  layer.reader.listen(CHANNEL);
}

/** The theme of the reader's system; paper is light. */
const themeName = () => (!printing && matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

/** What map and timeline are to show. @param {Edition} edition */
function describeMap({ world, papers, words }) {
  const { filter } = link;
  const selected = link.incident === null ? null : world.facts.ids.indexOf(link.incident);
  return {
    rev: 0, query: maskQuery(world, filter), from: filter.from, to: filter.to, selected, opened: selected !== null,
    layer: link.layer ?? LAYERS[0], fit: fits, theme: themeName(), lang: papers.lang, rtl: words.rtl, channel: CHANNEL,
  };
}


/** @param {Edition} edition */
async function tellMap(edition) {
  const view = link.view;
  const words = await wordsOf(edition.papers.lang);
  tell(CHANNEL, { type: "show", ...describeMap(edition), view, words: words.map });
}

/** @param {Edition} edition */
function drawPage(edition) {
  const scene = new Scene(edition, link, manner);
  const { words, papers } = { words: edition.words, papers: edition.papers };
  const tab = link.tab ?? TABS[0];
  document.title = writeTitle(scene);
  document.documentElement.classList.toggle("incident-open", scene.opened >= 0 && tab === TABS[0]);
  const ignored = problems.map(({ key, values }) => words.say(key, values)).join(" ");
  const notices = ignored ? [words.say("link.ignored", { reasons: ignored })] : [];
  const shows = (/** @type {string} */ name) => tab === name || printing;
  const play = (/** @type {string} */ kind) => ({ channel: CHANNEL, kind, words: Object.fromEntries(PLAY_WORDS.map((name) => [name, words.say(`play.${name}`)])), speeds: papers.speeds });
  /** @type {Record<string, any>} */
  const packet = {
    session: { link: writeLink(link) },
    brand: { kind: "brand", title: words.say("app.title"), action: words.say("filter.clear") },
    dates_title: { kind: "title", title: words.say("filter.dates"), note: writeDates(scene), live: "dates-now" },
    dates_scale: { kind: "scale", ticks: scene.dataDays.map((day) => words.day(day, { short: true })) },
    filters_done: { kind: "done", action: words.say("filter.done") },
    languages: { label: words.say("language.choose"), lang: papers.lang, languages: [], filters: words.say("filter.open") },
    head: describeHead(scene, notices),
    facets: describeFacets(scene),
    more_facets: describeMore(scene),
    play_manner: play("manner"),
    play_button: play("button"),
    play_bar: play("bar"),
    legend: { theme: themeName(), words: papers.legend, channel: CHANNEL },
    time: { ...describeMap(edition), data_url: "", wide: maskQuery(edition.world, { ...link.filter, km: null }), stretch: link.filter.km, provinces: link.filter.lists.province, stretches: papers.stretches },
  };
  const opened = scene.opened < 0 ? null : describeWhenThere(edition, () => describeOpened(scene, tellOf));
  if (opened) packet.incident = opened;
  else packet.cards = describeCards(scene, CHANNEL);
  if (shows("table")) packet.table = describeTable(scene, printing ? PRINTED_ROWS : undefined);
  if (tab === "claims") packet.claims = describeWhenThere(edition, () => describeClaims(scene, tellOf));
  if (shows("methodology")) packet.prose = papers.prose;
  for (const name of Object.keys(packet)) if (packet[name] === null) delete packet[name];
  drawControls(scene, tab);
  give(packet);
  endFollowing();
  tellMap(edition);
  document.documentElement.classList.add("ready");
}

/** What needs the details, which come after all else; the page is drawn again when they are there.
 * @template T @param {Edition} edition @param {() => T} describe @returns {T | null} */
function describeWhenThere(edition, describe) {
  if (details.length) return describe();
  detailsCome.then(() => drawPage(edition));
  return null;
}

/** @param {Scene} scene */
function writeDates({ words, period: [start, end] }) {
  return words.days(start, end, { short: words.monthOf(start) !== words.monthOf(end) });
}

open().then(start);
