import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SIGNED } from "./icons.js";
import { SOUNDING, vibrationOf } from "./signals.js";
import { SEVERITIES, decide, letsIn, placeOf, remembered } from "./verdict.js";

const vectors = JSON.parse(readFileSync(new URL("../../tests/vectors/verdict-vectors.json", import.meta.url), "utf8"));
const PASS = "00000000000000aa";
const DAY_MS = 86_400_000;

// The windows that the server puts into the manifest (gate/rules/days.py).
function windows(days) {
  const ordered = [...days].sort((one, other) => Date.parse(one.opens_at) - Date.parse(other.opens_at));
  return ordered.map(({ number, opens_at: from }, place) => ({
    number,
    window_from: from,
    window_until: ordered[place + 1]?.opens_at ?? new Date(Date.parse(from) + DAY_MS).toISOString(),
  }));
}

function knowledge({ days = [], kinds = [1, 2, 3, 4], rules = [], ...known } = {}) {
  return {
    manifest: { edition: { number: 7 }, days: windows(days), gate: { code: "north", kinds, rules, let_in_on_cannot_decide: true } },
    revoked: new Set(),
    admitted: new Map(),
    seen: new Map(),
    hasChanges: true,
    ...known,
  };
}

const DAYS = vectors.cases[0].days;
const NOON = Date.parse("2011-08-27T12:00:00Z");
const SOUND = { outcome: "ok", fields: { kind: 4, days: 3, edition: 7, passId: PASS } };
const now = (direction = "in") => ({ at: NOON, direction });
const verdictOf = (...values) => decide(...values).verdict;

for (const entry of vectors.cases) {
  test(`vector: ${entry.name}`, () => {
    const at = Date.parse(entry.at);
    const seen = new Map();
    for (const { number } of entry.days) seen.set(placeOf(number, PASS), { state: entry.state, at: at - 1, gate: "north" });
    const isRevoked = entry.pass.revoked_at && Date.parse(entry.pass.revoked_at) <= at;
    const hours = entry.gate_hours ?? { opens_at: null, closes_at: null };
    const rules = entry.days.map(({ number }) => ({ day: number, kinds: entry.gate_kinds, open: entry.gate_open ?? true, ...hours }));
    const known = knowledge({ days: entry.days, rules, seen, revoked: new Set(isRevoked ? [PASS] : []) });
    const { kind, days, edition } = entry.pass;
    const reading = { outcome: "ok", fields: { kind, days, edition, passId: PASS } };
    assert.equal(decide(known, reading, { at, direction: entry.direction }).verdict, entry.verdict);
  });
}

test("each day has its own rule; a day without one takes every kind at any hour", () => {
  const rule = (day, kinds, open = true) => ({ day, kinds, open, opens_at: null, closes_at: null });
  const at = (rules, kinds) => verdictOf(knowledge({ days: DAYS, rules, kinds }), SOUND, now());
  assert.deepEqual([at([rule(1, [4])]), at([rule(1, [1])]), at([rule(1, [4], false)]), at([rule(2, [1])])], ["admitted", "not_this_gate", "not_this_gate", "admitted"]);
  assert.deepEqual([at(null, [1]), at(null, [1, 4])], ["not_this_gate", "admitted"], "a manifest from before there were rules");
});

test("a typed code is turned away where nobody comes in now, and may go out", () => {
  const rules = [{ day: 1, kinds: [1, 2, 3, 4], open: true, opens_at: "2011-08-27T13:00:00Z", closes_at: "2011-08-27T20:00:00Z" }];
  const known = knowledge({ days: DAYS, rules, admitted: new Map([[placeOf(1, PASS), { at: NOON - 1, gate: "south" }]]) });
  assert.deepEqual([verdictOf(known, { typed: PASS }, now()), verdictOf(known, { typed: PASS }, now("out"))], ["not_this_gate", "left"]);
  assert.equal(verdictOf(known, { typed: PASS }, { at: NOON + 3_600_000, direction: "in" }), "already_admitted");
});

test("what the codec says becomes a verdict", () => {
  const said = ["not_a_pass", "malformed", "unsupported_version", "unknown_key", "bad_signature"].map((outcome) =>
    verdictOf(knowledge({ days: DAYS }), { outcome }, now()),
  );
  assert.deepEqual(said, ["unreadable", "unreadable", "cannot_decide", "cannot_decide", "bad_signature"]);
});

test("who was admitted elsewhere is already in, with time and gate", () => {
  const admitted = new Map([[placeOf(1, PASS), { at: NOON - 60_000, gate: "south" }]]);
  const decision = decide(knowledge({ days: DAYS, admitted }), SOUND, now());
  assert.equal(decision.verdict, "already_admitted");
  assert.deepEqual(decision.before, { state: "inside", at: NOON - 60_000, gate: "south" });
});

test("who went out at another gate comes in again", () => {
  const admitted = new Map([[placeOf(1, PASS), { at: NOON - 60_000, gate: "south", state: "outside" }]]);
  assert.equal(verdictOf(knowledge({ days: DAYS, admitted }), SOUND, now()), "admitted");
});

test("admitted yesterday is no reason today", () => {
  const admitted = new Map([[placeOf(2, PASS), { at: NOON - 60_000, gate: "south" }]]);
  assert.equal(verdictOf(knowledge({ days: DAYS, admitted }), SOUND, now()), "admitted");
});

test("an exit seen here after the admission lets in again", () => {
  const admitted = new Map([[placeOf(1, PASS), { at: NOON - 60_000, gate: "south" }]]);
  const seen = new Map([[placeOf(1, PASS), { state: "outside", at: NOON - 30_000, gate: "north" }]]);
  assert.equal(verdictOf(knowledge({ days: DAYS, admitted, seen }), SOUND, now()), "admitted");
});

test("without any data of the server the phone can't decide, but knows another event and a wrong day", () => {
  const known = knowledge({ days: DAYS, hasChanges: false });
  assert.equal(verdictOf(known, SOUND, now()), "cannot_decide");
  assert.equal(verdictOf(known, { ...SOUND, fields: { ...SOUND.fields, edition: 6 } }, now()), "other_event");
  assert.equal(verdictOf(known, { ...SOUND, fields: { ...SOUND.fields, days: 2 } }, now()), "not_valid_today");
});

test("a typed code is known when revoked or in, else the phone can't decide", () => {
  const typed = { typed: PASS };
  const admitted = new Map([[placeOf(1, PASS), { at: NOON - 1, gate: "south" }]]);
  assert.equal(verdictOf(knowledge({ days: DAYS }), typed, now()), "cannot_decide");
  assert.equal(verdictOf(knowledge({ days: DAYS, revoked: new Set([PASS]) }), typed, now()), "revoked");
  assert.equal(verdictOf(knowledge({ days: DAYS, admitted }), typed, now()), "already_admitted");
  assert.equal(verdictOf(knowledge({ days: DAYS, admitted }), typed, now("out")), "left");
  assert.equal(verdictOf(knowledge({ days: DAYS }), typed, now("out")), "cannot_decide");
});

test("the gate's rule lets in what can't be decided; nobody who goes out is let in", () => {
  const gate = { let_in_on_cannot_decide: true };
  assert.deepEqual(["admitted", "already_admitted", "cannot_decide", "revoked", "unreadable"].map((verdict) => letsIn(verdict, "in", gate)), [true, true, true, false, false]);
  assert.equal(letsIn("cannot_decide", "in", { let_in_on_cannot_decide: false }), false);
  assert.equal(letsIn("admitted", "out", gate), false);
});

test("what is remembered: in, out, and who was let in undecided", () => {
  const decision = (verdict) => ({ verdict, passId: PASS, day: 1 });
  const at = (verdict, direction, letIn) => remembered(decision(verdict), { at: NOON, direction, letIn, gate: "north" })?.state ?? null;
  assert.deepEqual([at("admitted", "in", true), at("left", "out", false), at("cannot_decide", "in", true)], ["inside", "outside", "inside"]);
  assert.deepEqual([at("revoked", "in", false), at("cannot_decide", "out", false)], [null, null]);
  assert.equal(remembered({ verdict: "unreadable", passId: null, day: 1 }, { direction: "in", letIn: true }), null);
});

test("every verdict has a sign, a sound and a vibration of its own", () => {
  const verdicts = Object.keys(SEVERITIES);
  assert.equal(verdicts.length, 11);
  assert.deepEqual(SIGNED.toSorted(), verdicts.toSorted());
  assert.deepEqual(SOUNDING.filter((name) => !["tally", "unsaved", "message"].includes(name)).toSorted(), verdicts.toSorted());
  assert.equal(new Set(verdicts.map((verdict) => String(vibrationOf(verdict)))).size, 11);
  assert.deepEqual(vibrationOf("other_event", "tally"), [350, 350, 30], "what comes with it follows after a rest");
});
