// @ts-check
/** The title above the timeline, the note that says how to read it, and, where asked for, a button to play. */

/** @typedef {import("./state.js").State} State */

export class Head {
  /** @param {HTMLElement} root @param {(() => void) | null} onPlay no button when null */
  constructor(root, onPlay) {
    this.box = part("div", "time-head");
    this.title = part("h2", "time-title");
    this.note = part("p", "time-note");
    this.how = part("span", "time-how");
    this.undated = part("span", "time-undated");
    this.key = part("span", "time-key");
    this.note.append(this.how, this.undated, this.key);
    this.key.setAttribute("role", "img");
    this.button = /** @type {HTMLButtonElement} */ (part("button", "time-play"));
    this.button.type = "button";
    this.button.append(part("span", "time-play-sign"));
    if (onPlay) {
      this.button.addEventListener("click", onPlay);
      this.box.append(this.button);
    }
    this.box.append(this.title, this.note);
    root.append(this.box);
  }

  /** @param {State} state @param {{playing: boolean, blocks: boolean}} how `blocks`: each incident has a block */
  tell(state, { playing, blocks }) {
    const { say, border, tally } = state;
    this.title.textContent = say("time.title");
    const [first = "", second = ""] = border.countries;
    this.how.textContent = readingNote(state, blocks);
    this.undated.textContent = tally.undated ? `${say("time.undated")}: ${tally.undated}` : "";
    this.key.replaceChildren(sign("filled"), first, sign("open"), second);
    this.key.setAttribute("aria-label", say("time.side", { first, second }));
    this.button.setAttribute("aria-label", say(playing ? "play.stop" : "play.start"));
    this.button.classList.toggle("playing", playing);
  }
}

/** @param {State} state @param {boolean} blocks */
function readingNote({ border: { lanes }, say }, blocks) {
  if (!lanes.length) return "";
  const ends = { from: lanes[0].name, to: lanes[lanes.length - 1].name };
  return say(blocks ? "time.note" : "time.note_bars", ends);
}

/** A small disc, filled or open, as the ribbon's marks are. @param {string} kind */
function sign(kind) {
  const element = part("span", `time-sign ${kind}`);
  element.setAttribute("aria-hidden", "true");
  return element;
}

/** @param {string} tag @param {string} className */
function part(tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}
