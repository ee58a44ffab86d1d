// Ids and hashes of the scan log.

import { toHex } from "./codec.js";

/** A version 7 UUID (RFC 9562, section 5.7) of a Unix time in milliseconds and ten random bytes. */
export function uuid7(milliseconds, random) {
  const bytes = new Uint8Array(16);
  for (let place = 0; place < 6; place += 1) bytes[5 - place] = Math.floor(milliseconds / 256 ** place) % 256;
  bytes.set(random, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const digits = toHex(bytes);
  return [0, 8, 12, 16, 20].map((start, part) => digits.slice(start, [8, 12, 16, 20, 32][part])).join("-");
}

/** A fresh scan id. */
export function newScanId() {
  return uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

/** SHA-256 in hex of a text: what is kept of a code that is no pass of ours. */
export async function sha256(text) {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}
