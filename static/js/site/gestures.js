// Pointers on the plan: pressing, dragging, pinching, the wheel. Says what was meant; knows nothing of pitches.
import { panned, pointAt, zoomed } from "./view.js";

const STILL = 4; // Pixels that a press may tremble.

export class Gestures {
  /**
   * `on` has: view() and show(view); press(point, event, target) → "move" | "pan" | "box" | "grip" | "draw";
   * drag(kind, from, to, event), drop(kind, from, to, event), tap(point, event, target), hover(point), twice(point).
   */
  constructor(element, on) {
    Object.assign(this, { element, on, pointers: new Map(), press: null, pinch: null, wanted: null });
    element.addEventListener("pointerdown", (event) => this.#down(event));
    element.addEventListener("pointermove", (event) => this.#move(event));
    element.addEventListener("pointerup", (event) => this.#up(event));
    element.addEventListener("pointercancel", (event) => this.#cancel(event));
    element.addEventListener("dblclick", (event) => on.twice(this.#point(event)));
    element.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  #pixel(event) {
    const { left, top } = this.element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  #point(event) {
    return pointAt(this.on.view(), this.#pixel(event));
  }

  #down(event) {
    if (event.button > 1) return;
    this.pointers.set(event.pointerId, this.#pixel(event));
    this.element.setPointerCapture(event.pointerId);
    if (this.pointers.size === 2) {
      this.#giveUp();
      this.pinch = this.#span();
      return;
    }
    const [from, pixel] = [this.#point(event), this.#pixel(event)];
    const kind = event.button === 1 ? "pan" : this.on.press(from, event, event.target);
    this.press = { kind, from, pixel, target: event.target, isDragged: false, view: this.on.view() };
  }

  #move(event) {
    if (!this.pointers.has(event.pointerId)) return this.#soon(() => this.on.hover(this.#point(event)));
    this.pointers.set(event.pointerId, this.#pixel(event));
    if (this.pinch && this.pointers.size === 2) return this.#soon(() => this.#pinched());
    const { press } = this;
    if (!press) return undefined;
    const pixel = this.#pixel(event);
    const by = [pixel[0] - press.pixel[0], pixel[1] - press.pixel[1]];
    press.isDragged ||= Math.hypot(...by) > STILL;
    if (!press.isDragged) return undefined;
    if (press.kind === "pan" || press.kind === "draw") return this.#soon(() => this.on.show(panned(press.view, by)));
    return this.#soon(() => this.on.drag(press.kind, press.from, this.#point(event), event));
  }

  #up(event) {
    this.pointers.delete(event.pointerId);
    if (this.pinch) {
      if (!this.pointers.size) this.pinch = null;
      return;
    }
    const { press } = this;
    this.press = null;
    this.#flush();
    if (!press) return;
    if (!press.isDragged) this.on.tap(press.from, event, press.target);
    else if (press.kind !== "pan" && press.kind !== "draw") this.on.drop(press.kind, press.from, this.#point(event), event);
  }

  #cancel(event) {
    this.pointers.delete(event.pointerId);
    this.pinch = null;
    this.#giveUp();
  }

  /** What was being dragged stays where it was. */
  #giveUp() {
    const { press } = this;
    this.press = null;
    this.wanted = null;
    if (press?.isDragged && press.kind !== "pan" && press.kind !== "draw") this.on.drop(press.kind, press.from, press.from, {});
  }

  #span() {
    const [[x, y], [u, v]] = [...this.pointers.values()];
    return { width: Math.hypot(u - x, v - y) || 1, middle: [(x + u) / 2, (y + v) / 2], view: this.on.view() };
  }

  #pinched() {
    if (!this.pinch || this.pointers.size !== 2) return;
    const now = this.#span();
    const { view, middle, width } = this.pinch;
    const moved = panned(view, [now.middle[0] - middle[0], now.middle[1] - middle[1]]);
    this.on.show(zoomed(moved, now.width / width, now.middle));
  }

  #wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 30 : 1;
    this.on.show(zoomed(this.on.view(), Math.exp(-event.deltaY * lines * 0.0015), this.#pixel(event)));
  }

  /** Once for each picture on the screen, however often a pointer reports. */
  #soon(act) {
    const isAwaited = this.wanted !== null;
    this.wanted = act;
    if (!isAwaited) requestAnimationFrame(() => this.#flush());
    return undefined;
  }

  #flush() {
    const act = this.wanted;
    this.wanted = null;
    act?.();
  }
}
