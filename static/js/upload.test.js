import assert from "node:assert/strict";
import { test } from "node:test";

import { isTooLarge, percent } from "./upload.js";

test("per cents are whole, and nothing where the size is unknown", () => {
  assert.deepEqual([percent(1, 3), percent(3, 3), percent(5, 3), percent(5, 0)], [33, 100, 100, 0]);
});

test("a file that is too large is known before it is sent", () => {
  assert.deepEqual([isTooLarge({ size: 11 }, 10), isTooLarge({ size: 10 }, 10), isTooLarge(undefined, 10)], [true, false, false]);
});
