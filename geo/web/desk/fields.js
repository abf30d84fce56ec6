// @ts-check
/** The fields of one place, and of one claim, of the form of an incident. */

import { h } from "../page/dom.js";

/** A name to be read, without what turns its writing round; the form keeps it as it is. @param {string} name */
const plain = (name) => name.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

/** @typedef {Record<string, any>} Values */
/** @typedef {[string, string][]} Choices */

/** @param {Values} place @param {number} n @param {Record<string, Choices>} choices @param {Record<string, string>} words */
export const placeFields = (place, n, choices, words) =>
  h(
    "div.form-part",
    { role: "group", "aria-label": `${words.place} ${n + 1}`, "data-marks": `p${n}`, "data-key": `${n}-${place.place ?? ""}-${place.name}` },
    h("p.form-part-name", null, h("bdi", null, place.name || words.no_place), dropOf("place", n, words)),
    h(
      "div.form-seek",
      null,
      h("label", null, h("span", null, words.seek), h("input", { type: "search", name: `seek_${n}`, "data-n": n, maxlength: 80, dir: "auto", autocomplete: "off" })),
      h("button", { type: "button", class: "desk-box", "data-edit": "seek", "data-n": n }, words.seek_go),
    ),
    h("div.form-found", { "data-n": n, role: "status" }),
    h(
      "div.form-row",
      null,
      field(words.f_sure, selectOf(`precision_${n}`, choices.precision, place.precision)),
      field(words.f_radius, numberOf(`radius_${n}`, place.radius_km, "any", 500)),
      field(words.f_role, selectOf(`role_${n}`, choices.place_role, place.role)),
    ),
  );

/** @param {Values} claim @param {number} n @param {Record<string, Choices>} choices @param {Record<string, string>} words */
export const claimFields = (claim, n, choices, words) =>
  h(
    "div.form-part",
    { role: "group", "aria-label": `${words.claim} ${n + 1}`, "data-marks": `c${n}`, "data-key": `${claim.article_id}-${JSON.stringify(claim.span)}-${n}` },
    h("p.form-part-name", null, `${words.claim} ${n + 1}`, dropOf("claim", n, words)),
    "words" in claim && field(words.f_words, textOf(`words_${n}`, claim.words)),
    h(
      "div.form-row",
      null,
      field(words.f_metric, selectOf(`metric_${n}`, choices.metric, claim.metric)),
      field(words.f_subject_party, selectOf(`subject_party_${n}`, choices.subject, claim.subject_party)),
      field(words.f_subject, textOf(`subject_${n}`, claim.subject)),
    ),
    h(
      "div.form-row",
      null,
      field(words.f_low, numberOf(`low_${n}`, claim.low)),
      field(words.f_best, numberOf(`best_${n}`, claim.best)),
      field(words.f_high, numberOf(`high_${n}`, claim.high)),
    ),
    h(
      "div.form-row",
      null,
      field(words.f_claimant_party, selectOf(`claimant_party_${n}`, choices.claimant, claim.claimant_party)),
      field(words.f_claimant, textOf(`claimant_${n}`, claim.claimant)),
      field(words.f_qualifier, textOf(`qualifier_${n}`, claim.qualifier)),
    ),
    h(
      "div.form-row",
      null,
      field(words.f_stance, selectOf(`stance_${n}`, choices.stance, claim.stance)),
      field(words.f_status, selectOf(`status_${n}`, choices.claim_status, claim.status)),
    ),
  );

/** @param {Values} actor @param {number} n @param {Record<string, Choices>} choices @param {Record<string, string>} words */
export const actorFields = (actor, n, choices, words) =>
  h(
    "div.form-part",
    { role: "group", "aria-label": `${words.actor} ${n + 1}`, "data-key": `${n}-${actor.name}` },
    h("p.form-part-name", null, h("bdi", null, plain(actor.name) || `${words.actor} ${n + 1}`), dropOf("actor", n, words)),
    h(
      "div.form-row",
      null,
      field(words.f_actor_name, textOf(`actor_name_${n}`, actor.name)),
      field(words.f_actor_kind, selectOf(`actor_kind_${n}`, choices.actor_kind, actor.kind)),
      field(words.f_actor_side, selectOf(`actor_side_${n}`, choices.side, actor.side)),
    ),
  );

/** @param {string} label @param {HTMLElement} input */
const field = (label, input) => h("label", null, h("span", null, label), input);

/** @param {string} kind @param {number} n @param {Record<string, string>} words */
const dropOf = (kind, n, words) => h("button", { type: "button", class: "form-drop", "data-edit": `drop-${kind}`, "data-n": n, "aria-label": `${words.drop}: ${words[kind]} ${n + 1}` }, words.drop);

/** @param {string} name @param {Choices} choices @param {string | null | undefined} chosen */
const selectOf = (name, choices, chosen) => h("select", { name }, choices.map(([value, label]) => h("option", { value, selected: value === (chosen ?? "") }, label)));

/** @param {string} name @param {string | null | undefined} value */
const textOf = (name, value) => h("input", { name, value: value ?? "", maxlength: 300, dir: "auto", autocomplete: "off" });

/** @param {string} name @param {number | null | undefined} value @param {string} [step] @param {number} [most] */
const numberOf = (name, value, step = "1", most = 1_000_000_000) => h("input", { name, type: "number", inputmode: "numeric", min: 0, max: most, step, value: value ?? "" });

/** The places as they stand in the form. @param {HTMLFormElement} form @param {Values[]} places */
export const readPlaces = (form, places) =>
  places.map((place, n) => ({
    ...place,
    precision: valueOf(form, `precision_${n}`),
    role: valueOf(form, `role_${n}`),
    radius_km: valueOf(form, `precision_${n}`) === "near" ? figureOf(form, `radius_${n}`) : null,
  }));

/** The parties as they stand in the form. @param {HTMLFormElement} form @param {Values[]} actors */
export const readActors = (form, actors) =>
  actors.map((actor, n) => ({
    ...actor,
    name: valueOf(form, `actor_name_${n}`),
    kind: valueOf(form, `actor_kind_${n}`),
    side: valueOf(form, `actor_side_${n}`) || null,
  }));

/** The claims as they stand in the form. @param {HTMLFormElement} form @param {Values[]} claims */
export const readClaims = (form, claims) =>
  claims.map((claim, n) => {
    const told = { ...claim, ...textsOf(form, n), ...figuresOf(form, n) };
    if (!("words" in claim)) return told;
    const typed = valueOf(form, `words_${n}`);
    return { ...told, words: typed, span: typed === claim.words ? claim.span : null };
  });

/** Texts of a claim that it may do without. */
const OPTIONAL = ["subject_party", "qualifier"];
const TEXTS = ["metric", "subject", "claimant_party", "claimant", "stance", "status", ...OPTIONAL];

/** @param {HTMLFormElement} form @param {number} n */
const textsOf = (form, n) =>
  Object.fromEntries(TEXTS.map((name) => [name, valueOf(form, `${name}_${n}`) || (OPTIONAL.includes(name) ? null : "")]));

/** @param {HTMLFormElement} form @param {number} n */
const figuresOf = (form, n) => Object.fromEntries(["low", "best", "high"].map((name) => [name, figureOf(form, `${name}_${n}`)]));

/** @param {HTMLFormElement} form @param {string} name */
const valueOf = (form, name) => /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name))?.value.trim() ?? "";

/** @param {HTMLFormElement} form @param {string} name */
function figureOf(form, name) {
  const value = valueOf(form, name);
  return value === "" ? null : Number(value);
}
