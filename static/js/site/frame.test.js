import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { metres, northOf, position } from "./frame.js";

const { frames } = JSON.parse(readFileSync(new URL("../../../tests/vectors/plan-vectors.json", import.meta.url)));

test("positions lie where the server lays them, and points are the positions that it gives", () => {
  assert.ok(frames.length > 2);
  for (const { frame, points } of frames) {
    for (const { position: wanted, metres: laid } of points) {
      const got = metres(frame, wanted);
      const back = position(frame, laid);
      for (const axis of [0, 1]) {
        assert.ok(Math.abs(got[axis] - laid[axis]) < 1e-6);
        assert.ok(Math.abs(back[axis] - wanted[axis]) < 1e-11);
      }
    }
  }
});

test("north is up on a plan that isn't turned", () => {
  const frame = { longitude: 12, latitude: 55, turned: 0.4 };
  assert.ok(Math.abs(northOf({ ...frame, turned: 0 })) < 1e-9);
  const [x, y] = metres(frame, [12, 55.001]);
  const arrow = (northOf(frame) * Math.PI) / 180;
  assert.ok(Math.abs(Math.atan2(x, -y) - arrow) < 1e-6);
});
