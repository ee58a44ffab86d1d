import assert from "node:assert/strict";
import { test } from "node:test";

import { isTooLarge, percent, watchUpload } from "./upload.js";

test("per cents are whole, and nothing where the size is unknown", () => {
  assert.deepEqual([percent(1, 3), percent(3, 3), percent(5, 3), percent(5, 0)], [33, 100, 100, 0]);
});

test("a file that is too large is known before it is sent", () => {
  assert.deepEqual([isTooLarge({ size: 11 }, 10), isTooLarge({ size: 10 }, 10), isTooLarge(undefined, 10)], [true, false, false]);
});

/** A page with one form for files; `more` has what it holds beside the file, by its mark. */
function pageWith(more) {
  const listeners = {};
  const file = { files: [], addEventListener() {}, focus() {} };
  const status = { dataset: { lost: "lost" }, textContent: "" };
  const parts = { "[data-upload-bar]": { hidden: true }, "[data-upload-status]": status, "input[type=file]": file, ...more };
  const form = {
    action: "/import",
    addEventListener: (name, then) => (listeners[name] = then),
    dataset: { most: "10" },
    querySelector: (mark) => parts[mark] ?? null,
    querySelectorAll: () => [],
  };
  const sent = [];
  class Request {
    upload = { addEventListener() {} };
    addEventListener() {}
    open(method, address) {
      sent.push(`${method} ${address}`);
    }
    setRequestHeader() {}
    send() {}
  }
  const window = { FormData: class {}, XMLHttpRequest: Request };
  watchUpload({ querySelector: () => form }, window);
  const press = (size) => {
    file.files = [{ size }];
    listeners.submit({ preventDefault() {} });
  };
  return { press, sent };
}

test("a page that says nothing of files that are too large sends them, and the server judges", () => {
  const { press, sent } = pageWith({});
  press(11);
  assert.deepEqual(sent, ["POST /import"]);
});

test("a page that does keeps them here", () => {
  const large = { hidden: true };
  const { press, sent } = pageWith({ "[data-upload-large]": large });
  press(11);
  assert.deepEqual([sent, large.hidden], [[], false]);
  press(10);
  assert.deepEqual([sent, large.hidden], [["POST /import"], true]);
});
