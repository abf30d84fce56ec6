// @ts-check
/** What the parts of one reader's page, its map among them, tell one another without the server. */

/** @type {Map<string, BroadcastChannel>} */
const channels = new Map();

/**
 * The channel of a session for saying things.
 * @param {string} name
 */
function channelNamed(name) {
  const known = channels.get(name) ?? new BroadcastChannel(name);
  channels.set(name, known);
  return known;
}

/** Tells the map and every other part. @param {string} name @param {object} message */
export function tell(name, message) {
  channelNamed(name).postMessage(message);
}

/**
 * Listens until the returned function is called. A part has its own ear: a channel does not hear itself.
 * @param {string} name @param {(message: any) => void} hear
 * @returns {() => void}
 */
export function listen(name, hear) {
  const ear = new BroadcastChannel(name);
  ear.onmessage = (message) => hear(message.data);
  return () => ear.close();
}
