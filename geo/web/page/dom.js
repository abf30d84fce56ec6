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
  }
  append(element, children);
  return /** @type {HTMLElement} */ (element);
}

/** @param {Element} element @param {Child[]} children */
function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
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
  wanted.forEach((node, i) => {
    const present = from.childNodes[i];
    if (!present) from.append(node);
    else if (alike(present, node)) morph(present, node);
    else present.replaceWith(node);
  });
  while (from.childNodes.length > wanted.length) from.lastChild?.remove();
}

/** @param {Node} a @param {Node} b */
function alike(a, b) {
  if (a.nodeName !== b.nodeName) return false;
  return !(a instanceof Element && b instanceof Element) || a.getAttribute("data-key") === b.getAttribute("data-key");
}

/** @param {Node} from @param {Node} to */
function morph(from, to) {
  if (!(from instanceof Element && to instanceof Element)) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
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
