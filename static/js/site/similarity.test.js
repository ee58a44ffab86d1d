import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { asTransform, laid, pixelAt, similarity } from "./similarity.js";

const { similarities } = JSON.parse(readFileSync(new URL("../../../tests/vectors/plan-vectors.json", import.meta.url)));
const near = (got, wanted) => got.forEach((part, n) => assert.ok(Math.abs(part - wanted[n]) < 1e-6, `${got} ≠ ${wanted}`));

test("two points lay a picture as the server lays it", () => {
  assert.ok(similarities.length > 2);
  for (const { pixels, metres, also } of similarities) {
    const found = similarity(pixels, metres);
    near(laid(found, pixels[0]), metres[0]);
    near(laid(found, pixels[1]), metres[1]);
    near(laid(found, also.pixel), also.metres);
    near(pixelAt(found, also.metres), also.pixel);
  }
});

test("two points in one place say nothing", () => {
  assert.equal(similarity([[5, 5], [5, 5]], [[0, 0], [9, 9]]), null);
  assert.equal(similarity([[5, 5], [50, 5]], [[3, 3], [3, 3]]), null);
});

test("a picture is never skewed", () => {
  assert.equal(asTransform({ a: 1, b: 2, x: 3, y: 4 }), "matrix(1 2 -2 1 3 4)");
});
