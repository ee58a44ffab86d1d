// From a code to a verdict: parse, decide, write down, remember. Pure but for what it is given.

import { parse } from "./codec.js";
import { newScanId, sha256 } from "./ids.js";
import { dayAt, decide, letsIn, placeOf, remembered } from "./verdict.js";

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

/** When a scan was made, as the phone knew it. */
const momentOf = (scan) => Date.parse(scan.captured_at) + scan.clock_offset_ms;

/** A scan as an entry of the phone's own log; `before` is where the bearer stood. */
export function entryOf(scan, before = null) {
  const { scan_id, direction, pass_id, tally, voids, phone_verdict: verdict, let_in, entry } = scan;
  return { scan_id, direction, pass_id, tally, voids, verdict, let_in, entry, at: momentOf(scan), before: before?.state ?? null };
}

// Where the bearer stands once a scan is taken back.
const WITHOUT = { already_admitted: "inside", left: "inside" };
const stateWithout = ({ before, verdict }) => before ?? WITHOUT[verdict] ?? "outside";

/**
 * What scans that were written down tell of where bearers stand: [place, value] for a phone that died before it could
 * remember. `entryWith(id)` finds a scan that one of them takes back.
 */
export function relearned(scans, { manifest, seen }, entryWith = () => null) {
  const learned = new Map();
  for (const scan of scans) {
    const at = momentOf(scan);
    const { direction, let_in: letIn, phone_verdict: verdict } = scan;
    const gate = manifest.gate.code;
    const taken = scan.voids ? entryWith(scan.voids) : null;
    const day = dayAt(manifest.days, taken?.at ?? at)?.number ?? null;
    const found = scan.pass_id ? remembered({ verdict, passId: scan.pass_id, day }, { at, direction, letIn, gate }) : null;
    if (found) learned.set(found.place, { state: found.state, at, gate, scan: scan.scan_id });
    if (taken?.pass_id && day !== null) {
      learned.set(placeOf(day, taken.pass_id), { state: stateWithout(taken), at, gate, scan: taken.scan_id });
    }
  }
  return [...learned].filter(([place, { at }]) => !(seen.get(place)?.at >= at));
}

/**
 * The gate of one phone. `knowledge()` is what verdict.js decides from, `keep(scan, before)` writes it down (true: on
 * disk), `time()` reads the clock, `remember(place, value)` keeps what this phone saw. Work is done one after the other.
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
    const isSaved = await keep(scan, decision.before);
    const seen = remembered(decision, { at: now.at, direction, letIn: isLetIn, gate: known.manifest.gate.code });
    if (seen) remember(seen.place, { state: seen.state, at: seen.at, gate: seen.gate, scan: scan.scan_id });
    return { ...decision, scan, isSaved, letIn: isLetIn, direction, reading, text };
  }

  function forget(taken, now) {
    const { manifest, seen, admitted } = knowledge();
    const day = dayAt(manifest.days, taken.at);
    if (!taken.pass_id || !day) return;
    const place = placeOf(day.number, taken.pass_id);
    const isLatest = [seen, admitted].every((known) => !(known.get(place)?.at > taken.at));
    if (isLatest) remember(place, { state: stateWithout(taken), at: now.at, gate: manifest.gate.code, scan: taken.scan_id });
  }

  return {
    /** A code that was read. */
    read: (text, entry, direction) =>
      inTurn(async () => take(await parse(text, knowledge().manifest.keys, verify), { text, entry, direction })),

    /** A short code that was typed, as a pass id. */
    typed: (passId, direction) => inTurn(() => take({ typed: passId }, { text: passId, entry: "typed", direction })),

    /** The person goes in against what was said: another attempt, marked. */
    letIn: (taken) =>
      inTurn(async () => ({
        ...(await take(taken.reading, { text: taken.text, entry: "tap", direction: "in", letIn: true })),
        isOverruled: true,
      })),

    /** People without a pass, counted by hand. */
    tally: (count, direction) =>
      inTurn(async () => {
        const scan = scanOf({ entry: "tap", direction, time: time(), tally: count });
        return { scan, isSaved: await keep(scan) };
      }),

    /** A supervisor takes a scan back: an entry of this phone's log, or one that the server told of another phone's. */
    undo: (taken) =>
      inTurn(async () => {
        const now = time();
        const scan = scanOf({ entry: "tap", direction: taken.direction, time: now, voids: taken.scan_id });
        const isSaved = await keep(scan);
        forget(taken, now);
        return { scan, isSaved };
      }),

    /** When all that was begun is done. */
    settled: () => last,
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
