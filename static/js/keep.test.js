import assert from "node:assert/strict";
import { test } from "node:test";

import { holdOffline, keepTyped, kept, pathOf, restore, settle, values } from "./keep.js";

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
  const pressed = { name: "another" };
  const event = { submitter: pressed, preventDefault: () => (isSent = false) };
  const form = { querySelector: () => notice, requestSubmit: (button) => (isSent = button === pressed) };
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

test("a form without a notice of its own is held by that of its page", () => {
  const notice = { hidden: true, querySelector: () => ({}), scrollIntoView() {}, focus() {} };
  const form = { querySelector: () => null, ownerDocument: { querySelector: () => notice } };
  let isSent = true;
  holdOffline({ preventDefault: () => (isSent = false) }, form, { navigator: { onLine: false } });
  assert.deepEqual([isSent, notice.hidden], [false, false]);
});

test("what is typed is kept under where it is sent to", () => {
  const window = { location: { href: "http://localhost/my/A/check?to=check#mail", pathname: "/my/A/check" } };
  const sentTo = (action) => ({ getAttribute: () => action });
  assert.equal(pathOf(sentTo(null), window), "/my/A/check");
  assert.equal(pathOf(sentTo("/my/A/resend-link"), window), "/my/A/resend-link");
});

/** A page with these marks for what is kept elsewhere, all in one notice with a button. */
function pageWith(marks) {
  const button = {};
  const whole = { hidden: true, querySelector: () => button };
  const found = { "[data-kept-at]": marks, "[data-saved]": [], "form[data-keep]": [] };
  return { whole, button, querySelectorAll: (what) => found[what], querySelector: () => whole };
}

test("a page names what is kept for others, and forgets it when asked to", () => {
  const marks = ["/my/A/days", "/my/A/booth"].map((keptAt) => ({ hidden: true, dataset: { keptAt } }));
  const document = pageWith(marks);
  const localStorage = shelf({ "kept:/my/A/booth": entry(Date.now()), "kept:/my/B/booth": entry(Date.now()) });
  keepTyped(document, { localStorage, location: { pathname: "/my/A/" } });
  assert.deepEqual([document.whole.hidden, ...marks.map((mark) => mark.hidden)], [false, true, false]);
  document.button.onclick();
  assert.equal(document.whole.hidden, true);
  assert.deepEqual(Object.keys(localStorage), ["kept:/my/B/booth"]);
});

test("an error page says so where what was typed there is kept", () => {
  const mark = { hidden: true, dataset: { keptAt: "" } };
  const localStorage = shelf({ "kept:/my/A/days": entry(Date.now()) });
  const document = { ...pageWith([mark]), querySelector: () => null };
  keepTyped(document, { localStorage, location: { pathname: "/my/A/booth" } });
  assert.equal(mark.hidden, true);
  keepTyped(document, { localStorage, location: { pathname: "/my/A/days" } });
  assert.equal(mark.hidden, false);
});

test("a form that names where it is kept is kept there, whatever its buttons send it to", () => {
  const window = { location: { href: "http://localhost/organise/fest/applications/K7" } };
  const form = { dataset: { keep: "/organise/fest/applications/K7/decide" }, getAttribute: () => "/approve" };
  assert.equal(pathOf(form, window), "/organise/fest/applications/K7/decide");
  assert.equal(pathOf({ ...form, dataset: { keep: "" } }, window), "/approve");
});

test("what is filled in again within a fold is seen", () => {
  const fold = { open: false };
  const form = { elements: [{ ...tick("asked", "crew", false), closest: (what) => (what === "details" ? fold : null) }] };
  restore(form, []);
  assert.equal(fold.open, false);
  restore(form, [["asked", "crew"]]);
  assert.equal(fold.open, true);
});
