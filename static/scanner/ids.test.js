import assert from "node:assert/strict";
import { test } from "node:test";
import { newScanId, sha256, uuid7 } from "./ids.js";

test("a scan id is a version 7 UUID, as in RFC 9562, appendix A.6", () => {
  const random = Uint8Array.of(0xcc, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f);
  assert.equal(uuid7(0x017f22e279b0, random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
});

test("scan ids are different and carry the time", () => {
  const ids = Array.from({ length: 100 }, newScanId);
  assert.equal(new Set(ids).size, 100);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a hash is SHA-256 of UTF-8", async () => {
  assert.equal(await sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
