// Messages from those in charge: shown until somebody taps, and what is said back kept on the phone until the server has it.
// One fact on the disk holds all of it, so that a message is never acknowledged without its receipt, nor the other way round.

const FACT = "messages";
const NOTHING = { standing: [], state: {}, waiting: [] };
const MOST_RECEIPTS = 500;

/** `knowledge` keeps facts; `time()` is this moment as {at} by the server's clock, as far as this phone knows it. */
export function makeMessages({ knowledge, time }) {
  let kept = knowledge.fact(FACT) ?? NOTHING;

  // On disk first, where there is one; a full disk loses nothing as long as the page lives.
  function keep(changed) {
    kept = changed;
    return Promise.resolve(knowledge.keepFact(FACT, changed));
  }

  const receipt = (code, kind) => ({ message: code, kind, at: new Date(time().at).toISOString() });
  const isSame = (one) => (other) => other.message === one.message && other.kind === one.kind;

  return {
    /** All that stand now, as the server lists them: what it no longer lists was taken back. Answers those that are new. */
    async take(listed) {
      if (!listed) return []; // a server that knows of no messages
      const fresh = listed.filter(({ code }) => !kept.state[code]);
      const state = Object.fromEntries(listed.map(({ code }) => [code, kept.state[code] ?? "received"]));
      const waiting = [...kept.waiting, ...fresh.map(({ code }) => receipt(code, "received"))];
      await keep({ standing: listed, state, waiting });
      return fresh;
    },

    /** What nobody here has acknowledged, the newest first. */
    unread: () => kept.standing.filter(({ code }) => kept.state[code] !== "acknowledged").reverse(),

    /** What was acknowledged here and still stands, the newest first. */
    read: () => kept.standing.filter(({ code }) => kept.state[code] === "acknowledged").reverse(),

    /** Somebody has read it. A second tap says nothing more. */
    async acknowledge(code) {
      if (kept.state[code] !== "received") return;
      const state = { ...kept.state, [code]: "acknowledged" };
      await keep({ ...kept, state, waiting: [...kept.waiting, receipt(code, "acknowledged")] });
    },

    /** What the server has not confirmed yet, in order of time. */
    waiting: () => kept.waiting.slice(0, MOST_RECEIPTS),

    /** The server's results: what it has, or will never take, is no longer waiting. */
    settle(results) {
      return keep({ ...kept, waiting: kept.waiting.filter((one) => !results.some(isSame(one))) });
    },

    /** For a phone that is connected anew. */
    forget: () => keep(NOTHING),
  };
}
