// @ts-check
/** The one message in which Python packs what all parts are to show. */

/**
 * @param {Uint8Array} packed zlib
 * @returns {Promise<Record<string, any>>} data by part
 */
export async function unpack(packed) {
  const stream = new Blob([/** @type {BlobPart} */ (packed)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}
