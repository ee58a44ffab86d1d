// The drawing as it stands: things, which of them are chosen, and every step back and forth. Knows nothing of the page.

const MOST_STEPS = 300;

export class Drawing {
  constructor(things = new Map()) {
    this.listeners = [];
    this.load(things);
  }

  /** Begin anew from things; what was done before can't be undone any more. */
  load(things) {
    this.things = things;
    this.chosen = new Set();
    this.past = [];
    this.future = [];
    this.last = "";
    this.#tell();
  }

  /**
   * It was saved: `things` are what is there now, under the ids of before, and every step before and after knows under which
   * name a thing is there now, so that undoing goes on across it.
   */
  saved(things) {
    const known = new WeakMap();
    const renamed = (thing) => {
      if (!known.has(thing)) known.set(thing, { ...thing, was: things.get(thing.id)?.was ?? "" });
      return known.get(thing);
    };
    const rebased = (step) => new Map([...step].map(([id, thing]) => [id, renamed(thing)]));
    this.past = this.past.map(rebased);
    this.future = this.future.map(rebased);
    this.things = things;
    this.last = "";
    this.#keepChosen();
  }

  /** Whoever wants to know of each change: called with the drawing. */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** Do `edit` (things → things) as one step. Steps in a row with one `tag`, such as presses of an arrow, are one. */
  change(edit, tag = "") {
    const things = edit(this.things);
    if (things === this.things) return false;
    if (!tag || tag !== this.last) this.past.push(this.things);
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.last = tag;
    this.future = [];
    this.things = things;
    this.#keepChosen();
    return true;
  }

  /** What comes next is a step of its own, whatever its tag. */
  pause() {
    this.last = "";
  }

  get canUndo() {
    return this.past.length > 0;
  }

  get canRedo() {
    return this.future.length > 0;
  }

  undo() {
    return this.#step(this.past, this.future);
  }

  redo() {
    return this.#step(this.future, this.past);
  }

  #step(from, to) {
    if (!from.length) return false;
    to.push(this.things);
    this.things = from.pop();
    this.last = "";
    this.#keepChosen();
    return true;
  }

  /** Choose these and no others. */
  choose(ids) {
    this.chosen = new Set([...ids].filter((id) => this.things.has(id)));
    this.last = "";
    this.#tell();
  }

  /** Add one to those chosen, or take it out. */
  toggle(id) {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.choose(chosen);
  }

  /** The things that are chosen, in the order of the drawing. */
  get those() {
    return [...this.things.values()].filter((thing) => this.chosen.has(thing.id));
  }

  #keepChosen() {
    this.chosen = new Set([...this.chosen].filter((id) => this.things.has(id)));
    this.#tell();
  }

  #tell() {
    for (const listener of this.listeners) listener(this);
  }
}
