import assert from "node:assert/strict";
import { test } from "node:test";
import { ageOf, ageWords, meaning, pauseAfter, stateOf, timeOf } from "./live.js";

const headers = (values) => ({ get: (name) => values[name] ?? null });

test("the age is what the server said and the time since it was asked", () => {
  assert.equal(ageOf({ age: 400, askedAt: 10_000 }, 11_250), 1650);
});

test("seconds, and minutes once there is one", () => {
  const said = { words: "{time}: {seconds} s", wordsMinutes: "{time}: {minutes} min" };
  assert.deepEqual([0, 1999, 59_999, 60_000, 185_000].map((age) => ageWords(age, said, "14:03")), [
    "14:03: 0 s", "14:03: 1 s", "14:03: 59 s", "14:03: 1 min", "14:03: 3 min",
  ]);
});

test("times are those of Copenhagen, in summer and winter", () => {
  assert.deepEqual(["2026-08-29T07:30:05.900+00:00", "2026-12-01T23:00:00Z"].map(timeOf), ["09:30:05", "00:00:00"]);
});

test("what is old says so, and so does who is signed out", () => {
  assert.deepEqual([stateOf(0, false), stateOf(4999, false), stateOf(5000, false), stateOf(0, true)], ["fresh", "fresh", "lost", "out"]);
});

test("it asks every second, and at once when an answer took longer", () => {
  assert.deepEqual([pauseAfter(1000, 1100), pauseAfter(1000, 3400)], [900, 0]);
});

test("an answer has a meaning", async () => {
  const told = headers({ "Figures-Age": "310", "Figures-At": "2026-08-29T07:30:00.000+00:00", ETag: 'W/"1"' });
  const parts = { figures: "<p>7</p>" };
  assert.deepEqual(await meaning({ status: 200, headers: told, json: async () => ({ parts }) }), {
    kind: "new", age: 310, at: "2026-08-29T07:30:00.000+00:00", etag: 'W/"1"', parts,
  });
  assert.deepEqual(await meaning({ status: 304, headers: told }), { kind: "same", age: 310, at: "2026-08-29T07:30:00.000+00:00" });
  assert.deepEqual(await Promise.all([{ type: "opaqueredirect", status: 0 }, { status: 403 }, { status: 502 }].map(meaning)), [
    { kind: "out" }, { kind: "out" }, { kind: "lost" },
  ]);
});
