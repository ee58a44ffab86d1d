import assert from "node:assert/strict";
import { test } from "node:test";
import { openKnowledge } from "./knowledge.js";
import { makeMessages } from "./messages.js";

const AT = Date.parse("2011-08-27T12:00:00Z");
const NOON = "2011-08-27T12:00:00.000Z";
const message = (code) => ({ code, text: `Do ${code}`, gate: null, sent_at: NOON });
const codes = (listed) => listed.map(({ code }) => code);
const said = (messages) => messages.waiting().map(({ message: code, kind }) => `${code} ${kind}`);

// What the data disk does, in memory; `isFull` refuses to write.
function makeDisk() {
  const facts = new Map();
  return {
    facts,
    isFull: false,
    allOf: async (name) => new Map(name === "facts" ? facts : []),
    async keepFact(name, value) {
      if (this.isFull) throw new DOMException("full", "QuotaExceededError");
      facts.set(name, structuredClone(value));
    },
  };
}

async function open(disk = null) {
  return makeMessages({ knowledge: await openKnowledge(disk), time: () => ({ at: AT }) });
}

test("a message is shown until somebody acknowledges it, the newest first", async () => {
  const messages = await open();
  assert.deepEqual(codes(await messages.take([message("A"), message("B")])), ["A", "B"]);
  assert.deepEqual(codes(messages.unread()), ["B", "A"]);
  await messages.acknowledge("B");
  assert.deepEqual([codes(messages.unread()), codes(messages.read())], [["A"], ["B"]]);
  assert.deepEqual(messages.waiting().at(-1), { message: "B", kind: "acknowledged", at: NOON });
});

test("the same message again is nothing new, and a second tap says nothing more", async () => {
  const messages = await open();
  await messages.take([message("A")]);
  assert.deepEqual(await messages.take([message("A")]), []);
  await Promise.all([messages.acknowledge("A"), messages.acknowledge("A")]);
  assert.deepEqual(said(messages), ["A received", "A acknowledged"]);
});

test("what was taken back is shown no longer; what is said of it is said all the same", async () => {
  const messages = await open();
  await messages.take([message("A"), message("B")]);
  await messages.take([message("B")]);
  assert.deepEqual([codes(messages.unread()), said(messages)], [["B"], ["A received", "B received"]]);
  await messages.acknowledge("A");
  assert.deepEqual(said(messages), ["A received", "B received"]);
});

test("a receipt waits until the server names it, also over a restart", async () => {
  const disk = makeDisk();
  const before = await open(disk);
  await before.take([message("A")]);
  await before.acknowledge("A");
  const after = await open(disk);
  assert.deepEqual([codes(after.unread()), said(after)], [[], ["A received", "A acknowledged"]]);
  await after.settle([{ message: "A", kind: "received", status: "stored" }]);
  assert.deepEqual(said(after), ["A acknowledged"]);
  await after.settle([{ message: "A", kind: "acknowledged", status: "refused" }]);
  assert.deepEqual(said(await open(disk)), []);
});

test("a full disk loses nothing while the page lives", async () => {
  const disk = makeDisk();
  const messages = await open(disk);
  await messages.take([message("A")]);
  disk.isFull = true;
  await messages.acknowledge("A");
  assert.deepEqual([codes(messages.unread()), said(messages)], [[], ["A received", "A acknowledged"]]);
  assert.deepEqual(said(await open(disk)), ["A received"]);
});

test("a server that knows of no messages takes none away", async () => {
  const messages = await open();
  await messages.take([message("A")]);
  assert.deepEqual(await messages.take(undefined), []);
  assert.deepEqual(codes(messages.unread()), ["A"]);
  await messages.forget();
  assert.deepEqual([messages.unread(), messages.waiting()], [[], []]);
});
