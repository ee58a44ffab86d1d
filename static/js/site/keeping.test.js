import assert from "node:assert/strict";
import { test } from "node:test";
import { Keeping } from "./keeping.js";

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
}
const DELTA = { changed: [], added: [{ type: "Feature" }], removed: [] };
const NOTHING = { changed: [], added: [], removed: [] };

test("each edition has its own, and nothing drawn forgets it", () => {
  const there = storage();
  const [fest, next] = [new Keeping(there, "fest"), new Keeping(there, "next")];
  fest.put(3, DELTA, 1000);

  assert.deepEqual(fest.get(), { version: 3, delta: DELTA, at: 1000 });
  assert.equal(next.get(), null);
  fest.put(3, NOTHING, 2000);
  assert.equal(fest.get(), null);
});

test("a device without room, or with something broken in it, is no reason to stop", () => {
  const full = { getItem: () => "{", setItem: () => { throw new Error("full"); }, removeItem: () => {} };
  const keeping = new Keeping(full, "fest");

  assert.equal(keeping.put(1, DELTA, 0), false);
  assert.equal(keeping.get(), null);
});
