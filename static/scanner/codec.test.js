import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { base45Decode, parse, toHex } from "./codec.js";
import { browsersOwn, librarys, makeVerifier } from "./signatures.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../../tests/vectors/${name}`, import.meta.url), "utf8"));
const vectors = read("pass-vectors.json");
const named = (name) => vectors.cases.find((entry) => entry.name === name);
const inVectorsWords = ({ keyId, passId, ...rest }) => ({ ...rest, key_id: keyId, pass_id: passId });

const verifiers = { "the browser's Ed25519": browsersOwn(crypto.subtle), "the library's Ed25519": librarys };

for (const [name, verify] of Object.entries(verifiers)) {
  test(`${name}: every vector`, async () => {
    assert.equal(vectors.cases.length, 132);
    for (const entry of vectors.cases) {
      const { outcome, fields } = await parse(entry.text, vectors.keys, verify);
      assert.equal(outcome, entry.outcome, entry.name);
      assert.equal(fields !== undefined, entry.outcome === "ok", entry.name);
      if (entry.fields) assert.deepEqual(inVectorsWords(fields), entry.fields, entry.name);
    }
  });

  test(`${name}: a signature with a larger S is none`, async () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const data = base45Decode(vectors.cases[0].text.slice(4));
    let s = data.slice(46).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + order;
    for (let place = 46; place < 78; place += 1, s /= 256n) data[place] = Number(s % 256n);
    const key = vectors.keys["1"].match(/../g).map((pair) => Number.parseInt(pair, 16));
    assert.equal(await verify(Uint8Array.from(key), data.slice(14), data.slice(0, 14)), false);
  });
}

test("a pass with a key that is not known yet names its id", async () => {
  const unknown = await parse(named("key id that is not published").text, vectors.keys, librarys);
  assert.equal(unknown.outcome, "unknown_key");
  assert.match(unknown.claimedPassId, /^[0-9a-f]{16}$/);
});

test("base45 gives the examples of RFC 9285 and nothing for what is none", () => {
  const text = (encoded) => new TextDecoder().decode(base45Decode(encoded));
  assert.deepEqual(["BB8", "%69 VD92EX0", "UJCLQE7W581"].map(text), ["AB", "Hello!!", "base-45"]);
  assert.deepEqual(["A", "0", "BB80", "GGW", "::", "ab"].map(base45Decode), Array(6).fill(null));
});

test("junk never throws and is never believed", async () => {
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  for (let round = 0; round < 2000; round += 1) {
    const body = Array.from({ length: random() * 140 }, () => String.fromCharCode(32 + random() * 70)).join("");
    const { outcome } = await parse(round % 2 ? `TW1:${body}` : body, vectors.keys, librarys);
    assert.notEqual(outcome, "ok");
  }
});

test("a browser without Ed25519 gets the library's", async () => {
  const none = { importKey: async () => Promise.reject(new Error("NotSupportedError")) };
  assert.equal(await makeVerifier(none), librarys);
  assert.notEqual(await makeVerifier(), librarys);
});

test("bytes become digits", () => {
  assert.equal(toHex(Uint8Array.of(0, 15, 255)), "000fff");
});
