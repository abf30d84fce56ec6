// @ts-check
/**
 * What the reader asked for, and the link that says it, both ways: geo/filters.py, whose keys, order and spelling these
 * are. In an edition it stands after the "#". What cannot be used is left out and named.
 */

import { readDay, writeDay } from "./days.js";

export const LISTS = ["country", "province", "type", "actor", "claimant", "precision", "side", "status", "source", "language"];
/** Keys that take one number. */
const NUMBERS = ["border_km", "killed", "wounded", "located_km"];
export const KEYS = [
  "from", "to", "country", "province", "type", "actor", "claimant", "precision", "within_km", "border_km", "km",
  "side", "status", "source", "language", "killed", "wounded", "located_km", "q", "view", "incident", "layer", "tab",
  "lang", "rev", "asof",
];
const PRECISIONS = new Set(["exact", "near", "adm2", "adm1", "line", "country", "unknown", "total", "border"]);
const STATUSES = new Set(["lead", "draft", "imported", "reviewed", "published", "withdrawn"]);
const FARTHEST_KM = 20_000;
const LARGEST_ZOOM = 24;
const LONGEST_VALUE = 200;
const LONGEST_LINK = 16_000;
const MOST_VALUES = 200;
const SHOWN = 40;
const PARTY = /^(?:un|ngo|medical|local|media|author|other|state:[A-Z]{2}|(?:group|database):\S.*)$/;
const NUMBER = /^-?[0-9]{1,9}(?:\.[0-9]{1,20})?$/;
const WHOLE = /^[0-9]{1,9}$/;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/;
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]/g;
const OF_OTHERS = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|embed|embed_options)$/;

/**
 * Which incidents are asked for: each list empty, each other limit null or "" where none is set.
 * @typedef {object} Filter
 * @property {number | null} from day since 1970-01-01
 * @property {number | null} to last day, inclusive
 * @property {Record<string, string[]>} lists by key of the link
 * @property {[string, number] | null} within place id and kilometres
 * @property {[number, number] | null} km stretch of the line
 * @property {Record<string, number | null>} numbers border_km, killed, wounded, located_km
 * @property {string} q
 */

/**
 * @typedef {object} Link
 * @property {Filter} filter
 * @property {[number, number, number] | null} view
 * @property {string | null} incident
 * @property {string | null} layer
 * @property {string | null} tab
 * @property {string | null} lang
 * @property {number | null} rev data revision that the link was made at
 * @property {number | null} asof data revision that it asks for; an edition has but one
 */

/** Key of its sentence, and what stands in it. @typedef {{key: string, values: Record<string, string>}} Problem */

/**
 * What there is to be asked for.
 * @typedef {object} Known
 * @property {Record<string, string[]>} [types] categories by what a link may call them
 * @property {(id: string) => boolean} [incident]
 * @property {(id: string) => boolean} [place]
 * @property {string[]} [tabs]
 * @property {string[]} [layers]
 */

/** @returns {Filter} */
export const noFilter = () => ({
  from: null,
  to: null,
  lists: Object.fromEntries(LISTS.map((key) => [key, []])),
  within: null,
  km: null,
  numbers: Object.fromEntries(NUMBERS.map((key) => [key, null])),
  q: "",
});

/** @param {string} query @param {Known} [known] @returns {{link: Link, problems: Problem[]}} */
export function readLink(query, known = {}) {
  const reader = new Reader(known);
  const values = reader.split(query);
  return { link: reader.read(values), problems: reader.problems };
}

/** The one spelling of a link. @param {Link} link @returns {string} */
export function writeLink({ filter, view, incident, layer, tab, lang, rev, asof }) {
  /** @type {Record<string, string>} */
  const values = Object.fromEntries(LISTS.map((key) => [key, filter.lists[key].map(escape).join(",")]));
  values.from = filter.from === null ? "" : writeDay(filter.from);
  values.to = filter.to === null ? "" : writeDay(filter.to);
  values.within_km = filter.within ? `${escape(filter.within[0])},${filter.within[1]}` : "";
  values.km = filter.km ? filter.km.join("-") : "";
  for (const key of NUMBERS) values[key] = filter.numbers[key] === null ? "" : String(filter.numbers[key]);
  values.q = filter.q;
  values.view = view ? view.join(",") : "";
  Object.assign(values, { incident: incident ?? "", layer: layer ?? "", tab: tab ?? "", lang: lang ?? "" });
  values.rev = rev === null ? "" : String(rev);
  values.asof = asof === null ? "" : String(asof);
  return KEYS.filter((key) => values[key]).map((key) => `${key}=${quote(values[key])}`).join("&");
}

/** The filter alone. @param {Filter} filter */
export const writeFilter = (filter) =>
  writeLink({ filter, view: null, incident: null, layer: null, tab: null, lang: null, rev: null, asof: null });

/** For each limit that is set, by its key ("from" for the dates): the filter without it. @param {Filter} filter
 * @returns {[string, Filter][]} */
export function loosenFilter(filter) {
  /** @type {Record<string, Filter>} */
  const looser = {};
  if (filter.from !== null || filter.to !== null) looser.from = { ...filter, from: null, to: null };
  for (const key of LISTS) if (filter.lists[key].length) looser[key] = { ...filter, lists: { ...filter.lists, [key]: [] } };
  for (const key of NUMBERS) {
    if (filter.numbers[key] !== null) looser[key] = { ...filter, numbers: { ...filter.numbers, [key]: null } };
  }
  if (filter.within) looser.within_km = { ...filter, within: null };
  if (filter.km) looser.km = { ...filter, km: null };
  if (filter.q) looser.q = { ...filter, q: "" };
  return KEYS.filter((key) => looser[key]).map((key) => [key, looser[key]]);
}

/** A filter with its values in their one order and spelling. @param {Filter} filter @returns {Filter} */
export function settleFilter(filter) {
  const lists = Object.fromEntries(LISTS.map((key) => [key, inOrder(filter.lists[key])]));
  return { ...filter, lists, q: clean(filter.q) };
}

class Reader {
  /** @param {Known} known */
  constructor(known) {
    this.known = known;
    /** @type {Problem[]} */
    this.problems = [];
  }

  /** @param {string} key @param {Record<string, string>} [values] */
  note(key, values = {}) {
    const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shorten(value)]));
    const found = { key, values: shown };
    if (!this.problems.some((known) => JSON.stringify(known) === JSON.stringify(found))) this.problems.push(found);
  }

  /** Decoded values by key. @param {string} query @returns {Record<string, string>} */
  split(query) {
    let text = query.replace(/^[#?]/, "");
    if (text.length > LONGEST_LINK) {
      this.note("link.bad_value", { key: "…", value: text });
      text = text.slice(0, LONGEST_LINK).split("&").slice(0, -1).join("&");
    }
    /** @type {Map<string, string>} */
    const given = new Map();
    for (const [key, value] of new URLSearchParams(text)) {
      const before = LISTS.includes(key) && given.get(key);
      given.set(key, before ? `${before},${value}` : value);
    }
    for (const key of given.keys()) if (!KEYS.includes(key) && !OF_OTHERS.test(key)) this.note("link.unknown_key", { key });
    return Object.fromEntries(KEYS.filter((key) => given.has(key)).map((key) => [key, given.get(key) ?? ""]));
  }

  /** @param {Record<string, string>} values @returns {Link} */
  read(values) {
    const [from, to] = this.days(values);
    const lists = {
      country: this.codes(values, "country", /^[A-Z]{2}$/, "link.bad_value"),
      province: this.codes(values, "province", /^[A-Z]{2}-[A-Z0-9]{1,3}$/, "link.bad_province"),
      type: this.types(values),
      actor: this.list(values, "actor"),
      claimant: this.choices(values, "claimant", (value) => PARTY.test(value)),
      precision: this.choices(values, "precision", (value) => PRECISIONS.has(value)),
      side: this.codes(values, "side", /^[A-Z]{2}$/, "link.bad_value"),
      status: this.choices(values, "status", (value) => STATUSES.has(value)),
      source: this.list(values, "source"),
      language: this.choices({ language: (values.language ?? "").toLowerCase() }, "language", (value) => LANGUAGE.test(value)),
    };
    const filter = {
      from,
      to,
      lists,
      within: this.within(values),
      km: this.stretch(values),
      numbers: {
        border_km: this.number(values, "border_km", values.border_km ?? "", 0, FARTHEST_KM),
        killed: this.whole(values, "killed"),
        wounded: this.whole(values, "wounded"),
        located_km: this.number(values, "located_km", values.located_km ?? "", 0, FARTHEST_KM),
      },
      q: this.text(values),
    };
    return {
      filter: settleFilter(filter),
      view: this.view(values),
      incident: this.name(values, "incident", this.known.incident, "link.bad_incident"),
      layer: this.name(values, "layer", this.known.layers && ((name) => /** @type {string[]} */ (this.known.layers).includes(name))),
      tab: this.name(values, "tab", this.known.tabs && ((name) => /** @type {string[]} */ (this.known.tabs).includes(name))),
      lang: this.name(values, "lang"),
      rev: this.revision(values, "rev"),
      asof: this.revision(values, "asof"),
    };
  }

  /** @param {Record<string, string>} values @returns {[number | null, number | null]} */
  days(values) {
    const [start, end] = ["from", "to"].map((key) => this.day(values[key] ?? ""));
    if (start === null || end === null || start <= end) return [start, end];
    this.note("link.reversed");
    return [end, start];
  }

  /** @param {string} written */
  day(written) {
    if (!written) return null;
    const day = readDay(written);
    if (day === null) this.note("link.bad_date", { value: written });
    return day;
  }

  /** @param {Record<string, string>} values @param {string} key @returns {string[]} */
  list(values, key) {
    const found = splitList(values[key] ?? "").map(clean);
    for (const value of found) if (value.length > LONGEST_VALUE) this.note("link.bad_value", { key, value });
    const good = found.filter((value) => value && value.length <= LONGEST_VALUE);
    if (good.length > MOST_VALUES) this.note("link.bad_value", { key, value: good[MOST_VALUES] });
    return good.slice(0, MOST_VALUES);
  }

  /** @param {Record<string, string>} values @param {string} key @param {(value: string) => boolean} fits */
  choices(values, key, fits) {
    const found = this.list(values, key);
    for (const value of found) if (!fits(value)) this.note("link.bad_value", { key, value });
    return found.filter(fits);
  }

  /** Codes, in capitals whatever the link has. @param {Record<string, string>} values @param {string} key
   * @param {RegExp} form @param {string} problem */
  codes(values, key, form, problem) {
    const found = this.list(values, key).map((value) => ({ value, code: value.toUpperCase() }));
    for (const { value, code } of found) if (!form.test(code)) this.note(problem, { key, value });
    return found.map(({ code }) => code).filter((code) => form.test(code));
  }

  /** @param {Record<string, string>} values */
  types(values) {
    return this.list(values, "type").flatMap((value) => {
      const name = value.toLowerCase();
      const meant = this.known.types ? (Object.hasOwn(this.known.types, name) ? this.known.types[name] : []) : [name];
      if (!meant.length) this.note("link.bad_type", { value });
      return meant;
    });
  }

  /** @param {Record<string, string>} values @param {string} key */
  whole(values, key) {
    const written = values[key] ?? "";
    if (!written) return null;
    if (WHOLE.test(written) && Number(written)) return Number(written);
    this.note("link.bad_number", { key, value: written });
    return null;
  }

  /** @param {Record<string, string>} values @param {string} key @param {string} written @param {number} least @param {number} most */
  number(values, key, written, least, most) {
    if (!values[key]) return null;
    const number = readNumber(written);
    if (number !== null && number >= least && number <= most) return round(number, 3);
    this.note("link.bad_number", { key, value: written });
    return null;
  }

  /** @param {Record<string, string>} values @returns {[string, number] | null} */
  within(values) {
    const written = values.within_km ?? "";
    if (!written) return null;
    const [place, ...rest] = splitList(written).map(clean);
    if (rest.length !== 1 || !place || place.length > LONGEST_VALUE) {
      this.note("link.bad_value", { key: "within_km", value: written });
      return null;
    }
    const distance = this.number(values, "within_km", rest[0], 0, FARTHEST_KM);
    if (this.known.place && !this.known.place(place)) {
      this.note("link.bad_value", { key: "within_km", value: place });
      return null;
    }
    return distance === null ? null : [place, distance];
  }

  /** @param {Record<string, string>} values @returns {[number, number] | null} */
  stretch(values) {
    const written = values.km ?? "";
    if (!written) return null;
    const at = written.indexOf("-");
    const ends = at < 0 ? [written, ""] : [written.slice(0, at), written.slice(at + 1)];
    const [first, last] = ends.map(readNumber);
    if (first !== null && last !== null && Math.min(first, last) >= 0 && Math.max(first, last) <= FARTHEST_KM) {
      const [a, b] = [round(first, 3), round(last, 3)];
      return a <= b ? [a, b] : [b, a];
    }
    this.note("link.bad_value", { key: "km", value: written });
    return null;
  }

  /** @param {Record<string, string>} values @returns {[number, number, number] | null} */
  view(values) {
    const written = values.view ?? "";
    if (!written) return null;
    const numbers = written.slice(0, LONGEST_VALUE).split(",").map(readNumber);
    const [lat, lon, zoom] = numbers;
    if (numbers.length === 3 && lat !== null && lon !== null && zoom !== null && isView(lat, lon, zoom)) {
      return [round(lat, 5), round(lon, 5), round(zoom, 3)];
    }
    this.note("link.bad_view", { value: written });
    return null;
  }

  /** @param {Record<string, string>} values @param {string} key @param {(name: string) => boolean} [known] @param {string} [problem] */
  name(values, key, known, problem = "link.bad_value") {
    const name = clean(values[key] ?? "");
    if (!name) return null;
    if (name.length <= LONGEST_VALUE && (!known || known(name))) return name;
    this.note(problem, { key, value: name });
    return null;
  }

  /** @param {Record<string, string>} values @param {string} key */
  revision(values, key) {
    const written = values[key] ?? "";
    if (!written) return null;
    if (/^[0-9]{1,15}$/.test(written)) return Number(written);
    this.note("link.bad_number", { key, value: written });
    return null;
  }

  /** @param {Record<string, string>} values */
  text(values) {
    const text = clean(values.q ?? "");
    if (text.length <= LONGEST_VALUE) return text;
    this.note("link.bad_value", { key: "q", value: text });
    return "";
  }
}

/** @param {string[]} values */
const inOrder = (values) => [...new Set(values.map(clean).filter(Boolean))].sort(byCodePoint);

/** @param {string} a @param {string} b */
function byCodePoint(a, b) {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return (left[i].codePointAt(0) ?? 0) - (right[i].codePointAt(0) ?? 0);
  }
  return left.length - right.length;
}

/** Without control characters and half surrogate pairs, its spaces made single. @param {string} text */
export const clean = (text) =>
  text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^]/g, (c) => (c.length === 2 ? c : c.replace(UNPRINTABLE, " "))).split(/\s+/).filter(Boolean).join(" ");

/** @param {string} text */
function shorten(text) {
  const cleaned = clean(text.slice(0, 2 * SHOWN));
  return cleaned.length <= SHOWN ? cleaned : `${cleaned.slice(0, SHOWN)}…`;
}

/** Only a comma of its own needs a mark in a list. @param {string} value */
const escape = (value) => value.replaceAll("\\", "\\\\").replaceAll(",", "\\,");

/** @param {string} written @returns {string[]} */
const splitList = (written) => (written.match(/(?:[^,\\]|\\[^]|\\$)+/g) ?? []).map((part) => part.replace(/\\([^])/g, "$1"));

/** @param {string} written */
const readNumber = (written) => (NUMBER.test(written) ? Number(written) + 0 : null);

/** @param {number} number @param {number} digits */
const round = (number, digits) => Number(number.toFixed(digits)) + 0;

/** @param {number} lat @param {number} lon @param {number} zoom */
const isView = (lat, lon, zoom) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= LARGEST_ZOOM;

/** A value as it stands in a query: letters, digits, "-._~" and ",:/@" as they are. @param {string} value */
const quote = (value) =>
  encodeURIComponent(value)
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%(?:2C|3A|2F|40)/g, decodeURIComponent);
