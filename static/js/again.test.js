import assert from "node:assert/strict";
import { test } from "node:test";

import { lookAgain } from "./again.js";

test("a page that asks for it looks again, others don't", () => {
  const waits = [];
  const window = { setTimeout: (_again, wait) => waits.push(wait) };
  lookAgain({ querySelector: () => ({ dataset: { lookAgain: "2000" } }) }, window);
  lookAgain({ querySelector: () => null }, window);
  assert.deepEqual(waits, [2000]);
});
