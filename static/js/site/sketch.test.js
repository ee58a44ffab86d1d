import assert from "node:assert/strict";
import { test } from "node:test";
import { begun, isWhole, mayEnd, nudged, pointing, reach, withPoint } from "./sketch.js";

test("a tape ends with its second point, an area when one says so", () => {
  let tape = withPoint(begun("tape", [0, 0]), [0, 0]);
  assert.equal(isWhole(tape), false);
  tape = withPoint(tape, [3, 4]);
  assert.equal(isWhole(tape), true);

  let area = begun("Polygon", [0, 0]);
  for (const point of [[0, 0], [5, 0], [5, 5]]) {
    assert.equal(mayEnd(area), false);
    area = withPoint(area, point);
  }
  assert.deepEqual([mayEnd(area), isWhole(area)], [true, false]);
});

test("the cursor moves by keys, and says how far it is", () => {
  const sketch = withPoint(begun("tape", [1, 1]), [1, 1]);
  assert.equal(reach(begun("tape", [0, 0])), null);
  assert.equal(reach(nudged(sketch, [3, 4])), 5);
  assert.equal(reach(pointing(sketch, [1, 3])), 2);
});

test("a second press in the same place is no second point", () => {
  const sketch = withPoint(begun("LineString", [0, 0]), [0, 0]);
  assert.equal(withPoint(sketch, [0.001, 0]), sketch);
});
