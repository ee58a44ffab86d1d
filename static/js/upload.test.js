import assert from "node:assert/strict";
import { test } from "node:test";

import { percent } from "./upload.js";

test("per cents are whole, and nothing where the size is unknown", () => {
  assert.deepEqual([percent(1, 3), percent(3, 3), percent(5, 3), percent(5, 0)], [33, 100, 100, 0]);
});
