// @ts-check
/** Words and kilometres that seldom change, kept for the parts that need them. */

/**
 * @typedef {object} Lexicon
 * @property {Record<string, string>} words of the timeline; none in English, which it has itself
 * @property {Record<string, string>} layer words of the map; none in English
 * @property {Record<string, [number, number]>} stretches kilometres of each province on the line, by ISO 3166-2
 */

/** @type {Lexicon} */
let lexicon = { words: {}, layer: {}, stretches: {} };
/** @type {Set<() => void>} */
const waiting = new Set();

/** What was last handed over. */
export const lexiconNow = () => lexicon;

/** @param {Lexicon} given */
export function keepLexicon(given) {
  lexicon = given;
  waiting.forEach((tell) => tell());
}

/** Calls when there is another. @param {() => void} tell */
export const onLexicon = (tell) => waiting.add(tell);
