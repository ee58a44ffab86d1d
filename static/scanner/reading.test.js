// The small parts between a code and the gate: what is held in view, what a scanner types, light, enrolment, preflight.
import assert from "node:assert/strict";
import { test } from "node:test";
import { enrolmentCodeIn } from "./enrolment.js";
import { makeHolding } from "./holding.js";
import { isDark, stretch } from "./light.js";
import { problemOf } from "./camera.js";
import { askForStorage, isInstallable, isStorageKept, nextAct, preflightRows } from "./preflight.js";
import { americanKey, makeWedge } from "./wedge.js";

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

// What a scanner presses: the keys of an American keyboard, one every ten milliseconds.
const SIGNS = { " ": ["Space"], ":": ["Semicolon", true], $: ["Digit4", true], "*": ["Digit8", true], "/": ["Slash"], "+": ["Equal", true], "-": ["Minus"], ".": ["Period"], "%": ["Digit5", true] };
const pressesOf = (text, keyOf = (character) => character) =>
  [...text].map((character) => {
    const [code, shiftKey] = SIGNS[character] ?? (/\d/.test(character) ? [`Digit${character}`, false] : [`Key${character.toUpperCase()}`, character < "a"]);
    return { key: keyOf(character), code, shiftKey: Boolean(shiftKey) };
  });
const ENTER = { key: "Enter", code: "Enter", shiftKey: false };

function heardFrom(presses, gap = 10) {
  const wedge = makeWedge();
  return presses.map((press, place) => wedge.press(press, place * gap));
}

test("a scanner that types is heard at its Enter, and its spaces press no button", () => {
  const heard = heardFrom([...pressesOf("TW1:AB 9"), { key: "Shift", code: "ShiftLeft" }, ENTER]);
  assert.deepEqual(heard.map(({ text }) => text).filter(Boolean), ["TW1:AB 9"]);
  assert.deepEqual(heard.map(({ isTyping }) => isTyping), [false, ...Array(9).fill(true)]);
});

test("a phone set to Danish, or with Caps Lock on, reads the same", () => {
  const all = "TW1: $%*+-./:0Z9";
  const danish = { ":": "Æ", "-": "+", "/": "-", "+": "Dead", "*": "(", $: "¤" };
  for (const keyOf of [(sign) => danish[sign] ?? sign, (sign) => sign.toLowerCase(), (sign) => danish[sign] ?? sign.toLowerCase()]) {
    assert.equal(heardFrom([...pressesOf(all, keyOf), ENTER]).at(-1).text, all);
  }
  assert.deepEqual([americanKey("KeyA", false), americanKey("KeyA", true), americanKey("Numpad7", true), americanKey("F1")], ["a", "A", "7", ""]);
});

test("a short code keeps its dashes on a Danish keyboard", () => {
  const typed = heardFrom([...pressesOf("0000-0000-0016-JD", (sign) => (sign === "-" ? "+" : sign)), ENTER]).at(-1).text;
  assert.equal(typed, "0000-0000-0016-JD");
});

test("another code of a scanner stays as it was typed", () => {
  assert.equal(heardFrom([...pressesOf("https://x.dk/abc"), ENTER]).at(-1).text, "https://x.dk/abc");
});

test("a person who types slowly, and an Enter alone, are no scanner", () => {
  assert.deepEqual(heardFrom([...pressesOf("abcdefgh"), ENTER], 300).filter(({ text, isTyping }) => text || isTyping), []);
  assert.deepEqual(makeWedge().press(ENTER, 9000), { text: null, isTyping: false });
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

const CHECKED = { camera: "works", isPersistent: true, isInstallable: false, age: 60_000, isTrained: true };
const sentences = (facts) => preflightRows({ ...CHECKED, ...facts }, (key) => key).map(({ sentence }) => sentence);

test("preflight says in words what is good, missing and open", () => {
  assert.deepEqual(sentences({}), ["check_camera_good", "check_storage_good", "check_data_good", "check_training_good"]);
  assert.deepEqual(sentences({ camera: "denied", isPersistent: false, age: 16 * 60_000, isTrained: undefined }), ["camera_denied", "check_storage_bad", "check_data_bad", "check_training_open"]);
  assert.deepEqual(sentences({ camera: null, isPersistent: null, age: null }).slice(0, 3), ["check_camera_open", "check_storage_open", "check_data_bad"]);
  assert.equal(sentences({ isPersistent: false, isInstallable: true })[1], "check_storage_iphone");
  assert.equal(sentences({ age: -60_000 })[2], "check_data_bad", "data from the future: the phone's clock went back");
});

test("what comes next: check, train, start; what can't be mended here holds nobody up", () => {
  const next = (facts) => nextAct(preflightRows({ ...CHECKED, ...facts }, (key) => key));
  assert.deepEqual([next({ camera: null }), next({ isPersistent: null }), next({ isTrained: false }), next({}), next({ camera: "denied", isPersistent: false })], ["check", "check", "train", "start", "start"]);
});

test("why there is no camera", () => {
  const named = (name) => Object.assign(new Error(name), { name });
  assert.deepEqual(
    ["NotAllowedError", "NotFoundError", "OverconstrainedError", "NotReadableError", "AbortError"].map((name) => problemOf(named(name), true)),
    ["denied", "none", "none", "busy", "busy"],
  );
  assert.deepEqual([problemOf(new TypeError("mediaDevices is undefined"), true), problemOf(named("NotAllowedError"), false)], ["none", "insecure"]);
});

test("a browser that promises nothing is no promise", async () => {
  assert.equal(await askForStorage(undefined), false);
  assert.equal(await askForStorage({ persisted: async () => false, persist: async () => true }), true);
  assert.deepEqual([await isStorageKept({ persisted: async () => true }), await isStorageKept({ persisted: async () => false }), await isStorageKept(undefined)], [true, null, null]);
});

test("an iPhone's browser is known by what only it has", () => {
  assert.deepEqual([isInstallable({ standalone: false }), isInstallable({ standalone: true }), isInstallable({})], [true, false, false]);
});
