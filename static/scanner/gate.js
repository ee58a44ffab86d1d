// From a code to a verdict: parse, decide, write down, remember. Pure but for what it is given.

import { parse } from "./codec.js";
import { newScanId, sha256 } from "./ids.js";
import { decide, letsIn, remembered } from "./verdict.js";

/** One row of the scan log, as the API takes it. */
export function scanOf({ entry, direction, time, verdict = null, letIn = false, ...named }) {
  return {
    scan_id: newScanId(),
    direction,
    pass_id: named.passId ?? null,
    code_hash: named.codeHash ?? null,
    tally: named.tally ?? null,
    voids: named.voids ?? null,
    captured_at: new Date(time.at - time.offset_ms).toISOString(),
    clock_offset_ms: time.offset_ms,
    clock_doubt_ms: time.doubt_ms,
    phone_verdict: verdict,
    let_in: letIn,
    entry,
  };
}

/**
 * The gate of one phone. `knowledge()` is what verdict.js decides from, `keep(scan)` writes it down (true: on disk),
 * `time()` reads the clock, `remember(place, value)` keeps what this phone saw. Work is done one after the other.
 */
export function makeGate({ knowledge, verify, keep, time, remember }) {
  let last = Promise.resolve();

  function inTurn(work) {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  async function take(reading, { text, entry, direction, letIn }) {
    const known = knowledge();
    const now = time();
    const decision = decide(known, reading, { at: now.at, direction });
    const isLetIn = letIn ?? letsIn(decision.verdict, direction, known.manifest.gate);
    const { verdict, passId } = decision;
    const codeHash = passId === null ? await sha256(text) : null;
    const scan = scanOf({ entry, direction, time: now, passId, codeHash, verdict, letIn: isLetIn });
    const isSaved = await keep(scan);
    const seen = remembered(decision, { at: now.at, direction, letIn: isLetIn, gate: known.manifest.gate.code });
    const undo = seen && { place: seen.place, before: known.seen.get(seen.place) ?? null };
    if (seen) remember(seen.place, { state: seen.state, at: seen.at, gate: seen.gate });
    return { ...decision, scan, isSaved, letIn: isLetIn, direction, reading, text, undo };
  }

  return {
    /** A code that was read. */
    read: (text, entry, direction) =>
      inTurn(async () => take(await parse(text, knowledge().manifest.keys, verify), { text, entry, direction })),

    /** A short code that was typed, as a pass id. */
    typed: (passId, direction) => inTurn(() => take({ typed: passId }, { text: passId, entry: "typed", direction })),

    /** The person goes in against what was said: another attempt, marked. */
    letIn: (taken) =>
      inTurn(() => take(taken.reading, { text: taken.text, entry: "tap", direction: "in", letIn: true })),

    /** People without a pass, counted by hand. */
    tally: (count, direction) =>
      inTurn(async () => {
        const scan = scanOf({ entry: "tap", direction, time: time(), tally: count });
        return { scan, isSaved: await keep(scan) };
      }),

    /** A supervisor takes a scan back. */
    undo: (taken) =>
      inTurn(async () => {
        const scan = scanOf({ entry: "tap", direction: taken.direction, time: time(), voids: taken.scan.scan_id });
        const isSaved = await keep(scan);
        if (taken.undo) remember(taken.undo.place, taken.undo.before);
        return { scan, isSaved };
      }),
  };
}

/** What training decides from: its own keys and pass, every kind and this moment's day, nothing of the live gate. */
export function trainingKnowledge(manifest, fields, seen) {
  const number = fields ? [...Array(16).keys()].find((bit) => (fields.days >> bit) & 1) + 1 : 1;
  return {
    manifest: {
      ...manifest,
      keys: manifest.training.keys,
      edition: { ...manifest.edition, number: fields?.edition ?? manifest.edition.number },
      days: [{ number, window_from: "1970-01-01T00:00:00Z", window_until: "9999-12-31T00:00:00Z" }],
      gate: { ...manifest.gate, kinds: [1, 2, 3, 4], rules: [] },
    },
    revoked: new Set(),
    admitted: new Map(),
    seen,
    hasChanges: true,
  };
}
