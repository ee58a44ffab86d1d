import assert from "node:assert/strict";
import { test } from "node:test";
import { featureOf, keyOf, nameOf, placed, saying, sortOf, thingsAgain, thingsOf } from "./things.js";

const FRAME = { longitude: 12.5, latitude: 55.7, turned: 0.3 };
const RING = [[12.5, 55.7], [12.5001, 55.7], [12.5001, 55.70003], [12.5, 55.7]];
const FEATURES = [
  { type: "Feature", geometry: { type: "Polygon", coordinates: [RING] }, properties: { number: "A1", width_m: 3, was: "A1" } },
  { type: "Feature", geometry: null, properties: { kind: "board", board: "E1", was: "E1" } },
  { type: "Feature", geometry: { type: "Point", coordinates: [12.5, 55.7] }, properties: { kind: "gate", code: "N", was: "N" } },
];

test("what isn't touched goes back exactly as it came", () => {
  const things = thingsOf(FEATURES, FRAME);

  assert.deepEqual([...things.values()].map((thing) => featureOf(thing, FRAME)), FEATURES);
});

test("what is moved has new corners and a closed ring", () => {
  const [pitch] = thingsOf(FEATURES, FRAME).values();

  const { geometry } = featureOf(placed(pitch, pitch.points.map(([x, y]) => [x + 10, y])), FRAME);

  const [ring] = geometry.coordinates;
  assert.deepEqual(ring[0], ring[ring.length - 1]);
  assert.equal(ring.length, RING.length);
  assert.notDeepEqual(ring[0], RING[0]);
});

test("each has a sort, a name and the key it was loaded under", () => {
  const [pitch, board, gate] = thingsOf(FEATURES, FRAME).values();

  assert.deepEqual([pitch, board, gate].map(sortOf), ["pitch", "board", "feature"]);
  assert.deepEqual([pitch, board, gate].map(nameOf), ["A1", "E1", "N"]);
  assert.equal(keyOf(saying(pitch, { number: "B7" })), "pitch:A1");
  assert.equal(keyOf({ ...gate, was: "" }), "");
});

test("what was saved keeps the ids under which it was drawn, and their order", () => {
  const gate = { id: "n8", was: "", told: { kind: "gate", code: "N" } };
  const before = new Map([["n8", gate], ["n7", { id: "n7", was: "", told: { number: "A1" } }]]);

  let n = 0;

  const again = thingsAgain(FEATURES, FRAME, before, () => `m${(n += 1)}`);

  assert.equal(again.get("n7").was, "A1");
  assert.deepEqual([...again.keys()], ["n8", "n7", "m1"]);
});
