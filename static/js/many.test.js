import assert from "node:assert/strict";
import { test } from "node:test";
import { nextNumber, numbered } from "./many.js";

test("a new row has a number that no row has", () => {
  assert.equal(nextNumber(["add_row"]), 0);
  assert.equal(nextNumber(["options-0-da", "options-0-en", "options-12-da", "remove_row"]), 13);
});

test("the number stands where the blank row has its place", () => {
  assert.equal(numbered("options-ROW-da", 4), "options-4-da");
  assert.equal(numbered("remove_row", 4), "remove_row");
});
