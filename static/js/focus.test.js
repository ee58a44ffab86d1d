import assert from "node:assert/strict";
import { test } from "node:test";

import { focusFirst } from "./focus.js";

function page(element) {
  return { querySelector: (selector) => (selector === "[data-focus]" ? element : null) };
}

test("the marked element gets the focus", () => {
  let focused = 0;
  const summary = { focus: () => (focused += 1) };
  assert.equal(focusFirst(page(summary)), summary);
  assert.equal(focused, 1);
});

test("a page without a marked element is left alone", () => {
  assert.equal(focusFirst(page(null)), null);
});
