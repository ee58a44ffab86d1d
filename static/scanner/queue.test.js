import assert from "node:assert/strict";
import { test } from "node:test";
import { exported, makeQueue, settled } from "./queue.js";

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
    all: async () => [...scans.values()],
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
  assert.deepEqual(await queue.all(), [scan(4)]);
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

test("the exported file names the phone and holds the scans", () => {
  assert.deepEqual(JSON.parse(exported([scan(1)], "K7QM", "2011-08-27T12:00:00Z")), {
    format: "eventsys-scans-1",
    device: "K7QM",
    exported_at: "2011-08-27T12:00:00Z",
    scans: [scan(1)],
  });
});
