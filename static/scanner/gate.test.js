import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "./codec.js";
import { entryOf, makeGate, relearned, trainingKnowledge } from "./gate.js";
import { sha256 } from "./ids.js";
import { openKnowledge } from "./knowledge.js";
import { librarys } from "./signatures.js";
import { placeOf } from "./verdict.js";

const vectors = JSON.parse(readFileSync(new URL("../../tests/vectors/pass-vectors.json", import.meta.url), "utf8"));
const VALID = vectors.cases.find(({ fields }) => fields?.edition === 7 && fields.kind === 4 && fields.days === 3) ?? vectors.cases.find(({ fields }) => fields?.edition === 7);
const UNKNOWN_KEY = vectors.cases.find(({ name }) => name === "key id that is not published");
const { keyId: UNKNOWN_KEY_ID } = await parse(UNKNOWN_KEY.text, vectors.keys, librarys);
const NOON = Date.parse("2011-08-27T12:00:00Z");
const MANIFEST = {
  edition: { number: 7 },
  days: [
    { number: 1, window_from: "2011-08-27T10:00:00Z", window_until: "2011-08-28T10:00:00Z" },
    { number: 2, window_from: "2011-08-28T10:00:00Z", window_until: "2011-08-29T10:00:00Z" },
  ],
  gate: { code: "north", name: "North", kinds: [1, 2, 3, 4], let_in_on_cannot_decide: true },
  keys: vectors.keys,
};

const PARTS = {
  verify: librarys,
  time: () => ({ at: NOON, offset_ms: 0, doubt_ms: 0 }),
  remember: () => {},
};

function setUp(manifest = MANIFEST) {
  const known = { manifest, revoked: new Set(), admitted: new Map(), seen: new Map(), hasChanges: true };
  const kept = [];
  const gate = makeGate({
    knowledge: () => known,
    verify: librarys,
    keep: async (scan) => kept.push(scan) > 0,
    time: () => ({ at: NOON, offset_ms: -3_600_000, doubt_ms: 40 }),
    remember: (place, value) => (value ? known.seen.set(place, value) : known.seen.delete(place)),
  });
  return { known, kept, gate };
}

test("a valid pass is written down, then admitted; the second time it is already in", async () => {
  const { gate, kept } = setUp();
  const first = await gate.read(VALID.text, "camera", "in");
  const second = await gate.read(VALID.text, "camera", "in");
  assert.deepEqual([first.verdict, second.verdict], ["admitted", "already_admitted"]);
  const { scan_id: id, ...row } = kept[0];
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(row, {
    direction: "in",
    pass_id: VALID.fields.pass_id,
    code_hash: null,
    tally: null,
    voids: null,
    captured_at: "2011-08-27T13:00:00.000Z",
    clock_offset_ms: -3_600_000,
    clock_doubt_ms: 40,
    phone_verdict: "admitted",
    let_in: true,
    entry: "camera",
  });
});

test("two readings at once are decided one after the other", async () => {
  const { gate } = setUp();
  const both = await Promise.all([gate.read(VALID.text, "camera", "in"), gate.read(VALID.text, "camera", "in")]);
  assert.deepEqual(both.map(({ verdict }) => verdict), ["admitted", "already_admitted"]);
});

test("of a foreign or forged code only the hash is kept", async () => {
  const { gate, kept } = setUp();
  const forged = vectors.cases.find(({ outcome }) => outcome === "bad_signature").text;
  for (const text of ["https://example.org/ticket?id=1", forged]) {
    const { scan } = await gate.read(text, "camera", "in");
    assert.deepEqual([scan.pass_id, scan.code_hash], [null, await sha256(text)]);
  }
  assert.equal(JSON.stringify(kept).includes("example"), false);
});

test("a pass of a newer key is sent by its id, so that the server can decide", async () => {
  const { gate } = setUp();
  const { verdict, scan } = await gate.read(UNKNOWN_KEY.text, "camera", "in");
  assert.equal(verdict, "cannot_decide");
  assert.match(scan.pass_id, /^[0-9a-f]{16}$/);
  assert.deepEqual([scan.code_hash, scan.let_in], [null, true]);
});

test("the training pass is nobody's at a live gate, whatever the gate's rule for what can't be decided", async () => {
  const { gate, kept } = setUp({ ...MANIFEST, training: { keys: { [UNKNOWN_KEY_ID]: vectors.keys["1"] } } });
  assert.equal((await gate.read(UNKNOWN_KEY.text, "camera", "in")).verdict, "unknown_pass");
  assert.equal(kept[0].let_in, false);
});

test("a typed code that was let in is in the next time, also by camera", async () => {
  const { gate } = setUp();
  const typed = await gate.typed(VALID.fields.pass_id, "in");
  assert.deepEqual([typed.verdict, typed.scan.entry, typed.letIn], ["cannot_decide", "typed", true]);
  assert.equal((await gate.read(VALID.text, "camera", "in")).verdict, "already_admitted");
});

test("letting in all the same is another attempt, marked", async () => {
  const { gate, kept, known } = setUp();
  known.revoked.add(VALID.fields.pass_id);
  await gate.letIn(await gate.read(VALID.text, "camera", "in"));
  assert.deepEqual(
    kept.map((scan) => [scan.phone_verdict, scan.let_in, scan.entry]),
    [["revoked", false, "camera"], ["revoked", true, "tap"]],
  );
});

test("a supervisor takes a scan back: the log says so, and the bearer stands outside again", async () => {
  const { gate, kept, known } = setUp();
  const taken = await gate.read(VALID.text, "camera", "in");
  await gate.undo(entryOf(taken.scan, taken.before));
  assert.deepEqual([kept[1].voids, kept[1].pass_id, kept[1].tally], [taken.scan.scan_id, null, null]);
  assert.deepEqual([...known.seen.values()].map(({ state }) => state), ["outside"]);
  assert.equal((await gate.read(VALID.text, "camera", "in")).verdict, "admitted");
});

test("what is taken back counts against the server's word too, but not against what came later", async () => {
  const { gate, known } = setUp();
  const place = placeOf(1, VALID.fields.pass_id);
  known.admitted.set(place, { at: NOON - 60_000, gate: "south", state: "inside" });
  const entry = { scan_id: "x", direction: "in", pass_id: VALID.fields.pass_id, verdict: "admitted", at: NOON - 60_000, before: null };
  await gate.undo({ ...entry, at: NOON - 90_000 });
  assert.equal(known.seen.size, 0, "an older scan");
  await gate.undo(entry);
  assert.equal((await gate.read(VALID.text, "camera", "in")).verdict, "admitted");
});

test("a second entry that is taken back leaves the bearer inside", async () => {
  const { gate } = setUp();
  await gate.read(VALID.text, "camera", "in");
  const second = await gate.read(VALID.text, "camera", "in");
  await gate.undo(entryOf(second.scan, second.before));
  assert.equal((await gate.read(VALID.text, "camera", "in")).verdict, "already_admitted");
});

test("what another phone took back is over here: the server's word, and what this phone made of the scan itself", async () => {
  const knowledge = await openKnowledge(null);
  await knowledge.keepManifest(MANIFEST, "tag");
  const passId = VALID.fields.pass_id;
  const told = { pass_id: passId, day: 1, at: "2011-08-27T11:00:00Z", gate: "south", inside: true };
  const page = { revoked: [], admitted: [], taken_back: [], cursor: "1.1.1" };
  const back = (scanId, admitted) => [{ scan_id: scanId, pass_id: passId, day: 1, admitted }];
  const gate = makeGate({ ...PARTS, knowledge: () => knowledge.view(), keep: async () => true, remember: knowledge.remember });
  const verdict = async (direction = "in") => (await gate.read(VALID.text, "camera", direction)).verdict;

  await knowledge.keepChanges({ ...page, admitted: [told] });
  await knowledge.keepChanges({ ...page, taken_back: back("first", false) });
  const taken = await gate.read(VALID.text, "camera", "in");
  assert.equal(taken.verdict, "admitted", "told as in, and taken back");
  await knowledge.keepChanges({ ...page, taken_back: back("some other scan", true) });
  assert.equal(knowledge.view().seen.size, 1, "another scan of the pass is no reason to forget this one");
  await knowledge.keepChanges({ ...page, taken_back: back(taken.scan.scan_id, false) });
  assert.equal(await verdict(), "admitted", "this phone's own scan was taken back");

  const left = await gate.read(VALID.text, "camera", "out");
  await knowledge.keepChanges({ ...page, taken_back: back(left.scan.scan_id, true), admitted: [{ ...told, at: "2011-08-27T11:30:00Z" }] });
  assert.equal(await verdict(), "already_admitted", "who didn't leave after all is in, though that is older than the exit");
});

test("a page of changes from a server that doesn't know of it changes nothing", async () => {
  const knowledge = await openKnowledge(null);
  await knowledge.keepChanges({ revoked: [VALID.fields.pass_id], admitted: [], cursor: "1.1" });
  assert.equal(knowledge.view().revoked.size, 1);
});

test("a phone that died before it remembered learns from what it wrote down", async () => {
  const { gate, kept, known } = setUp();
  const taken = await gate.read(VALID.text, "camera", "in");
  const place = placeOf(1, VALID.fields.pass_id);
  known.seen.clear();
  assert.deepEqual(relearned(kept, known), [[place, { state: "inside", at: NOON, gate: "north", scan: taken.scan.scan_id }]]);
  await gate.undo(entryOf(taken.scan));
  known.seen.clear();
  const entries = new Map(kept.map((scan) => [scan.scan_id, entryOf(scan)]));
  assert.deepEqual(relearned(kept, known, (id) => entries.get(id)).map(([, { state }]) => state), ["outside"]);
  known.seen.set(place, { state: "inside", at: NOON + 1, gate: "north" });
  assert.deepEqual(relearned(kept, known), [], "what it remembers is later");
});

test("without a manifest nothing can be decided, and all is written down", async () => {
  const knowledge = await openKnowledge(null);
  knowledge.keepFact("device", { gate: { code: "N", name: "North" }, edition: { name: "2011" } });
  const kept = [];
  const gate = makeGate({ ...PARTS, knowledge: () => knowledge.view(), keep: async (scan) => kept.push(scan) > 0 });
  const verdicts = [];
  for (const text of [VALID.text, "https://example.org"]) verdicts.push((await gate.read(text, "camera", "in")).verdict);
  assert.deepEqual(verdicts, ["cannot_decide", "unreadable"]);
  assert.deepEqual(kept.map(({ pass_id: id, let_in: letIn }) => [id, letIn]), [[VALID.fields.pass_id, true], [null, false]]);
});

test("a tally is a record of the same log", async () => {
  const { gate, kept } = setUp();
  await gate.tally(1, "in");
  await gate.tally(-1, "out");
  assert.deepEqual(kept.map(({ tally, direction, entry, pass_id: passId }) => [tally, direction, entry, passId]), [
    [1, "in", "tap", null],
    [-1, "out", "tap", null],
  ]);
});

test("a scan that could not be written is said so, and the gate goes on", async () => {
  const { known } = setUp();
  const gate = makeGate({ ...PARTS, knowledge: () => known, keep: async () => false });
  const taken = await gate.read(VALID.text, "camera", "in");
  assert.deepEqual([taken.verdict, taken.isSaved], ["admitted", false]);
});

test("training greets its own pass on any day, and no live one", async () => {
  const own = vectors.cases.find(({ fields }) => fields?.key_id === 2 && fields.days === 2);
  const live = vectors.cases.find(({ fields }) => fields?.key_id === 1);
  const training = { keys: { 2: vectors.keys["2"] }, pass: own.text };
  const { fields } = await parse(own.text, training.keys, librarys);
  const seen = new Map();
  const known = trainingKnowledge({ ...MANIFEST, days: [], training }, fields, seen);
  const { gate } = setUp();
  const practice = makeGate({ knowledge: () => known, verify: librarys, keep: async () => true, time: () => ({ at: 0, offset_ms: 0, doubt_ms: 0 }), remember: (place, value) => seen.set(place, value) });
  assert.equal((await practice.read(own.text, "camera", "in")).verdict, "admitted");
  assert.equal((await practice.read(own.text, "camera", "in")).verdict, "already_admitted");
  assert.equal((await practice.read(live.text, "camera", "in")).verdict, "cannot_decide");
  assert.notEqual((await gate.read(live.text, "camera", "in")).verdict, "cannot_decide");
});
