// A page that renews itself: it asks for its parts every second, puts in those that changed, and says how old they are.
// The age counts from when the server looked, by the server's own measure; a clock that is wrong here changes nothing.

const EVERY_MS = 1000;
const PATIENCE_MS = 2500;
const LOST_MS = 5000;
const LOOK_MS = 250;
const ZONE = "Europe/Copenhagen";

/** How old what is shown is, in milliseconds: what the server said, and the time since it was asked. */
export function ageOf({ age, askedAt }, now) {
  return age + (now - askedAt);
}

/** The age in words, by a sentence for seconds and one for minutes. */
export function ageWords(age, { words, wordsMinutes }, time) {
  const seconds = Math.floor(age / 1000);
  const minutes = Math.floor(seconds / 60);
  const sentence = minutes < 1 ? words : wordsMinutes;
  return sentence.replace("{seconds}", String(seconds)).replace("{minutes}", String(minutes)).replace("{time}", time);
}

/** A moment on Copenhagen's clocks, as every page writes it: 14:03:09. */
export function timeOf(at) {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: ZONE };
  return new Intl.DateTimeFormat("en-GB", options).format(new Date(at));
}

/** How it stands: fresh, lost (nothing heard for too long) or out (somebody has to sign in again). */
export function stateOf(age, isOut) {
  if (isOut) return "out";
  return age < LOST_MS ? "fresh" : "lost";
}

/** When to ask again: a second after the last time, at once where that took longer. */
export const pauseAfter = (askedAt, now) => Math.max(0, askedAt + EVERY_MS - now);

/** What an answer means: {kind: new | same, age, at, …}, {kind: out} or {kind: lost}. */
export async function meaning(response) {
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return { kind: "out" };
  if (response.status !== 200 && response.status !== 304) return { kind: "lost" };
  const heard = { age: Number(response.headers.get("Figures-Age")), at: response.headers.get("Figures-At") };
  if (response.status === 304) return { kind: "same", ...heard };
  return { kind: "new", ...heard, etag: response.headers.get("ETag"), parts: (await response.json()).parts };
}

/** Put new content into a part, and leave open what was open, and the focus where it was. */
export function put(part, content, document) {
  const template = document.createElement("template");
  template.innerHTML = content;
  const fresh = template.content;
  const folds = [...part.querySelectorAll("details")];
  [...fresh.querySelectorAll("details")].forEach((fold, place) => {
    fold.open = folds[place]?.open ?? fold.open;
  });
  const frames = [...part.querySelectorAll(".rows-frame")].map((frame) => frame.scrollLeft);
  const held = part.contains(document.activeElement) ? placeOf(part, document.activeElement) : null;
  part.replaceChildren(fresh);
  [...part.querySelectorAll(".rows-frame")].forEach((frame, place) => {
    frame.scrollLeft = frames[place] ?? 0;
  });
  if (held) found(part, held)?.focus({ preventScroll: true });
}

const FOCUSABLE = "a[href], summary, .rows-frame";

// A link is the same one where it leads to the same place; what leads nowhere is told by its place.
function placeOf(part, element) {
  return { href: element.getAttribute("href"), place: [...part.querySelectorAll(FOCUSABLE)].indexOf(element) };
}

function found(part, { href, place }) {
  const all = [...part.querySelectorAll(FOCUSABLE)];
  return href ? all.find((element) => element.getAttribute("href") === href) : all[place];
}

/** Keep a page fresh. `root` has data-live, the address of its parts; parts have data-part, the name that the answer uses. */
export class Live {
  constructor(root, { window, document, onShow = () => {} }) {
    Object.assign(this, { root, window, document, onShow });
    this.line = root.querySelector("[data-live-age]");
    this.alarm = root.querySelector("[data-live-lost]");
    this.etag = null;
    this.shown = new Map();
    // What came with the page was looked up after the page was asked for.
    this.heard = { age: 0, askedAt: 0, at: new Date().toISOString() };
    this.isOut = false;
    this.asking = null;
  }

  start() {
    this.window.setInterval(() => this.look(), LOOK_MS);
    this.document.addEventListener("visibilitychange", () => this.document.hidden || this.ask());
    this.look();
    return this.ask();
  }

  /** Ask now, unless an answer is on its way already; then again and again. */
  ask() {
    this.asking ??= this.once().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  async once() {
    this.window.clearTimeout(this.timer);
    const askedAt = this.window.performance.now();
    const heard = await this.answer();
    this.isOut = heard.kind === "out";
    if (heard.kind === "new" || heard.kind === "same") this.heard = { age: heard.age, at: heard.at, askedAt };
    if (heard.kind === "new") this.show(heard);
    this.look();
    this.timer = this.window.setTimeout(() => this.ask(), pauseAfter(askedAt, this.window.performance.now()));
  }

  async answer() {
    const headers = { Accept: "application/json", ...(this.etag && { "If-None-Match": this.etag }) };
    const aborter = new AbortController();
    const patience = this.window.setTimeout(() => aborter.abort(), PATIENCE_MS);
    const options = { headers, signal: aborter.signal, redirect: "manual", cache: "no-store", credentials: "same-origin" };
    try {
      return await meaning(await this.window.fetch(this.root.dataset.live, options));
    } catch {
      return { kind: "lost" };
    } finally {
      this.window.clearTimeout(patience);
    }
  }

  show({ etag, parts }) {
    this.etag = etag;
    for (const part of this.root.querySelectorAll("[data-part]")) {
      const content = parts[part.dataset.part];
      if (content === undefined || this.shown.get(part) === content) continue;
      put(part, content, this.document);
      this.shown.set(part, content);
    }
    this.onShow();
  }

  /** Say how old it is. */
  look() {
    const age = ageOf(this.heard, this.window.performance.now());
    const state = stateOf(age, this.isOut);
    const time = timeOf(this.heard.at);
    const words = ageWords(age, this.line.dataset, time);
    if (this.line.textContent !== words) this.line.textContent = words;
    if (this.root.dataset.state === state) return;
    this.root.dataset.state = state;
    const { words: lost, wordsOut } = this.alarm.dataset;
    this.alarm.hidden = state === "fresh";
    this.alarm.querySelector("[data-live-lost-words]").textContent =
      state === "fresh" ? "" : (state === "out" ? wordsOut : lost).replace("{time}", time);
    this.onShow();
  }

}

/** Make all of it a little smaller where it is higher than the screen: nobody is there to scroll. */
export function fit(root, { window, document }) {
  delete root.dataset.tight;
  if (document.documentElement.scrollHeight > window.innerHeight) root.dataset.tight = "";
}

/** Keep the screen from going dark, as long as the page is seen; browsers that can't are let be. */
export function stayAwake({ navigator, document }) {
  const hold = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => null);
  document.addEventListener("visibilitychange", hold);
  hold();
}
