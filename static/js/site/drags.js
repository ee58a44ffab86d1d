// What dragging on the plan does to things: moving them, turning one, pulling a side or a corner, a box around many.
import { bent, lieOf, moved, resized, sizeOf, turnedBy } from "./edits.js";
import { within } from "./find.js";
import { boundsOf, degrees, dot, middleOf, minus, radians, rounded } from "./geometry.js";
import { snappedMove, snappedPoint } from "./snap.js";

const TURN_STEP = 5;
const REACH_PX = 10;

export class Drags {
  /** `editor` has drawing, plan, view, snapping() and announce(key, values). */
  constructor(editor) {
    this.editor = editor;
    this.grip = "";
  }

  get #others() {
    const { things, chosen } = this.editor.drawing;
    return [...things.values()].filter((thing) => !chosen.has(thing.id));
  }

  #snap() {
    return { ...this.editor.snapping(), reach: REACH_PX / this.editor.view.scale };
  }

  /** Show what a drag would do. */
  drag(kind, from, to, event) {
    const { drawing, plan } = this.editor;
    if (kind === "box") return plan.frame(boundsOf([from, to]));
    plan.clear("handles");
    if (kind === "move") {
      const [x, y] = this.#step(from, to, event);
      return plan.lift(drawing.chosen, `translate(${x} ${y})`);
    }
    const done = this.#gripped(to, event);
    for (const id of drawing.chosen) if (done.get(id)) plan.redraw(done.get(id));
    return undefined;
  }

  /** Do it. */
  drop(kind, from, to, event) {
    const { drawing, plan } = this.editor;
    if (kind === "box") return this.#box(from, to, event);
    plan.lift(drawing.chosen, "");
    const isBack = from === to;
    const step = kind === "move" && !isBack ? this.#step(from, to, event) : null;
    const done = isBack ? drawing.things : step ? moved(drawing.things, drawing.chosen, step) : this.#gripped(to, event);
    if (!drawing.change(() => done)) {
      plan.draw(drawing.things);
      plan.handles(drawing.chosen.size === 1 ? drawing.those[0] : null);
    } else if (step) this.editor.announce("moved", { metres: rounded(Math.hypot(...step)) });
    else if (kind === "grip") this.#tellGrip();
    return undefined;
  }

  #step(from, to, event) {
    const by = minus(to, from);
    return event.altKey ? by : snappedMove(this.editor.drawing.those, this.#others, by, this.#snap());
  }

  #gripped(to, event) {
    const { drawing } = this.editor;
    const [thing] = drawing.those;
    const [what, which] = this.grip.split(":");
    if (what === "turn") return this.#turned(thing, to, event);
    const point = event.altKey ? to : snappedPoint(to, this.#others, this.#snap());
    if (what === "corner") return bent(drawing.things, thing.id, Number(which), point);
    return new Map(drawing.things).set(thing.id, pulled(thing, which.split(",").map(Number), point));
  }

  #turned(thing, to, event) {
    const [x, y] = minus(to, middleOf(thing.points));
    const upright = degrees(Math.atan2(y, x)) + 90;
    const wanted = event.altKey ? upright : Math.round(upright / TURN_STEP) * TURN_STEP;
    return turnedBy(this.editor.drawing.things, [thing.id], radians(wanted) - lieOf(thing));
  }

  #tellGrip() {
    const [thing] = this.editor.drawing.those;
    const { width, depth } = sizeOf(thing);
    const values = { width: rounded(width), depth: rounded(depth), degrees: rounded(degrees(lieOf(thing)), 1) };
    this.editor.announce("resized", values);
  }

  #box(from, to, event) {
    const { drawing, plan } = this.editor;
    plan.frame(null);
    if (from === to) return;
    const box = boundsOf([from, to]);
    drawing.choose([...(event.ctrlKey || event.metaKey ? drawing.chosen : []), ...within(drawing.things, box)]);
  }
}

/** A pitch with one side pulled to a point; the side across from it stays. */
export function pulled(thing, [u, v], point) {
  const angle = lieOf(thing);
  const along = u ? [Math.cos(angle), Math.sin(angle)] : [-Math.sin(angle), Math.cos(angle)];
  const { width, depth } = sizeOf(thing);
  const size = u ? width : depth;
  const out = dot(minus(point, middleOf(thing.points)), along) * (u || v);
  const wanted = Math.max(0.2, rounded(size / 2 + out, 1));
  return resized(thing, u ? { width: wanted } : { depth: wanted }, [-u, -v]);
}
