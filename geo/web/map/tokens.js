// @ts-check
/** Colours, shapes and sizes of the map, in the light and the dark theme. */

/** @typedef {"light" | "dark"} ThemeName */
/** @typedef {"circle" | "triangle" | "square" | "diamond" | "chevron" | "bar" | "open"} Shape */

/**
 * @typedef {object} Theme
 * @property {string} paper
 * @property {string} raised
 * @property {string} ink
 * @property {string} second
 * @property {string} third
 * @property {string} rule
 * @property {string} strongRule
 * @property {string} accent
 * @property {string} land
 * @property {string} otherLand
 * @property {string} sea
 * @property {string} provinceEdge
 * @property {string} countryEdge
 * @property {string[]} ramp one hue from few to many, in steps that every kind of eye tells apart
 * @property {string[]} onRamp colour of words on each step, at least 4.5 to 1
 * @property {Record<string, string>} events colour of each event category
 */

/** Event categories in the order of the points file when it names none. */
export const CATEGORIES = ["clash", "strike", "shelling", "bombing", "raid", "crossings", "other"];

/** @type {Record<string, Shape>} */
export const SHAPES = {
  clash: "circle",
  strike: "triangle",
  shelling: "square",
  bombing: "diamond",
  raid: "chevron",
  crossings: "bar",
  other: "open",
};

/** @type {Record<ThemeName, Theme>} */
const THEMES = {
  light: {
    paper: "#FBFAF6",
    raised: "#FFFFFF",
    ink: "#1F1E1B",
    second: "#55524B",
    third: "#716D64",
    rule: "#DDD8CC",
    strongRule: "#B9B3A5",
    accent: "#8E1F33",
    land: "#FFFEFB",
    otherLand: "#EFECE3",
    sea: "#E3E7E6",
    provinceEdge: "#DCD6C8",
    countryEdge: "#A9A294",
    ramp: ["#F3DAD3", "#E3B1A9", "#CC8280", "#AD5159", "#8E1F33"],
    onRamp: ["#1F1E1B", "#1F1E1B", "#1F1E1B", "#FFFFFF", "#FFFFFF"],
    events: {
      clash: "#A83A00",
      strike: "#0072B2",
      shelling: "#B57F00",
      bombing: "#8F2F7D",
      raid: "#00806A",
      crossings: "#3D3C39",
      other: "#55524B",
    },
  },
  dark: {
    paper: "#15171A",
    raised: "#1F2328",
    ink: "#ECEAE4",
    second: "#B3B0A7",
    third: "#918E86",
    rule: "#30343A",
    strongRule: "#545961",
    accent: "#F2949C",
    land: "#1E2227",
    otherLand: "#181B1F",
    sea: "#121518",
    provinceEdge: "#30353C",
    countryEdge: "#5A6069",
    ramp: ["#4B2B34", "#703A47", "#9A515D", "#C9757D", "#F7B3B6"],
    onRamp: ["#FFFFFF", "#FFFFFF", "#FFFFFF", "#15171A", "#15171A"],
    events: {
      clash: "#E8662C",
      strike: "#56B4E9",
      shelling: "#F0D060",
      bombing: "#CF7DBB",
      raid: "#00A87E",
      crossings: "#D8D5CC",
      other: "#B3B0A7",
    },
  },
};

/** @param {string | undefined} name @returns {Theme} */
export const themeNamed = (name) => (name === "dark" ? THEMES.dark : THEMES.light);

/** Sizes in CSS pixels. */
export const SIZE = {
  mark: 12,
  halo: 1.6,
  plate: 16,
  ring: 11,
  selectedRing: 12,
  discMin: 9,
  crossing: 5.6,
  clusterMouse: 13,
  clusterTouch: 21,
  gridCell: 48,
  /** More marks than this in view become count bubbles. */
  gridAbove: 4000,
};

/** Opacity of everything else while one incident is open. */
export const OPENED_OTHERS = 0.18;

/** Radius in km where the report says "near" and no distance. */
export const NEAR_KM = 10;
/** Radius in km of a district whose area is not known. */
export const DISTRICT_KM = 15;

const SANS =
  '"Public Sans Variable", "Public Sans", "Noto Naskh Arabic Variable", "Noto Naskh Arabic", system-ui, sans-serif';
const SERIF = '"Newsreader Variable", "Newsreader", "Noto Naskh Arabic Variable", "Noto Naskh Arabic", Georgia, serif';

/** Canvas fonts by what they are for. */
export const FONTS = {
  chosen: `650 12px ${SANS}`,
  place: `600 12px ${SANS}`,
  area: `500 11.5px ${SANS}`,
  crossing: `400 11px ${SANS}`,
  total: `550 11.5px ${SANS}`,
  town: `400 11px ${SANS}`,
  country: `400 12.5px ${SANS}`,
  shade: `650 13px ${SANS}`,
  plate: `550 11.5px ${SANS}`,
  count: `650 12px ${SANS}`,
  bigCount: `650 11px ${SANS}`,
  figure: `600 24px ${SERIF}`,
  what: `600 12px ${SANS}`,
  where: `400 11.5px ${SANS}`,
  line: `italic 600 13px ${SERIF}`,
  note: `italic 400 12px ${SERIF}`,
  scale: `400 11px ${SANS}`,
};
