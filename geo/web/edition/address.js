// @ts-check
/** The filter in the address: after the "#", so that a file needs no server to keep its word. */

/** The query that the address asks for. */
export const readAddress = () => location.hash.replace(/^#/, "");

/** @param {string} query @param {{replace: boolean}} how */
export function writeAddress(query, { replace }) {
  if (query === readAddress()) return;
  const address = query ? `#${query}` : location.pathname + location.search;
  try {
    if (replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  } catch {
    location.hash = query; // some browsers let no script write the address of a file, but its fragment
  }
}

/** @param {(query: string) => void} go */
export function onAddress(go) {
  addEventListener("popstate", () => go(readAddress()));
}
