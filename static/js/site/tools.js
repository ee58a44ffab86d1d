// What is drawn point by point: a row's line, a tape, a thing; by pointer, or by arrows and Enter.
import { distance, rounded } from "./geometry.js";
import { onGrid, snappedPoint } from "./snap.js";
import { begun, isWhole, mayEnd, nudged, pointing, reach, withPoint } from "./sketch.js";
import { pointAt } from "./view.js";

const REACH_PX = 10;

export class Tools {
  /** `editor` has drawing, plan, view, snapping(), announce(key, values), planned(sketch) and picked(tool). */
  constructor(editor) {
    Object.assign(this, { editor, sketch: null, done: null, prompt: "", at: null });
  }

  /**
   * Ask for points: `done` gets them. `prompt` is the sentence that says what to do; `isFree` leaves out snapping,
   * `isRepeated` begins anew with the next point.
   */
  ask(shape, prompt, done, { isFree = false, isRepeated = false } = {}) {
    const { view } = this.editor;
    this.again = isRepeated ? () => this.ask(shape, prompt, done, { isFree, isRepeated }) : null;
    const middle = pointAt(view, [view.width / 2, view.height / 2]);
    this.sketch = begun(shape, isFree ? middle : onGrid(middle, this.editor.snapping().grid || 0.1));
    Object.assign(this, { done, prompt, isFree });
    this.editor.announce(prompt);
    this.#show();
  }

  /** Stop asking; what was measured goes away too. */
  stop() {
    this.sketch = null;
    this.done = null;
    this.again = null;
    this.editor.plan.sketch(null);
  }

  get isAsking() {
    return this.sketch !== null;
  }

  /** The pointer is over a point. */
  hover(point) {
    if (!this.sketch || !this.done) return;
    this.sketch = pointing(this.sketch, this.#snapped(point));
    this.#show();
  }

  /** A point is set by the pointer. */
  point(point) {
    if (!this.done && this.again) this.again();
    if (!this.done) return;
    this.#add(this.#snapped(point));
  }

  /** The cursor is moved by keys, and says where it is. */
  arrow(by) {
    if (!this.sketch) return;
    this.sketch = nudged(this.sketch, by);
    const [right, down] = this.sketch.cursor.map((part) => rounded(part, 1));
    const far = reach(this.sketch);
    this.editor.announce(far === null ? "cursor" : "cursor_far", { right, down, metres: far === null ? 0 : rounded(far) });
    this.#show();
  }

  /** A point is set at the cursor; a second time in the same place ends the shape. */
  enter() {
    if (!this.done && this.again) {
      const { cursor } = this.sketch;
      this.again();
      this.sketch = pointing(this.sketch, cursor);
    }
    if (!this.done) return;
    const { points, cursor } = this.sketch;
    const last = points[points.length - 1];
    if (last && distance(last, cursor) < 0.01) this.finish();
    else this.#add(cursor);
  }

  /** The shape is as it should be. */
  finish() {
    if (!this.sketch || !this.done) return;
    if (!mayEnd(this.sketch)) {
      this.editor.announce("more_points");
      return;
    }
    const { done, sketch } = this;
    this.done = null;
    done(sketch.points);
  }

  #add(point) {
    this.sketch = withPoint(this.sketch, point);
    this.#show();
    if (isWhole(this.sketch)) this.finish();
    else this.editor.announce("point_set", { count: this.sketch.points.length });
  }

  #snapped(point) {
    if (this.isFree) return point;
    const { drawing, view } = this.editor;
    return snappedPoint(point, drawing.things.values(), { ...this.editor.snapping(), reach: REACH_PX / view.scale });
  }

  #show() {
    const far = reach(this.sketch);
    const label = far && this.sketch.shape !== "box" ? this.editor.metres(rounded(far)) : "";
    this.editor.plan.sketch(this.sketch, { label, outlines: this.editor.planned(this.sketch) });
  }
}
