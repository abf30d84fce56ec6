// @ts-check
/** What the file carries: data in elements of its own, deflated and in base64. */

/** @param {string} id of the element @returns {Promise<ArrayBuffer>} */
export function unpackBytes(id) {
  const bytes = decode(document.getElementById(id)?.textContent ?? "");
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

/** @param {string} id @returns {Promise<string>} */
export const unpackText = async (id) => new TextDecoder().decode(await unpackBytes(id));

/** @param {string} id @returns {Promise<any>} */
export const unpackJson = async (id) => JSON.parse(await unpackText(id));

/** @param {string} text base64 @returns {Uint8Array} */
function decode(text) {
  const letters = atob(text.trim());
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
