// @ts-check
/** The incident layer of a Leaflet map: takes commands, fetches data, draws, and says what the reader did. */

import { themeNamed } from "./tokens.js";
import { findVisible, readPoints, roomFor } from "./points.js";
import { drawEdges, drawLand, readGround } from "./basemap.js";
import { forgetWidths } from "./labels.js";
import { layOut, layOutShaded } from "./scene.js";
import { describeKey } from "./key.js";
import { layerNamed, metricOf } from "./layers.js";
import { readLosses } from "./losses.js";
import { letter } from "./lettering.js";
import { paintAreas, paintData } from "./paint.js";
import { Furniture } from "./furniture.js";
import { Canvases } from "./canvases.js";
import { fitView } from "./fitting.js";
import { Reader } from "./reader.js";
import { sourceAt } from "./source.js";
import { wordsIn } from "./words.js";

/** @typedef {import("./scene.js").State} State */

/**
 * What a revision holds, and room for what is found in it.
 * @typedef {object} Data
 * @property {import("./points.js").Points} points
 * @property {import("./source.js").Marks} marks
 * @property {import("./points.js").Found} found
 */

/**
 * What the page asks the map to show. Anything left out stays as it was.
 * @typedef {object} Command
 * @property {number} rev data revision
 * @property {string} [query] the filter without its dates, as the server's mask route takes it
 * @property {number | null} [from] first day since 1970-01-01
 * @property {number | null} [to] last day
 * @property {string} [layer] see layers.js
 * @property {number | string | null} [selected] incident index or id
 * @property {boolean} [opened] whether the selected incident is open: the others go faint
 * @property {"light" | "dark"} [theme]
 * @property {string} [lang]
 * @property {boolean} [rtl]
 * @property {Record<string, string>} [words]
 * @property {[number, number, number] | null} [view] lat, lon, zoom; null fits the incidents
 * @property {number} [fit] another number than before fits the incidents anew
 * @property {string} [channel] name of the BroadcastChannel shared with the page
 */

/**
 * Fonts and a letter of theirs: a canvas does not draw again by itself when a font has come.
 * @type {[string, string][]}
 */
const LATIN_FONTS = [
  ["12px 'Public Sans Variable'", "a"],
  ["600 24px 'Newsreader Variable'", "a"],
  ["italic 13px 'Newsreader Variable'", "a"],
];
/** @type {[string, string][]} */
const ARABIC_FONTS = [["12px 'Noto Naskh Arabic Variable'", "\u0627"]];
const ARABIC_LANGUAGES = ["ar", "fa", "ps", "ur"];

export class IncidentMap {
  /**
   * @param {any} map a Leaflet map
   * @param {{source: import("./source.js").Source, legend?: boolean | "auto"}} options
   */
  constructor(map, { source, legend = "auto" }) {
    this.map = map;
    this.source = source;
    /** @type {Command} */
    this.command = { rev: -1 };
    /** @type {State | null} */
    this.state = null;
    this.canvases = new Canvases(map);
    this.furniture = new Furniture(map, legend);
    this.reader = new Reader(this);
    this.commands = 0;
    /** The legend of the layer shown, where that is not the incidents'. @type {import("./key.js").Key | null} */
    this.key = null;
    /** The view last asked for; undefined before the first command. @type {string | undefined} */
    this.askedView = undefined;
    this.drawn = { drawnAt: 0, visible: 0, draws: 0, tookMs: 0 };
    /** @type {Promise<import("./basemap.js").Ground>} */
    this.ground = source.basemap().then(readGround);
    this.ground.catch(() => this.furniture.fail(wordsIn(this.command.words)));
    /** Revision of the losses held. @type {number | undefined} */
    this.lossesOf = undefined;
    /** @type {Promise<import("./losses.js").Losses> | undefined} */
    this.losses = undefined;
    /** Whether the map is to be fitted once the legend has its size. */
    this.fitLayer = false;
    /** Revision and language of the data held. */
    this.loaded = "";
    /** Whether the reader, or a link, has chosen the view: it is then left alone. */
    this.placed = false;
    this.moving = false;
    /** True while the map takes a new size and its middle is not yet the one that was chosen. */
    this.sizing = false;
    /** The middle as last chosen; a new size shifts that of the map by parts of a pixel. @type {any} */
    this.center = null;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) keepStill(map);
    map.on("moveend zoom viewreset", () => this.redraw());
    map.on("movestart", () => (this.placed ||= !this.moving));
    map.on("moveend", () => this.sizing || (this.center = map.getCenter()));
    map.on("resize", () => this.resized());
    new ResizeObserver(() => this.takeSize()).observe(map.getContainer());
    this.fetchFonts(LATIN_FONTS);
  }

  /** Takes the size of its box; see ``resized`` for what becomes of the view. */
  takeSize() {
    this.sizing = true;
    this.map.invalidateSize({ pan: false });
    this.sizing = false;
  }

  /** @param {[string, string][]} fonts */
  async fetchFonts(fonts) {
    await stylesLoaded();
    await Promise.all(fonts.map(([font, letter]) => document.fonts.load(font, letter)));
    forgetWidths();
    this.redraw();
  }

  /** Shows what a command asks for; keeps the picture until all data for the new one is there.
   * @param {Command} command */
  async show(command) {
    const turn = ++this.commands;
    this.command = { ...this.command, ...command };
    const { rev, query = "", lang = "en" } = this.command;
    this.reader.listen(this.command.channel);
    try {
      const [ground, mask, data, losses] = await Promise.all([
        this.ground,
        this.source.mask(query, rev),
        this.load(rev, lang),
        this.loadLosses(rev),
      ]);
      if (turn !== this.commands) return;
      this.apply(ground, mask, data, losses);
    } catch (error) {
      if (turn === this.commands) this.fail(/** @type {any} */ (error).status);
      throw error;
    }
  }

  /** Says that data did not come; what the server no longer has, it has newer. @param {number | undefined} status */
  fail(status) {
    this.furniture.fail(wordsIn(this.command.words));
    if (status === 404) this.reader.post({ type: "outdated" });
  }

  /** Points and marks of a revision, fetched once in each language. @param {number} rev @param {string} lang */
  load(rev, lang) {
    const asked = `${rev} ${lang}`;
    if (asked !== this.loaded || !this.loading) {
      this.loaded = asked;
      this.loading = Promise.all([this.source.points(rev), this.source.marks(rev, lang)]).then(([buffer, marks]) => {
        const points = readPoints(buffer);
        return { points, marks, found: roomFor(points.count) };
      });
      this.loading.catch(() => (this.loading = undefined));
    }
    return this.loading;
  }

  /** Losses of a revision, fetched once and only for a layer that shows them. @param {number} rev */
  async loadLosses(rev) {
    if (!["killed", "wounded"].includes(layerNamed(this.command.layer)) || !this.source.losses) return null;
    if (this.lossesOf !== rev) {
      this.lossesOf = rev;
      this.losses = this.source.losses(rev).then(readLosses);
      this.losses.catch(() => (this.lossesOf = undefined));
    }
    return this.losses ?? null;
  }

  /** Another layer, chosen on the map or in its legend. @param {import("./layers.js").LayerName} layer */
  showLayer(layer) {
    if (layer !== layerNamed(this.command.layer)) this.show({ ...this.command, layer }).catch(() => {});
  }

  /** @param {import("./layers.js").LayerName} layer */
  chooseLayer(layer) {
    this.reader.post({ type: "layer", layer });
    this.showLayer(layer);
  }

  /**
   * @param {import("./basemap.js").Ground} ground @param {Uint8Array | null} mask
   * @param {Data} data @param {import("./losses.js").Losses | null} losses
   */
  apply(ground, mask, { points, marks, found }, losses) {
    const { from = null, to = null, opened = false, theme, lang = "en", words } = this.command;
    const before = this.state;
    this.found = found;
    this.state = {
      points,
      marks,
      ground,
      lang,
      opened,
      filter: { mask, from, to },
      layer: layerNamed(this.command.layer),
      losses,
      theme: themeNamed(theme),
      say: wordsIn(words),
      selected: this.incidentIndex(marks),
      touch: matchMedia("(pointer: coarse)").matches,
      stood: before?.lang === lang ? before.stood : new Map(),
    };
    if (before?.lang !== lang && ARABIC_LANGUAGES.includes(lang)) this.fetchFonts(ARABIC_FONTS);
    this.furniture.dress(this.state, this.command, ground.record.attribution);
    this.explain(this.state, this.state.layer === "incidents" ? null : this.key);
    // The size of a shaded layer's legend is known only when it is laid out.
    this.fitLayer =
      before?.layer !== this.state.layer && this.state.layer !== "incidents" && !this.command.view && !this.placed;
    if (this.settle(before)) return;
    const sameGround = before?.theme === this.state.theme && before.layer === this.state.layer;
    if (before && sameGround) this.canvases.fadeOut();
    this.redraw({ ground: !sameGround });
  }

  /** @param {import("./source.js").Marks} marks */
  incidentIndex({ incident_ids: ids }) {
    const { selected } = this.command;
    if (typeof selected === "number") return selected;
    return selected ? (ids ?? []).indexOf(selected) : -1;
  }

  /** Puts the map where the command says, or, the first time, where it shows all incidents.
   * @param {State | null} before @returns {boolean} whether the map moved, and so will draw by itself */
  settle(before) {
    const { view, fit = 0 } = this.command;
    const asked = JSON.stringify([view ?? null, fit]);
    if (asked === this.askedView && before) return false;
    this.askedView = asked;
    if (
      view &&
      Math.abs(view[2] - this.map.getZoom()) < 0.01 &&
      this.map.distance([view[0], view[1]], this.map.getCenter()) < 50
    ) {
      this.center = [view[0], view[1]];
      return false;
    }
    this.placed = Boolean(view);
    if (view) this.moveTo([view[0], view[1]], view[2]);
    else this.fit();
    return true;
  }

  /** @param {[number, number] | any} center lat, lon @param {number} zoom */
  moveTo(center, zoom) {
    this.moving = true;
    this.map.setView(center, zoom, { animate: false });
    this.moving = false;
  }

  fit() {
    if (!this.state || !this.found || !this.map.getSize().x) return;
    const target = fitView(this.map.getSize(), this.state, this.found, this.furniture.boxes());
    this.moveTo(target.center, target.zoom);
  }

  resized() {
    if (!this.placed) this.fit();
    else if (this.center) this.moveTo(this.center, this.map.getZoom());
    this.redraw();
  }

  /** Draws once in the next frame, however often it is asked. @param {{ground?: boolean}} [what] */
  redraw({ ground = true } = {}) {
    this.groundStale ||= ground;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      if (this.state && this.map.getSize().x) this.draw();
    });
  }

  draw() {
    const { state, found, canvases } = this;
    if (!state || !found) return;
    const started = performance.now();
    const view = canvases.place();
    if (this.groundStale) {
      state.stood.clear();
      drawLand(canvases.land, view, state.theme, state.ground);
      drawEdges(canvases.edges, view, edgesOn(state), state.ground);
      this.groundStale = false;
    }
    const window = {
      x0: (view.left - 24) / view.scale,
      y0: (view.top - 24) / view.scale,
      x1: (view.left + view.width + 24) / view.scale,
      y1: (view.top + view.height + 24) / view.scale,
    };
    findVisible(state.points, state.filter, window, found);
    const filtered = performance.now();
    this.scene = this.layOut(view, state, found);
    const laid = performance.now();
    this.lettering = letter(canvases.data, view, state, this.scene);
    const lettered = performance.now();
    paintAreas(canvases.areas, view, state, this.scene);
    paintData(canvases.data, view, state, this.scene, this.lettering);
    this.view = view;
    this.times = {
      filter: filtered - started,
      layout: laid - filtered,
      letter: lettered - laid,
      paint: performance.now() - lettered,
    };
    this.drawn = {
      drawnAt: Date.now(),
      visible: found.matching,
      draws: this.drawn.draws + 1,
      tookMs: performance.now() - started,
    };
    Object.assign(globalThis, { __incidentLayer: this.drawn });
    this.reader.drew(this.scene, state, this.lettering, view);
  }

  /** The scene of the layer, and its legend. @param {import("./geometry.js").View} view @param {State} state
   * @param {import("./points.js").Found} found @returns {import("./scene.js").Scene} */
  layOut(view, state, found) {
    if (state.layer === "incidents") {
      this.explain(state, null);
      return layOut(this.canvases.data, view, state, found, this.furniture.boxes(view));
    }
    return this.layOutShaded(view, state, found);
  }

  /** The legend comes after, as it tells of the scene: when it takes another size, the scene is laid once more.
   * @param {import("./geometry.js").View} view @param {State} state @param {import("./points.js").Found} found */
  layOutShaded(view, state, found) {
    const { furniture } = this;
    const lay = () => layOutShaded(view, state, found, furniture.boxes(view));
    const before = furniture.sizes();
    const scene = lay();
    this.explain(state, describeKey(state, scene));
    if (this.fitLayer) this.fit();
    this.fitLayer = false;
    return furniture.sizes() === before ? scene : lay();
  }

  /** @param {State} state @param {import("./key.js").Key | null} key */
  explain(state, key) {
    this.key = key;
    this.furniture.explain(state, this.command, key, (layer) => this.chooseLayer(layer));
  }

  /**
   * New dates from the page's own timeline, without the server.
   * @param {number | null} from
   * @param {number | null} to
   */
  showDates(from, to) {
    Object.assign(this.command, { from, to });
    if (!this.state) return;
    this.state = { ...this.state, filter: { ...this.state.filter, from, to } };
    this.redraw({ ground: false });
  }
}

/** Moves a map at once where it would glide. @param {any} map */
function keepStill(map) {
  const { panBy } = map;
  map.options.inertia = false;
  map.panBy = (/** @type {any} */ offset, /** @type {object} */ options) =>
    panBy.call(map, offset, { ...options, animate: false });
}

/** Edges of provinces must be seen between two of one shade. @param {State} state */
const edgesOn = ({ theme, layer }) => (metricOf(layer) ? { ...theme, provinceEdge: theme.strongRule } : theme);

/** A font is known only when its style sheet has come, and a frame's sheets may come after its scripts. */
const stylesLoaded = () =>
  Promise.all(
    [...document.querySelectorAll("link")].map(
      (link) =>
        link.rel !== "stylesheet" ||
        link.sheet ||
        new Promise((resolve) => {
          link.addEventListener("load", resolve);
          link.addEventListener("error", resolve);
        }),
    ),
  );

/**
 * Starts the layer on a Leaflet map; `map.incidents.show(command)` then draws.
 * @param {any} map
 * @param {{data_url?: string, source?: import("./source.js").Source, legend?: boolean | "auto"}} options
 * @returns {IncidentMap}
 */
export function startIncidents(map, { data_url: url = "", source = sourceAt(url), legend }) {
  map.incidents = new IncidentMap(map, { source, legend });
  return map.incidents;
}
