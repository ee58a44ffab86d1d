import assert from "node:assert/strict";
import { test } from "node:test";
import { alike, concerned, counted, matching, neighbour, within } from "./find.js";

const thing = (id, told) => [id, { id, told, points: [[0, 0]] }];
const THINGS = new Map([
  thing("a", { number: "A1", zone: "Stage", board: "EL1" }),
  thing("b", { number: "F1", zone: "quiet", board: "EL1" }),
  thing("c", { kind: "fire_lane", code: "F1", label: "Midt" }),
  thing("d", { kind: "board", board: "EL1" }),
]);
const ids = (those) => those.map((one) => one.id);

test("every word is looked for, in what things say", () => {
  assert.deepEqual(ids(matching(THINGS, "pitch", "")), ["a", "b"]);
  assert.deepEqual(ids(matching(THINGS, "pitch", "el1 STAGE")), ["a"]);
  assert.deepEqual(ids(matching(THINGS, "feature", "brandvej", () => "Brandvej")), ["c"]);
  assert.deepEqual(ids(matching(THINGS, "board", "nothing")), []);
});

test("findings lead to those that they speak of, also where a pitch and a lane are called alike", () => {
  const findings = [
    { what: "overlap", codes: ["A1", "F1"] },
    { what: "fire_lane", codes: ["F1"] },
    { what: "blocks_lane", codes: ["A1", "F1"] },
    { what: "board_empty", codes: ["A1", "EL1"] },
    { what: "overlap", codes: ["gone", "A1"] },
  ];
  assert.deepEqual(concerned(findings, THINGS), [["a", "b"], ["c"], ["a", "c"], ["a", "d"], ["a"]]);
});

test("one goes from thing to thing, round and round", () => {
  assert.deepEqual([neighbour(THINGS, null, 1), neighbour(THINGS, null, -1), neighbour(THINGS, "d", 1), neighbour(THINGS, "a", -1)], ["a", "d", "a", "d"]);
  assert.equal(neighbour(new Map(), null, 1), null);
});

test("what all say alike, and how many there are of each", () => {
  const those = [...THINGS.values()].slice(0, 2);
  assert.deepEqual([alike(those, "board"), alike(those, "zone"), alike(those, "water")], ["EL1", undefined, ""]);
  assert.deepEqual(counted([...THINGS.values()]), { pitch: 2, board: 1, feature: 1 });
});

test("what a box touches lies within it", () => {
  const box = (id, points) => [id, { id, told: {}, points }];
  const things = new Map([box("a", [[0, 0], [3, 3]]), box("b", [[5, 5]]), box("c", []), box("d", [[9, 0], [12, 3]])]);

  assert.deepEqual(within(things, [2, 2, 5, 5]), ["a", "b"]);
  assert.deepEqual(within(things, [20, 20, 30, 30]), []);
});
