import assert from "node:assert/strict";
import { test } from "node:test";
import { Early } from "./early.js";

/** A button as the page has it, in a target that events can be sent to. */
class Button extends EventTarget {
  constructor(type) {
    super();
    Object.assign(this, { type, clicks: 0 });
  }

  click() {
    this.clicks += 1;
  }
}

function pressing(root, button) {
  const event = new Event("click");
  Object.defineProperty(event, "target", { value: { closest: () => button } });
  root.dispatchEvent(event);
}

function key(plan, told) {
  const event = Object.assign(new Event("keydown", { cancelable: true }), told);
  plan.dispatchEvent(event);
  return event.defaultPrevented;
}

test("what is pressed early is done in its order once the drawing is there, and only once", () => {
  const [root, plan, save, send] = [new EventTarget(), new EventTarget(), new Button("button"), new Button("submit")];
  const early = new Early(root, plan);
  const done = [];

  assert.equal(key(plan, { key: "n", code: "KeyN" }), true);
  assert.equal(key(plan, { key: "Tab", code: "Tab" }), false);
  assert.equal(key(plan, { key: "+", code: "Equal" }), true);
  pressing(root, save);
  pressing(root, send);
  pressing(root, null);

  assert.equal(early.end(({ wish }) => done.push(wish)), 3);
  assert.deepEqual([done, save.clicks, send.clicks], [["next", "nearer"], 1, 0]);
  key(plan, { key: "n", code: "KeyN" });
  assert.equal(done.length, 2);
});
