// The pass as a QR code: `TW1:` and base45 (RFC 9285) of 14 signed bytes and an Ed25519 signature (RFC 8032).
// The same checks in the same order as eventsys/passes/rules/codec.py; both run tests/vectors/pass-vectors.json.

export const PREFIX = "TW1:";
export const VERSION = 1;
const PAYLOAD_LENGTH = 14;
const LENGTH = PAYLOAD_LENGTH + 64;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));
const AROUND = /^[ \t\r\n\v\f]+|[ \t\r\n\v\f]+$/g;

/** The bytes of a base45 text, or null when it is none. */
export function base45Decode(text) {
  const values = Array.from(text, (character) => VALUES.get(character));
  if (values.includes(undefined) || values.length % 3 === 1) return null;
  const bytes = [];
  for (let start = 0; start < values.length; start += 3) {
    const [first, second, third] = values.slice(start, start + 3);
    const number = first + second * 45 + (third ?? 0) * 2025;
    if (number > (third === undefined ? 0xff : 0xffff)) return null;
    if (third !== undefined) bytes.push(number >> 8);
    bytes.push(number & 0xff);
  }
  return Uint8Array.from(bytes);
}

/**
 * Read any text as a pass. `keys` are the manifest's public keys in hex by key id; `verify(publicKey, signature,
 * message)` answers a promise of true or false. Never throws on what was read.
 * A pass whose key is not known yet names its id as `claimedPassId`: the server may know the key.
 */
export async function parse(text, keys, verify) {
  const trimmed = text.replace(AROUND, "");
  if (!trimmed.startsWith(PREFIX)) return { outcome: "not_a_pass" };
  const data = base45Decode(trimmed.slice(PREFIX.length));
  if (data === null || data.length !== LENGTH) return { outcome: "malformed" };
  if (data[0] >> 4 !== VERSION) return { outcome: "unsupported_version" };
  const fields = fieldsOf(data);
  const key = keys[String(fields.keyId)];
  if (key === undefined) {
    return { outcome: "unknown_key", keyId: fields.keyId, ...(isInRange(fields) && { claimedPassId: fields.passId }) };
  }
  const isSigned = await verify(fromHex(key), data.slice(PAYLOAD_LENGTH), data.slice(0, PAYLOAD_LENGTH));
  if (!isSigned) return { outcome: "bad_signature" };
  return isInRange(fields) ? { outcome: "ok", fields } : { outcome: "malformed" };
}

function fieldsOf(data) {
  return {
    version: data[0] >> 4,
    kind: data[0] & 0x0f,
    keyId: data[1],
    edition: data[2] * 256 + data[3],
    passId: toHex(data.slice(4, 12)),
    days: data[12] * 256 + data[13],
  };
}

function isInRange({ kind, edition, passId, days }) {
  return kind >= 1 && kind <= 4 && edition >= 1 && days >= 1 && !/^0+$/.test(passId);
}

/** Bytes as hexadecimal digits. */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Hexadecimal digits as bytes. */
export function fromHex(digits) {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
