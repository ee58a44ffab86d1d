// The editor: what the page holds, put together.
import { Acts } from "./acts.js";
import { Backdrop } from "./backdrop.js";
import { Chosen } from "./chosen.js";
import { applied, deltaOf } from "./delta.js";
import { Drags } from "./drags.js";
import { Drawing } from "./drawing.js";
import { Early } from "./early.js";
import { Findings, refusalOf } from "./findings.js";
import { metres, northOf } from "./frame.js";
import { boundsOf } from "./geometry.js";
import { Gestures } from "./gestures.js";
import { Keeping } from "./keeping.js";
import { stepOf, wishOf } from "./keys.js";
import { Notices } from "./notices.js";
import { Plan } from "./plan.js";
import { Server } from "./server.js";
import { Picker } from "./picker.js";
import { Table } from "./table.js";
import { featureOf, isPitch, nameOf, thingsAgain, thingsOf } from "./things.js";
import { Tools } from "./tools.js";
import { resizedTo, scaleBar, showing } from "./view.js";
import { wordsOf } from "./words.js";

const LOOK_MS = 500;
const KEEP_MS = 400;
const MOST_SAID = 3;

export class Editor {
  constructor(root, { window, document }) {
    const { slug, offers, ...addresses } = root.dataset;
    Object.assign(this, { root, window, slug, offers: offers.split(" "), words: wordsOf(document) });
    Object.assign(this, { drawing: new Drawing(), broken: new Map(), refused: new Map(), taken: {}, kinds: [] });
    Object.assign(this, { loaded: [], base: new Map(), version: 0, count: 0, timers: {}, from: "" });
    this.newId = () => `n${(this.count += 1)}`;
    this.server = new Server(addresses, window.fetch.bind(window));
    this.storage = storageOf(window);
    this.keeping = new Keeping(this.storage.whole, slug);
    this.element = root.querySelector("[data-plan]");
    this.view = { x: -40, y: -25, scale: 10, ...this.#size() };
  }

  /** Load the drawing, put back what wasn't saved, and let people draw. */
  async start() {
    const early = new Early(this.root, this.element);
    this.announce("loading");
    const answer = await this.server.load();
    if (answer.kind !== "ok") return this.#broken(answer.kind);
    this.kinds = answer.data.kinds;
    this.#build();
    const kept = this.keeping.get();
    const { clashes } = this.adopt(answer.data, kept?.delta ?? null);
    if (kept) this.notices.restored(kept, this.version, clashes);
    this.acts.fit();
    this.#listen();
    if (!early.end((wish) => this.acts.do(wish))) this.tell("");
    this.root.removeAttribute("aria-busy");
    this.root.dataset.ready = "";
    return undefined;
  }

  #broken(kind) {
    this.root.removeAttribute("aria-busy");
    this.tell("");
    const notice = this.root.querySelector("[data-notice=broken]");
    notice.hidden = false;
    notice.querySelector("[data-notice-text]").textContent = this.words.say(kind);
  }

  #build() {
    const part = (name) => this.root.querySelector(`[data-part=${name}]`);
    this.plan = new Plan(this.element, { wordOf: (kind) => this.wordOf(kind), titleOf: (thing) => this.#title(thing) });
    this.plan.show(this.view);
    this.acts = new Acts(this);
    this.tools = new Tools(this);
    this.drags = new Drags(this);
    this.notices = new Notices(this, part("notices"));
    this.backdrop = new Backdrop(this, part("backdrop"));
    this.findings = new Findings(this, part("findings"));
    this.chosen = new Chosen(this, part("chosen"));
    this.picker = new Picker(this, this.root);
    this.table = new Table(this, part("table"));
    this.drawing.listen(() => this.repaint());
  }

  /** Draw on from a document, with what was drawn already over it; the first one says how the plan lies. */
  adopt(document_, delta) {
    if (!this.loaded.length && !this.drawing.things.size) this.#lie(document_.frame);
    Object.assign(this, { version: document_.version, taken: document_.taken, loaded: document_.features });
    this.base = thingsOf(document_.features, this.frame);
    const { features, clashes } = delta ? applied(delta, document_.features) : { features: null, clashes: [] };
    this.drawing.load(this.base);
    if (features) this.drawing.change(() => thingsAgain(features, this.frame, this.base, this.newId));
    this.backdrop.load(document_);
    return { clashes };
  }

  #title(thing) {
    const who = isPitch(thing) ? this.taken[thing.was] : "";
    return who ? this.words.say("taken_by", { who }) : "";
  }

  get tool() {
    return this.picker.tool;
  }

  pick(tool) {
    this.picker.pick(tool);
  }

  wordOf(kind) {
    return this.kinds.find((one) => one.kind === kind)?.word ?? this.words.say(`kind_${kind}`);
  }

  /** A thing as one speaks of it: "Pitch A1", "Fire lane F1". */
  spoken(thing) {
    return `${this.wordOf(isPitch(thing) ? "pitch" : thing.told.kind)} ${nameOf(thing)}`;
  }

  metres(value) {
    return this.words.say("metres", { metres: value });
  }

  snapping() {
    return this.picker.snapping();
  }

  planned(sketch) {
    return this.picker.planned(sketch);
  }

  /** Say something that has happened, on the screen and to those who listen. */
  announce(key, values) {
    this.tell(this.words.say(key, values));
  }

  tell(sentence) {
    this.root.querySelector("[data-said]").textContent = sentence;
  }

  /** Choose things; `from` says where one did, so that the other side follows. */
  choose(ids, from = "plan") {
    this.from = from;
    this.drawing.choose(ids);
    this.from = "";
    const { those } = this.drawing;
    if (from !== "table" && those.length) this.table.reveal(those[0].id);
    if (those.length === 1) this.tell([this.spoken(those[0]), this.#title(those[0]), ...(this.broken.get(those[0].id) ?? [])].filter(Boolean).join(". "));
    else this.announce(those.length ? "count_chosen" : "none_chosen", { count: those.length });
  }

  /** Choose things and bring them into sight, with the plan. */
  goTo(ids) {
    this.choose(ids);
    this.seeChosen();
    this.toPlan();
  }

  /** Move the plan as far as is needed to see what is chosen. */
  seeChosen() {
    const bounds = boundsOf(this.drawing.those.flatMap((thing) => thing.points));
    if (bounds) this.show(showing(this.view, bounds));
  }

  /** The plan in sight and under the keys; from its upper edge where a form stands below it. */
  toPlan(block = "nearest") {
    this.element.scrollIntoView({ block });
    this.element.focus({ preventScroll: true });
  }

  /** Show a place on the earth. As long as nothing is drawn, the plan begins there, with north up. */
  goToPosition([longitude, latitude]) {
    if (!this.drawing.things.size) this.#lie({ longitude, latitude, turned: 0 });
    const [x, y] = metres(this.frame, [longitude, latitude]);
    const { width, height } = this.view;
    const scale = Math.max(this.view.scale, 2);
    this.show({ ...this.view, scale, x: x - width / scale / 2, y: y - height / scale / 2 });
  }

  #lie(frame) {
    this.frame = frame;
    this.root.querySelector("[data-north]").setAttribute("transform", `rotate(${northOf(frame)})`);
  }

  toPanel() {
    const field = [...this.root.querySelectorAll("[data-part=chosen] [data-field]")].find((one) => !one.closest("[hidden]"));
    if (this.drawing.chosen.size) field?.focus();
  }

  /** Everything that shows the drawing, brought up to date. */
  repaint() {
    const { drawing } = this;
    this.plan.draw(drawing.things);
    this.plan.choose(drawing.chosen);
    this.plan.handles(drawing.chosen.size === 1 ? drawing.those[0] : null);
    this.chosen.update();
    this.table.update();
    this.picker.update();
    this.#showWhetherSaved();
    if (this.seen === drawing.things) return;
    this.seen = drawing.things;
    this.#later("look", LOOK_MS, () => this.findings.look());
    this.#later("keep", KEEP_MS, () => this.keep());
  }

  /** What was found wrong: sentences by id, and fields with their messages by id. */
  judged(broken, refused) {
    Object.assign(this, { broken, refused });
    this.plan.mark(broken);
    this.chosen.update();
    this.table.update();
  }

  #later(name, wait, act) {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(act, wait);
  }

  /** Beside the button; and what was said of saving isn't left standing over what was drawn since. */
  #showWhetherSaved() {
    const state = this.words.say(this.isUnsaved ? "unsaved" : "all_saved");
    this.root.querySelector("[data-state]").textContent = state;
    const said = this.root.querySelector("[data-said]");
    if (this.isUnsaved && said.textContent && said.textContent === this.saidSaved) said.textContent = state;
  }

  get isUnsaved() {
    return this.drawing.things !== this.base;
  }

  delta() {
    return deltaOf(this.loaded, this.drawing.things, this.frame, this.base);
  }

  /** Keep on the device what isn't saved. */
  keep() {
    clearTimeout(this.timers.keep);
    if (!this.isUnsaved) return this.forget();
    if (!this.keeping.put(this.version, this.delta(), Date.now())) return this.announce("not_kept");
    return undefined;
  }

  forget() {
    this.keeping.forget();
  }

  features() {
    return [...this.drawing.things.values()].map((thing) => featureOf(thing, this.frame));
  }

  body() {
    return { version: this.version, features: this.features() };
  }

  /** Save all of it; whatever the answer, the drawing stays. */
  async save() {
    this.keep();
    this.notices.show("");
    const [things, ids] = [this.drawing.things, [...this.drawing.things.keys()]];
    this.announce("saving");
    const answer = await this.server.save(this.body());
    if (answer.kind === "ok") return this.#saved(answer.data, things);
    if (answer.kind === "refused") return this.#refused(answer.data, ids);
    if (answer.kind === "meanwhile") this.notices.meanwhile(answer.data.title);
    if (answer.kind === "signed_out") this.notices.show("signed_out");
    return this.tell(answer.data?.title ?? this.words.say(answer.kind));
  }

  #refused(data, ids) {
    this.findings.show(data, ids);
    const lines = data.refused.map(refusalOf);
    const [what, more] = [lines.slice(0, MOST_SAID).join(" "), lines.length - MOST_SAID];
    this.announce(more > 0 ? "refused_more" : "refused", { what, more });
  }

  #saved(document_, sent) {
    Object.assign(this, { version: document_.version, taken: document_.taken, loaded: document_.features });
    const drawn = this.drawing.things;
    this.base = thingsAgain(document_.features, this.frame, sent, this.newId);
    this.drawing.saved(this.base);
    if (drawn !== sent) this.drawing.change(() => this.#since(sent, drawn));
    this.keep();
    this.saidSaved = this.words.say("saved", { version: document_.version });
    this.tell(this.saidSaved);
    return this.#showWhetherSaved();
  }

  /** What was drawn while it was being saved, over what was saved. */
  #since(sent, drawn) {
    const found = new Map();
    for (const [id, thing] of drawn) {
      const there = this.base.get(id);
      found.set(id, sent.get(id) === thing && there ? there : { ...thing, was: there?.was ?? "" });
    }
    return found;
  }

  /** Show another part of the plan. */
  show(view) {
    const isScaled = view.scale !== this.view.scale;
    this.view = view;
    this.plan.show(view);
    if (isScaled && this.drawing.chosen.size === 1) this.plan.handles(this.drawing.those[0]);
    const { metres, pixels } = scaleBar(view.scale);
    this.root.querySelector("[data-bar]").setAttribute("width", pixels);
    this.root.querySelector("[data-bar-text]").textContent = this.metres(metres);
    this.backdrop.refresh();
  }

  credit(text) {
    const credit = this.root.querySelector("[data-credit]");
    credit.textContent = text;
    credit.hidden = !text;
  }

  #size() {
    const { width, height } = this.element.getBoundingClientRect();
    return { width: Math.max(width, 50), height: Math.max(height, 50) };
  }

  #listen() {
    this.gestures = new Gestures(this.element, this.picker.gestures());
    this.element.addEventListener("keydown", (event) => this.#key(event, wishOf(event)));
    this.root.addEventListener("keydown", (event) => {
      const isTyped = event.target.matches("input:not([type=checkbox], [type=range]), textarea");
      if (event.target !== this.element && !isTyped) this.#key(event, stepOf(event));
    });
    this.root.addEventListener("click", (event) => {
      const { do: wish, by } = event.target.closest("[data-do]")?.dataset ?? {};
      if (wish === "save") this.save();
      else if (wish) this.acts.do({ wish, by: Number(by) });
    });
    new this.window.ResizeObserver(() => this.show(resizedTo(this.view, this.#size()))).observe(this.element);
    this.window.addEventListener("beforeunload", (event) => {
      if (!this.isUnsaved || this.isLeaving) return;
      this.keep();
      event.preventDefault();
      event.returnValue = ""; // What older browsers look at.
    });
    this.window.addEventListener("pagehide", () => this.keep());
    for (const form of this.root.querySelectorAll("form[method=post]")) {
      form.addEventListener("submit", () => {
        this.keep();
        this.isLeaving = true; // The drawing is kept and comes back with the page.
      });
    }
  }

  #key(event, wish) {
    if (wish && this.acts.do(wish)) event.preventDefault();
  }
}

function storageOf(window) {
  let whole;
  try {
    whole = window.localStorage;
  } catch {
    whole = { getItem: () => null, setItem() {}, removeItem() {} }; // A browser that keeps nothing.
  }
  const key = (name) => `site-view:${name}`;
  return {
    whole,
    get: (name) => whole.getItem(key(name)),
    put(name, value) {
      try {
        whole.setItem(key(name), value);
      } catch {
        // No room: it is only how somebody likes to look.
      }
    },
  };
}
