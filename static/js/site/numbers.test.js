import assert from "node:assert/strict";
import { test } from "node:test";
import { freeName, freePrefix, isCountable, numbered, numbersFrom, renumbered, suggested } from "./numbers.js";

const at = (id, x, number = id) => ({ id, points: [[x, 0], [x + 3, 0], [x + 3, 3], [x, 3]], told: { number } });
const all = (...those) => new Map(those.map((one) => [one.id, one]));

test("numbers have as many digits as the first is written with", () => {
  assert.deepEqual(numbersFrom({ prefix: "A", start: "09", step: 2, count: 3 }), ["A09", "A11", "A13"]);
  assert.deepEqual(numbersFrom({ start: "9", count: 2 }), ["9", "10"]);
  assert.deepEqual(["01", "x", "", "-1"].map((start) => isCountable(start)), [true, false, false, false]);
  assert.equal(isCountable("1", 0), false);
});

test("pitches are numbered as they lie, from either end", () => {
  const things = all(at("p", 20), at("q", 0), at("r", 10), at("s", 50));
  const [right] = renumbered(things, ["p", "q", "r"], { prefix: "B", start: "1", step: 1, direction: "right" });
  const [left] = renumbered(things, ["p", "q", "r"], { prefix: "B", start: "1", step: 1, direction: "left", isMeasured: true });

  assert.deepEqual(["q", "r", "p", "s"].map((id) => right.get(id).told.number), ["B1", "B2", "B3", "s"]);
  assert.deepEqual(["p", "r", "q"].map((id) => [left.get(id).told.number, left.get(id).told.along_m]), [["B1", 0], ["B2", 10], ["B3", 20]]);
});

test("a number that another pitch has is told, and nothing changes; one's own may be kept", () => {
  const things = all(at("p", 0, "A1"), at("q", 10, "A2"), at("r", 20, "A3"));
  const rule = { prefix: "A", start: "2", step: 1, direction: "right" };

  assert.deepEqual(renumbered(things, ["p", "q"], rule), [things, ["A3"]]);
  assert.deepEqual(renumbered(things, ["p", "q", "r"], rule)[1], []);
});

test("a free name is nobody's", () => {
  assert.equal(freeName("A1", new Set(["A1", "A1b"])), "A1c");
  assert.equal(numbered("W", new Set(["W1", "W2"])), "W3");
});

test("what is suggested to number chosen pitches with is never refused", () => {
  const things = all(at("p", 0, "A05"), at("q", 10, "A05b"), at("r", 20, "A06"), at("s", 30, "A07"), at("t", 40, "B12"));
  const said = (...ids) => suggested(things, ids);

  assert.deepEqual(said("p", "q", "r", "s"), { prefix: "A", start: "05" });
  assert.deepEqual(said("p", "q", "r"), { prefix: "A", start: "08" });
  assert.deepEqual(said("q"), { prefix: "A", start: "08" });
  assert.deepEqual(said("t"), { prefix: "B", start: "12" });
  for (const ids of [["p", "q"], ["q", "r", "t"], ["p", "q", "r", "s", "t"], []]) {
    assert.deepEqual(renumbered(things, ids, { ...suggested(things, ids), step: 1, direction: "left" })[1], []);
  }
});

test("a row of its own begins with a letter that no pitch has", () => {
  assert.equal(freePrefix(new Map()), "C");
  assert.equal(freePrefix(all(at("p", 0, "c01"), at("q", 0, "D1"), at("r", 0, "7"))), "E");
});
