import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, listedIn, momentIn, typedNumber, typing } from "./words.js";

test("named places are filled, numbers as they are written there", () => {
  assert.equal(filled("%(count)s of %(name)s, %(what)s", { count: 1.5, name: "A1" }, (n) => `${n}`.replace(".", ",")), "1,5 of A1, %(what)s");
});

test("numbers are read with comma or point, and nothing else is one", () => {
  assert.deepEqual(["1,5", "2.25", " 3 ", "-4", "", "x", "1,2,3", "1e3"].map(typedNumber), [1.5, 2.25, 3, -4, null, null, null, null]);
});

test("numbers stand in fields as the language writes them, and are read again", () => {
  const shown = (language) => [1.5, -28.25, 1234.5, 0.1 + 0.2, -0.0001].map(typing(language));

  assert.deepEqual(shown("da"), ["1,5", "-28,25", "1234,5", "0,3", "0"]);
  assert.deepEqual(shown("ar"), ["1.5", "-28.25", "1234.5", "0.3", "0"]);
  for (const language of ["da", "en", "ar", "sv", "fa"]) assert.equal(typedNumber(typing(language)(-1234.5)), -1234.5);
});

test("a moment is written as the pages write it, by Copenhagen's clocks", () => {
  const at = Date.UTC(2026, 10, 26, 23, 5);

  assert.equal(momentIn("en", at), "27 Nov 2026 00:05");
  assert.equal(momentIn("da", at), "27. nov. 2026 00:05");
  assert.equal(momentIn("ar", at).replace(/[\u200e\u200f]/g, ""), "27 نوفمبر 2026،\u00a000:05");
});

test("names are listed with the comma of the language", () => {
  assert.equal(listedIn("da", ["A1", "A2"]), "A1, A2");
  assert.equal(listedIn("ar", ["12", "A2"]), "\u206812\u2069، \u2068A2\u2069");
});
