// IndexedDB: the queue is a database of its own, apart from data that can be fetched again.

import { deleteDB, openDB } from "idb";

const QUEUE = "gate-queue";
const DATA = "gate-data";
const STRICT = { durability: "strict" }; // on disk when the promise answers, also if the phone dies

// Open a database; let go of it when another tab wipes it.
function open(name, upgrade) {
  return openDB(name, 1, { upgrade, blocking: (_from, _to, event) => event.target.close() });
}

/** The queue's disk, as queue.js wants it. */
export async function openQueueDisk() {
  const database = await open(QUEUE, (db) => {
    db.createObjectStore("scans", { keyPath: "scan_id" });
    db.createObjectStore("refused", { keyPath: "scan.scan_id" });
  });

  async function inStore(name, work) {
    const transaction = database.transaction(name, "readwrite", STRICT);
    await Promise.all([work(transaction.store), transaction.done]);
  }

  return {
    add: (scan) => inStore("scans", (store) => store.put(scan)),
    remove: (ids) => inStore("scans", (store) => Promise.all(ids.map((id) => store.delete(id)))),
    refuse: (entry) => inStore("refused", (store) => store.put(entry)),
    first: (count) => database.getAll("scans", null, count),
    count: () => database.count("scans"),
    refusedCount: () => database.count("refused"),
    async wipe() {
      database.close();
      await deleteDB(QUEUE);
    },
    async all() {
      const refused = await database.getAll("refused");
      return [...(await database.getAll("scans")), ...refused.map((entry) => ({ ...entry.scan, refused: entry.reason }))];
    },
  };
}

/** What the phone knows and can fetch again: facts by name, revoked and admitted passes, passes seen here. */
export async function openDataDisk() {
  const database = await open(DATA, (db) => {
    for (const name of ["facts", "revoked", "admitted", "seen"]) db.createObjectStore(name);
  });

  async function allOf(name) {
    const [keys, values] = await Promise.all([database.getAllKeys(name), database.getAll(name)]);
    return new Map(keys.map((key, place) => [key, values[place]]));
  }

  return {
    fact: (name) => database.get("facts", name),
    keepFact: (name, value) => database.put("facts", value, name),
    allOf,
    keepSeen: (place, value) => (value ? database.put("seen", value, place) : database.delete("seen", place)),
    /** A page of changes and the cursor after it: both or neither. */
    async keepChanges({ revoked, admitted, cursor }) {
      const transaction = database.transaction(["facts", "revoked", "admitted"], "readwrite");
      const stores = Object.fromEntries(["facts", "revoked", "admitted"].map((name) => [name, transaction.objectStore(name)]));
      await Promise.all([
        ...revoked.map((passId) => stores.revoked.put(true, passId)),
        ...admitted.map(([place, value]) => stores.admitted.put(value, place)),
        stores.facts.put(cursor, "cursor"),
        transaction.done,
      ]);
    },
    async wipe() {
      database.close();
      await deleteDB(DATA);
    },
  };
}
