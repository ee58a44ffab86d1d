import assert from "node:assert/strict";
import { test } from "node:test";
import { exported, proofOf } from "./export.js";
import { sha256 } from "./ids.js";
import { makeQueue, settled } from "./queue.js";

const scan = (number) => ({ scan_id: `id-${number}` });
const stored = (...scans) => scans.map(({ scan_id }) => ({ scan_id, status: "stored" }));

// A disk that takes so many scans and no more.
function smallDisk(room = Number.POSITIVE_INFINITY) {
  const scans = new Map();
  const refused = [];
  return {
    room,
    async add(entry) {
      if (scans.size >= this.room) throw new DOMException("full", "QuotaExceededError");
      scans.set(entry.scan_id, entry);
    },
    first: async (count) => [...scans.values()].slice(0, count),
    remove: async (ids) => ids.forEach((id) => scans.delete(id)),
    refuse: async (entry) => refused.push(entry),
    count: async () => scans.size,
    refusedCount: async () => refused.length,
    all: async () => [...scans.values(), ...refused.map(({ scan: entry, reason }) => ({ ...entry, refused: reason }))],
  };
}

test("a scan leaves the queue only when the server says that it has it", async () => {
  const queue = makeQueue(smallDisk());
  for (const number of [1, 2, 3, 4]) assert.equal(await queue.keep(scan(number)), true);
  const batch = await queue.batch(10);
  const arrived = await queue.settle(batch, [
    { scan_id: "id-1", status: "stored" },
    { scan_id: "id-2", status: "known" },
    { scan_id: "id-3", status: "refused", reason: "tally" },
    { scan_id: "of another phone", status: "stored" },
  ]);
  assert.equal(arrived, 2);
  assert.deepEqual(await queue.counts(), { saved: 1, unsaved: 0, refused: 1 });
  assert.deepEqual(await queue.all(), [scan(4), { ...scan(3), refused: "tally" }]);
});

test("a full disk is said at once; what is not saved is counted, sent all the same, and saved when there is room", async () => {
  const disk = smallDisk(2);
  const queue = makeQueue(disk);
  const kept = [await queue.keep(scan(1)), await queue.keep(scan(2)), await queue.keep(scan(3)), await queue.keep(scan(4))];
  assert.deepEqual(kept, [true, true, false, false]);
  assert.deepEqual(await queue.counts(), { saved: 2, unsaved: 2, refused: 0 });
  assert.deepEqual(await queue.batch(3), [scan(1), scan(2), scan(3)]);
  await queue.settle([scan(1)], stored(scan(1)));
  assert.deepEqual(await queue.counts(), { saved: 2, unsaved: 1, refused: 0 });
  disk.room = 10;
  await queue.settle([scan(4)], stored(scan(4)));
  assert.deepEqual(await queue.counts(), { saved: 2, unsaved: 0, refused: 0 });
});

test("without a disk everything counts as not saved and is sent", async () => {
  const queue = makeQueue(null);
  assert.equal(await queue.keep(scan(1)), false);
  assert.deepEqual(await queue.batch(5), [scan(1)]);
  assert.equal(await queue.settle([scan(1)], stored(scan(1))), 1);
  assert.deepEqual(await queue.counts(), { saved: 0, unsaved: 0, refused: 0 });
});

test("a scan that the answer does not name stays", () => {
  assert.deepEqual(settled([scan(1), scan(2)], stored(scan(2))), { done: ["id-2"], refused: [] });
});

test("a disk that lets go of nothing sends each scan once, and one that can't be read sends what is in memory", async () => {
  const disk = smallDisk(2);
  disk.remove = async () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  const queue = makeQueue(disk);
  for (const number of [1, 2, 3]) await queue.keep(scan(number));
  assert.equal(await queue.settle([scan(1)], stored(scan(1))), 1);
  assert.deepEqual(await queue.batch(5), [scan(2), scan(3)]);
  assert.deepEqual(await queue.counts(), { saved: 1, unsaved: 1, refused: 0 });
  assert.deepEqual(await queue.all(), [scan(2), scan(3)]);
  for (const name of ["first", "count", "all"]) disk[name] = async () => Promise.reject(new DOMException("gone", "UnknownError"));
  assert.deepEqual(await queue.batch(5), [scan(3)]);
  assert.deepEqual(await queue.counts(), { saved: 1, unsaved: 1, refused: 0 }, "the last count stands");
});

test("what the server refuses is asked for no more, and stays in the file, also without a disk", async () => {
  const refusal = [{ scan_id: "id-1", status: "refused", reason: "scan_malformed" }];
  const full = smallDisk();
  full.refuse = async () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  for (const disk of [null, smallDisk(), full]) {
    const queue = makeQueue(disk);
    await queue.keep(scan(1));
    await queue.settle([scan(1)], refusal);
    assert.deepEqual(await queue.batch(5), []);
    const { saved, unsaved, refused } = await queue.counts();
    assert.deepEqual([saved, unsaved, refused], [0, 0, 1]);
    assert.deepEqual((await queue.all()).map(({ refused: reason }) => reason), ["scan_malformed"]);
  }
});

test("the exported file names the phone, holds the scans, and proves that they are this phone's", async () => {
  const file = JSON.parse(await exported({ scans: [scan(1)], device: "K7QM", token: "secret", now: "2011-08-27T12:00:00Z" }));
  const { proof, ...rest } = file;
  assert.deepEqual(rest, { format: "eventsys-scans-1", device: "K7QM", exported_at: "2011-08-27T12:00:00Z", scans: [scan(1)] });
  assert.equal(proof, await proofOf('[{"scan_id":"id-1"}]', await sha256("secret")));
  // RFC 4231, section 4.3.
  assert.equal(await proofOf("what do ya want for nothing?", "Jefe"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
});
