// @ts-check
/** Every part of the desk, by the kind of slot it fills. */

import * as add from "./add.js";
import * as corrections from "./corrections.js";
import * as documents from "./documents.js";
import * as head from "./head.js";
import * as options from "./options.js";
import * as review from "./review.js";

/** @type {import("../page/slots.js").Parts} */
export const PARTS = { add, corrections, documents, head, options, review };
