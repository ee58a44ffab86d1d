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

/** Scans as a file that an organiser can upload when the phone can't. */
export function exported(scans, device, now) {
  return JSON.stringify({ format: "eventsys-scans-1", device, exported_at: now, scans }, null, 1);
}

/**
 * The queue on a disk: {add(scan), first(count), remove(ids), refuse({scan, reason}), count(), refusedCount(), all()},
 * all promises. `disk` null where the browser gives none: then everything counts as not saved.
 */
export function makeQueue(disk) {
  const unsaved = new Map();

  async function written(scan) {
    try {
      await disk.add(scan);
      return true;
    } catch {
      return false;
    }
  }

  return {
    /** Keep a scan; true when it is on disk. */
    async keep(scan) {
      if (disk && (await written(scan))) return true;
      unsaved.set(scan.scan_id, scan);
      return false;
    },

    /** The oldest scans still to send. */
    async batch(size) {
      const saved = disk ? await disk.first(size) : [];
      return [...saved, ...[...unsaved.values()].slice(0, Math.max(0, size - saved.length))];
    },

    /** Take the server's results; answers how many scans have arrived, and tries once more to save what was not. */
    async settle(batch, results) {
      const { done, refused } = settled(batch, results);
      for (const entry of refused) await disk?.refuse(entry);
      const gone = [...done, ...refused.map(({ scan }) => scan.scan_id)];
      await disk?.remove(gone);
      for (const id of gone) unsaved.delete(id);
      for (const [id, scan] of disk ? unsaved : []) {
        if (!(await written(scan))) break;
        unsaved.delete(id);
      }
      return done.length;
    },

    async counts() {
      const saved = disk ? await disk.count() : 0;
      return { saved, unsaved: unsaved.size, refused: disk ? await disk.refusedCount() : 0 };
    },

    async all() {
      return [...(disk ? await disk.all() : []), ...unsaved.values()];
    },
  };
}
