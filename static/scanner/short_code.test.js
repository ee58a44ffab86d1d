import assert from "node:assert/strict";
import { test } from "node:test";
import { fromShortCode, toShortCode } from "./short_code.js";

const EXAMPLES = {
  "0000000000000001": "0000-0000-0000-11",
  "00000000000004d2": "0000-0000-0016-JD",
  ffffffffffffffff: "FZZZ-ZZZZ-ZZZZ-ZB",
  "30973b4ba6cecc1b": toShortCode("30973b4ba6cecc1b"),
};

test("a pass id and its short code name each other", () => {
  for (const [passId, shortCode] of Object.entries(EXAMPLES)) {
    assert.equal(toShortCode(passId), shortCode);
    assert.deepEqual(fromShortCode(shortCode), { passId });
  }
});

test("reading forgives case, spaces, dashes and look-alikes", () => {
  for (const typed of ["0000 0000 0016 jd", " oooo–oooo–ooL6–jd\n", "00000000001 6JD", "0000.0000.00i6.JD"]) {
    assert.deepEqual(fromShortCode(typed), { passId: "00000000000004d2" }, typed);
  }
});

test("reading says what is wrong, in the server's codes", () => {
  const wrong = {
    "": "short_code_length",
    "0000-0000-0016-J": "short_code_length",
    "0000-0000-0016-J!": "short_code_symbol",
    "0000-0000-001Å-JD": "short_code_symbol",
    "0000-0000-0016-JE": "short_code_check",
    "0000-0000-0000-00": "short_code_range",
    "G000-0000-0000-00": "short_code_range",
  };
  for (const [typed, refusal] of Object.entries(wrong)) assert.deepEqual(fromShortCode(typed), { refusal }, typed);
});
