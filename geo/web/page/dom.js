// @ts-check
/** Elements from plain calls, and one tree changed into another in place, so that focus and scrolling stay. */

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "path", "circle", "rect", "g", "line"]);

/** @typedef {string | number | Node | null | undefined | false | Child[]} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

/**
 * An element; its text is only ever text.
 * @param {string} tag name, with classes after dots: "span.figure"
 * @param {Attributes | null} [attributes] false, null and undefined leave an attribute out
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = SVG_TAGS.has(name) ? document.createElementNS(SVG, name) : document.createElement(name);
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(key, value === true ? "" : String(value));
    if (key === "open") shownOpen.add(element);
  }
  append(element, children);
  return /** @type {HTMLElement} */ (element);
}

/** @param {Element} element @param {Child[]} children */
function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else if (child instanceof Node) element.append(child);
    else if (typeof child === "string" && child.includes(MASK)) element.append(...maskNames(child));
    else element.append(String(child));
  }
}

/** Stands in a text for each character of a victim's name, which readers are not told. */
const MASK = "█";
/** What is said in its place, in the reader's language. */
let withheld = "name withheld";

/** @param {string | undefined} said */
export function sayWithheld(said) {
  withheld = said ?? withheld;
}

/**
 * A text whose masked names a screen reader says in words, and which a pointer explains.
 * @param {string} text @returns {Node[]}
 */
function maskNames(text) {
  return text.split(/(█+)/).filter(Boolean).map((part) => {
    if (part[0] !== MASK) return document.createTextNode(part);
    const mask = document.createElement("span");
    mask.className = "withheld";
    mask.setAttribute("role", "img");
    mask.setAttribute("aria-label", withheld);
    mask.title = withheld;
    mask.append(part);
    return mask;
  });
}

/**
 * Text in which **stars** mark what is set bold.
 * @param {string} text
 * @returns {Child[]}
 */
export const withBold = (text) => text.split("**").map((part, i) => (i % 2 ? h("b", null, part) : part));

/**
 * Changes the children of an element into those given, touching only what differs.
 * @param {Element} element @param {...Child} children
 */
export function show(element, ...children) {
  const wanted = document.createElement("div");
  append(wanted, children);
  morphChildren(element, wanted);
}

/** @param {Element} from @param {Element} to */
function morphChildren(from, to) {
  const wanted = [...to.childNodes];
  const kept = keepWanted(from, wanted);
  wanted.forEach((node, i) => {
    const present = from.childNodes[i] ?? null;
    const known = kept.get(keyOf(node));
    if (known) {
      kept.delete(keyOf(node));
      if (known !== present) move(from, known, present);
      morph(known, node);
    } else if (!present || kept.has(keyOf(present))) from.insertBefore(node, present);
    else if (alike(present, node)) morph(present, node);
    else present.replaceWith(node);
  });
  while (from.childNodes.length > wanted.length) from.lastChild?.remove();
}

/**
 * Those of the children with a key that are wanted again, so that what comes before them, or goes, leaves them alone;
 * the others with a key are taken away.
 * @param {Element} from @param {Node[]} wanted @returns {Map<string | null, Node>} by key
 */
function keepWanted(from, wanted) {
  const asked = new Map(wanted.map((node) => [keyOf(node), node.nodeName]));
  /** @type {Map<string | null, Node>} */
  const kept = new Map();
  for (const child of [...from.childNodes]) {
    const key = keyOf(child);
    if (key === null) continue;
    if (asked.get(key) === child.nodeName && !kept.has(key)) kept.set(key, child);
    else child.remove();
  }
  return kept;
}

/** @param {Node} node */
const keyOf = (node) => (node instanceof Element ? node.getAttribute("data-key") : null);

/** Puts a child before another; it keeps focus and state where the browser knows how. @param {Element} parent @param {Node} child @param {Node | null} before */
function move(parent, child, before) {
  const focused = document.activeElement;
  if ("moveBefore" in parent) /** @type {any} */ (parent).moveBefore(child, before);
  else parent.insertBefore(child, before);
  if (focused instanceof HTMLElement && child.contains(focused)) focused.focus({ preventScroll: true });
}

/** @param {Node} a @param {Node} b */
function alike(a, b) {
  if (a.nodeName !== b.nodeName) return false;
  return keyOf(a) === keyOf(b);
}

/** Folds that stand open since they were to be shown so. @type {WeakSet<Element>} */
const shownOpen = new WeakSet();

/** @param {Node} from @param {Node} to */
function morph(from, to) {
  if (!(from instanceof Element && to instanceof Element)) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  for (const { name } of [...from.attributes]) {
    const isReaders = name === "open" && !shownOpen.has(from); // what the reader unfolded stays so
    if (!to.hasAttribute(name) && !isReaders) from.removeAttribute(name);
  }
  if (to.hasAttribute("open")) shownOpen.add(from);
  else shownOpen.delete(from);
  for (const { name, value } of [...to.attributes]) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  if (from instanceof HTMLInputElement) from.checked = to.hasAttribute("checked");
  morphChildren(from, to);
}

/**
 * Calls an action when something inside an element that names one in `data-do` is used.
 * @param {Element} element
 * @param {Record<string, (target: HTMLElement) => void>} actions
 */
export function onActions(element, actions) {
  /** @type {any} */ (element).onclick = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {Element} */ (event.target).closest?.("[data-do]");
    if (!(target instanceof HTMLElement || target instanceof SVGElement)) return;
    const act = actions[target.getAttribute("data-do") ?? ""];
    if (!act) return;
    act(/** @type {HTMLElement} */ (target));
  };
}
