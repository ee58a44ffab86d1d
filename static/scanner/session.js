// One phone at one gate: disks, clock, knowledge, queue, API and background work, put together.

import { makeApi } from "./api.js";
import { UNMEASURED, better, measured, reading } from "./clock.js";
import { parse } from "./codec.js";
import { openDataDisk, openQueueDisk } from "./disk.js";
import { entryOf, makeGate, relearned, trainingKnowledge } from "./gate.js";
import { sha256 } from "./ids.js";
import { openKnowledge } from "./knowledge.js";
import { makeMessages } from "./messages.js";
import { makeQueue } from "./queue.js";
import { makeVerifier } from "./signatures.js";
import { makeSync } from "./sync.js";

const LAST_TRIES = 3;
const KEPT = ["language", "theme", "clock"]; // what is the phone's and not the gate's

/**
 * Open everything; `tell` hears what the background work says, and {kind: "taken"} when another page wiped the phone.
 * Works without a disk, and says so.
 */
export async function openSession(base, tell) {
  const onTaken = () => tell({ kind: "taken" });
  const others = globalThis.BroadcastChannel ? new BroadcastChannel("gate") : null; // this page in other tabs
  others?.addEventListener("message", onTaken);
  const data = await openDataDisk(onTaken).catch(() => null);
  const queueDisk = await openQueueDisk(onTaken).catch(() => null);
  const knowledge = await openKnowledge(data);
  const queue = makeQueue(queueDisk);
  const verify = await makeVerifier();
  let clock = { ...(knowledge.fact("clock") ?? UNMEASURED), steady: null };
  let isClosed = false;

  function onClock(exchange) {
    const steady = performance.now();
    clock = better(clock, measured({ ...exchange, steady }), Date.now(), steady);
    knowledge.keepFact("clock", clock);
  }

  const time = () => reading(clock, Date.now(), performance.now());
  const api = makeApi({ base, token: () => knowledge.fact("device")?.token, onClock });
  const messages = makeMessages({ knowledge, time });
  const sync = makeSync({ api, queue, knowledge, messages, tell });

  async function keep(scan, before) {
    if (isClosed) throw new Error("This phone takes no more scans.");
    const isSaved = await queue.keep(scan);
    knowledge.enter(entryOf(scan, before));
    sync.soon();
    return isSaved;
  }

  const gate = makeGate({
    knowledge: () => knowledge.view(),
    verify,
    keep,
    time,
    remember: (place, value) => knowledge.remember(place, value),
  });

  // A phone that died between writing a scan down and remembering it: what waits in the queue tells.
  async function relearn() {
    const waiting = (await queueDisk?.waiting().catch(() => [])) ?? [];
    const known = new Map(knowledge.entries().map((entry) => [entry.scan_id, entry]));
    for (const scan of waiting) {
      if (known.has(scan.scan_id)) continue;
      known.set(scan.scan_id, entryOf(scan));
      knowledge.enter(entryOf(scan));
    }
    for (const [place, value] of relearned(waiting, knowledge.view(), (id) => known.get(id))) knowledge.remember(place, value);
  }

  async function isEmpty() {
    const { saved, unsaved, refused } = await queue.counts();
    return saved + unsaved + refused === 0;
  }

  await relearn();
  return {
    knowledge,
    queue,
    messages,
    sync,
    gate,
    api,
    time,
    hasDisk: data !== null && queueDisk !== null,
    device: () => knowledge.fact("device") ?? null,

    /** The gate that this phone is connected to, as the volunteer calls it. */
    gateName: () => knowledge.manifest()?.gate.name ?? knowledge.fact("device")?.gate.name ?? "",

    /** Take no more scans and send what is left; true when nothing is left. Else it goes on taking scans. */
    async close() {
      isClosed = true;
      await gate.settled();
      for (let tries = 0; tries < LAST_TRIES && !(await isEmpty()); tries += 1) await sync.now();
      isClosed = await isEmpty();
      return isClosed;
    },

    /** Exchange a link's token or a typed code for this phone's own token. Answers the API's answer. */
    async enrol(code, nickname) {
      const answer = await api.enrol(code, nickname);
      if (answer.status !== 201) return answer;
      const link = await sha256(code);
      await Promise.all([knowledge.keepFact("device", answer.body), knowledge.keepFact("link", link), messages.forget()]);
      return answer;
    },

    /** Whether this is the link that this phone came by. */
    isOwnLink: async (code) => (await sha256(code)) === knowledge.fact("link"),

    /**
     * Bind this phone to another link, for an empty queue that was closed: what it had is let go of only once the server
     * has taken it in anew. Answers the API's answer; the page has to be loaded again after 201.
     */
    async enrolAnew(code, nickname) {
      const answer = await api.enrol(code, nickname);
      if (answer.status !== 201) return answer;
      await sync.stop(); // what it still fetched for the old gate must not come after
      const kept = { device: answer.body, link: await sha256(code) };
      for (const name of KEPT) if (knowledge.fact(name) !== undefined) kept[name] = knowledge.fact(name);
      // A disk that can't take it keeps the old gate whole.
      if (await data.replace(kept).then(() => true, () => false)) others?.postMessage("taken");
      return answer;
    },

    /** Take scans again. */
    reopen() {
      isClosed = false;
    },

    /** The manifest in every language, so that the volunteer can change it without a network. */
    async fetchLanguages(languages) {
      for (const language of languages) {
        const answer = await api.manifest(language, null);
        if (answer.status === 200) await knowledge.keepManifest(answer.body, answer.etag, language);
      }
    },

    /** A gate for training: its own keys and memory; nothing is kept or sent. Null without a manifest. */
    async training() {
      const manifest = knowledge.manifest();
      if (!manifest) return null;
      const { fields } = await parse(manifest.training.pass, manifest.training.keys, verify);
      const seen = new Map();
      const known = trainingKnowledge(manifest, fields, seen);
      const remember = (place, value) => (value ? seen.set(place, value) : seen.delete(place));
      return makeGate({ knowledge: () => known, verify, keep: async () => true, time, remember });
    },

    /** Forget everything. Only for an empty queue, or when the organiser revoked this phone and all was sent. */
    async wipe() {
      sync.stop();
      await queueDisk?.wipe();
      await data?.wipe();
    },
  };
}
