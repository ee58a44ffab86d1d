import assert from "node:assert/strict";
import { test } from "node:test";
import { angleOf, bandOf, boundsAlong, boundsOf, clipped, distance, levelled, nearestOn, radians, turned } from "./geometry.js";

const near = (got, wanted, within = 1e-9) => got.flat().forEach((part, n) => assert.ok(Math.abs(part - wanted.flat()[n]) < within, `${got} ≠ ${wanted}`));
const RING = [[0, 0], [6, 0], [6, 3], [0, 3]];

test("a point turns clockwise as it is seen, about another one", () => {
  near(turned([2, 1], Math.PI / 2, [1, 1]), [1, 2]);
  near(turned(turned([3, 4], 0.7), -0.7), [3, 4]);
});

test("bounds hold all points, and none hold nothing", () => {
  assert.deepEqual(boundsOf([[1, 5], [-2, 3]]), [-2, 3, 1, 5]);
  assert.equal(boundsOf([]), null);
});

test("a line has one angle, whichever way it is walked", () => {
  for (const angle of [0, 0.3, 1.5, -1.2]) assert.ok(Math.abs(levelled(angle + Math.PI) - levelled(angle)) < 1e-9);
});

test("a rectangle lies along the side that is as long as its width, a square along its first", () => {
  assert.equal(angleOf(RING, 6, 3), 0);
  assert.ok(Math.abs(Math.abs(angleOf(RING, 3, 6)) - Math.PI / 2) < 1e-9);
  assert.equal(angleOf([[0, 0], [3, 0], [3, 3], [0, 3]], 3, 3), 0);
  const tilted = RING.map((point) => turned(point, radians(20)));
  assert.ok(Math.abs(angleOf(tilted, 6, 3) - radians(20)) < 1e-9);
  near(boundsAlong(tilted, radians(20)), [0, 0, 6, 3]);
});

test("half of a ring is what lies before the line", () => {
  near(clipped(RING, [2, 0], [1, 0]), [[0, 0], [2, 0], [2, 3], [0, 3]]);
  near(clipped(RING, [2, 0], [-1, 0]), [[2, 0], [6, 0], [6, 3], [2, 3]]);
});

test("the nearest point of a segment lies on it", () => {
  near(nearestOn([3, 5], [0, 0], [10, 0]), [3, 0]);
  near(nearestOn([-3, 5], [0, 0], [10, 0]), [0, 0]);
  near(nearestOn([1, 1], [4, 4], [4, 4]), [4, 4]);
});

test("a band is as wide as it is said to be", () => {
  const band = bandOf([[0, 0], [10, 0]], 4);
  assert.deepEqual(boundsOf(band), [0, -2, 10, 2]);
  assert.equal(distance(band[0], band[3]), 4);
});
