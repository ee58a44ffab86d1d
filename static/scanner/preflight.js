// What is looked at before the first scan, in plain words: camera, storage, fresh data, one training pass.

const FRESH_MS = 15 * 60_000;

/** The rows of the list from the facts; each {key, state, sentence}. Pure. */
export function preflightRows(facts, t) {
  const rows = [
    ["camera", facts.camera],
    ["storage", facts.isPersistent],
    ["data", facts.fetchedAt === null ? null : facts.now - facts.fetchedAt < FRESH_MS],
    ["training", facts.isTrained ? true : null],
  ];
  return rows.map(([key, answer]) => {
    const state = { true: "good", false: "bad" }[String(answer)] ?? "open";
    return { key, state, sentence: t(`check_${key}_${state}`) };
  });
}

/** Ask the browser not to throw the queue away when space is short. */
export async function askForStorage(storage = globalThis.navigator?.storage) {
  try {
    return (await storage.persisted()) || (await storage.persist());
  } catch {
    return false;
  }
}
