// @ts-check
/** Every part of the dashboard's page, by the kind of slot it fills. */

import * as article from "./article.js";
import * as cards from "./cards.js";
import * as claims from "./claims.js";
import * as facets from "./facets.js";
import * as foot from "./foot.js";
import * as head from "./head.js";
import * as incident from "./incident.js";
import * as label from "./label.js";
import * as languages from "./languages.js";
import * as legend from "./legend.js";
import * as play from "./play.js";
import * as prose from "./prose.js";
import * as province from "./province.js";
import * as share from "./share.js";
import * as table from "./table.js";
import * as time from "./time.js";

/** @type {import("./slots.js").Parts} */
export const PARTS = {
  article, cards, claims, facets, foot, head, incident, label, languages, legend, play, prose, province, share, table, time,
};
