import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, distance } from "./geometry.js";
import { fitting, outlines, rowOf } from "./rows.js";

const ROW = { from: [0, 0], to: [40, 0], width: 3, depth: 3, gap: 0.5, side: "right" };

test("as many fit as fit, and gaps are only between", () => {
  assert.equal(fitting({ ...ROW, to: [10, 0] }), 3);
  assert.equal(fitting({ ...ROW, to: [9.9, 0] }), 2);
  assert.equal(outlines({ ...ROW, to: [10, 0] }).length, 3);
  assert.deepEqual(outlines({ ...ROW, to: [0, 0] }), []);
});

test("pitches stand on the line, deep to the side that was asked for, whichever way it runs", () => {
  const bounds = (row) => boundsOf(outlines(row).flat());

  assert.deepEqual(bounds({ ...ROW, count: 2 }), [0, 0, 6.5, 3]);
  assert.deepEqual(bounds({ ...ROW, count: 2, side: "left" }), [0, -3, 6.5, 0]);
  const [slanted] = outlines({ ...ROW, to: [30, 40], count: 1 });
  assert.ok(Math.abs(distance(slanted[0], slanted[1]) - 3) < 1e-9);
  assert.ok(Math.abs(distance(slanted[1], slanted[2]) - 3) < 1e-9);
});

test("a row is numbered and says what all of it offers", () => {
  let n = 0;
  const row = rowOf({ ...ROW, count: 3, prefix: "C", start: "08" }, { zone: "stage", water: true }, () => `n${(n += 1)}`);

  assert.deepEqual(row.map((one) => one.told.number), ["C08", "C09", "C10"]);
  assert.deepEqual(row.map((one) => one.told.along_m), [0, 3.5, 7]);
  assert.deepEqual([row[0].told.zone, row[0].told.water, row[0].told.width_m, row[0].was], ["stage", true, 3, ""]);
});
