// @ts-check
/** What the timeline says to those who do not see it: a sentence, and a table of counts. */

import { daysInWords } from "../map/words.js";
import { binDays } from "./axis.js";
import { unitInWords } from "./calendar.js";
import { countBegun, countBetween, STACK } from "./tally.js";
import { sayCount } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./times.js").Days} Days */

/** More rows than this are no help to a listener. */
const MOST_ROWS = 40;
/** @type {[import("./calendar.js").Unit, number][]} */
const ROW_DAYS = [
  ["day", 1],
  ["week", 7],
  ["month", 30],
];

export class Twin {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.box = document.createElement("div");
    this.box.className = "time-twin";
    this.sentence = document.createElement("p");
    this.table = document.createElement("table");
    this.spoken = document.createElement("div");
    this.spoken.setAttribute("aria-live", "polite");
    this.box.append(this.sentence, this.table, this.spoken);
    root.append(this.box);
  }

  /** Has a screen reader say what the keyboard has come to. @param {string} text */
  speak(text) {
    this.spoken.textContent = text;
  }

  /** @param {State} state */
  tell(state) {
    const sentence = summarise(state);
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
    this.table.replaceChildren(...tableParts(state));
  }
}

/** "21 incidents in 1–31 October 2025. Armed clash: 6; ..." @param {State} state */
function summarise({ tally, period, say, lang }) {
  const words = daysInWords(period.from, period.to, lang) ?? "";
  const counts = countBegun(tally, period);
  const parts = STACK.flatMap((name, k) => (counts[k] ? [`${say(`event.${name}`)}: ${counts[k]}`] : []));
  const sentence = sayCount(say, "summary.incidents", countBetween(tally, period), { period: words });
  const undated = tally.undated ? [`${say("time.undated")}: ${tally.undated}`] : [];
  return [sentence, ...(parts.length ? [`${parts.join("; ")}.`] : []), ...undated].join(" ");
}

/** @param {State} state */
function tableParts({ tally, period, say }) {
  const length = period.to - period.from + 1;
  const unit = (ROW_DAYS.find(([, days]) => length / days <= MOST_ROWS) ?? ["year"])[0];
  const { edges, counts } = binDays(tally, period, unit);
  const used = STACK.map((_, k) => k).filter((k) => edges.some((_, b) => counts[b * STACK.length + k] > 0));
  const caption = document.createElement("caption");
  caption.textContent = `${say("time.title")}, ${say(`time.per_${unit}`)}`;
  const head = row("th", [say("table.date"), ...used.map((k) => say(`event.${STACK[k]}`))]);
  const rows = edges.slice(0, -1).flatMap((from, b) => {
    const values = used.map((k) => counts[b * STACK.length + k]);
    if (!values.some(Boolean)) return [];
    return [row("td", [unitInWords({ from, to: edges[b + 1] - 1 }, unit, say), ...values.map(String)])];
  });
  const [thead, tbody] = [document.createElement("thead"), document.createElement("tbody")];
  thead.append(head);
  tbody.append(...rows);
  return [caption, thead, tbody];
}

/** @param {"td" | "th"} kind @param {string[]} texts */
function row(kind, texts) {
  const element = document.createElement("tr");
  texts.forEach((text, i) => {
    const cell = document.createElement(i === 0 ? "th" : kind);
    cell.scope = kind === "th" ? "col" : "row";
    if (kind === "td" && i > 0) cell.removeAttribute("scope");
    cell.textContent = text;
    element.append(cell);
  });
  return element;
}
