// @ts-check
/** The session's channel: what the timeline tells the map and the page, and hears from them. */

/**
 * @typedef {object} Hearing
 * @property {(from: number | null, to: number | null) => void} dates
 * @property {(incident: number) => void} hover -1 is none
 * @property {(bounds: import("./seen.js").Bounds | null) => void} view what the map shows
 * @property {(on: boolean, manner: import("./play.js").Manner) => void} play
 */

export class Voice {
  /** @param {Hearing} hearing */
  constructor(hearing) {
    this.hearing = hearing;
    /** @type {BroadcastChannel | undefined} */
    this.channel = undefined;
    /** Incident last told of as hovered. @type {number | null} */
    this.told = null;
  }

  /** @param {string | undefined} name */
  join(name) {
    if (!name || this.channel?.name === name) return;
    this.leave();
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = (message) => this.hear(message.data);
  }

  leave() {
    this.channel?.close();
  }

  /** @param {any} message */
  hear(message) {
    const { dates, hover, play, view } = this.hearing;
    if (message?.type === "dates") dates(message.from ?? null, message.to ?? null);
    if (message?.type === "hover" && message.from !== "time") hover(message.incident ?? -1);
    if (message?.type === "drawn") view(message.bounds ?? null);
    if (message?.type === "play")
      play(Boolean(message.on), { cumulative: Boolean(message.cumulative), speed: message.speed });
  }

  /** @param {object} message */
  post(message) {
    this.channel?.postMessage(message);
  }

  /** Tells which incident is under the pointer, once. @param {number | null} incident @param {string | null} id */
  hover(incident, id) {
    if (incident === this.told) return;
    this.told = incident;
    this.post({ type: "hover", incident, id, from: "time" });
  }
}
