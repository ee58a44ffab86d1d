import assert from "node:assert/strict";
import { test } from "node:test";
import { bent, duplicated, lieOf, moved, putAt, removed, resized, said, sizeOf, split, turnedBy } from "./edits.js";
import { boundsOf, degrees, middleOf, radians, turned } from "./geometry.js";

const pitch = (id, x, more = {}) => ({
  id, was: id, shape: "Polygon", geometry: {}, points: [[x, 0], [x + 6, 0], [x + 6, 3], [x, 3]],
  told: { number: id, width_m: 6, depth_m: 3, along_m: x, board: "E1", ...more },
});
const board = { id: "e", was: "E1", shape: "", geometry: null, points: [], told: { kind: "board", board: "E1" } };
const all = (...those) => new Map(those.map((one) => [one.id, one]));
const close = (got, wanted) => assert.ok(Math.abs(got - wanted) < 1e-6, `${got} ≠ ${wanted}`);

test("moving changes those and leaves the others the same", () => {
  const things = all(pitch("a", 0), pitch("b", 10));
  const now = moved(things, ["a"], [1, 2]);

  assert.deepEqual(now.get("a").points[0], [1, 2]);
  assert.equal(now.get("a").geometry, null);
  assert.equal(now.get("b"), things.get("b"));
  assert.equal(moved(things, ["a"], [0, 0]), things);
  assert.equal(moved(things, ["nobody"], [1, 1]), things);
});

test("several turn about the middle of all of them", () => {
  const things = turnedBy(all(pitch("a", 0), pitch("b", 10)), ["a", "b"], radians(90));

  const [left, top, right, bottom] = boundsOf([...things.values()].flatMap((one) => one.points));
  close(right - left, 3);
  close(bottom - top, 16);
  close(degrees(Math.abs(lieOf(things.get("a")))), 90);
});

test("a pitch is made wider on the side that isn't held, and says so", () => {
  const turnedPitch = { ...pitch("a", 0), points: pitch("a", 0).points.map((point) => turned(point, radians(30))) };
  const wider = resized(turnedPitch, { width: 9 }, [-1, 0]);

  close(sizeOf(wider).width, 9);
  close(sizeOf(wider).depth, 3);
  close(wider.points[0][0], turnedPitch.points[0][0]);
  assert.deepEqual([wider.told.width_m, wider.told.depth_m], [9, 3]);
});

test("one becomes two side by side; the first keeps number and place", () => {
  const things = split(all(pitch("A7", 4), pitch("A7b", 20)), "A7", "new");
  const [first, second] = things.values();

  assert.deepEqual([first.told.number, first.was, second.told.number, second.was], ["A7", "A7", "A7c", ""]);
  assert.deepEqual([first.told.width_m, second.told.width_m, second.told.along_m], [3, 3, 7]);
  assert.deepEqual(boundsOf(first.points), [4, 0, 7, 3]);
  assert.deepEqual(boundsOf(second.points), [7, 0, 10, 3]);
});

test("copies have names of their own and belong to nothing that is kept", () => {
  let n = 0;
  const [things, ids] = duplicated(all(pitch("A1", 0)), ["A1"], () => `n${(n += 1)}`);

  assert.deepEqual(ids, ["n1"]);
  assert.deepEqual([things.get("n1").told.number, things.get("n1").was], ["A1b", ""]);
  assert.deepEqual(middleOf(things.get("n1").points), [4, 2.5]);
});

test("a pitch with somebody on it stays, and a board takes its pitches off it", () => {
  const things = all(pitch("A1", 0), pitch("A2", 8), board);
  const now = removed(things, ["A1", "A2", "e"], { A1: "Somebody" });

  assert.deepEqual([...now.keys()], ["A1"]);
  assert.equal(now.get("A1").told.board, "");
  assert.equal(removed(things, ["A1"], { A1: "Somebody" }), things);
});

test("a width that is written is drawn; a board's new name is that of its pitches", () => {
  const things = all(pitch("A1", 0), board);

  close(sizeOf(said(things, ["A1"], "width_m", 4).get("A1")).width, 4);
  assert.equal(said(things, ["A1"], "width_m", "wide").get("A1").told.width_m, "wide");
  assert.equal(said(things, ["e"], "board", "E9").get("A1").told.board, "E9");
  assert.equal(said(things, ["A1"], "zone", undefined), things);
});

test("a board that nobody has drawn is put at a point, a ring's corner is moved", () => {
  const things = putAt(all(pitch("A1", 0), board), "e", [5, 5]);

  assert.deepEqual([things.get("e").shape, things.get("e").points], ["Point", [[5, 5]]]);
  assert.deepEqual(middleOf(putAt(things, "A1", [0, 0]).get("A1").points), [0, 0]);
  assert.deepEqual(bent(things, "A1", 1, [7, -1]).get("A1").points[1], [7, -1]);
});
