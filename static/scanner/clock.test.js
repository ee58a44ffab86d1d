import assert from "node:assert/strict";
import { test } from "node:test";
import { UNMEASURED, better, measured, reading } from "./clock.js";

const HOUR = 3_600_000;

test("a phone 26 hours ahead is put right by one exchange", () => {
  const wall = 100 * HOUR;
  const clock = measured({ sentAt: wall, receivedAt: wall + 80, serverTime: wall + 40 - 26 * HOUR, steady: 80 });
  assert.equal(clock.offset_ms, -26 * HOUR);
  assert.equal(reading(clock, wall + 80, 80).at, wall + 80 - 26 * HOUR);
  assert.equal(reading(clock, wall + 80, 80).doubt_ms, 41);
});

test("doubt grows slowly with time", () => {
  const clock = measured({ sentAt: 0, receivedAt: 100, serverTime: 50, steady: 100 });
  assert.equal(reading(clock, 100 + HOUR, 100 + HOUR).doubt_ms, 51 + 360);
});

test("a clock that was set since the exchange is doubted by as much as it jumped", () => {
  const clock = measured({ sentAt: 0, receivedAt: 100, serverTime: 50, steady: 100 });
  const { doubt_ms: doubt } = reading(clock, 1100 + 2 * HOUR, 1100);
  assert.ok(doubt >= 2 * HOUR && doubt < 2.01 * HOUR, String(doubt));
});

test("without any exchange a day is in doubt", () => {
  assert.deepEqual(reading(UNMEASURED, 5, 5), { offset_ms: 0, doubt_ms: 24 * HOUR, at: 5 });
});

test("a slow exchange does not replace a good one, but one after a jump does", () => {
  const good = measured({ sentAt: 0, receivedAt: 20, serverTime: 10, steady: 20 });
  const slow = measured({ sentAt: 1000, receivedAt: 2900, serverTime: 2800, steady: 2900 });
  assert.equal(better(good, slow, 2900, 2900), good);
  assert.equal(better(UNMEASURED, slow, 2900, 2900), slow);
  const afterJump = measured({ sentAt: HOUR, receivedAt: HOUR + 1900, serverTime: 0, steady: 5000 });
  assert.equal(better(good, afterJump, HOUR + 1900, 5000), afterJump);
});
