import assert from "node:assert/strict";
import { test } from "node:test";

import { kilowatts, total, written } from "./power.js";

test("appliances add up, and what is no count adds nothing", () => {
  assert.equal(kilowatts([["2", "200"], ["1", "2000"], ["", "9000"], ["x", "9000"], ["-1", "9000"]]), 2.4);
  assert.equal(kilowatts([["٢", "200"]]), 0.4);
  assert.equal(kilowatts([]), 0);
});

test("the sum stands in the field and is not typed over; without appliances one's own figure is back", () => {
  assert.deepEqual(total(4.4, "6", "da"), { value: "4,4", readOnly: true });
  assert.deepEqual(total(0, "6", "da"), { value: "6", readOnly: false });
});

test("numbers are written as the server writes them", () => {
  assert.deepEqual(["da", "en", "ar"].map((language) => written(2000.5, language)), ["2000,5", "2000.5", "2000.5"]);
});
