import assert from "node:assert/strict";
import { test } from "node:test";
import { Drags, pulled } from "./drags.js";
import { Drawing } from "./drawing.js";
import { lieOf, sizeOf } from "./edits.js";
import { boundsOf, degrees } from "./geometry.js";

const pitch = (id, x) => ({
  id, was: id, shape: "Polygon", geometry: {}, points: [[x, 0], [x + 4, 0], [x + 4, 3], [x, 3]], told: { number: id, width_m: 4, depth_m: 3 },
});

function editor(...those) {
  const said = [];
  const plan = { lift: (ids, how) => said.push(how), clear() {}, draw() {}, handles() {}, frame() {}, redraw: (thing) => said.push(thing) };
  const drawing = new Drawing(new Map(those.map((one) => [one.id, one])));
  return { drawing, plan, view: { scale: 20 }, said, snapping: () => ({ grid: 0, isToEdges: true }), announce: (...what) => said.push(what) };
}

test("a side is pulled, and the one across from it stays", () => {
  const wider = pulled(pitch("a", 0), [1, 0], [7.02, 1]);
  assert.deepEqual(boundsOf(wider.points).map(Math.round), [0, 0, 7, 3]);
  assert.equal(wider.told.width_m, 7);
  assert.deepEqual(boundsOf(pulled(pitch("a", 0), [0, -1], [2, -2]).points).map(Math.round), [0, -2, 4, 3]);
  assert.ok(sizeOf(pulled(pitch("a", 0), [-1, 0], [90, 0])).width >= 0.2);
});

test("what is dragged is lifted first, and moved as one step when it is dropped beside its neighbour", () => {
  const at = editor(pitch("a", 0), pitch("b", 20));
  at.drawing.choose(["b"]);
  const drags = new Drags(at);

  drags.drag("move", [21, 1], [5.2, 1.1], {});
  assert.equal(at.said[0], "translate(-16 0)");
  drags.drop("move", [21, 1], [5.2, 1.1], {});

  assert.deepEqual(boundsOf(at.drawing.things.get("b").points), [4, 0, 8, 3]);
  at.drawing.undo();
  assert.deepEqual(at.drawing.things.get("b"), pitch("b", 20));
});

test("a drag that is given up leaves everything as it was", () => {
  const at = editor(pitch("a", 0));
  at.drawing.choose(["a"]);
  const from = [1, 1];
  new Drags(at).drop("move", from, from, {});

  assert.equal(at.drawing.canUndo, false);
});

test("the grip above a pitch turns it in steps of five degrees", () => {
  const at = editor(pitch("a", 0));
  at.drawing.choose(["a"]);
  const drags = new Drags(at);
  drags.grip = "turn";
  drags.drop("grip", [2, -2], [2 + 10 * Math.sin(0.5), 1.5 - 10 * Math.cos(0.5)], {});

  assert.ok(Math.abs(degrees(lieOf(at.drawing.things.get("a"))) - 30) < 1e-6);
});

test("a box chooses what it touches, with Control more of it", () => {
  const at = editor(pitch("a", 0), pitch("b", 20), pitch("c", 40));
  const drags = new Drags(at);
  drags.drop("box", [-1, -1], [1, 1], {});
  assert.deepEqual([...at.drawing.chosen], ["a"]);
  drags.drop("box", [19, 1], [50, 2], { ctrlKey: true });
  assert.deepEqual([...at.drawing.chosen], ["a", "b", "c"]);
});
