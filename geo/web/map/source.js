// @ts-check
/** Where the map's data comes from: addresses of the server, or what a page carries in itself. */

/** @typedef {import("./geometry.js").Ring} Ring */

/**
 * @typedef {object} MarkPlace
 * @property {string} label
 * @property {Record<string, string>} [names]
 * @property {string | null} [adm1]
 * @property {number | null} [lat]
 * @property {number | null} [radius_km]
 * @property {[number, number] | null} [border_km]
 */

/**
 * One figure for many places, counted once.
 * @typedef {object} ScopeRecord
 * @property {string} id
 * @property {string} category
 * @property {number[]} incidents
 * @property {string[]} adm1
 * @property {[number, number] | null} border_km
 * @property {number} start
 * @property {number} end
 * @property {string[]} figures
 * @property {string | null} [metric] what the figures count
 * @property {string} what
 * @property {string} when
 * @property {string} where
 */

/**
 * A figure for several incidents together, by the lowest claims; -1 where none is given.
 * @typedef {{incidents: number[], adm1: string[], killed: number, wounded: number}} TotalRecord
 */

/**
 * @typedef {object} Marks
 * @property {number} rev
 * @property {string[]} categories
 * @property {MarkPlace[]} places
 * @property {ScopeRecord[]} scopes
 * @property {string[]} [incident_ids]
 * @property {string[]} [titles] headline of each incident, where the page has them
 * @property {TotalRecord[]} [totals]
 * @property {Record<string, string>} [provinces] name by code, of every province that an incident names
 * @property {Record<string, string>} crossings "open", "shut" or "partly" by place id
 * @property {Record<string, [number, string][]>} [crossing_history] day and new state by place id, oldest first
 */

/**
 * @typedef {object} Basemap
 * @property {{code: string, name: string, names?: Record<string, string>, in_border: boolean, rings: Ring[]}[]} land
 * @property {[number, number][][]} edges edges between countries as [lon, lat] lists, the line left out
 * @property {ProvinceRecord[]} provinces
 * @property {LineRecord} line
 * @property {{name: string, names?: Record<string, string>, lat: number, lon: number, rank: number}[]} towns
 * @property {CrossingRecord[]} crossings
 * @property {[[number, number], [number, number]]} [bounds] corners of what is drawn, (lat, lon)
 * @property {[number, number, number]} view
 * @property {string} attribution
 */

/**
 * @typedef {object} LineRecord
 * @property {[number, number][]} coordinates [lon, lat]
 * @property {number[]} km kilometre of each vertex
 * @property {Record<string, string>} names
 * @property {string[] | string | null} note what must stand beside the name
 */

/**
 * @typedef {object} CrossingRecord
 * @property {string} id
 * @property {string} name
 * @property {Record<string, string>} [names]
 * @property {number} lat
 * @property {number} lon
 * @property {number} km
 * @property {number} [rank] 1 for a main crossing, drawn far out too
 */

/**
 * @typedef {object} ProvinceRecord
 * @property {string} adm1
 * @property {string} name
 * @property {Record<string, string>} [names]
 * @property {string} country
 * @property {Ring[]} rings
 * @property {[number, number]} label [lon, lat]
 */

/**
 * @typedef {object} Source
 * @property {() => Promise<Basemap>} basemap
 * @property {(rev: number) => Promise<ArrayBuffer>} points
 * @property {(rev: number) => Promise<ArrayBuffer>} [losses]
 * @property {(rev: number, lang?: string) => Promise<Marks>} marks words in a language, English by default
 * @property {(query: string, rev: number) => Promise<Uint8Array | null>} mask bits of matching incidents; null is all
 */

const MASKS_KEPT = 16;

/** The server's addresses under `url`. @param {string} url @returns {Source} */
export function sourceAt(url) {
  /** @type {Map<string, Promise<Uint8Array>>} */
  const masks = new Map();
  return {
    basemap: () => load(`${url}/basemap`).then((answer) => answer.json()),
    points: (rev) => load(`${url}/points?rev=${rev}`).then((answer) => answer.arrayBuffer()),
    losses: (rev) => load(`${url}/losses?rev=${rev}`).then((answer) => answer.arrayBuffer()),
    marks: (rev, lang = "en") =>
      load(`${url}/marks?rev=${rev}${lang === "en" ? "" : `&lang=${lang}`}`)
        .then((answer) => answer.json())
        .then(unfold),
    mask(query, rev) {
      if (!query) return Promise.resolve(null);
      const address = `${url}/mask?${query}&rev=${rev}`;
      const known =
        masks.get(address) ?? load(address).then(async (answer) => new Uint8Array(await answer.arrayBuffer()));
      masks.delete(address);
      masks.set(address, known);
      known.catch(() => masks.delete(address));
      if (masks.size > MASKS_KEPT) masks.delete(masks.keys().next().value ?? "");
      return known;
    },
  };
}

/**
 * Places that came in columns become a list when somebody first looks at them; the timeline never does.
 * @param {any} marks @returns {Marks}
 */
function unfold(marks) {
  if (Array.isArray(marks.places)) return marks;
  const { places: folded } = marks;
  /** @type {MarkPlace[] | undefined} */
  let places;
  return Object.defineProperty(marks, "places", { get: () => (places ??= listPlaces(folded)) });
}

/** @param {{count: number} & Record<string, any>} folded a column: all values, or some and their indices */
function listPlaces({ count, ...columns }) {
  const places = Array.from({ length: count }, () => /** @type {any} */ ({}));
  for (const [name, column] of Object.entries(columns)) {
    if (Array.isArray(column)) places.forEach((place, k) => (place[name] = column[k]));
    else column.at.forEach((/** @type {number} */ at, /** @type {number} */ k) => (places[at][name] = column.values[k]));
  }
  return places;
}

/** @param {string} address */
async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw Object.assign(new Error(`${address}: ${answer.status}`), { status: answer.status });
  return answer;
}
