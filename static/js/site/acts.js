// What buttons and keys do to what is chosen, each as one step that can be undone.
import { duplicated, moved, removed, split, turnedBy } from "./edits.js";
import { neighbour } from "./find.js";
import { boundsOf, radians, rounded } from "./geometry.js";
import { renumbered } from "./numbers.js";
import { isPitch, nameOf } from "./things.js";
import { fitted, panned, zoomedAbout } from "./view.js";

const NEARER = 1.4;

export class Acts {
  constructor(editor) {
    this.editor = editor;
  }

  /** Do what a wish of a key or a button says; true where it was one. */
  do({ wish, ...more }) {
    const act = this[wish];
    if (typeof act !== "function" || wish === "do") return false;
    act.call(this, more);
    return true;
  }

  undo() {
    this.editor.announce(this.editor.drawing.undo() ? "undone" : "nothing_undone");
  }

  redo() {
    this.editor.announce(this.editor.drawing.redo() ? "redone" : "nothing_redone");
  }

  arrow({ by }) {
    const { drawing, tools, view } = this.editor;
    if (tools.isAsking) return tools.arrow(by);
    if (!drawing.chosen.size) return this.editor.show(panned(view, by.map((part) => -Math.sign(part) * 60)));
    drawing.change((things) => moved(things, drawing.chosen, by), "arrow");
    const [right, down] = boundsOf(drawing.those.flatMap((one) => one.points)) ?? [0, 0];
    this.editor.announce("moved_to", { right: rounded(right, 1), down: rounded(down, 1) });
    return this.editor.seeChosen();
  }

  turn({ by }) {
    const { drawing } = this.editor;
    if (!drawing.change((things) => turnedBy(things, drawing.chosen, radians(by)), "turn")) return this.#nothing();
    return this.editor.announce("turned", { degrees: by });
  }

  next({ isMore = false }) {
    this.#step(1, isMore);
  }

  previous({ isMore = false }) {
    this.#step(-1, isMore);
  }

  #step(by, isMore) {
    const { drawing } = this.editor;
    const chosen = [...drawing.chosen];
    const id = neighbour(drawing.things, chosen[by > 0 ? chosen.length - 1 : 0] ?? null, by);
    if (id) this.editor.choose(isMore ? [...chosen, id] : [id]);
    this.editor.seeChosen();
  }

  all() {
    const { things } = this.editor.drawing;
    this.editor.choose([...things.values()].filter(isPitch).map((thing) => thing.id));
  }

  delete() {
    const { drawing, taken } = this.editor;
    const those = drawing.those;
    const kept = those.filter((one) => isPitch(one) && one.was in taken);
    drawing.change((things) => removed(things, drawing.chosen, taken));
    if (kept.length) return this.editor.announce("kept", { names: this.editor.words.listed(kept.slice(0, 8).map(nameOf)) });
    return those.length ? this.editor.announce("deleted", { count: those.length }) : this.#nothing();
  }

  duplicate() {
    const { drawing, newId } = this.editor;
    let copies = [];
    drawing.change((things) => {
      const [found, made] = duplicated(things, drawing.chosen, newId);
      copies = made;
      return found;
    });
    if (!copies.length) return this.#nothing();
    this.editor.choose(copies);
    return this.editor.announce("duplicated", { count: copies.length });
  }

  split() {
    const { drawing, newId } = this.editor;
    const those = drawing.those.filter(isPitch);
    if (!those.length) return this.#nothing();
    const made = new Map(those.map((one) => [one.id, newId()]));
    drawing.change((things) => those.reduce((all, one) => split(all, one.id, made.get(one.id)), things));
    this.editor.choose([...made.keys(), ...made.values()]);
    return this.editor.announce("was_split", { count: those.length });
  }

  /** Number the chosen pitches by a rule; true when it was done. */
  renumber(rule) {
    const { drawing } = this.editor;
    const ids = drawing.those.filter(isPitch).map((one) => one.id);
    const [found, twice] = renumbered(drawing.things, ids, rule);
    if (!ids.length) this.#nothing();
    else if (twice.length) this.editor.announce("numbers_twice", { names: this.editor.words.listed(twice.slice(0, 8)) });
    if (!ids.length || twice.length) return false;
    drawing.change(() => found);
    this.editor.announce("renumbered", { count: ids.length });
    return true;
  }

  #nothing() {
    this.editor.announce("nothing_chosen");
  }

  nearer() {
    this.#zoom(NEARER);
  }

  farther() {
    this.#zoom(1 / NEARER);
  }

  #zoom(factor) {
    const { drawing, view } = this.editor;
    this.editor.show(zoomedAbout(view, factor, boundsOf(drawing.those.flatMap((thing) => thing.points))));
  }

  fit() {
    const { drawing, view } = this.editor;
    const bounds = boundsOf([...drawing.things.values()].flatMap((thing) => thing.points)) ?? [-40, -25, 40, 25];
    this.editor.show(fitted(bounds, { width: view.width, height: view.height }));
  }

  escape() {
    const { tools } = this.editor;
    if (tools.isAsking || this.editor.tool !== "choose") return this.editor.pick("choose");
    return this.editor.choose([]);
  }

  choose() {
    this.editor.pick("choose");
  }

  tape() {
    this.editor.pick("tape");
  }

  box() {
    this.editor.pick("box");
  }

  row() {
    this.editor.pick("row");
  }

  enter() {
    const { tools } = this.editor;
    if (tools.isAsking) tools.enter();
    else this.editor.toPanel();
  }

  finish() {
    this.editor.tools.finish();
  }
}
