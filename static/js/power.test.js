import assert from "node:assert/strict";
import { test } from "node:test";

import { kilowatts } from "./power.js";

test("appliances add up, and what is no count adds nothing", () => {
  assert.equal(kilowatts([["2", "200"], ["1", "2000"], ["", "9000"], ["x", "9000"], ["-1", "9000"]]), 2.4);
  assert.equal(kilowatts([]), 0);
});
