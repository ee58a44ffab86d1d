// Against a real HTTP server: the network is what this module is about.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { makeApi, problemOf } from "./api.js";
import { openKnowledge } from "./knowledge.js";
import { makeMessages } from "./messages.js";
import { makeQueue } from "./queue.js";
import { delayAfter, makeSync, meaningOf, sizeAfter } from "./sync.js";

const json = (status, body) => ({ status, body });

// A server that answers by `answers[call](body, query)`; undefined never answers.
async function serve(t, answers) {
  const log = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://gate");
    const name = url.pathname.split("/").pop();
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = text ? JSON.parse(text) : null;
    log.push({ name, body, query: url.searchParams, headers: request.headers });
    const answer = await answers[name](body, url.searchParams, request);
    if (!answer) return;
    response.writeHead(answer.status, { "Content-Type": "application/json", ETag: '"1"' });
    response.end(answer.status === 304 ? "" : JSON.stringify(answer.body));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => (server.closeAllConnections(), server.close()));
  return { base: `http://127.0.0.1:${server.address().port}/api/v1/gate`, log };
}

const good = {
  scans: ({ scans }) => json(200, { server_time: new Date().toISOString(), results: scans.map(({ scan_id }) => ({ scan_id, status: "stored" })) }),
  changes: () => json(200, { cursor: "9", revoked: [], admitted: [], more: false }),
  manifest: () => json(200, { edition: { number: 7 } }),
  status: () => json(200, { gate: { admitted: 1 } }),
  receipts: ({ receipts }) => json(200, { results: receipts.map(({ message, kind }) => ({ message, kind, status: "stored" })) }),
};

async function setUp(t, answers = {}, timeoutMs = 2000) {
  const server = await serve(t, { ...good, ...answers });
  const knowledge = await openKnowledge(null);
  knowledge.keepFact("language", "da");
  const queue = makeQueue(null);
  const told = [];
  const api = makeApi({ base: server.base, token: () => "secret", timeoutMs });
  const messages = makeMessages({ knowledge, time: () => ({ at: Date.parse("2011-08-27T12:00:00Z") }) });
  const sync = makeSync({ api, queue, knowledge, messages, tell: (message) => told.push(message), chance: () => 0.5 });
  t.after(() => sync.stop());
  return { ...server, knowledge, queue, messages, told, sync, api };
}

const scan = (number) => ({ scan_id: `id-${number}` });
const kinds = (told) => told.map(({ kind }) => kind);

test("scans go first and leave the queue; then manifest, changes and status are fetched", async (t) => {
  const { sync, queue, told, log, knowledge } = await setUp(t);
  for (let number = 0; number < 250; number += 1) await queue.keep(scan(number));
  await sync.now();
  assert.deepEqual(log.map(({ name, body }) => (body ? `${name} ${body.scans.length}` : name)), ["scans 100", "scans 150", "manifest", "changes", "status"]);
  assert.deepEqual(log.slice(0, 2).map(({ body }) => body.queued), [150, 0], "how many stay behind");
  assert.equal(log[0].headers.authorization, "Bearer secret");
  assert.deepEqual(kinds(told), ["sent", "sent", "status", "fetched"]);
  assert.equal((await queue.counts()).unsaved, 0);
  assert.equal(knowledge.view().hasChanges, true);
});

test("an answer that is lost after the commit loses nothing and doubles nothing", async (t) => {
  const arrived = new Map();
  let isLost = true;
  const { sync, queue } = await setUp(t, {
    scans({ scans }, _query, request) {
      const results = scans.map(({ scan_id }) => ({ scan_id, status: arrived.has(scan_id) ? "known" : "stored" }));
      for (const entry of scans) arrived.set(entry.scan_id, (arrived.get(entry.scan_id) ?? 0) + 1);
      if (isLost) return void request.socket.destroy();
      return json(200, { results });
    },
  });
  for (const number of [1, 2]) await queue.keep(scan(number));
  await sync.now();
  assert.equal((await queue.counts()).unsaved, 2);
  isLost = false;
  await sync.now();
  assert.deepEqual([[...arrived.keys()], (await queue.counts()).unsaved], [["id-1", "id-2"], 0]);
});

test("one scan that breaks its batch is put aside, and all others arrive", async (t) => {
  const arrived = [];
  const { sync, queue } = await setUp(t, {
    scans({ scans }) {
      if (scans.some(({ scan_id }) => scan_id === "id-5")) return json(422, { type: "malformed" });
      arrived.push(...scans.map(({ scan_id }) => scan_id));
      return good.scans({ scans });
    },
  });
  for (let number = 0; number < 20; number += 1) await queue.keep(scan(number));
  await sync.now();
  assert.equal(arrived.length, 19);
  assert.equal((await queue.counts()).unsaved, 0);
});

test("a server that never answers is given up in time, and the next batch is smaller", async (t) => {
  const { sync, queue, told, log } = await setUp(t, { scans: () => undefined }, 100);
  for (let number = 0; number < 120; number += 1) await queue.keep(scan(number));
  await sync.now();
  await sync.now();
  assert.deepEqual(log.map(({ body }) => body.scans.length), [100, 50]);
  assert.deepEqual(kinds(told), ["failed", "failed"]);
});

test("an answer that settles nothing is not asked for again at once", async (t) => {
  const { sync, queue, log, told } = await setUp(t, { scans: () => json(200, { results: [] }) });
  await queue.keep(scan(1));
  await sync.now();
  assert.deepEqual([log.length, kinds(told)], [1, ["sent", "failed"]]);
});

test("a long answer over a slow line is waited for, one that stands still is not", async (t) => {
  const server = createServer(async (request, response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    const text = JSON.stringify({ cursor: "1", server_time: "2011-08-27T12:00:00Z" });
    const isStill = request.url.endsWith("status");
    for (const character of isStill ? text.slice(0, 3) : text) {
      response.write(character);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    if (!isStill) response.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => (server.closeAllConnections(), server.close()));
  const api = makeApi({ base: `http://127.0.0.1:${server.address().port}`, timeoutMs: 200 });
  assert.deepEqual((await api.changes("")).body, { cursor: "1", server_time: "2011-08-27T12:00:00Z" });
  assert.equal((await api.status()).status, 0);
});

test("nobody there is a failure like any other", async (t) => {
  const { sync, told, queue } = await setUp(t, { scans: (_b, _q, request) => void request.socket.destroy() });
  await queue.keep(scan(1));
  await sync.now();
  assert.deepEqual(kinds(told), ["failed"]);
});

test("a revoked phone sends what it holds and then says so", async (t) => {
  const revoked = () => json(403, { type: "/problems/device_revoked" });
  const { sync, queue, told } = await setUp(t, { manifest: revoked, changes: revoked, status: revoked });
  await queue.keep(scan(1));
  await sync.now();
  assert.deepEqual(told, [{ kind: "sent", count: 1 }, { kind: "revoked", isSent: true }]);
});

test("a phone whose shift has ended keeps what it can't send", async (t) => {
  const expired = () => json(401, { type: "device_expired" });
  const { sync, queue, told } = await setUp(t, { scans: expired });
  await queue.keep(scan(1));
  await sync.now();
  assert.deepEqual(told, [{ kind: "expired", isSent: false }]);
  assert.equal((await queue.counts()).unsaved, 1);
});

test("changes are fetched page by page, and the cursor is kept", async (t) => {
  const pages = {
    "": { cursor: "1", revoked: ["aa"], admitted: [], more: true },
    1: { cursor: "2", revoked: [], admitted: [{ pass_id: "bb", day: 1, at: "2011-08-27T12:00:00Z", gate: "north" }], more: false },
    2: { cursor: "2", revoked: [], admitted: [], more: false },
  };
  const { sync, knowledge, log } = await setUp(t, { changes: (_body, query) => json(200, pages[query.get("cursor")]) });
  await sync.now();
  await sync.now();
  assert.deepEqual(log.filter(({ name }) => name === "changes").map(({ query }) => query.get("cursor")), ["", "1", "2"]);
  const { revoked, admitted } = knowledge.view();
  assert.deepEqual([[...revoked], [...admitted]], [["aa"], [["1 bb", { at: Date.parse("2011-08-27T12:00:00Z"), gate: "north", state: "inside" }]]]);
});

const closing = { code: "K7QM2PXD", text: "Close gate 3", gate: null, sent_at: "2011-08-27T11:59:00Z" };
const withMessage = { changes: () => json(200, { cursor: "9", revoked: [], admitted: [], more: false, messages: [closing] }) };
const kindsOf = (receipts) => receipts.map(({ kind }) => kind);

test("a message comes with the changes, and that it is here is said in the same contact", async (t) => {
  const { sync, told, log, messages } = await setUp(t, withMessage);
  await sync.now();
  assert.deepEqual(messages.unread(), [closing]);
  assert.deepEqual(told.filter(({ kind }) => kind === "message"), [{ kind: "message", messages: [closing] }]);
  assert.deepEqual(log.filter(({ name }) => name === "receipts").map(({ body }) => kindsOf(body.receipts)), [["received"]]);
  await sync.now();
  assert.equal(log.filter(({ name }) => name === "receipts").length, 1, "once is enough");
});

test("an acknowledgement waits until the server has said that it has it", async (t) => {
  const arrived = [];
  let isLost = true;
  const { sync, messages } = await setUp(t, {
    ...withMessage,
    receipts(body, _query, request) {
      arrived.push(...kindsOf(body.receipts));
      return isLost ? void request.socket.destroy() : good.receipts(body);
    },
  });
  await sync.now();
  await messages.acknowledge(closing.code);
  await sync.now();
  assert.deepEqual(kindsOf(messages.waiting()), ["received", "acknowledged"], "the answer was lost");
  isLost = false;
  await sync.now();
  assert.deepEqual([kindsOf(messages.waiting()), arrived.at(-1)], [[], "acknowledged"]);
});

test("receipts that the server can't read keep the phone from nothing", async (t) => {
  const { sync, messages, told } = await setUp(t, { ...withMessage, receipts: () => json(422, { type: "/problems/fields" }) });
  await sync.now();
  assert.deepEqual([kindsOf(messages.waiting()), kinds(told).at(-1)], [["received"], "fetched"]);
});

test("the manifest is fetched again only when it changed", async (t) => {
  const { sync, log, knowledge } = await setUp(t, {
    manifest: (_body, _query, request) => (request.headers["if-none-match"] ? json(304, null) : json(200, { edition: { number: 7 } })),
  });
  await sync.now();
  await sync.renew();
  assert.deepEqual(log.filter(({ name }) => name === "manifest").map(({ headers }) => headers["if-none-match"]), [undefined, '"1"']);
  assert.deepEqual(knowledge.manifest(), { edition: { number: 7 } });
});

test("who stops it can wait for what is under way, and nothing begins after", async (t) => {
  let release;
  const held = new Promise((done) => {
    release = done;
  });
  const { sync, knowledge, log } = await setUp(t, { changes: () => held.then(() => json(200, { cursor: "5", revoked: [], admitted: [], more: false })) });
  sync.now();
  const stopped = sync.stop();
  release();
  await stopped;
  assert.equal(knowledge.cursor(), "5", "what was fetched is written down before the promise answers");
  const calls = log.length;
  await sync.now();
  assert.equal(log.length, calls);
});

test("a steady stream of scans does not put the sending off", async (t) => {
  const { sync, queue, log } = await setUp(t);
  const started = performance.now();
  while (log.length === 0 && performance.now() - started < 2000) {
    await queue.keep(scan(performance.now()));
    sync.soon(100);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(log[0]?.name, "scans");
});

test("each answer measures the clock", async (t) => {
  const { base } = await serve(t, { ...good, status: () => json(200, { server_time: "2011-08-27T12:00:00Z" }) });
  const exchanges = [];
  await makeApi({ base, onClock: (exchange) => exchanges.push(exchange) }).status();
  assert.equal(exchanges.length, 1);
  assert.equal(exchanges[0].serverTime, Date.parse("2011-08-27T12:00:00Z"));
  assert.ok(exchanges[0].sentAt <= exchanges[0].receivedAt);
});

test("a language that was fetched before brings its words to the newest rules", async () => {
  const knowledge = await openKnowledge(null);
  const manifest = (name, kinds) => ({ edition: { number: 7, name }, gate: { name, kinds }, gates: { S: name }, verdicts: { left: name }, keys: kinds });
  await knowledge.keepManifest(manifest("Nord", [1]), null, "da");
  await knowledge.keepManifest(manifest("North", [4]), null, "en");
  knowledge.keepFact("language", "da");
  assert.deepEqual(knowledge.manifest(), { edition: { number: 7, name: "Nord" }, gate: { name: "Nord", kinds: [4] }, gates: { S: "Nord" }, verdicts: { left: "Nord" }, keys: [4] });
});

test("waiting grows, up to a minute, and phones are spread", () => {
  assert.deepEqual([0, 1, 2, 3, 6, 60].map((failures) => delayAfter(failures, 0.5)), [10_000, 2000, 4000, 8000, 60_000, 60_000]);
  assert.deepEqual([delayAfter(1, 0), delayAfter(1, 1)], [1500, 2500]);
});

test("batches shrink on failure to one and grow to five hundred", () => {
  assert.deepEqual([sizeAfter(100, false), sizeAfter(1, false), sizeAfter(400, true)], [50, 1, 500]);
});

test("an answer has a meaning", () => {
  assert.equal(problemOf({ body: { type: "https://x.dk/problems/device_revoked" } }), "device_revoked");
  assert.deepEqual(
    [{ status: 200 }, { status: 304 }, { status: 401 }, { status: 403, body: { type: "device_revoked" } }, { status: 403 }, { status: 500 }, { status: 0 }, { status: 422 }].map(meaningOf),
    ["ok", "ok", "expired", "revoked", "later", "later", "later", "broken"],
  );
});
