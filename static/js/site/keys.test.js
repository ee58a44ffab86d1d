import assert from "node:assert/strict";
import { test } from "node:test";
import { stepOf, wishOf } from "./keys.js";

test("arrows move by a tenth of a metre, with Shift by one, with Control by ten", () => {
  assert.deepEqual(wishOf({ key: "ArrowLeft" }), { wish: "arrow", by: [-0.1, 0] });
  assert.deepEqual(wishOf({ key: "ArrowDown", shiftKey: true }).by, [0, 1]);
  assert.deepEqual(wishOf({ key: "ArrowUp", ctrlKey: true }).by, [0, -10]);
});

test("letters are found by their place on the keyboard", () => {
  assert.equal(wishOf({ key: "ى", code: "KeyN" }).wish, "next");
  assert.deepEqual(wishOf({ key: "R", code: "KeyR", shiftKey: true }), { wish: "turn", by: -5 });
});

test("Control with Z, Y, A and D is the editor's; other keys stay the browser's", () => {
  const key = (code, more = {}) => wishOf({ key: "?", code, ctrlKey: true, ...more })?.wish;
  assert.deepEqual([key("KeyZ"), key("KeyZ", { shiftKey: true }), key("KeyY"), key("KeyA"), key("KeyD")], ["undo", "redo", "redo", "all", "duplicate"]);
  assert.equal(key("KeyR"), undefined);
  assert.equal(wishOf({ key: "ArrowLeft", altKey: true }), null);
  assert.equal(wishOf({ key: "Tab", code: "Tab" }), null);
  assert.equal(stepOf({ key: "z", code: "KeyZ" }), null);
});
