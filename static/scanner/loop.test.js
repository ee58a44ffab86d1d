// The scanner's loop with its real decoder: frames as a camera gives them, codec, gate and queue behind.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { signAsync } from "@noble/ed25519";
import { prepareZXingModule as prepareReader } from "zxing-wasm/reader";
import { prepareZXingModule as prepareWriter, writeBarcode } from "zxing-wasm/writer";
import { textsIn } from "./camera.js";
import { fromHex, PREFIX, toHex } from "./codec.js";
import { makeGate } from "./gate.js";
import { makeHolding } from "./holding.js";
import { startLoop } from "./loop.js";
import { makeQueue } from "./queue.js";
import { makeVerifier } from "./signatures.js";

const FRAMES = 10_000;
const HELD = 3; // frames for which a pass stays in view
const EVERY = 50; // frames from one pass to the next
const FRAME_MS = 70;
const WIDTH = 360;
const HEIGHT = 180;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

const vectors = JSON.parse(readFileSync(new URL("../../tests/vectors/pass-vectors.json", import.meta.url), "utf8"));
const { resolve } = createRequire(import.meta.url);
const wasm = (name) => readFileSync(resolve(`zxing-wasm/${name}/zxing_${name}.wasm`)).buffer;
for (const [prepare, name] of [[prepareReader, "reader"], [prepareWriter, "writer"]]) {
  prepare({ overrides: { wasmBinary: wasm(name) }, fireImmediately: true });
}

// A generator of numbers that are the same in every run (Park and Miller, 1988).
function seeded(seed) {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
const chance = seeded(2011);

function base45(bytes) {
  let text = "";
  for (let place = 0; place < bytes.length; place += 2) {
    const isPair = place + 1 < bytes.length;
    let number = isPair ? bytes[place] * 256 + bytes[place + 1] : bytes[place];
    for (let digit = 0; digit < (isPair ? 3 : 2); digit += 1, number = Math.floor(number / 45)) text += ALPHABET[number % 45];
  }
  return text;
}

async function passOf(number, edition = 7) {
  const id = new Uint8Array(8);
  new DataView(id.buffer).setUint32(4, number + 1);
  const payload = Uint8Array.from([0x14, 1, edition >> 8, edition & 255, ...id, 0, 3]);
  const signature = await signAsync(payload, fromHex(vectors.signing_keys_for_tests_only["1"]));
  return { passId: toHex(id), text: PREFIX + base45(Uint8Array.from([...payload, ...signature])) };
}

// A grey frame with codes in it, four pixels a module.
async function frameWith(...texts) {
  const frame = { width: WIDTH, height: HEIGHT, data: new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255) };
  for (const [place, text] of texts.entries()) {
    const { symbol } = await writeBarcode(text, { format: "QRCode", scale: 1 });
    const size = symbol.width > 41 ? 3 : 4;
    for (let y = 0; y < symbol.height * size; y += 1) {
      for (let x = 0; x < symbol.width * size; x += 1) {
        const tone = symbol.data[Math.floor(y / size) * symbol.width + Math.floor(x / size)];
        frame.data.fill(tone, ((y + 14) * WIDTH + x + 14 + place * 176) * 4, ((y + 14) * WIDTH + x + 14 + place * 176) * 4 + 3);
      }
    }
  }
  return frame;
}

function noise() {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let place = 0; place < data.length; place += 1) data[place] = chance(256);
  return { width: WIDTH, height: HEIGHT, data };
}

const GARBAGE = [
  (n) => `https://example.org/menu/${n}`,
  (n) => `WIFI:T:WPA;S:guest${n};P:secret;;`,
  (n) => `${PREFIX}GARBAGE ${n}`,
  (n) => PREFIX + "A".repeat(100 + (n % 17)),
  (n) => `tw1:${n}`,
  (n) => String(n),
  (n) => `مرحبا ${n}`,
];
const FORGED = vectors.cases.filter(({ outcome, text }) => outcome === "bad_signature" && text.length < 130).map(({ text }) => text);

function smallDisk() {
  const scans = new Map();
  return { scans, add: async (scan) => void scans.set(scan.scan_id, scan), count: async () => scans.size };
}

async function setUp() {
  const view = {
    manifest: {
      edition: { number: 7 },
      days: [{ number: 1, window_from: "2011-08-27T10:00:00Z", window_until: "2011-08-28T10:00:00Z" }],
      gate: { code: "north", kinds: [1, 2, 3, 4], let_in_on_cannot_decide: true },
      keys: vectors.keys,
    },
    revoked: new Set(),
    admitted: new Map(),
    seen: new Map(),
    hasChanges: true,
  };
  const disk = smallDisk();
  const gate = makeGate({
    knowledge: () => view,
    verify: await makeVerifier(),
    keep: makeQueue(disk).keep,
    time: () => ({ at: Date.parse("2011-08-27T12:00:00Z"), offset_ms: 0, doubt_ms: 40 }),
    remember: (place, value) => view.seen.set(place, value),
  });
  return { disk, gate };
}

// Run the loop over so many frames; `frameAt(turn)` may answer null or throw, as cameras do.
function through(frameAt, count, onText) {
  return new Promise((resolve) => {
    let turns = 0;
    const stop = startLoop({
      async nextFrame(turn) {
        turns = turn;
        return turn < count ? frameAt(turn) : null;
      },
      textsIn,
      onText: (text) => onText(text, turns),
      within: (work) => Promise.race([work, new Promise(setImmediate)]),
      rest: async () => {
        if (turns % 64 === 0) await new Promise(setImmediate);
        if (turns >= count) resolve(stop());
      },
    });
  });
}

test("garbage between valid passes for 10,000 frames: each pass is admitted once, nothing stops the loop", async () => {
  const said = console.error;
  const reported = [];
  console.error = (error) => reported.push(String(error));
  const { disk, gate } = await setUp();
  const passes = await Promise.all(Array.from({ length: FRAMES / EVERY }, (_none, number) => passOf(number)));
  const garbage = await Promise.all(Array.from({ length: 150 }, (_none, n) => frameWith(n % 5 === 4 ? FORGED[n % FORGED.length] : GARBAGE[n % GARBAGE.length](n))));
  const valid = await Promise.all(passes.map(({ text }, n) => (n % 2 ? frameWith(text) : frameWith(GARBAGE[n % 2](n), text))));
  const noises = Array.from({ length: 5 }, noise);
  const isNew = makeHolding();
  const verdicts = [];

  function frameAt(turn) {
    if (turn % EVERY < HELD) return valid[Math.floor(turn / EVERY)];
    if (turn % 97 === 0) throw new Error("the camera failed for a frame");
    if (turn % 41 === 0) return null;
    if (turn % 37 === 0) return { width: WIDTH, height: HEIGHT, data: new Uint8ClampedArray(12) };
    return turn % 11 === 0 ? noises[chance(noises.length)] : garbage[chance(garbage.length)];
  }

  await through(frameAt, FRAMES, async (text, turn) => {
    if (!isNew(text, turn * FRAME_MS)) return;
    const { verdict, scan } = await gate.read(text, "camera", "in");
    verdicts.push([verdict, scan.scan_id]);
    if (verdicts.length % 500 === 0) throw new Error("showing a verdict failed");
  });
  await gate.settled();
  console.error = said;

  const scans = [...disk.scans.values()];
  const admitted = scans.filter(({ phone_verdict: verdict }) => verdict === "admitted").map(({ pass_id: id }) => id);
  assert.deepEqual(admitted, passes.map(({ passId }) => passId));
  assert.ok(scans.length > 1_000, `${scans.length} scans, garbage among them`);
  assert.equal(verdicts.length, scans.length, "what was shown is written down, each once");
  assert.deepEqual(new Set(verdicts.map(([, id]) => id)), new Set(disk.scans.keys()));
  assert.ok(scans.every(({ pass_id: id, code_hash: hash }) => (id === null) !== (hash === null)));
  assert.deepEqual([...new Set(reported)].toSorted(), ["Error: showing a verdict failed", "Error: the camera failed for a frame"]);
});

test("a loop that is stopped hands over nothing more", async () => {
  let stop = null;
  const heard = [];
  await new Promise((resolve) => {
    stop = startLoop({
      nextFrame: async () => ({}),
      textsIn: async () => ["one", "two"],
      onText: (text) => (heard.push(text), stop(), resolve()),
      rest: () => new Promise(setImmediate),
    });
  });
  await new Promise(setImmediate);
  assert.ok(heard.length <= 2, String(heard));
});
