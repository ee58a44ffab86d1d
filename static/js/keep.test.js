import assert from "node:assert/strict";
import { test } from "node:test";

import { holdOffline, kept, restore, settle, values } from "./keep.js";

const DAY = 86_400_000;

function shelf(entries) {
  const storage = { ...entries };
  Object.defineProperty(storage, "getItem", { value: (key) => storage[key] ?? null });
  Object.defineProperty(storage, "removeItem", { value: (key) => delete storage[key] });
  return storage;
}

const entry = (at) => JSON.stringify({ at, pairs: [["crew", "4"]] });
const text = (name, value) => ({ name, value, type: "text" });
const tick = (name, value, checked) => ({ name, value, type: "checkbox", checked });

test("what the server has saved goes, and nothing else, wherever one comes", () => {
  const storage = shelf({ "kept:/my/A/days": entry(DAY), "kept:/my/A/booth": entry(DAY), other: "1" });
  settle(storage, [], DAY);
  assert.deepEqual(Object.keys(storage).sort(), ["kept:/my/A/booth", "kept:/my/A/days", "other"]);
  settle(storage, ["/my/A/days"], DAY);
  assert.deepEqual(Object.keys(storage).sort(), ["kept:/my/A/booth", "other"]);
});

test("what was typed and never saved stays, for a week", () => {
  const storage = shelf({ "kept:/my/A/days": entry(0) });
  settle(storage, ["/my/A/booth"], 6 * DAY);
  assert.ok(kept(storage, "/my/A/days", 6 * DAY));
  settle(storage, [], 7 * DAY);
  assert.deepEqual(Object.keys(storage), []);
});

test("offline a form isn't sent, and online it is", () => {
  const button = {};
  const notice = { hidden: true, querySelector: () => button, scrollIntoView() {}, focus() {} };
  let isSent = true;
  const event = { preventDefault: () => (isSent = false) };
  const form = { querySelector: () => notice, requestSubmit: () => (isSent = true) };
  holdOffline(event, form, { navigator: { onLine: true } });
  assert.deepEqual([isSent, notice.hidden], [true, true]);
  holdOffline(event, form, { navigator: { onLine: false } });
  assert.deepEqual([isSent, notice.hidden], [false, false]);
  button.onclick();
  assert.equal(isSent, true);
});

test("nonsense on the shelf is nothing", () => {
  assert.equal(kept(shelf({ "kept:/x": "{" }), "/x", 0), null);
});

test("a form is kept and filled in again, files and secrets left out", () => {
  const form = {
    elements: [text("crew", "4"), tick("days", "1", true), tick("days", "2", false), { name: "csrf", value: "s", type: "hidden" }, { ...tick("sure", "1", true), dataset: { unkept: "" } }],
  };
  const pairs = values(form);
  assert.deepEqual(pairs, [["crew", "4"], ["days", "1"]]);
  form.elements[0].value = "";
  form.elements[1].checked = false;
  assert.equal(restore(form, pairs), true);
  assert.deepEqual([form.elements[0].value, form.elements[1].checked, form.elements[2].checked], ["4", true, false]);
  assert.equal(restore(form, pairs), false);
});
