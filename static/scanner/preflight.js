// What is looked at before the first scan, in plain words: camera, storage, fresh data, one training pass.

const FRESH_MS = 15 * 60_000;

/**
 * The rows of the list from the facts; each {key, state: good|bad|open, sentence}. Pure. `camera` is null before it was
 * tried, "works", or why it doesn't; `age` of the data in milliseconds, null without any; `isInstallable` on an iPhone
 * whose browser shows the page: there it is kept only once it is on the home screen.
 */
export function preflightRows({ camera, isPersistent, isInstallable, age, isTrained }, t) {
  const row = (key, answer, sentence) => {
    const state = { true: "good", false: "bad" }[String(answer)] ?? "open";
    return { key, state, sentence: t(sentence ?? `check_${key}_${state}`) };
  };
  const isCamera = camera === null ? null : camera === "works";
  return [
    row("camera", isCamera, isCamera === false ? `camera_${camera}` : undefined),
    row("storage", isPersistent, isPersistent === false && isInstallable ? "check_storage_iphone" : undefined),
    row("data", age === null ? false : age >= 0 && age < FRESH_MS),
    row("training", isTrained ? true : null),
  ];
}

/** What to do next: check the phone, train, or start. What can't be mended by trying again doesn't hold up. */
export function nextAct(rows) {
  const stateOf = (key) => rows.find((row) => row.key === key).state;
  if (stateOf("camera") === "open" || stateOf("storage") === "open") return "check";
  return stateOf("training") === "good" ? "start" : "train";
}

/** Ask the browser not to throw the queue away when space is short. */
export async function askForStorage(storage = globalThis.navigator?.storage) {
  try {
    return (await storage.persisted()) || (await storage.persist());
  } catch {
    return false;
  }
}

/** Whether it was promised before; null where it has to be asked for. */
export async function isStorageKept(storage = globalThis.navigator?.storage) {
  try {
    return (await storage.persisted()) || null;
  } catch {
    return null;
  }
}

/** An iPhone shows the page in its browser: `standalone` is only there, and false until it is opened from the home screen. */
export function isInstallable(navigator = globalThis.navigator) {
  return navigator?.standalone === false;
}
