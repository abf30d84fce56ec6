// @ts-check
/**
 * Every field of an incident in native inputs. What is typed stays until it is saved or given up: newer data of others is
 * told beside it and never put over it. Only fields that were changed are sent.
 */

import { h, show } from "../page/dom.js";
import { findWords } from "./spans.js";
import { actorFields, claimFields, placeFields, readActors, readClaims, readPlaces } from "./fields.js";

/** @typedef {Record<string, any>} Values */
/** @typedef {[string, string][]} Choices value and label */
/** @typedef {{record: Values, choices: Record<string, any>, found: {n: number, places: [string, string, string, string][]} | null}} FormData_ */

/** The form that is open, what it began with, and its lists as they are now. */
const form = {
  id: "",
  version: 0,
  /** @type {Values} */
  base: {},
  /** @type {Values[]} */
  places: [],
  /** @type {Values[]} */
  claims: [],
  /** @type {Values[]} */
  actors: [],
  /** @type {Record<string, string>} */
  words: {},
  /** Number of the report that is read, in which the words of a new claim are looked for. */
  report: 0,
  /** Last search that was shown. */
  found: "",
};

/** Between the parts of a list, in either direction. */
const COMMA = () => (document.documentElement.classList.contains("rtl") ? "، " : ", ");

/** Version of the incident that the form began with; 0 when none is open. */
export const formVersion = () => (form.id ? form.version : 0);
export const isFormOpen = () => form.id !== "";

/**
 * @param {HTMLElement} place @param {import("./item.js").Item | null} item null closes it
 * @param {Record<string, string>} words @param {import("../page/part.js").Send} send @param {number} report the one that is read
 */
export function drawForm(place, item, words, send, report) {
  form.report = report;
  place.hidden = !item;
  if (!item) {
    form.id = "";
    return place.replaceChildren();
  }
  const begins = form.id !== item.id;
  if (begins) begin(item);
  if (begins) build(place, item, words, send);
  tellNewer(place, item, words);
  const found = JSON.stringify(item.form.found);
  if (found !== form.found && item.form.found) offer(place, item, words);
  form.found = found;
}

/** @param {import("./item.js").Item} item */
function begin({ id, version, form: { record, found } }) {
  const copy = structuredClone(record);
  Object.assign(form, { id, version, base: record, places: copy.places, claims: copy.claims, actors: copy.actors, found: JSON.stringify(found) });
}

/** @param {HTMLElement} place @param {import("./item.js").Item} item @param {Record<string, string>} words @param {import("../page/part.js").Send} send */
function build(place, item, words, send) {
  const { record, choices } = item.form;
  place.replaceChildren(
    h(
      "form.item-edit",
      { novalidate: true },
      h("h2.item-head", null, words.edit_title),
      h("div.form-newer", { role: "alert" }),
      h(
        "fieldset",
        null,
        h("legend", null, words.what),
        field(words.f_title, h("input", { name: "title", value: record.title, maxlength: 300, dir: "auto", required: true })),
        field(words.f_kind, h("select", { name: "sub_event_type" }, choices.kinds.map((/** @type {[string, Choices]} */ [event, subs]) => h("optgroup", { label: event }, options(subs, record.sub_event_type))))),
        field(words.f_tags, h("input", { name: "tags", value: record.tags.join(", "), dir: "auto" })),
        h("label.check", null, h("input", { type: "checkbox", name: "background", checked: record.background }), h("span", null, words.f_background)),
      ),
      h(
        "fieldset",
        null,
        h("legend", null, words.when),
        h(
          "div.form-row",
          null,
          field(words.f_first, h("input", { type: "date", name: "start", value: record.dates.start })),
          field(words.f_last, h("input", { type: "date", name: "end", value: record.dates.end })),
          field(words.f_precision, h("select", { name: "date_precision" }, options(choices.date_precision, record.dates.precision))),
        ),
      ),
      h("fieldset", null, h("legend", null, words.where), h("div.form-places", null), h("button", { type: "button", class: "desk-box", "data-edit": "add-place" }, words.add_place)),
      h("fieldset", null, h("legend", null, words.claims), h("div.form-claims", null), h("button", { type: "button", class: "desk-box", "data-edit": "add-claim" }, words.add_claim)),
      h("fieldset", null, h("legend", null, words.who), h("div.form-actors", null), h("button", { type: "button", class: "desk-box", "data-edit": "add-actor" }, words.add_actor)),
      h("fieldset", null, field(words.reason, h("input", { name: "reason", maxlength: 2000, dir: "auto", autocomplete: "off" }), words.reason_note)),
      h("div.panel-end", null, h("button.desk-press", null, words.save), h("button", { type: "button", class: "desk-box", "data-do": "shut" }, words.cancel)),
      h("p.bar-told", { role: "status" }),
    ),
  );
  form.words = words;
  drawLists(place, item, words);
  listen(place, item, words, send);
}

/** @param {HTMLElement} place @param {import("./item.js").Item} item @param {Record<string, string>} words */
function drawLists(place, item, words) {
  const { choices } = item.form;
  const at = (/** @type {string} */ name) => /** @type {HTMLElement} */ (place.querySelector(name));
  show(at(".form-places"), form.places.map((one, n) => placeFields(one, n, choices, words)));
  show(at(".form-actors"), form.actors.map((one, n) => actorFields(one, n, choices, words)));
  show(at(".form-claims"), form.claims.length ? form.claims.map((one, n) => claimFields(one, n, choices, words)) : h("p.no-figures", null, item.no_figures));
}

/** @param {HTMLElement} place @param {import("./item.js").Item} item @param {Record<string, string>} words @param {import("../page/part.js").Send} send */
function listen(place, item, words, send) {
  const edit = /** @type {HTMLFormElement} */ (place.querySelector("form"));
  const again = () => {
    form.places = readPlaces(edit, form.places);
    form.claims = readClaims(edit, form.claims);
    form.actors = readActors(edit, form.actors);
  };
  edit.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-edit]"));
    if (!button) return;
    const n = Number(button.dataset.n);
    const act = button.dataset.edit;
    again();
    if (act === "add-place") form.places.push({ name: "", place: null, adm1: null, role: "event", precision: "exact", radius_km: null, border_km_start: null, border_km_end: null, side: null });
    if (act === "drop-place") form.places.splice(n, 1);
    if (act === "add-claim") form.claims.push(newClaim(item.reports[form.report]?.id ?? ""));
    if (act === "add-actor") form.actors.push({ name: "", kind: "other", side: null, party: null, aliases: [] });
    if (act === "drop-actor") form.actors.splice(n, 1);
    if (act === "drop-claim") form.claims = dropClaim(form.claims, n);
    if (act === "seek") return seek(edit, n, send);
    if (act === "take") Object.assign(form.places[n], { place: button.dataset.place, name: button.dataset.name, adm1: null, side: null });
    if (act === "keep-mine") form.version = Number(button.dataset.version);
    if (act === "take-theirs") return restart(place, item, words, send);
    drawLists(place, item, words);
    if (act === "keep-mine") place.querySelector(".form-newer")?.replaceChildren();
    if (act === "add-claim") /** @type {HTMLElement | null} */ (place.querySelector(`[name=words_${form.claims.length - 1}]`))?.focus();
    if (act === "take") /** @type {HTMLElement | null} */ (place.querySelector(`[name=precision_${n}]`))?.focus();
  });
  edit.addEventListener("keydown", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (event.key !== "Enter" || !input.matches("[type=search]")) return;
    event.preventDefault();
    seek(edit, Number(input.dataset.n), send);
  });
  edit.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    again();
    save(edit, words, send);
  });
}

/** @param {string} article @returns {Values} */
const newClaim = (article) => ({ metric: "killed", subject: "", subject_party: null, unit: "people", claimant: "", claimant_party: "author", stance: "asserts", status: "current", scope: "incident", span: null, article_id: article, words: "" });

/** A claim of words that were selected, in the form that is open. @param {import("./report.js").Report} report @param {import("./spans.js").Words} picked */
export function addClaim(report, picked) {
  const item = newest();
  const place = /** @type {HTMLElement | null} */ (document.querySelector(".item-form"));
  if (!item || !place) return;
  form.claims.push({ ...newClaim(report.id), span: [picked.start, picked.end], words: picked.words });
  drawLists(place, item, form.words);
  const low = /** @type {HTMLElement | null} */ (place.querySelector(`[name=low_${form.claims.length - 1}]`));
  low?.focus();
  low?.scrollIntoView({ block: "center" });
}

/** A claim that goes takes its parts' mark along; the numbers of the others move up. @param {Values[]} claims @param {number} n */
const dropClaim = (claims, n) =>
  claims
    .filter((_, at) => at !== n)
    .map((one) => ({ ...one, subset_of: one.subset_of === null || one.subset_of === undefined || one.subset_of === n ? null : one.subset_of - Number(one.subset_of > n) }));

/** @type {() => import("./item.js").Item | null} */
let newest = () => null;

/** @param {HTMLElement} place @param {import("./item.js").Item} item @param {Record<string, string>} words @param {import("../page/part.js").Send} send */
function restart(place, item, words, send) {
  const now = newest() ?? item;
  begin(now);
  build(place, now, words, send);
}

/** @param {HTMLFormElement} edit @param {number} n @param {import("../page/part.js").Send} send */
function seek(edit, n, send) {
  const query = /** @type {HTMLInputElement | null} */ (edit.querySelector(`[name=seek_${n}]`))?.value.trim();
  if (query) send("sought", { id: form.id, n, query });
}

/** Shows what a search found, below its place. @param {HTMLElement} place @param {import("./item.js").Item} item @param {Record<string, string>} words */
function offer(place, item, words) {
  const { n, places } = item.form.found ?? { n: -1, places: [] };
  const list = place.querySelector(`.form-found[data-n="${n}"]`);
  if (!list) return;
  show(
    list,
    places.length
      ? h("ul.found", null, places.map(([id, name, about]) => h("li", { "data-key": id }, h("span", null, h("bdi", null, name), h("small", null, about)), h("button", { type: "button", "data-edit": "take", "data-n": n, "data-place": id, "data-name": name, "aria-label": `${words.take}: ${name}, ${about}` }, words.take))))
      : h("p", null, words.found_none),
  );
}

/** Says that somebody changed it meanwhile, and asks whose values are to stand. @param {HTMLElement} place @param {import("./item.js").Item} item @param {Record<string, string>} words */
function tellNewer(place, item, words) {
  newest = () => item;
  const note = /** @type {HTMLElement} */ (place.querySelector(".form-newer"));
  if (item.version === form.version) return note.replaceChildren();
  const differ = Object.keys(form.base).filter((name) => JSON.stringify(form.base[name]) !== JSON.stringify(item.form.record[name]));
  const names = differ.map((name) => words[`n_${name}`]).filter(Boolean);
  show(
    note,
    h("p", null, words.newer, names.length > 0 && ` ${words.newer_fields} ${names.join(COMMA())}`),
    h("div.panel-end", null, h("button", { type: "button", class: "desk-box", "data-edit": "keep-mine", "data-version": item.version }, words.keep_mine), h("button", { type: "button", class: "desk-box", "data-edit": "take-theirs" }, words.take_theirs)),
  );
}

/** What entries of a list have for the eye alone. @type {Record<string, string>} */
const SEEN = { places: "name", claims: "words" };

/** @param {Values[]} entries @param {string} field */
const without = (entries, field) => entries.map((entry) => Object.fromEntries(Object.entries(entry).filter(([name]) => name !== field)));

/** @param {HTMLFormElement} edit @param {Record<string, string>} words @param {import("../page/part.js").Send} send */
function save(edit, words, send) {
  const told = new FormData(edit);
  const text = (/** @type {string} */ name) => String(told.get(name) ?? "").trim();
  /** @type {Values} */
  const now = {
    title: text("title"),
    sub_event_type: text("sub_event_type"),
    dates: { start: text("start"), end: text("end"), precision: text("date_precision") },
    tags: text("tags").split(/[,،]/).map((tag) => tag.trim()).filter(Boolean),
    background: told.has("background"),
    places: form.places,
    claims: form.claims,
    actors: form.actors,
  };
  const said = /** @type {HTMLElement} */ (edit.querySelector(":scope > .bar-told"));
  const lost = locateClaims(newest()?.reports ?? []);
  if (lost >= 0) {
    said.textContent = words.words_not_found;
    return /** @type {HTMLElement | null} */ (edit.querySelector(`[name=words_${lost}]`))?.focus();
  }
  const changed = Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(form.base[name]));
  const changes = Object.fromEntries(changed.map(([name, value]) => [name, SEEN[name] ? without(value, SEEN[name]) : value]));
  const wrong = /** @type {HTMLInputElement | undefined} */ ([...edit.elements].find((one) => one instanceof HTMLInputElement && !one.validity.valid));
  if (wrong) {
    said.textContent = `${wrong.closest("label")?.querySelector("span")?.textContent ?? ""}: ${wrong.validationMessage}`;
    wrong.focus();
  } else if (changed.length === 0) said.textContent = words.unchanged;
  else {
    said.textContent = "";
    send("did", { act: "edit", id: form.id, version: form.version, changes, reason: text("reason") });
  }
}

/** Finds the words of new claims in their reports; the number of the first that does not stand there, else -1. @param {import("./report.js").Report[]} reports */
function locateClaims(reports) {
  return form.claims.findIndex((claim) => {
    if (!("words" in claim)) return false;
    const report = reports.find(({ id }) => id === claim.article_id);
    const found = report ? findWords(report.text, claim.words) : null;
    if (claim.span && found && claim.words) return false;
    claim.span = found ? [found.start, found.end] : null;
    return !found;
  });
}

/** @param {string} label @param {HTMLElement} input @param {string} [note] */
export const field = (label, input, note) => h("label", null, h("span", null, label), input, note && h("small", null, note));

/** @param {Choices} choices @param {string | null} chosen */
export const options = (choices, chosen) => choices.map(([value, label]) => h("option", { value, selected: value === (chosen ?? "") }, label));
