import assert from "node:assert/strict";
import { test } from "node:test";
import { Server, meaning } from "./server.js";

const answer = (status, more = {}) => ({ status, ok: status < 300, redirected: false, ...more });
const asJson = (status, data, more = {}) => ({
  ...answer(status, more), headers: new Headers({ "Content-Type": "application/json" }), json: async () => data,
});
const ADDRESSES = { document: "/d", check: "/c", place: "/p", token: "old" };

test("answers mean what they mean to somebody who draws", () => {
  const kind = (response, data) => meaning(response, data).kind;
  assert.equal(kind(answer(200), {}), "ok");
  assert.equal(kind(answer(200, { redirected: true }), null), "signed_out");
  assert.deepEqual([400, 403].map((status) => kind(answer(status), null)), ["signed_out", "signed_out"]);
  assert.equal(kind(answer(422), {}), "refused");
  assert.equal(kind(answer(409), { type: "/problems/drawn_meanwhile" }), "meanwhile");
  assert.equal(kind(answer(409), { type: "/problems/pitch_in_use" }), "in_use");
  assert.equal(kind(answer(500), null), "broken");
});

test("an old token is fetched anew, and saving is tried once more", async () => {
  const asked = [];
  const server = new Server(ADDRESSES, async (address, { method = "GET", headers }) => {
    asked.push([method, headers["X-CSRFToken"]]);
    if (method === "GET") return asJson(200, { token: "new" });
    return headers["X-CSRFToken"] === "new" ? asJson(200, { version: 2 }) : asJson(400, null);
  });

  assert.deepEqual(await server.save({}), { kind: "ok", data: { version: 2 } });
  assert.deepEqual(asked, [["POST", "old"], ["GET", undefined], ["POST", "new"]]);
});

test("whoever is signed out is told so, and so is whoever has no connection", async () => {
  const out = new Server(ADDRESSES, async (_address, { method = "GET" }) => (method === "GET" ? asJson(200, null, { redirected: true }) : asJson(400, null)));
  const lost = new Server(ADDRESSES, async () => {
    throw new TypeError("no network");
  });

  assert.equal((await out.save({})).kind, "signed_out");
  assert.equal((await lost.save({})).kind, "lost");
});

test("a newer question ends an older one", async () => {
  const server = new Server(ADDRESSES, (_address, { signal }) => new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("aborted")));
    setImmediate(() => resolve(asJson(200, { findings: [] })));
  }));

  const [older, newer] = await Promise.all([server.look({}), server.look({})]);
  assert.equal(older, null);
  assert.equal(newer.kind, "ok");
});
