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
    const { say } = this.editor.words;
    const moment = new Date(kept.at).toLocaleString(document.documentElement.lang, { numberingSystem: "latn" });
    const sentences = [say("restored", { moment })];
    if (kept.version !== version) sentences.push(say("restored_newer"));
    if (clashes.length) sentences.push(say("clashes", { names: clashes.slice(0, 20).join(", ") }));
    this.show("restored", sentences.join(" "));
  }

  /** Somebody has saved meanwhile. */
  async meanwhile(title) {
    this.show("meanwhile", title);
    this.parts.meanwhile.scrollIntoView({ block: "nearest" });
    const answer = await this.editor.server.load();
    this.newest = answer.kind === "ok" ? answer.data : null;
  }

  #beside() {
    if (!this.newest) return this.editor.announce("lost");
    const there = thingsOf(this.newest.features, this.editor.frame);
    this.editor.plan.beneath(there.values());
    return this.editor.announce("beside", { count: there.size });
  }

  #goOn() {
    if (!this.newest) return this.editor.announce("lost");
    const { clashes } = this.editor.adopt(this.newest, this.editor.delta());
    this.#done();
    const { say } = this.editor.words;
    return this.editor.tell(clashes.length ? say("clashes", { names: clashes.slice(0, 20).join(", ") }) : say("went_on"));
  }

  async #throwAway() {
    const answer = this.newest ? { kind: "ok", data: this.newest } : await this.editor.server.load();
    if (answer.kind !== "ok") return this.editor.announce(answer.kind);
    this.editor.adopt(answer.data, null);
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

