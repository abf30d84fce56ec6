// @ts-check
/** The losses file: dead and wounded of every incident by the lowest claim. */

const LOSSES_MAGIC = 0x314c4942; // "BIL1"

/**
 * @typedef {object} Losses
 * @property {Int32Array} killed by incident; -1 where no report gives a number
 * @property {Int32Array} wounded
 */

/** @param {ArrayBuffer} buffer @returns {Losses} */
export function readLosses(buffer) {
  const [magic, count] = new Uint32Array(buffer, 0, 4);
  if (magic !== LOSSES_MAGIC) throw new Error("not a losses file");
  return { killed: new Int32Array(buffer, 16, count), wounded: new Int32Array(buffer, 16 + count * 4, count) };
}
