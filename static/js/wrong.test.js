import assert from "node:assert/strict";
import { test } from "node:test";

import { takeBack } from "./wrong.js";

test("a field without an error is left alone, and so is a page without form groups", () => {
  takeBack({});
  takeBack({ closest: () => null });
});

/** A field in a group with an error, whose list above the form has a line for each address. */
function wrong(...addresses) {
  const gone = [];
  const attributes = { "aria-describedby": "crew-hint crew-error", "aria-invalid": "true" };
  const input = {
    id: "crew",
    getAttribute: (name) => attributes[name],
    removeAttribute: (name) => delete attributes[name],
    setAttribute: (name, value) => (attributes[name] = value),
  };
  const message = { id: "crew-error", remove: () => gone.push("message") };
  const list = { children: [], closest: () => ({ remove: () => gone.push("list") }) };
  list.children = addresses.map((address) => ({
    querySelector: () => ({ getAttribute: () => address }),
    remove() {
      list.children = list.children.filter((line) => line !== this);
      gone.push(address);
    },
  }));
  const found = { ".form-error-message": [message], "[aria-invalid]": [input], "[aria-describedby]": [input], "[id]": [input, message] };
  const group = { classList: { remove: (name) => gone.push(name) }, querySelectorAll: (mark) => found[mark] };
  takeBack({ closest: () => group, ownerDocument: { querySelectorAll: () => [list] } });
  return { attributes, gone };
}

test("the last error takes the list with it", () => {
  const { attributes, gone } = wrong("#crew");
  assert.deepEqual(attributes, { "aria-describedby": "crew-hint" });
  assert.deepEqual(gone, ["form-error", "message", "#crew", "list"]);
});

test("what is wrong elsewhere stays in the list", () => {
  assert.deepEqual(wrong("#days-0", "#crew").gone, ["form-error", "message", "#crew"]);
});
