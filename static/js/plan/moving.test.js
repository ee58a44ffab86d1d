import assert from "node:assert/strict";
import { test } from "node:test";

import { beside, filled, gesture, isArrow, isWanted, meant, numbersIn } from "./moving.js";

// Two kerbs, A above B, ten metres between pitches.
const street = ["A01", "A02", "A03"].map((number, n) => ({ number, x: n * 10, y: 0 }));
street.push({ number: "B01", x: 1, y: 12 }, { number: "B02", x: 11, y: 12 });

test("arrows go to the nearest pitch that way, and stay at the end", () => {
  assert.equal(beside(street, "A01", "ArrowRight"), "A02");
  assert.equal(beside(street, "A01", "ArrowLeft"), "A01");
  assert.equal(beside(street, "A02", "ArrowDown"), "B02");
  assert.equal(beside(street, "B01", "ArrowUp"), "A01");
  assert.equal(beside(street, "A03", "ArrowRight"), "A03");
  assert.deepEqual(["ArrowUp", "a", "Enter"].map(isArrow), [true, false, false]);
});

test("a number is found as it is written, without its zeros, and by its beginning", () => {
  const numbers = ["A01", "A10", "A11", "B01"];
  assert.equal(meant(numbers, "a10"), "A10");
  assert.equal(meant(numbers, "A1"), "A01");
  assert.equal(meant(numbers, "b"), "B01");
  assert.equal(meant(numbers, "Z9"), "");
  assert.equal(meant(numbers, " "), "");
});

test("two numbers are typed with anything between them", () => {
  assert.deepEqual(numbersIn(" A01, A02"), ["A01", "A02"]);
  assert.deepEqual(numbersIn("A01+A02;"), ["A01", "A02"]);
  assert.deepEqual(numbersIn(" "), []);
});

test("words and a need narrow together", () => {
  const kor = { text: "T-001 Nørrebro Kor 3 m · vand", needs: "power water" };
  assert.equal(isWanted(kor, "kor NØRRE", ""), true);
  assert.equal(isWanted(kor, "kor", "water"), true);
  assert.equal(isWanted(kor, "kor", "gas"), false);
  assert.equal(isWanted(kor, "café", ""), false);
});

test("sentences are filled, and an unknown place stays", () => {
  assert.equal(filled("{number}: {who}", { number: "A1" }), "A1: {who}");
});

test("a mouse pulls at once, a finger after it has rested, and else it scrolls", () => {
  assert.equal(gesture({ isTouch: false, far: 6, ms: 0 }), "pull");
  assert.equal(gesture({ isTouch: false, far: 3, ms: 900 }), "");
  assert.equal(gesture({ isTouch: true, far: 12, ms: 400 }), "scroll");
  assert.equal(gesture({ isTouch: true, far: 2, ms: 400 }), "pull");
  assert.equal(gesture({ isTouch: true, far: 2, ms: 100 }), "");
});
