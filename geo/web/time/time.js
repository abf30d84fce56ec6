// @ts-check
/**
 * The timeline and the ribbon under the map: every year, the days of a window, and kilometre along the line by date.
 *
 * A page imports it as a module, with geo/web served as it is, and hands it an element; it needs no build step, loads no
 * fonts and looks for nothing outside that element, which may stand in a shadow root that carries time.css:
 *
 *     import { renderTime } from "/border-incidents/assets/time/time.js"; // which imports ../map/tokens.js and others
 *     const time = renderTime(element, {
 *       data_url: "/border-incidents/data/AF-PK",   // basemap, marks, mask, times under it
 *       onDates: (from, to) => setStateValue("dates", [from, to]),
 *     });
 *     await time.show({ rev: 7, query: "type=clash", from: 20362, to: 20392, stretches, lang: "en", words, channel });
 *
 * `show` may be called as often as the page likes; what a command leaves out stays. `stretches` are the kilometres of
 * each province, as `geo.borders.Border.stretches` has them; `words` are those of data/words. On the session's channel it
 * posts {type: "dates", from, to} while the reader drags (null is no limit), {type: "hover", incident, id, from: "time"},
 * {type: "select", incident, id} and {type: "playing", on}; it follows "dates", "hover" and
 * {type: "play", on, cumulative, speed}. While days play, "dates" say in `now` what to show large.
 * Rules of crossings are drawn from the `crossing_history` of `marks` (see closures.js).
 */

import { themeNamed } from "../map/tokens.js";
import { Brush } from "./brush.js";
import { clamp, extentOf, LEAST_WINDOW, placeDays, shiftInto } from "./axis.js";
import { findClosures } from "./closures.js";
import { Controls } from "./controls.js";
import { Head } from "./head.js";
import { describeNow } from "./now.js";
import { MarkButtons } from "./marks.js";
import { layScene, paintScene } from "./picture.js";
import { Player } from "./play.js";
import { rangesInView } from "./seen.js";
import { timeSourceAt } from "./source.js";
import { Stage } from "./stage.js";
import { describeBorder, heldByTotals } from "./state.js";
import { datedDays, tallyMarks } from "./tally.js";
import { readTimes } from "./times.js";
import { targetAt, Tip } from "./tip.js";
import { Twin } from "./twin.js";
import { Voice } from "./voice.js";
import { timeWordsIn } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./times.js").Days} Days */

/**
 * What the page asks the timeline to show. Anything left out stays as it was.
 * @typedef {object} TimeCommand
 * @property {number} rev data revision
 * @property {string} [query] the filter without its dates, as the server's mask route takes it
 * @property {string} [wide] the same without a limit along the line, where there is one
 * @property {[number, number] | null} [stretch] kilometres of that limit
 * @property {string[]} [provinces] ISO 3166-2 of those chosen
 * @property {number | null} [from] first day since 1970-01-01; null is no limit
 * @property {number | null} [to] last day
 * @property {number | string | null} [selected] incident index or id
 * @property {"light" | "dark"} [theme]
 * @property {string} [lang]
 * @property {boolean} [rtl]
 * @property {Record<string, string>} [words]
 * @property {Record<string, [number, number]>} [stretches] kilometres of each province on the line, by ISO 3166-2
 * @property {string} [channel] name of the BroadcastChannel shared with the map and the page
 */

/**
 * @typedef {object} TimeOptions
 * @property {string} [data_url]
 * @property {import("./source.js").TimeSource} [source] in place of `data_url`
 * @property {boolean} [playButton] whether a button to play stands beside the title
 * @property {(from: number | null, to: number | null) => void} [onDates] when the reader lets go
 * @property {(stretch: [number, number] | null) => void} [onStretch] when the reader lets go; null is all of the line
 * @property {(incident: number, id: string | null) => void} [onSelect]
 * @property {(on: boolean) => void} [onPlay]
 */

/** What a revision holds. @typedef {{times: import("./times.js").Times, marks: import("./source.js").TimeMarks}} Data */

/** Quiet after the last key before the server is told. */
const KEYS_REST_MS = 350;

export class Timeline {
  /** @param {HTMLElement} element @param {TimeOptions} options */
  constructor(element, options) {
    this.options = options;
    this.source = options.source ?? timeSourceAt(options.data_url ?? "");
    /** @type {TimeCommand} */
    this.command = { rev: -1 };
    this.commands = 0;
    this.rev = -1;
    this.lang = "";
    /** @type {Promise<import("./state.js").Basemap> | undefined} */
    this.basemap = undefined;
    /** @type {State | null} */
    this.state = null;
    /** @type {import("./picture.js").Scene | null} */
    this.scene = null;
    this.drawn = { draws: 0, tookMs: 0 };
    this.frame = 0;
    this.stale = false;
    /** What the map shows. @type {import("./seen.js").Bounds | null} */
    this.bounds = null;
    /** Whether the reader has chosen days that the page does not know yet. */
    this.unsaid = false;
    this.root = add(element, "section", "incident-time");
    this.head = new Head(this.root, options.playButton ? () => this.play(!this.player.on) : null);
    this.stage = new Stage(this.root);
    this.controls = new Controls(this.stage.box, this);
    this.brush = new Brush(this.stage.box, this);
    this.buttons = new MarkButtons(this.stage.box, this);
    this.tip = new Tip(this.stage.box);
    this.twin = new Twin(this.root);
    this.notice = add(this.root, "p", "time-notice");
    this.notice.setAttribute("role", "alert");
    this.player = new Player(
      (period) => this.setPeriod(period),
      (on) => this.played(on),
    );
    this.voice = new Voice({
      dates: (from, to) => this.showDates(from, to),
      hover: (incident) => this.pointAt(incident),
      view: (bounds) => this.see(bounds),
      play: (on, manner) => this.play(on, manner),
    });
    this.watch();
  }

  /** Draws again when fonts have come or the width has changed. */
  watch() {
    const again = () => {
      if (!this.stage.width) this.player.stop(); // nobody sees it
      this.redraw({ lay: true });
    };
    const sizes = new ResizeObserver(again);
    sizes.observe(this.stage.box);
    document.fonts.addEventListener("loadingdone", again);
    this.unwatch = () => {
      sizes.disconnect();
      document.fonts.removeEventListener("loadingdone", again);
    };
  }

  /** Shows what a command asks for; keeps the picture until all data for the new one is there.
   * @param {TimeCommand} command */
  async show(command) {
    const turn = ++this.commands;
    this.command = { ...this.command, ...command };
    const { rev, query = "", wide = query, words } = this.command;
    this.voice.join(this.command.channel);
    this.basemap ??= this.source.basemap();
    try {
      const narrow = this.source.mask(query, rev);
      const masks = Promise.all([narrow, wide === query ? narrow : this.source.mask(wide, rev)]);
      const loaded = this.load(rev, this.command.lang ?? "en");
      const [basemap, [mask, all], data] = await Promise.all([this.basemap, masks, loaded]);
      if (turn !== this.commands) return;
      this.notice.textContent = "";
      this.apply(basemap, { mask, wide: all }, data);
    } catch (error) {
      if (turn === this.commands) this.notice.textContent = timeWordsIn(words)("time.failed");
      this.basemap = undefined;
      throw error;
    }
  }

  /** Times and marks of a revision, fetched once in each language. @param {number} rev @param {string} lang @returns {Promise<Data>} */
  load(rev, lang) {
    if (rev !== this.rev || lang !== this.lang || !this.loading) {
      [this.rev, this.lang] = [rev, lang];
      this.loading = Promise.all([this.source.times(rev), this.source.marks(rev, lang)]).then(([buffer, marks]) => ({
        times: readTimes(buffer),
        marks,
      }));
      this.loading.catch(() => (this.loading = undefined));
    }
    return this.loading;
  }

  /** @param {import("./state.js").Basemap} basemap @param {{mask: Uint8Array | null, wide: Uint8Array | null}} masks
   * @param {Data} data */
  apply(basemap, masks, { times, marks }) {
    const {
      lang = "en",
      rtl = false,
      words,
      stretches = {},
      query = "",
      stretch = null,
      provinces = [],
    } = this.command;
    const before = this.state;
    const extent = extentOf(times.extent, this.command);
    const border = describeBorder(basemap, stretches, lang);
    const world = { extent, lengthKm: border.lengthKm, held: heldByTotals(marks, border) };
    const sameCounts = before?.times === times && this.counted === query;
    const tally = sameCounts && before ? before.tally : tallyMarks(times, masks, marks.categories, world);
    this.counted = query;
    const days = before && this.isHeld() ? before : placeDays(this.command, before, extent);
    this.state = {
      times,
      marks,
      tally,
      extent,
      border,
      lang,
      rtl,
      closures: findClosures(marks.crossing_history ?? {}),
      categories: marks.categories,
      window: days.window,
      period: days.period,
      say: timeWordsIn(words),
      stretch: before && this.brush.isHeld ? before.stretch : stretch,
      chosen: provinces.flatMap((code) => (border.stretches.has(code) ? [border.stretches.get(code) ?? [0, 0]] : [])),
      seen: rangesInView(border.line, this.bounds),
      selected: this.incidentIndex(marks),
      pointed: before?.pointed ?? -1,
    };
    if (before && !sameCounts) this.stage.fade();
    this.dress();
    this.redraw({ lay: true });
    this.tellTwin();
  }

  /** Whether the reader is choosing days just now, so that older ones from the page must wait. */
  isHeld() {
    return Boolean(this.controls.drag) || this.player.on || this.unsaid;
  }

  /** @param {import("../map/source.js").Marks} marks */
  incidentIndex({ incident_ids: ids }) {
    const { selected } = this.command;
    if (typeof selected === "number") return selected;
    return selected ? (ids ?? []).indexOf(selected) : -1;
  }

  /** Colours, direction and words of the elements round the canvas. */
  dress() {
    this.stage.dress(themeNamed(this.command.theme));
    if (!this.state) return;
    this.root.dir = this.state.rtl ? "rtl" : "ltr";
    this.root.lang = this.state.lang;
    this.root.setAttribute("aria-label", this.state.say("time.title"));
    this.tellHead();
  }

  /** Draws once in the next frame, however often it is asked. @param {{lay?: boolean}} [what] */
  redraw({ lay = false } = {}) {
    this.stale ||= lay;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      if (this.state && this.stage.width) this.draw(this.state);
    });
  }

  /** @param {State} state */
  draw(state) {
    const started = performance.now();
    const { ctx, width } = this.stage;
    if (this.stale || !this.scene) {
      this.scene = layScene(ctx, state, width);
      this.buttons.lay(this.scene, state);
      this.tellHead();
    }
    this.stale = false;
    this.stage.size(width, this.scene.layout.height);
    paintScene({ ctx, theme: themeNamed(this.command.theme), state }, this.scene);
    this.controls.place(this.scene, state);
    this.brush.place(this.scene, state);
    this.drawn = { draws: this.drawn.draws + 1, tookMs: performance.now() - started };
    this.root.dataset.draws = String(this.drawn.draws);
  }

  /** The chosen days as the page and the map know them: an end of the data is no limit.
   * @returns {{from: number | null, to: number | null}} */
  dates() {
    if (!this.state) return { from: this.command.from ?? null, to: this.command.to ?? null };
    const { period, extent } = this.state;
    return { from: period.from <= extent.from ? null : period.from, to: period.to >= extent.to ? null : period.to };
  }

  /** Chooses days inside the window, and tells the map at once. @param {Days} period */
  setPeriod(period) {
    const { state } = this;
    if (!state || (period.from === state.period.from && period.to === state.period.to)) return;
    state.period = period;
    this.tellMap();
    this.redraw();
  }

  /** Shows other days on the axis; the period stays inside them. @param {Days} window @param {Days} period */
  setWindow(window, period) {
    const { state } = this;
    if (!state) return;
    const from = clamp(window.from, state.extent.from, state.extent.to);
    const to = clamp(window.to, state.extent.from, state.extent.to);
    const least = Math.max(0, LEAST_WINDOW - 1 - (to - from));
    state.window = least ? shiftInto({ from: Math.min(from, to) - least, to }, state.extent) : { from, to };
    this.redraw({ lay: true });
    this.setPeriod(shiftInto(period, state.window));
  }

  tellMap() {
    const dates = this.dates();
    Object.assign(this.command, dates);
    this.unsaid = true;
    const now = this.player.on && this.state ? { now: describeNow(this.state) } : {};
    this.voice.post({ type: "dates", ...dates, ...now });
  }

  /** Tells the page, and listeners, what the reader has settled on. */
  release() {
    clearTimeout(this.resting);
    if (!this.unsaid || this.controls.drag || this.player.on) return;
    this.unsaid = false;
    const { from, to } = this.dates();
    this.tellTwin();
    this.options.onDates?.(from, to);
  }

  /** Like `release`, when the keys have come to rest. */
  releaseSoon() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.release(), KEYS_REST_MS);
  }

  tellHead() {
    if (this.state) this.head.tell(this.state, { playing: this.player.on, blocks: this.scene?.columns.blocks ?? true });
  }

  tellTwin() {
    if (this.state) this.twin.tell(this.state);
  }

  /**
   * Dates from elsewhere (a slider of the page, play on another part), not told to anyone again.
   * @param {number | null} from @param {number | null} to
   */
  showDates(from, to) {
    Object.assign(this.command, { from, to });
    const { state } = this;
    if (!state || this.controls.drag) return;
    this.player.stop();
    const days = placeDays(this.command, state, state.extent);
    const sameWindow = days.window === state.window;
    Object.assign(state, days);
    this.redraw({ lay: !sameWindow });
  }

  /**
   * Starts or stops going through the days, without the server; see play.js.
   * @param {boolean} on @param {import("./play.js").Manner} [manner] cumulative: the period grows instead of moving
   */
  play(on, manner = {}) {
    if (!on || !this.state || !this.stage.width) return this.player.stop();
    const { period, window, tally, times, extent } = this.state;
    this.player.start({ period, window, data: datedDays(tally, times) ?? extent }, manner);
  }

  /** @param {boolean} on */
  played(on) {
    this.tellHead();
    this.voice.post({ type: "playing", on });
    this.options.onPlay?.(on);
    if (!on) this.release();
  }

  /** Marks what of the line the map shows. @param {import("./seen.js").Bounds | null} bounds */
  see(bounds) {
    if (String(bounds) === String(this.bounds)) return;
    this.bounds = bounds;
    if (!this.state) return;
    this.state.seen = rangesInView(this.state.border.line, bounds);
    this.redraw();
  }

  /** Rings an incident that the map or the page points at. @param {number} incident -1 is none */
  pointAt(incident) {
    if (!this.state || this.state.pointed === incident) return;
    this.state.pointed = incident;
    this.redraw();
  }

  /** @param {number} x @param {number} y @param {PointerEvent} event */
  targetAt(x, y, event) {
    if (!this.scene || !this.state) return null;
    return targetAt(this.scene, this.state, x, y, event.pointerType === "touch");
  }

  /** Says what is under the pointer. @param {number} x @param {number} y @param {PointerEvent} event */
  point(x, y, event) {
    const target = this.targetAt(x, y, event);
    this.stage.box.classList.toggle("pointing", Boolean(target && (target.marks.length || target.days)));
    if (!target) return this.leave();
    this.tip.show(target, x, y, this.state?.rtl ?? false);
    this.tell(target.marks[0] ?? null);
  }

  leave() {
    this.tip.hide();
    this.tell(null);
  }

  /** @param {number | null} mark under the pointer */
  tell(mark) {
    const incident = mark === null ? null : (this.state?.times.incident[mark] ?? null);
    this.pointAt(incident ?? -1);
    this.voice.hover(incident, this.idOf(incident));
  }

  /** Selects the incident under the pointer (the next one at a second click), or chooses a bin's days.
   * @param {number} x @param {number} y @param {PointerEvent} event */
  click(x, y, event) {
    const target = this.targetAt(x, y, event);
    if (!target || !this.state) return;
    this.tip.show(target, x, y, this.state.rtl);
    const incidents = [...new Set(target.marks.map((mark) => this.state?.times.incident[mark] ?? -1))];
    if (incidents.length) this.select(incidents[(incidents.indexOf(this.state.selected) + 1) % incidents.length]);
    else if (target.days) this.chooseBin(target.days);
  }

  /** @param {Days} days */
  chooseBin({ from, to }) {
    if (!this.state) return;
    const { window } = this.state;
    this.setPeriod({ from: Math.max(from, window.from), to: Math.min(to, window.to) });
    this.release();
  }

  /** @param {number} incident */
  select(incident) {
    if (!this.state) return;
    this.state.selected = incident;
    this.command.selected = incident;
    this.redraw();
    const id = this.idOf(incident);
    this.voice.post({ type: "select", incident, id });
    this.options.onSelect?.(incident, id);
  }

  /** @param {number | null} incident @returns {string | null} */
  idOf(incident) {
    return incident === null ? null : (this.state?.marks.incident_ids?.[incident] ?? null);
  }

  /** Takes everything away again. */
  destroy() {
    this.player.stop();
    this.voice.leave();
    clearTimeout(this.resting);
    cancelAnimationFrame(this.frame);
    this.unwatch?.();
    this.root.remove();
  }
}

/** @param {HTMLElement} parent @param {string} tag @param {string} className */
function add(parent, tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
}

/** The timeline in an element. @param {HTMLElement} element @param {TimeOptions} [options] @returns {Timeline} */
export function renderTime(element, options = {}) {
  return new Timeline(element, options);
}
