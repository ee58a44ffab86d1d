// Scans on their way to the server. Written to disk before a verdict is shown; a full disk is said at once, and what
// could not be written is kept in memory, counted as "not saved", and sent all the same.

/** The batch's results, sorted into what may be forgotten and what the server will never take. */
export function settled(batch, results) {
  const answers = new Map(results.map((result) => [result.scan_id, result]));
  const done = [];
  const refused = [];
  for (const scan of batch) {
    const answer = answers.get(scan.scan_id);
    if (answer?.status === "stored" || answer?.status === "known") done.push(scan.scan_id);
    if (answer?.status === "refused") refused.push({ scan, reason: answer.reason ?? "" });
  }
  return { done, refused };
}

/**
 * The queue on a disk: {add(scan), first(count), remove(ids), refuse({scan, reason}), count(), refusedCount(), all()},
 * all promises. `disk` null where the browser gives none: then everything counts as not saved.
 */
export function makeQueue(disk) {
  const unsaved = new Map();
  const arrived = new Set(); // on the server, and not yet off the disk: a full one may not even let go
  const aside = new Map(); // refused, and not on disk as such
  let known = { saved: 0, refused: 0 };

  async function tried(work) {
    try {
      await work();
      return true;
    } catch {
      return false;
    }
  }

  const isOpen = ({ scan_id: id }) => !arrived.has(id) && !aside.has(id);

  // What the disk holds and the server hasn't; nothing where it can't be read, so that the rest is sent all the same.
  async function waiting(size) {
    if (!disk) return [];
    const found = await disk.first(size + arrived.size + aside.size).catch(() => []);
    return found.filter(isOpen).slice(0, size);
  }

  // What is still on disk is counted, also when it can't be read for a moment.
  async function counted() {
    if (!disk) return known;
    try {
      const stuck = [...aside.values()].filter(({ isOnDisk }) => isOnDisk).length;
      known = { saved: Math.max((await disk.count()) - arrived.size - stuck, 0), refused: await disk.refusedCount() };
    } catch {
      // The last count stands.
    }
    return known;
  }

  async function putAside(entry) {
    const id = entry.scan.scan_id;
    const isOnDisk = !unsaved.delete(id);
    if (disk && (await tried(() => disk.refuse(entry)))) {
      if (isOnDisk) arrived.add(id);
    } else aside.set(id, { ...entry, isOnDisk: isOnDisk && disk !== null });
  }

  return {
    /** Keep a scan; true when it is on disk. */
    async keep(scan) {
      if (disk && (await tried(() => disk.add(scan)))) return true;
      unsaved.set(scan.scan_id, scan);
      return false;
    },

    /** The oldest scans still to send. */
    async batch(size) {
      const saved = await waiting(size);
      return [...saved, ...[...unsaved.values()].slice(0, Math.max(0, size - saved.length))];
    },

    /** Take the server's results; answers how many scans have arrived, and tries once more to save what was not. */
    async settle(batch, results) {
      const { done, refused } = settled(batch, results);
      for (const id of done) if (!unsaved.delete(id) && disk) arrived.add(id);
      for (const entry of refused) await putAside(entry);
      if (arrived.size > 0 && (await tried(() => disk.remove([...arrived])))) arrived.clear();
      for (const [id, scan] of disk ? unsaved : []) {
        if (!(await tried(() => disk.add(scan)))) break;
        unsaved.delete(id);
      }
      return done.length;
    },

    /** How many are in memory alone. */
    unsavedCount: () => unsaved.size,

    /** How many wait on disk and in memory alone, and how many the server will never take. */
    async counts() {
      const { saved, refused } = await counted();
      return { saved, unsaved: unsaved.size, refused: refused + aside.size };
    },

    /** Everything that has not arrived, for the exported file; what was refused carries the reason. */
    async all() {
      const saved = disk ? await disk.all().catch(() => []) : [];
      const refused = [...aside.values()].map(({ scan, reason }) => ({ ...scan, refused: reason }));
      return [...saved.filter((scan) => "refused" in scan || isOpen(scan)), ...unsaved.values(), ...refused];
    },
  };
}
