// @ts-check
/** The review page: what waits, the incident under review with all that may be done, and its reports beside it. */

import { h, onActions, show } from "../page/dom.js";
import { mount } from "../page/part.js";
import { settleCard } from "../page/place-card.js";
import { barOf, helpOf, PANELS } from "./bar.js";
import { addClaim, drawForm, formVersion, isFormOpen } from "./form.js";
import { itemOf } from "./item.js";
import { hearKeys, keysAreOn, switchKeys } from "./keys.js";
import { linkMarks } from "./linking.js";
import { drawLocator } from "./locator.js";
import { panelOf, readPanel } from "./panels.js";
import { queueOf } from "./queue.js";
import { reportOf } from "./report.js";
import { sinceOf } from "./since.js";
import { selectedWords } from "./spans.js";

/**
 * @typedef {object} Review
 * @property {import("./queue.js").Queue} queue
 * @property {import("./item.js").Item | null} item
 * @property {[string, number] | null} saved incident and version that this editor saved last
 * @property {string} basemap
 * @property {Record<string, string>} words
 */

/** What is open in the page, and not in the address. */
const open = {
  id: "",
  /** Which report is read. */
  report: 0,
  /** Card of a place name: number of the card, and of the name it stands at. @type {[number, number]} */
  card: [-1, -1],
  /** Words that are selected in the report, and whether readers do not see them. @type {import("./spans.js").Words | null} */
  picked: null,
  hidden: false,
  /** Act whose panel is open. */
  panel: "",
  queue: false,
  help: false,
  /** Said to those who pressed what cannot be done. */
  told: "",
  /** Version that an act is under way for, lest it be done twice. */
  busy: "",
};

/** @type {{root: HTMLElement, data: Review, send: import("../page/part.js").Send} | null} */
let shown = null;

/** @param {import("../page/part.js").Component<{part: string}>} component */
export const render = (component) =>
  mount("desk-review", component, (root, /** @type {Review} */ data, send) => {
    if (!root.querySelector(".review")) frame(root);
    shown = { root, data, send };
    const was = open.id;
    settle(data);
    draw();
    if (open.id !== was && matchMedia("(min-width: 1100px)").matches) root.querySelector(".queue-item.is-open")?.scrollIntoView({ block: "nearest" });
  });

/** The boxes that all redraws fill. @param {HTMLElement} root */
function frame(root) {
  root.replaceChildren(
    h(
      "div.review",
      null,
      h("section.review-queue", null),
      h("section.review-item", null, h("div.item-top", null), h("div.item-map", { hidden: true }), h("div.item-rest", null), h("div.item-form", { hidden: true }), h("div.item-foot", null, h("div.item-panel", null), h("div.item-bar", null))),
      h("section.review-report", { tabindex: 0 }),
    ),
    h("div.review-help", null),
  );
  linkMarks(root, () => root.querySelector(".review-report"));
}

/** What was open goes with the incident it was open for. @param {Review} data */
function settle({ item, saved }) {
  const id = item?.id ?? "";
  const isSaved = saved !== null && saved[0] === id && saved[1] > formVersion();
  if (id !== open.id) {
    Object.assign(open, { id, report: 0, card: [-1, -1], panel: "", told: "", picked: null });
    for (const place of [".review-item", ".review-report"]) shown?.root.querySelector(place)?.scrollTo({ top: 0 });
  } else if (open.panel && open.panel !== "edit" && open.busy && !open.busy.endsWith(`:${item?.version}`)) open.panel = "";
  else if (open.panel === "edit" && formVersion() && isSaved) open.panel = "";
  open.busy = "";
  if ((item?.reports.length ?? 0) <= open.report) open.report = 0;
}

function draw() {
  if (!shown?.root.isConnected) return;
  const { root, data, send } = shown;
  const { queue, item, words } = data;
  const at = (/** @type {string} */ place) => /** @type {HTMLElement} */ (root.querySelector(place));
  const editing = item !== null && open.panel === "edit";
  at(".review").classList.toggle("without-item", !item);
  at(".review").inert = open.help;
  show(at(".review-queue"), queueOf(queue, words, open.queue));
  at(".review-queue").setAttribute("aria-label", queue.title);
  show(at(".item-top"), item ? [itemOf.top(item, words), item.since && !editing && sinceOf(item.since, words, open.report)] : nothingOf(queue));
  showOnce(at(".item-rest"), [item?.id, item?.version, editing, words, item?.release, item?.history, item?.spots], item && !editing && itemOf.rest(item, words));
  drawForm(at(".item-form"), editing ? item : null, words, send, open.report);
  showOnce(at(".item-panel"), [item?.id, open.panel, words, item?.candidates, item?.found, open.panel === "news" && item?.since], item && panelOf(open.panel, item, words));
  show(at(".item-bar"), item && !editing && barOf(item, words, open.panel, open.told));
  show(at(".review-report"), item && reportOf(item, words, open));
  at(".review-report").setAttribute("aria-label", words.report);
  show(at(".review-help"), open.help && helpOf(item?.acts ?? [], words, keysAreOn()));
  const map = at(".item-map");
  at(".item-foot").hidden = !item || editing;
  map.hidden = !item || editing;
  if (item && !editing) drawLocator(map, data.basemap, item.spots, item.category, document.documentElement.lang);
  if (open.card[0] >= 0) settleCard(at(".review-report"), root.querySelector(`.name[data-name="${open.card[1]}"]`));
  listen(root);
}

/** @type {WeakMap<Element, string>} */
const signs = new WeakMap();

/** Shows what holds things that are typed or ticked, and leaves it alone until something in it is another. @param {HTMLElement} place @param {unknown} of @param {import("../page/dom.js").Child} child */
function showOnce(place, of, child) {
  const sign = JSON.stringify(of);
  if (signs.get(place) === sign) return;
  signs.set(place, sign);
  show(place, child);
}

/** @param {import("./queue.js").Queue} queue */
const nothingOf = ({ empty }) => h("div.review-empty", null, h("h1", null, empty[0]), h("p", null, empty[1]));

/** @param {HTMLElement} root */
function listen(root) {
  onActions(root, {
    open: ({ dataset }) => openItem(dataset.id ?? ""),
    why: ({ dataset }) => shown?.send("chose", dataset.code || null),
    queue: () => change({ queue: !open.queue }),
    act: ({ dataset }) => press(dataset.act ?? ""),
    shut: () => shut(),
    help: () => toggleHelp(),
    keys: () => (switchKeys(!keysAreOn()), draw()),
    report: ({ dataset }) => openReport(Number(dataset.n), "show" in dataset),
    name: (name) => openCard(Number(name.dataset.card), Number(name.dataset.name)),
    close: () => closeCard(),
    choose: ({ dataset }) => choosePlace(dataset.place ?? null),
    claim: ({ dataset }) => showClaim(dataset.n ?? ""),
    "pick-claim": () => claimPicked(),
    "pick-withhold": () => withholdPicked("withhold"),
    "pick-reveal": () => withholdPicked("reveal"),
  });
  root.onmousedown = (event) => {
    if (/** @type {Element} */ (event.target).closest(".pick")) event.preventDefault(); // the selection stays
  };
  root.onsubmit = (event) => {
    event.preventDefault();
    submit(/** @type {HTMLFormElement} */ (event.target), event.submitter);
  };
  root.onkeydown = (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if ((event.key !== "Enter" && event.key !== " ") || !target.matches("[role=button]")) return;
    event.preventDefault();
    target.click();
  };
}

/** @param {Partial<typeof open>} changes */
function change(changes) {
  Object.assign(open, changes);
  draw();
}

/** On a phone the report stands below, where one that was opened from the incident is brought into sight. @param {number} report @param {boolean} isFar */
function openReport(report, isFar) {
  change({ report, card: [-1, -1] });
  const place = /** @type {HTMLElement | null} */ (shown?.root.querySelector(".review-report") ?? null);
  if (isFar && place && matchMedia("(max-width: 699px)").matches) place.scrollIntoView();
  else if (isFar) place?.scrollTo({ top: 0 });
}

/** @param {string} id */
function openItem(id) {
  open.queue = false;
  shown?.send("opened", id);
}

/** An act that needs no more is done; any other opens its panel. @param {string} name */
function press(name) {
  const item = shown?.data.item;
  const act = item?.acts.find((one) => one.act === name);
  if (!item || !act) return;
  if (act.not) return change({ told: act.not });
  if (PANELS.includes(name)) {
    change({ panel: open.panel === name ? "" : name, told: "" });
    focusFirst(open.panel === "edit" ? [".item-form input"] : [".item-panel [type=radio]", ".item-panel :is(textarea, input, button)"]);
    return;
  }
  perform({ act: name, ...(name === "background" ? { background: !item.form.record.background } : {}) });
}

/** Of the first of these places that is there. @param {string[]} places */
function focusFirst(places) {
  const found = places.map((place) => shown?.root.querySelector(place)).find(Boolean);
  /** @type {HTMLElement | undefined | null} */ (found)?.focus();
}

/** @param {Record<string, unknown> & {act: string}} asked */
function perform(asked) {
  const item = shown?.data.item;
  if (!item || open.busy) return;
  open.busy = `${item.id}:${item.version}`;
  setTimeout(() => (open.busy = ""), 5000);
  shown?.send("did", { id: item.id, version: item.version, ...asked });
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} by the button that was pressed */
function submit(form, by) {
  const item = shown?.data.item;
  if (!item) return;
  const kind = form.dataset.form ?? "";
  if (kind === "name") {
    const query = String(new FormData(form).get("query") ?? "");
    const report = item.reports[open.report];
    if (query.trim()) shown?.send("named", { article: report.id, k: report.cards[open.card[0]]?.k, query });
  } else if (kind === "same") {
    shown?.send("same", { id: item.id, query: String(new FormData(form).get("query") ?? "") });
  } else if (kind) {
    const asked = readPanel(kind, form, item, by);
    if (asked === "unticked") change({ told: shown?.data.words.news_unticked ?? "" });
    else if (asked) perform(asked);
  }
}

/** @param {number} card @param {number} name */
function openCard(card, name) {
  if (open.card[1] === name) return closeCard();
  change({ card: [card, name] });
  /** @type {HTMLElement | null} */ (shown?.root.querySelector(".place-card"))?.focus({ preventScroll: true });
}

function closeCard() {
  const [, name] = open.card;
  change({ card: [-1, -1] });
  /** @type {HTMLElement | null} */ (shown?.root.querySelector(`.name[data-name="${name}"]`))?.focus({ preventScroll: true });
}

/** @param {string | null} place */
function choosePlace(place) {
  const report = shown?.data.item?.reports[open.report];
  if (report) shown?.send("corrected", { article: report.id, k: report.cards[open.card[0]]?.k, place });
  closeCard();
}

/** The selection ends with what is done with it. @param {string} act */
function withholdPicked(act) {
  const report = shown?.data.item?.reports[open.report];
  if (report && open.picked) perform({ act, article: report.id, ...open.picked });
  getSelection()?.removeAllRanges();
}

function claimPicked() {
  const item = shown?.data.item;
  const picked = open.picked;
  if (!item || !picked) return;
  getSelection()?.removeAllRanges();
  const edit = item.acts.find(({ act }) => act === "edit");
  if (edit?.not) return change({ told: edit.not });
  change({ panel: "edit", told: "", picked: null });
  addClaim(item.reports[open.report], picked);
}

document.addEventListener("selectionchange", () => {
  const text = /** @type {HTMLElement | null} */ (shown?.root.querySelector(".report-text") ?? null);
  if (!text?.isConnected) return;
  const picked = selectedWords(text);
  if (!picked && !open.picked) return;
  const marks = picked ? [...text.querySelectorAll(".says-withheld")] : [];
  change({ picked, hidden: marks.some((mark) => getSelection()?.containsNode(mark, true)) });
  if (picked) settlePick();
});

/** Below the last line that is selected. */
function settlePick() {
  const report = /** @type {HTMLElement | null} */ (shown?.root.querySelector(".review-report") ?? null);
  const pick = /** @type {HTMLElement | null} */ (report?.querySelector(".pick") ?? null);
  const rects = getSelection()?.getRangeAt(0).getClientRects();
  if (!report || !pick || !rects?.length) return;
  const [field, last] = [report.getBoundingClientRect(), rects[rects.length - 1]];
  pick.style.top = `${last.bottom - field.top + report.scrollTop + 6}px`;
  pick.style.left = `${Math.max(8, Math.min(last.left - field.left, report.clientWidth - pick.offsetWidth - 8))}px`;
}

/** From the words of a claim to the claim itself. @param {string} n */
function showClaim(n) {
  const claim = /** @type {HTMLElement | null} */ (shown?.root.querySelector(`.review-item [data-marks~="c${n}"]`));
  claim?.focus();
  claim?.scrollIntoView({ block: "nearest" });
}

/** The panel, the card or the help, whichever is on top. */
function shut() {
  if (open.help) return toggleHelp();
  if (open.card[0] >= 0) return closeCard();
  const name = open.panel;
  change({ panel: "", told: "" });
  /** @type {HTMLElement | null} */ (shown?.root.querySelector(`[data-act="${name}"]`))?.focus();
}

function toggleHelp() {
  change({ help: !open.help });
  const next = open.help ? ".review-help [data-do=help]" : ".item-bar [data-do=help]";
  /** @type {HTMLElement | null} */ (shown?.root.querySelector(next))?.focus();
}

/** @param {number} step */
function go(step) {
  const { items, open: id } = shown?.data.queue ?? { items: [], open: null };
  const here = items.findIndex((one) => one.id === id);
  const next = items[here < 0 ? 0 : here + step];
  if (next) openItem(next.id);
}

hearKeys((key) => {
  if (!shown?.root.querySelector(".review") || !shown.root.isConnected) return false;
  if (key === "Escape") {
    const cancel = /** @type {HTMLElement | null} */ (shown.root.querySelector(".item-edit [data-do=shut]"));
    if (cancel && !open.help && open.card[0] < 0 && document.activeElement?.matches("input, textarea, select")) return cancel.focus(), true; // once more gives up what was typed
    if (!open.panel && !open.help && open.card[0] < 0) return false;
    shut();
    return true;
  }
  if (key === "?") return toggleHelp(), true;
  if (open.help || isFormOpen()) return false;
  if (key === "j" || key === "k") return go(key === "j" ? 1 : -1), true;
  const act = shown.data.item?.acts.find((one) => one.key === key);
  if (act) press(act.act);
  return Boolean(act);
});
