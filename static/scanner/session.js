// One phone at one gate: disks, clock, knowledge, queue, API and background work, put together.

import { makeApi } from "./api.js";
import { UNMEASURED, better, measured, reading } from "./clock.js";
import { parse } from "./codec.js";
import { openDataDisk, openQueueDisk } from "./disk.js";
import { makeGate, trainingKnowledge } from "./gate.js";
import { openKnowledge } from "./knowledge.js";
import { makeMessages } from "./messages.js";
import { makeQueue } from "./queue.js";
import { makeVerifier } from "./signatures.js";
import { makeSync } from "./sync.js";

/** Open everything; `tell` hears what the background work says. Works without a disk, and says so. */
export async function openSession(base, tell) {
  const data = await openDataDisk().catch(() => null);
  const queueDisk = await openQueueDisk().catch(() => null);
  const knowledge = await openKnowledge(data);
  const queue = makeQueue(queueDisk);
  const verify = await makeVerifier();
  let clock = { ...(knowledge.fact("clock") ?? UNMEASURED), steady: null };

  function onClock(exchange) {
    const steady = performance.now();
    clock = better(clock, measured({ ...exchange, steady }), Date.now(), steady);
    knowledge.keepFact("clock", clock);
  }

  const time = () => reading(clock, Date.now(), performance.now());
  const api = makeApi({ base, token: () => knowledge.fact("device")?.token, onClock });
  const messages = makeMessages({ knowledge, time });
  const sync = makeSync({ api, queue, knowledge, messages, tell });

  async function keep(scan) {
    const isSaved = await queue.keep(scan);
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

    /** Exchange a link's token or a typed code for this phone's own token. Answers the API's answer. */
    async enrol(code, nickname) {
      const answer = await api.enrol(code, nickname);
      if (answer.status === 201) await Promise.all([knowledge.keepFact("device", answer.body), messages.forget()]);
      return answer;
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
