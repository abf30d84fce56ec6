// @ts-check
/** Names as they are compared: one key for all spellings, by the table of geo/text.py that the file carries. */

const SEPARATORS = /[\s\-‐-―'’ʻʼ`.·_/]+/g;
/** @type {Record<string, string>} */
const DIGITS = Object.fromEntries(
  ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"].flatMap((row) => [...row].map((digit, i) => [digit, String(i)])),
);

export class Spelling {
  /** @param {Record<string, string>} variants letters and what they are compared as */
  constructor(variants) {
    this.variants = variants;
  }

  /** @param {string} name @returns {string} */
  key(name) {
    const letters = this.alike(this.alike(name).normalize("NFKD").toLowerCase().replace(/\p{M}/gu, ""));
    return letters.replace(SEPARATORS, " ").trim();
  }

  /** The same with the digits of every script as 0 to 9. @param {string} text */
  search(text) {
    return this.key(text).replace(/[٠-٩۰-۹]/g, (digit) => DIGITS[digit]);
  }

  /** @param {string} text */
  alike(text) {
    return [...text].map((letter) => this.variants[letter] ?? letter).join("");
  }
}
