import assert from "node:assert/strict";
import { test } from "node:test";
import { away, looked, oldest, read, said, write } from "./picks.js";

const EARLY = "2026-03-02T12:00:00+00:00";
const LATE = "2026-03-02T13:30:00+01:00"; // Half an hour later, on another clock.

function storage(kept = {}) {
  return {
    kept,
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => {
      kept[key] = value;
    },
    removeItem: (key) => delete kept[key],
  };
}

test("ticks of a page join those of others, and what is no longer ticked goes", () => {
  const first = looked({}, [["A", true], ["B", false]], EARLY);
  const second = looked(first, [["C", true], ["A", false]], LATE);
  assert.deepEqual(first, { A: EARLY });
  assert.deepEqual(second, { C: LATE });
  assert.deepEqual(looked(first, [["C", true]], LATE), { A: EARLY, C: LATE });
});

test("what is seen again counts as seen now", () => {
  assert.deepEqual(looked({ A: EARLY }, [["A", true]], LATE), { A: LATE });
});

test("the moment that is sent is the earliest one", () => {
  assert.equal(oldest({ A: EARLY, C: LATE }, LATE), EARLY);
  assert.equal(oldest({}, LATE), LATE);
});

test("those on other pages are counted apart", () => {
  const picks = { A: EARLY, B: EARLY, C: LATE };
  assert.deepEqual(away(picks, ["B", "X"]), ["A", "C"]);
  assert.equal(said("{all} ticked, {away} elsewhere", 3, 2), "3 ticked, 2 elsewhere");
  assert.equal(said("{all} ticked, {away} elsewhere", 0, 0), "");
});

test("each edition's ticks are its own, and none leave nothing behind", () => {
  const device = storage();
  write(device, "fest", { A: EARLY });
  assert.deepEqual(read(device, "fest"), { A: EARLY });
  assert.deepEqual(read(device, "other"), {});
  write(device, "fest", {});
  assert.deepEqual(device.kept, {});
});

test("what can't be read is nothing", () => {
  assert.deepEqual(read(storage({ "picks:fest": "{" }), "fest"), {});
});
