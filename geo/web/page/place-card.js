// @ts-check
/** The card at a place name: what it was taken for and why, how sure that is, and what else bears the name. */

import { h, withBold } from "./dom.js";

/** Id, name, kind and whereabouts, chance. @typedef {[string, string, string, string]} Choice */

/**
 * @typedef {object} Card
 * @property {number} k index of a name of this meaning
 * @property {string} role
 * @property {string} role_name
 * @property {string} name as written
 * @property {string} taken **bold** marks the place
 * @property {boolean} open whether no place was sure enough
 * @property {string} where
 * @property {string} sure
 * @property {string} reason
 * @property {Choice[]} rivals
 */

/**
 * Words of a correction, and who made the last one; without a label for the name, who is signed in makes it.
 * @typedef {{edit: string, choose: string, no_place: string, search: string, search_go: string, nothing: string, who: string, holds: string, editor: string}} Editing
 */

const MARGIN = 8;

/** @param {Card} card @param {{close: string, others: string, edit: Editing | null, sought: [number, Choice[]] | null}} data */
export const placeCard = (card, { close, others, edit, sought }) =>
  h(
    "div.place-card",
    { role: "dialog", "aria-label": card.name, tabindex: "-1", "data-key": `card-${card.k}` },
    h(
      "div.place-card-top",
      null,
      h("b", null, h("bdi", null, card.name)),
      h("span", { class: `role role-${card.role}` }, card.role_name),
      h("button", { type: "button", class: "place-card-close", "data-do": "close", "aria-label": close }, "×"),
    ),
    h("p.place-card-taken", null, withBold(card.taken), card.where && h("span", null, card.where)),
    h("p.place-card-why", null, card.sure && h("b", null, card.sure), h("span", { dir: "auto" }, card.reason)),
    card.rivals.length > 0 && [h("h3", null, others), h("ul", null, card.rivals.map((rival) => rivalOf(rival, edit)))],
    edit && editing(edit, sought && sought[0] === card.k ? sought[1] : null),
  );

/** @param {Choice} rival @param {Editing | null} edit */
const rivalOf = ([id, name, about, chance], edit) =>
  h(
    "li",
    { "data-key": id },
    h("span", null, h("bdi", null, name), h("small", null, about)),
    chance && h("i", null, chance),
    edit && h("button", { type: "button", "data-do": "choose", "data-place": id, "aria-label": `${edit.choose}: ${name}, ${about}` }, edit.choose),
  );

/** @param {Editing} edit @param {Choice[] | null} found */
const editing = (edit, found) =>
  h(
    "details",
    { open: found ? true : null },
    h("summary", null, edit.edit),
    edit.who && h("label", null, h("span", null, edit.who), h("input", { name: "who", maxlength: 80, dir: "auto", value: edit.editor, autocomplete: "name" })),
    h(
      "form",
      { "data-form": "name" },
      h("input", { name: "query", type: "search", maxlength: 80, dir: "auto", placeholder: edit.search, "aria-label": edit.search, autocomplete: "off" }),
      h("button", { class: "plain-box" }, edit.search_go),
    ),
    found && (found.length ? h("ul.found", null, found.map((place) => rivalOf(place, edit))) : h("p", { role: "status" }, edit.nothing)),
    h("button", { type: "button", class: "plain-box", "data-do": "choose" }, edit.no_place),
    h("p.place-card-note", null, edit.holds),
  );

/** Puts the card below its name, within the part; on a phone it lies at the foot of the screen. @param {HTMLElement} root @param {HTMLElement | null} name */
export function settleCard(root, name) {
  const card = /** @type {HTMLElement | null} */ (root.querySelector(".place-card"));
  if (!card || !name) return;
  const [field, rects] = [root.getBoundingClientRect(), name.getClientRects()];
  const at = rects[rects.length - 1] ?? name.getBoundingClientRect();
  const most = root.clientWidth - card.offsetWidth - MARGIN;
  card.style.left = `${Math.max(MARGIN, Math.min(at.left - field.left, most))}px`;
  card.style.top = `${at.bottom - field.top + root.scrollTop + 5}px`;
  if (getComputedStyle(card).position === "absolute") card.scrollIntoView({ block: "nearest" });
}
