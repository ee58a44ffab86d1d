import assert from "node:assert/strict";
import { test } from "node:test";

import { isShown } from "./conditions.js";

test("one of the answers is enough, none is not", () => {
  assert.equal(isShown(["yes"], ["yes", "no"]), true);
  assert.equal(isShown(["a", "c"], ["c"]), true);
  assert.equal(isShown(["no"], ["yes"]), false);
  assert.equal(isShown([], ["yes"]), false);
  assert.equal(isShown([""], ["yes"]), false);
});
