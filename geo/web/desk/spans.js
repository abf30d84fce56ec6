// @ts-check
/** Where words stand in an article, in code points: the words that were selected, or that were typed. */

/** @typedef {{start: number, end: number, words: string}} Words */

const LONGEST = 300;

/** @param {string} text */
const lengthOf = (text) => [...text].length;

/** The words selected in a report; null for none, and for what is too long to be a name or a claim. @param {HTMLElement} place @returns {Words | null} */
export function selectedWords(place) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!place.contains(range.startContainer) || !place.contains(range.endContainer)) return null;
  const start = pointOf(range.startContainer, range.startOffset);
  const end = pointOf(range.endContainer, range.endOffset);
  const words = selection.toString();
  if (start === null || end === null || end <= start || end - start > LONGEST || !words.trim()) return null;
  const [before, after] = [lengthOf(words) - lengthOf(words.trimStart()), lengthOf(words) - lengthOf(words.trimEnd())];
  return { start: start + before, end: end - after, words: words.trim() };
}

/** @param {Node} node @param {number} offset */
function pointOf(node, offset) {
  const piece = /** @type {HTMLElement | null} */ ((node instanceof Element ? node : node.parentElement)?.closest("[data-at]") ?? null);
  if (!piece) return null;
  if (node instanceof Element) return Number(piece.dataset.at) + (offset > 0 ? lengthOf(piece.textContent ?? "") : 0);
  return Number(piece.dataset.at) + lengthOf((node.textContent ?? "").slice(0, offset));
}

/** Words that were typed, where they first stand in a report; null when they do not. @param {[string, string, number][][]} paragraphs @param {string} typed @returns {Words | null} */
export function findWords(paragraphs, typed) {
  const words = typed.trim();
  for (const paragraph of words ? paragraphs : []) {
    const text = paragraph.map(([piece]) => piece).join("");
    const found = text.toLowerCase().indexOf(words.toLowerCase());
    if (found < 0) continue;
    const start = paragraph[0][2] + lengthOf(text.slice(0, found));
    return { start, end: start + lengthOf(words), words: text.slice(found, found + words.length) };
  }
  return null;
}
