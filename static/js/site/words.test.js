import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, typedNumber } from "./words.js";

test("named places are filled, numbers as they are written there", () => {
  assert.equal(filled("%(count)s of %(name)s, %(what)s", { count: 1.5, name: "A1" }, (n) => `${n}`.replace(".", ",")), "1,5 of A1, %(what)s");
});

test("numbers are read with comma or point, and nothing else is one", () => {
  assert.deepEqual(["1,5", "2.25", " 3 ", "-4", "", "x", "1,2,3", "1e3"].map(typedNumber), [1.5, 2.25, 3, -4, null, null, null, null]);
});
