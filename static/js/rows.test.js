import assert from "node:assert/strict";
import { test } from "node:test";
import { step, wish } from "./rows.js";

const key = (key, more = {}) => ({ key, target: { matches: () => false }, ...more });

test("keys ask for lines, ticks and the search", () => {
  assert.deepEqual(["j", "k", "x", "/", "q"].map((name) => wish(key(name))), ["next", "previous", "tick", "search", ""]);
});

test("keys typed into a field are the field's", () => {
  assert.equal(wish(key("j", { target: { matches: () => true } })), "");
});

test("keys of the browser stay the browser's", () => {
  assert.equal(wish(key("k", { ctrlKey: true })), "");
});

test("ends are ends, and an empty list has no line", () => {
  assert.deepEqual([step(-1, 3, 1), step(-1, 3, -1), step(2, 3, 1), step(0, 3, -1), step(1, 3, 1)], [0, 2, 2, 0, 2]);
  assert.equal(step(-1, 0, 1), -1);
});
