// The small parts between a code and the gate: what is held in view, what a scanner types, light, enrolment, preflight.
import assert from "node:assert/strict";
import { test } from "node:test";
import { enrolmentCodeIn } from "./enrolment.js";
import { makeHolding } from "./holding.js";
import { isDark, stretch } from "./light.js";
import { askForStorage, preflightRows } from "./preflight.js";
import { makeWedge } from "./wedge.js";

test("a code held in view counts once, also with garbage beside it, and again after it was gone", () => {
  const isNew = makeHolding();
  const news = [];
  for (let at = 0; at < 10_000; at += 100) {
    if (isNew("TW1:A", at)) news.push(`A ${at}`);
    if (isNew("poster", at)) news.push(`poster ${at}`);
  }
  if (isNew("TW1:A", 12_100)) news.push("A again");
  assert.deepEqual(news, ["A 0", "poster 0", "A again"]);
});

test("ten thousand garbage codes between two valid ones hide neither", () => {
  const isNew = makeHolding();
  assert.equal(isNew("TW1:A", 0), true);
  for (let frame = 1; frame <= 10_000; frame += 1) assert.equal(isNew(`garbage ${frame}`, frame), true);
  assert.equal(isNew("TW1:B", 10_001), true);
});

test("a scanner that types is heard at its Enter", () => {
  const onKey = makeWedge();
  const heard = [...Array.from("TW1:AB 9"), "Shift", "Enter"].map((key, place) => onKey(key, place * 10));
  assert.deepEqual(heard.filter(Boolean), ["TW1:AB 9"]);
});

test("a person who types slowly, and an Enter alone, are no scanner", () => {
  const onKey = makeWedge();
  assert.deepEqual([...Array.from("abcdefgh"), "Enter"].map((key, place) => onKey(key, place * 200)).filter(Boolean), []);
  assert.equal(onKey("Enter", 9000), null);
});

test("a dark frame is stretched to black and white", () => {
  const dark = Uint8ClampedArray.from({ length: 64 * 64 * 4 }, (_v, place) => (place % 8 < 4 ? 10 : 30));
  assert.equal(isDark(dark), true);
  stretch(dark);
  assert.deepEqual([dark[0], dark[4]], [0, 255]);
  assert.equal(isDark(new Uint8ClampedArray(64 * 64 * 4).fill(200)), false);
  assert.equal(isDark(new Uint8ClampedArray(0)), false);
});

test("a link, its fragment, a token and six characters are understood", () => {
  const token = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO_-";
  for (const text of [`https://x.dk/gate/#${token}`, `#${token}`, token, ` ${token}\n`]) assert.equal(enrolmentCodeIn(text), token);
  assert.equal(enrolmentCodeIn(" ab3-9kz "), "AB39KZ");
  for (const text of ["", "#", "https://x.dk/gate/", "AB39K", "TW1:X62"]) assert.equal(enrolmentCodeIn(text), null);
});

test("preflight says in words what is good, missing and open", () => {
  const facts = { camera: true, isPersistent: false, fetchedAt: 0, now: 16 * 60_000, isTrained: undefined };
  assert.deepEqual(
    preflightRows(facts, (key) => key).map(({ sentence }) => sentence),
    ["check_camera_good", "check_storage_bad", "check_data_bad", "check_training_open"],
  );
  assert.equal(preflightRows({ ...facts, fetchedAt: null }, (key) => key)[2].state, "open");
});

test("a browser that promises nothing is no promise", async () => {
  assert.equal(await askForStorage(undefined), false);
  assert.equal(await askForStorage({ persisted: async () => false, persist: async () => true }), true);
});
