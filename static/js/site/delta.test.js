import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, deltaOf, isEmpty } from "./delta.js";
import { said } from "./edits.js";
import { thingsOf } from "./things.js";

const FRAME = { longitude: 12.5, latitude: 55.7, turned: 0 };
const gate = (code, more = {}, at = 12.5) => ({
  type: "Feature", geometry: { type: "Point", coordinates: [at, 55.7] }, properties: { kind: "gate", code, label: "", ...more, was: code },
});
const LOADED = [gate("N"), gate("S"), gate("W")];
const plain = (features) => features.map(({ properties: { code, label, was = "" } }) => `${was}>${code}:${label}`);

/** N gets a label, S goes, X is new. */
function drawn() {
  let things = said(thingsOf(LOADED, FRAME), ["t0"], "label", "North");
  things = new Map([...things].filter(([id]) => id !== "t1"));
  return things.set("n1", { id: "n1", was: "", told: { kind: "gate", code: "X", label: "" }, shape: "Point", points: [[0, 0]], geometry: null });
}

test("nothing drawn is nothing kept", () => {
  assert.ok(isEmpty(deltaOf(LOADED, thingsOf(LOADED, FRAME), FRAME)));
});

test("what was drawn comes back over what it was drawn on", () => {
  const delta = JSON.parse(JSON.stringify(deltaOf(LOADED, drawn(), FRAME)));
  const { features, clashes } = applied(delta, LOADED);

  assert.deepEqual(plain(features), ["N>N:North", "W>W:", ">X:"]);
  assert.deepEqual(clashes, []);
});

test("over a newer drawing both changes stand, and what both changed is told", () => {
  const delta = deltaOf(LOADED, drawn(), FRAME);
  const { features, clashes } = applied(delta, [gate("N", { label: "Nord" }), gate("S", { label: "Syd" }), gate("W", { label: "Vest" }), gate("E")]);

  assert.deepEqual(plain(features), ["N>N:North", "W>W:Vest", "E>E:", ">X:"]);
  assert.deepEqual(clashes, ["N", "S"]);
});

test("what somebody else took away and this drawing changed is drawn anew, and told", () => {
  const { features, clashes } = applied(deltaOf(LOADED, drawn(), FRAME), [gate("W")]);

  assert.deepEqual(plain(features), ["W>W:", ">N:North", ">X:"]);
  assert.deepEqual(clashes, ["N"]);
});
