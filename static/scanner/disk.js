// IndexedDB: the queue is a database of its own, apart from data that can be fetched again.

import { deleteDB, openDB } from "idb";

const QUEUE = "gate-queue";
const DATA = "gate-data";
const STRICT = { durability: "strict" }; // on disk when the promise answers, also if the phone dies
const LOST = ["InvalidStateError", "UnknownError"]; // what browsers say when they have let go of a database
export const MOST_ENTRIES = 500;

/**
 * A database that is opened anew when the browser lets go of it, as phones do with pages in the background. `onTaken`
 * is called when another page wipes it.
 */
async function database({ name, version, stores }, onTaken) {
  let opened = open();
  let isOver = false;

  function open() {
    return openDB(name, version, {
      upgrade(db) {
        for (const [store, options] of Object.entries(stores)) {
          if (!db.objectStoreNames.contains(store)) db.createObjectStore(store, options);
        }
      },
      blocking(_from, wanted, event) {
        event.target.close();
        if (wanted !== null || isOver) return;
        isOver = true; // What is written from now on counts as not saved.
        onTaken();
      },
    });
  }

  await opened;
  return {
    async use(work) {
      try {
        return await work(await opened);
      } catch (error) {
        if (isOver || !LOST.includes(error?.name)) throw error;
        opened = open();
        return work(await opened);
      }
    },
    async wipe() {
      isOver = true;
      (await opened).close();
      await deleteDB(name);
    },
  };
}

/** The queue's disk, as queue.js wants it. */
export async function openQueueDisk(onTaken = () => {}) {
  const stores = { scans: { keyPath: "scan_id" }, refused: { keyPath: "scan.scan_id" } };
  const { use, wipe } = await database({ name: QUEUE, version: 1, stores }, onTaken);

  const inStore = (name, work) =>
    use(async (db) => {
      const transaction = db.transaction(name, "readwrite", STRICT);
      await Promise.all([work(transaction.store), transaction.done]);
    });

  return {
    wipe,
    add: (scan) => inStore("scans", (store) => store.put(scan)),
    remove: (ids) => inStore("scans", (store) => Promise.all(ids.map((id) => store.delete(id)))),
    refuse: (entry) => inStore("refused", (store) => store.put(entry)),
    first: (count) => use((db) => db.getAll("scans", null, count)),
    count: () => use((db) => db.count("scans")),
    refusedCount: () => use((db) => db.count("refused")),
    waiting: () => use((db) => db.getAll("scans")),
    all: () =>
      use(async (db) => {
        const refused = await db.getAll("refused");
        return [...(await db.getAll("scans")), ...refused.map((entry) => ({ ...entry.scan, refused: entry.reason }))];
      }),
  };
}

/** What the phone knows and can fetch again: facts by name, revoked and admitted passes; and passes and scans of its own. */
export async function openDataDisk(onTaken = () => {}) {
  const stores = { facts: {}, revoked: {}, admitted: {}, seen: {}, entries: { keyPath: "scan_id" } };
  const { use, wipe } = await database({ name: DATA, version: 2, stores }, onTaken);

  return {
    wipe,
    keepFact: (name, value) => use((db) => db.put("facts", value, name)),
    allOf: (name) =>
      use(async (db) => {
        const [keys, values] = await Promise.all([db.getAllKeys(name), db.getAll(name)]);
        return new Map(keys.map((key, place) => [key, values[place]]));
      }),
    keepSeen: (place, value) => use((db) => (value ? db.put("seen", value, place) : db.delete("seen", place))),
    /** Keep an entry of the phone's own log, and let go of the oldest beyond so many. Ids are in the order of time. */
    keepEntry: (entry, most = MOST_ENTRIES) =>
      use(async (db) => {
        const { store, done } = db.transaction("entries", "readwrite");
        await store.put(entry);
        const beyond = (await store.count()) - most;
        if (beyond > 0) for (const id of await store.getAllKeys(null, beyond)) store.delete(id);
        await done;
      }),
    /** Everything anew, with these facts alone: another enrolment. Both or neither, so that a phone is never bound to nothing. */
    replace: (kept) =>
      use(async (db) => {
        const names = Object.keys(stores);
        const transaction = db.transaction(names, "readwrite", STRICT);
        await Promise.all([
          ...names.map((name) => transaction.objectStore(name).clear()),
          ...Object.entries(kept).map(([name, value]) => transaction.objectStore("facts").put(value, name)),
          transaction.done,
        ]);
      }),
    /** A page of changes and the cursor after it: both or neither. */
    keepChanges: ({ revoked, admitted, unseen, unadmitted, cursor }) =>
      use(async (db) => {
        const names = ["facts", "revoked", "admitted", "seen"];
        const transaction = db.transaction(names, "readwrite");
        const [facts, revocations, admissions, seen] = names.map((name) => transaction.objectStore(name));
        await Promise.all([
          ...unseen.map((place) => seen.delete(place)),
          ...unadmitted.map((place) => admissions.delete(place)),
          ...revoked.map((passId) => revocations.put(true, passId)),
          ...admitted.map(([place, value]) => admissions.put(value, place)),
          facts.put(cursor, "cursor"),
          transaction.done,
        ]);
      }),
  };
}
