// Sending and fetching in the background. It never asks the browser whether there is a network: it tries, waits at most
// two seconds, and tries again later. Scans go first; a batch that takes too long is halved.

import { problemOf } from "./api.js";

export const MOST_SCANS = 500;
const FIRST_BATCH = 100;
const IDLE_MS = 10_000;
const SOON_MS = 1_000;
const SHORTEST_MS = 2_000;
const LONGEST_MS = 60_000;
const MANIFEST_EVERY_MS = 300_000;
const BROKEN = [400, 413, 422]; // nothing of such a batch was stored; a smaller one may be sound

/** How long to wait after so many failures in a row; `chance` 0..1 spreads phones that lost the network together. */
export function delayAfter(failures, chance) {
  if (failures === 0) return IDLE_MS;
  const full = Math.min(SHORTEST_MS * 2 ** (failures - 1), LONGEST_MS);
  return Math.round(full * (0.75 + chance / 2));
}

/** The size of the next batch after one that went through, or did not. */
export function sizeAfter(size, isThrough) {
  return isThrough ? Math.min(size * 2, MOST_SCANS) : Math.max(Math.floor(size / 2), 1);
}

/** What an answer means for this phone: ok, later (try again), broken (the request itself), revoked or expired. */
export function meaningOf(answer) {
  if (answer.status === 200 || answer.status === 304) return "ok";
  if (BROKEN.includes(answer.status)) return "broken";
  if (answer.status === 401) return "expired";
  return answer.status === 403 && problemOf(answer) === "device_revoked" ? "revoked" : "later";
}

/**
 * The background work. `knowledge` keeps what is fetched: keepChanges(page), keepManifest(body, etag), cursor(),
 * manifestEtag(), language(). `messages` takes what those in charge write, and holds what is said back.
 * `tell` hears {kind: "sent"|"fetched"|"status"|"message"|"failed"|"revoked"|"expired", …}.
 */
export function makeSync({ api, queue, knowledge, messages, tell, chance = Math.random }) {
  let failures = 0;
  let size = FIRST_BATCH;
  let timer = null;
  let running = null;
  let isAgain = false;
  let isSoon = false;
  let isStopped = false;
  let manifestAt = Number.NEGATIVE_INFINITY;

  async function sendAll() {
    for (;;) {
      const batch = await queue.batch(size);
      if (batch.length === 0) return "ok";
      const { saved, unsaved } = await queue.counts();
      const answer = await api.scans(batch, Math.max(saved + unsaved - batch.length, 0));
      const meaning = meaningOf(answer);
      size = sizeAfter(Math.min(size, batch.length), meaning === "ok");
      if (meaning !== "ok" && meaning !== "broken") return meaning;
      const results = meaning === "ok" ? (answer.body?.results ?? []) : refusalOf(batch);
      const arrived = await queue.settle(batch, results);
      tell({ kind: "sent", count: arrived });
      // An answer that settles nothing would be asked for again at once, for ever.
      if (meaning === "ok" && arrived === 0 && results.every(({ status }) => status !== "refused")) return "later";
    }
  }

  async function fetchChanges() {
    for (;;) {
      const answer = await api.changes(await knowledge.cursor());
      const meaning = meaningOf(answer);
      if (meaning !== "ok") return meaning;
      await knowledge.keepChanges(answer.body);
      const fresh = await messages.take(answer.body.messages);
      if (fresh.length > 0) tell({ kind: "message", messages: fresh });
      if (!answer.body.more) return "ok";
    }
  }

  // What the server can't read at all must not keep the phone from its work: it waits, and is tried again.
  async function sendReceipts() {
    const waiting = messages.waiting();
    if (waiting.length === 0) return "ok";
    const answer = await api.receipts(waiting);
    const meaning = meaningOf(answer);
    if (meaning === "ok") await messages.settle(answer.body?.results ?? []);
    return meaning === "broken" ? "ok" : meaning;
  }

  async function fetchManifest() {
    if (performance.now() - manifestAt < MANIFEST_EVERY_MS) return "ok";
    const answer = await api.manifest(knowledge.language(), await knowledge.manifestEtag());
    const meaning = meaningOf(answer);
    if (meaning !== "ok") return meaning;
    if (answer.status === 200) await knowledge.keepManifest(answer.body, answer.etag);
    manifestAt = performance.now();
    return "ok";
  }

  async function fetchStatus() {
    const answer = await api.status();
    if (answer.status === 200) tell({ kind: "status", status: answer.body });
    return meaningOf(answer);
  }

  async function cycle() {
    try {
      const sent = await sendAll();
      let meaning = sent;
      const steps = [sendReceipts, fetchManifest, fetchChanges, sendReceipts, fetchStatus];
      for (const step of steps) if (meaning === "ok") meaning = await step();
      tell(outcomeOf(meaning, sent === "ok"));
      return meaning === "ok";
    } catch (error) {
      tell({ kind: "failed", error });
      return false;
    }
  }

  async function run() {
    clearTimeout(timer);
    isAgain = false;
    failures = (await cycle()) ? 0 : failures + 1;
    running = null;
    if (isStopped) return;
    isSoon = isAgain && failures === 0;
    timer = setTimeout(now, isSoon ? SOON_MS : delayAfter(failures, chance()));
  }

  function now() {
    if (isStopped) return Promise.resolve();
    isAgain = running !== null;
    running ??= run();
    return running;
  }

  return {
    /** Work at once; after a call during the work it works again soon. */
    now,
    /** Work soon: what happens in between is sent together. A steady stream of calls puts nothing off. */
    soon(withinMs = SOON_MS) {
      if (running) isAgain = true;
      if (running || isSoon || isStopped || failures > 0) return;
      isSoon = true;
      clearTimeout(timer);
      timer = setTimeout(now, withinMs);
    },
    /** Fetch the manifest with the next work, whatever its age. */
    renew() {
      manifestAt = Number.NEGATIVE_INFINITY;
      return now();
    },
    /** No more work; a promise for the end of what is under way, which may still write down what it fetched. */
    stop() {
      isStopped = true;
      clearTimeout(timer);
      return running ?? Promise.resolve();
    },
  };
}

function outcomeOf(meaning, isSent) {
  if (meaning === "ok") return { kind: "fetched", at: Date.now() };
  return { kind: meaning === "later" || meaning === "broken" ? "failed" : meaning, isSent };
}

// One scan that the server can't even read must not hold up all others: it is put aside, and stays in the exported file.
function refusalOf(batch) {
  return batch.length === 1 ? [{ scan_id: batch[0].scan_id, status: "refused", reason: "malformed" }] : [];
}
