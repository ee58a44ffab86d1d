import assert from "node:assert/strict";
import { test } from "node:test";

import { length, told } from "./count.js";

test("a sign is one, however many pieces it is kept in", () => {
  assert.equal(length("  smørrebrød \n"), 10);
  assert.equal(length("e\u0301"), 1);
  assert.equal(length("🎶"), 1);
});

test("a short text is left in peace, a long one is counted", () => {
  assert.equal(told(399, 500, "{count} of {most}"), "");
  assert.equal(told(400, 500, "{count} of {most}"), "400 of 500");
  assert.equal(told(501, 500, "{count} of {most}"), "501 of 500");
});
