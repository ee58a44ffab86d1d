// What stands between drawing and its being saved: an older drawing that is back, somebody who was faster, a session that
// has ended. Whatever happens, the drawing stays.
import { thingsOf } from "./things.js";

export class Notices {
  /** `editor` has words, drawing, frame, plan, server, delta(), adopt(document, delta), forget(), features(). */
  constructor(editor, root) {
    Object.assign(this, { editor, root, newest: null });
    this.parts = Object.fromEntries([...root.querySelectorAll("[data-notice]")].map((part) => [part.dataset.notice, part]));
    const acts = {
      "throw-away": () => this.#throwAway(), beside: () => this.#beside(), "go-on": () => this.#goOn(), "take-newest": () => this.#throwAway(),
      export: () => this.#export(), again: () => editor.save(),
    };
    root.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
  }

  /** Show one notice with a sentence; "" hides all. */
  show(which, sentence = "") {
    for (const [name, part] of Object.entries(this.parts)) part.hidden = name !== which;
    if (!which) return;
    const text = this.parts[which].querySelector("[data-notice-text]");
    if (text && sentence) text.textContent = sentence;
  }

  /** A drawing that was kept on this device is back, over what there is now. */
  restored(kept, version, clashes) {
    const { say, listed, moment } = this.editor.words;
    const sentences = [say("restored", { moment: moment(kept.at) })];
    if (kept.version !== version) sentences.push(say("restored_newer"));
    if (clashes.length) sentences.push(say("clashes", { names: listed(clashes.slice(0, 20)) }));
    this.show("restored", sentences.join(" "));
  }

  /** Somebody has saved meanwhile. */
  meanwhile(title) {
    this.show("meanwhile", title);
    this.parts.meanwhile.scrollIntoView({ block: "nearest" });
    this.newest = null;
    this.#load();
  }

  /** The newest drawing, asked for once; null where it can't be had, and why is said. */
  async #load() {
    this.newest ??= this.editor.server.load();
    const answer = await this.newest;
    if (answer.kind === "ok") return answer.data;
    this.newest = null;
    this.editor.announce(answer.kind);
    return null;
  }

  async #beside() {
    const newest = await this.#load();
    if (!newest) return undefined;
    const there = thingsOf(newest.features, this.editor.frame);
    this.editor.plan.beneath(there.values());
    return this.editor.announce("beside", { count: there.size });
  }

  async #goOn() {
    const newest = await this.#load();
    if (!newest) return undefined;
    const { clashes } = this.editor.adopt(newest, this.editor.delta());
    this.#done();
    const { say, listed } = this.editor.words;
    return this.editor.tell(clashes.length ? say("clashes", { names: listed(clashes.slice(0, 20)) }) : say("went_on"));
  }

  async #throwAway() {
    const newest = await this.#load();
    if (!newest) return undefined;
    this.editor.adopt(newest, null);
    this.editor.forget();
    this.#done();
    return this.editor.announce("thrown_away");
  }

  #done() {
    this.newest = null;
    this.editor.plan.beneath([]);
    this.show("");
  }

  #export() {
    const collection = { type: "FeatureCollection", name: this.editor.slug, features: this.editor.features() };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(collection, null, 1)], { type: "application/geo+json" }));
    link.download = `${this.editor.slug}-drawing.geojson`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

