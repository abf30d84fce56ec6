// @ts-check
/** Text in sections: how the incidents were read, what is missing, where everything comes from. */

import { h, show, withBold } from "./dom.js";
import { sureness } from "./marks.js";
import { mount } from "./part.js";

/**
 * @typedef {object} Section
 * @property {string} title
 * @property {string[]} paragraphs **bold** marks what is set bold
 * @property {[string, string, string][]} [marks] precision, name, what it means
 * @property {[string, string, string][]} [sources] name, licence, attribution
 * @property {[string, string]} [link] words and address of a page that tells more
 */

/** @param {import("./part.js").Component<{part: string}>} component */
export const render = (component) => mount("prose", component, drawProse);

/** @param {HTMLElement} root @param {{lead: string, sections: Section[]}} data */
function drawProse(root, data) {
  show(root, data.lead && h("p.prose-lead", null, data.lead), h("div.prose", null, data.sections.map(sectionOf)));
}

/** @param {Section} section */
const sectionOf = ({ title, paragraphs, marks = [], sources = [], link }) =>
  h(
    "section",
    { class: sources.length ? "wide" : marks.length ? "long" : null },
    h("h2", null, title),
    paragraphs.map((paragraph) => h("p", null, withBold(paragraph))),
    link && h("p", null, h("a", { href: link[1] }, link[0])),
    marks.length > 0 &&
      h("dl.marks", null, marks.map(([kind, name, text]) => [h("dt", null, sureness(kind), h("span", null, name)), h("dd", null, text)])),
    sources.length > 0 &&
      h(
        "table.licences",
        null,
        h("tbody", null, sources.map(([name, licence, credit]) => h("tr", null, h("th", { scope: "row" }, name), h("td", null, licence), h("td", null, credit)))),
      ),
  );
