import assert from "node:assert/strict";
import { test } from "node:test";
import { radians, turned } from "./geometry.js";
import { onGrid, snappedMove, snappedPoint } from "./snap.js";

const box = (x, y, angle = 0) => ({
  shape: "Polygon", told: { width_m: 3, depth_m: 3 }, points: [[x, y], [x + 3, y], [x + 3, y + 3], [x, y + 3]].map((point) => turned(point, angle)),
});
const near = (got, wanted) => got.forEach((part, n) => assert.ok(Math.abs(part - wanted[n]) < 1e-9, `${got} ≠ ${wanted}`));

test("what comes near to a neighbour's edge lies on it and in line", () => {
  near(snappedMove([box(10, 10)], [box(0, 0)], [-6.8, -9.7], { reach: 0.5 }), [-7, -10]);
});

test("turned neighbours are snapped to along their own edges", () => {
  const lie = radians(30);
  const by = turned([-6.8, 0.2], lie);
  near(snappedMove([box(10, 0, lie)], [box(0, 0, lie)], by, { reach: 0.5 }), turned([-7, 0], lie));
});

test("away from neighbours things begin on the grid, and without one they lie where they lie", () => {
  near(snappedMove([box(0.3, 0)], [box(90, 90)], [0.9, 0.4], { grid: 0.5 }), [0.7, 0.5]);
  near(snappedMove([box(0, 0)], [], [0.93, 0.4], {}), [0.93, 0.4]);
  near(snappedMove([box(10, 10)], [box(0, 0)], [-6.8, -9.7], { isToEdges: false }), [-6.8, -9.7]);
});

test("a point lies on a corner before an edge before the grid", () => {
  const others = [box(0, 0)];
  assert.deepEqual(snappedPoint([3.2, -0.2], others, { reach: 0.5 }), [3, 0]);
  near(snappedPoint([1.4, -0.2], others, { reach: 0.5 }), [1.4, 0]);
  assert.deepEqual(snappedPoint([8.4, 8.2], others, { reach: 0.5, grid: 1 }), [8, 8]);
  assert.deepEqual(onGrid([1.26, 1.2], 0.5), [1.5, 1]);
});
